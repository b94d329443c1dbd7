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
    /// The worst state at each instant, where that is not operational; in order, never overlapping.
    pub(super) states: Vec<(Span, State)>,
    /// What maintenance may take out of the divisor; in order, never overlapping.
    pub(super) excludable: Vec<Span>,
}

/// What one day adds to an uptime.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct DayCount {
    /// Its length, where it has data.
    pub(super) length: i64,
    /// The seconds in each state.
    pub(super) states: [i64; State::ALL.len()],
    /// The seconds of maintenance that may be taken out.
    pub(super) excludable: i64,
}

/// What each of `days` adds, up to `now`.
pub(super) fn count(life: &Life, days: &[DaySpan], now: Timestamp) -> Vec<DayCount> {
    let mut counts = vec![DayCount::default(); days.len()];
    for known in &life.known {
        // Today counts whole.
        by_day(days, *known, |day, part| counts[day].length += part.seconds(Timestamp::MAX));
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
    let counted_days = counts.iter().filter(|day| 0 < day.length).count();
    UptimeWindow {
        days: wanted,
        counted_days: u16::try_from(counted_days).unwrap_or(u16::MAX),
        uptime: uptime(counts, policy),
    }
}

/// The uptime over days.
pub(super) fn uptime(counts: &[DayCount], policy: &UptimePolicy) -> Uptime {
    let length: i64 = counts.iter().map(|day| day.length).sum();
    let total = |state: State| -> i64 { counts.iter().map(|day| day.states[state as usize]).sum() };
    let excluded = match policy.maintenance {
        MaintenanceCounts::Up => 0,
        MaintenanceCounts::Exclude => counts.iter().map(|day| day.excludable).sum(),
    };
    let sums = Uptime {
        counted: length - excluded,
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
