//! An incident, a maintenance or a notice: its head, with all that was written under it.

use jiff::Timestamp;

use super::{CascadeMode, ComponentId, Impact, IncidentId, Link, Postmortem, Prose, State, Update};
use crate::source::Place;

/// What was written of one incident, maintenance or notice.
#[derive(Clone, Debug)]
pub struct Incident {
    /// Its head; the folder's first file where it has none.
    pub place: Place,
    /// Its id.
    pub id: IncidentId,
    /// What of the three it is, and what only that kind has.
    pub kind: Kind,
    /// The headline, as plain text; an update may change it.
    pub title: String,
    /// The text under the head.
    pub summary: Prose,
    /// Before it there is no trace of the incident anywhere.
    pub published_at: Option<Timestamp>,
    /// What readers can do meanwhile; an update may change it.
    pub workaround: Option<Prose>,
    /// What was wrong in the text and has been put right.
    pub corrections: Vec<Correction>,
    /// When it was withdrawn, and why.
    pub retracted: Option<Correction>,
    /// The incident that this one was split from.
    pub continues: Option<IncidentId>,
    /// Further addresses.
    pub links: Vec<Link>,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// Former ids, oldest first.
    pub aliases: Vec<IncidentId>,
    /// Whether it is first among its kind on `/`.
    pub pin: bool,
    /// Whether it is left out of every output that does not ask for drafts.
    pub draft: bool,
    /// The updates, in order of time, then rank of the status in force, then name.
    pub updates: Vec<Update>,
    /// What was learnt.
    pub postmortem: Option<Postmortem>,
    /// What users reported.
    pub reports: Option<Reports>,
    /// What is left out of it because its files do not say for certain that the public may read it.
    pub withheld: Vec<Withheld>,
}

/// A part of an incident that is left out because one of the keys that decide whether the public may read it,
/// such as `published_at` or `retracted`, cannot be read.
#[derive(Clone, Debug)]
pub enum Withheld {
    /// An update.
    Update {
        /// Its file, its element in a list, or its heading.
        place: Place,
        /// The times that its earlier form can have had; none where they cannot be told.
        times: Vec<Timestamp>,
    },
    /// The postmortem.
    Postmortem {
        /// Its file.
        place: Place,
    },
}

/// What of the three it is.
#[derive(Clone, Debug)]
pub enum Kind {
    /// Something broke.
    Incident(Disruption),
    /// Announced work.
    Maintenance(Maintenance),
    /// Information, without effect on any state.
    Notice(Notice),
}

impl Kind {
    /// The word in files and in JSON.
    pub fn word(&self) -> &'static str {
        match self {
            Kind::Incident(_) => "incident",
            Kind::Maintenance(_) => "maintenance",
            Kind::Notice(_) => "notice",
        }
    }
}

/// What only the head of an incident says.
#[derive(Clone, Debug, Default)]
pub struct Disruption {
    /// When it began for users; left out, the earliest time of its updates.
    pub started_at: Option<Timestamp>,
    /// When it ended for users; left out, the time of the update that resolved it.
    pub resolved_at: Option<Timestamp>,
    /// Where `started_at` is written, if it is.
    pub started_at_place: Option<Place>,
    /// Where `resolved_at` is written, if it is.
    pub resolved_at_place: Option<Place>,
    /// States from the start.
    pub components: Vec<Declaration>,
    /// How much it matters; left out, it follows from the worst state ever declared.
    pub impact: Option<Impact>,
    /// Where it began.
    pub cause: Option<ComponentId>,
    /// Overrides the site's mode.
    pub cascade: Option<CascadeMode>,
    /// Components that do work, though they depend on one that does not.
    pub not_affected: Vec<ComponentId>,
    /// Where in the world.
    pub regions: Vec<String>,
    /// How many users.
    pub affected: Option<Share>,
    /// What was measured afterwards; replaces what was declared of the components it names.
    pub windows: Vec<Window>,
}

/// What only the head of a maintenance says.
#[derive(Clone, Debug)]
pub struct Maintenance {
    /// When it is announced to begin.
    pub scheduled_for: Timestamp,
    /// When it is announced to end.
    pub scheduled_until: Timestamp,
    /// Who begins it.
    pub begin: Edge,
    /// Who ends it.
    pub end: Edge,
    /// What is worked on.
    pub components: Scope,
}

/// What only the head of a notice says.
#[derive(Clone, Debug, Default)]
pub struct Notice {
    /// What it is about.
    pub components: Vec<ComponentId>,
    /// When it is no longer shown; left out, 7 days after its last update.
    pub ends_at: Option<Timestamp>,
}

/// Who begins or ends a maintenance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Edge {
    /// The clock, at the announced time.
    Automatic,
    /// An update.
    Manual,
}

/// What a maintenance is done on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Every listed component.
    All,
    /// These.
    Components(Vec<ComponentId>),
}

impl Scope {
    /// Whether a listed component is among them.
    pub fn names(&self, component: &ComponentId) -> bool {
        match self {
            Scope::All => true,
            Scope::Components(named) => named.contains(component),
        }
    }
}

/// That a component is in a state.
#[derive(Clone, Debug)]
pub struct Declaration {
    /// Where it is written.
    pub place: Place,
    /// The component.
    pub component: ComponentId,
    /// The state.
    pub state: State,
    /// From when, where that is not the time of the update.
    pub since: Option<Timestamp>,
}

/// A measured state: half-open, `from` inside and `to` outside.
#[derive(Clone, Debug)]
pub struct Window {
    /// Where it is written.
    pub place: Place,
    /// The component.
    pub component: ComponentId,
    /// Its state.
    pub state: State,
    /// The first instant of it.
    pub from: Timestamp,
    /// The first instant after it.
    pub to: Timestamp,
    /// The component through which it came.
    pub caused_by: Option<ComponentId>,
    /// Where in the world.
    pub regions: Vec<String>,
}

/// How many users something touches.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Share {
    /// Percent, 0 to 100.
    pub percent: Option<u8>,
    /// Of what, or how it shows.
    pub note: Option<String>,
}

/// A dated remark about what was written: a correction, or why it was withdrawn.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Correction {
    /// When it was made.
    pub at: Timestamp,
    /// What it says, as plain text.
    pub note: String,
}

/// What users reported, from reports.csv.
#[derive(Clone, Debug)]
pub struct Reports {
    /// The file.
    pub place: Place,
    /// What is counted.
    pub source: Option<String>,
    /// The rows, in order of time, then region.
    pub rows: Vec<Report>,
}

/// One row of reports.csv.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The instant, or the beginning of the stretch, that it counts.
    pub at: Timestamp,
    /// Where in the world.
    pub region: String,
    /// How many.
    pub count: u64,
}
