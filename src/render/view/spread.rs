//! How an incident spread: a graph, and the same as a nested list.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{NameView, StateView, Voice};
use crate::model::{ComponentId, Kind, Strength};
use crate::render::reached::{Certainty, Reached, reached};
use crate::render::{Markup, svg};
use crate::timeline::{Basis, Story, Track};

/// How an incident spread.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct SpreadView {
    /// The graph, with its text.
    pub graph: Option<Markup>,
    /// Where it began, and below each component those that it took along: a nested list from the top down.
    pub rows: Vec<SpreadRowView>,
}

/// A component on the way: an entry of a nested list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct SpreadRowView {
    /// The component.
    pub component: NameView,
    /// What it is in, or that it has recovered; once it is over the worst it was in. None of a cause of
    /// which no state was said.
    pub state: Option<StateView>,
    /// "since 10:58 UTC", "10:30–11:52 UTC".
    pub window: String,
    /// What connects it with the one above: how much it needs it, and for what.
    pub link: Option<String>,
    /// Whether the next row is the first of a list below this one; else this entry ends here.
    pub opens: bool,
    /// The levels whose entries end with this one, innermost first: each ends a list and the entry it is in.
    pub closes: Vec<u64>,
}

/// How a story spread; none where nothing led from one component to another.
pub(super) fn spread(voice: &Voice<'_>, story: &Story) -> Option<SpreadView> {
    let parents = parents(voice, story);
    if parents.is_empty() {
        return None;
    }
    let graph = svg::spread(story, voice.site, voice.words).map(|it| svg::cascade(&it));
    Some(SpreadView { graph, rows: Tree::new(voice, story, &parents).rows() })
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
    tracks: Vec<Track>,
    parents: &'a BTreeMap<ComponentId, ComponentId>,
    /// Below each component those that it took along; below none where it began. In the order of the site.
    children: BTreeMap<Option<&'a ComponentId>, Vec<&'a ComponentId>>,
}

impl<'a> Tree<'a> {
    fn new(
        voice: &'a Voice<'a>,
        story: &'a Story,
        parents: &'a BTreeMap<ComponentId, ComponentId>,
    ) -> Tree<'a> {
        let members = members(voice, story);
        let mut children: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for component in voice.site.components.iter().filter(|it| members.contains(&it.id)) {
            children.entry(parents.get(&component.id)).or_default().push(&component.id);
        }
        Tree { voice, story, tracks: story.tracks_so_far(), parents, children }
    }

    /// The rows from the top down. This is a loop, for a chain may be longer than a stack is deep.
    fn rows(&self) -> Vec<SpreadRowView> {
        let mut rows: Vec<SpreadRowView> = Vec::new();
        let mut depth = 0;
        let mut ahead: Vec<(u64, &ComponentId)> = self.below(None, 0);
        while let Some((at, id)) = ahead.pop() {
            if let Some(last) = rows.last_mut() {
                last.closes = (at..depth).rev().collect();
            }
            let below = self.below(Some(id), at + 1);
            rows.push(self.row(id, !below.is_empty()));
            ahead.extend(below);
            depth = at;
        }
        if let Some(last) = rows.last_mut() {
            last.closes = (0..depth).rev().collect();
        }
        rows
    }

    /// Those below a component, the first of them last.
    fn below(&self, id: Option<&ComponentId>, depth: u64) -> Vec<(u64, &ComponentId)> {
        self.children.get(&id).into_iter().flatten().rev().map(|it| (depth, *it)).collect()
    }

    fn row(&self, id: &ComponentId, opens: bool) -> SpreadRowView {
        let track = self.tracks.iter().find(|it| it.component == *id);
        let pieces = track.map_or(&[][..], |it| &it.pieces);
        let language = (self.voice.words, &self.voice.site.time_zone);
        let said = reached(self.story, pieces, Certainty::Known, language);
        let Reached { state, word, window } = said;
        SpreadRowView {
            component: self.voice.component(id),
            state: state.map(|it| StateView::new(it.word(), word)),
            window,
            link: self.parents.get(id).and_then(|parent| self.link(id, parent)),
            opens,
            closes: Vec::new(),
        }
    }

    fn link(&self, id: &ComponentId, parent: &ComponentId) -> Option<String> {
        let component = self.voice.site.component(id)?;
        let dependency = component.depends_on.iter().find(|it| it.component == *parent)?;
        let strength = self.voice.words.strength(dependency.strength).to_owned();
        Some(match &dependency.via {
            Some(via) => self.voice.words.fill("spread.via", &[("strength", &strength), ("via", via)]),
            None => strength,
        })
    }
}
