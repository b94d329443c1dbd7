//! How an incident spreads along dependencies.
//!
//! 1. Time is cut wherever something that matters changes.
//! 2. At each cut the components are looked at in such an order that each comes after those it needs. Of each state the
//!    best way to it is kept, because a soft dependency makes the same of two of them.
//! 3. A way is kept as its first step. It is spelt out only for what is shown, so that a long chain of dependencies, or
//!    many of them, cost no more than to look at each dependency once.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::span::{Profile, Walk};
use super::zone::{from_day_to_day, lifetime};
use super::{Basis, Piece, Span};
use crate::model::{CascadeMode, ComponentId, Site, State, Strength};

/// What one incident says, by the number of the component in site.yaml.
pub(super) struct Sources {
    /// What it says of each: operational too, where it says that.
    pub(super) own: Vec<Vec<(Span, State)>>,
    /// When each is said to work, though something it needs does not.
    pub(super) not_affected: Vec<Vec<(Span, ())>>,
    /// The mode at each time.
    pub(super) modes: Vec<(Span, CascadeMode)>,
}

/// What follows from what was said, by the number of the component.
pub(super) struct Spread {
    /// Where the cascade counts.
    pub(super) derived: Vec<Vec<Piece>>,
    /// Where it only suggests.
    pub(super) suggested: Vec<Vec<Piece>>,
}

/// The states that spread while the incident is open.
pub(super) fn spread(site: &Site, sources: &Sources, open: &[Span]) -> Spread {
    let count = site.components.len();
    let mut derived: Vec<Profile<Reached>> = (0..count).map(|_| Profile::default()).collect();
    let mut suggested: Vec<Profile<Reached>> = (0..count).map(|_| Profile::default()).collect();
    if can_spread(sources) {
        let graph = Graph::of(site);
        let mut instants = Instants::new(&graph, sources, open);
        for at in cuts(&graph, sources, open) {
            let mode = instants.go_to(at);
            for component in 0..count {
                let reached = instants.reached(component);
                let (counts, may) = match mode {
                    CascadeMode::Off => (None, None),
                    CascadeMode::Suggest => (None, reached),
                    CascadeMode::Derive => (reached, None),
                };
                derived[component].turn(at, counts);
                suggested[component].turn(at, may);
            }
        }
    }
    let mut paths = Paths { site, named: BTreeMap::new() };
    let mut name = |profiles: Vec<Profile<Reached>>| -> Vec<Vec<Piece>> {
        profiles.into_iter().map(|it| paths.pieces(it.finish())).collect()
    };
    Spread { derived: name(derived), suggested: name(suggested) }
}

/// A state that came, and the numbers of the components on its way, nearest first.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Reached {
    state: State,
    path: Vec<usize>,
}

/// The best way by which a state comes to a component: one step, from which the rest follows.
#[derive(Clone, Copy, Debug)]
struct Way {
    /// How many components are on it; none where the component itself is said to be in the state.
    length: usize,
    /// The first component on it, and the state that it passes on.
    next: (usize, State),
}

/// Of each state that spreads, the best way it takes to one component.
type Ways = [Option<Way>; State::ALL.len()];

/// Which component needs which, by their numbers in site.yaml.
struct Graph {
    needs: Vec<Vec<Need>>,
    lifetimes: Vec<Span>,
    /// All components, each after those that it needs.
    order: Vec<usize>,
}

struct Need {
    upstream: usize,
    strength: Strength,
    holds: Span,
}

impl Graph {
    fn of(site: &Site) -> Graph {
        let numbers: BTreeMap<&ComponentId, usize> =
            site.components.iter().enumerate().map(|(number, it)| (&it.id, number)).collect();
        let needs = site.components.iter().map(|component| {
            let needs = component.depends_on.iter().filter_map(|it| {
                let holds = from_day_to_day(&site.time_zone, it.since, it.until);
                Some(Need { upstream: *numbers.get(&it.component)?, strength: it.strength, holds })
            });
            needs.collect()
        });
        let needs: Vec<Vec<Need>> = needs.collect();
        Graph {
            order: upstream_first(&needs),
            needs,
            lifetimes: site.components.iter().map(|it| lifetime(site, it)).collect(),
        }
    }
}

