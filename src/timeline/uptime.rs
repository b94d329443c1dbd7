//! Uptime: Statuspage's formula over days of true length, in integers throughout.

use jiff::Timestamp;

use super::zone::{DaySpan, by_day};
use super::{Span, Uptime, UptimeWindow};
use crate::model::{MaintenanceCounts, State, UptimePolicy};

/// How a component or a group has been, ready to be counted.
#[derive(Clone, Debug, Default)]
pub(super) struct Life {
    /// When it has data.
    pub(super) known: Vec<Span>,
    /// When its uptime is claimed: not where nobody said since when.
    pub(super) claimed: Vec<Span>,
    /// The worst state at each instant, where that is not operational; in order, never overlapping.
    pub(super) states: Vec<(Span, State)>,
    /// What maintenance may take out of the divisor; in order, never overlapping.
    pub(super) excludable: Vec<Span>,
}

/// What one day adds to an uptime.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct DayCount {
    /// How much of it has data.
    pub(super) known: i64,
    /// How much of it uptime is claimed of: the divisor.
    pub(super) claimed: i64,
    /// The seconds in each state.
    pub(super) states: [i64; State::ALL.len()],
    /// The seconds of maintenance that may be taken out.
    pub(super) excludable: i64,
}

/// What each of `days` adds, up to `now`.
pub(super) fn count(life: &Life, days: &[DaySpan], now: Timestamp) -> Vec<DayCount> {
    let mut counts = vec![DayCount::default(); days.len()];
    // Today counts whole.
    for known in &life.known {
        by_day(days, *known, |day, part| counts[day].known += part.seconds(Timestamp::MAX));
    }
    for claimed in &life.claimed {
        by_day(days, *claimed, |day, part| counts[day].claimed += part.seconds(Timestamp::MAX));
    }
    let first = days.first().map_or(Timestamp::MAX, |day| day.from);
    let skipped = life.states.partition_point(|(span, _)| span.to.is_some_and(|to| to <= first));
    for (span, state) in &life.states[skipped..] {
        by_day(days, *span, |day, part| counts[day].states[*state as usize] += part.seconds(now));
        if *state == State::UnderMaintenance {
            for part in life.excludable.iter().filter_map(|it| it.meet(span)) {
                by_day(days, part, |day, part| counts[day].excludable += part.seconds(now));
            }
        }
    }
    counts
}

/// The uptime over the last `wanted` days of `counts`, whose last is today.
pub(super) fn window(counts: &[DayCount], wanted: u16, policy: &UptimePolicy) -> UptimeWindow {
    let counts = &counts[counts.len().saturating_sub(usize::from(wanted))..];
    let counted_days = counts.iter().filter(|day| 0 < day.claimed).count();
    UptimeWindow {
        days: wanted,
        counted_days: u16::try_from(counted_days).unwrap_or(u16::MAX),
        uptime: uptime(counts, policy),
    }
}

/// The uptime over days.
pub(super) fn uptime(counts: &[DayCount], policy: &UptimePolicy) -> Uptime {
    let claimed: i64 = counts.iter().map(|day| day.claimed).sum();
    let total = |state: State| -> i64 { counts.iter().map(|day| day.states[state as usize]).sum() };
    let excluded = match policy.maintenance {
        MaintenanceCounts::Up => 0,
        MaintenanceCounts::Exclude => counts.iter().map(|day| day.excludable).sum(),
    };
    let sums = Uptime {
        counted: claimed - excluded,
        excluded,
        major: total(State::MajorOutage),
        partial: total(State::PartialOutage),
        degraded: total(State::DegradedPerformance),
        maintenance: total(State::UnderMaintenance),
        percent: None,
        below_smallest: false,
    };
    with_percent(sums, policy)
}

/// What a second in a state counts as downtime, in thousandths.
pub(super) fn weight(policy: &UptimePolicy, state: State) -> i64 {
    match state {
        State::Operational | State::UnderMaintenance => 0,
        State::DegradedPerformance => i64::from(policy.degraded_weight),
        State::PartialOutage => i64::from(policy.partial_weight),
        State::MajorOutage => 1000,
    }
}

