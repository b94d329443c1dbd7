//! Dates, times and lengths. A time always says its zone; what a reader's own zone makes of it is
//! the page's script.

use jiff::Timestamp;
use jiff::Zoned;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Words;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// How times are put together from their parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forms {
    /// An instant with its day: "{day} {month} {year}, {hour}:{minute} {timeZoneName}".
    pub long: String,
    /// A time of day with its zone.
    pub clock: String,
    /// A day.
    pub day: String,
}

impl Words {
    /// "10 July 2020".
    pub fn date(&self, date: Date) -> String {
        let (day, year) = (date.day().to_string(), date.year().to_string());
        let month = self.text(&format!("month.long.{}", date.month()));
        self.fill("date.long", &[("day", &day), ("month", month), ("year", &year)])
    }

    /// "10 Jul".
    pub fn short_date(&self, date: Date) -> String {
        let month = self.text(&format!("month.short.{}", date.month()));
        self.fill("date.short", &[("day", &date.day().to_string()), ("month", month)])
    }

    /// "2020".
    pub fn year(&self, year: i16) -> String {
        self.fill("date.year", &[("year", &year.to_string())])
    }

    /// "July 2020" within a sentence, of the month that `date` lies in.
    pub fn month(&self, date: Date) -> String {
        let month = self.text(&format!("month.alone.{}", date.month()));
        self.fill("date.month", &[("month", month), ("year", &date.year().to_string())])
    }

    /// "July 2020" as a heading, which begins with a capital where the language has any.
    pub fn month_heading(&self, date: Date) -> String {
        capitalised(&self.month(date))
    }

    /// "July" as a heading.
    pub fn month_alone(&self, date: Date) -> String {
        capitalised(self.text(&format!("month.alone.{}", date.month())))
    }

    /// "10:48 UTC", "12:48 CEST".
    pub fn time(&self, at: Timestamp, zone: &TimeZone) -> String {
        let at = at.to_zoned(zone.clone());
        self.fill("time.with_zone", &[("clock", &self.clock(&at)), ("zone", &self.zone(&at))])
    }

    /// "10 July 2020, 10:48 UTC".
    pub fn date_time(&self, at: Timestamp, zone: &TimeZone) -> String {
        let date = self.date(at.to_zoned(zone.clone()).date());
        self.fill("time.with_date", &[("date", &date), ("time", &self.time(at, zone))])
    }

    /// How an instant is put together, for the page's script: the names of its parts are the browser's.
    pub fn forms(&self) -> Forms {
        let day = [("day", "{day}"), ("month", "{month}"), ("year", "{year}")];
        let day = self.fill("date.long", &day);
        let clock = self.fill("time.clock", &[("hour", "{hour}"), ("minute", "{minute}")]);
        let clock = self.fill("time.with_zone", &[("clock", &clock), ("zone", "{timeZoneName}")]);
        Forms { long: self.fill("time.with_date", &[("date", &day), ("time", &clock)]), clock, day }
    }

    /// "10 Jul, 10:48 UTC".
    pub fn short_date_time(&self, at: Timestamp, zone: &TimeZone) -> String {
        let date = self.short_date(at.to_zoned(zone.clone()).date());
        self.fill("time.with_date", &[("date", &date), ("time", &self.time(at, zone))])
    }

    /// "10:48 UTC" where it is of `today`, else "10 Jul, 10:48 UTC".
    pub fn time_seen_from(&self, today: Date, at: Timestamp, zone: &TimeZone) -> String {
        match at.to_zoned(zone.clone()).date() == today {
            true => self.time(at, zone),
            false => self.short_date_time(at, zone),
        }
    }

    /// "10 July 2020, 10:30–11:52 UTC", "10 July 2020, 23:30 UTC – 11 July 2020, 00:10 UTC",
    /// "since 10 July 2020, 10:30 UTC".
    pub fn range(&self, from: Timestamp, to: Option<Timestamp>, zone: &TimeZone) -> String {
        let Some(to) = to else {
            return self.fill("range.open_day", &[("from", &self.date_time(from, zone))]);
        };
        let (first, last) = (from.to_zoned(zone.clone()), to.to_zoned(zone.clone()));
        if first.date() == last.date() && first.offset() == last.offset() {
            let values = [
                ("date", &*self.date(first.date())),
                ("from", &self.clock(&first)),
                ("to", &self.time(to, zone)),
            ];
            self.fill("range.one_day", &values)
        } else {
            let (from, to) = (self.date_time(from, zone), self.date_time(to, zone));
            self.fill("range.days", &[("from", &from), ("to", &to)])
        }
    }

    /// "10:30–11:52 UTC", "since 10:30 UTC" for where the day is known; with its date, what reaches beyond
    /// a day.
    pub fn short_range(&self, from: Timestamp, to: Option<Timestamp>, zone: &TimeZone) -> String {
        let Some(to) = to else {
            return self.fill("range.open", &[("from", &self.time(from, zone))]);
        };
        let (first, last) = (from.to_zoned(zone.clone()), to.to_zoned(zone.clone()));
        let with_date = |at: &Zoned| {
            let (date, time) = (self.short_date(at.date()), self.clock(at));
            self.fill("time.with_date", &[("date", &date), ("time", &time)])
        };
        let range = match first.date() == last.date() {
            true => self.fill("range.clocks", &[("from", &self.clock(&first)), ("to", &self.clock(&last))]),
            false => self.fill("range.days", &[("from", &with_date(&first)), ("to", &with_date(&last))]),
        };
        self.fill("time.with_zone", &[("clock", &range), ("zone", &self.zone(&last))])
    }

