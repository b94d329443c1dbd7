//! Sites and incidents for tests, written in a line.
//!
//! A time is `10:30` or `10:30:15` (of 1 March 2026), `02T10:30` (of another day of that March), or
//! a whole one. A component is `speakers > playback ~library`: hard on one, soft on the other.
//! An update is `10:30 investigating login=major@10:00 !next=11:00`.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Audience, Board, Moment, Span, Story, Visibility};
use crate::model::fixture::place;
use crate::model::{
    ApiIndicator, CascadeMode, Component, ComponentId, Correction, Declaration, Dependency, Disruption, Edge,
    Framing, Group, GroupId, Impact, Incident, IncidentId, Kind, Limits, Look, Maintenance, Notice,
    Postmortem, PostmortemStatus, PostmortemTimes, Project, Prose, Publication, Rollup, Scope, Show, Site,
    State, Status, Strength, Update, UptimePolicy, Window,
};

/// An instant.
pub(super) fn t(text: &str) -> Timestamp {
    let (day, time) = text.split_once('T').unwrap_or(("01", text));
    let day = if day.len() == 2 { format!("2026-03-{day}") } else { day.to_owned() };
    let time = if time.len() == 5 { format!("{time}:00") } else { time.trim_end_matches('Z').to_owned() };
    format!("{day}T{time}Z").parse().expect("a test's time")
}

/// A stretch, `10:00-11:00` or `10:00-`.
pub(super) fn span(text: &str) -> Span {
    let (from, to) = text.split_once('-').expect("a test's stretch");
    Span { from: t(from), to: (!to.is_empty()).then(|| t(to)) }
}

pub(super) fn state(word: &str) -> State {
    State::ALL.into_iter().find(|it| it.word().starts_with(word) || it.word().ends_with(word)).expect(word)
}

pub(super) fn id(name: &str) -> ComponentId {
    ComponentId::new(name)
}

/// A site of zone UTC with data from ever.
pub(super) fn site(components: &[&str]) -> Site {
    Site {
        place: place(),
        language_place: place(),
        title: "Test".to_owned(),
        url: "https://status.example".to_owned(),
        time_zone: TimeZone::UTC,
        time_zone_name: "UTC".to_owned(),
        theme: "default".to_owned(),
        look: Look::default(),
        embed: Framing::default(),
        language: "en".to_owned(),
        history_days: 90,
        cascade: CascadeMode::Off,
        api_indicator: ApiIndicator::default(),
        show: Show::default(),
        links: Vec::new(),
        groups: Vec::new(),
        components: components.iter().map(|it| component(it)).collect(),
        uptime: UptimePolicy::default(),
        limits: Limits::default(),
        removed: Vec::new(),
    }
}

impl Site {
    pub(super) fn cascading(mut self, mode: CascadeMode) -> Site {
        self.cascade = mode;
        self
    }

    pub(super) fn in_zone(mut self, name: &str) -> Site {
        self.time_zone = TimeZone::get(name).expect("a test's zone");
        name.clone_into(&mut self.time_zone_name);
        self
    }

    /// All components in one group.
    pub(super) fn grouped(mut self, rollup: Rollup) -> Site {
        let id = GroupId::new("all");
        self.components.iter_mut().for_each(|it| it.group = Some(id.clone()));
        self.groups.push(Group { place: place(), id, name: "All".to_owned(), collapsed: false, rollup });
        self
    }
}

fn component(text: &str) -> Component {
    let (name, needs) = text.split_once(" > ").unwrap_or((text, ""));
    Component {
        place: place(),
        id: id(name),
        name: name.to_owned(),
        description: None,
        group: None,
        since: Some(Date::constant(2000, 1, 1)),
        until: None,
        critical: false,
        listed: true,
        aliases: Vec::new(),
        depends_on: needs.split_whitespace().map(dependency).collect(),
    }
}

fn dependency(text: &str) -> Dependency {
    let strength = if text.starts_with('~') { Strength::Soft } else { Strength::Hard };
    let component = id(text.trim_start_matches('~'));
    Dependency { place: place(), component, strength, via: None, since: None, until: None }
}

type Change = Arc<dyn Fn(&mut Incident)>;

/// Something written, to be told or put on a board.
#[derive(Clone)]
pub(super) struct Written {
    make: Vec<Change>,
    id: String,
    kind: fn() -> Kind,
}

