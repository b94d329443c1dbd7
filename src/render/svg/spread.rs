//! The graph of a story: its components, and the dependencies along which it spread.

use std::collections::BTreeMap;

use super::cascade::{Edge, Graph, Node};
use crate::model::{ComponentId, Dependency, Kind, Site, Strength};
use crate::render::reached::{Certainty, Reached, reached};
use crate::timeline::{Basis, Piece, Story, Track};
use crate::words::Words;

/// The most lines that are drawn. Of more nobody sees which leads where, and each passes every column between its ends.
const MOST_LINES: usize = 200;

/// How `story` spread; none where no dependency connects what it touched, or so many do that a drawing would show
/// nothing. The list of the same tells it then.
pub fn spread(story: &Story, site: &Site, words: &Words) -> Option<Graph> {
    let members = members(story, site, words);
    let edges = edges(story, site, words, &members);
    if edges.is_empty() || MOST_LINES < edges.len() {
        return None;
    }
    let teller = Teller { site, words };
    Some(Graph {
        title: words.text("spread.graph").to_owned(),
        description: teller.description(&members, &edges),
        nodes: members.iter().map(|it| teller.node(it)).collect(),
        edges,
    })
}

/// What a story says of a component.
struct Member<'a> {
    id: &'a ComponentId,
    said: Reached,
    certainty: Certainty,
}

/// The components of a story, its cause among them, in the order of the site.
fn members<'a>(story: &'a Story, site: &'a Site, words: &Words) -> Vec<Member<'a>> {
    let cause = story.cause();
    let (tracks, suggested) = (story.tracks_so_far(), story.suggested_so_far());
    let member = |id: &'a ComponentId| {
        let with = |pieces: &[Piece], certainty| {
            let said = reached(story, pieces, certainty, (words, &site.time_zone));
            Some(Member { id, said, certainty })
        };
        match (pieces_of(&tracks, id), pieces_of(&suggested, id)) {
            (Some(pieces), _) => with(pieces, Certainty::Known),
            // What was only thought of, and then said to work, is no part of what happened.
            (None, Some(pieces)) if !story.not_affected.contains(id) => with(pieces, Certainty::Suggested),
            (None, _) if cause == Some(id) => with(&[], Certainty::Known),
            (None, _) => None,
        }
    };
    site.components.iter().filter_map(|it| member(&it.id)).collect()
}

fn pieces_of<'a>(tracks: &'a [Track], id: &ComponentId) -> Option<&'a [Piece]> {
    tracks.iter().find(|it| it.component == *id).map(|it| it.pieces.as_slice())
}

/// The dependencies among the members, and what was measured to have come from another.
fn edges(story: &Story, site: &Site, words: &Words, members: &[Member<'_>]) -> Vec<Edge> {
    let index_of: BTreeMap<&ComponentId, usize> =
        members.iter().enumerate().map(|(index, it)| (it.id, index)).collect();
    let day = story.started_at.to_zoned(site.time_zone.clone()).date();
    let mut edges: Vec<Edge> = Vec::new();
    for (to, member) in members.iter().enumerate() {
        let needed = site.component(member.id).map_or(&[][..], |it| &it.depends_on);
        for dependency in needed.iter().filter(|it| it.holds(day)) {
            if let Some(&from) = index_of.get(&dependency.component) {
                edges.push(edge(from, to, dependency, words));
            }
        }
    }
    for (cause, id) in measured(story) {
        let (Some(&from), Some(&to)) = (index_of.get(cause), index_of.get(id)) else { continue };
        let known = edges.iter().any(|it| (it.from, it.to) == (from, to));
        if !known && !leads(&edges, to, from) {
            let label = words.text("spread.measured").to_owned();
            edges.push(Edge { from, to, strength: Strength::Hard, label });
        }
    }
    edges
}

fn edge(from: usize, to: usize, dependency: &Dependency, words: &Words) -> Edge {
    let strength = words.strength(dependency.strength);
    let label = match &dependency.via {
        Some(via) => words.fill("spread.via", &[("strength", strength), ("via", via)]),
        None => strength.to_owned(),
    };
    Edge { from, to, strength: dependency.strength, label }
}

/// Pairs of a cause and what it took along, as measured afterwards.
fn measured(story: &Story) -> Vec<(&ComponentId, &ComponentId)> {
    let is_measured = |id: &ComponentId| {
        let pieces = story.tracks.iter().filter(|it| it.component == *id).flat_map(|it| &it.pieces);
        pieces.into_iter().any(|it| it.basis == Basis::Measured)
    };
    match &story.incident.kind {
        Kind::Incident(head) => head
            .windows
            .iter()
            .filter(|it| is_measured(&it.component))
            .filter_map(|it| Some((it.caused_by.as_ref()?, &it.component)))
            .collect(),
        Kind::Maintenance(_) | Kind::Notice(_) => Vec::new(),
    }
}

/// Whether a way leads from one node to another, or they are the same.
fn leads(edges: &[Edge], from: usize, to: usize) -> bool {
    let mut reached = vec![from];
    let mut next = 0;
    while let Some(&at) = reached.get(next) {
        let further = edges.iter().filter(|it| it.from == at).map(|it| it.to);
        let further: Vec<usize> = further.filter(|it| !reached.contains(it)).collect();
        reached.extend(further);
        next += 1;
    }
    reached.contains(&to)
}

/// Says what the graph shows.
struct Teller<'a> {
    site: &'a Site,
    words: &'a Words,
}

