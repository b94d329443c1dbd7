//! Which instant is shown while time passes.

use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

/// Which instant is shown while time passes.
#[derive(Clone, Copy, Debug)]
pub enum Clockwork {
    /// The clock's, asked for each time: what a suspended machine slept through is not missed.
    Real(fn() -> Timestamp),
    /// One that moves from a stated instant on.
    Moving(Moving),
}

/// A clock of our own.
#[derive(Clone, Copy, Debug)]
pub struct Moving {
    from: Timestamp,
    since: Instant,
    /// How many of its seconds pass in one.
    speed: u32,
    /// Where it stops.
    until: Option<Timestamp>,
}

impl Moving {
    /// A clock that stands at `from` at this moment, and moves `speed` times as fast as time until it stops; with
    /// a speed of 0 it stands still.
    pub fn new(from: Timestamp, speed: u32, until: Option<Timestamp>) -> Self {
        Moving { from, since: instant(), speed, until }
    }

    /// The script that lets a page tell this clock's time, from the moment at which it is asked for.
    pub(super) fn script(self) -> String {
        let until = self.until.unwrap_or(Timestamp::MAX).as_millisecond();
        let values = [("FROM", self.now().as_millisecond()), ("SPEED", self.speed.into()), ("UNTIL", until)];
        let script = include_str!("clock.js").to_owned();
        values.iter().fold(script, |script, (name, value)| script.replace(name, &value.to_string()))
    }

    fn now(self) -> Timestamp {
        let passed = self.since.elapsed().saturating_mul(self.speed);
        let passed = SignedDuration::try_from(passed).unwrap_or(SignedDuration::MAX);
        let now = self.from.saturating_add(passed).unwrap_or(Timestamp::MAX);
        self.until.map_or(now, |until| now.min(until))
    }
}

impl Clockwork {
    /// The clock, where it is not the reader's own.
    pub(super) fn moving(&self) -> Option<Moving> {
        match self {
            Clockwork::Real(_) => None,
            Clockwork::Moving(moving) => Some(*moving),
        }
    }

    /// The instant to show, in whole seconds.
    pub fn now(&self) -> Timestamp {
        let now = match self {
            Clockwork::Real(clock) => clock(),
            Clockwork::Moving(moving) => moving.now(),
        };
        Timestamp::from_second(now.as_second()).unwrap_or(now)
    }

    /// How long it takes until an instant has come.
    pub fn time_until(&self, at: Timestamp) -> Duration {
        let rest = Duration::try_from(at.duration_since(self.now())).unwrap_or_default();
        match self {
            Clockwork::Real(_) => rest,
            Clockwork::Moving(moving) => rest.checked_div(moving.speed).unwrap_or(Duration::MAX),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "how fast time passes is measured, not which instant is shown")]
pub(super) fn instant() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn t(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_moving_clock_makes_minutes_of_hours_and_stops() {
        let started = t("2020-07-10T10:00Z");
        let clock = Clockwork::Moving(Moving::new(started, 3600, Some(t("2020-07-10T10:00:30Z"))));
        let first = clock.now();
        assert!(started <= first);
        assert!(clock.time_until(t("2020-07-10T11:00Z")) <= Duration::from_secs(1));
        std::thread::sleep(Duration::from_millis(20));
        assert_eq!(clock.now(), t("2020-07-10T10:00:30Z"));
    }

    #[test]
    fn a_clock_of_no_speed_stands_still() {
        let clock = Clockwork::Moving(Moving::new(t("2020-07-10T10:00Z"), 0, None));
        std::thread::sleep(Duration::from_millis(5));
        assert_eq!(clock.now(), t("2020-07-10T10:00Z"));
        assert_eq!(clock.time_until(t("2020-07-10T10:01Z")), Duration::MAX);
    }

    #[test]
    fn what_has_passed_is_not_waited_for() {
        let clock = Clockwork::Moving(Moving::new(t("2020-07-10T10:00Z"), 1, None));
        assert_eq!(clock.time_until(t("2020-07-10T09:00Z")), Duration::ZERO);
    }
}
