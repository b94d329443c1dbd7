//! What an incident is about, and when it began: all that others may know of it.

use jiff::{Timestamp, ToSpan};

use super::chance::Chance;
use super::rounds::{Kind, Plan, plan};
use super::{site, words};

const TEN_YEARS_IN_MINUTES: usize = 10 * 365 * 24 * 60;
/// What is over began at least so long ago, so that it is over.
const OVER_IN_HOURS: i64 = 16;

/// How incidents lie in the ten years.
#[derive(Clone, Copy)]
pub(super) struct Calendar {
    pub(super) now: Timestamp,
    pub(super) incidents: usize,
}

/// What an incident is about.
pub(super) struct Subject {
    pub(super) age: usize,
    pub(super) plan: Plan,
    pub(super) began: Timestamp,
    pub(super) title: String,
    /// Ids and names of the components that it hits, one at least.
    pub(super) components: Vec<(&'static str, &'static str)>,
}

impl Subject {
    /// The subject of the incident that has so many newer than itself.
    pub(super) fn of(age: usize, calendar: Calendar) -> Self {
        let mut chance = Chance::of("subject", age);
        let plan = plan(age);
        let titles = match plan.kind {
            Kind::Incident => &words::TROUBLES[..],
            Kind::Maintenance => &words::WORKS[..],
            Kind::Notice => &words::NEWS[..],
        };
        let count = *chance.pick(&[1, 1, 1, 2, 2, 3]);
        let components = chance.pick_some(count, &site::components());
        let title = chance.pick(titles).replace("{name}", components[0].1);
        Subject { age, plan, began: calendar.began(age, plan, &mut chance), title, components }
    }

    /// The permalink's name. Nothing begins twice in a minute, so it is the only one.
    pub(super) fn id(&self) -> String {
        let words: String = self
            .title
            .to_lowercase()
            .chars()
            .map(|it| if it.is_ascii_alphanumeric() { it } else { '-' })
            .collect();
        format!("{}-{words}", self.began.strftime("%Y-%m-%d-%H%M"))
    }
}

impl Calendar {
    /// What is open began some hours ago, and everything else lies evenly in the ten years, but for some hours or days.
    fn began(self, age: usize, plan: Plan, chance: &mut Chance) -> Timestamp {
        if plan.is_open {
            return self.now - (70 * (age as i64 + 1) + 7).minutes();
        }
        let step = (TEN_YEARS_IN_MINUTES / self.incidents).max(1);
        let minutes = step * age + chance.between(0, step / 2);
        self.now - OVER_IN_HOURS.hours() - (minutes as i64).minutes()
    }
}
