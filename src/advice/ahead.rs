//! Times ahead of the clock, where only the past makes sense: mostly local time written as UTC.

use jiff::civil::DateTime;
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
    let help = Utc::of(at, &place).and_then(|it| it.help(now, zone));
    let help = help
        .unwrap_or_else(|| "write when it was so, or `published_at` for what is to appear later".to_owned());
    Diagnostic::new(Code::TooFarAhead, place, format!("this is {ahead} ahead of the clock")).help(help)
}

/// A time that was written with `Z`, though clocks on the wall may have shown it.
struct Utc {
    digits: DateTime,
    /// The name of the file, where that says the time.
    name: Option<String>,
}

impl Utc {
    /// The time, where it stands with these digits in the file or its name: one with another offset is no mistake of
    /// this kind.
    fn of(at: Timestamp, place: &Place) -> Option<Self> {
        let digits = at.to_zoned(TimeZone::UTC).datetime();
        let name = place.file.name();
        if name.contains(&digits.strftime("%Y%m%dT%H%M").to_string()) {
            return Some(Utc { digits, name: Some(name.to_owned()) });
        }
        let text = String::from_utf8_lossy(place.file.bytes());
        let mut forms = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"].into_iter();
        let is_written = forms.any(|form| text.contains(&digits.strftime(form).to_string()));
        is_written.then_some(Utc { digits, name: None })
    }

    /// Asks whether it is local time, with the offset to write; none where even that would lie ahead.
    fn help(&self, now: Timestamp, zone: &TimeZone) -> Option<String> {
        let zoned = self.digits.to_zoned(zone.clone()).ok()?;
        if zoned.offset().is_zero() {
            return Some("is this local time? then write its offset in place of `Z`".to_owned());
        }
        let city = zone.iana_name()?.rsplit('/').next()?.replace('_', " ");
        let question = format!("is this local time ({city})? then");
        let is_meant = zoned.timestamp() <= now + TOLERANCE;
        is_meant.then(|| match &self.name {
            Some(name) => {
                let offset = zoned.strftime("%z").to_string();
                format!("{question} write `{offset}` in place of `Z`: `{}`", name.replacen('Z', &offset, 1))
            }
            None => {
                format!("{question} write `{}`: `{}`", zoned.strftime("%:z"), zoned.strftime("%FT%T%:z"))
            }
        })
    }
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
