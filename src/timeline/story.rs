//! One incident as the public can know it at an instant.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::span::span_at;
use crate::model::{
    ComponentId, Correction, Impact, Incident, Kind, Prose, Scope, Share, State, Status, Update,
};

/// Who will read what is built.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Audience {
    /// Everybody: no drafts, and of postmortems the published ones.
    #[default]
    Public,
    /// Those who write: drafts too.
    Writers,
}

/// How far ahead of `now` something without a stated publication may lie and yet be shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Grace {
    /// Two minutes, where `now` is the present: clocks differ, and nobody waits for a minute to pass.
    #[default]
    TwoMinutes,
    /// Not at all: somebody looks at another instant.
    None,
}

impl Grace {
    /// The same as a length.
    pub(super) fn length(self) -> SignedDuration {
        match self {
            Grace::TwoMinutes => SignedDuration::from_mins(2),
            Grace::None => SignedDuration::ZERO,
        }
    }
}

/// What decides, besides the instant, whether something is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Visibility {
    /// Who will read it.
    pub audience: Audience,
    /// How far ahead it may lie.
    pub grace: Grace,
}

impl Visibility {
    /// What this audience sees in the present.
    pub fn of(audience: Audience) -> Self {
        Visibility { audience, grace: Grace::TwoMinutes }
    }
}

/// All of an instant that one incident's story depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Moment {
    /// The last of the incident's own instants that is not after `now`.
    pub last: Option<Timestamp>,
    /// Who will read it, and how far ahead something may lie.
    pub visibility: Visibility,
}

/// A half-open stretch of time: `from` is inside, `to` is outside; without `to` it still runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Span {
    /// The first instant.
    pub from: Timestamp,
    /// The first instant after it.
    pub to: Option<Timestamp>,
}

/// One incident, maintenance or notice as the public can know it.
///
/// It depends on the instant only through the last of the incident's own instants that has passed, so
/// it holds still while others move. An archived incident's story never changes.
#[derive(Debug)]
pub struct Story {
    /// What was written.
    pub incident: Arc<Incident>,
    /// The instant it is told at, as far as it can tell it from others: what is dated later has not
    /// happened.
    pub told_at: Timestamp,
    /// The own time of the last thing that is shown although it lies a little ahead; else the same as `told_at`.
    pub settled_at: Timestamp,
    /// The headline in force.
    pub title: String,
    /// Where it stands.
    pub phase: Phase,
    /// The status in force: none until an update has said one. (An automatic maintenance has one by the clock.)
    pub status: Option<Status>,
    /// The public updates, oldest first.
    pub updates: Vec<Telling>,
    /// When it began for users; of a maintenance, when it began or is announced to begin.
    pub started_at: Timestamp,
    /// When it ended for users, where it has.
    pub ended_at: Option<Timestamp>,
    /// When it was open: more than one where it was reopened.
    pub open: Vec<Span>,
    /// How much it matters.
    pub impact: Impact,
    /// The same where it was said, rather than taken from the states.
    pub stated_impact: Option<Impact>,
    /// The worst state ever declared, without the cascade.
    pub worst: State,
    /// What each component was in, by this incident alone, declared and derived, that counts as a
    /// state; in the order of site.yaml.
    pub tracks: Vec<Track>,
    /// What components may have been in, where the cascade only suggests.
    pub suggested: Vec<Track>,
    /// By when the next update is promised, while that stands.
    pub promise: Option<Promise>,
    /// How far the fix has reached, in percent, where the last word on it says so.
    pub rollout: Option<u8>,
    /// What readers can do meanwhile.
    pub workaround: Option<Prose>,
    /// How many users.
    pub affected: Option<Share>,
    /// Where in the world.
    pub regions: Vec<String>,
    /// Components that work though they depend on one that does not.
    pub not_affected: Vec<ComponentId>,
    /// That it was withdrawn, and why.
    pub retracted: Option<Correction>,
    /// Whether its postmortem can be read.
    pub has_postmortem: bool,
    /// What only its kind has.
    pub course: Course,
}

/// Where a story stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Phase {
    /// A maintenance that has not begun.
    Ahead,
    /// An open incident, a maintenance under way, a notice that is shown.
    Open,
    /// Over.
    Ended,
    /// A maintenance that will not happen.
    Cancelled,
    /// Withdrawn.
    Retracted,
}

impl Phase {
    /// Whether nothing more is expected of it: it is neither ahead nor under way.
    pub fn is_over(self) -> bool {
        match self {
            Phase::Ahead | Phase::Open => false,
            Phase::Ended | Phase::Cancelled | Phase::Retracted => true,
        }
    }
}

/// What only one kind of incident has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Course {
    /// Of an incident.
    Incident(Figures),
    /// Of a maintenance.
    Maintenance(MaintenanceCourse),
    /// Of a notice: when it is no longer shown.
    Notice {
        /// The first instant at which it is not shown.
        until: Timestamp,
    },
}

/// Lengths of an incident, in seconds. None where an instant is missing or lies after what follows it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Figures {
    /// The sum of the open spans; none while it is open.
    pub length: Option<i64>,
    /// From the start to detection.
    pub time_to_detect: Option<i64>,
    /// From the start to acknowledgement.
    pub time_to_acknowledge: Option<i64>,
    /// From the start to mitigation.
    pub time_to_mitigate: Option<i64>,
    /// From the start to the last end.
    pub time_to_resolve: Option<i64>,
    /// From the start to the first update that the public could read.
    pub time_to_first_update: Option<i64>,
    /// The longest time between two updates that the public could read while it was open.
    pub longest_silence: Option<i64>,
    /// How many promises of a next update were kept, of how many.
    pub promises: Option<(u32, u32)>,
}

