//! Where an incident or a notice stands as far as is known, while what is known grows in any order.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::Turn;
use crate::model::Status;

/// Where something stands in the order of time: its time, then its place among the updates. The end that a head states
/// comes after all that is said at its time.
pub(super) type Place = (Timestamp, usize);

/// The statuses that were learnt and stand.
pub(super) struct Statuses {
    said: BTreeMap<Place, Status>,
    /// Whether the head states an end that has not come: until then it is open whatever is said.
    end_is_ahead: bool,
}

impl Statuses {
    /// Before anything was learnt of what states when it ends, or of what does not.
    pub(super) fn new(stated_end: Option<Timestamp>) -> Self {
        Statuses { said: BTreeMap::new(), end_is_ahead: stated_end.is_some() }
    }

    /// Takes what was said at a place: what it does to the whole, and the status in force there. What says no status
    /// leaves all as it is.
    pub(super) fn learn(&mut self, place: Place, status: Option<Status>) -> (Turn, Option<Status>) {
        let Some(status) = status else {
            return (Turn::Update, self.said.range(..place).next_back().map(|(_, it)| *it));
        };
        let was_open = self.is_open();
        self.said.insert(place, status);
        (self.turn_from(was_open), Some(status))
    }

    /// Goes on as if nothing had been said at a place.
    pub(super) fn forget(&mut self, place: Place) {
        self.said.remove(&place);
    }

    /// Comes to the end that the head states.
    pub(super) fn end(&mut self, at: Timestamp) -> (Turn, Option<Status>) {
        let was_open = self.is_open();
        self.end_is_ahead = false;
        self.said.insert((at, usize::MAX), Status::Resolved);
        (self.turn_from(was_open), Some(Status::Resolved))
    }

    /// The last status that was said.
    pub(super) fn status(&self) -> Option<Status> {
        self.said.values().next_back().copied()
    }

    fn is_open(&self) -> bool {
        self.end_is_ahead || self.status() != Some(Status::Resolved)
    }

    fn turn_from(&self, was_open: bool) -> Turn {
        match (was_open, self.is_open()) {
            (true, false) => Turn::Resolved,
            (false, true) => Turn::Reopened,
            (true, true) | (false, false) => Turn::Update,
        }
    }
}
