//! The bars: each of the last days at a glance.

use std::sync::Arc;

use jiff::Timestamp;

use super::order::newest_first;
use super::uptime::{DayCount, Life};
use super::zone::{DaySpan, by_day};
use super::{Day, DayStory, OwnedPiece};
use crate::model::State;

/// A component's days, of which `counts` were counted.
///
/// What runs at `now` touches its day, though no second of it may have passed: so the day looks the
/// same from that instant on.
pub(super) fn bars(
    (days, counts): (&[DaySpan], &[DayCount]),
    life: &Life,
    pieces: &[OwnedPiece],
    now: Timestamp,
) -> Vec<Day> {
    let mut bars: Vec<Day> = days.iter().zip(counts).map(|(day, count)| plain(day, count)).collect();
    for (span, state) in &life.states {
        by_day(days, *span, |day, part| {
            if part.from < now || part.contains(now) {
                bars[day].worst = bars[day].worst.max(Some(*state));
            }
        });
    }
    for piece in pieces {
        by_day(days, piece.span, |day, part| {
            if part.from < now || part.contains(now) {
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
        worst: (0 < count.length).then_some(State::Operational),
        seconds: seconds.filter(|(_, seconds)| 0 < *seconds).collect(),
        stories: Vec::new(),
    }
}

fn add(stories: &mut Vec<DayStory>, piece: &OwnedPiece, seconds: i64) {
    match stories.iter_mut().find(|it| Arc::ptr_eq(&it.story, &piece.story)) {
        Some(known) => {
            known.worst = known.worst.max(piece.state);
            known.seconds += seconds;
        }
        None => stories.push(DayStory { story: Arc::clone(&piece.story), worst: piece.state, seconds }),
    }
}
