//! Where an incident stands against what its components are in.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::diag::{Code, Diagnostic};
use crate::model::{ComponentId, Declaration, Incident, Kind, State, Status, Update};
use crate::timeline::{Basis, Phase, Span, Story};

/// Contradictions between status, states and promises of an open incident as of `now`.
pub(super) fn advise(story: &Story, now: Timestamp) -> Vec<Diagnostic> {
    let doubts = [open_on_green(story, now), monitoring_major(story, now), broken_promise(story)];
    doubts.into_iter().flatten().collect()
}

/// What an incident that is over still calls impaired.
pub(super) fn left_behind(story: &Story) -> Vec<Diagnostic> {
    match (&story.incident.kind, story.phase) {
        (Kind::Incident(_), Phase::Ended) => never_recovered(&story.incident),
        (Kind::Incident(_) | Kind::Maintenance(_) | Kind::Notice(_), _) => Vec::new(),
    }
}

/// While it is being monitored, all may be well again; before that, something should be wrong.
fn open_on_green(story: &Story, now: Timestamp) -> Option<Diagnostic> {
    let declared = declared(story);
    let green = declared.iter().all(|component| state_at(story, component, now) == State::Operational);
    if declared.is_empty() || !green || story.status == Some(Status::Monitoring) {
        return None;
    }
    let message = format!("`{}` is open and all its components are operational", story.incident.id);
    Some(
        Diagnostic::new(Code::OpenOnGreen, last_place(story), message)
            .help("say `resolved`, or `monitoring`, or which component is impaired"),
    )
}

fn monitoring_major(story: &Story, now: Timestamp) -> Option<Diagnostic> {
    let down = declared(story).into_iter().find(|it| state_at(story, it, now) == State::MajorOutage)?;
    (story.status == Some(Status::Monitoring)).then(|| {
        let message = format!("a fix is being monitored and `{down}` is still in a major outage");
        Diagnostic::new(Code::MonitoringMajor, last_place(story), message).help(format!(
            "say what `{down}` is in since the fix, as `components: {{{down}: degraded_performance}}`"
        ))
    })
}

fn broken_promise(story: &Story) -> Option<Diagnostic> {
    let promise = story.promise.filter(|it| it.overdue)?;
    let message = format!("an update was promised for {} and has not come", promise.by);
    Some(
        Diagnostic::new(Code::BrokenPromise, last_place(story), message)
            .help("write one, even if nothing is new"),
    )
}

/// The update that resolved it, or one after that, calls a component impaired, and none calls it operational again.
fn never_recovered(incident: &Incident) -> Vec<Diagnostic> {
    let standing: Vec<&Update> = incident.updates.iter().filter(|it| it.retracted.is_none()).collect();
    let Some(end) = standing.iter().rposition(|it| it.status == Some(Status::Resolved)) else {
        return Vec::new();
    };
    let said = standing[end..].iter().flat_map(|it| &it.components);
    let last_words: BTreeMap<&ComponentId, &Declaration> = said.map(|it| (&it.component, it)).collect();
    last_words.into_values().filter(|it| it.state != State::Operational).map(left_impaired).collect()
}

fn left_impaired(declaration: &Declaration) -> Diagnostic {
    let Declaration { place, component, state, since: _ } = declaration;
    let message = format!("the incident is resolved and `{component}` is left in `{}`", state.word());
    Diagnostic::new(Code::NeverRecovered, place.clone(), message)
        .help("a resolved incident puts its components back to operational; leave this out, or do not resolve it yet")
}

/// The components that the incident itself speaks of.
fn declared(story: &Story) -> Vec<&ComponentId> {
    let own = story.tracks.iter().filter(|it| it.pieces.iter().any(|it| it.basis == Basis::Declared));
    own.map(|it| &it.component).collect()
}

fn state_at(story: &Story, component: &ComponentId, now: Timestamp) -> State {
    let pieces = story.tracks.iter().filter(|it| it.component == *component).flat_map(|it| &it.pieces);
    pieces
        .filter(|it| holds(it.span, story.effective(now)))
        .map(|it| it.state)
        .max()
        .unwrap_or(State::Operational)
}

fn holds(span: Span, now: Timestamp) -> bool {
    span.from <= now && span.to.is_none_or(|to| now < to)
}

fn last_place(story: &Story) -> crate::source::Place {
    story.updates.last().map_or_else(|| story.incident.place.clone(), |it| it.update(story).place.clone())
}
