//! Calendars of maintenance to subscribe to: of the page, and of each listed component.
//!
//! An event is the announced window in force, also where the work ended early or overran: what was planned is what a
//! calendar is for, and what came of it is told by the updates. So the clock changes nothing in an event, neither as
//! work begins nor as it ends.
//!
//! A calendar holds what is ahead or under way and what was to end since the first day of this month a year ago. It
//! loses something only as a month begins in the site's zone.

mod event;
mod ical;

use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;

use super::edition::{Edition, InEdition};
use super::path;
use super::view::Voice;
use crate::emit::Output;
use crate::memo::{ById, Memo};
use crate::model::{Component, Scope};
use crate::timeline::{Board, Course, MaintenanceCourse, Story};

use ical::Lines;

/// How often a program should ask for what is new.
const REFRESH: &str = "PT1H";
/// Of those that CSS has a name for, the nearest to what maintenance is shown in.
const COLOUR: &str = "royalblue";

/// Work, with what it is done on and its event.
struct Planned<'a> {
    scope: &'a Scope,
    event: Arc<Lines>,
}

/// What a calendar says of itself.
struct Cover<'a> {
    name: &'a str,
    /// The path of the page that shows the same.
    page: &'a str,
    /// Its own path.
    path: &'a str,
}

/// The events that were written before.
pub(super) type CalendarMemory = Memo<InEdition<Story>, Option<Arc<Lines>>>;

/// All calendars.
pub(super) fn files(edition: &ById<Edition>, board: &Board, memory: &mut CalendarMemory) -> Vec<Output> {
    let voice = edition.0.voice();
    let current = current(&voice, board);
    let keys = current.iter().map(|(story, _)| InEdition::of(edition, story)).collect();
    let planned = current.iter().zip(memory.get_all(keys, event));
    let planned: Vec<Planned<'_>> = planned
        .filter_map(|((_, course), event)| Some(Planned { scope: &course.components, event: event? }))
        .collect();
    let listed = voice.site.components.iter().filter(|it| it.listed);
    let mut files = vec![of_page(&voice, &planned)];
    files.extend(listed.map(|it| of_component(&voice, it, &planned)));
    files.into_iter().map(|(path, text)| (path.into(), text.into())).collect()
}

fn of_page(voice: &Voice<'_>, planned: &[Planned<'_>]) -> (String, String) {
    let name = voice.words.fill("calendar.name", &[("site", &voice.site.title)]);
    let cover = Cover { name: &name, page: "maintenance.html", path: path::CALENDAR };
    (path::CALENDAR.to_owned(), calendar(voice, &cover, planned.iter()))
}

fn of_component(voice: &Voice<'_>, component: &Component, planned: &[Planned<'_>]) -> (String, String) {
    let (page, path) = (path::component(&component.id), path::of_component(&component.id, path::CALENDAR));
    let values = [("site", voice.site.title.as_str()), ("name", &voice.name(&component.id))];
    let name = voice.words.fill("calendar.of_component", &values);
    let cover = Cover { name: &name, page: &page, path: &path };
    let own = planned.iter().filter(|it| it.scope.names(&component.id));
    let text = calendar(voice, &cover, own);
    (path, text)
}

/// The event of a maintenance.
fn event(key: &InEdition<Story>) -> Option<Arc<Lines>> {
    let story = &key.of.0;
    course(story).map(|course| Arc::new(event::event(&key.voice(), story, course)))
}

fn course(story: &Story) -> Option<&MaintenanceCourse> {
    match &story.course {
        Course::Maintenance(course) => Some(course),
        Course::Incident(_) | Course::Notice { .. } => None,
    }
}

/// The maintenance that the calendars hold, by its begin and id.
fn current<'a>(voice: &Voice<'_>, board: &'a Board) -> Vec<(&'a Arc<Story>, &'a MaintenanceCourse)> {
    let since = first_day(board.today);
    let all = board.history.iter().filter_map(|it| Some((it, course(it)?)));
    let mut current: Vec<_> = all
        .filter(|(story, course)| !story.phase.is_over() || since <= voice.day_of(course.scheduled_until))
        .collect();
    current.sort_by_key(|(story, course)| (course.scheduled_for, &story.incident.id));
    current
}

/// The first day of the month, a year ago.
fn first_day(today: Date) -> Date {
    today.first_of_month().checked_sub(1.year()).unwrap_or(Date::MIN)
}

fn calendar<'a>(
    voice: &Voice<'_>,
    cover: &Cover<'_>,
    planned: impl Iterator<Item = &'a Planned<'a>>,
) -> String {
    let mut lines = Lines::default();
    let mut events = planned.peekable();
    lines.put("BEGIN", "VCALENDAR");
    lines.put("VERSION", "2.0");
    lines.put("PRODID", "-//Allclear//Maintenance//EN");
    lines.put("CALSCALE", "GREGORIAN");
    describe(voice, cover, &mut lines);
    if events.peek().is_none() {
        fill(&mut lines);
    }
    events.for_each(|it| lines.append(&it.event));
    lines.put("END", "VCALENDAR");
    lines.finish()
}

/// What it is and how often to ask for it, in the words of RFC 7986 and in those which programs knew before.
fn describe(voice: &Voice<'_>, cover: &Cover<'_>, lines: &mut Lines) {
    let about = voice.say("calendar.description");
    lines.text("NAME", cover.name);
    lines.text("X-WR-CALNAME", cover.name);
    lines.text("DESCRIPTION", &about);
    lines.text("X-WR-CALDESC", &about);
    lines.put("URL", &path::address(&voice.site.url, cover.page));
    lines.put("SOURCE;VALUE=URI", &path::address(&voice.site.url, cover.path));
    lines.put("REFRESH-INTERVAL;VALUE=DURATION", REFRESH);
    lines.put("X-PUBLISHED-TTL", REFRESH);
    lines.put("COLOR", COLOUR);
}

/// A calendar has to hold a component, so that an empty one has a zone that nothing refers to.
fn fill(lines: &mut Lines) {
    for (name, value) in [
        ("BEGIN", "VTIMEZONE"),
        ("TZID", "Etc/UTC"),
        ("BEGIN", "STANDARD"),
        ("DTSTART", "19700101T000000"),
        ("TZOFFSETFROM", "+0000"),
        ("TZOFFSETTO", "+0000"),
        ("END", "STANDARD"),
        ("END", "VTIMEZONE"),
    ] {
        lines.put(name, value);
    }
}
