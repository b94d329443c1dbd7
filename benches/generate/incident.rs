//! An incident: which statuses it goes through, when, and what each update says.

use jiff::{Timestamp, ToSpan};

use super::chance::Chance;
use super::forms::{Incident, Update, quoted, time};
use super::rounds::Form;
use super::subject::{Calendar, Subject};
use super::{postmortem, prose, words};

const STATES: [&str; 3] = ["degraded_performance", "partial_outage", "major_outage"];

/// The whole incident.
pub(super) fn of(subject: &Subject, calendar: Calendar) -> Incident {
    let mut chance = Chance::of("incident", subject.age);
    let until = match subject.plan.is_open {
        true => calendar.now,
        false => subject.began + (chance.between(25, 540) as i64).minutes(),
    };
    let times = times(subject, until, &mut chance);
    let statuses = statuses(subject);
    let worst = *chance.pick(&[0, 0, 0, 1, 1, 2]);
    let steps = times.iter().zip(statuses).enumerate();
    let mut updates: Vec<Update> = steps
        .map(|(place, (at, status))| update(subject, (place, *at, status), worst, &mut chance))
        .collect();
    if subject.plan.is_open {
        promise(&mut updates, "6h");
    }
    let examined = subject.plan.has_postmortem && !subject.plan.is_open;
    Incident {
        id: subject.id(),
        began: subject.began,
        form: subject.plan.form,
        keys: keys(subject, worst, &mut chance),
        summary: summary(subject, &mut chance),
        postmortem: examined.then(|| postmortem::text(subject, &times, calendar)),
        reports: (examined && chance.happens(50)).then(|| reports(&times, &mut chance)),
        updates,
    }
}

/// As many instants as there are updates, the first soon after it began and the last at the end.
fn times(subject: &Subject, until: Timestamp, chance: &mut Chance) -> Vec<Timestamp> {
    let minutes = (until.as_second() - subject.began.as_second()) / 60;
    let count = subject.plan.updates as i64;
    let step = minutes / count;
    let at = |place: i64| match place {
        0 => subject.began,
        last if last == count - 1 && !subject.plan.is_open => until,
        place => {
            subject.began
                + (place * step + chance.between(0, (step as usize).saturating_sub(1)) as i64 / 2).minutes()
        }
    };
    (0..count).map(at).collect()
}

/// The status that each update has; of what is open those of a longer incident, without its end.
fn statuses(subject: &Subject) -> Vec<Option<&'static str>> {
    let count = subject.plan.updates + if subject.plan.is_open { subject.age + 1 } else { 0 };
    let plain = count.saturating_sub(4);
    let mut statuses = vec![Some("investigating")];
    statuses.extend(vec![None; plain / 2]);
    statuses.push(Some("identified"));
    statuses.extend(vec![None; plain - plain / 2]);
    statuses.extend((3 < count).then_some(Some("monitoring")));
    statuses.push(Some("resolved"));
    statuses.truncate(subject.plan.updates);
    statuses
}

fn update(
    subject: &Subject,
    (place, at, status): (usize, Timestamp, Option<&'static str>),
    worst: usize,
    chance: &mut Chance,
) -> Update {
    let name = chance.pick(&subject.components).1;
    let sentences = match status {
        Some("investigating") => &words::INVESTIGATING[..],
        Some("identified") => &words::IDENTIFIED,
        Some("monitoring") => &words::MONITORING,
        Some("resolved") => &words::RESOLVED,
        _ => &words::UPDATE,
    };
    let author = *chance.pick(&words::AUTHORS);
    let mut keys = Vec::new();
    match status {
        Some("resolved") => keys.push(states(subject, "operational")),
        Some("monitoring") => {
            keys.extend([states(subject, STATES[0]), format!("rollout: {}%", chance.between(5, 20) * 5)]);
        }
        Some("identified") if chance.happens(40) => keys.push(states(subject, STATES[worst])),
        _ if place != 0 && chance.happens(15) => {
            keys.push("affected: {percent: 15, note: of all shops}".to_owned())
        }
        _ => {}
    }
    if status != Some("resolved") && chance.happens(60) {
        keys.push(format!("next_update: {}", chance.pick(&["30m", "45m", "1h", "2h"])));
    }
    keys.extend(chance.happens(40).then(|| format!("author: {author}")));
    Update { at, status, author, keys, text: prose::update(name, sentences, chance) }
}

/// Promises another update, long enough ahead that the page stays true while it is measured.
fn promise(updates: &mut [Update], length: &str) {
    if let Some(last) = updates.last_mut() {
        last.keys.retain(|it| !it.starts_with("next_update"));
        last.keys.push(format!("next_update: {length}"));
    }
}

/// The state in which all components of the incident are.
fn states(subject: &Subject, state: &str) -> String {
    let states: Vec<String> = subject.components.iter().map(|(id, _)| format!("{id}: {state}")).collect();
    format!("components: {{{}}}", states.join(", "))
}

fn keys(subject: &Subject, worst: usize, chance: &mut Chance) -> Vec<String> {
    let mut keys = vec![format!("title: {}", subject.title)];
    if chance.happens(30) {
        let began = subject.began - (chance.between(1, 12) as i64).minutes();
        keys.push(format!("started_at: {}", time(began)));
    }
    keys.push(states(subject, STATES[worst]));
    let further = [
        (15, "regions: [eu, us]"),
        (10, "cause: edge"),
        (8, "cascade: derive"),
        (20, "affected: {percent: 8, note: of all orders}"),
        (12, "tags: [capacity, deployment]"),
        (6, "links: [{title: News of the provider, url: \"https://provider.example/status\"}]"),
    ];
    keys.extend(
        further.iter().filter(|(percent, _)| chance.happens(*percent)).map(|(_, key)| (*key).to_owned()),
    );
    if !subject.plan.is_open && chance.happens(8) {
        let (component, state, to) =
            (subject.components[0].0, STATES[worst], time(subject.began + 20.minutes()));
        let from = time(subject.began);
        keys.push(format!("windows: [{{component: {component}, state: {state}, from: {from}, to: {to}}}]"));
    }
    if chance.happens(3) {
        keys.push(format!("aliases: [former-{}]", subject.id()));
    }
    if chance.happens(15) {
        keys.push(format!("workaround: {}", quoted("Repeat what failed after a minute; baskets are kept.")));
    }
    keys
}

/// A single file always has one, a folder rarely.
fn summary(subject: &Subject, chance: &mut Chance) -> Option<String> {
    let wanted = subject.plan.form != Form::Folder || chance.happens(10);
    let (name, words) = (subject.components[0].1, chance.between(20, 60));
    wanted.then(|| prose::shuffled(name, &words::RESOLVED, words, chance))
}

/// What users reported, a row for every ten minutes and region.
fn reports(times: &[Timestamp], chance: &mut Chance) -> String {
    let mut text = "at,region,count\n".to_owned();
    let mut at = times[0];
    while times.last().is_some_and(|end| at < *end) {
        for region in ["eu", "us"] {
            text += &format!("{},{region},{}\n", time(at), chance.between(0, 400));
        }
        at += 10.minutes();
    }
    text
}
