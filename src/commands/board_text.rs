//! The board as lines for a terminal.

use std::sync::Arc;

use crate::diag::visible;
use crate::model::Component;
use crate::timeline::{Board, ComponentBoard, Course, Phase, Standing, Story};
use crate::words::Words;

/// The headline, the components by group, what is open, what is planned, and what comes next.
pub(super) fn board(board: &Board, words: &Words) -> String {
    let zone = &board.site.time_zone;
    let mut lines = vec![
        words.headline(&board.overall.headline, &board.site),
        words.fill("terminal.as_of", &[("time", &words.date_time(board.now, zone))]),
    ];
    lines.extend(components(board, words));
    lines.extend(section("terminal.incidents", &board.open, board, words));
    lines.extend(section("terminal.notices", &board.notices, board, words));
    lines.extend(section("terminal.maintenance", &board.maintenance, board, words));
    lines.push(String::new());
    lines.push(next_change(board, words));
    lines.iter().map(|line| format!("{}\n", visible(line).trim_end())).collect()
}

/// "the next change by the clock is on 10 July 2020, 12:00 UTC".
pub(super) fn next_change(board: &Board, words: &Words) -> String {
    match board.next_change {
        Some(at) => {
            let time = words.date_time(at, &board.site.time_zone);
            words.fill("terminal.next_change", &[("time", &time)])
        }
        None => words.text("terminal.no_change").to_owned(),
    }
}

fn components(board: &Board, words: &Words) -> Vec<String> {
    let shown: Vec<(&Component, &Arc<ComponentBoard>)> = board
        .site
        .components
        .iter()
        .zip(&board.components)
        .filter(|(component, at)| component.listed && at.standing != Standing::Retired)
        .collect();
    let name = |component: &Component| words.component(&component.id, &board.site);
    let width = shown.iter().map(|it| name(it.0).chars().count()).max().unwrap_or(0);
    let line = |(component, at): &(&Component, &Arc<ComponentBoard>)| {
        format!("  {:width$}  {}{}", name(component), words.standing(at.standing), through(at, board, words))
    };
    std::iter::once(String::new()).chain(shown.iter().map(line)).collect()
}

/// ", through Login", or that it may be affected.
fn through(at: &ComponentBoard, board: &Board, words: &Words) -> String {
    let Some(via) = &at.via else { return String::new() };
    let path = words.through(&via.path, &board.site);
    let key = if via.counts { "terminal.derived" } else { "terminal.suggested" };
    words.fill(key, &[("state", words.state_in_sentence(via.state)), ("path", &path)])
}

fn section(key: &str, stories: &[std::sync::Arc<Story>], board: &Board, words: &Words) -> Vec<String> {
    if stories.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![String::new(), words.text(key).to_owned()];
    for story in stories {
        lines.push(format!("  {}", story.title));
        lines.push(format!("    {}", progress(story, board, words)));
        lines.push(format!("    {}/incidents/{}.html", board.site.url, story.incident.id));
    }
    lines
}

/// Where a story stands, since when, and what is promised.
fn progress(story: &Story, board: &Board, words: &Words) -> String {
    let zone = &board.site.time_zone;
    let mut parts = vec![match story.status {
        Some(status) => words.status(status).to_owned(),
        None => words.phase(story.phase).to_owned(),
    }];
    match &story.course {
        Course::Incident(_) => {
            let length = words.length(board.now.duration_since(story.started_at).as_secs());
            parts.push(words.fill("terminal.so_far", &[("length", &length)]));
        }
        Course::Maintenance(course) => {
            parts.push(words.range(course.scheduled_for, Some(course.scheduled_until), zone));
            parts.extend(course.late.map(|it| words.late(it).to_owned()));
        }
        Course::Notice { until: _ } => {}
    }
    if story.phase == Phase::Open {
        parts.extend(story.promise.as_ref().map(|it| words.promise(it, board.today, zone)));
    }
    parts.join(" · ")
}
