//! The instants at which one incident's story may change by itself.
//!
//! Between two of them the story holds still, so that it need not be told again.

use jiff::{SignedDuration, Timestamp};

use super::notice::SHOWN_FOR;
use super::public::{NEAR, announced_start, readable_from, settled};
use super::span::{earlier, later};
use super::{Audience, Moment, Span};
use crate::model::{Declaration, Incident, Kind, Status, Update};

/// All of `now` that the incident's story depends on.
pub fn moment(incident: &Incident, now: Timestamp, audience: Audience) -> Moment {
    let last = instants(incident).into_iter().filter(|at| *at <= now).max();
    Moment { last, near: is_near(incident, now).then_some(now), audience }
}

/// The stretch of time around `now` in which the moment is the same: between two of the incident's own instants.
/// Where something lies a little ahead, that is `now` alone.
pub fn stretch(incident: &Incident, now: Timestamp) -> Span {
    if is_near(incident, now) {
        return Span { from: now, to: Some(later(now, SignedDuration::from_nanos(1))) };
    }
    let mut stretch = Span { from: Timestamp::MIN, to: None };
    for at in instants(incident) {
        if at <= now {
            stretch.from = stretch.from.max(at);
        } else {
            stretch.to = earlier(stretch.to, Some(at));
        }
    }
    stretch
}

/// Everything of the incident that an instant can be before or after, in no order.
pub(super) fn instants(incident: &Incident) -> Vec<Timestamp> {
    let mut instants = changes(incident);
    instants.extend(settling(incident));
    instants
}

/// Whether something without a stated publication lies a little ahead.
fn is_near(incident: &Incident, now: Timestamp) -> bool {
    let soon = later(now, NEAR);
    settling(incident).any(|at| now < at && at <= soon)
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

#[cfg(test)]
mod tests {
    use super::super::fixture::{t, written};
    use super::*;

    /// The stretch around an instant: the moment is the same in all of it, and another on both sides.
    #[track_caller]
    fn check(now: &str, from: &str, to: Option<&str>) {
        let said = written("a").says("10:00 investigating !next=10:30").says("11:00 resolved");
        let story = said.story("12:00").expect("it is public");
        let incident = &story.incident;
        let found = stretch(incident, t(now));
        let expected = if from.is_empty() { Timestamp::MIN } else { t(from) };
        assert_eq!((found.from, found.to), (expected, to.map(t)));
        let inside = |at: Timestamp| {
            moment(incident, at, Audience::Public) == moment(incident, t(now), Audience::Public)
        };
        let before = |at: Timestamp| later(at, SignedDuration::from_nanos(-1));
        assert!(inside(found.from) && found.to.is_none_or(|to| inside(before(to)) && !inside(to)));
        assert!(from.is_empty() || !inside(before(found.from)));
    }

    #[test]
    fn a_moment_lasts_from_one_of_the_incidents_instants_to_the_next() {
        check("09:00", "", Some("09:58"));
        check("10:00", "10:00", Some("10:30"));
        check("10:45", "10:30", Some("10:58"));
        check("11:00", "11:00", None);
    }
}
