//! What the public learnt of a story, put down in the order in which it could learn it.
//!
//! 1. All that can be read of the story is put in the order in which it could be read.
//! 2. One after the other is learnt, and what it does is judged by what is known then. Between two, the clock acts by
//!    what is known.
//! 3. That the story opened is told with all that could be read from its first instant on.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::disruption::impact_of;
use super::entry::last_status;
use super::known::Statuses;
use super::news::{News, news, opened_at};
use super::opening::{declared, head_states, scope, start};
use super::public::Said;
use super::rehearsal::{ByClock, Rehearsal};
use super::{Happening, Origin, Part, Story, Turn, opening};
use crate::model::{Correction, Disruption, Impact, Kind, State, Status};

impl Story {
    /// What the public learnt of it, in order.
    pub fn happenings(&self) -> Vec<Happening<'_>> {
        let opened_at = opened_at(self);
        let mut at_first = news(self);
        let later = at_first.split_off(at_first.partition_point(|(at, _)| *at <= opened_at));
        let mut chronicle = Chronicle::of(self, opened_at);
        at_first.into_iter().for_each(|(at, it)| chronicle.take(at, it));
        chronicle.open();
        later.into_iter().for_each(|(at, it)| chronicle.take(at, it));
        chronicle.finish()
    }
}

struct Chronicle<'a> {
    story: &'a Story,
    /// Where it stands by what is known.
    known: Known<'a>,
    /// The headlines that were said and stand, by their places among the updates.
    titles: BTreeMap<usize, &'a str>,
    /// The impacts, in the same way.
    impacts: BTreeMap<usize, Impact>,
    /// The worst state that was declared.
    worst: State,
    /// The instant that was come to.
    now: Timestamp,
    clock: Clock,
    /// Whether there is a postmortem that is read when the story has ended.
    postmortem_follows: bool,
    told: Vec<Happening<'a>>,
}

enum Known<'a> {
    /// Of an incident or a notice.
    Statuses(Statuses),
    /// Of a maintenance.
    Rehearsal(Box<Rehearsal<'a>>),
}

/// Whether what the clock does is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Clock {
    /// Not yet: the story has not been opened.
    Waits,
    /// As far as it has come.
    Runs,
    /// No more: what follows lies ahead of the instant that the story is told at.
    Stands,
    /// No more: the story was withdrawn.
    Withdrawn,
}

impl<'a> Chronicle<'a> {
    fn of(story: &'a Story, opened_at: Timestamp) -> Self {
        let known = match &story.incident.kind {
            Kind::Incident(head) => Known::Statuses(Statuses::new(head.resolved_at)),
            Kind::Notice(_) => Known::Statuses(Statuses::new(None)),
            Kind::Maintenance(written) => Known::Rehearsal(Box::new(Rehearsal::new(written))),
        };
        let written = story.incident.postmortem.as_ref().filter(|_| story.has_postmortem);
        Chronicle {
            story,
            known,
            titles: BTreeMap::new(),
            impacts: BTreeMap::new(),
            worst: head_states(story).iter().map(|it| it.state).max().unwrap_or(State::Operational),
            now: opened_at,
            clock: Clock::Waits,
            postmortem_follows: written.is_some_and(|it| it.published_at.is_none()),
            told: Vec::new(),
        }
    }

    /// Comes to an instant, and learns what can be read from it on.
    fn take(&mut self, at: Timestamp, news: News<'a>) {
        self.come_to(at);
        match news {
            News::Update(index) => self.learn(index),
            News::Withdrawn(index, withdrawal) => self.withdraw(index, withdrawal),
            News::Corrected(of, index, correction) => {
                self.remark(Origin::Correction { of, index }, Turn::Correction, correction);
            }
            News::Ended => self.end(),
            News::Postmortem => self.put(self.happening(Origin::Postmortem, Turn::Postmortem, at)),
            News::Retracted(withdrawal) => {
                self.clock = Clock::Withdrawn;
                self.remark(Origin::Retraction(Part::Whole), Turn::Retraction, withdrawal);
                self.after_an_end();
            }
        }
        self.run_before(at);
    }

    /// Tells that there is a story, with what is known of it so far.
    fn open(&mut self) {
        let (turn, at) = match &self.story.incident.kind {
            Kind::Incident(head) => (Turn::Opened, start(self.story, head, self.now)),
            Kind::Maintenance(_) => (Turn::Announced, self.now),
            Kind::Notice(_) => (Turn::NoticePublished, self.now),
        };
        let components = opening::components(self.story, self.now);
        self.put(Happening { components, ..self.happening(Origin::Opening, turn, at) });
        if self.clock == Clock::Waits {
            self.clock = if self.story.told_at < self.now { Clock::Stands } else { Clock::Runs };
            self.run_before(self.now);
        }
    }

