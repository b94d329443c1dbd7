//! Laws of the meaning, which hold whatever was written and at any instant.

mod events;
mod pages;
mod world;

use std::sync::Arc;

use allclear::model::{Incident, IncidentId, Project, State};
use allclear::timeline::{
    Audience, Board, ComponentBoard, ComponentYear, Grace, Headline, Indicator, Interval, Moment, Span,
    Story, Uptime, Visibility, at, moment, story,
};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::{ProptestConfig, TestCaseError, prop_assert, prop_assert_eq, proptest};

use world::{World, happening, minute, world};

/// The component's state, as its intervals tell it.
fn state_by_intervals(intervals: &[Interval], now: Timestamp) -> State {
    let running = intervals.iter().find(|it| it.counted && it.span.contains(now));
    running.map_or(State::Operational, |it| it.state)
}

fn board(world: &World, minute: i64) -> Board {
    at(&world.project(), world.at(minute), Visibility::default())
}

/// The weighed downtime of a component, in thousandths of a second.
fn downtime(uptime: &Uptime) -> i64 {
    1000 * uptime.major + 300 * uptime.partial
}

/// The uptime over as many days as all of a world needs.
fn month(component: &ComponentBoard) -> Uptime {
    component.uptime[2].uptime
}

/// The year of all worlds.
fn year(board: &Board, component: &ComponentBoard) -> ComponentYear {
    let records = component.year_records(&board.site);
    let record = records.iter().find(|it| it.year() == 2026).expect("the year has begun");
    record.tell(&board.site).expect("the component is there")
}

/// The intervals of a component, of which those that count must not overlap.
fn counted(board: &Board, component: &ComponentBoard) -> Result<Vec<Interval>, TestCaseError> {
    let year = year(board, component);
    let counted: Vec<Interval> = year.intervals.into_iter().filter(|it| it.counted).collect();
    for pair in counted.windows(2) {
        prop_assert!(pair[0].span.to.is_some_and(|to| to <= pair[1].span.from));
    }
    Ok(counted)
}

/// All that readers see of a board besides ages.
fn seen(board: &Board) -> String {
    let ids = |stories: &[Arc<Story>]| -> Vec<IncidentId> {
        stories.iter().map(|it| it.incident.id.clone()).collect()
    };
    let components = board.components.iter().map(|it| {
        let days: Vec<_> = it.days.iter().map(|day| (day.date, day.worst, day.stories.len())).collect();
        format!("{} {:?} {:?} {:?} {days:?}\n", it.id, it.standing, it.declared, it.via)
    });
    let stories = board.history.iter().map(|it| {
        let told: Vec<_> = it.updates.iter().map(|told| (told.index, told.status)).collect();
        let times = (it.started_at, it.ended_at, it.open.len());
        format!("{} {:?} {:?} {times:?} {told:?} {:?}\n", it.incident.id, it.phase, it.status, it.promise)
    });
    let lists = [ids(&board.open), ids(&board.maintenance), ids(&board.history)];
    let groups: Vec<_> = board.groups.iter().map(|it| it.standing).collect();
    let text: String = components.chain(stories).collect();
    format!(
        "{:?} {lists:?} {groups:?} {:?} {:?}\n{text}",
        board.overall, board.last_change, board.next_change
    )
}

/// A story's own part, without what was written.
fn told(story: &Story) -> String {
    let Story { incident, phase, open, tracks, suggested, promise, course, updates, .. } = story;
    let head = (&incident.id, phase, open, story.started_at, story.ended_at, story.status, story.impact);
    format!("{head:?} {tracks:?} {suggested:?} {promise:?} {course:?} {updates:?}")
}

