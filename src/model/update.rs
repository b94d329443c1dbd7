//! One update: what a responder said at a time.

use jiff::Timestamp;

use super::{CascadeMode, ComponentId, Correction, Declaration, Impact, IncidentId, Prose, Share, Status};
use crate::source::Place;

/// What a responder said at a time.
#[derive(Clone, Debug)]
pub struct Update {
    /// Its file, its element in a list, or its heading.
    pub place: Place,
    /// The file's name, or its number in the document with leading zeros: decides between updates of
    /// one time and one status.
    pub name: String,
    /// When it was so, in whole seconds.
    pub at: Timestamp,
    /// The nanoseconds that were written behind `at`. They order updates of one second, and are shown nowhere.
    pub fraction: u32,
    /// When the public could read it.
    pub published: Publication,
    /// Where the incident stands from then on; none in a plain update, which leaves it as it is.
    pub status: Option<Status>,
    /// What it says.
    pub body: Prose,
    /// States from `at` on, or from their own `since`.
    pub components: Vec<Declaration>,
    /// How much the incident matters, from `at` on.
    pub impact: Option<Impact>,
    /// By when the next update is promised.
    pub next_update: Option<Timestamp>,
    /// How far the fix has reached, in percent.
    pub rollout: Option<u8>,
    /// Who wrote it, for the record.
    pub author: Option<String>,
    /// The incident that this one is merged into, which ends its impact here.
    pub continues_in: Option<IncidentId>,
    /// What was wrong in the text and has been put right.
    pub corrections: Vec<Correction>,
    /// When it was withdrawn, and why.
    pub retracted: Option<Correction>,
    /// A new headline, from `at` on.
    pub title: Option<String>,
    /// A new workaround, from `at` on.
    pub workaround: Option<Prose>,
    /// A new share of users, from `at` on.
    pub affected: Option<Share>,
    /// New regions, from `at` on.
    pub regions: Option<Vec<String>>,
    /// Components that work, from `at` on.
    pub not_affected: Option<Vec<ComponentId>>,
    /// Another mode of the cascade, from `at` on.
    pub cascade: Option<CascadeMode>,
    /// Of a maintenance: a new begin.
    pub scheduled_for: Option<Timestamp>,
    /// Of a maintenance: a new end.
    pub scheduled_until: Option<Timestamp>,
}

/// Puts updates in order: of time, then of the lifecycle, then of their names. A plain update has the
/// rank of the status in force before it.
pub fn sort_updates(updates: &mut [Update]) {
    let time = |it: &Update| (it.at, it.fraction);
    updates.sort_by(|left, right| (time(left), &left.name).cmp(&(time(right), &right.name)));
    let mut in_force: Option<Status> = None;
    for same_time in updates.chunk_by_mut(|left, right| time(left) == time(right)) {
        same_time.sort_by_key(|it| it.status.or(in_force));
        in_force = same_time.iter().rev().find_map(|it| it.status).or(in_force);
    }
}

/// When the public could read something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Publication {
    /// Written down as `published_at`.
    Stated(Timestamp),
    /// Taken from the file's name, else from `at`.
    Implied(Timestamp),
}

impl Publication {
    /// The instant.
    pub fn at(self) -> Timestamp {
        match self {
            Publication::Stated(at) | Publication::Implied(at) => at,
        }
    }
}
