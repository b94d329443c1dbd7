//! One incident's story at its moment: what all kinds have in common, around what each has of its own.

use std::sync::Arc;

use jiff::Timestamp;

use super::promise::promise;
use super::public::Reading;
use super::{Course, Moment, Phase, Span, Story, Telling, Track, disruption, maintenance, notice};
use crate::model::{
    ComponentId, Correction, Disruption, Impact, Incident, Kind, Site, State, Status, Update,
};

/// What of a story depends on its kind.
pub(super) struct Outline {
    pub(super) phase: Phase,
    pub(super) status: Option<Status>,
    /// The status in force with each public update.
    pub(super) statuses: Vec<Option<Status>>,
    pub(super) started_at: Timestamp,
    pub(super) ended_at: Option<Timestamp>,
    pub(super) open: Vec<Span>,
    pub(super) impact: Impact,
    pub(super) stated_impact: Option<Impact>,
    pub(super) worst: State,
    pub(super) tracks: Vec<Track>,
    pub(super) suggested: Vec<Track>,
    pub(super) course: Course,
}

/// The incident as the public can know it at the moment; none while there must be no trace of it.
pub fn story(site: &Arc<Site>, incident: &Arc<Incident>, moment: Moment) -> Option<Arc<Story>> {
    let reading = Reading::open(site, incident, moment)?;
    let outline = match &incident.kind {
        Kind::Incident(disruption) => disruption::outline(&reading, disruption)?,
        Kind::Maintenance(maintenance) => maintenance::outline(&reading, maintenance),
        Kind::Notice(notice) => notice::outline(&reading, notice),
    };
    let outline = match reading.retracted() {
        Some(retracted) => withdrawn(outline, retracted),
        None => outline,
    };
    Some(Arc::new(put_together(&reading, outline)))
}

/// A withdrawn incident has no state, as if it had never had one; that it was told stays.
fn withdrawn(outline: Outline, retracted: &Correction) -> Outline {
    let end = outline.ended_at.map_or(retracted.at, |end| end.min(retracted.at));
    let before = Span { from: Timestamp::MIN, to: Some(end) };
    let course = match outline.course {
        Course::Maintenance(mut course) => {
            course.excludable.clear();
            course.by_clock.retain(|(at, _)| *at < retracted.at);
            course.late = None;
            Course::Maintenance(course)
        }
        course @ (Course::Incident(_) | Course::Notice { .. }) => course,
    };
    Outline {
        phase: Phase::Retracted,
        ended_at: Some(end),
        open: outline.open.iter().filter_map(|span| span.meet(&before)).collect(),
        impact: Impact::None,
        stated_impact: None,
        worst: State::Operational,
        tracks: Vec::new(),
        suggested: Vec::new(),
        course,
        ..outline
    }
}

fn put_together(reading: &Reading, outline: Outline) -> Story {
    let incident = reading.incident;
    let none = Disruption::default();
    let head = match &incident.kind {
        Kind::Incident(disruption) => disruption,
        Kind::Maintenance(_) | Kind::Notice(_) => &none,
    };
    Story {
        incident: Arc::clone(incident),
        told_at: reading.now,
        settled_at: reading.settled_at(),
        title: in_force(reading, Some(&incident.title), |it| it.title.as_ref()).unwrap_or_default(),
        phase: outline.phase,
        status: outline.status,
        updates: tellings(reading, &outline.statuses),
        started_at: outline.started_at,
        ended_at: outline.ended_at,
        open: outline.open,
        impact: outline.impact,
        stated_impact: outline.stated_impact,
        worst: outline.worst,
        tracks: outline.tracks,
        suggested: outline.suggested,
        promise: promise(reading, outline.phase),
        rollout: in_force(reading, None, |it| it.rollout.as_ref()),
        workaround: in_force(reading, incident.workaround.as_ref(), |it| it.workaround.as_ref()),
        affected: in_force(reading, head.affected.as_ref(), |it| it.affected.as_ref()),
        regions: in_force(reading, Some(&head.regions), |it| it.regions.as_ref()).unwrap_or_default(),
        not_affected: spared(reading, &head.not_affected),
        retracted: reading.retracted().cloned(),
        has_postmortem: reading.has_postmortem(),
        course: outline.course,
    }
}

/// What the last update that says it says, else the head.
fn in_force<T: Clone>(
    reading: &Reading,
    head: Option<&T>,
    said: impl Fn(&Update) -> Option<&T>,
) -> Option<T> {
    reading.standing().rev().find_map(|it| said(it.update)).or(head).cloned()
}

/// The head's, and those of the last update that names any.
fn spared(reading: &Reading, head: &[ComponentId]) -> Vec<ComponentId> {
    let told = reading.standing().rev().find_map(|it| it.update.not_affected.as_deref());
    let further = told.unwrap_or_default().iter().filter(|it| !head.contains(it));
    head.iter().chain(further).cloned().collect()
}

fn tellings(reading: &Reading, statuses: &[Option<Status>]) -> Vec<Telling> {
    let told = reading.updates.iter().zip(statuses);
    told.map(|(said, status)| Telling {
        index: said.index,
        at: said.update.at,
        published_at: reading.published(said.update),
        status: *status,
        retracted: said.retracted.cloned(),
    })
    .collect()
}