impl Teller<'_> {
    fn node(&self, member: &Member<'_>) -> Node {
        Node {
            name: self.words.component(member.id, self.site),
            state: member.said.state,
            word: member.said.word.clone(),
            window: member.said.window.clone(),
            suggested: member.certainty == Certainty::Suggested,
        }
    }

    /// A sentence for each component, with what it came from.
    fn description(&self, members: &[Member<'_>], edges: &[Edge]) -> String {
        let sentences: Vec<String> = members
            .iter()
            .enumerate()
            .map(|(index, member)| {
                let causes = edges.iter().filter(|it| it.to == index);
                let causes: Vec<String> =
                    causes.map(|it| self.words.component(members[it.from].id, self.site)).collect();
                let key = match (member.said.state.is_none(), causes.is_empty()) {
                    (true, _) => "spread.began",
                    (false, true) => "spread.root",
                    (false, false) => "spread.dependent",
                };
                let name = self.words.component(member.id, self.site);
                let values = [
                    ("name", name.as_str()),
                    ("state", &member.said.word),
                    ("window", &member.said.window),
                    ("causes", &self.words.list(&causes)),
                ];
                self.words.fill(key, &values)
            })
            .collect();
        sentences.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::State;
    use crate::source::Place;
    use crate::timeline::Span;
    use crate::words::sample;
    use jiff::Timestamp;
    use jiff::civil::Date;
    use std::sync::Arc;

    /// A site in which playback needs login, and search needs it a little.
    fn site() -> Site {
        let mut site =
            sample::site(&[("playback", "Playback", ""), ("search", "Search", ""), ("login", "Login", "")]);
        let needs_login = |place: &Place, strength| Dependency {
            place: place.clone(),
            component: ComponentId::new("login"),
            strength,
            via: Some("sessions".to_owned()),
            since: None,
            until: None,
        };
        site.components[0].depends_on = vec![needs_login(&site.place, Strength::Hard)];
        site.components[1].depends_on = vec![needs_login(&site.place, Strength::Soft)];
        site
    }

    fn track(id: &str, state: State) -> Track {
        let time = |time: &str| time.parse().unwrap();
        let span = Span { from: time("2020-07-10T10:30Z"), to: Some(time("2020-07-10T11:52Z")) };
        let pieces = vec![Piece { span, state, basis: Basis::Declared }];
        Track { component: ComponentId::new(id), pieces, lowered: None }
    }

    fn story(tracks: &[(&str, State)], suggested: &[(&str, State)]) -> Story {
        let mut story = Arc::into_inner(sample::story("A")).unwrap();
        let of = |tracks: &[(&str, State)]| tracks.iter().map(|&(id, state)| track(id, state)).collect();
        (story.tracks, story.suggested) = (of(tracks), of(suggested));
        (story.told_at, story.settled_at) = (Timestamp::MAX, Timestamp::MAX);
        story
    }

    fn graph(tracks: &[(&str, State)], suggested: &[(&str, State)]) -> Option<Graph> {
        spread(&story(tracks, suggested), &site(), &Words::english())
    }

    #[test]
    fn what_was_thought_of_and_works_is_no_part_of_it() {
        let tracks = [("login", State::MajorOutage), ("playback", State::MajorOutage)];
        let mut story = story(&tracks, &[("search", State::DegradedPerformance)]);
        story.not_affected = vec![ComponentId::new("search")];
        let graph = spread(&story, &site(), &Words::english()).unwrap();
        assert_eq!(graph.nodes.len(), 2);
    }

    #[test]
    fn a_dependency_that_was_given_up_is_no_line() {
        let tracks = [("login", State::MajorOutage), ("playback", State::MajorOutage)];
        let mut site = site();
        site.components[0].depends_on[0].until = Some(Date::constant(1970, 1, 1));
        assert_eq!(spread(&story(&tracks, &[]), &site, &Words::english()), None);
    }

    #[test]
    fn what_needs_what_is_a_line() {
        let graph = graph(
            &[("login", State::MajorOutage), ("playback", State::MajorOutage)],
            &[("search", State::DegradedPerformance)],
        )
        .unwrap();
        let names: Vec<&str> = graph.nodes.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["Playback", "Search", "Login"]);
        let lines: Vec<_> = graph.edges.iter().map(|it| (it.from, it.to, it.strength)).collect();
        assert_eq!(lines, [(2, 0, Strength::Hard), (2, 1, Strength::Soft)]);
        assert_eq!(graph.edges[0].label, "hard, sessions");
        assert_eq!(graph.nodes[1].word, "May have been affected");
        assert_eq!(
            graph.description,
            "Playback, which needs Login: Major outage, 10:30–11:52 UTC. \
             Search, which needs Login: May have been affected, 10:30–11:52 UTC. \
             Login: Major outage, 10:30–11:52 UTC."
        );
    }

    #[test]
    fn what_is_not_connected_needs_no_graph() {
        assert_eq!(graph(&[("login", State::MajorOutage)], &[]), None);
        assert_eq!(graph(&[("playback", State::MajorOutage), ("search", State::MajorOutage)], &[]), None);
    }
}
