//! Readers of times, days and durations.
//!
//! A time without its offset is never guessed: a responder who writes the time on the wall and a
//! reader who takes it for UTC would be hours apart, and nobody would notice.

use jiff::civil::{Date, DateTime};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

use super::fields::wrong_type;
use super::mistaken_time;
use super::node::Node;
use super::reading::Reading;
use super::values::plain;
use crate::diag::{Code, Diagnostic};
use crate::yaml::Value;

/// The years in which anything may happen: those in which counting days stays cheap and safe.
const YEARS: std::ops::RangeInclusive<i16> = 1970..=2199;

/// Why a text is no instant.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// A time that does not say its offset.
    NoOffset(DateTime),
    /// A day alone.
    DayAlone(Date),
    /// In a year that nobody means.
    FarYear,
    /// Anything else.
    Unreadable,
}

/// An instant in whole seconds, and the fraction of a second that was written behind it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ExactTime {
    /// The instant.
    pub(super) at: Timestamp,
    /// The fraction, in nanoseconds.
    pub(super) fraction: u32,
}

impl ExactTime {
    /// The instant that `written` says, and its fraction.
    pub(super) fn read(written: &str) -> Result<Self, Fault> {
        Ok(ExactTime { at: instant(written)?, fraction: fraction(written) })
    }

    /// An instant without a fraction.
    pub(super) fn whole(at: Timestamp) -> Self {
        ExactTime { at, fraction: 0 }
    }
}

/// The same as [`time`] with the fraction of a second, by which statements are ordered.
pub(super) fn exact_time(node: &Node<'_>, reading: &mut Reading) -> Option<ExactTime> {
    let at = time(node, reading)?;
    Some(ExactTime { at, fraction: plain(node, reading).map_or(0, fraction) })
}

/// An instant: RFC 3339; seconds may be left out, and a space may stand for the `T`.
pub(super) fn time(node: &Node<'_>, reading: &mut Reading) -> Option<Timestamp> {
    if let Some(meant) = node.integer().and_then(mistaken_time::since_1970) {
        let diagnostic = wrong_type(node, node.value, "a time");
        return reading.refuse(diagnostic.help(format!("write `{meant}` if this counts from 1970")));
    }
    let written = plain(node, reading)?;
    instant(written).map_err(|fault| say(&fault, written, node, reading)).ok()
}

/// A day of the site's zone.
pub(super) fn day(node: &Node<'_>, reading: &mut Reading) -> Option<Date> {
    let written = plain(node, reading)?;
    match date(written).filter(|it| YEARS.contains(&it.year())) {
        Some(date) => Some(date),
        None => {
            let message = format!("`{written}` is not a day");
            let diagnostic = Diagnostic::new(Code::InvalidTime, node.place(), message);
            reading.refuse(diagnostic.help("write a day as `2020-07-10`"))
        }
    }
}

/// A duration, counted from `from`, or an instant.
pub(super) fn promise(from: Timestamp) -> impl Fn(&Node<'_>, &mut Reading) -> Option<Timestamp> {
    move |node, reading| {
        if let Value::Number(number) = node.value {
            let diagnostic = wrong_type(node, node.value, "a duration or a time");
            return reading.refuse(diagnostic.help(format!("write `{number}m` if these are minutes")));
        }
        let written = plain(node, reading)?;
        match duration(written) {
            Some(duration) => Some(from + duration),
            None if written.starts_with(|it: char| it.is_ascii_digit()) && written.contains('-') => {
                time(node, reading)
            }
            None => {
                let message = format!("`{written}` is neither a duration nor a time");
                let diagnostic = Diagnostic::new(Code::InvalidTime, node.place(), message);
                reading.refuse(
                    diagnostic.help("write a duration as `30m`, `2h` or `1d`, or a time with its offset"),
                )
            }
        }
    }
}

/// The instant that `written` says.
pub(super) fn instant(written: &str) -> Result<Timestamp, Fault> {
    let day = written.get(..10).and_then(date).ok_or(Fault::Unreadable)?;
    let rest = &written[10..];
    if rest.is_empty() {
        return Err(Fault::DayAlone(day));
    }
    let clock = rest.strip_prefix(['T', 't', ' ']).ok_or(Fault::Unreadable)?;
    let end = clock.find(|it: char| !matches!(it, '0'..='9' | ':' | '.')).unwrap_or(clock.len());
    let (hour, minute, second) = time_of_day(&clock[..end]).ok_or(Fault::Unreadable)?;
    let local = DateTime::new(day.year(), day.month(), day.day(), hour, minute, second, 0)
        .map_err(|_| Fault::Unreadable)?;
    match &clock[end..] {
        "" => Err(Fault::NoOffset(local)),
        offset => at_offset(local, offset.strip_prefix(' ').unwrap_or(offset)),
    }
}

