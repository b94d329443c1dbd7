//! One component's life: what all stories put it in, side by side and flattened to the worst.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::span::worst;
use super::stories::identities;
use super::uptime::Life;
use super::zone::lifetime;
use super::{Basis, Course, OwnedPiece, Piece, Span, Standing, Story, Via};
use crate::model::{Component, ComponentId, Site, State};

/// What all stories say of each component.
#[derive(Clone, Debug, Default)]
pub(super) struct Lives(BTreeMap<ComponentId, Pieces>);

/// What all stories put one component in, in order of time.
#[derive(Clone, Debug)]
struct Pieces {
    all: Arc<[OwnedPiece]>,
    /// The last instant at which one of them begins or ends.
    last_edge: Timestamp,
}

impl Lives {
    /// Puts what some stories say into the place of what others say. Components that none of them names are not
    /// looked at.
    pub(super) fn replace(&mut self, gone: &[Arc<Story>], come: &[Arc<Story>]) {
        let mut added: BTreeMap<&ComponentId, Vec<OwnedPiece>> = BTreeMap::new();
        for track in gone.iter().flat_map(|it| &it.tracks) {
            added.entry(&track.component).or_default();
        }
        for (story, track) in come.iter().flat_map(|story| story.tracks.iter().map(move |it| (story, it))) {
            let pieces = track.pieces.iter().map(|it| owned(it, story));
            added.entry(&track.component).or_default().extend(pieces);
        }
        let gone = identities(gone);
        for (component, added) in added {
            let before = self.0.remove(component).map(|it| it.all).unwrap_or_default();
            let kept = before.iter().filter(|it| !gone.contains(&Arc::as_ptr(&it.story))).cloned();
            let pieces: Vec<OwnedPiece> = kept.chain(added).collect();
            if !pieces.is_empty() {
                self.0.insert(component.clone(), Pieces::new(pieces));
            }
        }
    }

    /// What has begun at `now` of one component; what still runs has no end.
    pub(super) fn begun(&self, component: &ComponentId, now: Timestamp) -> Arc<[OwnedPiece]> {
        match self.0.get(component) {
            None => Arc::default(),
            Some(Pieces { all, last_edge }) if *last_edge <= now => Arc::clone(all),
            Some(Pieces { all, last_edge: _ }) => {
                let begun = all.iter().filter(|it| it.span.from <= it.story.effective(now));
                let mut begun: Vec<OwnedPiece> = begun.map(|it| it.known_at(now)).collect();
                sort(&mut begun);
                begun.into()
            }
        }
    }
}

impl Pieces {
    fn new(mut pieces: Vec<OwnedPiece>) -> Self {
        sort(&mut pieces);
        let edges = pieces.iter().map(|it| it.span.to.unwrap_or(it.span.from).max(it.span.from));
        Pieces { last_edge: edges.max().unwrap_or(Timestamp::MIN), all: pieces.into() }
    }
}

/// By begin, then end, then incident.
fn sort(pieces: &mut [OwnedPiece]) {
    pieces.sort_by(|one, other| {
        let key = |it: &OwnedPiece| (it.span.from, it.span.to.unwrap_or(Timestamp::MAX));
        key(one).cmp(&key(other)).then_with(|| one.story.incident.id.cmp(&other.story.incident.id))
    });
}

/// The ways by which states run to each component at `now` as suggestions, which change nothing.
pub(super) fn suggestions(stories: &[Arc<Story>], now: Timestamp) -> BTreeMap<&ComponentId, Vec<Via>> {
    let mut ways: BTreeMap<&ComponentId, Vec<Via>> = BTreeMap::new();
    for (story, track) in stories.iter().flat_map(|it| it.suggested.iter().map(move |track| (it, track))) {
        let running = track.pieces.iter().filter(|it| it.span.contains(story.effective(now)));
        let found = running.filter_map(|it| way(&it.basis, it.state, story, Counts::No));
        ways.entry(&track.component).or_default().extend(found);
    }
    ways
}

/// The way by which a worse state than the declared one comes, if one does: by these pieces or else as a suggestion.
/// What counts is what the component is in, so its way is told even where a suggestion is worse.
pub(super) fn worse_way(
    declared: State,
    pieces: &[OwnedPiece],
    suggested: &[Via],
    now: Timestamp,
) -> Option<Via> {
    let running = pieces.iter().filter(|it| it.runs(now));
    let derived = running.filter_map(|it| way(&it.basis, it.state, &it.story, Counts::Yes));
    let mut ways: Vec<Via> = derived.chain(suggested.iter().cloned()).collect();
    ways.retain(|it| declared < it.state);
    ways.sort_by_key(|it| (!it.counts, Reverse(it.state), it.path.len(), it.incident.clone()));
    ways.into_iter().next()
}

/// A component's life, ready to be counted.
pub(super) fn life(site: &Site, component: &Component, pieces: &[OwnedPiece]) -> Life {
    let lifetime = lifetime(site, component);
    let claimed = component.since.map(|_| lifetime);
    let excludable = pieces.iter().filter(|it| claimed.is_some() && it.basis == Basis::Maintenance);
    let excludable = excludable.flat_map(excludable_of);
    let excludable = worst(excludable.map(|span| (*span, State::UnderMaintenance)));
    Life {
        known: vec![lifetime],
        claimed: claimed.into_iter().collect(),
        states: worst(pieces.iter().map(|it| (it.span, it.state))),
        excludable: excludable.into_iter().map(|(span, _)| span).collect(),
    }
}

