//! Random sites and what happened to them: plain values first, so that a failing case can be read,
//! then made into a project.

use std::sync::Arc;

use allclear::model::{
    CascadeMode, Component, ComponentId, Correction, Declaration, Dependency, Disruption, Edge, Framing,
    Group, GroupId, Incident, IncidentId, Kind, Limits, Look, Maintenance, Project, Prose, Publication,
    Rollup, Scope, Show, Site, State, Status, Strength, Update, UptimePolicy, Window,
};
use allclear::source::{Content, Place, SourceFile};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::{Just, Strategy, any, prop_oneof};

/// The components: c needs b and, a little, d; b needs a.
const COMPONENTS: [&str; 4] = ["a", "b", "c", "d"];

/// How long things happen, in minutes: six days about the end of March, when clocks change.
pub(crate) const MINUTES: i64 = 6 * 24 * 60;

/// A site, and what happened.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) zone: &'static str,
    pub(crate) cascade: CascadeMode,
    pub(crate) rollup: Rollup,
    /// The day, counted from the first, from which `d` has data.
    pub(crate) since: Option<i32>,
    /// The day as which `c` retires.
    pub(crate) until: Option<i32>,
    pub(crate) incidents: Vec<Happening>,
    pub(crate) maintenance: Vec<Work>,
    /// By how many days all of it is moved.
    pub(crate) shift: i32,
}

/// An incident; times are minutes.
#[derive(Clone, Debug)]
pub(crate) struct Happening {
    start: i64,
    head: Vec<(usize, State)>,
    updates: Vec<Word>,
    resolved_at: Option<i64>,
    retracted: Option<i64>,
    window: Option<(usize, State, i64, i64)>,
    published: Option<i64>,
}

/// An update, so long after the one before it.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    after: i64,
    told_after: i64,
    status: Option<Status>,
    states: Vec<(usize, State, Option<i64>)>,
    promise: Option<i64>,
    retracted: Option<i64>,
}

/// A maintenance.
#[derive(Clone, Debug)]
pub(crate) struct Work {
    begin: i64,
    length: i64,
    edges: (Edge, Edge),
    updates: Vec<WorkWord>,
    published: Option<i64>,
}

/// An update of a maintenance, so long after the one before it.
#[derive(Clone, Debug)]
pub(crate) struct WorkWord {
    after: i64,
    told_after: i64,
    status: Option<Status>,
    moved: (Option<i64>, Option<i64>),
    retracted: Option<i64>,
}

/// Any world.
pub(crate) fn world() -> impl Strategy<Value = World> {
    let mode = prop_oneof![Just(CascadeMode::Off), Just(CascadeMode::Suggest), Just(CascadeMode::Derive)];
    let rollup = prop_oneof![Just(Rollup::Worst), Just(Rollup::Redundant)];
    let zone = prop_oneof![Just("UTC"), Just("Europe/Stockholm"), Just("America/St_Johns")];
    let since = option::of(0..5_i32);
    let until = option::of(1..6_i32);
    let happened = (vec(happening(), 0..5), vec(work(), 0..3));
    (zone, mode, rollup, since, until, happened).prop_map(
        |(zone, cascade, rollup, since, until, (incidents, maintenance))| World {
            zone,
            cascade,
            rollup,
            since,
            until,
            incidents,
            maintenance,
            shift: 0,
        },
    )
}

/// Any instant at which something may have happened.
pub(crate) fn minute() -> impl Strategy<Value = i64> {
    0..MINUTES + 600
}

/// Any incident.
pub(crate) fn happening() -> impl Strategy<Value = Happening> {
    let window = (0..4_usize, state(), 0..MINUTES, 1..600_i64);
    (
        0..MINUTES,
        vec((0..4_usize, state()), 0..3),
        vec(word(), 0..5),
        option::weighted(0.2, 0..MINUTES),
        option::weighted(0.1, 0..MINUTES),
        option::weighted(0.3, window),
        option::weighted(0.1, 0..MINUTES),
    )
        .prop_map(|(start, head, updates, resolved_at, retracted, window, published)| Happening {
            start,
            head,
            updates,
            resolved_at,
            retracted,
            window,
            published,
        })
}

fn word() -> impl Strategy<Value = Word> {
    let statuses = Status::OF_INCIDENT.to_vec();
    (
        0..400_i64,
        prop_oneof![4 => Just(0), 1 => 0..200_i64],
        option::of(proptest::sample::select(statuses)),
        vec((0..4_usize, state(), option::weighted(0.2, 0..300_i64)), 0..3),
        option::weighted(0.3, 0..200_i64),
        option::weighted(0.1, 0..600_i64),
    )
        .prop_map(|(after, told_after, status, states, promise, retracted)| Word {
            after,
            told_after,
            status,
            states,
            promise,
            retracted,
        })
}

