//! The form of each document, field by field in the order in which it is served.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::json::Json;

/// What a value can be.
enum Rule {
    Id,
    Stamp,
    Date,
    Url,
    /// At least a character.
    Words,
    Text,
    Position,
    Flag,
    Exactly(bool),
    Null,
    OneOf(&'static [&'static str]),
    OrNull(&'static Rule),
    ListOf(&'static Rule),
    /// At least one.
    SomeOf(&'static Rule),
    Either(&'static [Rule]),
    Map(&'static [(&'static str, Rule)]),
}

use Rule::{
    Either, Exactly, Flag, Id, ListOf, Map, Null, OneOf, OrNull, Position, SomeOf, Stamp, Text, Url, Words,
};

const INDICATORS: Rule = OneOf(&["none", "minor", "major", "critical", "maintenance"]);
const STATES: Rule =
    OneOf(&["operational", "degraded_performance", "partial_outage", "major_outage", "under_maintenance"]);
const OF_INCIDENT: Rule = OneOf(&["investigating", "identified", "monitoring", "resolved", "postmortem"]);
const OF_MAINTENANCE: Rule = OneOf(&["scheduled", "in_progress", "verifying", "completed"]);

const PAGE: Rule =
    Map(&[("id", Id), ("name", Words), ("url", Url), ("time_zone", Words), ("updated_at", Stamp)]);
const STATUS: Rule = Map(&[("indicator", INDICATORS), ("description", Words)]);
const COMPONENT: Rule = Map(&[
    ("id", Id),
    ("name", Words),
    ("status", STATES),
    ("created_at", Stamp),
    ("updated_at", Stamp),
    ("position", Position),
    ("description", OrNull(&Text)),
    ("showcase", Flag),
    ("start_date", OrNull(&Rule::Date)),
    ("group_id", OrNull(&Id)),
    ("page_id", Id),
    ("group", Exactly(false)),
    ("only_show_if_degraded", Flag),
]);
const GROUP: Rule = Map(&[
    ("id", Id),
    ("name", Words),
    ("status", STATES),
    ("created_at", Stamp),
    ("updated_at", Stamp),
    ("position", Position),
    ("description", OrNull(&Text)),
    ("showcase", Flag),
    ("start_date", Null),
    ("group_id", Null),
    ("page_id", Id),
    ("group", Exactly(true)),
    ("only_show_if_degraded", Flag),
    ("components", SomeOf(&Id)),
]);
const AFFECTED: Rule = Map(&[("code", Id), ("name", Words), ("old_status", STATES), ("new_status", STATES)]);

/// An update of an incident or a maintenance.
macro_rules! update {
    ($statuses:expr) => {
        Map(&[
            ("id", Id),
            ("status", $statuses),
            ("body", Text),
            ("incident_id", Id),
            ("created_at", Stamp),
            ("updated_at", Stamp),
            ("display_at", Stamp),
            ("affected_components", OrNull(&SomeOf(&AFFECTED))),
            ("deliver_notifications", Flag),
            ("custom_tweet", Null),
            ("tweet_id", Null),
        ])
    };
}

/// An incident; further fields stand behind.
macro_rules! incident {
    ($statuses:expr, $impacts:expr $(, $key:literal)*) => {
        Map(&[
            ("id", Id),
            ("name", Words),
            ("status", $statuses),
            ("created_at", Stamp),
            ("updated_at", Stamp),
            ("monitoring_at", OrNull(&Stamp)),
            ("resolved_at", OrNull(&Stamp)),
            ("impact", OneOf(&$impacts)),
            ("shortlink", Url),
            ("started_at", Stamp),
            ("page_id", Id),
            ("incident_updates", SomeOf(&update!($statuses))),
            ("components", ListOf(&COMPONENT)),
            ("reminder_intervals", Null),
            $(($key, Stamp)),*
        ])
    };
}

const INCIDENT: Rule = incident!(OF_INCIDENT, ["none", "minor", "major", "critical"]);
const MAINTENANCE: Rule =
    incident!(OF_MAINTENANCE, ["none", "maintenance"], "scheduled_for", "scheduled_until");
const COMPONENTS: Rule = ListOf(&Either(&[COMPONENT, GROUP]));

const SUMMARY: Rule = Map(&[
    ("page", PAGE),
    ("components", COMPONENTS),
    ("incidents", ListOf(&INCIDENT)),
    ("scheduled_maintenances", ListOf(&MAINTENANCE)),
    ("status", STATUS),
]);
const ONE: Rule = Map(&[("page", PAGE), ("incident", Either(&[INCIDENT, MAINTENANCE]))]);
const INCIDENTS: Rule = Map(&[("page", PAGE), ("incidents", ListOf(&INCIDENT))]);
const MAINTENANCES: Rule = Map(&[("page", PAGE), ("scheduled_maintenances", ListOf(&MAINTENANCE))]);

/// What is wrong with the form of the document at a path below `api/v2/`.
pub(crate) fn faults(path: &str, document: &Json) -> Vec<String> {
    let rule = match path {
        "summary.json" => SUMMARY,
        "status.json" => Map(&[("page", PAGE), ("status", STATUS)]),
        "components.json" => Map(&[("page", PAGE), ("components", COMPONENTS)]),
        "incidents.json" | "incidents/unresolved.json" => INCIDENTS,
        path if path.starts_with("incidents/") => ONE,
        path if path.starts_with("scheduled-maintenances") => MAINTENANCES,
        _ => return vec![format!("{path} is no document of the API")],
    };
    rule.faults(path, document)
}

impl Rule {
    fn faults(&self, path: &str, value: &Json) -> Vec<String> {
        match (self, value) {
            (OrNull(_), Json::Null) => Vec::new(),
            (OrNull(rule), value) => rule.faults(path, value),
            (Either(rules), value) => {
                let all: Vec<Vec<String>> = rules.iter().map(|it| it.faults(path, value)).collect();
                all.into_iter().min_by_key(Vec::len).unwrap_or_default()
            }
            (ListOf(rule), Json::List(list)) => each(rule, path, list),
            (SomeOf(rule), Json::List(list)) if !list.is_empty() => each(rule, path, list),
            (Map(rules), Json::Map(fields)) => map(rules, path, fields),
            (rule, value) if rule.takes(value) => Vec::new(),
            (_, value) => vec![format!("{path} must not be {value:?}")],
        }
    }

    fn takes(&self, value: &Json) -> bool {
        match (self, value) {
            (Id, Json::Text(text)) => is_id(text),
            (Stamp, Json::Text(text)) => is_stamp(text),
            (Rule::Date, Json::Text(text)) => text.parse::<Date>().is_ok_and(|it| it.to_string() == *text),
            (Url, Json::Text(text)) => text.starts_with("https://") && !text.ends_with('/'),
            (Words, Json::Text(text)) => !text.is_empty(),
            (OneOf(known), Json::Text(text)) => known.contains(&text.as_str()),
            (Exactly(wanted), Json::Flag(flag)) => wanted == flag,
            (Position, Json::Count(count)) => 0 < *count,
            (Text, Json::Text(_)) | (Flag, Json::Flag(_)) | (Null, Json::Null) => true,
            _ => false,
        }
    }
}

fn each(rule: &Rule, path: &str, list: &[Json]) -> Vec<String> {
    list.iter().enumerate().flat_map(|(place, it)| rule.faults(&format!("{path}[{place}]"), it)).collect()
}

fn map(rules: &[(&str, Rule)], path: &str, fields: &[(String, Json)]) -> Vec<String> {
    let wanted: Vec<&str> = rules.iter().map(|(key, _)| *key).collect();
    let found: Vec<&str> = fields.iter().map(|(key, _)| key.as_str()).collect();
    if wanted != found {
        return vec![format!("{path} has the fields {found:?}, not {wanted:?}")];
    }
    let both = rules.iter().zip(fields);
    both.flat_map(|((key, rule), (_, value))| rule.faults(&format!("{path}.{key}"), value)).collect()
}

fn is_id(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit())
}

/// `2021-12-07T09:06:43.178-07:00`, or `Z` for the offset.
fn is_stamp(text: &str) -> bool {
    let shape: String = text.chars().map(|it| if it.is_ascii_digit() { '0' } else { it }).collect();
    let shapes = ["Z", "+00:00", "-00:00"].map(|offset| format!("0000-00-00T00:00:00.000{offset}"));
    shapes.contains(&shape) && text.parse::<Timestamp>().is_ok()
}
