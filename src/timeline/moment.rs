//! The instants at which one incident's story may change by itself.
//!
//! Between two of them the story holds still, so that it need not be told again.

use jiff::Timestamp;

use super::notice::SHOWN_FOR;
use super::public::{NEAR, announced_start, readable_from, settled};
use super::span::later;
use super::{Audience, Moment};
use crate::model::{Declaration, Incident, Kind, Status, Update};

/// All of `now` that the incident's story depends on.
pub fn moment(incident: &Incident, now: Timestamp, audience: Audience) -> Moment {
    let last = instants(incident).into_iter().filter(|at| *at <= now).max();
    let soon = later(now, NEAR);
    let near = settling(incident).any(|at| now < at && at <= soon);
    Moment { last, near: near.then_some(now), audience }
}

/// Everything of the incident that an instant can be before or after, in no order.
pub(super) fn instants(incident: &Incident) -> Vec<Timestamp> {
    let mut instants = changes(incident);
    instants.extend(settling(incident));
    instants
}

/// The instants at which something that readers see may change. Where a time lies a little ahead of
/// the clock, its passing is none of them, for it counted before; but of an end, until which downtime is
/// counted.
pub(super) fn changes(incident: &Incident) -> Vec<Timestamp> {
    let mut instants = Vec::with_capacity(8 + 3 * incident.updates.len());
    instants.extend(incident.published_at);
    instants.extend(incident.retracted.as_ref().map(|it| it.at));
    instants.extend(incident.corrections.iter().map(|it| it.at));
    instants.extend(incident.reports.iter().flat_map(|it| &it.rows).map(|it| it.at));
    if let Some(postmortem) = &incident.postmortem {
        instants.extend(postmortem.published_at);
        instants.extend(postmortem.corrections.iter().map(|it| it.at));
    }
    instants.extend(announced_start(incident).map(|at| later(at, -NEAR)));
    of_kind(incident, &mut instants);
    for update in &incident.updates {
        of_update(update, &mut instants);
    }
    let ends =
        incident.updates.iter().filter(|it| it.status == Some(Status::Resolved) || it.continues_in.is_some());
    instants.extend(ends.filter_map(settled));
    instants
}

fn of_kind(incident: &Incident, instants: &mut Vec<Timestamp>) {
    match &incident.kind {
        Kind::Incident(disruption) => {
            instants.extend(disruption.started_at);
            instants.extend(disruption.resolved_at);
            instants.extend(starts(&disruption.components));
        }
        Kind::Maintenance(maintenance) => {
            instants.extend([maintenance.scheduled_for, maintenance.scheduled_until]);
        }
        Kind::Notice(notice) => {
            instants.extend(notice.ends_at);
            instants.extend(incident.published_at.map(|at| later(at, SHOWN_FOR)));
            instants.extend(incident.updates.iter().map(|it| later(it.at, SHOWN_FOR)));
        }
    }
}

fn of_update(update: &Update, instants: &mut Vec<Timestamp>) {
    instants.push(readable_from(update));
    instants.extend(update.retracted.as_ref().map(|it| it.at));
    instants.extend(update.corrections.iter().map(|it| it.at));
    instants.extend(update.next_update);
    instants.extend(update.scheduled_for);
    instants.extend(update.scheduled_until);
    instants.extend(starts(&update.components));
}

fn starts(declarations: &[Declaration]) -> impl Iterator<Item = Timestamp> {
    declarations.iter().filter_map(|it| it.since)
}

fn settling(incident: &Incident) -> impl Iterator<Item = Timestamp> {
    incident.updates.iter().filter_map(settled).chain(announced_start(incident))
}