/// The components in such an order that each comes after those that it needs. There are no circles.
fn upstream_first(needs: &[Vec<Need>]) -> Vec<usize> {
    let mut dependents: Vec<Vec<usize>> = vec![Vec::new(); needs.len()];
    let mut missing: Vec<usize> = needs.iter().map(Vec::len).collect();
    for (component, needs) in needs.iter().enumerate() {
        needs.iter().for_each(|need| dependents[need.upstream].push(component));
    }
    let mut order: Vec<usize> = (0..needs.len()).filter(|it| missing[*it] == 0).collect();
    let mut done = 0;
    while let Some(&upstream) = order.get(done) {
        done += 1;
        for &dependent in &dependents[upstream] {
            missing[dependent] -= 1;
            if missing[dependent] == 0 {
                order.push(dependent);
            }
        }
    }
    order
}

/// The cascade at instants that follow each other. At each of them every dependency is looked at once.
struct Instants<'a> {
    graph: &'a Graph,
    own: Vec<Walk<'a, State>>,
    not_affected: Vec<Walk<'a, ()>>,
    modes: Walk<'a, CascadeMode>,
    open: &'a [Span],
    at: Timestamp,
    ways: Vec<Ways>,
}

impl<'a> Instants<'a> {
    fn new(graph: &'a Graph, sources: &'a Sources, open: &'a [Span]) -> Self {
        Instants {
            graph,
            own: sources.own.iter().map(|it| Walk::new(it)).collect(),
            not_affected: sources.not_affected.iter().map(|it| Walk::new(it)).collect(),
            modes: Walk::new(&sources.modes),
            open,
            at: Timestamp::MIN,
            ways: vec![Ways::default(); graph.needs.len()],
        }
    }

    /// Finds all ways at a later instant, and returns what the cascade does then.
    fn go_to(&mut self, at: Timestamp) -> CascadeMode {
        self.at = at;
        let before = self.open.partition_point(|span| span.to.is_some_and(|to| to <= at));
        let is_open = self.open.get(before).is_some_and(|span| span.contains(at));
        let mode = self.modes.at(at).copied().filter(|_| is_open).unwrap_or(CascadeMode::Off);
        if mode != CascadeMode::Off {
            for place in 0..self.graph.order.len() {
                let component = self.graph.order[place];
                self.ways[component] = self.find_ways(component);
            }
        }
        mode
    }

    /// The worst state that came to a component from others.
    fn reached(&self, component: usize) -> Option<Reached> {
        let ways = self.ways[component];
        let (state, way) =
            State::ALL.into_iter().zip(ways).rev().find_map(|(state, way)| Some((state, way?)))?;
        (0 < way.length).then(|| Reached { state, path: self.steps(way).collect() })
    }

    /// The ways by which states come to a component. What is said of itself has an empty way, and
    /// nothing else comes.
    fn find_ways(&mut self, component: usize) -> Ways {
        let mut ways = Ways::default();
        if let Some(state) = self.own[component].at(self.at) {
            ways[*state as usize] = Some(Way { length: 0, next: (component, *state) });
            return ways;
        }
        let is_spared = self.not_affected[component].at(self.at).is_some();
        if is_spared || !self.graph.lifetimes[component].contains(self.at) {
            return ways;
        }
        for need in self.graph.needs[component].iter().filter(|need| need.holds.contains(self.at)) {
            for (state, way) in State::ALL.into_iter().zip(self.ways[need.upstream]) {
                let Some((passed, way)) = passed_on(state, need.strength).zip(way) else { continue };
                let way = Way { length: way.length + 1, next: (need.upstream, state) };
                let best = &mut ways[passed as usize];
                if best.is_none_or(|best| self.is_better(way, best)) {
                    *best = Some(way);
                }
            }
        }
        ways
    }

