//! What each entry of a story does to components, by the story alone and as the entry says it.
//!
//! That is not what the page paints: a later word may say since when, or measuring may put it right. Here stands
//! what a reader of the entry was told then.

use std::collections::BTreeMap;

use crate::model::{ComponentId, Kind, Scope, State, Status};
use crate::timeline::{Cause, Course, Entry, Story};

/// That an entry names a component: what it was in before and is in from then on, which may be the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Turn {
    /// Before the entry.
    pub(super) old: State,
    /// From it on.
    pub(super) new: State,
}

/// The components that an entry names.
pub(super) type Turns<'a> = BTreeMap<&'a ComponentId, Turn>;

/// What each of the entries, which are all of the story's, does.
pub(super) fn turns<'a>(story: &'a Story, entries: &[Entry]) -> Vec<Turns<'a>> {
    let mut states: States<'a> = match &story.course {
        Course::Maintenance(course) => named(&course.components),
        Course::Incident(_) | Course::Notice { .. } => States::new(),
    };
    let each = entries.iter().enumerate().map(|(place, entry)| {
        let mut said = if place == 0 { of_head(story, &states) } else { States::new() };
        said.extend(of_entry(story, entry, &states));
        turn(&mut states, said)
    });
    each.collect()
}

type States<'a> = BTreeMap<&'a ComponentId, State>;

fn turn<'a>(states: &mut States<'a>, said: States<'a>) -> Turns<'a> {
    let turn = |(component, new)| {
        let old = states.insert(component, new).unwrap_or(State::Operational);
        (component, Turn { old, new })
    };
    said.into_iter().map(turn).collect()
}

fn named(scope: &Scope) -> States<'_> {
    match scope {
        Scope::All => States::new(),
        Scope::Components(named) => named.iter().map(|it| (it, State::Operational)).collect(),
    }
}

/// What the head says, which is heard with the first entry.
fn of_head<'a>(story: &'a Story, states: &States<'a>) -> States<'a> {
    match &story.incident.kind {
        Kind::Incident(head) => head.components.iter().map(|it| (&it.component, it.state)).collect(),
        Kind::Maintenance(_) => states.clone(),
        Kind::Notice(_) => States::new(),
    }
}

fn of_entry<'a>(story: &'a Story, entry: &Entry, states: &States<'a>) -> States<'a> {
    let turned_to = |to: State| states.iter().filter(move |(_, it)| **it != to).map(move |(it, _)| (*it, to));
    match entry.status {
        Some(Status::InProgress | Status::Verifying) => turned_to(State::UnderMaintenance).collect(),
        Some(Status::Resolved | Status::Scheduled | Status::Completed | Status::Cancelled) => {
            let named = declared(story, entry).into_keys().map(|it| (it, State::Operational));
            turned_to(State::Operational).chain(named).collect()
        }
        Some(Status::Investigating | Status::Identified | Status::Monitoring) | None => {
            declared(story, entry)
        }
    }
}

/// The states that an update says, if it is one and stands.
fn declared<'a>(story: &'a Story, entry: &Entry) -> States<'a> {
    let Cause::Update(index) = entry.cause else { return States::new() };
    let telling = &story.updates[index];
    let said = telling.update(story).components.iter().filter(|_| telling.retracted.is_none());
    said.map(|it| (&it.component, it.state)).collect()
}
