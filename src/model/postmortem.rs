//! A postmortem: what was learnt from an incident.

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Correction, Link, Prose};
use crate::source::Place;

/// What was learnt from an incident.
#[derive(Clone, Debug)]
pub struct Postmortem {
    /// Its file.
    pub place: Place,
    /// Whether it is ready.
    pub status: PostmortemStatus,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// When the public could read it; left out, as soon as the incident has ended.
    pub published_at: Option<Timestamp>,
    /// Instants that no update tells.
    pub times: PostmortemTimes,
    /// In a sentence.
    pub root_cause: Option<String>,
    /// In a sentence.
    pub trigger: Option<String>,
    /// Who noticed.
    pub detection: Option<Detection>,
    /// What made it possible or worse.
    pub contributing_factors: Vec<String>,
    /// What went well.
    pub went_well: Vec<String>,
    /// What went badly.
    pub went_badly: Vec<String>,
    /// Where luck helped.
    pub got_lucky: Vec<String>,
    /// What happened, in order of time.
    pub timeline: Vec<PostmortemEvent>,
    /// What is done about it.
    pub actions: Vec<Action>,
    /// Figures that the author states.
    pub numbers: Vec<Figure>,
    /// Where the facts come from.
    pub sources: Vec<Link>,
    /// What was wrong in the text and has been put right.
    pub corrections: Vec<Correction>,
    /// The narrative.
    pub body: Prose,
}

/// Whether a postmortem is ready; only a published one is in an output that does not ask for drafts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PostmortemStatus {
    /// Being written.
    Draft,
    /// Being read by others.
    Review,
    /// For everybody.
    Published,
}

/// Instants that no update tells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PostmortemTimes {
    /// Somebody or something noticed.
    pub detected_at: Option<Timestamp>,
    /// A responder took it.
    pub acknowledged_at: Option<Timestamp>,
    /// Users felt better.
    pub mitigated_at: Option<Timestamp>,
}

/// Who noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Detection {
    /// A monitor.
    Monitoring,
    /// Users.
    Users,
    /// People of the service.
    Staff,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PostmortemEvent {
    /// When.
    pub at: Timestamp,
    /// What kind of thing.
    pub kind: EventKind,
    /// What, as plain text.
    pub text: String,
}

/// What kind of thing happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EventKind {
    /// What set it off.
    Trigger,
    /// Noticed.
    Detect,
    /// More people were called.
    Escalate,
    /// Something was done against it.
    Mitigate,
    /// It was over.
    Resolve,
    /// Anything else.
    Note,
}

/// Something to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Action {
    /// Its name within the postmortem, as `A1`.
    pub id: String,
    /// What, as plain text.
    pub text: String,
    /// To what end.
    pub kind: Option<ActionKind>,
    /// Which team.
    pub owner: Option<String>,
    /// How urgent, in the words of the house.
    pub priority: Option<String>,
    /// How far it is.
    pub status: ActionStatus,
    /// By when.
    pub due: Option<Date>,
    /// Where it is tracked.
    pub link: Option<String>,
    /// Whether it is left out of public outputs.
    pub internal: bool,
}

/// To what end something is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ActionKind {
    /// So that it cannot happen again.
    Prevent,
    /// So that it is noticed sooner.
    Detect,
    /// So that it hurts less.
    Mitigate,
    /// So that people handle it better.
    Process,
}

/// How far an action is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ActionStatus {
    /// Not begun.
    Open,
    /// Begun.
    InProgress,
    /// Done.
    Done,
    /// Decided against.
    Dropped,
}

/// A figure that the author states.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Figure {
    /// Of what.
    pub label: String,
    /// As it is written.
    pub value: String,
    /// Where it comes from.
    pub source: Option<String>,
}