/// An incident.
pub(super) fn written(id: &str) -> Written {
    Written { make: Vec::new(), id: id.to_owned(), kind: || Kind::Incident(Disruption::default()) }
}

/// A notice.
pub(super) fn notice() -> Written {
    Written { make: Vec::new(), id: "notice".to_owned(), kind: || Kind::Notice(Notice::default()) }
}

/// A maintenance of `login`, from 01:00 to 03:00 by the clock.
pub(super) fn maintenance() -> Written {
    Written { make: Vec::new(), id: "maintenance".to_owned(), kind: || Kind::Maintenance(night()) }
}

fn night() -> Maintenance {
    Maintenance {
        scheduled_for: t("01:00"),
        scheduled_until: t("03:00"),
        begin: Edge::Automatic,
        end: Edge::Automatic,
        components: Scope::Components(vec![id("login")]),
    }
}

impl Written {
    /// With anything that has no word of its own here.
    pub(super) fn with(mut self, change: impl Fn(&mut Incident) + 'static) -> Self {
        self.make.push(Arc::new(change));
        self
    }

    pub(super) fn disruption(self, change: impl Fn(&mut Disruption) + 'static) -> Self {
        self.with(move |it| match &mut it.kind {
            Kind::Incident(disruption) => change(disruption),
            Kind::Maintenance(_) | Kind::Notice(_) => panic!("it is no incident"),
        })
    }

    pub(super) fn maintenance(self, change: impl Fn(&mut Maintenance) + 'static) -> Self {
        self.with(move |it| match &mut it.kind {
            Kind::Maintenance(maintenance) => change(maintenance),
            Kind::Incident(_) | Kind::Notice(_) => panic!("it is no maintenance"),
        })
    }

    pub(super) fn start(self, at: &str) -> Self {
        let at = t(at);
        self.disruption(move |it| it.started_at = Some(at))
    }

    pub(super) fn resolved_at(self, at: &str) -> Self {
        let at = t(at);
        self.disruption(move |it| it.resolved_at = Some(at))
    }

    pub(super) fn published_at(self, at: &str) -> Self {
        let at = t(at);
        self.with(move |it| it.published_at = Some(at))
    }

    pub(super) fn ends_at(self, at: &str) -> Self {
        let at = t(at);
        self.with(move |it| {
            it.kind = Kind::Notice(Notice { components: Vec::new(), ends_at: Some(at) });
        })
    }

    pub(super) fn retracted(self, at: &str) -> Self {
        let at = t(at);
        self.with(move |it| it.retracted = Some(correction(at)))
    }

    /// States of the head: `login=major playback=partial@10:00`.
    pub(super) fn head(self, states: &str) -> Self {
        let states = states.to_owned();
        self.disruption(move |it| it.components = states.split_whitespace().map(declaration).collect())
    }

    /// A measured window: `login=major 10:00-10:30`.
    pub(super) fn window(self, text: &str) -> Self {
        let (what, stretch) = text.split_once(' ').expect("a test's window");
        let (declared, stretch) = (declaration(what), span(stretch));
        self.disruption(move |it| {
            it.windows.push(Window {
                place: place(),
                component: declared.component.clone(),
                state: declared.state,
                from: stretch.from,
                to: stretch.to.expect("a window ends"),
                caused_by: None,
                regions: Vec::new(),
            });
        })
    }

    pub(super) fn says(self, text: &str) -> Self {
        let text = text.to_owned();
        self.with(move |it| {
            let number = it.updates.len();
            it.updates.push(update(&text, number));
        })
    }

    /// A published postmortem with the three times.
    pub(super) fn postmortem(self, detected: &str, acknowledged: &str, mitigated: &str) -> Self {
        let [detected, acknowledged, mitigated] = [detected, acknowledged, mitigated].map(|it| Some(t(it)));
        let times =
            PostmortemTimes { detected_at: detected, acknowledged_at: acknowledged, mitigated_at: mitigated };
        self.with(move |it| it.postmortem = Some(postmortem(times)))
    }

    fn incident(&self) -> Arc<Incident> {
        let mut incident = blank(&self.id, (self.kind)());
        self.make.iter().for_each(|change| change(&mut incident));
        Arc::new(incident)
    }

