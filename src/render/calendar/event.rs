//! One maintenance as an event.

use jiff::Timestamp;

use super::ical::Lines;
use crate::model::Scope;
use crate::render::view::Voice;
use crate::render::{ident, path};
use crate::timeline::{MaintenanceCourse, Phase, Story, Telling};

/// The event of a maintenance.
pub(super) fn event(voice: &Voice<'_>, story: &Story, course: &MaintenanceCourse) -> Lines {
    let newest = story.last_word();
    let mut lines = Lines::default();
    lines.put("BEGIN", "VEVENT");
    lines.put("UID", &format!("{}@{}", ident::of_incident(&story.incident), host(&voice.site.url)));
    lines.instant("DTSTAMP", newest);
    lines.instant("CREATED", story.first_told());
    lines.instant("LAST-MODIFIED", newest);
    lines.put("SEQUENCE", &story.updates.len().to_string());
    lines.put("STATUS", status(story.phase));
    // Nobody is busy because a service is worked on.
    lines.put("TRANSP", "TRANSPARENT");
    when(course, &mut lines);
    lines.text("SUMMARY", &story.title);
    lines.texts("DESCRIPTION", description(voice, story).as_slice());
    lines.texts("CATEGORIES", &worked_on(voice, &course.components));
    lines.put("URL", &path::address(&voice.site.url, &path::incident(&story.incident.id)));
    lines.put("END", "VEVENT");
    lines
}

fn status(phase: Phase) -> &'static str {
    match phase {
        Phase::Ahead | Phase::Open | Phase::Ended => "CONFIRMED",
        Phase::Cancelled | Phase::Retracted => "CANCELLED",
    }
}

/// The announced window. One whose begin was moved beyond its end takes no time until that is moved as well.
fn when(course: &MaintenanceCourse, lines: &mut Lines) {
    let (from, to): (Timestamp, Timestamp) = (course.scheduled_for, course.scheduled_until);
    lines.instant("DTSTART", from);
    if from.as_second() < to.as_second() {
        lines.instant("DTEND", to);
    }
}

/// Why it was withdrawn, the summary, and the updates, the newest first; nothing where nothing was said.
fn description(voice: &Voice<'_>, story: &Story) -> Option<String> {
    let withdrawn = story.retracted.as_ref().map(|it| withdrawal(voice, &it.note));
    let summary = Some(story.incident.summary.plain.clone()).filter(|it| !it.is_empty());
    let corrections = story.passed(&story.incident.corrections);
    let corrections = corrections.map(|it| correction(voice, it.at, &it.note));
    let updates = story.updates.iter().rev().map(|it| update(voice, story, it));
    let all: Vec<String> = withdrawn.into_iter().chain(summary).chain(corrections).chain(updates).collect();
    (!all.is_empty()).then(|| all.join("\n\n"))
}

fn update(voice: &Voice<'_>, story: &Story, telling: &Telling) -> String {
    let written = telling.update(story);
    let time = voice.words.date_time(telling.at, &voice.site.time_zone);
    let head = format!("{time}{}{}", voice.words.text("mark.dash"), voice.words.update(written.status));
    let text = match &telling.retracted {
        Some(withdrawn) => withdrawal(voice, &withdrawn.note),
        None => written.body.plain.clone(),
    };
    let corrections = story.passed(&written.corrections).map(|it| correction(voice, it.at, &it.note));
    let all = [head, text].into_iter().chain(corrections).filter(|it| !it.is_empty());
    all.collect::<Vec<_>>().join("\n")
}

fn withdrawal(voice: &Voice<'_>, note: &str) -> String {
    voice.words.fill("withdrawn", &[("note", note)])
}

fn correction(voice: &Voice<'_>, at: Timestamp, note: &str) -> String {
    let time = voice.words.date_time(at, &voice.site.time_zone);
    voice.words.fill("page.update.edited", &[("time", &time), ("note", note)])
}

fn worked_on(voice: &Voice<'_>, scope: &Scope) -> Vec<String> {
    let listed = voice.site.components.iter().filter(|it| it.listed);
    listed.filter(|it| scope.names(&it.id)).map(|it| voice.name(&it.id)).collect()
}

/// The host of an address, with its port.
fn host(url: &str) -> &str {
    let after_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    after_scheme.split('/').next().unwrap_or(after_scheme)
}
