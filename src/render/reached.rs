//! What is said of a component that an incident reached: how it is while the incident is open, the worst
//! it was in once that is over.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::model::State;
use crate::timeline::{Phase, Piece, Span, Story};
use crate::words::Words;

/// What is said of a component, and when that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reached {
    /// The state; none of a component of which nothing was said.
    pub state: Option<State>,
    /// The state in words, or that it has recovered, or that it may be affected.
    pub word: String,
    /// "since 10:58", "10:30–11:52"; empty where nothing was said.
    pub window: String,
}

/// How surely an incident reached a component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Certainty {
    /// It was said, measured or derived.
    Known,
    /// The dependencies alone suggest it.
    Suggested,
}

/// Says what `story` did to the component that is in `pieces`.
pub(super) fn reached(
    story: &Story,
    pieces: &[Piece],
    certainty: Certainty,
    (words, zone): (&Words, &TimeZone),
) -> Reached {
    let stretches = stretches(pieces);
    let (Some(first), Some(last)) = (stretches.first(), stretches.last()) else {
        return Reached { state: None, word: words.text("spread.cause").to_owned(), window: String::new() };
    };
    let range = |from: Timestamp, to| words.short_range(from, to, zone);
    let is_open = story.phase == Phase::Open;
    let (state, word, window) = match (certainty, last.span.to) {
        (Certainty::Suggested, None) if is_open => {
            (last.state, words.text("spread.suggested").to_owned(), range(last.span.from, None))
        }
        (Certainty::Suggested, to) => {
            let word = words.text("spread.was_suggested").to_owned();
            (worst(&stretches, first), word, range(first.span.from, to))
        }
        (Certainty::Known, None) if is_open => {
            (last.state, words.state(last.state).to_owned(), range(last.span.from, None))
        }
        (Certainty::Known, Some(to)) if is_open => {
            (State::Operational, words.text("spread.recovered").to_owned(), range(to, None))
        }
        (Certainty::Known, to) => {
            let worst = worst(&stretches, first);
            (worst, worst_word(worst, stretches.len(), words), range(first.span.from, to))
        }
    };
    Reached { state: Some(state), word, window }
}

/// A time in one state without a break.
struct Stretch {
    state: State,
    span: Span,
}

/// The times in which it did not work, those of one state that follow each other as one.
fn stretches(pieces: &[Piece]) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    for Piece { span, state, .. } in pieces.iter().filter(|it| it.state != State::Operational) {
        match stretches.last_mut() {
            Some(last) if last.state == *state && last.span.to == Some(span.from) => last.span.to = span.to,
            Some(_) | None => stretches.push(Stretch { state: *state, span: *span }),
        }
    }
    stretches
}

fn worst(stretches: &[Stretch], first: &Stretch) -> State {
    stretches.iter().map(|it| it.state).max().unwrap_or(first.state)
}

/// Where there was more than one stretch, the worst is said to be that: it did not last all the time.
fn worst_word(worst: State, stretches: usize, words: &Words) -> String {
    match stretches {
        1 => words.state(worst).to_owned(),
        _ => words.fill("spread.worst", &[("state", words.state(worst))]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::Basis;
    use crate::words::sample;
    use std::sync::Arc;

    fn piece(state: State, from: &str, to: &str) -> Piece {
        let time = |clock: &str| format!("2020-07-10T{clock}Z").parse().unwrap();
        let to = (!to.is_empty()).then(|| time(to));
        Piece { span: Span { from: time(from), to }, state, basis: Basis::Declared }
    }

    #[track_caller]
    fn check(phase: Phase, certainty: Certainty, pieces: &[Piece], expected: (Option<State>, &str, &str)) {
        let mut story = Arc::into_inner(sample::story("A")).unwrap();
        story.phase = phase;
        let said = reached(&story, pieces, certainty, (&Words::english(), &TimeZone::UTC));
        assert_eq!((said.state, said.word.as_str(), said.window.as_str()), expected);
    }

    #[test]
    fn while_it_is_open_a_state_stands_with_the_instant_it_holds_from() {
        let worse = [piece(State::PartialOutage, "10:30", "10:58"), piece(State::MajorOutage, "10:58", "")];
        let expected = (Some(State::MajorOutage), "Major outage", "since 10:58 UTC");
        check(Phase::Open, Certainty::Known, &worse, expected);
        let better = [piece(State::MajorOutage, "10:58", "12:40"), piece(State::PartialOutage, "12:40", "")];
        let expected = (Some(State::PartialOutage), "Partial outage", "since 12:40 UTC");
        check(Phase::Open, Certainty::Known, &better, expected);
        let same = [piece(State::MajorOutage, "10:30", "10:58"), piece(State::MajorOutage, "10:58", "")];
        let expected = (Some(State::MajorOutage), "Major outage", "since 10:30 UTC");
        check(Phase::Open, Certainty::Known, &same, expected);
    }

    #[test]
    fn what_works_though_the_incident_is_open_has_recovered() {
        let expected = (Some(State::Operational), "Recovered", "since 11:52 UTC");
        let whole = [piece(State::MajorOutage, "10:30", "11:52")];
        check(Phase::Open, Certainty::Known, &whole, expected);
        let said = [piece(State::MajorOutage, "10:30", "11:52"), piece(State::Operational, "11:52", "")];
        check(Phase::Open, Certainty::Known, &said, expected);
    }

    #[test]
    fn once_it_is_over_the_worst_stands_with_the_whole_time_and_is_called_so() {
        let one = [piece(State::MajorOutage, "10:30", "11:52")];
        let expected = (Some(State::MajorOutage), "Major outage", "10:30–11:52 UTC");
        check(Phase::Ended, Certainty::Known, &one, expected);
        let two =
            [piece(State::PartialOutage, "10:30", "10:58"), piece(State::MajorOutage, "10:58", "11:52")];
        let expected = (Some(State::MajorOutage), "Major outage at worst", "10:30–11:52 UTC");
        check(Phase::Ended, Certainty::Known, &two, expected);
    }

    #[test]
    fn what_is_suggested_may_be_affected_or_may_have_been() {
        let open = [piece(State::MajorOutage, "10:30", "")];
        let expected = (Some(State::MajorOutage), "May be affected", "since 10:30 UTC");
        check(Phase::Open, Certainty::Suggested, &open, expected);
        let over = [piece(State::MajorOutage, "10:30", "11:52")];
        let expected = (Some(State::MajorOutage), "May have been affected", "10:30–11:52 UTC");
        check(Phase::Ended, Certainty::Suggested, &over, expected);
        check(Phase::Open, Certainty::Suggested, &over, expected);
    }

    #[test]
    fn a_cause_of_which_nothing_was_said_has_no_state() {
        check(Phase::Open, Certainty::Known, &[], (None, "Where it began", ""));
    }
}
