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
    let pieces =
        story.tracks.iter().flat_map(|it| &it.pieces).filter(|it| it.span.contains(story.effective(now)));
    pieces.map(|it| it.state).max().unwrap_or(State::Operational)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Written, board, maintenance, notice, site, t, written};
    use super::*;

    fn ids(stories: &[std::sync::Arc<Story>]) -> Vec<&str> {
        stories.iter().map(|it| it.incident.id.as_str()).collect()
    }

    fn all() -> Vec<Written> {
        let open =
            |id: &str, at: &str, states: &str| written(id).says(&format!("{at} investigating {states}"));
        vec![
            open("mild", "10:30", "login=degraded"),
            open("b", "10:00", "login=major"),
            open("a", "10:00", "login=major"),
            open("newer", "10:10", "login=major"),
            open("pinned", "09:00", "").with(|it| it.pin = true),
        ]
    }

    #[test]
    fn open_incidents_stand_pinned_first_then_by_gravity_then_newest_then_by_id() {
        let board = board(site(&["login"]), &all(), "12:00");
        assert_eq!(ids(&board.open), ["pinned", "newer", "a", "b", "mild"]);
    }

    #[test]
    fn history_stands_newest_first_whatever_is_pinned() {
        let board = board(site(&["login"]), &all(), "12:00");
        assert_eq!(ids(&board.history), ["mild", "newer", "a", "b", "pinned"]);
    }

    #[test]
    fn notices_stand_newest_first_and_maintenance_soonest_first() {
        let named = |written: Written, id: &'static str| {
            written.with(move |it| it.id = crate::model::IncidentId::new(id))
        };
        let later = maintenance().maintenance(|it| it.scheduled_for = t("02:00"));
        let all = [
            named(notice().says("00:10 -"), "old"),
            named(notice().says("00:20 -"), "new"),
            named(later, "later"),
            named(maintenance(), "soon"),
            named(maintenance().says("00:01 cancelled"), "cancelled"),
        ];
        let board = board(site(&["login"]), &all, "01:30");
        assert_eq!(ids(&board.notices), ["new", "old"]);
        assert_eq!(ids(&board.maintenance), ["soon", "later"]);
        assert!(board.open.is_empty());
    }
}