    fn finish(mut self) -> Vec<Happening<'a>> {
        self.stop_clock();
        in_order(self.told)
    }

    /// Tells what the clock did on the way to an instant.
    fn come_to(&mut self, at: Timestamp) {
        if self.story.told_at < at {
            self.stop_clock();
        }
        self.run_before(at);
        self.now = at;
    }

    fn run_before(&mut self, at: Timestamp) {
        if let (Known::Rehearsal(rehearsal), Clock::Runs) = (&mut self.known, self.clock) {
            let turns = rehearsal.run_before(at);
            turns.into_iter().for_each(|it| self.tell_clock(it));
        }
    }

    /// Tells what the clock did up to the instant that the story is told at.
    fn stop_clock(&mut self) {
        if let (Known::Rehearsal(rehearsal), Clock::Runs) = (&mut self.known, self.clock) {
            let turns = rehearsal.run_to(self.story.told_at);
            turns.into_iter().for_each(|it| self.tell_clock(it));
            self.clock = Clock::Stands;
        }
    }

    fn tell_clock(&mut self, (at, status, number): ByClock) {
        let begins = status == Status::InProgress;
        let turn = if begins { Turn::Began } else { Turn::Ended };
        self.put(Happening {
            status: Some(status),
            published_at: at.max(self.now),
            components: if begins { scope(self.story) } else { Vec::new() },
            ..self.happening(Origin::Clock { status, number }, turn, at)
        });
    }

    fn learn(&mut self, index: usize) {
        let (story, telling) = (self.story, &self.story.updates[index]);
        let update = telling.update(story);
        let said = Said { index, update, at: telling.at, retracted: None };
        let (turn, status) = match &mut self.known {
            Known::Statuses(statuses) => statuses.learn((said.at, index), said.status()),
            Known::Rehearsal(rehearsal) => rehearsal.learn(said),
        };
        let turn = if self.clock == Clock::Withdrawn { Turn::Update } else { of_kind(story, turn) };
        let mut components = Vec::new();
        if telling.retracted.is_none() {
            self.titles.extend(update.title.as_deref().map(|it| (index, it)));
            self.impacts.extend(update.impact.map(|it| (index, it)));
            self.worst = update.components.iter().map(|it| it.state).fold(self.worst, State::max);
            components.extend(update.components.iter().map(declared));
        }
        if matches!(turn, Turn::Began | Turn::Announced) {
            components = scope(story);
        }
        self.put(Happening { status, components, ..self.happening(Origin::Update(index), turn, telling.at) });
    }

    fn withdraw(&mut self, index: usize, withdrawal: &'a Correction) {
        match &mut self.known {
            Known::Statuses(statuses) => statuses.forget((self.story.updates[index].at, index)),
            Known::Rehearsal(rehearsal) => rehearsal.forget(index),
        }
        self.run_before(self.now);
        self.remark(Origin::Retraction(Part::Update(index)), Turn::Retraction, withdrawal);
    }

    fn end(&mut self) {
        let Kind::Incident(Disruption { resolved_at: Some(at), .. }) = self.story.incident.kind else {
            return;
        };
        let Known::Statuses(statuses) = &mut self.known else { return };
        let (turn, status) = statuses.end(at);
        let turn = if self.clock == Clock::Withdrawn { Turn::Update } else { turn };
        self.put(Happening { status, ..self.happening(Origin::End, turn, at) });
    }

    fn remark(&mut self, origin: Origin, turn: Turn, remark: &'a Correction) {
        self.put(Happening { note: Some(&remark.note), ..self.happening(origin, turn, remark.at) });
    }

    fn put(&mut self, happening: Happening<'a>) {
        let is_end = happening.turn.is_end();
        self.told.push(happening);
        if is_end {
            self.after_an_end();
        }
    }

    /// A postmortem that does not state when it was published could be read when the story first ended.
    fn after_an_end(&mut self) {
        if std::mem::take(&mut self.postmortem_follows) {
            self.put(self.happening(Origin::Postmortem, Turn::Postmortem, self.now));
        }
    }

    fn impact(&self) -> Impact {
        match &self.story.incident.kind {
            Kind::Incident(head) => {
                let stated = self.impacts.values().next_back().copied().or(head.impact);
                stated.unwrap_or(impact_of(self.worst))
            }
            Kind::Maintenance(_) | Kind::Notice(_) => Impact::None,
        }
    }

    /// What is known, around something that happened.
    fn happening(&self, origin: Origin, turn: Turn, at: Timestamp) -> Happening<'a> {
        let withdrawn = self.clock == Clock::Withdrawn;
        let (status, schedule) = match &self.known {
            Known::Statuses(statuses) => (statuses.status(), None),
            Known::Rehearsal(rehearsal) => (Some(rehearsal.status()), Some(rehearsal.schedule())),
        };
        Happening {
            origin,
            turn,
            at,
            published_at: self.now,
            status: if withdrawn { last_status(self.story) } else { status },
            impact: if withdrawn { Impact::None } else { self.impact() },
            title: self.titles.values().next_back().copied().unwrap_or(&self.story.incident.title),
            components: Vec::new(),
            schedule,
            note: None,
        }
    }
}

/// Sorts by when each could be read, then by when it was so. The opening stands before what could be read with it.
fn in_order(mut told: Vec<Happening<'_>>) -> Vec<Happening<'_>> {
    if let Some(opening) = told.iter().position(|it| it.origin == Origin::Opening) {
        let published_at = told[opening].published_at;
        let together = told.iter().filter(|it| it.published_at == published_at);
        told[opening].at = together.map(|it| it.at).min().expect("the opening is one of them");
    }
    told.sort_by_key(|it| (it.published_at, it.at, it.origin != Origin::Opening));
    told
}

/// What an update does, in the words of its kind.
fn of_kind(story: &Story, turn: Turn) -> Turn {
    match (&story.incident.kind, turn) {
        (Kind::Notice(_), Turn::Resolved) => Turn::NoticeEnded,
        (Kind::Notice(_), Turn::Reopened) => Turn::NoticePublished,
        (Kind::Notice(_) | Kind::Incident(_) | Kind::Maintenance(_), turn) => turn,
    }
}