    fn moment(&self, now: &str) -> Moment {
        super::moment(&site(&[]), &self.incident(), t(now), Visibility::default())
    }

    pub(super) fn story_for(&self, audience: Audience, now: &str) -> Option<Arc<Story>> {
        let moment = Moment { visibility: Visibility::of(audience), ..self.moment(now) };
        super::story(&Arc::new(site(&["login"])), &self.incident(), moment)
    }

    /// Its story on a site of login, playback, search and library that stand alone.
    pub(super) fn story(&self, now: &str) -> Option<Arc<Story>> {
        self.story_on(site(&["login", "playback", "search", "library"]), now)
    }

    pub(super) fn story_on(&self, site: Site, now: &str) -> Option<Arc<Story>> {
        let moment = super::moment(&site, &self.incident(), t(now), Visibility::default());
        super::story(&Arc::new(site), &self.incident(), moment)
    }
}

/// The board of a site with what was written.
pub(super) fn board(site: Site, written: &[Written], now: &str) -> Board {
    board_for(Audience::Public, site, written, now)
}

pub(super) fn board_for(audience: Audience, site: Site, written: &[Written], now: &str) -> Board {
    board_seen(Visibility::of(audience), site, written, now)
}

pub(super) fn board_seen(visibility: Visibility, site: Site, written: &[Written], now: &str) -> Board {
    super::at(&project(site, written), t(now), visibility)
}

fn project(site: Site, written: &[Written]) -> Project {
    let incidents = written.iter().map(Written::incident).collect();
    Project { site: Arc::new(site), incidents, removed: Vec::new(), pages: Vec::new(), assets: Vec::new() }
}

fn update(text: &str, number: usize) -> Update {
    let mut words = text.split_whitespace();
    let time = words.next().expect("an update has a time");
    let (time, tenths) = time.split_once('.').unwrap_or((time, "0"));
    let at = t(time);
    let status = words.next().expect("an update has a status, or -");
    let all = Status::OF_INCIDENT.into_iter().chain(Status::OF_MAINTENANCE);
    let mut update = Update {
        place: place(),
        name: format!("{number:04}"),
        at,
        fraction: 100_000_000 * tenths.parse::<u32>().expect("tenths of a second"),
        published: Publication::Implied(at),
        status: all.into_iter().find(|it| it.word() == status),
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
    };
    words.for_each(|word| add(&mut update, word));
    update
}

fn add(update: &mut Update, word: &str) {
    match word.split_once('=') {
        Some(("!next", at)) => update.next_update = Some(t(at)),
        Some(("!published", at)) => update.published = Publication::Stated(t(at)),
        Some(("!retracted", at)) => update.retracted = Some(correction(t(at))),
        Some(("!until", at)) => update.scheduled_until = Some(t(at)),
        Some(("!for", at)) => update.scheduled_for = Some(t(at)),
        Some(("!spared", ids)) => update.not_affected = Some(ids.split(',').map(id).collect()),
        Some(("!impact", word)) => {
            update.impact = Impact::ALL.into_iter().find(|it| it.word() == word);
        }
        Some(("!derive", _)) => update.cascade = Some(CascadeMode::Derive),
        None if word == "continues" => update.continues_in = Some(IncidentId::new("other")),
        _ => update.components.push(declaration(word)),
    }
}

fn declaration(word: &str) -> Declaration {
    let (component, rest) = word.split_once('=').expect("a test's declaration");
    let (word, since) = rest.split_once('@').map_or((rest, None), |(word, at)| (word, Some(t(at))));
    Declaration { place: place(), component: id(component), state: state(word), since }
}

fn correction(at: Timestamp) -> Correction {
    Correction { at, note: "A probe was broken".to_owned() }
}

fn postmortem(times: PostmortemTimes) -> Postmortem {
    Postmortem {
        place: place(),
        status: PostmortemStatus::Published,
        authors: Vec::new(),
        published_at: None,
        times,
        root_cause: None,
        trigger: None,
        detection: None,
        contributing_factors: Vec::new(),
        went_well: Vec::new(),
        went_badly: Vec::new(),
        got_lucky: Vec::new(),
        timeline: Vec::new(),
        actions: Vec::new(),
        numbers: Vec::new(),
        sources: Vec::new(),
        corrections: Vec::new(),
        body: Prose::default(),
    }
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
