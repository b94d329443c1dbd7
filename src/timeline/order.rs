//! In which order things stand. Nothing here depends on folders, hashes or threads.

use std::cmp::{Ordering, Reverse};

use jiff::Timestamp;

use super::Story;
use crate::model::State;

/// History: newest start first, then by id.
pub(super) fn newest_first(one: &Story, other: &Story) -> Ordering {
    other.started_at.cmp(&one.started_at).then_with(|| one.incident.id.cmp(&other.incident.id))
}

/// Open incidents: pinned first, then worst state, then newest start, then id.
pub(super) fn gravest_first(one: &Story, other: &Story, now: Timestamp) -> Ordering {
    let key = |it: &Story| (!it.incident.pin, Reverse(state_at(it, now)));
    key(one).cmp(&key(other)).then_with(|| newest_first(one, other))
}

/// Notices: pinned first, then newest start.
pub(super) fn pinned_first(one: &Story, other: &Story) -> Ordering {
    other.incident.pin.cmp(&one.incident.pin).then_with(|| newest_first(one, other))
}

/// Maintenance: pinned first, then by start, then by id.
pub(super) fn soonest_first(one: &Story, other: &Story) -> Ordering {
    let key = |it: &Story| (!it.incident.pin, it.started_at, it.incident.id.clone());
    key(one).cmp(&key(other))
}

/// The worst state that the story puts anything in at an instant.
fn state_at(story: &Story, now: Timestamp) -> State {
    let pieces = story.tracks.iter().flat_map(|it| &it.pieces).filter(|it| it.span.contains(now));
    pieces.map(|it| it.state).max().unwrap_or(State::Operational)
}
