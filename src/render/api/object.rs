//! What the documents are made of. The order of the fields is the order in which they are served, and nothing that is
//! absent is left out: it is `null` or `[]`.

use jiff::civil::Date;
use serde::Serialize;

use super::stamp::Stamp;

/// The page, which every document begins with.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Page<'a> {
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    pub(super) url: &'a str,
    pub(super) time_zone: &'a str,
    pub(super) updated_at: Stamp,
}

/// The page's state. The descriptions are the service's own, because clients compare them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Overall {
    pub(super) indicator: &'static str,
    pub(super) description: &'static str,
}

/// A component, or a group of them.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub(super) struct Component {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) status: &'static str,
    pub(super) created_at: Stamp,
    pub(super) updated_at: Stamp,
    /// Counts from 1 within its group, or among what stands outside of groups and the groups themselves.
    pub(super) position: usize,
    pub(super) description: Option<String>,
    /// Whether an uptime is claimed of it.
    pub(super) showcase: bool,
    pub(super) start_date: Option<Date>,
    pub(super) group_id: Option<String>,
    pub(super) page_id: String,
    pub(super) group: bool,
    pub(super) only_show_if_degraded: bool,
    /// The ids of a group's members. The one field that only some objects have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) components: Option<Vec<String>>,
}

/// An incident; a maintenance is one with its announced window behind.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Incident<'a> {
    #[serde(flatten)]
    pub(super) told: &'a Told,
    /// As they are when the page is built, not as they were.
    pub(super) components: Vec<&'a Component>,
    pub(super) reminder_intervals: Option<&'static str>,
    #[serde(flatten)]
    pub(super) schedule: Option<Schedule>,
}

/// What is told of an incident, whatever its components are in.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Told {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) status: &'static str,
    pub(super) created_at: Stamp,
    pub(super) updated_at: Stamp,
    pub(super) monitoring_at: Option<Stamp>,
    pub(super) resolved_at: Option<Stamp>,
    pub(super) impact: &'static str,
    pub(super) shortlink: String,
    pub(super) started_at: Stamp,
    pub(super) page_id: String,
    /// Newest first.
    pub(super) incident_updates: Vec<IncidentUpdate>,
}

/// The announced window of a maintenance.
#[derive(Clone, Copy, Debug, Serialize)]
pub(super) struct Schedule {
    pub(super) scheduled_for: Stamp,
    pub(super) scheduled_until: Stamp,
}

/// One entry of an incident.
#[derive(Clone, Debug, Serialize)]
pub(super) struct IncidentUpdate {
    pub(super) id: String,
    pub(super) status: &'static str,
    pub(super) body: String,
    pub(super) incident_id: String,
    pub(super) created_at: Stamp,
    pub(super) updated_at: Stamp,
    pub(super) display_at: Stamp,
    pub(super) affected_components: Option<Vec<AffectedComponent>>,
    pub(super) deliver_notifications: bool,
    pub(super) custom_tweet: Option<&'static str>,
    pub(super) tweet_id: Option<&'static str>,
}

/// What an entry did to a component, or that it named it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct AffectedComponent {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) old_status: &'static str,
    pub(super) new_status: &'static str,
}