/// The percentage, floored; whole only where no outage touched it.
fn with_percent(sums: Uptime, policy: &UptimePolicy) -> Uptime {
    if sums.counted <= 0 {
        return sums;
    }
    let weighed = |state, seconds: i64| i128::from(weight(policy, state)) * i128::from(seconds);
    let down = weighed(State::MajorOutage, sums.major)
        + weighed(State::PartialOutage, sums.partial)
        + weighed(State::DegradedPerformance, sums.degraded);
    let all = 1000 * i128::from(sums.counted);
    let up = (all - down).max(0);
    let whole = 100 * 10_i128.pow(u32::from(policy.decimals));
    let largest = if 0 < sums.major + sums.partial { whole - 1 } else { whole };
    let percent = (up * whole / all).min(largest);
    Uptime {
        percent: Some(i64::try_from(percent).expect("a percentage is at most a million")),
        below_smallest: percent == 0 && 0 < up,
        ..sums
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Written, board, maintenance, site, written};
    use super::*;
    use crate::model::{Rollup, Site};

    /// The percentage over plain days with so many seconds of major and partial outage.
    #[track_caller]
    fn check(days: i64, (major, partial): (i64, i64), expected: (Option<i64>, bool)) {
        let mut day = DayCount { claimed: days * 86_400, ..DayCount::default() };
        day.states[State::MajorOutage as usize] = major;
        day.states[State::PartialOutage as usize] = partial;
        let uptime = uptime(&[day], &UptimePolicy::default());
        assert_eq!((uptime.percent, uptime.below_smallest), expected);
    }

    /// The uptime of login over the last day of a board.
    fn today(site: Site, written: &[Written], now: &str) -> Uptime {
        board(site, written, now).components[0].uptime[0].uptime
    }

    #[test]
    fn a_percentage_is_floored_and_whole_only_where_nothing_happened() {
        let ninety_days = 90 * 86_400;
        check(90, (0, 0), (Some(10_000), false));
        check(90, (1, 0), (Some(9999), false));
        check(90, (0, 1), (Some(9999), false));
        check(90, (388, 0), (Some(9999), false));
        check(90, (778, 0), (Some(9998), false));
        check(90, (ninety_days, 0), (Some(0), false));
        check(90, (ninety_days - 1, 0), (Some(0), true));
    }

    #[test]
    fn nothing_counted_is_no_data() {
        check(0, (0, 0), (None, false));
    }

    #[test]
    fn real_months_come_out_as_they_were_published() {
        check(28, (18_455, 43_558), (Some(9869), false));
        check(31, (2315, 960), (Some(9990), false));
    }

    #[test]
    fn at_each_instant_the_worst_state_counts() {
        let all = [
            written("a").says("02:00 investigating login=partial").says("03:00 resolved"),
            written("b").says("02:30 investigating login=major").says("04:00 resolved"),
            written("c").says("03:30 investigating login=degraded").says("05:00 resolved"),
        ];
        let uptime = today(site(&["login"]), &all, "20:00");
        assert_eq!(1000 * uptime.major + 300 * uptime.partial, 5_940_000);
        assert_eq!(uptime.degraded, 3600);
        assert_eq!(uptime.percent, Some(9312));
    }

    #[test]
    fn a_day_counts_in_its_true_length() {
        for (day, length, percent) in
            [("2026-03-29", 23, 9565), ("2026-10-25", 25, 9600), ("2026-06-01", 24, 9583)]
        {
            let hour = written("a")
                .says(&format!("{day}T10:00 investigating login=major"))
                .says(&format!("{day}T11:00 resolved"));
            let stockholm = site(&["login"]).in_zone("Europe/Stockholm");
            let uptime = today(stockholm, &[hour], &format!("{day}T20:00"));
            assert_eq!((uptime.counted, uptime.percent), (length * 3600, Some(percent)), "{day}");
        }
    }

    #[test]
    fn half_an_hour_can_be_missing_and_a_whole_day() {
        let lord_howe = today(site(&["login"]).in_zone("Australia/Lord_Howe"), &[], "2026-04-05T05:00");
        assert_eq!(lord_howe.counted, 24 * 3600 + 1800);
        let skipped = board(site(&["login"]).in_zone("Pacific/Apia"), &[], "2011-12-31T00:00");
        let week = skipped.components[0].uptime[1];
        assert_eq!((week.counted_days, week.uptime.counted), (6, 6 * 86_400));
        let day = &skipped.components[0].days[88];
        assert_eq!((day.date.to_string().as_str(), day.worst), ("2011-12-30", None));
    }

    #[test]
    fn it_is_claimed_from_since_to_until_alone() {
        let mut site = site(&["login"]);
        site.components[0].since = Some("2026-02-20".parse().expect("a day"));
        site.components[0].until = Some("2026-02-27".parse().expect("a day"));
        let uptime = board(site, &[], "20:00").components[0].uptime.clone();
        assert_eq!((uptime[0].counted_days, uptime[0].uptime.percent), (0, None));
        assert_eq!((uptime[2].counted_days, uptime[2].uptime.counted), (7, 7 * 86_400));
    }

    #[test]
    fn none_is_claimed_where_nobody_said_since_when() {
        let mut site = site(&["login", "search"]).grouped(Rollup::Worst);
        site.uptime.maintenance = MaintenanceCounts::Exclude;
        site.components[0].since = None;
        let outage = written("a").says("02:00 investigating login=major").says("03:00 resolved");
        let board = board(site, &[outage, maintenance()], "20:00");
        let (login, search) = (&board.components[0], &board.components[1]);
        assert!(login.uptime.iter().all(|it| it.uptime.percent.is_none() && it.uptime.counted == 0));
        assert!(login.uptime.iter().all(|it| it.counted_days == 0));
        assert_eq!(login.days[89].worst, Some(State::MajorOutage));
        assert_eq!(login.days[88].worst, Some(State::Operational));
        assert_eq!(board.groups[0].uptime, search.uptime);
    }

    #[test]
    fn maintenance_is_up_or_taken_out_of_the_divisor() {
        let both =
            [maintenance(), written("a").says("02:00 investigating login=degraded").says("02:30 resolved")];
        let up = today(site(&["login"]), &both, "20:00");
        assert_eq!((up.counted, up.maintenance, up.degraded), (86_400, 90 * 60, 30 * 60));
        let excluding = || {
            let mut site = site(&["login"]);
            site.uptime.maintenance = MaintenanceCounts::Exclude;
            site
        };
        let out = today(excluding(), &both, "20:00");
        assert_eq!((out.excluded, out.counted), (90 * 60, 86_400 - 90 * 60));
        let under_way = today(excluding(), &both, "01:10");
        assert_eq!(under_way.excluded, 10 * 60);
    }

    #[test]
    fn weights_are_the_sites() {
        let mut site = site(&["login"]);
        site.uptime = UptimePolicy { partial_weight: 1000, degraded_weight: 500, decimals: 0, ..site.uptime };
        let all = [
            written("a").says("00:00 investigating login=partial").says("06:00 resolved"),
            written("b").says("06:00 investigating login=degraded").says("18:00 resolved"),
        ];
        assert_eq!(today(site, &all, "20:00").percent, Some(50));
    }
}
