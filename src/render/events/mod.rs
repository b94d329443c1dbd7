//! Every public event as a line of JSON: `events.ndjson`, of the last 90 days and of what is open, and
//! `events/2020.ndjson` and so on, all of a year.
//!
//! A year is one of UTC, as are the times in the lines, and holds all that could be read first in it; so the year files
//! together hold every event, and one that is over changes only with what was written of it. The lines of a story
//! are remembered by the story, and a file by its stories.

mod idents;
mod line;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

pub use line::Line;

pub use super::ident::is_ident as is_id;

use super::{RenderInput, path};
use crate::memo::{ById, Memo};
use crate::model::Site;
use crate::timeline::{Board, Phase, Story};

/// How many days before today are recent.
const DAYS: i64 = 90;

/// Lines and files that were made before.
#[derive(Debug, Default)]
pub(super) struct EventsMemory {
    stories: Memo<StoryKey, ById<StoryEvents>>,
    years: Memo<YearKey, Arc<[u8]>>,
}

/// All that the events of a story depend on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct StoryKey {
    site: ById<Site>,
    story: ById<Story>,
}

/// All that the file of a year depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct YearKey {
    year: i16,
    stories: Vec<ById<StoryEvents>>,
}

/// The events of a story, in the order of when they could be read.
#[derive(Debug)]
struct StoryEvents {
    events: Vec<Event>,
    /// The years that they were published in.
    years: BTreeSet<i16>,
    /// Whether the story is over.
    is_over: bool,
}

/// A line, and what decides its place.
#[derive(Debug)]
struct Event {
    published_at: Timestamp,
    id: String,
    year: i16,
    json: String,
}

impl EventsMemory {
    /// Ends a run: what was not asked for since the last end is dropped.
    pub(super) fn end_run(&mut self) {
        self.stories.end_run();
        self.years.end_run();
    }
}

/// The file of what is recent, and one a year.
pub(super) fn files(input: &RenderInput<'_>, memory: &mut EventsMemory) -> Vec<(String, Arc<[u8]>)> {
    let key = |story: &Arc<Story>| StoryKey {
        site: ById(Arc::clone(&input.project.site)),
        story: ById(Arc::clone(story)),
    };
    let keys = input.board.history.iter().map(key).collect();
    let stories = memory.stories.get_all(keys, of_story);
    let mut years: BTreeMap<i16, Vec<ById<StoryEvents>>> = BTreeMap::new();
    for story in &stories {
        story.0.years.iter().for_each(|it| years.entry(*it).or_default().push(story.clone()));
    }
    let (paths, keys): (Vec<String>, Vec<YearKey>) =
        years.into_iter().map(|(year, stories)| (path::events_year(year), YearKey { year, stories })).unzip();
    let mut files = vec![(path::EVENTS.to_owned(), recent(&stories, recent_from(input.board)))];
    files.extend(paths.into_iter().zip(memory.years.get_all(keys, of_year)));
    files
}

/// Every public event, in the order of when they could be read.
pub fn lines(board: &Board) -> Vec<Line> {
    let mut lines: Vec<Line> = board.history.iter().flat_map(|it| line::lines(&board.site, it)).collect();
    lines.sort_by(Line::in_order);
    lines
}

fn of_story(key: &StoryKey) -> ById<StoryEvents> {
    let story = &key.story.0;
    let year = |at: Timestamp| at.to_zoned(TimeZone::UTC).year();
    let event = |line: Line| Event {
        published_at: line.published_at(),
        id: line.id().to_owned(),
        year: year(line.published_at()),
        json: line.to_json(),
    };
    let events: Vec<Event> = line::lines(&key.site.0, story).into_iter().map(event).collect();
    let years = events.iter().map(|it| it.year).collect();
    let is_over = !matches!(story.phase, Phase::Open | Phase::Ahead);
    ById(Arc::new(StoryEvents { events, years, is_over }))
}

fn of_year(key: &YearKey) -> Arc<[u8]> {
    let events = key.stories.iter().flat_map(|it| &it.0.events);
    file(events.filter(|it| it.year == key.year).collect())
}

fn recent(stories: &[ById<StoryEvents>], from: Timestamp) -> Arc<[u8]> {
    let events = stories.iter().flat_map(|it| it.0.events.iter().map(|event| (event, it.0.is_over)));
    let recent = events.filter(|(event, is_over)| !is_over || from <= event.published_at);
    file(recent.map(|(event, _)| event).collect())
}

/// Whole days of the site's zone: so the file moves with what happens and at midnight, and not with every build.
fn recent_from(board: &Board) -> Timestamp {
    let day = board.today.checked_sub(DAYS.days()).unwrap_or(board.today);
    day.to_zoned(board.site.time_zone.clone()).map_or(Timestamp::MIN, |it| it.timestamp())
}

fn file(mut events: Vec<&Event>) -> Arc<[u8]> {
    events.sort_by(|one, other| (one.published_at, &one.id).cmp(&(other.published_at, &other.id)));
    events.into_iter().map(|it| it.json.as_str()).collect::<String>().into_bytes().into()
}
