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
