//! A small site for tests of sentences.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::model::{
    CascadeMode, Component, ComponentId, Disruption, Framing, Group, GroupId, Impact, Incident, IncidentId,
    Kind, Limits, Look, Prose, Rollup, Show, Site, State, UptimePolicy,
};
use crate::source::{Content, Place, SourceFile};
use crate::timeline::{Course, Figures, Phase, Story};
use crate::words::Lists;

/// A site of components given as (id, name, group); "" for none.
pub(crate) fn site(components: &[(&str, &str, &str)]) -> Site {
    let group = |id: &str| Group {
        place: place(),
        id: GroupId::new(id),
        name: id.to_uppercase(),
        collapsed: false,
        rollup: Rollup::Worst,
    };
    Site {
        place: place(),
        language_place: place(),
        title: "Example".to_owned(),
        url: "https://status.example".to_owned(),
        time_zone: TimeZone::UTC,
        time_zone_name: "UTC".to_owned(),
        theme: "default".to_owned(),
        look: Look::default(),
        embed: Framing::default(),
        language: "en".to_owned(),
        history_days: 90,
        cascade: CascadeMode::Suggest,
        api_indicator: crate::model::ApiIndicator::default(),
        show: Show::default(),
        links: Vec::new(),
        groups: components.iter().filter(|it| !it.2.is_empty()).map(|it| group(it.2)).collect(),
        components: components.iter().map(|it| component(it.0, it.1, it.2)).collect(),
        uptime: UptimePolicy::default(),
        limits: Limits::default(),
        removed: Vec::new(),
    }
}

/// Ids, as sentences take them.
pub(crate) fn ids(ids: &[&str]) -> Vec<ComponentId> {
    ids.iter().map(|it| ComponentId::new(it)).collect()
}

/// A story of which nothing but its headline matters.
pub(crate) fn story(title: &str) -> Arc<Story> {
    Arc::new(Story {
        incident: Arc::new(incident(title)),
        told_at: Timestamp::UNIX_EPOCH,
        settled_at: Timestamp::UNIX_EPOCH,
        title: title.to_owned(),
        phase: Phase::Ended,
        status: None,
        updates: Vec::new(),
        started_at: Timestamp::UNIX_EPOCH,
        ended_at: None,
        open: Vec::new(),
        impact: Impact::None,
        stated_impact: None,
        worst: State::Operational,
        tracks: Vec::new(),
        suggested: Vec::new(),
        promise: None,
        rollout: None,
        workaround: None,
        affected: None,
        regions: Vec::new(),
        not_affected: Vec::new(),
        retracted: None,
        has_postmortem: false,
        course: Course::Incident(Figures::default()),
    })
}

fn component(id: &str, name: &str, group: &str) -> Component {
    Component {
        place: place(),
        id: ComponentId::new(id),
        name: name.to_owned(),
        description: None,
        group: (!group.is_empty()).then(|| GroupId::new(group)),
        since: None,
        until: None,
        critical: false,
        listed: true,
        aliases: Vec::new(),
        depends_on: Vec::new(),
    }
}

fn incident(title: &str) -> Incident {
    Incident {
        place: place(),
        id: IncidentId::new("x"),
        kind: Kind::Incident(Disruption::default()),
        title: title.to_owned(),
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

fn place() -> Place {
    let content = Content::of(Vec::new());
    Place::file(&Arc::new(SourceFile { path: "site/site.yaml".to_owned(), content }))
}

/// Lists of words of a theme, given as (language, YAML).
pub(crate) fn lists(given: &[(&str, &str)]) -> Lists {
    let list = |(tag, yaml): &(&str, &str)| {
        let content = Content::of(yaml.as_bytes().to_vec());
        ((*tag).to_owned(), Arc::new(SourceFile { path: format!("i18n/{tag}.yaml"), content }))
    };
    given.iter().map(list).collect()
}
