//! The bars of the last days: the taller, the worse, so that they read without colour too.
//!
//! All days of one state are one path. An element a day would make a page of forty components four
//! thousand elements long.

use std::fmt::Write;

use super::class;
use crate::markdown::escape_html;
use crate::model::State;
use crate::render::Markup;

/// From the left edge of a bar to that of the next.
const PITCH: usize = 6;
const HEIGHT: usize = 36;

/// A bar for each day, oldest first, in the worst state of the day; none where it has no data.
pub fn bars(days: impl Iterator<Item = Option<State>>, label: &str) -> Markup {
    let days: Vec<Option<State>> = days.collect();
    let width = (days.len() * PITCH).saturating_sub(2);
    let paths: String = [None].into_iter().chain(State::ALL.map(Some)).map(|it| path(&days, it)).collect();
    Markup::trusted(format!(
        "<svg class=\"bars\" viewBox=\"0 0 {width} {HEIGHT}\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{}\">{paths}</svg>",
        escape_html(label)
    ))
}

/// The path of all bars in `state`; empty where there is none.
fn path(days: &[Option<State>], state: Option<State>) -> String {
    let mut bars = String::new();
    for (index, _) in days.iter().enumerate().filter(|(_, it)| **it == state) {
        write!(bars, "M{}{}", index * PITCH, bar(state)).expect("a String takes everything");
    }
    match bars.is_empty() {
        true => bars,
        false => format!("<path class=\"{}\" d=\"{bars}\"/>", class(state)),
    }
}

/// One bar, from the top left on.
fn bar(state: Option<State>) -> &'static str {
    match state {
        None => " 26h4v10h-4zm1 1v8h2v-8z",
        Some(State::Operational) => " 26h4v10h-4z",
        Some(State::DegradedPerformance) => " 18h4v18h-4z",
        Some(State::PartialOutage) => " 9h4v27h-4z",
        Some(State::MajorOutage) => " 0h4v36h-4z",
        Some(State::UnderMaintenance) => " 26h4v4h-4zm0 6h4v4h-4z",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_one_state_are_one_path() {
        let up = Some(State::Operational);
        let days = [None, up, Some(State::MajorOutage), up];
        assert_eq!(
            bars(days.into_iter(), "A & B").as_str(),
            "<svg class=\"bars\" viewBox=\"0 0 22 36\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"A &amp; B\">\
             <path class=\"no_data\" d=\"M0 26h4v10h-4zm1 1v8h2v-8z\"/>\
             <path class=\"operational\" d=\"M6 26h4v10h-4zM18 26h4v10h-4z\"/>\
             <path class=\"major_outage\" d=\"M12 0h4v36h-4z\"/></svg>"
        );
    }

    #[test]
    fn no_day_draws_nothing() {
        assert!(bars(std::iter::empty(), "").as_str().contains("viewBox=\"0 0 0 36\""));
    }
}
