//! What the public learnt of a story, one thing after the other, in the order in which it could learn it.
//!
//! A story is told in the order in which things were so, and what comes late changes what stands before it. Here
//! nothing is taken back: each happening is known by where it comes from, and what it does is judged by what was
//! known then. So of the same files, those of an instant are among those of any later one, whatever was
//! published late, dated back or withdrawn.

use jiff::Timestamp;

use crate::model::{ComponentId, Impact, State, Status};

/// One thing that the public learnt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Happening<'a> {
    /// Where it comes from, which is what it is known by.
    pub origin: Origin,
    /// What it did.
    pub turn: Turn,
    /// When it was so.
    pub at: Timestamp,
    /// When the public could read of it.
    pub published_at: Timestamp,
    /// Where the story stands from `at` on, as far as was known: none while no status was said, and of a notice.
    pub status: Option<Status>,
    /// How much the story matters, as far as was known.
    pub impact: Impact,
    /// The headline in force.
    pub title: &'a str,
    /// What it says of components; of a notice, which says no state, those it is about.
    pub components: Vec<(ComponentId, Option<State>)>,
    /// When a maintenance is announced to begin and to end.
    pub schedule: Option<(Timestamp, Timestamp)>,
    /// The remark of a correction or a withdrawal.
    pub note: Option<&'a str>,
}

/// Where a happening comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// The story itself: that there is one.
    Opening,
    /// The update of this index in the story's updates.
    Update(usize),
    /// The clock, which made a maintenance begin or end.
    Clock {
        /// What the maintenance is in from then on.
        status: Status,
        /// Which one it is of those that do the same at the same instant.
        number: usize,
    },
    /// The time of the end that the head states.
    End,
    /// A correction.
    Correction {
        /// What it corrects.
        of: Part,
        /// Its index among the corrections of that.
        index: usize,
    },
    /// A withdrawal.
    Retraction(Part),
    /// The postmortem.
    Postmortem,
}

/// A part of a story that can be corrected or withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// All of it.
    Whole,
    /// The update of this index in the story's updates.
    Update(usize),
    /// The postmortem.
    Postmortem,
}

/// What a happening did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Turn {
    /// An incident became known.
    Opened,
    /// Somebody said something.
    Update,
    /// An incident came to an end.
    Resolved,
    /// An incident that had ended is open again.
    Reopened,
    /// A maintenance became known, or is to be held after all.
    Announced,
    /// A maintenance began.
    Began,
    /// A maintenance is announced for another time.
    Moved,
    /// A maintenance came to its end.
    Ended,
    /// A maintenance will not be held, or was broken off.
    Cancelled,
    /// A notice became known.
    NoticePublished,
    /// A notice is over.
    NoticeEnded,
    /// What was written has been put right.
    Correction,
    /// What was written has been withdrawn.
    Retraction,
    /// A postmortem was published.
    Postmortem,
}

impl Turn {
    /// All that a happening can do.
    pub const ALL: [Turn; 14] = [
        Turn::Opened,
        Turn::Update,
        Turn::Resolved,
        Turn::Reopened,
        Turn::Announced,
        Turn::Began,
        Turn::Moved,
        Turn::Ended,
        Turn::Cancelled,
        Turn::NoticePublished,
        Turn::NoticeEnded,
        Turn::Correction,
        Turn::Retraction,
        Turn::Postmortem,
    ];

    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Turn::Opened => "opened",
            Turn::Update => "update",
            Turn::Resolved => "resolved",
            Turn::Reopened => "reopened",
            Turn::Announced => "maintenance_announced",
            Turn::Began => "maintenance_began",
            Turn::Moved => "maintenance_moved",
            Turn::Ended => "maintenance_ended",
            Turn::Cancelled => "maintenance_cancelled",
            Turn::NoticePublished => "notice_published",
            Turn::NoticeEnded => "notice_ended",
            Turn::Correction => "correction",
            Turn::Retraction => "retraction",
            Turn::Postmortem => "postmortem",
        }
    }

    /// Whether something is over with it.
    pub(super) fn is_end(self) -> bool {
        matches!(self, Turn::Resolved | Turn::Ended | Turn::Cancelled | Turn::NoticeEnded)
    }
}
