//! One event as programs read it: a line of JSON.

use jiff::Timestamp;
use serde::Serialize;

use super::idents::Idents;
use crate::model::{IncidentId, Kind, Site, Status};
use crate::render::path;
use crate::render::view::anchors;
use crate::timeline::{Happening, Origin, Part, Story};

/// One event. Times are UTC with `Z`, addresses absolute; what is absent is null.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    version: u8,
    id: String,
    #[serde(rename = "type")]
    turn: &'static str,
    published_at: Timestamp,
    at: Timestamp,
    incident: IncidentEntry,
    status: Option<&'static str>,
    impact: &'static str,
    components: Vec<ComponentEntry>,
    scheduled_for: Option<Timestamp>,
    scheduled_until: Option<Timestamp>,
    text: Option<String>,
    author: Option<String>,
    withdrawn: bool,
    about: Option<String>,
    url: String,
    #[serde(skip)]
    order: Order,
}

/// The place of a line among others: by when it could be read, then by when it was so. Where both are equal, the lines
/// of an incident stay together, in the order in which they were learnt.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Order {
    pub(super) published_at: Timestamp,
    at: Timestamp,
    incident: IncidentId,
    /// The index in what was learnt of the incident.
    index: usize,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct IncidentEntry {
    id: String,
    title: String,
    kind: &'static str,
    url: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct ComponentEntry {
    id: String,
    name: String,
    state: Option<&'static str>,
}

impl Line {
    /// What it is known by, for ever.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// When the public could read of it.
    pub fn published_at(&self) -> Timestamp {
        self.published_at
    }

    /// When it was so.
    pub fn at(&self) -> Timestamp {
        self.at
    }

    pub(super) fn order(&self) -> &Order {
        &self.order
    }

    /// The line as it is served, with its end.
    pub fn to_json(&self) -> String {
        let mut json = serde_json::to_string(self).expect("its fields have names");
        json.push('\n');
        json
    }

    /// The line for people, in UTC as all of the event is.
    pub fn to_text(&self) -> String {
        let text = self.text.as_deref().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        let text = if text.is_empty() { text } else { format!(": {text}") };
        let time = self.published_at.strftime("%Y-%m-%d %H:%MZ");
        format!("{time}  {}  {}{text}", self.turn, self.incident.title)
    }
}

/// The lines of a story, in the order of when they could be read.
pub(super) fn lines(site: &Site, story: &Story) -> Vec<Line> {
    let url = path::address(&site.url, &path::incident(&story.incident.id));
    let writer = Writer { site, story, idents: Idents::of(story), anchors: anchors(story), url };
    story.happenings().iter().enumerate().map(|it| writer.line(it)).collect()
}

/// Writes the lines of a story.
struct Writer<'a> {
    site: &'a Site,
    story: &'a Story,
    idents: Idents<'a>,
    anchors: Vec<String>,
    url: String,
}

impl Writer<'_> {
    fn line(&self, (index, happening): (usize, &Happening)) -> Line {
        let Happening { origin, turn, at, published_at, status, impact, title, components, schedule, note } =
            happening;
        let listed = self.site.components.iter().filter(|it| it.listed);
        let named =
            listed.filter_map(|it| Some((it, components.iter().rev().find(|(id, _)| *id == it.id)?.1)));
        Line {
            version: 1,
            id: self.idents.id(*origin, *at),
            turn: turn.word(),
            published_at: *published_at,
            at: *at,
            incident: IncidentEntry {
                id: self.story.incident.id.to_string(),
                title: (*title).to_owned(),
                kind: self.story.incident.kind.word(),
                url: self.url.clone(),
            },
            status: self.status(*status),
            impact: impact.word(),
            components: named
                .map(|(component, state)| ComponentEntry {
                    id: component.id.to_string(),
                    name: component.name.clone(),
                    state: state.map(|it| it.word()),
                })
                .collect(),
            scheduled_for: schedule.map(|it| it.0),
            scheduled_until: schedule.map(|it| it.1),
            text: note.map(ToOwned::to_owned).or_else(|| self.text(*origin)).filter(|it| !it.is_empty()),
            author: self.author(*origin),
            withdrawn: self.is_withdrawn(*origin),
            about: about(*origin).map(|it| self.idents.id(it, *at)),
            url: self.link(*origin),
            order: Order {
                published_at: *published_at,
                at: *at,
                incident: self.story.incident.id.clone(),
                index,
            },
        }
    }

    /// An incident of which no status was said is being looked into.
    fn status(&self, status: Option<Status>) -> Option<&'static str> {
        let unsaid = matches!(self.story.incident.kind, Kind::Incident(_)).then_some(Status::Investigating);
        status.or(unsaid).map(Status::word)
    }

    fn text(&self, origin: Origin) -> Option<String> {
        let incident = &self.story.incident;
        match origin {
            Origin::Opening => Some(incident.summary.plain.clone()),
            Origin::Update(index) => {
                let telling = &self.story.updates[index];
                let note = telling.retracted.as_ref().map(|it| it.note.clone());
                Some(note.unwrap_or_else(|| telling.update(self.story).body.plain.clone()))
            }
            Origin::Postmortem => incident.postmortem.as_ref().and_then(|it| it.root_cause.clone()),
            Origin::Clock { .. } | Origin::End | Origin::Correction { .. } | Origin::Retraction(_) => None,
        }
    }

    fn author(&self, origin: Origin) -> Option<String> {
        let Origin::Update(index) = origin else { return None };
        let update = self.story.updates[index].update(self.story);
        update.author.clone().filter(|_| self.site.show.authors)
    }

    fn is_withdrawn(&self, origin: Origin) -> bool {
        let is_update =
            matches!(origin, Origin::Update(index) if self.story.updates[index].retracted.is_some());
        is_update || (self.story.retracted.is_some() && origin != Origin::Retraction(Part::Whole))
    }

    /// Where a page tells of it.
    fn link(&self, origin: Origin) -> String {
        match about(origin).unwrap_or(origin) {
            Origin::Update(index) => format!("{}#{}", self.url, self.anchors[index]),
            Origin::Postmortem => path::address(&self.site.url, &path::postmortem(&self.story.incident.id)),
            _ => self.url.clone(),
        }
    }
}

/// What a remark is about.
fn about(origin: Origin) -> Option<Origin> {
    let (Origin::Correction { of, .. } | Origin::Retraction(of)) = origin else { return None };
    Some(match of {
        Part::Whole => Origin::Opening,
        Part::Update(index) => Origin::Update(index),
        Part::Postmortem => Origin::Postmortem,
    })
}
