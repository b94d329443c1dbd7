//! The closed lists of words that everything else is said in.
//!
//! States, statuses and impacts are those of Atlassian's Statuspage, which readers and clients know.

/// What a component is in, in order of severity: the worst is the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Works.
    Operational,
    /// Announced work is being done on it.
    UnderMaintenance,
    /// Slow or faulty, and usable.
    DegradedPerformance,
    /// Down for some, or in part.
    PartialOutage,
    /// Down.
    MajorOutage,
}

impl State {
    /// All states, from the mildest.
    pub const ALL: [State; 5] = [
        State::Operational,
        State::UnderMaintenance,
        State::DegradedPerformance,
        State::PartialOutage,
        State::MajorOutage,
    ];

    /// The word in files and in JSON: `partial_outage`.
    pub fn word(self) -> &'static str {
        match self {
            State::Operational => "operational",
            State::UnderMaintenance => "under_maintenance",
            State::DegradedPerformance => "degraded_performance",
            State::PartialOutage => "partial_outage",
            State::MajorOutage => "major_outage",
        }
    }
}

/// Where an incident or a maintenance stands, as an update says it. The order is that of the
/// lifecycle; incidents and maintenance do not share words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Of an incident: being looked into.
    Investigating,
    /// Of an incident: the cause is known.
    Identified,
    /// Of an incident: a fix is in place and watched.
    Monitoring,
    /// Of an incident or a notice: over.
    Resolved,
    /// Of a maintenance: announced.
    Scheduled,
    /// Of a maintenance: has begun.
    InProgress,
    /// Of a maintenance: done and being checked; still in progress.
    Verifying,
    /// Of a maintenance: over.
    Completed,
    /// Of a maintenance: will not happen.
    Cancelled,
}

impl Status {
    /// The statuses of an incident, in order of the lifecycle.
    pub const OF_INCIDENT: [Status; 4] =
        [Status::Investigating, Status::Identified, Status::Monitoring, Status::Resolved];

    /// The statuses of a maintenance, in order of the lifecycle.
    pub const OF_MAINTENANCE: [Status; 5] =
        [Status::Scheduled, Status::InProgress, Status::Verifying, Status::Completed, Status::Cancelled];

    /// The word in files and in JSON: `in_progress`.
    pub fn word(self) -> &'static str {
        match self {
            Status::Investigating => "investigating",
            Status::Identified => "identified",
            Status::Monitoring => "monitoring",
            Status::Resolved => "resolved",
            Status::Scheduled => "scheduled",
            Status::InProgress => "in_progress",
            Status::Verifying => "verifying",
            Status::Completed => "completed",
            Status::Cancelled => "cancelled",
        }
    }
}

/// How much an incident matters as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Impact {
    /// Nobody noticed, or it is information.
    None,
    /// Degraded performance.
    Minor,
    /// A partial outage.
    Major,
    /// A major outage.
    Critical,
}

impl Impact {
    /// All impacts, from the mildest.
    pub const ALL: [Impact; 4] = [Impact::None, Impact::Minor, Impact::Major, Impact::Critical];

    /// The state that it stands for where no component says one.
    pub fn state(self) -> State {
        match self {
            Impact::None => State::Operational,
            Impact::Minor => State::DegradedPerformance,
            Impact::Major => State::PartialOutage,
            Impact::Critical => State::MajorOutage,
        }
    }

    /// The word in files and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Impact::None => "none",
            Impact::Minor => "minor",
            Impact::Major => "major",
            Impact::Critical => "critical",
        }
    }
}