/// A maintenance by the clock and by its updates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaintenanceCourse {
    /// The announced begin in force.
    pub scheduled_for: Timestamp,
    /// The announced end in force.
    pub scheduled_until: Timestamp,
    /// The end announced before it was moved, where it was moved.
    pub announced_until: Option<Timestamp>,
    /// When the clock will begin it, if nothing more is said; none where that is not the clock's to do.
    pub begins: Option<Timestamp>,
    /// When the clock will end it, if nothing more is said.
    pub ends: Option<Timestamp>,
    /// The turns that the clock made, with the status in force from each, in order of time.
    pub by_clock: Vec<(Timestamp, Status)>,
    /// That it is not where it should be by the clock.
    pub late: Option<Late>,
    /// The seconds that an uptime policy may take out of the divisor: in progress, within the window
    /// announced in public before it began.
    pub excludable: Vec<Span>,
    /// What is worked on; `all` has been told apart.
    pub components: Scope,
}

/// That a maintenance is not where it should be by the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Late {
    /// Its manual begin has not been said.
    DueToStart,
    /// Its manual end has not been said.
    Overrunning,
}

/// A public update.
#[derive(Clone, Debug)]
pub struct Telling {
    /// Its index in the incident's updates.
    pub index: usize,
    /// When it was so. What lies a little ahead is shown already and prints this.
    pub at: Timestamp,
    /// When the public could read it.
    pub published_at: Timestamp,
    /// The status in force with it: its own, or for a plain update the one it left as it was.
    pub status: Option<Status>,
    /// Its withdrawal, once that is public: then its text is that note.
    pub retracted: Option<Correction>,
}

impl Telling {
    /// What was written.
    pub fn update<'a>(&self, story: &'a Story) -> &'a Update {
        &story.incident.updates[self.index]
    }
}

/// That an update was promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Promise {
    /// By when.
    pub by: Timestamp,
    /// Whether that has passed.
    pub overdue: bool,
}

impl Story {
    /// Where it began, as far as that is known: not while it is still being looked into, whatever
    /// the head says that was written meanwhile.
    pub fn cause(&self) -> Option<&ComponentId> {
        let Kind::Incident(head) = &self.incident.kind else { return None };
        let is_known = self.phase == Phase::Ended || Some(Status::Identified) <= self.status;
        head.cause.as_ref().filter(|_| is_known)
    }

    /// The instant whose states the story shows at `now`: `now`, but where something of it lies a little ahead, that
    /// thing's own time.
    pub fn effective(&self, now: Timestamp) -> Timestamp {
        if self.told_at <= now { now.max(self.settled_at) } else { now }
    }

    /// Whether the public has been told of any component, in whatever state.
    pub fn names_components(&self) -> bool {
        let in_head = match &self.incident.kind {
            Kind::Incident(head) => !head.components.is_empty() || !head.windows.is_empty(),
            Kind::Maintenance(_) => true,
            Kind::Notice(notice) => !notice.components.is_empty(),
        };
        in_head || self.updates.iter().any(|it| !it.update(self).components.is_empty())
    }

    /// Whether it was open at an instant.
    pub fn is_open_at(&self, at: Timestamp) -> bool {
        span_at(&self.open, at).is_some()
    }

    /// Whether an instant had passed when the story was told.
    pub fn has_passed(&self, at: Timestamp) -> bool {
        at <= self.told_at
    }

    /// The corrections that had been made when the story was told.
    pub fn passed<'a>(&'a self, corrections: &'a [Correction]) -> impl Iterator<Item = &'a Correction> {
        corrections.iter().filter(|it| self.has_passed(it.at))
    }

    /// The tracks with what of them had come to pass when the story was told. A component that comes
    /// or retires later has begun or ended nothing yet.
    pub fn tracks_so_far(&self) -> Vec<Track> {
        self.tracks.iter().filter_map(|it| it.until(self.settled_at)).collect()
    }

    /// The same of what is suggested.
    pub fn suggested_so_far(&self) -> Vec<Track> {
        self.suggested.iter().filter_map(|it| it.until(self.settled_at)).collect()
    }
}

impl Track {
    /// What of it has begun at an instant, without ends that lie ahead; none where nothing has.
    fn until(&self, at: Timestamp) -> Option<Track> {
        let begun = self.pieces.iter().filter(|it| it.span.from <= at);
        let pieces: Vec<Piece> = begun
            .map(|it| Piece { span: Span { to: it.span.to.filter(|to| *to <= at), ..it.span }, ..it.clone() })
            .collect();
        (!pieces.is_empty()).then(|| Track { pieces, ..self.clone() })
    }
}

/// What one incident says of one component.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Track {
    /// The component.
    pub component: ComponentId,
    /// In order of time; they never overlap. What lies between them is operational as far as this
    /// incident is concerned.
    pub pieces: Vec<Piece>,
    /// That measuring lowered what had been declared.
    pub lowered: Option<Lowered>,
}

/// A component in one state for a stretch of time.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Piece {
    /// The stretch.
    pub span: Span,
    /// The state.
    pub state: State,
    /// How it is known.
    pub basis: Basis,
}

/// How a state is known.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Basis {
    /// A responder said so.
    Declared,
    /// It was measured afterwards.
    Measured,
    /// It follows from a dependency: the way it took, nearest first, ending where it was declared.
    Derived(Arc<[ComponentId]>),
    /// A maintenance names it.
    Maintenance,
}

/// That measuring lowered what had been declared, in seconds of downtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Lowered {
    /// As declared.
    pub declared: i64,
    /// As measured.
    pub measured: i64,
}
