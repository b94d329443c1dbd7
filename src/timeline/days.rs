//! The bars: each of the last days at a glance.

use std::sync::Arc;

use jiff::Timestamp;

use super::order::newest_first;
use super::uptime::DayCount;
use super::zone::{DaySpan, by_day};
use super::{Day, DayStory, OwnedPiece};
use crate::model::State;

/// A component's days, of which `counts` were counted.
///
/// What runs at `now` touches its day, though no second of it may have passed: so the day looks the
/// same from that instant on.
pub(super) fn bars(
    (days, counts): (&[DaySpan], &[DayCount]),
    pieces: &[OwnedPiece],
    now: Timestamp,
) -> Vec<Day> {
    let mut bars: Vec<Day> = days.iter().zip(counts).map(|(day, count)| plain(day, count)).collect();
    for piece in pieces {
        let now = piece.story.effective(now);
        by_day(days, piece.span, |day, part| {
            if part.from < now || part.contains(now) {
                bars[day].worst = bars[day].worst.max(Some(piece.state));
                add(&mut bars[day].stories, piece, part.seconds(now));
            }
        });
    }
    for bar in &mut bars {
        bar.stories.sort_by(|one, other| newest_first(&one.story, &other.story));
    }
    bars
}

fn plain(day: &DaySpan, count: &DayCount) -> Day {
    let seconds = State::ALL.into_iter().rev().map(|state| (state, count.states[state as usize]));
    Day {
        date: day.date,
        worst: (0 < count.known).then_some(State::Operational),
        seconds: seconds.filter(|(_, seconds)| 0 < *seconds).collect(),
        stories: Vec::new(),
    }
}

fn add(stories: &mut Vec<DayStory>, piece: &OwnedPiece, seconds: i64) {
    match stories.iter_mut().find(|it| Arc::ptr_eq(&it.story, &piece.story)) {
        Some(known) if piece.state < known.worst => {}
        Some(known) if piece.state == known.worst => known.seconds += seconds,
        Some(known) => (known.worst, known.seconds) = (piece.state, seconds),
        None => stories.push(DayStory { story: Arc::clone(&piece.story), worst: piece.state, seconds }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Written, board, maintenance, site, state, written};
    use super::*;

    /// The last bar, or one so many days before it.
    #[track_caller]
    fn check(written: &[Written], (now, back): (&str, usize), expected: (&str, &[(&str, i64)])) {
        let board = board(site(&["login"]), written, now);
        let day = &board.components[0].days[89 - back];
        let seconds: Vec<_> = expected.1.iter().map(|(word, seconds)| (state(word), *seconds)).collect();
        assert_eq!((day.worst, &day.seconds), (Some(state(expected.0)), &seconds));
    }

    fn outage() -> Written {
        written("a").says("22:00 investigating login=major").says("02T01:00 resolved")
    }

    #[test]
    fn a_day_shows_its_worst_state_and_the_length_of_each() {
        check(&[outage()], ("02T12:00", 1), ("major", &[("major", 7200)]));
        check(&[outage()], ("02T12:00", 0), ("major", &[("major", 3600)]));
        check(&[outage()], ("02T12:00", 2), ("operational", &[]));
        let both = [outage(), maintenance()];
        let expected = ("major", &[("major", 7200), ("under_maintenance", 7200)][..]);
        check(&both, ("02T12:00", 1), expected);
    }

    #[test]
    fn what_ends_with_midnight_does_not_touch_the_next_day() {
        let to_midnight = written("a").says("22:00 investigating login=major").says("02T00:00 resolved");
        check(&[to_midnight], ("02T12:00", 0), ("operational", &[]));
    }

    #[test]
    fn what_begins_or_runs_at_the_instant_touches_the_day() {
        check(&[outage()], ("22:00", 0), ("major", &[]));
        check(&[outage()], ("02T00:00", 0), ("major", &[]));
        check(&[outage()], ("22:10", 0), ("major", &[("major", 600)]));
    }

    #[test]
    fn a_day_names_its_stories_newest_first() {
        let all = [
            outage(),
            written("b").says("23:00 investigating login=partial").says("23:10 resolved"),
            written("c").says("23:00 investigating").says("23:10 resolved"),
        ];
        let board = board(site(&["login"]), &all, "02T12:00");
        let stories = &board.components[0].days[88].stories;
        let told: Vec<_> =
            stories.iter().map(|it| (it.story.incident.id.as_str(), it.worst, it.seconds)).collect();
        assert_eq!(told, [("b", State::PartialOutage, 600), ("a", State::MajorOutage, 7200)]);
    }

    #[test]
    fn there_are_as_many_as_the_site_asks_for_and_none_has_data_before_since() {
        let mut site = site(&["login"]);
        site.history_days = 30;
        site.components[0].since = Some("2026-03-01".parse().expect("a day"));
        let board = board(site, &[], "02T12:00");
        let days = &board.components[0].days;
        assert_eq!((days.len(), days[27].worst), (30, None));
        assert_eq!(days[28].worst, Some(State::Operational));
    }
}