/// What a component is in at `now`, by the pieces that `count`.
pub(super) fn standing(
    life: Span,
    pieces: &[OwnedPiece],
    now: Timestamp,
    count: fn(&Basis) -> bool,
) -> Standing {
    if now < life.from {
        return Standing::NoData;
    }
    if !life.contains(now) {
        return Standing::Retired;
    }
    let running = pieces.iter().filter(|it| it.runs(now) && count(&it.basis));
    Standing::In(running.map(|it| it.state).max().unwrap_or(State::Operational))
}

/// Whether a state was said of the component itself.
pub(super) fn is_own(basis: &Basis) -> bool {
    match basis {
        Basis::Declared | Basis::Measured | Basis::Maintenance => true,
        Basis::Derived(_) => false,
    }
}

fn owned(piece: &Piece, story: &Arc<Story>) -> OwnedPiece {
    let Piece { span, state, basis } = piece;
    OwnedPiece { span: *span, state: *state, basis: basis.clone(), story: Arc::clone(story) }
}

fn excludable_of(piece: &OwnedPiece) -> &[Span] {
    match &piece.story.course {
        Course::Maintenance(course) => &course.excludable,
        Course::Incident(_) | Course::Notice { .. } => &[],
    }
}

/// Whether a state that came on a way is one, or only suggested.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Counts {
    Yes,
    No,
}

fn way(basis: &Basis, state: State, story: &Story, counts: Counts) -> Option<Via> {
    match basis {
        Basis::Derived(path) => Some(Via {
            path: Arc::clone(path),
            state,
            counts: counts == Counts::Yes,
            incident: story.incident.id.clone(),
        }),
        Basis::Declared | Basis::Measured | Basis::Maintenance => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{board, id, maintenance, site, written};
    use super::*;
    use crate::model::CascadeMode;

    /// Playback's state, what was said of it, and the way by which a worse one comes.
    #[track_caller]
    fn check(mode: CascadeMode, states: &str, expected: (State, State, Option<(State, bool)>)) {
        let site = site(&["login", "playback > login"]).cascading(mode);
        let incident = [written("a").says(&format!("10:00 investigating {states}"))];
        let board = board(site, &incident, "11:00");
        let playback = &board.components[1];
        let via = playback.via.as_ref();
        assert!(via.is_none_or(|it| it.path.as_ref() == [id("login")]));
        let found = (playback.standing, playback.declared, via.map(|it| (it.state, it.counts)));
        assert_eq!(found, (Standing::In(expected.0), Standing::In(expected.1), expected.2));
    }

    #[test]
    fn a_derived_state_counts_and_tells_its_way() {
        let (fine, major) = (State::Operational, State::MajorOutage);
        check(CascadeMode::Derive, "login=major", (major, fine, Some((major, true))));
        check(CascadeMode::Suggest, "login=major", (fine, fine, Some((major, false))));
        check(CascadeMode::Off, "login=major", (fine, fine, None));
        let said = State::DegradedPerformance;
        check(CascadeMode::Derive, "login=major playback=degraded", (said, said, None));
    }

    #[test]
    fn a_derived_state_keeps_its_way_where_another_incident_suggests_a_worse_one() {
        let site = site(&["up", "other", "down > up other"]).cascading(CascadeMode::Suggest);
        let both = [
            written("a").says("10:00 investigating up=degraded !derive="),
            written("b").says("10:00 investigating other=major"),
        ];
        let board = board(site, &both, "11:00");
        let down = &board.components[2];
        let via = down.via.as_ref().expect("it is reached");
        assert_eq!(down.standing, Standing::In(State::DegradedPerformance));
        assert_eq!((via.state, via.counts), (State::DegradedPerformance, true));
        assert_eq!(via.path.as_ref(), [id("up")]);
    }

    #[test]
    fn a_component_has_no_state_before_since_and_from_until_on() {
        let mut site = site(&["new", "old", "login"]);
        site.components[0].since = Some("2026-03-02".parse().expect("a day"));
        site.components[1].until = Some("2026-03-02".parse().expect("a day"));
        let incident = [written("a").says("10:00 investigating new=major old=major")];
        let before = board(site, &incident, "23:59:59");
        assert_eq!(before.components[0].standing, Standing::NoData);
        assert_eq!(before.components[1].standing, Standing::In(State::MajorOutage));
    }

    #[test]
    fn a_retired_component_keeps_its_past_alone() {
        let mut site = site(&["old"]);
        site.components[0].until = Some("2026-03-02".parse().expect("a day"));
        let incident = [written("a").says("10:00 investigating old=major")];
        let after = board(site, &incident, "02T00:00");
        assert_eq!(after.components[0].standing, Standing::Retired);
        let pieces = &after.components[0].pieces;
        assert_eq!(pieces[0].span, super::super::fixture::span("10:00-02T00:00"));
    }

    #[test]
    fn a_maintenance_of_all_names_the_listed_ones() {
        let all = maintenance().maintenance(|it| it.components = crate::model::Scope::All);
        let mut site = site(&["login", "hidden"]);
        site.components[1].listed = false;
        let board = board(site, &[all], "02:00");
        assert_eq!(board.components[0].standing, Standing::In(State::UnderMaintenance));
        assert_eq!(board.components[1].standing, Standing::In(State::Operational));
    }
}
