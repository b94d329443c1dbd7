//! Days of the site's zone as stretches of time: 23, 24, 25, 24.5 or 0 hours.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span as Days, Timestamp};

use super::Span;
use crate::model::{Component, Site};

/// The instant at which a day begins. One that the zone skips begins and ends with the next.
pub(super) fn day_start(zone: &TimeZone, date: Date) -> Timestamp {
    date.to_zoned(zone.clone()).map_or(Timestamp::MAX, |day| day.timestamp())
}

/// The day that an instant lies in.
pub(super) fn day_of(zone: &TimeZone, at: Timestamp) -> Date {
    zone.to_datetime(at).date()
}

/// The day after, or the last one there is.
pub(super) fn day_after(date: Date) -> Date {
    date.tomorrow().unwrap_or(Date::MAX)
}

/// From the first day to the day before the second, each of which may be missing.
pub(super) fn from_day_to_day(zone: &TimeZone, since: Option<Date>, until: Option<Date>) -> Span {
    Span {
        from: since.map_or(Timestamp::MIN, |day| day_start(zone, day)),
        to: until.map(|day| day_start(zone, day)),
    }
}

/// When a component can have a state: from `since` to `until`.
pub(super) fn lifetime(site: &Site, component: &Component) -> Span {
    from_day_to_day(&site.time_zone, component.since, component.until)
}

/// One calendar day as a stretch of time.
#[derive(Clone, Copy, Debug)]
pub(super) struct DaySpan {
    pub(super) date: Date,
    pub(super) from: Timestamp,
    pub(super) to: Timestamp,
}

impl DaySpan {
    pub(super) fn span(&self) -> Span {
        Span { from: self.from, to: Some(self.to) }
    }
}

/// The days from the first to the last, both inside.
pub(super) fn days(zone: &TimeZone, first: Date, last: Date) -> Vec<DaySpan> {
    let mut days = Vec::new();
    let mut from = day_start(zone, first);
    let mut date = first;
    while date <= last {
        let next = day_after(date);
        let to = day_start(zone, next);
        days.push(DaySpan { date, from, to });
        if next == date {
            break;
        }
        (date, from) = (next, to);
    }
    days
}

/// The last `count` days, of which `today` is the last.
pub(super) fn last_days(zone: &TimeZone, today: Date, count: u16) -> Vec<DaySpan> {
    let back = Days::new().days(i64::from(count) - 1);
    days(zone, today.checked_sub(back).unwrap_or(Date::MIN), today)
}

/// Calls `each` with the number of each day that a stretch touches, and with what of it lies in it.
///
/// `days` are in order of time, without a gap.
pub(super) fn by_day(days: &[DaySpan], span: Span, mut each: impl FnMut(usize, Span)) {
    let first = days.partition_point(|day| day.to <= span.from);
    for (number, day) in days.iter().enumerate().skip(first) {
        if span.to.is_some_and(|to| to <= day.from) {
            return;
        }
        if let Some(part) = span.meet(&day.span()) {
            each(number, part);
        }
    }
}