    /// Whether one way is shorter than another or, of equal length, comes first in site.yaml.
    fn is_better(&self, way: Way, than: Way) -> bool {
        match way.length.cmp(&than.length) {
            Ordering::Equal if way.next.0 != than.next.0 => way.next.0 < than.next.0,
            Ordering::Equal => self.steps(way).lt(self.steps(than)),
            order => order.is_lt(),
        }
    }

    /// The components on a way, nearest first.
    fn steps(&self, way: Way) -> impl Iterator<Item = usize> + '_ {
        let rest = |way: &Way| self.ways[way.next.0][way.next.1 as usize];
        let ways = std::iter::successors(Some(way), move |way| rest(way));
        ways.take_while(|way| 0 < way.length).map(|way| way.next.0)
    }
}

/// What a dependent takes of an upstream's state, where it takes any.
fn passed_on(state: State, strength: Strength) -> Option<State> {
    match (strength, state) {
        (_, State::Operational | State::UnderMaintenance) => None,
        (Strength::Hard, state) => Some(state),
        (Strength::Soft, State::DegradedPerformance) => None,
        (Strength::Soft, State::PartialOutage | State::MajorOutage) => Some(State::DegradedPerformance),
    }
}

fn can_spread(sources: &Sources) -> bool {
    let mut states = sources.own.iter().flatten().map(|(_, state)| *state);
    sources.modes.iter().any(|(_, mode)| *mode != CascadeMode::Off)
        && states.any(|state| State::UnderMaintenance < state)
}

/// The instants within the incident at which what spreads may change, and its ends.
fn cuts(graph: &Graph, sources: &Sources, open: &[Span]) -> Vec<Timestamp> {
    let own = sources.own.iter().flatten().map(|(span, _)| *span);
    let modes = sources.modes.iter().map(|(span, _)| *span);
    let spared = sources.not_affected.iter().flatten().map(|(span, ())| *span);
    let needs = graph.needs.iter().flatten().map(|need| need.holds);
    let spans = own.chain(modes).chain(spared).chain(needs).chain(graph.lifetimes.iter().copied());
    let (Some(first), Some(last)) = (open.first(), open.last()) else { return Vec::new() };
    let whole = Span { from: first.from, to: last.to };
    let inside = spans.flat_map(|span| [Some(span.from), span.to]).flatten();
    let inside = inside.filter(|at| whole.contains(*at));
    let ends = open.iter().flat_map(|span| [Some(span.from), span.to]).flatten();
    let mut cuts: Vec<Timestamp> = inside.chain(ends).collect();
    cuts.sort_unstable();
    cuts.dedup();
    cuts
}

/// The names of ways. What comes by the same way shares its name.
struct Paths<'a> {
    site: &'a Site,
    named: BTreeMap<Vec<usize>, Arc<[ComponentId]>>,
}

