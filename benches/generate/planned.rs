//! What is announced: maintenance and notices.

use jiff::{Timestamp, ToSpan};

use super::chance::Chance;
use super::forms::{Incident, Update, time};
use super::subject::{Calendar, Subject};
use super::{prose, words};

/// Maintenance, announced days before it begins. The open one still lies ahead.
pub(super) fn maintenance(subject: &Subject, calendar: Calendar) -> Incident {
    let mut chance = Chance::of("maintenance", subject.age);
    let begins = if subject.plan.is_open { calendar.now + 76.hours() } else { subject.began };
    let ends = begins + (chance.between(1, 4) as i64).hours();
    let announced = subject.began - (chance.between(48, 200) as i64).hours();
    let ids: Vec<&str> = subject.components.iter().map(|it| it.0).collect();
    let keys = vec![
        format!("title: {}", subject.title),
        "kind: maintenance".to_owned(),
        format!("scheduled_for: {}", time(begins)),
        format!("scheduled_until: {}", time(ends)),
        format!("components: [{}]", ids.join(", ")),
    ];
    let count = subject.plan.updates;
    let updates = (0..count).map(|place| {
        let left = count - 1 - place;
        let (at, status) = match (subject.plan.is_open, place, left) {
            (_, 0, _) => (announced, Some("scheduled")),
            (false, _, 0) => (ends - 10.minutes(), Some("completed")),
            (false, _, 1) => (begins + 3.minutes(), Some("in_progress")),
            (..) => (announced + (place as i64 * 7).hours(), None),
        };
        update(subject, at, status, &mut chance)
    });
    incident(subject, keys, updates.collect())
}

/// A notice. One that is over has ended within the day, so that few of them are shown at any size.
pub(super) fn notice(subject: &Subject, calendar: Calendar) -> Incident {
    let mut chance = Chance::of("notice", subject.age);
    let ends = if subject.plan.is_open { calendar.now + 200.hours() } else { subject.began + 12.hours() };
    let keys = vec![
        format!("title: {}", subject.title),
        "kind: notice".to_owned(),
        format!("components: [{}]", subject.components[0].0),
        format!("ends_at: {}", time(ends)),
    ];
    let updates = (0..subject.plan.updates as i64)
        .map(|place| update(subject, subject.began + place.hours(), None, &mut chance));
    incident(subject, keys, updates.collect())
}

fn update(subject: &Subject, at: Timestamp, status: Option<&'static str>, chance: &mut Chance) -> Update {
    let author = *chance.pick(&words::AUTHORS);
    let text = prose::update(subject.components[0].1, &words::PLANNED, chance);
    Update { at, status, author, keys: Vec::new(), text }
}

fn incident(subject: &Subject, keys: Vec<String>, updates: Vec<Update>) -> Incident {
    Incident {
        id: subject.id(),
        began: subject.began,
        form: subject.plan.form,
        keys,
        summary: None,
        updates,
        postmortem: None,
        reports: None,
    }
}
