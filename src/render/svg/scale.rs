//! Round numbers and round times for the axes of a chart.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Seconds between two marks on an axis of time, from the finest.
const STEPS: &[i64] = &[
    60, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800, 1_209_600,
    2_592_000, 7_776_000, 31_536_000,
];

/// Round numbers from 0 to one that is not below `most`, at most five steps apart.
pub(super) fn counts(most: u64) -> Vec<u64> {
    let most = most.max(1);
    let powers = std::iter::successors(Some(1_u64), |it| it.checked_mul(10));
    let steps = powers.flat_map(|power| [1, 2, 5].map(|it: u64| it.saturating_mul(power)));
    let step = steps.into_iter().find(|it| most.div_ceil(*it) <= 5).unwrap_or(most);
    (0..=most.div_ceil(step)).map(|it| it.saturating_mul(step)).collect()
}

/// The round times of the zone from `from` to `to`, at most `marks` of them.
pub(super) fn times(from: Timestamp, to: Timestamp, marks: i64, zone: &TimeZone) -> Vec<Timestamp> {
    let length = to.as_second() - from.as_second();
    let step = STEPS.iter().copied().find(|it| length / it < marks).unwrap_or(length.max(1));
    // Round where the clocks of the zone are: its offset at the start shifts all marks.
    let offset = i64::from(zone.to_offset(from).seconds());
    let first = (from.as_second() + offset).div_euclid(step) * step - offset;
    let seconds = (0..=marks).map(|it| first + it * step);
    seconds
        .filter(|it| (from.as_second()..=to.as_second()).contains(it))
        .filter_map(|it| Timestamp::from_second(it).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_round_and_reach_the_most() {
        assert_eq!(counts(0), [0, 1]);
        assert_eq!(counts(4), [0, 1, 2, 3, 4]);
        assert_eq!(counts(214), [0, 50, 100, 150, 200, 250]);
        assert_eq!(counts(1_000), [0, 200, 400, 600, 800, 1_000]);
        assert!(counts(u64::MAX).len() <= 6);
    }

    #[track_caller]
    fn check(zone: &str, from: &str, to: &str, expected: &[&str]) {
        let time = |it: &str| it.parse::<Timestamp>().unwrap();
        let found = times(time(from), time(to), 6, &TimeZone::get(zone).unwrap());
        assert_eq!(found, expected.iter().map(|it| time(it)).collect::<Vec<_>>());
    }

    #[test]
    fn times_are_round_in_the_zone() {
        check(
            "UTC",
            "2020-07-10T10:15Z",
            "2020-07-10T14:45Z",
            &["2020-07-10T11:00Z", "2020-07-10T12:00Z", "2020-07-10T13:00Z", "2020-07-10T14:00Z"],
        );
        check(
            "Asia/Kolkata",
            "2020-07-10T10:00Z",
            "2020-07-10T12:10Z",
            &[
                "2020-07-10T10:00Z",
                "2020-07-10T10:30Z",
                "2020-07-10T11:00Z",
                "2020-07-10T11:30Z",
                "2020-07-10T12:00Z",
            ],
        );
        check("UTC", "2020-07-10T10:00Z", "2020-07-10T10:00Z", &["2020-07-10T10:00Z"]);
    }
}