/// The instant at which clocks at `offset` show `local`; `Z`, `+01:00` and `+0100` are offsets.
pub(super) fn at_offset(local: DateTime, offset: &str) -> Result<Timestamp, Fault> {
    let offset = seconds_of(offset).and_then(|it| Offset::from_seconds(it).ok()).ok_or(Fault::Unreadable)?;
    let instant = offset.to_timestamp(local).map_err(|_| Fault::FarYear)?;
    if YEARS.contains(&local.year()) { Ok(instant) } else { Err(Fault::FarYear) }
}

/// What is wrong with `written` in `holder`, and what to write.
pub(super) fn explain(fault: &Fault, written: &str, holder: &str, zone: &TimeZone) -> (String, String) {
    match fault {
        Fault::NoOffset(local) => {
            let written_with = |offset: &str| format!("{}{offset}", local.strftime("%Y-%m-%dT%H:%M:%S"));
            let help = format!("write {}", readings(*local, zone, written_with));
            (format!("`{written}` does not say its offset from UTC"), help)
        }
        Fault::DayAlone(day) => (
            format!("{holder} takes a time, and `{written}` is a day alone"),
            format!("write the time of day as well, as `{day}T10:48Z`"),
        ),
        Fault::FarYear => (
            format!("`{written}` is not between {} and {}", YEARS.start(), YEARS.end()),
            "write the year in which it happened".to_owned(),
        ),
        Fault::Unreadable => {
            let help = mistaken_time::missing_day(written).or_else(|| mistaken_time::help(written, zone));
            let usual = || "write a time as `2020-07-10T10:48:00Z`".to_owned();
            (format!("`{written}` is not a time"), help.unwrap_or_else(usual))
        }
    }
}

/// What a time without its offset may have meant: that time in UTC, and in the zone, where clocks may have
/// shown it twice or never. `write` gives what to write for an offset.
pub(super) fn readings(local: DateTime, zone: &TimeZone, mut write: impl FnMut(&str) -> String) -> String {
    let utc = format!("`{}` if it is UTC", write("Z"));
    let Some(name) = zone.iana_name().filter(|it| *it != "UTC") else { return utc };
    let mut in_zone = |offset: Offset| match local.to_zoned(offset.to_time_zone()) {
        Ok(zoned) => format!("`{}`", write(&zoned.strftime("%:z").to_string())),
        Err(_) => String::new(),
    };
    match zone.to_ambiguous_timestamp(local).offset() {
        AmbiguousOffset::Unambiguous { offset } => {
            format!("{utc}, or {} if it is the time in {name}", in_zone(offset))
        }
        AmbiguousOffset::Fold { before, after } => {
            let (first, second) = (in_zone(before), in_zone(after));
            format!("{utc}, or {first} or {second} if it is the time in {name}, which was there twice")
        }
        AmbiguousOffset::Gap { .. } => format!("{utc}; clocks in {name} never showed it"),
    }
}

/// Two or more digits as a number.
pub(super) fn digits<T: std::str::FromStr>(text: Option<&str>) -> Option<T> {
    text.filter(|it| it.bytes().all(|it| it.is_ascii_digit())).and_then(|it| it.parse().ok())
}