/// The intervals of all components, moved back by so many days.
fn intervals(board: &Board, days: i64) -> String {
    let back = |at: Timestamp| at - SignedDuration::from_hours(24 * days);
    let of = |component: &Arc<ComponentBoard>| {
        let year = year(board, component);
        let moved = year.intervals.into_iter().map(|it| {
            let span = Span { from: back(it.span.from), to: it.span.to.map(back) };
            format!("{span:?} {:?} {:?} {}\n", it.state, it.basis, it.counted)
        });
        let days: Vec<_> = component.days.iter().map(|day| (day.worst, &day.seconds)).collect();
        format!("{:?} {:?} {days:?}\n{}", component.standing, component.uptime, moved.collect::<String>())
    };
    board.components.iter().map(of).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_counts_never_overlaps_and_covers_the_window(world in world(), now in minute()) {
        let board = board(&world, now);
        for component in &board.components {
            let year = year(&board, component);
            let counted = counted(&board, component)?;
            let sum = |state| -> i64 {
                counted.iter().filter(|it| it.state == state).map(|it| it.span.seconds(board.now)).sum()
            };
            let total = |part: fn(&Uptime) -> i64| -> i64 { year.months.iter().map(|it| part(&it.uptime)).sum() };
            prop_assert_eq!(sum(State::MajorOutage), total(|it| it.major));
            prop_assert_eq!(sum(State::PartialOutage), total(|it| it.partial));
            prop_assert_eq!(sum(State::DegradedPerformance), total(|it| it.degraded));
            prop_assert_eq!(sum(State::UnderMaintenance), total(|it| it.maintenance));
        }
    }

    #[test]
    fn the_state_is_the_one_that_the_intervals_tell(world in world(), now in minute()) {
        // In the present the state may be that of an interval that begins within two minutes.
        let another = Visibility { grace: Grace::None, ..Visibility::default() };
        let board = at(&world.project(), world.at(now), another);
        for component in &board.components {
            if let Some(state) = component.standing.state() {
                prop_assert_eq!(state, state_by_intervals(&counted(&board, component)?, board.now));
            }
        }
    }

    #[test]
    fn indicator_and_headline_agree_on_whether_something_is_wrong(world in world(), now in minute()) {
        let board = board(&world, now);
        let is_well = matches!(board.overall.headline, Headline::AllOperational | Headline::NoData);
        prop_assert_eq!(is_well, board.overall.indicator == Indicator::None);
        prop_assert!(board.open.is_empty() || !is_well);
    }

    #[test]
    fn the_downtime_of_all_is_at_most_the_sum(world in world(), now in minute()) {
        let together = board(&world, now);
        let project = world.project();
        let alone: Vec<Board> = project.incidents.iter().map(|incident| {
            let incidents = Arc::from([Arc::clone(incident)]);
            at(&Project { incidents, ..project.clone() }, together.now, Visibility::default())
        }).collect();
        for (number, component) in together.components.iter().enumerate() {
            let sum: i64 = alone.iter().map(|it| downtime(&month(&it.components[number]))).sum();
            prop_assert!(downtime(&month(component)) <= sum);
        }
    }

    #[test]
    fn another_incident_never_raises_an_uptime(world in world(), more in happening(), now in minute()) {
        let before = board(&world, now);
        let mut world = world;
        world.incidents.push(more);
        let after = board(&world, now);
        for (before, after) in before.components.iter().zip(&after.components) {
            prop_assert!(month(after).percent <= month(before).percent);
        }
        for (before, after) in before.groups.iter().zip(&after.groups) {
            prop_assert!(after.uptime[2].uptime.percent <= before.uptime[2].uptime.percent);
        }
    }

    #[test]
    fn in_utc_what_is_moved_by_days_looks_the_same(world in world(), now in minute(), shift in 1..100_i32) {
        let world = World { zone: "UTC", ..world };
        let moved = World { shift, ..world.clone() };
        let (here, there) = (board(&world, now), board(&moved, now));
        prop_assert_eq!(intervals(&here, 0), intervals(&there, i64::from(shift)));
        let back = |at: Option<Timestamp>| at.map(|it| it - SignedDuration::from_hours(24 * i64::from(shift)));
        prop_assert_eq!(here.next_change, back(there.next_change));
    }

    #[test]
    fn between_two_changes_nothing_but_ages_differs(world in world(), now in minute(), share in 0..1000_i64) {
        let present = [Audience::Public, Audience::Writers].map(Visibility::of);
        let another = Visibility { grace: Grace::None, ..Visibility::default() };
        for visibility in present.into_iter().chain([another]) {
            let board = at(&world.project(), world.at(now), visibility);
            let (Some(last), Some(next)) = (board.last_change, board.next_change) else { continue };
            prop_assert!(last <= board.now && board.now < next);
            let length = next.as_second() - last.as_second();
            let between = last + SignedDuration::from_secs(length * share / 1000);
            prop_assert_eq!(seen(&board), seen(&at(&world.project(), between, visibility)));
        }
    }

    #[test]
    fn a_draft_changes_for_writers_when_it_would_for_all(world in world(), now in minute()) {
        let (project, now) = (world.project(), world.at(now));
        let draft = |it: &Arc<Incident>| Arc::new(Incident { draft: true, ..Incident::clone(it) });
        let drafts = Project { incidents: project.incidents.iter().map(draft).collect(), ..project.clone() };
        prop_assert_eq!(
            seen(&at(&drafts, now, Visibility::of(Audience::Writers))),
            seen(&at(&project, now, Visibility::of(Audience::Writers)))
        );
        let untold = at(&Project { incidents: Arc::new([]), ..project }, now, Visibility::default());
        prop_assert_eq!(seen(&at(&drafts, now, Visibility::default())), seen(&untold));
        let foreseeable = at(&drafts, now, Visibility::of(Audience::Writers)).next_foreseeable_change;
        prop_assert_eq!(foreseeable, untold.next_foreseeable_change);
    }

    #[test]
    fn a_story_depends_on_the_instant_through_its_moment_alone(world in world(), now in minute()) {
        let (project, now) = (world.project(), world.at(now));
        let tell = |incident: &Arc<Incident>, moment: Moment| {
            story(&project.site, incident, moment).map(|it| told(&it))
        };
        for incident in project.incidents.iter() {
            let moment = moment(&project.site, incident, now, Visibility::default());
            let exact = Moment { last: Some(now), ..moment };
            prop_assert_eq!(tell(incident, moment), tell(incident, exact));
        }
    }

    #[test]
    fn the_order_of_the_incidents_changes_nothing(world in world(), now in minute()) {
        let mut project = world.project();
        let one = at(&project, world.at(now), Visibility::default());
        project.incidents = project.incidents.iter().rev().cloned().collect();
        let other = at(&project, world.at(now), Visibility::default());
        prop_assert_eq!(seen(&one), seen(&other));
        prop_assert_eq!(intervals(&one, 0), intervals(&other, 0));
    }
}
