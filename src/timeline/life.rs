//! One component's life: what all stories put it in, side by side and flattened to the worst.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::span::worst;
use super::uptime::Life;
use super::zone::lifetime;
use super::{Basis, Course, OwnedPiece, Piece, Span, Standing, Story, Via};
use crate::model::{Component, ComponentId, Site, State};

/// What the stories say of each component, up to an instant.
#[derive(Debug, Default)]
pub(super) struct Lives {
    pub(super) pieces: BTreeMap<ComponentId, Vec<OwnedPiece>>,
    /// What is suggested at the instant.
    suggested: BTreeMap<ComponentId, Vec<OwnedPiece>>,
}

impl Lives {
    /// Gathers the stories' pieces that have begun at `now`, each component's in order of time.
    pub(super) fn gather(stories: &[Arc<Story>], now: Timestamp) -> Lives {
        let mut lives = Lives::default();
        for story in stories {
            for track in &story.tracks {
                let owned = track.pieces.iter().filter_map(|it| begun(it, story, now));
                lives.pieces.entry(track.component.clone()).or_default().extend(owned);
            }
            for track in &story.suggested {
                let owned = track.pieces.iter().filter(|it| it.span.contains(now));
                let owned = owned.filter_map(|it| begun(it, story, now));
                lives.suggested.entry(track.component.clone()).or_default().extend(owned);
            }
        }
        for pieces in lives.pieces.values_mut() {
            pieces.sort_by(|one, other| {
                let key = |it: &OwnedPiece| (it.span.from, it.span.to.unwrap_or(Timestamp::MAX));
                key(one).cmp(&key(other)).then_with(|| one.story.incident.id.cmp(&other.story.incident.id))
            });
        }
        lives
    }

    /// The way by which a worse state than the declared one comes, if one does.
    pub(super) fn via(&self, component: &ComponentId, declared: State, now: Timestamp) -> Option<Via> {
        let running = |lives: &BTreeMap<ComponentId, Vec<OwnedPiece>>, counts: bool| -> Vec<Via> {
            let pieces = lives.get(component).into_iter().flatten().filter(|it| it.span.contains(now));
            pieces.filter_map(|it| via(it, counts)).collect()
        };
        let mut ways = running(&self.pieces, true);
        ways.extend(running(&self.suggested, false));
        ways.retain(|it| declared < it.state);
        ways.sort_by_key(|it| (std::cmp::Reverse(it.state), !it.counts, it.path.len(), it.incident.clone()));
        ways.into_iter().next()
    }
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
    let running = pieces.iter().filter(|it| it.span.contains(now) && count(&it.basis));
    Standing::In(running.map(|it| it.state).max().unwrap_or(State::Operational))
}

/// Whether a state was said of the component itself.
pub(super) fn is_own(basis: &Basis) -> bool {
    match basis {
        Basis::Declared | Basis::Measured | Basis::Maintenance => true,
        Basis::Derived(_) => false,
    }
}

/// The piece as the board knows it: none that lies ahead, and what still runs has no end.
fn begun(piece: &Piece, story: &Arc<Story>, now: Timestamp) -> Option<OwnedPiece> {
    let Piece { span, state, basis } = piece;
    let span = Span { from: span.from, to: span.to.filter(|to| *to <= now) };
    let owned = OwnedPiece { span, state: *state, basis: basis.clone(), story: Arc::clone(story) };
    (span.from <= now).then_some(owned)
}

fn excludable_of(piece: &OwnedPiece) -> &[Span] {
    match &piece.story.course {
        Course::Maintenance(course) => &course.excludable,
        Course::Incident(_) | Course::Notice { .. } => &[],
    }
}

fn via(piece: &OwnedPiece, counts: bool) -> Option<Via> {
    match &piece.basis {
        Basis::Derived(path) => Some(Via {
            path: Arc::clone(path),
            state: piece.state,
            counts,
            incident: piece.story.incident.id.clone(),
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
