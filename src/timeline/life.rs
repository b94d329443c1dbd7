//! One component's life: what all stories put it in, side by side and flattened to the worst.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use super::span::worst;
use super::uptime::Life;
use super::zone::lifetime;
use super::{Basis, Course, OwnedPiece, Piece, Span, Standing, Story, Track, Via};
use crate::model::{Component, ComponentId, Site, State};

/// What the stories say of each component, up to an instant.
#[derive(Debug, Default)]
pub(super) struct Lives {
    pub(super) pieces: BTreeMap<ComponentId, Vec<OwnedPiece>>,
    excludable: BTreeMap<ComponentId, Vec<Span>>,
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
                lives.entry(track).extend(owned);
            }
            for track in &story.suggested {
                let owned = track.pieces.iter().filter(|it| it.span.contains(now));
                let owned = owned.filter_map(|it| begun(it, story, now));
                lives.suggested.entry(track.component.clone()).or_default().extend(owned);
            }
            lives.exclude(story);
        }
        for pieces in lives.pieces.values_mut() {
            pieces.sort_by(|one, other| {
                let key = |it: &OwnedPiece| (it.span.from, it.span.to.unwrap_or(Timestamp::MAX));
                key(one).cmp(&key(other)).then_with(|| one.story.incident.id.cmp(&other.story.incident.id))
            });
        }
        lives
    }

    /// The component's life, ready to be counted.
    pub(super) fn life(&self, site: &Site, component: &Component) -> Life {
        let pieces = self.pieces.get(&component.id).map_or(&[][..], Vec::as_slice);
        let excludable = self.excludable.get(&component.id).into_iter().flatten();
        let excludable = worst(excludable.map(|span| (*span, State::UnderMaintenance)));
        Life {
            known: vec![lifetime(site, component)],
            states: worst(pieces.iter().map(|it| (it.span, it.state))),
            excludable: excludable.into_iter().map(|(span, _)| span).collect(),
        }
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

    fn entry(&mut self, track: &Track) -> &mut Vec<OwnedPiece> {
        self.pieces.entry(track.component.clone()).or_default()
    }

    fn exclude(&mut self, story: &Story) {
        let Course::Maintenance(course) = &story.course else { return };
        for track in &story.tracks {
            self.excludable.entry(track.component.clone()).or_default().extend(&course.excludable);
        }
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
