//! A maintenance being played: its updates and the edges of its clock, in order of time.

use jiff::Timestamp;

use super::public::Said;
use super::{Late, Span};
use crate::model::{Edge, Maintenance, Status, Update};

/// Where a maintenance stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Waiting,
    Running { verifying: bool },
    Over,
    Cancelled,
}

/// What is announced at an instant.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    pub(super) scheduled_for: Timestamp,
    pub(super) scheduled_until: Timestamp,
    /// The end that was announced together with the begin in force.
    first_until: Timestamp,
}

impl Plan {
    pub(super) fn of(maintenance: &Maintenance) -> Plan {
        let Maintenance { scheduled_for, scheduled_until, begin: _, end: _, components: _ } = maintenance;
        Plan {
            scheduled_for: *scheduled_for,
            scheduled_until: *scheduled_until,
            first_until: *scheduled_until,
        }
    }

    /// Takes what an update announces. A moved begin makes another plan; a moved end, the same one
    /// with another end.
    pub(super) fn take(&mut self, update: &Update) {
        self.scheduled_until = update.scheduled_until.unwrap_or(self.scheduled_until);
        if let Some(begin) = update.scheduled_for {
            self.scheduled_for = begin;
            self.first_until = self.scheduled_until;
        }
    }

    pub(super) fn moved_from(&self) -> Option<Timestamp> {
        (self.first_until != self.scheduled_until).then_some(self.first_until)
    }
}

/// A maintenance being played.
pub(super) struct Play<'a> {
    maintenance: &'a Maintenance,
    pub(super) plan: Plan,
    pub(super) stage: Stage,
    /// The last word's time. What it moves, or makes to come, does not come before it.
    heard: Timestamp,
    /// The end that the clock will make, where that is its to make.
    clock_ends: Option<Timestamp>,
    /// The turns that the clock made.
    pub(super) by_clock: Vec<(Timestamp, Status)>,
    pub(super) open: Vec<Span>,
    pub(super) ended_at: Option<Timestamp>,
    /// The status in force with each public update.
    pub(super) statuses: Vec<Option<Status>>,
}

impl<'a> Play<'a> {
    /// Before anything was heard.
    pub(super) fn new(maintenance: &'a Maintenance) -> Self {
        Play {
            maintenance,
            plan: Plan::of(maintenance),
            stage: Stage::Waiting,
            heard: Timestamp::MIN,
            clock_ends: None,
            by_clock: Vec::new(),
            open: Vec::new(),
            ended_at: None,
            statuses: Vec::new(),
        }
    }

    /// Lets the clock act as long as its next edge lies before `at`.
    pub(super) fn run_before(&mut self, at: Timestamp) {
        while let Some(edge) = self.next_edge().filter(|edge| *edge < at) {
            self.act(edge);
        }
    }

    /// Lets the clock act up to an instant and at it.
    pub(super) fn run_to(&mut self, now: Timestamp) {
        while let Some(edge) = self.next_edge().filter(|edge| *edge <= now) {
            self.act(edge);
        }
    }

    /// When the clock will act, if nothing more is said.
    fn next_edge(&self) -> Option<Timestamp> {
        let edge = match (self.stage, self.maintenance.begin) {
            (Stage::Waiting, Edge::Automatic) => Some(self.plan.scheduled_for),
            // What nobody began is over with its end.
            (Stage::Waiting, Edge::Manual) => Some(self.plan.scheduled_until),
            (Stage::Running { .. }, _) => self.clock_ends,
            (Stage::Over | Stage::Cancelled, _) => None,
        };
        edge.map(|it| it.max(self.heard))
    }

    /// When the clock will begin and end it, if nothing more is said.
    pub(super) fn edges_ahead(&self) -> (Option<Timestamp>, Option<Timestamp>) {
        match (self.stage, self.maintenance.begin) {
            (Stage::Waiting, Edge::Automatic) => {
                let begins = self.plan.scheduled_for;
                (Some(begins), self.end_by_clock(begins))
            }
            (Stage::Waiting, Edge::Manual) => (None, Some(self.plan.scheduled_until)),
            (Stage::Running { .. }, _) => (None, self.clock_ends),
            (Stage::Over | Stage::Cancelled, _) => (None, None),
        }
    }