fn work() -> impl Strategy<Value = Work> {
    let edge = || any::<bool>().prop_map(|it| if it { Edge::Automatic } else { Edge::Manual });
    let published = option::weighted(0.1, 0..MINUTES);
    (0..MINUTES, 1..900_i64, (edge(), edge()), vec(work_word(), 0..4), published).prop_map(
        |(begin, length, edges, updates, published)| Work { begin, length, edges, updates, published },
    )
}

fn work_word() -> impl Strategy<Value = WorkWord> {
    let statuses = Status::OF_MAINTENANCE.to_vec();
    let status = option::of(proptest::sample::select(statuses));
    let moved = (option::weighted(0.2, 0..MINUTES), option::weighted(0.3, 0..MINUTES));
    let told_after = prop_oneof![4 => Just(0), 1 => 0..400_i64];
    (0..500_i64, told_after, status, moved, option::weighted(0.1, 0..600_i64)).prop_map(
        |(after, told_after, status, moved, retracted)| WorkWord {
            after,
            told_after,
            status,
            moved,
            retracted,
        },
    )
}

fn state() -> impl Strategy<Value = State> {
    proptest::sample::select(State::ALL.to_vec())
}

impl World {
    /// The instant of a minute.
    pub(crate) fn at(&self, minute: i64) -> Timestamp {
        let first = self.day(0).to_zoned(TimeZone::UTC).expect("a day of this century").timestamp();
        first + SignedDuration::from_mins(minute)
    }

    /// A day, counted from the first.
    pub(crate) fn day(&self, number: i32) -> Date {
        date(2026, 3, 25).checked_add((number + self.shift).days()).expect("a day of this century")
    }

    /// All of it as it would have been read.
    pub(crate) fn project(&self) -> Project {
        let incidents = self.incidents.iter().enumerate().map(|(number, it)| self.incident(number, it));
        let works = self.maintenance.iter().enumerate().map(|(number, it)| self.work(number, it));
        Project {
            site: Arc::new(self.site()),
            incidents: incidents.chain(works).map(Arc::new).collect(),
            pages: Vec::new(),
            removed: Vec::new(),
            assets: Vec::new(),
        }
    }

    fn site(&self) -> Site {
        let group = GroupId::new("all");
        let mut components: Vec<Component> = COMPONENTS.iter().map(|it| component(it, &group)).collect();
        components[1].depends_on = vec![need("a", Strength::Hard)];
        components[2].depends_on = vec![need("b", Strength::Hard), need("d", Strength::Soft)];
        // Of the first, no uptime is claimed.
        components[1..3].iter_mut().for_each(|it| it.since = Some(Date::constant(2020, 1, 1)));
        components[3].since = self.since.map(|it| self.day(it));
        components[2].until = self.until.map(|it| self.day(it));
        let name = "All".to_owned();
        Site {
            place: place(),
            language_place: place(),
            title: "World".to_owned(),
            url: "https://status.example".to_owned(),
            time_zone: TimeZone::get(self.zone).expect("a zone"),
            time_zone_name: self.zone.to_owned(),
            theme: "default".to_owned(),
            look: Look::default(),
            embed: Framing::default(),
            language: "en".to_owned(),
            history_days: 10,
            cascade: self.cascade,
            api_indicator: allclear::model::ApiIndicator::default(),
            show: Show::default(),
            links: Vec::new(),
            groups: vec![Group { place: place(), id: group, name, collapsed: false, rollup: self.rollup }],
            components,
            uptime: UptimePolicy::default(),
            limits: Limits::default(),
            removed: Vec::new(),
        }
    }

    fn incident(&self, number: usize, happening: &Happening) -> Incident {
        let mut minute = happening.start;
        let mut updates = Vec::new();
        for word in &happening.updates {
            minute += word.after;
            updates.push(self.update(updates.len(), minute, word));
        }
        let head = happening.head.iter().map(|(component, state)| declaration(*component, *state, None));
        let windows = happening.window.map(|(component, state, from, length)| Window {
            place: place(),
            component: id(component),
            state,
            from: self.at(from),
            to: self.at(from + length),
            caused_by: None,
            regions: Vec::new(),
        });
        let disruption = Disruption {
            started_at: Some(self.at(happening.start)),
            resolved_at: happening.resolved_at.map(|after| self.at(happening.start + after)),
            components: head.collect(),
            windows: windows.into_iter().collect(),
            ..Disruption::default()
        };
        let mut incident = blank(&format!("i{number}"), Kind::Incident(disruption));
        incident.updates = updates;
        incident.retracted = happening.retracted.map(|at| self.correction(at));
        incident.published_at = happening.published.map(|at| self.at(at));
        incident
    }

