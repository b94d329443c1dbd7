//! Updates that contradict each other, or the head.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::diag::{Code, Diagnostic};
use crate::model::{ComponentId, Declaration, Disruption, Kind, Status, Update};
use crate::timeline::{Phase, Story};

/// What the public updates of one incident say against each other.
pub(super) fn advise(story: &Story) -> Vec<Diagnostic> {
    let Kind::Incident(head) = &story.incident.kind else { return Vec::new() };
    let updates: Vec<&Update> = story.updates.iter().map(|it| it.update(story)).collect();
    let mut advice = no_components(story, head);
    advice.extend(backwards(&updates));
    advice.extend(same_instant(&updates));
    advice.extend(reopened_after_end(story, head, &updates));
    advice
}

/// What concerns no component changes no state, whatever its text says. Who states an impact has thought of that.
fn no_components(story: &Story, head: &Disruption) -> Vec<Diagnostic> {
    let is_meant = head.impact.is_some() || story.phase == Phase::Retracted;
    if is_meant || story.names_components() {
        return Vec::new();
    }
    let message = format!("`{}` names no component, so all of them stay operational", story.incident.id);
    let help = "name what does not work, as `components: {ID: degraded_performance}`; of what concerns none, state the `impact`";
    vec![Diagnostic::new(Code::NoComponents, story.incident.place.clone(), message).help(help)]
}

/// `monitoring` may turn out to have been too soon; then that is worth a second look, and no more.
fn backwards(updates: &[&Update]) -> Vec<Diagnostic> {
    let said: Vec<(Status, &Update)> = updates.iter().filter_map(|it| Some((it.status?, *it))).collect();
    said.windows(2)
        .filter(|pair| pair[1].0 < pair[0].0 && pair[0].0 != Status::Resolved)
        .map(|pair| {
            let ((before, _), (after, update)) = (pair[0], pair[1]);
            let message = format!("the status goes back from `{}` to `{}`", before.word(), after.word());
            Diagnostic::new(Code::StatusBackwards, update.place.clone(), message)
                .help("is the time right? for a word without a new status, name the file `..-update.md`")
        })
        .collect()
}

fn same_instant(updates: &[&Update]) -> Vec<Diagnostic> {
    let mut seen: BTreeMap<(Timestamp, u32, &ComponentId), &Declaration> = BTreeMap::new();
    let mut advice = Vec::new();
    for update in updates {
        for declaration in &update.components {
            let twin = seen.insert((update.at, update.fraction, &declaration.component), declaration);
            advice.extend(twin.filter(|it| it.state != declaration.state).map(|it| both(it, declaration)));
        }
    }
    advice
}

fn both(one: &Declaration, other: &Declaration) -> Diagnostic {
    let message = format!(
        "`{}` is called `{}` and `{}` at the same instant; the worse one counts",
        other.component,
        one.state.word(),
        other.state.word()
    );
    Diagnostic::new(Code::SameInstant, other.place.clone(), message)
        .related(one.place.clone(), "the other statement")
}

fn reopened_after_end(story: &Story, head: &Disruption, updates: &[&Update]) -> Option<Diagnostic> {
    let resolved_at = head.resolved_at.filter(|_| story.phase == Phase::Open)?;
    let reopening = updates
        .iter()
        .rfind(|it| resolved_at < it.at && it.status.is_some_and(|it| it != Status::Resolved))?;
    let message = format!("the incident is open again, though its head says it ended at {resolved_at}");
    Some(
        Diagnostic::new(Code::ReopenedAfterEnd, reopening.place.clone(), message)
            .related(
                head.resolved_at_place.as_ref().unwrap_or(&story.incident.place).clone(),
                "the end that the head gives",
            )
            .help("take `resolved_at` away, or write the update that resolves it"),
    )
}