    /// When the clock ends what begins at `at`. An edge that has passed does not pass again.
    fn end_by_clock(&self, at: Timestamp) -> Option<Timestamp> {
        let again = !self.open.is_empty() || self.stage == Stage::Over;
        let ahead = at < self.plan.scheduled_until;
        let by_clock = self.maintenance.end == Edge::Automatic && (ahead || !again);
        by_clock.then_some(self.plan.scheduled_until.max(at))
    }

    fn act(&mut self, edge: Timestamp) {
        match (self.stage, self.maintenance.begin) {
            (Stage::Waiting, Edge::Automatic) => self.begin(edge),
            (Stage::Waiting, Edge::Manual) | (Stage::Running { .. }, _) => self.end(edge, Stage::Over),
            (Stage::Over | Stage::Cancelled, _) => return,
        }
        self.by_clock.push((edge, self.status()));
    }

    fn begin(&mut self, at: Timestamp) {
        self.clock_ends = self.end_by_clock(at);
        self.stage = Stage::Running { verifying: false };
        self.open.push(Span { from: at, to: None });
        self.ended_at = None;
    }

    fn end(&mut self, at: Timestamp, stage: Stage) {
        self.stage = stage;
        self.clock_ends = None;
        self.ended_at = Some(at);
        if let Some(last) = self.open.last_mut().filter(|span| span.to.is_none()) {
            last.to = Some(at);
        }
    }

    /// Takes an update: its announcement, then its status.
    pub(super) fn hear(&mut self, said: &Said) {
        self.heard = said.at;
        if said.retracted.is_none() {
            self.plan.take(said.update);
            self.replan(said.update);
        }
        if let Some(status) = said.status() {
            self.turn(status, said.at);
        }
        self.statuses.push(Some(self.status()));
    }

    /// An edge cannot be moved to before the word that moves it, and none moves that is not named.
    fn replan(&mut self, update: &Update) {
        match self.stage {
            Stage::Waiting if update.scheduled_for.is_some() => {
                self.plan.scheduled_for = self.plan.scheduled_for.max(update.at);
            }
            Stage::Running { .. } if update.scheduled_until.is_some() => {
                let by_clock = self.maintenance.end == Edge::Automatic;
                self.clock_ends = by_clock.then_some(self.plan.scheduled_until.max(update.at));
            }
            Stage::Waiting | Stage::Running { .. } | Stage::Over | Stage::Cancelled => {}
        }
    }

    fn turn(&mut self, status: Status, at: Timestamp) {
        match (status, self.stage) {
            (Status::InProgress | Status::Verifying, Stage::Waiting | Stage::Over | Stage::Cancelled) => {
                self.begin(at);
            }
            (Status::Completed | Status::Resolved, Stage::Waiting | Stage::Running { .. }) => {
                self.end(at, Stage::Over);
            }
            (Status::Cancelled, Stage::Waiting | Stage::Running { .. }) => self.end(at, Stage::Cancelled),
            (Status::Scheduled, Stage::Cancelled) => {
                self.stage = Stage::Waiting;
                self.ended_at = None;
            }
            _ => {}
        }
        if let Stage::Running { verifying } = &mut self.stage {
            *verifying = status == Status::Verifying;
        }
    }

    pub(super) fn status(&self) -> Status {
        match self.stage {
            Stage::Waiting => Status::Scheduled,
            Stage::Running { verifying: false } => Status::InProgress,
            Stage::Running { verifying: true } => Status::Verifying,
            Stage::Over => Status::Completed,
            Stage::Cancelled => Status::Cancelled,
        }
    }

    pub(super) fn late(&self, now: Timestamp) -> Option<Late> {
        match self.stage {
            Stage::Waiting if self.plan.scheduled_for <= now => Some(Late::DueToStart),
            Stage::Running { .. } if self.plan.scheduled_until <= now => Some(Late::Overrunning),
            Stage::Waiting | Stage::Running { .. } | Stage::Over | Stage::Cancelled => None,
        }
    }
}
