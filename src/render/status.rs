//! `/status.json`: the state of everything for programs, and the revision that moves with it.

use jiff::Timestamp;
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_128;

use super::path;
use super::plan::Planned;
use super::view::Voice;
use crate::model::{ComponentId, Scope, State, Status};
use crate::timeline::{Board, ComponentBoard, Course, Late, Standing, Story, Uptime, UptimeWindow, Via};
use crate::words::plain_percent;

/// `/status.json`. Times are UTC with `Z`, addresses absolute; what is absent is null.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StatusDocument {
    version: u8,
    generated_at: Timestamp,
    next_change: Option<Timestamp>,
    revision: String,
    overall: OverallEntry,
    groups: Vec<GroupEntry>,
    components: Vec<ComponentEntry>,
    incidents: Vec<IncidentEntry>,
    maintenance: Vec<MaintenanceEntry>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct OverallEntry {
    indicator: &'static str,
    state: Option<&'static str>,
    headline: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct GroupEntry {
    id: String,
    name: String,
    state: Option<&'static str>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct ComponentEntry {
    id: String,
    name: String,
    group: Option<String>,
    state: Option<&'static str>,
    declared: Option<&'static str>,
    via: Option<ViaEntry>,
    uptime: UptimeEntry,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct ViaEntry {
    path: Vec<String>,
    state: &'static str,
    incident: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct UptimeEntry {
    days: u16,
    percent: Option<String>,
    counted_seconds: i64,
    partial_seconds: i64,
    major_seconds: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct IncidentEntry {
    id: String,
    title: String,
    kind: &'static str,
    status: &'static str,
    impact: &'static str,
    started_at: Timestamp,
    resolved_at: Option<Timestamp>,
    next_update_by: Option<Timestamp>,
    components: serde_json::Map<String, serde_json::Value>,
    url: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct MaintenanceEntry {
    id: String,
    title: String,
    status: Option<&'static str>,
    late: bool,
    scheduled_for: Timestamp,
    scheduled_until: Timestamp,
    components: Vec<String>,
    url: String,
}

impl StatusDocument {
    /// The document as it is served.
    pub fn to_json(&self) -> String {
        let mut json = serde_json::to_string_pretty(self).expect("its maps have text keys");
        json.push('\n');
        json
    }
}

/// The document of a board.
pub fn document(voice: &Voice<'_>, board: &Board, revision: &str) -> StatusDocument {
    let shown = board.components.iter().filter(|it| is_shown(voice, it));
    let open = board.open.iter().chain(&board.notices);
    StatusDocument {
        version: 1,
        generated_at: board.now,
        next_change: board.next_foreseeable_change,
        revision: revision.to_owned(),
        overall: OverallEntry {
            indicator: board.overall.indicator.word(),
            state: board.overall.state.map(State::word),
            headline: voice.words.headline(&board.overall.headline, voice.site),
        },
        groups: groups(voice, board),
        components: shown.map(|it| component(voice, it)).collect(),
        incidents: open.map(|it| incident(voice, it, board.now)).collect(),
        maintenance: maintenance(voice, board),
    }
}

/// A hash of all that may count as a change, seen at the last change rather than when the page is
/// built: `live` are the pages that tell of it. What lies ahead is none yet, and may be an embargo.
pub(super) fn revision(voice: &Voice<'_>, live: &[Planned], settled: &Board) -> String {
    let told = StatusDocument { next_change: None, ..document(voice, settled, "") };
    let mut text = told.to_json();
    for planned in live {
        text += &planned.path;
        text += &serde_json::to_string(&planned.page.head).expect("a view has named fields");
        text += &serde_json::to_string(&planned.page.body).expect("a view has named fields");
    }
    format!("{:032x}", xxh3_128(text.as_bytes()))
}

fn is_shown(voice: &Voice<'_>, component: &ComponentBoard) -> bool {
    let listed = voice.site.component(&component.id).is_some_and(|it| it.listed);
    listed && component.standing != Standing::Retired
}

fn groups(voice: &Voice<'_>, board: &Board) -> Vec<GroupEntry> {
    let entry = |it: &crate::timeline::GroupBoard| GroupEntry {
        id: it.id.to_string(),
        name: voice.site.group(&it.id).map_or_else(|| it.id.to_string(), |it| it.name.clone()),
        state: it.standing.state().map(State::word),
    };
    board.groups.iter().map(entry).collect()
}

fn component(voice: &Voice<'_>, component: &ComponentBoard) -> ComponentEntry {
    let written = voice.site.component(&component.id);
    let window = voice.over_history(&component.uptime);
    ComponentEntry {
        id: component.id.to_string(),
        name: written.map_or_else(|| component.id.to_string(), |it| it.name.clone()),
        group: written.and_then(|it| it.group.as_ref()).map(ToString::to_string),
        state: component.standing.state().map(State::word),
        declared: component.declared.state().map(State::word),
        via: component.via.as_ref().map(via),
        uptime: window.map_or_else(|| uptime(voice, 0, &Uptime::default()), |it| of_window(voice, it)),
    }
}

fn via(via: &Via) -> ViaEntry {
    ViaEntry {
        path: via.path.iter().map(ToString::to_string).collect(),
        state: via.state.word(),
        incident: via.incident.to_string(),
    }
}

fn of_window(voice: &Voice<'_>, window: &UptimeWindow) -> UptimeEntry {
    uptime(voice, window.counted_days, &window.uptime)
}

fn uptime(voice: &Voice<'_>, days: u16, uptime: &Uptime) -> UptimeEntry {
    UptimeEntry {
        days,
        percent: plain_percent(uptime, voice.site.uptime.decimals),
        counted_seconds: uptime.counted,
        partial_seconds: uptime.partial,
        major_seconds: uptime.major,
    }
}

fn incident(voice: &Voice<'_>, story: &Story, now: Timestamp) -> IncidentEntry {
    IncidentEntry {
        id: story.incident.id.to_string(),
        title: story.title.clone(),
        kind: story.incident.kind.word(),
        status: story.status.unwrap_or(Status::Investigating).word(),
        impact: story.impact.word(),
        started_at: story.started_at,
        resolved_at: story.ended_at,
        next_update_by: story.promise.map(|it| it.by),
        components: declared(voice, story, now),
        url: url(voice, story),
    }
}

/// The states that an incident itself declares of listed components.
fn declared(voice: &Voice<'_>, story: &Story, now: Timestamp) -> serde_json::Map<String, serde_json::Value> {
    let listed = |id: &ComponentId| voice.site.component(id).is_some_and(|it| it.listed);
    let effective = story.effective(now);
    let tracks = story.tracks.iter().filter(|it| listed(&it.component));
    let running =
        tracks.filter_map(|it| Some((it, it.pieces.iter().find(|piece| piece.span.contains(effective))?)));
    let own = running.filter(|(_, piece)| !matches!(piece.basis, crate::timeline::Basis::Derived(_)));
    own.map(|(track, piece)| (track.component.to_string(), piece.state.word().into())).collect()
}

fn maintenance(voice: &Voice<'_>, board: &Board) -> Vec<MaintenanceEntry> {
    let mut ahead: Vec<(&Story, &crate::timeline::MaintenanceCourse)> = Vec::new();
    for story in &board.maintenance {
        if let Course::Maintenance(course) = &story.course {
            ahead.push((story, course));
        }
    }
    ahead.sort_by_key(|(story, course)| (course.scheduled_for, story.incident.id.clone()));
    let entry = |(story, course): (&Story, &crate::timeline::MaintenanceCourse)| MaintenanceEntry {
        id: story.incident.id.to_string(),
        title: story.title.clone(),
        status: story.status.map(Status::word),
        late: course.late.is_some_and(|it| matches!(it, Late::DueToStart | Late::Overrunning)),
        scheduled_for: course.scheduled_for,
        scheduled_until: course.scheduled_until,
        components: worked_on(voice, &course.components),
        url: url(voice, story),
    };
    ahead.into_iter().map(entry).collect()
}

fn worked_on(voice: &Voice<'_>, scope: &Scope) -> Vec<String> {
    let listed = voice.site.components.iter().filter(|it| it.listed);
    listed.filter(|it| scope.names(&it.id)).map(|it| it.id.to_string()).collect()
}

fn url(voice: &Voice<'_>, story: &Story) -> String {
    path::address(&voice.site.url, &path::incident(&story.incident.id))
}
