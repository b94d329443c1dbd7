//! Whole sentences about the board.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Words;
use crate::model::{ComponentId, Site, Status};
use crate::timeline::{Headline, Lowered, MaintenanceCourse, Promise, UptimeWindow};

impl Words {
    /// What the banner says: "Partial outage: Playback, Library and 2 more".
    pub fn headline(&self, headline: &Headline, site: &Site) -> String {
        let naming =
            |key: &str, ids: &[ComponentId]| self.fill(key, &[("names", &self.first_names(ids, site))]);
        match headline {
            Headline::AllOperational => self.text("headline.operational").to_owned(),
            Headline::NoData => self.text("headline.no_data").to_owned(),
            Headline::Incident { status, title } => {
                self.incident_headline(status.unwrap_or(Status::Investigating), title)
            }
            Headline::Maintenance(ids) => naming("headline.maintenance", ids),
            Headline::Degraded(ids) => naming("headline.degraded", ids),
            Headline::Partial(ids) => naming("headline.partial", ids),
            Headline::Major(ids) => naming("headline.major", ids),
            Headline::MajorAll => self.text("headline.major_all").to_owned(),
        }
    }

    /// "99.93% uptime over the last 90 days"; where there are fewer with data, how many.
    pub fn uptime(&self, window: &UptimeWindow, decimals: u8) -> String {
        let percent = self.percent(&window.uptime, decimals);
        let values = [("percent", percent.as_str())];
        if window.uptime.percent.is_none() {
            percent
        } else if window.counted_days < window.days {
            self.count("uptime.counted", u64::from(window.counted_days), &values)
        } else if window.days == 1 {
            self.fill("uptime.today", &values)
        } else {
            self.count("uptime.window", u64::from(window.days), &values)
        }
    }

    /// "Next update by 03:15 UTC", "Next update was due at 03:15 UTC".
    pub fn promise(&self, promise: &Promise, today: Date, zone: &TimeZone) -> String {
        let time = self.time_seen_from(today, promise.by, zone);
        match promise.overdue {
            true => self.fill("promise.overdue", &[("time", &time)]),
            false => self.fill("promise.by", &[("time", &time)]),
        }
    }

    /// "declared 2 h, measured 31 min".
    pub fn lowered(&self, lowered: Lowered) -> String {
        let (declared, measured) = (self.length(lowered.declared), self.length(lowered.measured));
        self.fill("lowered", &[("declared", &declared), ("measured", &measured)])
    }

    /// "announced until 03:00 UTC, extended to 05:00 UTC", where an end was moved.
    pub fn moved_end(&self, course: &MaintenanceCourse, zone: &TimeZone) -> Option<String> {
        let day = course.scheduled_for.to_zoned(zone.clone()).date();
        let before = course.announced_until?;
        let key = match before < course.scheduled_until {
            true => "maintenance.extended",
            false => "maintenance.shortened",
        };
        let announced = self.time_seen_from(day, before, zone);
        let until = self.time_seen_from(day, course.scheduled_until, zone);
        Some(self.fill(key, &[("announced", &announced), ("until", &until)]))
    }

    fn incident_headline(&self, status: Status, title: &str) -> String {
        let key = match status {
            Status::Investigating => "headline.incident.investigating",
            Status::Identified => "headline.incident.identified",
            Status::Monitoring => "headline.incident.monitoring",
            Status::Resolved
            | Status::Scheduled
            | Status::InProgress
            | Status::Verifying
            | Status::Completed
            | Status::Cancelled => "headline.incident.other",
        };
        self.fill(key, &[("title", title), ("status", self.status(status))])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Scope;
    use crate::timeline::Uptime;
    use crate::words::sample::{ids, site};

    #[track_caller]
    fn check_headline(headline: &Headline, expected: &str) {
        let site = site(&[("login", "Login", ""), ("search", "Search", "")]);
        assert_eq!(Words::english().headline(headline, &site), expected);
    }

    #[test]
    fn the_banner_names_what_is_in_the_worst_state() {
        check_headline(&Headline::AllOperational, "All systems operational");
        check_headline(&Headline::NoData, "No data yet");
        check_headline(&Headline::Maintenance(ids(&["search"])), "Maintenance under way: Search");
        check_headline(&Headline::Degraded(ids(&["search"])), "Degraded performance: Search");
        check_headline(&Headline::Partial(ids(&["login", "search"])), "Partial outage: Login and Search");
        check_headline(&Headline::Major(ids(&["login"])), "Major outage: Login");
        check_headline(&Headline::MajorAll, "Major outage: all systems");
    }

    #[test]
    fn an_incident_on_green_is_named_with_its_status() {
        let incident = |status| Headline::Incident { status, title: "Odd {x}".to_owned() };
        check_headline(&incident(None), "Investigating: Odd {x}");
        check_headline(&incident(Some(Status::Identified)), "Identified: Odd {x}");
        check_headline(&incident(Some(Status::Monitoring)), "Monitoring a fix: Odd {x}");
        check_headline(&incident(Some(Status::Resolved)), "Resolved: Odd {x}");
    }

    #[test]
    fn uptime_says_how_many_days_it_is_of() {
        let uptime = |days, counted_days, percent| {
            let uptime = Uptime { percent, ..Uptime::default() };
            Words::english().uptime(&UptimeWindow { days, counted_days, uptime }, 2)
        };
        assert_eq!(uptime(90, 90, Some(9_993)), "99.93% uptime over the last 90 days");
        assert_eq!(uptime(90, 12, Some(10_000)), "100% uptime over the 12 days with data");
        assert_eq!(uptime(1, 1, Some(10_000)), "100% uptime today");
        assert_eq!(uptime(90, 0, None), "No data");
    }

    #[test]
    fn a_promise_is_kept_or_was_due() {
        let promise = |overdue, today| {
            let by = "2020-07-10T03:15Z".parse().unwrap();
            Words::english().promise(&Promise { by, overdue }, today, &TimeZone::UTC)
        };
        assert_eq!(promise(false, Date::constant(2020, 7, 10)), "Next update by 03:15 UTC");
        assert_eq!(promise(true, Date::constant(2020, 7, 10)), "Next update was due at 03:15 UTC");
        assert_eq!(promise(false, Date::constant(2020, 7, 9)), "Next update by 10 Jul, 03:15 UTC");
    }

    #[test]
    fn what_was_moved_or_lowered_is_said_with_both_figures() {
        let time = |time: &str| time.parse().unwrap();
        let course = MaintenanceCourse {
            scheduled_for: time("2020-07-10T01:00Z"),
            scheduled_until: time("2020-07-10T05:00Z"),
            announced_until: Some(time("2020-07-10T03:00Z")),
            begins: None,
            ends: None,
            by_clock: Vec::new(),
            late: None,
            excludable: Vec::new(),
            components: Scope::All,
        };
        let words = Words::english();
        assert_eq!(
            words.moved_end(&course, &TimeZone::UTC).as_deref(),
            Some("announced until 03:00 UTC, extended to 05:00 UTC")
        );
        assert_eq!(
            words.lowered(Lowered { declared: 7_200, measured: 1_860 }),
            "declared 2 h, measured 31 min"
        );
    }
}
