//! The bars of the last days: the taller, the worse, so that they read without colour too.
//!
//! Days of one state that follow each other are one dashed line, as thick as its bars are high. An element a day would
//! make a page of forty components four thousand elements long, and a rectangle a day would be most of its bytes.

use std::fmt::Write;

use super::class;
use crate::markdown::escape_html;
use crate::model::State;
use crate::render::Markup;

/// From the left edge of a bar to that of the next.
const PITCH: usize = 6;
/// Between two bars.
const GAP: usize = 2;
const HEIGHT: u8 = 36;

/// How bars of one state are drawn.
struct Stroke {
    /// The height of its middle, from the top.
    middle: u8,
    thickness: u8,
    /// What is drawn and left out in turn: a bar and the gap behind it, where nothing else is said.
    dashes: Option<&'static str>,
}

/// A bar for each day, oldest first, in the worst state of the day; none where it has no data.
pub fn bars(days: impl Iterator<Item = Option<State>>, label: &str) -> Markup {
    let days: Vec<Option<State>> = days.collect();
    let width = length(days.len());
    let states = [None].into_iter().chain(State::ALL.map(Some));
    let paths: String = states.map(|it| paths(&runs(&days, it), it)).collect();
    Markup::trusted(format!(
        "<svg class=\"bars\" viewBox=\"0 0 {width} {HEIGHT}\" preserveAspectRatio=\"none\" fill=\"none\" stroke=\"currentcolor\" \
         stroke-dasharray=\"4 2\" role=\"img\" aria-label=\"{}\">{paths}</svg>",
        escape_html(label)
    ))
}

/// From the left edge of the first of so many bars to the right edge of the last.
fn length(days: usize) -> usize {
    (days * PITCH).saturating_sub(GAP)
}

/// The days in `state`, each run of them by the index of its first and their number.
fn runs(days: &[Option<State>], state: Option<State>) -> Vec<(usize, usize)> {
    let mut first = 0;
    let runs = days.chunk_by(|one, next| one == next).map(|run| {
        first += run.len();
        (first - run.len(), run)
    });
    runs.filter(|(_, run)| run[0] == state).map(|(first, run)| (first, run.len())).collect()
}

/// The lines of all runs in `state`; nothing where there is none.
fn paths(runs: &[(usize, usize)], state: Option<State>) -> String {
    let mut paths = String::new();
    for Stroke { middle, thickness, dashes } in strokes(state).into_iter().filter(|_| !runs.is_empty()) {
        let dashes = dashes.map(|it| format!(" stroke-dasharray=\"{it}\"")).unwrap_or_default();
        let lines = runs.iter().map(|(first, days)| format!("M{} {middle}h{}", first * PITCH, length(*days)));
        let (class, lines) = (class(state), lines.collect::<String>());
        write!(paths, "<path class=\"{class}\" stroke-width=\"{thickness}\"{dashes} d=\"{lines}\"/>")
            .expect("a String takes everything");
    }
    paths
}

/// All bars stand on the same ground; no data is an outline, and maintenance two blocks.
fn strokes(state: Option<State>) -> Vec<Stroke> {
    let block = |middle, thickness| Stroke { middle, thickness, dashes: None };
    let bar = |height| block(HEIGHT - height / 2, height);
    match state {
        None => vec![block(27, 2), block(35, 2), Stroke { middle: 31, thickness: 10, dashes: Some("1 2") }],
        Some(State::Operational) => vec![bar(10)],
        Some(State::DegradedPerformance) => vec![bar(18)],
        Some(State::PartialOutage) => vec![bar(28)],
        Some(State::MajorOutage) => vec![bar(36)],
        Some(State::UnderMaintenance) => vec![block(28, 4), block(34, 4)],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(days: &[Option<State>], expected: &str) {
        let drawn = bars(days.iter().copied(), "").as_str().to_owned();
        let (_, paths) = drawn.split_once('>').unwrap();
        assert_eq!(paths.trim_end_matches("</svg>"), expected);
    }

    const UP: Option<State> = Some(State::Operational);
    const DOWN: Option<State> = Some(State::MajorOutage);

    #[test]
    fn days_of_one_state_that_follow_each_other_are_one_line() {
        check(
            &[UP, UP, DOWN, UP],
            "<path class=\"operational\" stroke-width=\"10\" d=\"M0 31h10M18 31h4\"/>\
             <path class=\"major_outage\" stroke-width=\"36\" d=\"M12 18h4\"/>",
        );
    }

    #[test]
    fn no_data_is_an_outline_and_maintenance_two_blocks() {
        check(
            &[None, Some(State::UnderMaintenance)],
            "<path class=\"no_data\" stroke-width=\"2\" d=\"M0 27h4\"/>\
             <path class=\"no_data\" stroke-width=\"2\" d=\"M0 35h4\"/>\
             <path class=\"no_data\" stroke-width=\"10\" stroke-dasharray=\"1 2\" d=\"M0 31h4\"/>\
             <path class=\"under_maintenance\" stroke-width=\"4\" d=\"M6 28h4\"/>\
             <path class=\"under_maintenance\" stroke-width=\"4\" d=\"M6 34h4\"/>",
        );
    }

    #[test]
    fn a_label_says_it_in_words() {
        assert!(bars([UP].into_iter(), "A & B").as_str().contains(" aria-label=\"A &amp; B\">"));
    }

    #[test]
    fn no_day_draws_nothing() {
        assert!(bars(std::iter::empty(), "").as_str().contains("viewBox=\"0 0 0 36\""));
    }
}
