//! Finding things on a board.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use super::order::newest_first;
use super::zone::{day_after, day_of, day_start};
use super::{Board, ComponentBoard, GroupBoard, Story};
use crate::model::{ComponentId, GroupId, IncidentId, Kind};

impl Board {
    /// The component of this id.
    pub fn component(&self, id: &ComponentId) -> Option<&ComponentBoard> {
        self.components.iter().find(|it| it.id == *id)
    }

    /// The group of this id.
    pub fn group(&self, id: &GroupId) -> Option<&GroupBoard> {
        self.groups.iter().find(|it| it.id == *id)
    }

    /// The public story of this id. It looks through all: to ask for many, make a map.
    pub fn story(&self, id: &IncidentId) -> Option<&Arc<Story>> {
        self.history.iter().find(|it| it.incident.id == *id)
    }

    /// The stories that began on a day from the first to the second, both inside; newest first.
    pub fn stories_between(&self, first: Date, last: Date) -> &[Arc<Story>] {
        let zone = &self.site.time_zone;
        let (from, to) = (day_start(zone, first), day_start(zone, day_after(last)));
        self.started(from, to)
    }

    /// The stories that began in a year of the site's zone, newest first.
    pub fn stories_of_year(&self, year: i16) -> &[Arc<Story>] {
        match (Date::new(year, 1, 1), Date::new(year, 12, 31)) {
            (Ok(first), Ok(last)) => self.stories_between(first, last),
            _ => &[],
        }
    }

    /// The stories that began in a month of the site's zone, newest first.
    pub fn stories_of_month(&self, year: i16, month: i8) -> &[Arc<Story>] {
        Date::new(year, month, 1).map_or(&[], |first| self.stories_between(first, first.last_of_month()))
    }

    /// The incidents proper that began on one of the last days, today among them; newest first.
    pub fn recent(&self, days: u16) -> Vec<&Arc<Story>> {
        let back = jiff::Span::new().days(i64::from(days) - 1);
        let first = self.today.checked_sub(back).unwrap_or(Date::MIN);
        let stories = self.stories_between(first, self.today).iter();
        stories.filter(|it| matches!(it.incident.kind, Kind::Incident(_))).collect()
    }

    /// The story that began before this one, and the one that began after it.
    pub fn neighbours(&self, story: &Story) -> (Option<&Arc<Story>>, Option<&Arc<Story>>) {
        let place = self.history.partition_point(|it| newest_first(it, story).is_lt());
        let next = place.checked_sub(1).and_then(|place| self.history.get(place));
        (self.history.get(place + 1), next)
    }

    /// The years in which a story began, newest first.
    pub fn years(&self) -> Vec<i16> {
        let zone = &self.site.time_zone;
        let mut years: Vec<i16> = self.history.iter().map(|it| day_of(zone, it.started_at).year()).collect();
        years.dedup();
        years
    }

    fn started(&self, from: Timestamp, to: Timestamp) -> &[Arc<Story>] {
        let first = self.history.partition_point(|it| to <= it.started_at);
        let end = self.history.partition_point(|it| from <= it.started_at);
        &self.history[first.min(end)..end]
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
        assert_eq!(ids(board.stories_of_year(2025)), [""; 0]);
        assert_eq!(board.years(), [2026]);
    }

    #[test]
    fn neighbours_are_the_ones_before_and_after() {
        let board = stories();
        let (before, after) = board.neighbours(&board.history[1]);
        assert_eq!((ids(before), ids(after)), (vec!["i1"], vec!["i2"]));
        let (before, after) = board.neighbours(&board.history[3]);
        assert_eq!((ids(before), ids(after)), (vec![], vec!["i1"]));
    }

    #[test]
    fn recent_counts_today() {
        assert_eq!(ids(stories().recent(20)), ["i2", "i3"]);
        assert_eq!(ids(stories().recent(19)), [""; 0]);
    }
}
