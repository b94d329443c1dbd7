//! What a story says as it opens: all that the public could read of it from its first instant on.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::public::written_start;
use super::{Course, MaintenanceCourse, Story, Telling};
use crate::model::{ComponentId, Declaration, Disruption, Kind, Scope, State};

/// When an incident began for users, as far as could be read from an instant on.
pub(super) fn start(story: &Story, head: &Disruption, opened_at: Timestamp) -> Timestamp {
    let of_updates = updates_read_by(story, opened_at).flat_map(|it| {
        let since = it.update(story).components.iter().filter_map(|declaration| declaration.since);
        since.chain([it.at])
    });
    written_start(head).or(of_updates.min()).unwrap_or(opened_at)
}

/// What a story says of components: its head, and the updates that could be read with it.
pub(super) fn components(story: &Story, opened_at: Timestamp) -> Vec<(ComponentId, Option<State>)> {
    match &story.incident.kind {
        Kind::Maintenance(_) => scope(story),
        Kind::Notice(notice) => notice.components.iter().map(|it| (it.clone(), None)).collect(),
        Kind::Incident(_) => {
            let standing = updates_read_by(story, opened_at).filter(|it| it.retracted.is_none());
            let said = standing.flat_map(|it| &it.update(story).components);
            let states: BTreeMap<ComponentId, Option<State>> =
                head_states(story).iter().chain(said).map(declared).collect();
            states.into_iter().collect()
        }
    }
}

fn updates_read_by(story: &Story, at: Timestamp) -> impl Iterator<Item = &Telling> {
    story.updates.iter().filter(move |it| it.published_at <= at)
}

/// The states that the head of an incident says.
pub(super) fn head_states(story: &Story) -> &[Declaration] {
    match &story.incident.kind {
        Kind::Incident(head) => &head.components,
        Kind::Maintenance(_) | Kind::Notice(_) => &[],
    }
}

/// What a declaration says.
pub(super) fn declared(declaration: &Declaration) -> (ComponentId, Option<State>) {
    (declaration.component.clone(), Some(declaration.state))
}

/// What a maintenance works on.
pub(super) fn scope(story: &Story) -> Vec<(ComponentId, Option<State>)> {
    match &story.course {
        Course::Maintenance(MaintenanceCourse { components: Scope::Components(named), .. }) => {
            named.iter().map(|it| (it.clone(), Some(State::UnderMaintenance))).collect()
        }
        Course::Maintenance(_) | Course::Incident(_) | Course::Notice { .. } => Vec::new(),
    }
}
