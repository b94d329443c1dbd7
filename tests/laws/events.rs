//! Laws of the events: their ids stay, none is dropped, and what comes late is told once.

use std::collections::BTreeSet;
use std::sync::Arc;

use allclear::model::{Incident, Project, Publication};
use allclear::render::events::{Line, lines};
use allclear::timeline::{Visibility, at};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest};

use crate::world::{World, minute, world};

fn told(project: &Project, now: Timestamp) -> Vec<Line> {
    lines(&at(project, now, Visibility::default()))
}

fn ids(lines: &[Line]) -> BTreeSet<String> {
    lines.iter().map(|it| it.id().to_owned()).collect()
}

fn json(lines: &[Line]) -> String {
    lines.iter().map(Line::to_json).collect()
}

/// What a line says under a key.
fn said(line: &Line, key: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(&line.to_json()).expect("a line is JSON");
    value[key].as_str().unwrap_or_default().to_owned()
}

/// The project as it would be written at an instant, if nobody wrote anything before the public may read it.
fn without_the_future(project: &Project, now: Timestamp) -> Project {
    let incidents = project.incidents.iter().filter_map(|written| {
        let mut incident = Incident::clone(written);
        incident.updates.retain(|it| match it.published {
            Publication::Stated(published) => published.max(it.at) <= now,
            Publication::Implied(published) => published.max(it.at) <= now + SignedDuration::from_mins(2),
        });
        let is_told = match incident.published_at {
            Some(published) => published <= now,
            // A head that does not say is read with the first update.
            None => written.updates.is_empty() || !incident.updates.is_empty(),
        };
        is_told.then(|| Arc::new(incident))
    });
    Project { incidents: incidents.collect(), ..project.clone() }
}

/// The project before one update was merged, and that update's incident; none where there is no update.
fn before_a_merge(world: &World, choice: usize) -> Option<(Project, Arc<Incident>, usize)> {
    let mut project = world.project();
    let places = project.incidents.iter().enumerate();
    let all: Vec<(usize, usize)> =
        places.flat_map(|(place, it)| (0..it.updates.len()).map(move |index| (place, index))).collect();
    let (place, index) = *all.get(choice % all.len().max(1))?;
    let whole = Arc::clone(&project.incidents[place]);
    let mut incident = Incident::clone(&whole);
    incident.updates.remove(index);
    Arc::make_mut(&mut project.incidents)[place] = Arc::new(incident);
    Some((project, whole, index))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn ids_are_unique_and_the_order_is_that_of_publication(world in world(), now in minute()) {
        let lines = told(&world.project(), world.at(now));
        prop_assert_eq!(ids(&lines).len(), lines.len());
        prop_assert!(lines.is_sorted_by_key(|it| (it.published_at(), it.at())));
    }

    #[test]
    fn what_was_told_is_told_for_ever(world in world(), one in minute(), other in minute()) {
        let project = world.project();
        let [earlier, later] = [one.min(other), one.max(other)].map(|it| ids(&told(&project, world.at(it))));
        prop_assert!(earlier.is_subset(&later), "{:?}", earlier.difference(&later));
    }

    #[test]
    fn a_late_merge_is_neither_missed_nor_told_twice(world in world(), choice in 0..100_usize, now in minute()) {
        let Some((before, incident, index)) = before_a_merge(&world, choice) else { return Ok(()) };
        let update = &incident.updates[index];
        let published = incident.published_at.map_or(update.at, |it| it.max(update.at)).max(update.published.at());
        let now = world.at(now).max(published);
        let (before, after) = (told(&before, now), told(&world.project(), now));
        let (known, all) = (ids(&before), ids(&after));
        let by_clock = |it: &&Line| ["maintenance_began", "maintenance_ended"].contains(&said(it, "type").as_str());
        let dropped: Vec<&Line> = before.iter().filter(|it| !all.contains(it.id())).collect();
        prop_assert!(dropped.iter().all(by_clock), "{:?}", dropped);
        let added: Vec<&Line> = after.iter().filter(|it| !known.contains(it.id())).collect();
        // With it the whole incident may become known, and all that stands in its head.
        let opens = added.iter().any(|it| said(it, "type") == "opened" || said(it, "type") == "maintenance_announced");
        prop_assert!(!opens || said(added[0], "url").contains(incident.id.as_str()));
        if opens {
            return Ok(());
        }
        let withdrawal = update.retracted.iter().filter(|it| it.at <= now).count();
        let own = added.iter().filter(|it| !by_clock(it) || said(it, "url").contains('#')).count();
        prop_assert_eq!(own, 1 + withdrawal, "{:?}", added);
    }

    #[test]
    fn what_is_not_public_leaves_no_trace(world in world(), now in minute()) {
        let (project, now) = (world.project(), world.at(now));
        prop_assert_eq!(json(&told(&project, now)), json(&told(&without_the_future(&project, now), now)));
    }
}
