//! How an incident spread: a graph, and the same as a nested list.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{NameView, StateView, Voice};
use crate::model::{ComponentId, Kind, Strength};
use crate::render::{Markup, svg};
use crate::timeline::{Basis, Story, Track};

/// How an incident spread.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct SpreadView {
    /// The graph, with its text.
    pub graph: Option<Markup>,
    /// Where it began, and below each component those that it took along.
    pub roots: Vec<SpreadNodeView>,
}

/// A component on the way.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct SpreadNodeView {
    /// The component.
    pub component: NameView,
    /// The worst state it was in; none of a cause of which no state was said.
    pub state: Option<StateView>,
    /// What connects it with the one above: how much it needs it, and for what.
    pub link: Option<String>,
    /// Those that it took along.
    pub children: Vec<SpreadNodeView>,
}

/// How a story spread; none where nothing led from one component to another.
pub(super) fn spread(voice: &Voice<'_>, story: &Story) -> Option<SpreadView> {
    let parents = parents(voice, story);
    if parents.is_empty() {
        return None;
    }
    let tree = Tree { voice, story, parents: &parents };
    let roots = tree.members().into_iter().filter(|id| !parents.contains_key(id));
    let graph = svg::spread(story, voice.site, voice.words).map(|it| svg::cascade(&it));
    Some(SpreadView { graph, roots: roots.map(|id| tree.node(&id)).collect() })
}

/// From which affected component each one took its state: as its own way says, as measured, or as
/// the dependencies have it.
fn parents(voice: &Voice<'_>, story: &Story) -> BTreeMap<ComponentId, ComponentId> {
    let mut parents = BTreeMap::new();
    let members = members(voice, story);
    for track in &story.tracks_so_far() {
        let found = derived_from(track)
            .or_else(|| measured_from(story, &track.component))
            .or_else(|| depends_on(voice, story, &track.component, &members));
        let Some(parent) = found.filter(|it| members.contains(it)) else { continue };
        if !leads_to(&parents, &parent, &track.component) {
            parents.insert(track.component.clone(), parent);
        }
    }
    parents
}

fn members(voice: &Voice<'_>, story: &Story) -> BTreeSet<ComponentId> {
    let cause = story.cause().filter(|id| voice.site.component(id).is_some());
    story.tracks_so_far().into_iter().map(|it| it.component).chain(cause.cloned()).collect()
}

fn derived_from(track: &Track) -> Option<ComponentId> {
    let worst = track.pieces.iter().max_by_key(|it| it.state)?;
    match &worst.basis {
        Basis::Derived(path) => path.first().cloned(),
        Basis::Declared | Basis::Measured | Basis::Maintenance => None,
    }
}

fn measured_from(story: &Story, component: &ComponentId) -> Option<ComponentId> {
    let Kind::Incident(head) = &story.incident.kind else { return None };
    head.windows.iter().filter(|it| it.component == *component).find_map(|it| it.caused_by.clone())
}

fn depends_on(
    voice: &Voice<'_>,
    story: &Story,
    component: &ComponentId,
    members: &BTreeSet<ComponentId>,
) -> Option<ComponentId> {
    let needed = &voice.site.component(component)?.depends_on;
    let day = voice.day_of(story.started_at);
    let among = |strength| {
        let mut known = needed.iter().filter(|it| it.holds(day) && members.contains(&it.component));
        known.find(|it| it.strength == strength)
    };
    let found = among(Strength::Hard).or_else(|| among(Strength::Soft));
    found.map(|it| it.component.clone())
}

/// Whether `from` is below `to` already, or is it: a measured cause may contradict the dependencies.
fn leads_to(parents: &BTreeMap<ComponentId, ComponentId>, from: &ComponentId, to: &ComponentId) -> bool {
    let mut at = Some(from);
    while let Some(id) = at {
        if id == to {
            return true;
        }
        at = parents.get(id);
    }
    false
}

/// The nested list while it is made.
struct Tree<'a> {
    voice: &'a Voice<'a>,
    story: &'a Story,
    parents: &'a BTreeMap<ComponentId, ComponentId>,
}

impl Tree<'_> {
    /// Everything on the way, in the order of the site.
    fn members(&self) -> Vec<ComponentId> {
        let members = members(self.voice, self.story);
        let ids = self.voice.site.components.iter().map(|it| &it.id);
        ids.filter(|id| members.contains(id)).cloned().collect()
    }

    fn node(&self, id: &ComponentId) -> SpreadNodeView {
        let tracks = self.story.tracks_so_far();
        let track = tracks.iter().find(|it| it.component == *id);
        let worst = track.and_then(|it| it.pieces.iter().map(|piece| piece.state).max());
        let is_child = |it: &ComponentId| self.parents.get(it) == Some(id);
        let children = self.members().into_iter().filter(is_child);
        SpreadNodeView {
            component: self.voice.component(id),
            state: worst.map(|it| self.voice.state(it)),
            link: self.parents.get(id).and_then(|parent| self.link(id, parent)),
            children: children.map(|it| self.node(&it)).collect(),
        }
    }

    fn link(&self, id: &ComponentId, parent: &ComponentId) -> Option<String> {
        let component = self.voice.site.component(id)?;
        let dependency = component.depends_on.iter().find(|it| it.component == *parent)?;
        let strength = self.voice.words.strength(dependency.strength).to_owned();
        Some(match &dependency.via {
            Some(via) => format!("{strength}, {via}"),
            None => strength,
        })
    }
}