impl Paths<'_> {
    fn pieces(&mut self, reached: Vec<(Span, Reached)>) -> Vec<Piece> {
        let pieces = reached.into_iter();
        pieces
            .map(|(span, Reached { state, path })| Piece {
                span,
                state,
                basis: Basis::Derived(self.name(path)),
            })
            .collect()
    }

    fn name(&mut self, path: Vec<usize>) -> Arc<[ComponentId]> {
        let components = &self.site.components;
        let name = |path: &Vec<usize>| path.iter().map(|it| components[*it].id.clone()).collect();
        Arc::clone(self.named.entry(path).or_insert_with_key(name))
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Written, id, site, span, state, written};
    use super::super::{Basis, Track};
    use crate::model::{CascadeMode, Site};

    fn larkspur() -> Site {
        site(&["login", "library", "playback > login", "speakers > playback ~library", "search"])
            .cascading(CascadeMode::Derive)
    }

    /// What comes to a component: `["10:00-11:00 major playback login"]`, the way at the end.
    #[track_caller]
    fn check(tracks: &[Track], component: &str, expected: &[&str]) {
        let track = tracks.iter().find(|it| it.component == id(component));
        let pieces = track.map_or(&[][..], |it| &it.pieces);
        let found: Vec<_> = pieces
            .iter()
            .map(|it| match &it.basis {
                Basis::Derived(path) => (it.span, it.state, path.to_vec()),
                Basis::Declared | Basis::Measured | Basis::Maintenance => (it.span, it.state, Vec::new()),
            })
            .collect();
        let parse = |text: &&str| {
            let words: Vec<&str> = text.split(' ').collect();
            (span(words[0]), state(words[1]), words[2..].iter().map(|it| id(it)).collect())
        };
        assert_eq!(found, expected.iter().map(parse).collect::<Vec<_>>());
    }

    #[track_caller]
    fn check_derived(site: Site, incident: &Written, component: &str, expected: &[&str]) {
        check(&incident.story_on(site, "20:00").expect("it is public").tracks, component, expected);
    }

    fn login_down() -> Written {
        written("login").says("10:00 investigating login=major").says("11:00 resolved")
    }

    #[test]
    fn speakers_are_down_through_playback_through_login_for_as_long_as_login_is() {
        check_derived(larkspur(), &login_down(), "speakers", &["10:00-11:00 major playback login"]);
        check_derived(larkspur(), &login_down(), "playback", &["10:00-11:00 major login"]);
        check_derived(larkspur(), &login_down(), "search", &[]);
    }

    #[test]
    fn a_soft_dependent_is_degraded_by_a_partial_outage_or_worse() {
        let library = |word: &str| {
            written("library").says(&format!("10:00 investigating library={word}")).says("11:00 resolved")
        };
        check_derived(larkspur(), &library("partial"), "speakers", &["10:00-11:00 degraded library"]);
        check_derived(larkspur(), &library("major"), "speakers", &["10:00-11:00 degraded library"]);
        check_derived(larkspur(), &library("degraded"), "speakers", &[]);
    }

    #[test]
    fn the_worst_way_counts_then_the_shortest_then_the_first_of_the_file() {
        let both =
            written("both").says("10:00 investigating login=major library=major").says("11:00 resolved");
        check_derived(larkspur(), &both, "speakers", &["10:00-11:00 major playback login"]);
        let twins = site(&["a", "b", "c > b a", "d > c a"]).cascading(CascadeMode::Derive);
        let both = written("both").says("10:00 investigating a=major b=major").says("11:00 resolved");
        check_derived(twins, &both, "c", &["10:00-11:00 major a"]);
        let longer = site(&["a", "c > a", "d > c a"]).cascading(CascadeMode::Derive);
        let one = written("one").says("10:00 investigating a=major").says("11:00 resolved");
        check_derived(longer, &one, "d", &["10:00-11:00 major a"]);
    }

    #[test]
    fn a_softer_state_by_a_shorter_way_is_kept_for_soft_dependents() {
        let soft = site(&["a", "b", "c > a b", "b2 > a", "d > ~c"]).cascading(CascadeMode::Derive);
        let incident = written("x").says("10:00 investigating b2=major a=partial").says("11:00 resolved");
        check_derived(soft, &incident, "d", &["10:00-11:00 degraded c a"]);
    }

    #[test]
    fn what_the_incident_says_itself_wins_from_the_instant_it_is_said() {
        let incident = written("login")
            .start("10:00")
            .head("login=major")
            .says("10:30 identified playback=operational")
            .says("11:00 resolved");
        check_derived(larkspur(), &incident, "playback", &["10:00-10:30 major login"]);
        check_derived(larkspur(), &incident, "speakers", &["10:00-10:30 major playback login"]);
    }

    #[test]
    fn what_the_incident_says_itself_wins_from_the_instant_it_holds() {
        let incident = written("login")
            .start("10:00")
            .head("login=major")
            .says("10:30 identified playback=degraded@10:10")
            .says("11:00 resolved");
        check_derived(
            larkspur(),
            &incident,
            "playback",
            &["10:00-10:10 major login", "10:10-11:00 degraded"],
        );
    }

    #[test]
    fn a_component_that_needs_all_earlier_ones_takes_the_shortest_way() {
        let names: Vec<String> = (0..60).map(|it| format!("c{it}")).collect();
        let needing: Vec<String> =
            names.iter().enumerate().map(|(at, it)| format!("{it} > {}", names[..at].join(" "))).collect();
        let needing: Vec<&str> = needing.iter().map(String::as_str).collect();
        let incident = written("c0").says("10:00 investigating c0=major").says("11:00 resolved");
        let dense = site(&needing).cascading(CascadeMode::Derive);
        check_derived(dense, &incident, "c59", &["10:00-11:00 major c0"]);
    }

    #[test]
    fn a_chain_of_many_is_followed_to_its_end() {
        let needing: Vec<String> = (1..5000).map(|it| format!("c{it} > c{}", it - 1)).collect();
        let needing: Vec<&str> = needing.iter().map(String::as_str).collect();
        let chain = site(&[&["c0"], needing.as_slice()].concat()).cascading(CascadeMode::Derive);
        let incident = written("c0").says("10:00 investigating c4990=major").says("11:00 resolved");
        let path = "c4998 c4997 c4996 c4995 c4994 c4993 c4992 c4991 c4990";
        check_derived(chain, &incident, "c4999", &[&format!("10:00-11:00 major {path}")]);
    }

    #[test]
    fn not_affected_holds_throughout_or_from_its_update_on() {
        let head = login_down().disruption(|it| it.not_affected = vec![id("playback")]);
        check_derived(larkspur(), &head, "playback", &[]);
        check_derived(larkspur(), &head, "speakers", &[]);
        let told = written("login")
            .says("10:00 investigating login=major")
            .says("10:20 identified !spared=playback")
            .says("11:00 resolved");
        check_derived(larkspur(), &told, "playback", &["10:00-10:20 major login"]);
    }

    #[test]
    fn windows_cascade_like_declared_states() {
        let measured = login_down().window("login=partial 10:10-10:40");
        check_derived(larkspur(), &measured, "speakers", &["10:10-10:40 partial playback login"]);
    }

    #[test]
    fn a_declared_maintenance_does_not_cascade() {
        let incident =
            written("login").says("10:00 investigating login=under_maintenance").says("11:00 resolved");
        check_derived(larkspur(), &incident, "playback", &[]);
    }

    #[test]
    fn a_suggestion_changes_no_state() {
        let suggest = larkspur().cascading(CascadeMode::Suggest);
        let story = login_down().story_on(suggest, "20:00").expect("it is public");
        check(&story.tracks, "playback", &[]);
        check(&story.suggested, "playback", &["10:00-11:00 major login"]);
        let off =
            login_down().story_on(larkspur().cascading(CascadeMode::Off), "20:00").expect("it is public");
        check(&off.suggested, "playback", &[]);
    }

    #[test]
    fn the_mode_can_change_while_it_burns() {
        let incident = written("login")
            .says("10:00 investigating login=major")
            .says("10:30 identified !derive=")
            .says("11:00 resolved");
        let story = incident.story_on(larkspur().cascading(CascadeMode::Suggest), "20:00").expect("public");
        check(&story.tracks, "playback", &["10:30-11:00 major login"]);
        check(&story.suggested, "playback", &["10:00-10:30 major login"]);
    }

    #[test]
    fn a_dependency_holds_from_day_to_day_of_the_sites_zone() {
        let incident = written("login").says("01T10:00 investigating login=major").says("04T10:00 resolved");
        let mut site = larkspur().in_zone("Europe/Stockholm");
        let dependency = &mut site.components[2].depends_on[0];
        dependency.since = Some("2026-03-02".parse().expect("a day"));
        dependency.until = Some("2026-03-03".parse().expect("a day"));
        let story = incident.story_on(site, "05T00:00").expect("it is public");
        check(&story.tracks, "playback", &["01T23:00-02T23:00 major login"]);
    }

    #[test]
    fn what_is_retired_passes_nothing_on() {
        let incident = written("login").says("01T10:00 investigating login=major").says("04T10:00 resolved");
        let mut site = larkspur();
        site.components[2].until = Some("2026-03-02".parse().expect("a day"));
        let story = incident.story_on(site, "05T00:00").expect("it is public");
        check(&story.tracks, "playback", &["01T10:00-02T00:00 major login"]);
        check(&story.tracks, "speakers", &["01T10:00-02T00:00 major playback login"]);
    }
}
