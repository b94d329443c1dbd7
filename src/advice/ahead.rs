//! Times ahead of the clock, where only the past makes sense: mostly local time written as UTC.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::Matter;
use crate::diag::{Code, Diagnostic};
use crate::model::{Incident, Kind, Publication};
use crate::source::Place;

/// How far ahead a time may be, because clocks differ.
const TOLERANCE: SignedDuration = SignedDuration::from_mins(2);

/// What incidents say of times that have not come. A stated publication is an embargo and no mistake.
pub(super) fn too_far_ahead(matter: &Matter<'_>) -> Vec<Diagnostic> {
    let (zone, now) = (&matter.project.site.time_zone, matter.board.now);
    matter
        .ahead
        .iter()
        .flat_map(|incident| times(incident))
        .filter(|(at, _)| now + TOLERANCE < *at)
        .map(|(at, place)| diagnostic(at, place, now, zone))
        .collect()
}

/// The times of an incident that tell of the past, with their places.
fn times(incident: &Incident) -> Vec<(Timestamp, Place)> {
    let Kind::Incident(head) = &incident.kind else {
        return Vec::new();
    };
    let updates = incident
        .updates
        .iter()
        .filter(|it| matches!(it.published, Publication::Implied(_)))
        .map(|it| (it.at, it.place.clone()));
    let place = |of: &Option<Place>| of.as_ref().unwrap_or(&incident.place).clone();
    let started = head
        .started_at
        .filter(|_| incident.published_at.is_none())
        .map(|it| (it, place(&head.started_at_place)));
    let resolved = head.resolved_at.map(|it| (it, place(&head.resolved_at_place)));
    started.into_iter().chain(resolved).chain(updates).collect()
}

fn diagnostic(at: Timestamp, place: Place, now: Timestamp, zone: &TimeZone) -> Diagnostic {
    let ahead = ahead(at.duration_since(now));
    let said = Diagnostic::new(Code::TooFarAhead, place, format!("this is {ahead} ahead of the clock"));
    match as_local_time(at, zone) {
        Some(local) if local <= now + TOLERANCE => {
            let zone = zone.iana_name().unwrap_or("the site's zone");
            said.help(format!("is this local time? `{at}` on a clock in {zone} is `{local}`"))
        }
        Some(_) | None => said.help("write when it was so, or `published_at` for what is to appear later"),
    }
}

/// The instant that is meant if somebody read the digits of `at` off a clock in `zone`.
fn as_local_time(at: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
    let digits = at.to_zoned(TimeZone::UTC).datetime();
    digits.to_zoned(zone.clone()).ok().map(|it| it.timestamp()).filter(|it| *it != at)
}

/// "2 h", "1 h 30 min", "5 min", "3 d": floored to minutes, the largest two units.
fn ahead(length: SignedDuration) -> String {
    let minutes = length.as_mins();
    let (days, hours, minutes) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    let parts = [(days, "d"), (hours, "h"), (minutes, "min")];
    let said: Vec<String> = parts
        .iter()
        .filter(|it| it.0 != 0)
        .take(2)
        .map(|(number, unit)| format!("{number} {unit}"))
        .collect();
    said.join(" ")
}