    /// "10:48", for where the zone is known.
    pub fn time_of_day(&self, at: Timestamp, zone: &TimeZone) -> String {
        self.clock(&at.to_zoned(zone.clone()))
    }

    /// A length in seconds, floored to minutes: "under a minute", "3 h", "1 h 51 min", "2 d 3 h".
    pub fn length(&self, seconds: i64) -> String {
        let unit = |key: &str, n: i64| self.count(key, n.unsigned_abs(), &[]);
        let two = |great: String, key: &str, n: i64| match n {
            0 => great,
            n => self.fill("length.two", &[("great", &great), ("small", &unit(key, n))]),
        };
        if seconds < MINUTE {
            self.text("length.under_a_minute").to_owned()
        } else if seconds < HOUR {
            unit("length.minutes", seconds / MINUTE)
        } else if seconds < DAY {
            two(unit("length.hours", seconds / HOUR), "length.minutes", seconds % HOUR / MINUTE)
        } else {
            two(unit("length.days", seconds / DAY), "length.hours", seconds % DAY / HOUR)
        }
    }

    fn clock(&self, at: &Zoned) -> String {
        let (hour, minute) = (format!("{:02}", at.hour()), format!("{:02}", at.minute()));
        self.fill("time.clock", &[("hour", &hour), ("minute", &minute)])
    }

    /// The zone's short name, or its offset where it has none.
    fn zone(&self, at: &Zoned) -> String {
        let name = at.strftime("%Z").to_string();
        match name.starts_with(['+', '-']) {
            true => self.fill("time.unnamed_zone", &[("offset", &name)]),
            false => name,
        }
    }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(time: &str) -> Timestamp {
        time.parse().unwrap()
    }

    fn zone(name: &str) -> TimeZone {
        TimeZone::get(name).unwrap()
    }

    #[track_caller]
    fn check_range(zone_name: &str, from: &str, to: Option<&str>, expected: &str) {
        assert_eq!(Words::english().range(at(from), to.map(at), &zone(zone_name)), expected);
    }

    #[test]
    fn a_time_says_its_zone() {
        let time = |name| Words::english().date_time(at("2020-07-10T10:48Z"), &zone(name));
        assert_eq!(time("UTC"), "10 July 2020, 10:48 UTC");
        assert_eq!(time("Europe/Stockholm"), "10 July 2020, 12:48 CEST");
        assert_eq!(time("America/Sao_Paulo"), "10 July 2020, 07:48 UTC-03");
        assert_eq!(time("Asia/Kolkata"), "10 July 2020, 16:18 IST");
        assert_eq!(time("Pacific/Auckland"), "10 July 2020, 22:48 NZST");
    }

    #[test]
    fn today_goes_without_saying() {
        let words = Words::english();
        let seen = |today: Date| words.time_seen_from(today, at("2020-07-10T03:15Z"), &TimeZone::UTC);
        assert_eq!(seen(Date::constant(2020, 7, 10)), "03:15 UTC");
        assert_eq!(seen(Date::constant(2020, 7, 9)), "10 Jul, 03:15 UTC");
    }

    #[test]
    fn a_range_of_one_day_names_it_once() {
        check_range("UTC", "2020-07-10T10:30Z", Some("2020-07-10T11:52Z"), "10 July 2020, 10:30–11:52 UTC");
        check_range("UTC", "2020-07-10T10:30Z", None, "since 10 July 2020, 10:30 UTC");
        check_range(
            "UTC",
            "2020-07-10T23:30Z",
            Some("2020-07-11T00:10Z"),
            "10 July 2020, 23:30 UTC – 11 July 2020, 00:10 UTC",
        );
    }

    #[test]
    fn a_short_range_names_days_only_where_it_must() {
        let range = |to: Option<&str>| {
            Words::english().short_range(at("2020-07-10T10:30Z"), to.map(at), &TimeZone::UTC)
        };
        assert_eq!(range(Some("2020-07-10T11:52Z")), "10:30–11:52 UTC");
        assert_eq!(range(Some("2020-07-11T11:52Z")), "10 Jul, 10:30 – 11 Jul, 11:52 UTC");
        assert_eq!(range(None), "since 10:30 UTC");
    }

    #[test]
    fn a_range_over_a_change_of_the_clock_says_both_zones() {
        check_range(
            "Europe/Stockholm",
            "2026-10-25T00:30Z",
            Some("2026-10-25T01:30Z"),
            "25 October 2026, 02:30 CEST – 25 October 2026, 02:30 CET",
        );
    }

    #[test]
    fn lengths_are_floored_to_minutes() {
        let cases = [
            (0, "under a minute"),
            (59, "under a minute"),
            (60, "1 min"),
            (3_599, "59 min"),
            (10_800, "3 h"),
            (6_660, "1 h 51 min"),
            (6_719, "1 h 51 min"),
            (86_399, "23 h 59 min"),
            (86_400, "1 d"),
            (183_600, "2 d 3 h"),
            (183_659, "2 d 3 h"),
            (172_860, "2 d"),
        ];
        for (seconds, expected) in cases {
            assert_eq!(Words::english().length(seconds), expected);
        }
    }

    #[test]
    fn months_have_names() {
        let date = Date::constant(2020, 7, 10);
        assert_eq!(Words::english().month(date), "July 2020");
        assert_eq!(Words::english().short_date(date), "10 Jul");
    }
}
