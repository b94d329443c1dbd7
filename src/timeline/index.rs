//! Finding things on a board.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use super::order::newest_first;
use super::zone::{day_after, day_start};
use super::{Board, ComponentBoard, GroupBoard, Story};
use crate::model::{ComponentId, GroupId};

impl Board {
    /// The component of this id.
    pub fn component(&self, id: &ComponentId) -> Option<&ComponentBoard> {
        self.components.iter().find(|it| it.id == *id).map(Arc::as_ref)
    }

    /// The group of this id.
    pub fn group(&self, id: &GroupId) -> Option<&GroupBoard> {
        self.groups.iter().find(|it| it.id == *id)
    }

    /// The stories that began on a day from the first to the second, both inside; newest first.
    pub fn stories_between(&self, first: Date, last: Date) -> &[Arc<Story>] {
        let zone = &self.site.time_zone;
        let (from, to) = (day_start(zone, first), day_start(zone, day_after(last)));
        self.started(from, to)
    }

    /// The stories that began in a month of the site's zone, newest first.
    pub fn stories_of_month(&self, year: i16, month: i8) -> &[Arc<Story>] {
        Date::new(year, month, 1).map_or(&[], |first| self.stories_between(first, first.last_of_month()))
    }

    fn started(&self, from: Timestamp, to: Timestamp) -> &[Arc<Story>] {
        let first = self.history.partition_point(|it| to <= it.started_at);
        let end = self.history.partition_point(|it| from <= it.started_at);
        &self.history[first.min(end)..end]
    }
}

impl ComponentBoard {
    /// The stories that impaired it at an instant or after it, newest first.
    pub fn stories_since(&self, from: Timestamp) -> Vec<&Arc<Story>> {
        let touching = self.pieces.iter().filter(|it| it.span.to.is_none_or(|to| from < to));
        let mut touching: Vec<&Arc<Story>> = touching.map(|it| &it.story).collect();
        touching.sort_by(|one, other| newest_first(one, other));
        touching.dedup_by(|one, other| Arc::ptr_eq(one, other));
        touching
    }
}

#[cfg(test)]
mod tests {
    use super::super::Board;
    use super::super::fixture::{board, site, written};
    use super::*;

    fn stories() -> Board {
        let all = ["2025-12-31T23:30", "2026-01-31T23:30", "2026-02-10T10:00", "2026-02-10T10:00"];
        let all: Vec<_> = all
            .iter()
            .enumerate()
            .map(|(number, at)| written(&format!("i{number}")).says(&format!("{at} investigating")))
            .collect();
        board(site(&["login"]).in_zone("Europe/Stockholm"), &all, "01T00:00")
    }

    fn ids<'a>(stories: impl IntoIterator<Item = &'a Arc<Story>>) -> Vec<&'a str> {
        stories.into_iter().map(|it| it.incident.id.as_str()).collect()
    }

    #[test]
    fn a_story_belongs_to_the_month_of_its_start_in_the_sites_zone() {
        let board = stories();
        assert_eq!(ids(board.stories_of_month(2026, 1)), ["i0"]);
        assert_eq!(ids(board.stories_of_month(2026, 2)), ["i2", "i3", "i1"]);
    }
}
