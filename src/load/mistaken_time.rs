//! What was probably meant by a text that is not a time.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;

use super::time::{at_offset, readings};

/// What to write for `written`; none where it is not nearly a time.
pub(super) fn help(written: &str, zone: &TimeZone) -> Option<String> {
    let (days, rest) = days(written.trim());
    let rest = rest.trim_start_matches(|it: char| it.is_whitespace() || matches!(it, 'T' | 't' | ',' | '_'));
    let clock = clock(rest);
    match (days.as_slice(), clock) {
        ([], Some((_, _, zone))) => {
            let place = if zone.is_empty() {
                String::new()
            } else {
                format!(", and the offset in place of `{zone}`")
            };
            Some(format!("write the day before it{place}, as in `2020-07-10T20:55+01:00`"))
        }
        ([day], Some((time, seconds, offset))) => {
            Some(format!("write {}", with_offset(day.to_datetime(time), seconds, offset, zone)))
        }
        ([day], None) if rest.is_empty() => Some(format!("write the time of day as well, as `{day}T10:48Z`")),
        ([first, second], _) => Some(format!(
            "write the day as year, month and day: `{first}` or `{second}`, then the time, as `{first}T10:48Z`"
        )),
        _ => None,
    }
}

/// The instant that a number of seconds or milliseconds since 1970 stands for.
pub(super) fn since_1970(number: i64) -> Option<Timestamp> {
    let seconds = if number < 100_000_000_000 { number } else { number / 1000 };
    Timestamp::from_second(seconds).ok().filter(|_| 0 < seconds)
}

/// Why a text that is written like a day is not one: the month is not as long.
pub(super) fn missing_day(written: &str) -> Option<String> {
    let mut parts = written.get(..10)?.split('-').map(|it| it.parse::<i16>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let first = Date::new(year, i8::try_from(month).ok()?, 1).ok()?;
    let last = first.days_in_month();
    (i16::from(last) < day).then(|| format!("{} has {last} days", first.strftime("%B %Y")))
}

fn with_offset(local: DateTime, seconds: bool, offset: &str, zone: &TimeZone) -> String {
    let digits = local.strftime(if seconds { "%Y-%m-%dT%H:%M:%S" } else { "%Y-%m-%dT%H:%M" }).to_string();
    match offset.to_ascii_uppercase().as_str() {
        "UTC" | "GMT" | "Z" => format!("`{digits}Z`"),
        "" => readings(local, zone, |offset| format!("{digits}{offset}")),
        _ if at_offset(local, offset).is_ok() => format!("`{digits}{offset}`"),
        _ => {
            let readings = readings(local, zone, |offset| format!("{digits}{offset}"));
            format!("the offset from UTC in place of `{offset}`: {readings}")
        }
    }
}

/// The days that three numbers at the beginning can be, and what follows them.
fn days(written: &str) -> (Vec<Date>, &str) {
    let end = written.find(|it: char| !it.is_ascii_digit() && !"-/.".contains(it)).unwrap_or(written.len());
    let (day, rest) = written.split_at(end);
    let numbers: Option<Vec<i16>> = day.split(['-', '/', '.']).map(|it| it.parse().ok()).collect();
    let date = |year: i16, month: i16, day: i16| {
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    };
    let mut found: Vec<Date> = match numbers.as_deref() {
        Some([year, month, day]) if 1000 <= *year => date(*year, *month, *day).into_iter().collect(),
        Some([one, other, year]) if 1000 <= *year => {
            [date(*year, *other, *one), date(*year, *one, *other)].into_iter().flatten().collect()
        }
        _ => return (Vec::new(), written),
    };
    found.dedup();
    (found, rest)
}

/// A time of day, whether it has seconds, and what follows it.
fn clock(written: &str) -> Option<(jiff::civil::Time, bool, &str)> {
    let end = written.find(|it: char| !it.is_ascii_digit() && it != ':').unwrap_or(written.len());
    let (clock, rest) = written.split_at(end);
    let numbers: Option<Vec<i8>> = clock.split(':').map(|it| it.parse().ok()).collect();
    let (hour, minute, second) = match numbers.as_deref() {
        Some([hour, minute]) => (*hour, *minute, None),
        Some([hour, minute, second]) => (*hour, *minute, Some(*second)),
        _ => return None,
    };
    let rest = rest.trim();
    let (hour, rest) = match rest.get(..2).map(str::to_ascii_lowercase).as_deref() {
        Some("pm") if hour < 12 => (hour + 12, rest[2..].trim()),
        Some("am" | "pm") => (hour, rest[2..].trim()),
        _ => (hour, rest),
    };
    let time = jiff::civil::Time::new(hour, minute, second.unwrap_or(0), 0).ok()?;
    Some((time, second.is_some(), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, expected: Option<&str>) {
        let zone = TimeZone::get("Europe/Stockholm").unwrap();
        assert_eq!(help(written, &zone).as_deref(), expected, "{written}");
    }

    #[test]
    fn other_forms_are_rewritten() {
        check("2025-12-01T8:00:00Z", Some("write `2025-12-01T08:00:00Z`"));
        check("2025-12-01 10:00 UTC", Some("write `2025-12-01T10:00Z`"));
        check("2025/12/1 10:00 +0100", Some("write `2025-12-01T10:00+0100`"));
        check(
            "30/11/2026 20:50",
            Some(
                "write `2026-11-30T20:50Z` if it is UTC, or `2026-11-30T20:50+01:00` if it is the time in Europe/Stockholm",
            ),
        );
        check(
            "2026-11-30 8:55 pm CET",
            Some(
                "write the offset from UTC in place of `CET`: `2026-11-30T20:55Z` if it is UTC, or `2026-11-30T20:55+01:00` if it is the time in Europe/Stockholm",
            ),
        );
        check("30.11.2026", Some("write the time of day as well, as `2026-11-30T10:48Z`"));
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_told_so() {
        check(
            "5/11/2026 20:50",
            Some(
                "write the day as year, month and day: `2026-11-05` or `2026-05-11`, then the time, as `2026-11-05T10:48Z`",
            ),
        );
        check(
            "20:55 CET",
            Some("write the day before it, and the offset in place of `CET`, as in `2020-07-10T20:55+01:00`"),
        );
    }

    #[test]
    fn what_is_no_time_at_all_is_not_guessed_at() {
        for written in ["", "now", "yesterday", "99/99/2026", "2026-13-45", "1é:00", "12-34"] {
            check(written, None);
        }
    }

    #[test]
    fn a_day_that_no_month_has_is_told() {
        assert_eq!(missing_day("2025-02-30T10:00Z").as_deref(), Some("February 2025 has 28 days"));
        assert_eq!(missing_day("2025-02-28"), None);
        assert_eq!(missing_day("2025-99-28"), None);
    }

    #[test]
    fn numbers_count_seconds_or_milliseconds() {
        let told = |it| since_1970(it).map(|it| it.to_string());
        assert_eq!(told(1_762_000_000).as_deref(), Some("2025-11-01T12:26:40Z"));
        assert_eq!(told(1_762_000_000_000).as_deref(), Some("2025-11-01T12:26:40Z"));
        assert_eq!(told(-1), None);
    }
}
