//! What is written once an incident is understood.

use jiff::{Timestamp, ToSpan};

use super::chance::Chance;
use super::forms::{list, quoted, time};
use super::subject::{Calendar, Subject};
use super::{prose, words};

const WENT_WELL: [&str; 4] = [
    "The alarm rang within two minutes.",
    "Taking the change back needed one command.",
    "Merchants heard of it from us first.",
    "The figures that we needed were on one page.",
];

const WENT_BADLY: [&str; 4] = [
    "Nobody had written down who may take a change back.",
    "Two people worked on the same machine without knowing.",
    "The rehearsal of last month had been skipped.",
    "The first alarm named the wrong part.",
];

const GOT_LUCKY: [&str; 4] = [
    "It was night where most of our customers live.",
    "The second data centre had been given more machines on the day before.",
    "Somebody who knew the old version was still in the office.",
    "A merchant sent us the answer of our own server.",
];

const ACTIONS: [&str; 7] = [
    "Try changes of the session store with as many sessions as there are on a busy day.",
    "Name the right part in the alarm for slow answers.",
    "Let everybody on call take a change back.",
    "Switch limits on again by themselves after a test.",
    "Restart machines in groups of four.",
    "Tell merchants how to try again in the answer itself.",
    "Measure how much of the load are second attempts.",
];

/// The whole document of an incident whose updates stood at these times.
pub(super) fn text(subject: &Subject, times: &[Timestamp], calendar: Calendar) -> String {
    let mut chance = Chance::of("postmortem", subject.age);
    let keys = keys(subject, times, &mut chance);
    let name = subject.components[0].1;
    let earlier = Subject::of(subject.age + 1, calendar);
    let mut text = format!("---\n{}\n---\n", keys.join("\n"));
    for heading in ["What happened", "What it did to merchants", "How we found it", "What we change"] {
        let words = chance.between(90, 220);
        text += &format!("## {heading}\n\n{}\n\n", prose::shuffled(name, &words::STORY, words, &mut chance));
    }
    if subject.age + 1 < calendar.incidents {
        text +=
            &format!("Shortly before there was [{}](/incidents/{}.html).\n\n", earlier.title, earlier.id());
    }
    let part = if chance.happens(50) { prose::table(&mut chance) } else { prose::code(&mut chance) };
    format!("{text}### In figures\n\n{part}\n\n{}\n", prose::list(&mut chance))
}

fn keys(subject: &Subject, times: &[Timestamp], chance: &mut Chance) -> Vec<String> {
    let (began, name) = (subject.began, subject.components[0].1);
    let said = |sentence: &str, chance: &mut Chance| quoted(&prose::fill(name, sentence, chance));
    let (first, last) = (times[0], times[times.len() - 1]);
    let mut keys = vec![
        "status: published".to_owned(),
        "authors: [Reliability]".to_owned(),
        format!("published_at: {}", time(last + (chance.between(26, 200) as i64).hours())),
        format!(
            "times: {{detected_at: {}, mitigated_at: {}}}",
            time(began + 2.minutes()),
            time(times[times.len() - 2])
        ),
        format!("root_cause: {}", said("The {part} could not cope with {change}.", chance)),
        format!("trigger: {}", said("{change} reached the last group of machines.", chance)),
        format!("detection: {}", chance.pick(&["monitoring", "users", "staff"])),
    ];
    for (key, sentences) in [("went_well", WENT_WELL), ("went_badly", WENT_BADLY), ("got_lucky", GOT_LUCKY)] {
        keys.push(format!("{key}: {}", list(&chance.pick_some(2, &sentences))));
    }
    keys.push("timeline:".to_owned());
    for (at, kind, sentence) in [
        (first, "trigger", "{change} reaches the {part}."),
        (first + 4.minutes(), "detect", "The alarm for errors in {name} rings."),
        (first + 11.minutes(), "escalate", "{team} is called."),
        (times[times.len() - 2], "mitigate", "Errors fall below {share} per cent."),
        (last, "resolve", "The last machine is back."),
    ] {
        keys.push(format!("  - {{at: {}, kind: {kind}, text: {}}}", time(at), said(sentence, chance)));
    }
    keys.push("actions:".to_owned());
    for (number, action) in chance.pick_some(3, &ACTIONS).into_iter().enumerate() {
        let kind = chance.pick(&["prevent", "detect", "mitigate", "process"]);
        let due = (last + (chance.between(500, 3000) as i64).hours()).strftime("%Y-%m-%d");
        keys.push(format!(
            "  - {{id: A{}, text: {}, kind: {kind}, owner: Platform, status: done, due: {due}}}",
            number + 1,
            quoted(action),
        ));
    }
    let orders = chance.between(200, 90_000);
    keys.push(format!("numbers: [{{label: Orders that failed at first, value: about {orders}}}]"));
    keys
}
