//! Everything that the page shows of an instant.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Basis, Span, Story};
use crate::model::{ComponentId, GroupId, IncidentId, Site, State, Status};

/// Everything that is true at `now`.
#[derive(Debug)]
pub struct Board {
    /// The site it is of.
    pub site: Arc<Site>,
    /// The instant.
    pub now: Timestamp,
    /// The day of the site's zone that `now` lies in.
    pub today: Date,
    /// The page's state in a line.
    pub overall: Overall,
    /// All components, in the order of site.yaml: unlisted and retired ones too.
    pub components: Vec<Arc<ComponentBoard>>,
    /// The groups, in the order of site.yaml.
    pub groups: Vec<GroupBoard>,
    /// Uptime of the page as a whole, by the worst state that a listed component is in.
    pub uptime: Vec<UptimeWindow>,
    /// Open incidents: pinned first, then worst state, newest start, id.
    pub open: Vec<Arc<Story>>,
    /// Notices that are shown: pinned first, then newest first.
    pub notices: Vec<Arc<Story>>,
    /// Maintenance under way or ahead, pinned first, then by start and id.
    pub maintenance: Vec<Arc<Story>>,
    /// Every public story, newest start first, then id; notices and what is under way among them.
    pub history: Arc<[Arc<Story>]>,
    /// The last instant, not after `now`, at which something on the board changed by itself.
    pub last_change: Option<Timestamp>,
    /// The next instant at which something will change with no new file.
    pub next_change: Option<Timestamp>,
    /// The same as far as the public may know: what is yet to be published leaves no trace in it.
    pub next_foreseeable_change: Option<Timestamp>,
    /// What announced maintenance will do by the clock, if nothing more is said, in order of time.
    pub foreseen: Vec<Foreseen>,
}

/// What everything will be in from an instant on, if nothing more is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreseen {
    /// The instant at which a maintenance begins or ends.
    pub at: Timestamp,
    /// All components.
    pub components: BTreeMap<ComponentId, Standing>,
    /// The groups.
    pub groups: BTreeMap<GroupId, Standing>,
    /// The page's state in a line.
    pub overall: Overall,
}

/// The page's state in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overall {
    /// For machines: the worse of what the components are in and of the impact of what is open.
    pub indicator: Indicator,
    /// The same by the components alone, as Statuspage's clients know it.
    pub of_components: Indicator,
    /// The worst state of a listed component; none where none has data.
    pub state: Option<State>,
    /// What the banner says.
    pub headline: Headline,
}

/// Statuspage's indicators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Indicator {
    /// Nothing is wrong.
    None,
    /// Maintenance.
    Maintenance,
    /// Degraded performance.
    Minor,
    /// A partial outage, or a major one of what is neither critical nor all.
    Major,
    /// A major outage of what is critical, or of all.
    Critical,
}

impl Indicator {
    /// All indicators, from the mildest.
    pub const ALL: [Indicator; 5] =
        [Indicator::None, Indicator::Maintenance, Indicator::Minor, Indicator::Major, Indicator::Critical];

    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Indicator::None => "none",
            Indicator::Maintenance => "maintenance",
            Indicator::Minor => "minor",
            Indicator::Major => "major",
            Indicator::Critical => "critical",
        }
    }
}

/// What the banner says. Components are named in the order of site.yaml: all that are in the state.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Headline {
    /// All systems operational.
    AllOperational,
    /// Nothing is known: no component that is listed has data.
    NoData,
    /// All components work and an incident is open: the first of the open ones.
    Incident {
        /// Its status; none until one was said.
        status: Option<Status>,
        /// Its headline.
        title: String,
    },
    /// Maintenance under way of these.
    Maintenance(Vec<ComponentId>),
    /// Degraded performance of these.
    Degraded(Vec<ComponentId>),
    /// A partial outage of these.
    Partial(Vec<ComponentId>),
    /// A major outage of these.
    Major(Vec<ComponentId>),
    /// A major outage of all that have data.
    MajorAll,
}

/// Whether a component or a group has a state at the instant, and which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Before `since`.
    NoData,
    /// Has one.
    In(State),
    /// From `until` on.
    Retired,
}

impl Standing {
    /// The state, where there is one.
    pub fn state(self) -> Option<State> {
        match self {
            Standing::In(state) => Some(state),
            Standing::NoData | Standing::Retired => None,
        }
    }
}

