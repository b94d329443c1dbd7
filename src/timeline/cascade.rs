//! How an incident spreads along dependencies.
//!
//! Time is cut wherever something that matters changes. In each stretch the states are asked for up
//! the dependencies, which have no circles; of each state the best way is kept, because a soft
//! dependency makes the same of two of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::span::Profile;
use super::zone::{from_day_to_day, lifetime};
use super::{Basis, Piece, Span};
use crate::model::{CascadeMode, ComponentId, Site, State, Strength};

/// What one incident says, by the number of the component in site.yaml.
pub(super) struct Sources {
    /// What it says of each: operational too, where it says that.
    pub(super) own: Vec<Vec<(Span, State)>>,
    /// When each is said to work, though something it needs does not.
    pub(super) not_affected: Vec<Vec<Span>>,
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
        for at in cuts(&graph, sources, open) {
            let mode = mode_at(sources, open, at);
            let mut reached = graph.reached(sources, at, mode);
            for (index, reached) in reached.drain(..).enumerate() {
                let (counts, may) = match mode {
                    CascadeMode::Off => (None, None),
                    CascadeMode::Suggest => (None, reached),
                    CascadeMode::Derive => (reached, None),
                };
                derived[index].turn(at, counts);
                suggested[index].turn(at, may);
            }
        }
    }
    let name = |profiles: Vec<Profile<Reached>>| -> Vec<Vec<Piece>> {
        profiles.into_iter().map(|it| it.finish()).map(|it| pieces(site, it)).collect()
    };
    Spread { derived: name(derived), suggested: name(suggested) }
}

/// A state that came, and the numbers of the components on its way, nearest first.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Reached {
    state: State,
    path: Vec<usize>,
}

/// Of each state that spreads, the best way it takes to one component.
type Ways = [Option<Vec<usize>>; State::ALL.len()];

/// Which component needs which, by their numbers in site.yaml.
struct Graph {
    needs: Vec<Vec<Need>>,
    lifetimes: Vec<Span>,
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
        Graph {
            needs: needs.collect(),
            lifetimes: site.components.iter().map(|it| lifetime(site, it)).collect(),
        }
    }

    /// What reaches each component at an instant, where it says nothing itself.
    fn reached(&self, sources: &Sources, at: Timestamp, mode: CascadeMode) -> Vec<Option<Reached>> {
        if mode == CascadeMode::Off {
            return vec![None; self.needs.len()];
        }
        let mut instant = Instant { graph: self, sources, at, ways: vec![None; self.needs.len()] };
        (0..self.needs.len()).map(|component| instant.reached(component)).collect()
    }
}

/// The cascade at one instant, as far as it has been followed.
struct Instant<'a> {
    graph: &'a Graph,
    sources: &'a Sources,
    at: Timestamp,
    ways: Vec<Option<Ways>>,
}

impl Instant<'_> {
    fn reached(&mut self, component: usize) -> Option<Reached> {
        let ways = self.ways(component);
        let (state, path) =
            State::ALL.into_iter().zip(ways).rev().find_map(|(state, path)| Some((state, path?)))?;
        (!path.is_empty()).then_some(Reached { state, path })
    }

    /// The ways by which states come to a component. What is said of itself has an empty way, and
    /// nothing else comes.
    fn ways(&mut self, component: usize) -> Ways {
        if let Some(known) = &self.ways[component] {
            return known.clone();
        }
        self.ways[component] = Some(Ways::default());
        let ways = self.find_ways(component);
        self.ways[component] = Some(ways.clone());
        ways
    }

    fn find_ways(&mut self, component: usize) -> Ways {
        let mut ways = Ways::default();
        if let Some(state) = state_at(&self.sources.own[component], self.at) {
            ways[state as usize] = Some(Vec::new());
            return ways;
        }
        if !self.graph.lifetimes[component].contains(self.at) || self.is_not_affected(component) {
            return ways;
        }
        let (graph, at) = (self.graph, self.at);
        for need in graph.needs[component].iter().filter(|need| need.holds.contains(at)) {
            for (state, way) in State::ALL.into_iter().zip(self.ways(need.upstream)) {
                let Some((state, way)) = passed_on(state, need.strength).zip(way) else { continue };
                let path: Vec<usize> = std::iter::once(need.upstream).chain(way).collect();
                let best = &mut ways[state as usize];
                if best.as_ref().is_none_or(|best| (path.len(), &path) < (best.len(), best)) {
                    *best = Some(path);
                }
            }
        }
        ways
    }

    fn is_not_affected(&self, component: usize) -> bool {
        self.sources.not_affected[component].iter().any(|span| span.contains(self.at))
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
    let spared = sources.not_affected.iter().flatten().copied();
    let needs = graph.needs.iter().flatten().map(|need| need.holds);
    let spans = own.chain(modes).chain(spared).chain(needs).chain(graph.lifetimes.iter().copied());
    let inside = spans.flat_map(|span| [Some(span.from), span.to]).flatten();
    let inside = inside.filter(|at| open.iter().any(|span| span.contains(*at)));
    let ends = open.iter().flat_map(|span| [Some(span.from), span.to]).flatten();
    let mut cuts: Vec<Timestamp> = inside.chain(ends).collect();
    cuts.sort_unstable();
    cuts.dedup();
    cuts
}

fn mode_at(sources: &Sources, open: &[Span], at: Timestamp) -> CascadeMode {
    if !open.iter().any(|span| span.contains(at)) {
        return CascadeMode::Off;
    }
    let mode = sources.modes.iter().find(|(span, _)| span.contains(at));
    mode.map_or(CascadeMode::Off, |(_, mode)| *mode)
}

fn state_at(painted: &[(Span, State)], at: Timestamp) -> Option<State> {
    painted.iter().find(|(span, _)| span.contains(at)).map(|(_, state)| *state)
}

fn pieces(site: &Site, reached: Vec<(Span, Reached)>) -> Vec<Piece> {
    let name = |path: Vec<usize>| -> Arc<[ComponentId]> {
        path.into_iter().map(|number| site.components[number].id.clone()).collect()
    };
    let pieces = reached.into_iter();
    pieces.map(|(span, it)| Piece { span, state: it.state, basis: Basis::Derived(name(it.path)) }).collect()
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