fn seconds_of(offset: &str) -> Option<i32> {
    if matches!(offset, "Z" | "z") {
        return Some(0);
    }
    let sign = match offset.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, minutes) = match offset.len() {
        5 => (offset.get(1..3), offset.get(3..5)),
        6 if offset.as_bytes()[3] == b':' => (offset.get(1..3), offset.get(4..6)),
        _ => return None,
    };
    let (hours, minutes): (i32, i32) = (digits(hours)?, digits(minutes)?);
    (hours < 24 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

fn date(written: &str) -> Option<Date> {
    let dashes = written.len() == 10 && written.as_bytes()[4] == b'-' && written.as_bytes()[7] == b'-';
    let year = digits(written.get(..4).filter(|_| dashes))?;
    Date::new(year, digits(written.get(5..7))?, digits(written.get(8..10))?).ok()
}

/// `10:48`, `10:48:00` or `10:48:00.123`, whose fraction is below what is counted here.
fn time_of_day(written: &str) -> Option<(i8, i8, i8)> {
    let (whole, fraction) = written.split_once('.').unwrap_or((written, "0"));
    let parts: Vec<&str> = whole.split(':').collect();
    let proper = !fraction.is_empty() && fraction.bytes().all(|it| it.is_ascii_digit());
    let two = parts.iter().all(|it| it.len() == 2);
    match parts[..] {
        [hour, minute] if two && !written.contains('.') => {
            Some((digits(Some(hour))?, digits(Some(minute))?, 0))
        }
        [hour, minute, second] if two && proper => {
            Some((digits(Some(hour))?, digits(Some(minute))?, digits(Some(second))?))
        }
        _ => None,
    }
}

/// The nanoseconds behind the dot of a time; digits beyond the ninth count for nothing.
fn fraction(written: &str) -> u32 {
    let (_, behind) = written.split_once('.').unwrap_or((written, ""));
    let digits = behind.bytes().take_while(u8::is_ascii_digit).chain(std::iter::repeat(b'0'));
    digits.take(9).fold(0, |sum, digit| 10 * sum + u32::from(digit - b'0'))
}

/// `30m`, `2h` or `1d`, up to a year.
fn duration(written: &str) -> Option<SignedDuration> {
    let (number, unit) = written.split_at_checked(written.len().checked_sub(1)?)?;
    let seconds = match unit {
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        _ => return None,
    };
    let number: i64 = digits(Some(number).filter(|it| !it.is_empty() && it.len() <= 6))?;
    Some(SignedDuration::from_secs(number * seconds)).filter(|it| it.as_secs() <= 366 * 86_400)
}

fn say(fault: &Fault, written: &str, node: &Node<'_>, reading: &mut Reading) {
    let (message, help) = explain(fault, written, &format!("`{}`", node.key()), &reading.zone);
    reading.say(Diagnostic::new(Code::InvalidTime, node.place(), message).help(help));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, expected: &str) {
        assert_eq!(instant(written).map(|it| it.to_string()), Ok(expected.to_owned()), "{written}");
    }

    #[track_caller]
    fn refuse(written: &str, expected: &Fault) {
        assert_eq!(instant(written).as_ref().unwrap_err(), expected, "{written}");
    }

    #[test]
    fn a_time_may_be_written_in_many_ways() {
        check("2020-07-10T10:48:00Z", "2020-07-10T10:48:00Z");
        check("2020-07-10T10:48Z", "2020-07-10T10:48:00Z");
        check("2020-07-10 10:48 +02:00", "2020-07-10T08:48:00Z");
        check("2020-07-10t10:48:30-0530", "2020-07-10T16:18:30Z");
        check("2020-07-10T10:48:00.999Z", "2020-07-10T10:48:00Z");
    }

    #[test]
    fn a_fraction_of_a_second_is_kept_beside_the_instant() {
        let fraction = |it| ExactTime::read(it).map(|it| (it.at.to_string(), it.fraction));
        let at = "2020-07-10T10:48:00Z".to_owned();
        assert_eq!(fraction("2020-07-10T10:48:00.25Z"), Ok((at.clone(), 250_000_000)));
        assert_eq!(fraction("2020-07-10T10:48:00.1234567899+00:00"), Ok((at.clone(), 123_456_789)));
        assert_eq!(fraction("2020-07-10T10:48Z"), Ok((at, 0)));
    }

    #[test]
    fn a_time_without_an_offset_is_refused() {
        let local = jiff::civil::date(2020, 7, 10).at(10, 48, 0, 0);
        refuse("2020-07-10T10:48", &Fault::NoOffset(local));
        refuse("2020-07-10", &Fault::DayAlone(local.date()));
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for written in [
            "",
            "now",
            "10:48Z",
            "2020-07-10T25:00Z",
            "2020-02-30T10:00Z",
            "2020-07-10T10:48+1",
            "ééééé",
            "2020-07-10T10:48Z[Europe/Paris]",
            "2020-07-10T10Z",
            "20200710T1048Z",
            "2020-07-10T10:48.5Z",
        ] {
            refuse(written, &Fault::Unreadable);
        }
        refuse("0001-01-01T00:00+23:00", &Fault::FarYear);
        refuse("9999-12-31T23:59-23:00", &Fault::FarYear);
    }

    /// What is offered for a time in Stockholm.
    #[track_caller]
    fn check_readings(local: DateTime, expected: &str) {
        let zone = TimeZone::get("Europe/Stockholm").unwrap();
        let write = |offset: &str| format!("{}{offset}", local.strftime("%d.%H:%M"));
        assert_eq!(readings(local, &zone, write), expected);
    }

    #[test]
    fn both_readings_are_offered() {
        check_readings(
            jiff::civil::date(2020, 7, 10).at(10, 48, 0, 0),
            "`10.10:48Z` if it is UTC, or `10.10:48+02:00` if it is the time in Europe/Stockholm",
        );
    }

    #[test]
    fn a_time_that_clocks_show_twice_or_never_is_told_as_such() {
        check_readings(
            jiff::civil::date(2026, 10, 25).at(2, 30, 0, 0),
            "`25.02:30Z` if it is UTC, or `25.02:30+02:00` or `25.02:30+01:00` if it is the time in \
             Europe/Stockholm, which was there twice",
        );
        check_readings(
            jiff::civil::date(2026, 3, 29).at(2, 30, 0, 0),
            "`29.02:30Z` if it is UTC; clocks in Europe/Stockholm never showed it",
        );
    }

    #[test]
    fn durations_have_one_number_and_one_unit() {
        let seconds = |it| duration(it).map(|it| it.as_secs());
        assert_eq!(["30m", "2h", "1d"].map(seconds), [Some(1800), Some(7200), Some(86_400)]);
        for written in ["", "m", "30", "30s", "1h30m", "-1h", "999999d", "1é"] {
            assert_eq!(seconds(written), None, "{written}");
        }
    }
}