/// One component at the instant, and how it has been.
#[derive(Debug)]
pub struct ComponentBoard {
    /// The component.
    pub id: ComponentId,
    /// As of when: the instant of the board as long as something of it runs, else the end of that day.
    pub seen_at: Timestamp,
    /// What it is in, derived states counted.
    pub standing: Standing,
    /// What it is in by what was declared of itself alone.
    pub declared: Standing,
    /// Where a derived or suggested state is worse than the declared one.
    pub via: Option<Via>,
    /// The last `history_days` days, oldest first, today last.
    pub days: Vec<Day>,
    /// Uptime over 1, 7, 30, 90 and 365 days, and over `history_days`.
    pub uptime: Vec<UptimeWindow>,
    /// Its whole life that is not operational, in order of time: what each story puts it in. They may
    /// overlap; the worst counts.
    pub pieces: Arc<[OwnedPiece]>,
}

/// The way a derived or suggested state took.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Via {
    /// The components on the way, nearest first; the last is where it was declared.
    pub path: Arc<[ComponentId]>,
    /// The state that it brings.
    pub state: State,
    /// Whether it counts, or is only suggested.
    pub counts: bool,
    /// The incident.
    pub incident: IncidentId,
}

/// A stretch of one component in a state, and the story that put it there.
#[derive(Clone, Debug)]
pub struct OwnedPiece {
    /// The stretch.
    pub span: Span,
    /// The state.
    pub state: State,
    /// How it is known.
    pub basis: Basis,
    /// The story.
    pub story: Arc<Story>,
}

impl OwnedPiece {
    /// Whether the component is in it at `now`.
    pub(super) fn runs(&self, now: Timestamp) -> bool {
        self.span.contains(self.story.effective(now))
    }

    /// The piece as it is known at an instant: what still runs then has no end.
    #[must_use]
    pub(super) fn known_at(&self, at: Timestamp) -> Self {
        let at = self.story.effective(at);
        let span = Span { from: self.span.from, to: self.span.to.filter(|to| *to <= at) };
        OwnedPiece { span, ..self.clone() }
    }
}

/// Pieces are alike if all of them is and their story is the same one, which is not looked into.
impl PartialEq for OwnedPiece {
    fn eq(&self, other: &Self) -> bool {
        let of = |it: &Self| (it.span, it.state, Arc::as_ptr(&it.story));
        of(self) == of(other) && self.basis == other.basis
    }
}

impl Eq for OwnedPiece {}

/// One group at the instant, and how it has been.
#[derive(Debug)]
pub struct GroupBoard {
    /// The group.
    pub id: GroupId,
    /// Its listed members that are not retired, in the order of site.yaml.
    pub members: Vec<ComponentId>,
    /// What it is in, rolled up.
    pub standing: Standing,
    /// Its uptime, by the rolled-up state.
    pub uptime: Vec<UptimeWindow>,
}

/// One calendar day of the site's zone.
#[derive(Clone, Debug)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// The worst state with positive length in it; none where nothing of it has data.
    pub worst: Option<State>,
    /// The seconds in each state other than operational, worst first, up to `now`.
    pub seconds: Vec<(State, i64)>,
    /// The stories that touch it, newest first.
    pub stories: Vec<DayStory>,
}

/// A story on one component's day.
#[derive(Clone, Debug)]
pub struct DayStory {
    /// The story.
    pub story: Arc<Story>,
    /// The worst state it put the component in on that day.
    pub worst: State,
    /// The seconds of that day that it put the component in that state.
    pub seconds: i64,
}

/// Uptime over the last calendar days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UptimeWindow {
    /// How many calendar days were asked for, today among them.
    pub days: u16,
    /// How many of them have data.
    pub counted_days: u16,
    /// What was counted.
    pub uptime: Uptime,
}

/// What an uptime is made of, in whole seconds. Integer arithmetic throughout: the percentage is
/// floored exactly.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Uptime {
    /// The divisor: the seconds that count.
    pub counted: i64,
    /// Taken out of the divisor for maintenance.
    pub excluded: i64,
    /// In a major outage.
    pub major: i64,
    /// In a partial outage.
    pub partial: i64,
    /// In degraded performance.
    pub degraded: i64,
    /// Under maintenance.
    pub maintenance: i64,
    /// The percentage in units of the last decimal, floored: 9998 for 99.98 with two decimals; none
    /// where nothing was counted.
    pub percent: Option<i64>,
    /// Whether `percent` is 0 and yet not all of it was down: printed "<0.01".
    pub below_smallest: bool,
}
