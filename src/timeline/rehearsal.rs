//! A maintenance as the public knew it: played anew whenever something is learnt that changes what came before.
//!
//! What the clock has done is told once and for good: the page showed it, even if it is learnt afterwards that the
//! maintenance had been moved.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::Turn;
use super::play::{Play, Stage};
use super::public::Said;
use crate::model::{Maintenance, Status};

/// A maintenance played with what is known.
pub(super) struct Rehearsal<'a> {
    maintenance: &'a Maintenance,
    /// What was said, in order of time.
    known: Vec<Said<'a>>,
    play: Play<'a>,
    /// How often the clock has done the same at the same instant in this play, of its turns up to `looked_at`.
    counted: BTreeMap<(Timestamp, Status), usize>,
    looked_at: usize,
    /// What the clock did in this play or another, and has been told.
    told: BTreeSet<ByClock>,
}

/// What the clock did: when, what the maintenance is in from then on, and its number among those of the
/// same.
pub(super) type ByClock = (Timestamp, Status, usize);

impl<'a> Rehearsal<'a> {
    /// Before anything was said.
    pub(super) fn new(maintenance: &'a Maintenance) -> Self {
        Rehearsal {
            maintenance,
            known: Vec::new(),
            play: Play::new(maintenance),
            counted: BTreeMap::new(),
            looked_at: 0,
            told: BTreeSet::new(),
        }
    }

    /// Lets the clock act before an instant: what it has done by all that is known, and has not been told.
    pub(super) fn run_before(&mut self, at: Timestamp) -> Vec<ByClock> {
        self.play.run_before(at);
        self.untold()
    }

    /// Lets the clock act up to an instant and at it: what it has done and has not been told.
    pub(super) fn run_to(&mut self, now: Timestamp) -> Vec<ByClock> {
        self.play.run_to(now);
        self.untold()
    }

    /// Hears what was said, at its own place in the order of time: what it did there, and the status that it left.
    pub(super) fn learn(&mut self, said: Said<'a>) -> (Turn, Option<Status>) {
        let follows = self.known.last().is_none_or(|it| it.index < said.index)
            && self.play.by_clock.last().is_none_or(|(edge, _)| *edge < said.at);
        let place = self.known.partition_point(|it| it.index < said.index);
        self.known.insert(place, said);
        let (turn, status) = if follows { hear(&mut self.play, &said) } else { self.play_again(place) };
        (turn, Some(status))
    }

    /// Plays it as if the update of this index had not been written.
    pub(super) fn forget(&mut self, index: usize) {
        self.known.retain(|it| it.index != index);
        self.play_again(0);
    }

    /// The status in force.
    pub(super) fn status(&self) -> Status {
        self.play.status()
    }

    /// When it is announced to begin and to end.
    pub(super) fn schedule(&self) -> (Timestamp, Timestamp) {
        (self.play.plan.scheduled_for, self.play.plan.scheduled_until)
    }

    fn untold(&mut self) -> Vec<ByClock> {
        let mut untold = Vec::new();
        for (at, status) in &self.play.by_clock[self.looked_at..] {
            let number = self.counted.entry((*at, *status)).or_default();
            let turn = (*at, *status, *number);
            *number += 1;
            if self.told.insert(turn) {
                untold.push(turn);
            }
        }
        self.looked_at = self.play.by_clock.len();
        untold
    }

    /// Plays it from its beginning: what the update at `place` did.
    fn play_again(&mut self, place: usize) -> (Turn, Status) {
        self.play = Play::new(self.maintenance);
        self.counted.clear();
        self.looked_at = 0;
        let play = &mut self.play;
        let heard: Vec<(Turn, Status)> = self.known.iter().map(|said| hear(play, said)).collect();
        heard.get(place).copied().unwrap_or((Turn::Update, self.play.status()))
    }
}

fn hear(play: &mut Play, said: &Said) -> (Turn, Status) {
    play.run_before(said.at);
    let (stage, plan) = (play.stage, play.plan);
    play.hear(said);
    let announced = (plan.scheduled_for, plan.scheduled_until);
    let is_moved = announced != (play.plan.scheduled_for, play.plan.scheduled_until);
    let turn = match (stage, play.stage) {
        (Stage::Running { .. }, Stage::Running { .. }) | (Stage::Waiting, Stage::Waiting) if is_moved => {
            Turn::Moved
        }
        (Stage::Waiting | Stage::Over | Stage::Cancelled, Stage::Running { .. }) => Turn::Began,
        (Stage::Waiting | Stage::Running { .. }, Stage::Over) => Turn::Ended,
        (Stage::Waiting | Stage::Running { .. }, Stage::Cancelled) => Turn::Cancelled,
        (Stage::Cancelled, Stage::Waiting) => Turn::Announced,
        _ => Turn::Update,
    };
    (turn, play.status())
}
