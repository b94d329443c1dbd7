//! Instants as the API writes them: milliseconds, and the offset that the page's zone has then.

use std::fmt;

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, Unit};
use serde::{Serialize, Serializer};

/// `2021-12-07T09:06:43.178-07:00`; `Z` stands for the offset where the zone is UTC. The later one is the greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Stamp {
    at: Timestamp,
    /// None in UTC.
    offset: Option<Offset>,
}

impl Stamp {
    /// An instant on a page of this zone.
    pub(super) fn new(at: Timestamp, zone: &TimeZone) -> Stamp {
        let info = zone.to_offset_info(at);
        Stamp { at, offset: (info.abbreviation() != "UTC").then(|| in_minutes(info.offset())) }
    }

    /// The first instant of a day of the page's zone.
    pub(super) fn of_day(day: Date, zone: &TimeZone) -> Stamp {
        let start = day.to_zoned(zone.clone()).map_or(Timestamp::UNIX_EPOCH, |it| it.timestamp());
        Stamp::new(start, zone)
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let local = self.offset.unwrap_or(Offset::UTC).to_datetime(self.at);
        write!(out, "{}", local.strftime("%Y-%m-%dT%H:%M:%S%.3f"))?;
        let Some(offset) = self.offset else { return out.write_str("Z") };
        let minutes = offset.seconds().abs() / 60;
        let sign = if offset.is_negative() { '-' } else { '+' };
        write!(out, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// An offset that can be written: those of the time before zones have seconds.
fn in_minutes(offset: Offset) -> Offset {
    offset.round(Unit::Minute).unwrap_or(offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(zone: &str, at: &str, expected: &str) {
        let zone = TimeZone::get(zone).unwrap();
        assert_eq!(Stamp::new(at.parse().unwrap(), &zone).to_string(), expected);
    }

    #[test]
    fn an_instant_has_the_offset_of_its_own_season() {
        check("Europe/Stockholm", "2020-07-10T10:48Z", "2020-07-10T12:48:00.000+02:00");
        check("Europe/Stockholm", "2020-12-10T10:48:05.1785Z", "2020-12-10T11:48:05.178+01:00");
        check("America/St_Johns", "2020-12-10T10:48Z", "2020-12-10T07:18:00.000-03:30");
    }

    #[test]
    fn utc_alone_is_written_with_a_letter() {
        check("UTC", "2020-07-10T10:48Z", "2020-07-10T10:48:00.000Z");
        check("Etc/UTC", "2020-07-10T10:48Z", "2020-07-10T10:48:00.000Z");
        check("Europe/London", "2020-12-10T10:48Z", "2020-12-10T10:48:00.000+00:00");
    }

    #[test]
    fn an_offset_with_seconds_is_rounded_and_the_instant_stays() {
        check("America/New_York", "1850-01-01T00:00Z", "1849-12-31T19:04:00.000-04:56");
    }

    #[test]
    fn a_day_begins_in_the_zone_of_the_page() {
        let zone = TimeZone::get("America/Denver").unwrap();
        let day = Stamp::of_day(Date::constant(2020, 1, 1), &zone);
        assert_eq!(day.to_string(), "2020-01-01T00:00:00.000-07:00");
        assert!(day < Stamp::new("2020-01-01T07:00:01Z".parse().unwrap(), &zone));
    }
}