    fn update(&self, number: usize, minute: i64, word: &Word) -> Update {
        let states = word.states.iter().map(|(component, state, before)| {
            declaration(*component, *state, before.map(|before| self.at(minute - before)))
        });
        Update {
            status: word.status,
            components: states.collect(),
            next_update: word.promise.map(|after| self.at(minute + after)),
            retracted: word.retracted.map(|after| self.correction(minute + after)),
            published: self.publication(minute, word.told_after),
            ..blank_update(number, self.at(minute))
        }
    }

    fn work(&self, number: usize, work: &Work) -> Incident {
        let scope = vec![id(number % COMPONENTS.len())];
        let mut incident = blank(
            &format!("m{number}"),
            Kind::Maintenance(Maintenance {
                scheduled_for: self.at(work.begin),
                scheduled_until: self.at(work.begin + work.length),
                begin: work.edges.0,
                end: work.edges.1,
                components: Scope::Components(scope),
            }),
        );
        let mut minute = (work.begin - 300).max(0);
        for word in &work.updates {
            minute += word.after;
            incident.updates.push(Update {
                status: word.status,
                scheduled_for: word.moved.0.map(|it| self.at(it)),
                scheduled_until: word.moved.1.map(|it| self.at(it)),
                retracted: word.retracted.map(|after| self.correction(minute + after)),
                published: self.publication(minute, word.told_after),
                ..blank_update(incident.updates.len(), self.at(minute))
            });
        }
        incident.published_at = work.published.map(|at| self.at(at));
        incident
    }

    fn publication(&self, minute: i64, told_after: i64) -> Publication {
        match told_after {
            0 => Publication::Implied(self.at(minute)),
            after => Publication::Stated(self.at(minute + after)),
        }
    }

    fn correction(&self, minute: i64) -> Correction {
        Correction { at: self.at(minute), note: "It was not so".to_owned() }
    }
}

fn id(number: usize) -> ComponentId {
    ComponentId::new(COMPONENTS[number])
}

fn component(name: &str, group: &GroupId) -> Component {
    Component {
        place: place(),
        id: ComponentId::new(name),
        name: name.to_owned(),
        description: None,
        group: Some(group.clone()),
        since: None,
        until: None,
        critical: name == "a",
        listed: true,
        aliases: Vec::new(),
        depends_on: Vec::new(),
    }
}

fn need(name: &str, strength: Strength) -> Dependency {
    let component = ComponentId::new(name);
    Dependency { place: place(), component, strength, via: None, since: None, until: None }
}

fn declaration(component: usize, state: State, since: Option<Timestamp>) -> Declaration {
    Declaration { place: place(), component: id(component), state, since }
}

fn blank(id: &str, kind: Kind) -> Incident {
    Incident {
        place: place(),
        id: IncidentId::new(id),
        kind,
        title: id.to_owned(),
        summary: Prose::default(),
        published_at: None,
        workaround: None,
        corrections: Vec::new(),
        retracted: None,
        continues: None,
        links: Vec::new(),
        tags: Vec::new(),
        aliases: Vec::new(),
        pin: false,
        draft: false,
        updates: Vec::new(),
        postmortem: None,
        reports: None,
        withheld: Vec::new(),
    }
}

fn blank_update(number: usize, at: Timestamp) -> Update {
    Update {
        place: place(),
        name: format!("20260325T0000Z-update-{number:04}.md"),
        at,
        fraction: 0,
        published: Publication::Stated(at),
        status: None,
        body: Prose::default(),
        components: Vec::new(),
        impact: None,
        next_update: None,
        rollout: None,
        author: None,
        continues_in: None,
        corrections: Vec::new(),
        retracted: None,
        title: None,
        workaround: None,
        affected: None,
        regions: None,
        not_affected: None,
        cascade: None,
        scheduled_for: None,
        scheduled_until: None,
    }
}

fn place() -> Place {
    let content = Content::of(Vec::new());
    Place::file(&Arc::new(SourceFile { path: "incidents/world.yaml".to_owned(), content }))
}
