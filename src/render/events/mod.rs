//! Every public event as a line of JSON: `events.ndjson`, of the last 90 days and of what is open, and
//! `events/2020.ndjson` and so on, all of a year.
//!
//! A year is one of UTC, as are the times in the lines, and holds all that could be read first in it; so the year files
//! together hold every event, and one that is over changes only with what was written of it. The lines of a month's
//! stories are remembered by their shelf, and a file by its months.

mod former;
mod idents;
mod line;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bytes::Bytes;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

pub use former::former_ids;
pub use line::Line;

pub use super::ident::is_ident as is_id;

use line::Order;

use super::edition::{Edition, InEdition};
use super::path;
use super::shelf::Shelf;
use crate::emit::{Body, Output};
use crate::memo::{ById, Memo};
use crate::timeline::{Board, Story};

/// How many days before today are recent.
const DAYS: i64 = 90;

/// Lines and files that were made before.
#[derive(Debug, Default)]
pub(super) struct EventsMemory {
    months: Memo<InEdition<Shelf>, ById<MonthEvents>>,
    years: Memo<YearKey, Bytes>,
}

/// All that the file of a year depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct YearKey {
    year: i16,
    months: Vec<ById<MonthEvents>>,
}

/// The events of the stories that began in a month.
#[derive(Debug)]
struct MonthEvents {
    /// In the order of when they could be read.
    events: Vec<Event>,
    /// The years that they were published in.
    years: BTreeSet<i16>,
    /// Whether one of the stories is not over.
    is_open: bool,
}

/// A line, and what decides its place.
#[derive(Debug)]
struct Event {
    order: Order,
    year: i16,
    /// Whether its story is over.
    is_over: bool,
    json: String,
}

impl EventsMemory {
    /// Ends a run: what was not asked for since the last end is dropped.
    pub(super) fn end_run(&mut self) {
        self.months.end_run();
        self.years.end_run();
    }
}

/// The file of what is recent, and one a year.
pub(super) fn files(
    edition: &ById<Edition>,
    board: &Board,
    shelves: &[Arc<Shelf>],
    memory: &mut EventsMemory,
) -> Vec<Output> {
    let keys = shelves.iter().map(|it| InEdition::of(edition, it)).collect();
    let months = memory.months.get_all(keys, of_month);
    let mut years: BTreeMap<i16, Vec<ById<MonthEvents>>> = BTreeMap::new();
    for month in &months {
        month.0.years.iter().for_each(|it| years.entry(*it).or_default().push(month.clone()));
    }
    let (paths, keys): (Vec<Arc<str>>, Vec<YearKey>) = years
        .into_iter()
        .map(|(year, months)| (path::events_year(year).into(), YearKey { year, months }))
        .unzip();
    let mut files = vec![(path::EVENTS.into(), recent(&months, recent_from(board)).into())];
    files.extend(paths.into_iter().zip(memory.years.get_all(keys, of_year).into_iter().map(Body::from)));
    files
}

/// Every public event, in the order of when they could be read.
pub fn lines(board: &Board) -> Vec<Line> {
    let mut lines: Vec<Line> = board.history.iter().flat_map(|it| line::lines(&board.site, it)).collect();
    lines.sort_by(|one, other| one.order().cmp(other.order()));
    lines
}

fn of_month(key: &InEdition<Shelf>) -> ById<MonthEvents> {
    let stories = &key.of.0.stories;
    let mut events: Vec<Event> = stories.iter().flat_map(|it| of_story(key, it)).collect();
    events.sort_by(|one, other| one.order.cmp(&other.order));
    let years = events.iter().map(|it| it.year).collect();
    let is_open = stories.iter().any(|it| !it.phase.is_over());
    ById(Arc::new(MonthEvents { events, years, is_open }))
}

fn of_story(key: &InEdition<Shelf>, story: &Story) -> impl Iterator<Item = Event> {
    let is_over = story.phase.is_over();
    line::lines(&key.edition.0.site, story).into_iter().map(move |line| Event {
        order: line.order().clone(),
        year: line.published_at().to_zoned(TimeZone::UTC).year(),
        is_over,
        json: line.to_json(),
    })
}

fn of_year(key: &YearKey) -> Bytes {
    let events = key.months.iter().flat_map(|it| &it.0.events);
    file(events.filter(|it| it.year == key.year).collect())
}

/// The events from an instant on, and those of what is not over.
fn recent(months: &[ById<MonthEvents>], from: Timestamp) -> Bytes {
    let is_recent = |it: &&Event| !it.is_over || from <= it.order.published_at;
    let months = months.iter().map(|it| &*it.0);
    let months =
        months.filter(|it| it.is_open || it.events.last().is_some_and(|it| from <= it.order.published_at));
    file(months.flat_map(|it| it.events.iter().filter(is_recent)).collect())
}

/// Whole days of the site's zone: so the file moves with what happens and at midnight, and not with every build.
fn recent_from(board: &Board) -> Timestamp {
    let day = board.today.checked_sub(DAYS.days()).unwrap_or(board.today);
    day.to_zoned(board.site.time_zone.clone()).map_or(Timestamp::MIN, |it| it.timestamp())
}

fn file(mut events: Vec<&Event>) -> Bytes {
    events.sort_by(|one, other| one.order.cmp(&other.order));
    let mut lines = String::with_capacity(events.iter().map(|it| it.json.len()).sum());
    lines.extend(events.into_iter().map(|it| it.json.as_str()));
    lines.into()
}
