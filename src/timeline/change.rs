//! When something changes with no new file.
//!
//! Days begin and end with midnight of the site's zone, and so do the lives of components and
//! dependencies. Of what lies between two midnights, each instant that an incident names is a change
//! if it makes another story.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::moment::changes;
use super::zone::{day_after, day_of, day_start};
use super::{Audience, Basis, Course, Phase, Promise, Story, moment, story};
use crate::model::{ComponentId, Incident, Site, State, Status};

/// The last instant, not after `now`, at which something changed by itself.
pub(super) fn last_change(
    site: &Arc<Site>,
    incidents: &[Arc<Incident>],
    now: Timestamp,
) -> Option<Timestamp> {
    let midnight = day_start(&site.time_zone, day_of(&site.time_zone, now));
    let candidates = candidates(incidents, |at| midnight < at && at <= now);
    let last = candidates.into_iter().rev().find(|(at, incident)| differs(site, incident, *at));
    Some(last.map_or(midnight, |(at, _)| at))
}

/// The first instant after `now` at which something will change with no new file.
pub(super) fn next_change(
    site: &Arc<Site>,
    incidents: &[Arc<Incident>],
    now: Timestamp,
) -> Option<Timestamp> {
    let tomorrow = day_after(day_of(&site.time_zone, now));
    let midnight = Some(day_start(&site.time_zone, tomorrow)).filter(|at| now < *at && *at < Timestamp::MAX);
    let end = midnight.unwrap_or(Timestamp::MAX);
    let candidates = candidates(incidents, |at| now < at && at < end);
    let next = candidates.into_iter().find(|(at, incident)| differs(site, incident, *at));
    next.map(|(at, _)| at).or(midnight)
}

/// The instants that incidents name, as far as they are wanted, in order of time.
fn candidates(
    incidents: &[Arc<Incident>],
    wanted: impl Fn(Timestamp) -> bool,
) -> Vec<(Timestamp, &Arc<Incident>)> {
    let public = incidents.iter().filter(|it| !it.draft);
    let all = public.flat_map(|incident| changes(incident).into_iter().map(move |at| (at, incident)));
    let mut wanted: Vec<(Timestamp, &Arc<Incident>)> = all.filter(|(at, _)| wanted(*at)).collect();
    wanted.sort_by_key(|(at, _)| *at);
    wanted
}

/// Whether readers see another story from `at` on.
fn differs(site: &Arc<Site>, incident: &Arc<Incident>, at: Timestamp) -> bool {
    let look = |at| {
        let story = story(site, incident, moment(incident, at, Audience::Public))?;
        Some(Look::at(&story, at))
    };
    let just_before = at.checked_sub(SignedDuration::from_nanos(1)).unwrap_or(Timestamp::MIN);
    look(just_before) != look(at)
}

/// What readers see of a story at an instant, ages left out.
#[derive(PartialEq)]
struct Look {
    phase: Phase,
    status: Option<Status>,
    ended_at: Option<Timestamp>,
    promise: Option<Promise>,
    has_postmortem: bool,
    course: Course,
    /// Each public update, and whether it is withdrawn.
    updates: Vec<(usize, bool)>,
    states: Vec<(ComponentId, State, Basis)>,
}

impl Look {
    fn at(story: &Story, at: Timestamp) -> Look {
        let tracks = story.tracks.iter().chain(&story.suggested);
        let states = tracks.filter_map(|track| {
            let running = track.pieces.iter().find(|it| it.span.contains(at))?;
            Some((track.component.clone(), running.state, running.basis.clone()))
        });
        Look {
            phase: story.phase,
            status: story.status,
            ended_at: story.ended_at,
            promise: story.promise,
            has_postmortem: story.has_postmortem,
            course: story.course.clone(),
            updates: story.updates.iter().map(|it| (it.index, it.retracted.is_some())).collect(),
            states: states.collect(),
        }
    }
}
