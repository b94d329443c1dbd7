//! The instants at which one incident's story may change by itself.
//!
//! Between two of them the story holds still, so that it need not be told again.

use jiff::Timestamp;

use super::notice::SHOWN_FOR;
use super::public::{announced_start, readable_from, settled};
use super::span::{earlier, later};
use super::zone::lifetime;
use super::{Grace, Moment, Span, Visibility};
use crate::model::{Declaration, Incident, Kind, Scope, Site, Update};

/// All of `now` that the incident's story depends on.
pub fn moment(site: &Site, incident: &Incident, now: Timestamp, visibility: Visibility) -> Moment {
    let instants = all_instants(site, incident, visibility.grace).into_iter();
    Moment { last: instants.filter(|at| *at <= now).max(), visibility }
}

/// The stretch of time around `now` in which the moment is the same: between two of the incident's own instants.
pub fn stretch(site: &Site, incident: &Incident, now: Timestamp, grace: Grace) -> Span {
    let mut stretch = Span { from: Timestamp::MIN, to: None };
    for at in all_instants(site, incident, grace) {
        if at <= now {
            stretch.from = stretch.from.max(at);
        } else {
            stretch.to = earlier(stretch.to, Some(at));
        }
    }
    stretch
}

fn all_instants(site: &Site, incident: &Incident, grace: Grace) -> Vec<Timestamp> {
    let mut all = instants(incident, grace);
    all.extend(lifetimes(site, incident));
    all
}

/// Where a maintenance is of `all`, the instants at which components come and go.
fn lifetimes(site: &Site, incident: &Incident) -> impl Iterator<Item = Timestamp> {
    let of_all = matches!(&incident.kind, Kind::Maintenance(it) if it.components == Scope::All);
    let components = site.components.iter().filter(move |it| of_all && it.listed);
    components.flat_map(|it| {
        let Span { from, to } = lifetime(site, it);
        [Some(from), to].into_iter().flatten()
    })
}

/// Everything of the incident that an instant can be before or after, in no order. What may be shown a little before
/// its time stands in it twice.
pub(super) fn instants(incident: &Incident, grace: Grace) -> Vec<Timestamp> {
    let mut instants = Vec::with_capacity(8 + 3 * incident.updates.len());
    instants.extend(incident.published_at);
    instants.extend(incident.retracted.as_ref().map(|it| it.at));
    instants.extend(incident.corrections.iter().map(|it| it.at));
    instants.extend(incident.reports.iter().flat_map(|it| &it.rows).map(|it| it.at));
    if let Some(postmortem) = &incident.postmortem {
        instants.extend(postmortem.published_at);
        instants.extend(postmortem.corrections.iter().map(|it| it.at));
    }
    instants.extend(announced_start(incident).map(|at| later(at, -grace.length())));
    of_kind(incident, &mut instants);
    for update in &incident.updates {
        instants.push(readable_from(update, grace));
        instants.extend(settled(update));
        of_update(update, &mut instants);
    }
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

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::super::fixture::{site, t, written};
    use super::*;

    /// The stretch around an instant: the moment is the same in all of it, and another on both sides.
    #[track_caller]
    fn check(now: &str, from: &str, to: Option<&str>) {
        let said = written("a").says("10:00 investigating !next=10:30").says("11:00 resolved");
        let story = said.story("12:00").expect("it is public");
        let incident = &story.incident;
        let (site, visibility) = (site(&["login"]), Visibility::default());
        let found = stretch(&site, incident, t(now), visibility.grace);
        let expected = if from.is_empty() { Timestamp::MIN } else { t(from) };
        assert_eq!((found.from, found.to), (expected, to.map(t)));
        let at = |at: Timestamp| moment(&site, incident, at, visibility);
        let inside = |instant: Timestamp| at(instant) == at(t(now));
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
