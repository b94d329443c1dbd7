//! The head of an incident, a maintenance or a notice.

use jiff::Timestamp;

use crate::diag::{Code, Diagnostic};
use crate::load::fields::{Fields, Foreign};
use crate::load::lookup::{component, correction, declarations, share, state};
use crate::load::names;
use crate::load::node::Node;
use crate::load::reading::Reading;
use crate::load::site::CASCADE;
use crate::load::time::time;
use crate::load::values::{choice, flag, line, link, list, plain, text};
use crate::markdown::{self, Outline};
use crate::model::{
    Correction, Disruption, Edge, Impact, IncidentId, Kind, Link, Maintenance, Notice, Prose, Scope, Site,
    Status, Window,
};
use crate::source::Place;
use crate::yaml::Value;

/// What of the three an entry is; decides which keys and statuses it may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// Something broke.
    Incident,
    /// Announced work.
    Maintenance,
    /// Information.
    Notice,
}

/// The keys that decide whether the public may read an incident.
pub(super) const WITHHOLDING: [&str; 4] = ["published_at", "draft", "retracted", "started_at"];

/// What a head says, whatever of the three it is of.
#[derive(Debug)]
pub(super) struct Head {
    pub(super) kind: Kind,
    pub(super) title: String,
    pub(super) summary: Option<Prose>,
    pub(super) published_at: Option<Timestamp>,
    pub(super) workaround: Option<Prose>,
    pub(super) corrections: Vec<Correction>,
    pub(super) retracted: Option<Correction>,
    pub(super) continues: Option<(IncidentId, Place)>,
    pub(super) links: Vec<Link>,
    pub(super) tags: Vec<String>,
    pub(super) aliases: Vec<(IncidentId, Place)>,
    pub(super) pin: bool,
    pub(super) draft: bool,
    pub(super) reports_source: Option<String>,
}

impl Sort {
    /// The statuses that its updates may have.
    pub(super) fn statuses(self) -> &'static [Status] {
        match self {
            Sort::Incident => &Status::OF_INCIDENT,
            Sort::Maintenance => &Status::OF_MAINTENANCE,
            Sort::Notice => &[Status::Resolved],
        }
    }

    /// The word for it, with its article.
    pub(super) fn words(self) -> &'static str {
        match self {
            Sort::Incident => "an incident",
            Sort::Maintenance => "a maintenance",
            Sort::Notice => "a notice",
        }
    }
}

impl Head {
    /// The head of an incident of which only a title is known.
    pub(super) fn untold(title: String) -> Self {
        Head {
            kind: Kind::Incident(Disruption::default()),
            title,
            summary: None,
            published_at: None,
            workaround: None,
            corrections: Vec::new(),
            retracted: None,
            continues: None,
            links: Vec::new(),
            tags: Vec::new(),
            aliases: Vec::new(),
            pin: false,
            draft: false,
            reports_source: None,
        }
    }
}

/// What of the three the head says it is.
pub(super) fn sort(fields: &mut Fields<'_>, reading: &mut Reading) -> Sort {
    let words = [("incident", Sort::Incident), ("maintenance", Sort::Maintenance), ("notice", Sort::Notice)];
    fields.read("kind", reading, choice(&words)).unwrap_or(Sort::Incident)
}

/// Reads all keys but `kind`, `summary` and `updates`. What must be there and is not is said, and stands in as
/// something empty: a head with an error is believed in no case.
pub(super) fn head(sort: Sort, fields: &mut Fields<'_>, site: &Site, reading: &mut Reading) -> Head {
    let title = fields.require("title", reading, line);
    let kind = match sort {
        Sort::Incident => Kind::Incident(disruption(fields, site, reading)),
        Sort::Maintenance => Kind::Maintenance(maintenance(fields, site, reading)),
        Sort::Notice => Kind::Notice(notice(fields, site, reading)),
    };
    refuse_foreign(sort, fields);
    refuse_keys_of_updates(fields);
    Head {
        kind,
        title: title.unwrap_or_default(),
        summary: None,
        published_at: fields.read("published_at", reading, time),
        workaround: fields.read("workaround", reading, prose("workaround")),
        corrections: fields.read("corrections", reading, list(correction)).unwrap_or_default(),
        retracted: fields.read("retracted", reading, correction),
        continues: fields.read("continues", reading, incident_name),
        links: fields.read("links", reading, list(link)).unwrap_or_default(),
        tags: fields.read("tags", reading, list(line)).unwrap_or_default(),
        aliases: fields.read("aliases", reading, list(incident_id)).unwrap_or_default(),
        pin: fields.read("pin", reading, flag).unwrap_or_default(),
        draft: fields.read("draft", reading, flag).unwrap_or_default(),
        reports_source: fields.read("reports_source", reading, line),
    }
}

/// Text in Markdown that is the value of a key. The anchors in it begin with `prefix`.
pub(super) fn prose(prefix: &str) -> impl Fn(&Node<'_>, &mut Reading) -> Option<Prose> {
    move |node, reading| Some(markdown::prose(&text(node, reading)?, &node.place(), Outline::Entry, prefix))
}

/// The name of another incident, wherever it is.
pub(super) fn incident_name(node: &Node<'_>, reading: &mut Reading) -> Option<(IncidentId, Place)> {
    let name = plain(node, reading)?;
    Some((IncidentId::new(&names::normal(name)), node.place()))
}

fn incident_id(node: &Node<'_>, reading: &mut Reading) -> Option<(IncidentId, Place)> {
    let (id, place) = incident_name(node, reading)?;
    if names::is_incident_id(id.as_str()) {
        return Some((id, place));
    }
    let diagnostic = Diagnostic::new(Code::InvalidName, place, format!("`{id}` cannot be an id"));
    reading.refuse(diagnostic.help("use letters, digits and dashes"))
}

fn disruption(fields: &mut Fields<'_>, site: &Site, reading: &mut Reading) -> Disruption {
    let (started_at, started_at_place) = fields.read("started_at", reading, placed_time).unzip();
    let (resolved_at, resolved_at_place) = fields.read("resolved_at", reading, placed_time).unzip();
    Disruption {
        started_at,
        resolved_at,
        started_at_place,
        resolved_at_place,
        components: fields.read("components", reading, declarations(site)).unwrap_or_default(),
        impact: fields.read("impact", reading, impact),
        cause: fields.read("cause", reading, component(site)),
        cascade: fields.read("cascade", reading, choice(&CASCADE)),
        not_affected: fields.read("not_affected", reading, list(component(site))).unwrap_or_default(),
        regions: fields.read("regions", reading, list(line)).unwrap_or_default(),
        affected: fields.read("affected", reading, share),
        windows: fields.read("windows", reading, list(window(site))).unwrap_or_default(),
    }
}

fn placed_time(node: &Node<'_>, reading: &mut Reading) -> Option<(Timestamp, Place)> {
    Some((time(node, reading)?, node.place()))
}

/// How much an incident matters, as its head or an update says.
pub(super) fn impact(node: &Node<'_>, reading: &mut Reading) -> Option<Impact> {
    choice(&Impact::ALL.map(|it| (it.word(), it)))(node, reading)
}

fn window(site: &Site) -> impl Fn(&Node<'_>, &mut Reading) -> Option<Window> {
    move |node, reading| {
        let mut fields = Fields::of(node, reading)?;
        let component_id = fields.require("component", reading, component(site));
        let state = fields.require("state", reading, state);
        let from = fields.require("from", reading, time);
        let to = fields.require("to", reading, placed_time);
        let caused_by = fields.read("caused_by", reading, component(site));
        let regions = fields.read("regions", reading, list(line)).unwrap_or_default();
        fields.finish(reading);
        let (from, (to, to_place)) = (from?, to?);
        if to <= from {
            let diagnostic = Diagnostic::new(
                Code::TimeOrder,
                to_place,
                format!("the window ends at {to}, which is not after its beginning, {from}"),
            );
            return reading.refuse(diagnostic.help("write a later `to`"));
        }
        Some(Window {
            place: node.place(),
            component: component_id?,
            state: state?,
            from,
            to,
            caused_by,
            regions,
        })
    }
}

fn maintenance(fields: &mut Fields<'_>, site: &Site, reading: &mut Reading) -> Maintenance {
    let edges = [("automatic", Edge::Automatic), ("manual", Edge::Manual)];
    let scheduled_for = fields.require("scheduled_for", reading, time);
    let scheduled_until = fields.require("scheduled_until", reading, |node, reading| {
        let until = time(node, reading)?;
        match scheduled_for {
            Some(from) if until <= from => reading.refuse(ends_before(node, from, until)),
            _ => Some(until),
        }
    });
    Maintenance {
        scheduled_for: scheduled_for.unwrap_or_default(),
        scheduled_until: scheduled_until.unwrap_or_default(),
        begin: fields.read("begin", reading, choice(&edges)).unwrap_or(Edge::Automatic),
        end: fields.read("end", reading, choice(&edges)).unwrap_or(Edge::Automatic),
        components: work_on(fields, site, reading).unwrap_or(Scope::All),
    }
}

fn work_on(fields: &mut Fields<'_>, site: &Site, reading: &mut Reading) -> Option<Scope> {
    let is_there = fields.has("components");
    let read = fields.read("components", reading, scope(site));
    if !is_there {
        let diagnostic = Diagnostic::new(Code::MissingKey, fields.place(), "`components` is missing");
        let help = "add `components: [search]` with what is worked on, or `components: all`";
        reading.say(diagnostic.help(help));
    }
    read
}

/// That a maintenance ends before it begins.
pub(super) fn ends_before(node: &Node<'_>, from: Timestamp, until: Timestamp) -> Diagnostic {
    let message = format!("`scheduled_until` is {until}, which is not after `scheduled_for`, {from}");
    Diagnostic::new(Code::TimeOrder, node.place(), message).help("write a later `scheduled_until`")
}

fn scope(site: &Site) -> impl Fn(&Node<'_>, &mut Reading) -> Option<Scope> {
    move |node, reading| match node.value {
        Value::Text(word) if word == "all" => Some(Scope::All),
        Value::List(names) if names.iter().any(|it| it.text() == Some("all")) => {
            let message = "`all` is no component, and stands alone";
            let diagnostic = Diagnostic::new(Code::WrongType, node.place(), message);
            reading.refuse(diagnostic.help("write `components: all`"))
        }
        Value::List(_) => list(component(site))(node, reading).map(Scope::Components),
        _ => {
            let message = "`components` of a maintenance is a list of components or `all`";
            let diagnostic = Diagnostic::new(Code::WrongType, node.place(), message);
            reading.refuse(diagnostic.help("write `components: [search]` or `components: all`"))
        }
    }
}

fn notice(fields: &mut Fields<'_>, site: &Site, reading: &mut Reading) -> Notice {
    Notice {
        components: fields.read("components", reading, list(component(site))).unwrap_or_default(),
        ends_at: fields.read("ends_at", reading, time),
    }
}

const OF_INCIDENT: [&str; 9] = [
    "started_at",
    "resolved_at",
    "impact",
    "cause",
    "cascade",
    "not_affected",
    "regions",
    "affected",
    "windows",
];
const OF_MAINTENANCE: [&str; 4] = ["scheduled_for", "scheduled_until", "begin", "end"];

/// What belongs to an update stands there, so that a head need not change while several people write.
fn refuse_keys_of_updates(fields: &mut Fields<'_>) {
    let why = "belongs to an update";
    let help = "write it in an update: a file in updates/, or an element of `updates:`";
    for key in ["at", "author", "body", "continues_in", "next_update", "rollout", "status"] {
        fields.foreign(Foreign { key, why, help });
    }
    let help = "add an update with `status: resolved`, or `resolved_at:` with the time";
    fields.foreign(Foreign { key: "resolved", why: "is a status, and a status belongs to an update", help });
}

fn refuse_foreign(sort: Sort, fields: &mut Fields<'_>) {
    let of_incident =
        OF_INCIDENT.map(|key| Foreign { key, why: "belongs to an incident", help: "take it out" });
    let of_maintenance = OF_MAINTENANCE.map(|key| Foreign {
        key,
        why: "belongs to a maintenance",
        help: "add `kind: maintenance` if this is one",
    });
    let of_notice =
        [Foreign { key: "ends_at", why: "belongs to a notice", help: "add `kind: notice` if this is one" }];
    let sorts = [
        (Sort::Incident, &of_incident[..]),
        (Sort::Maintenance, &of_maintenance[..]),
        (Sort::Notice, &of_notice[..]),
    ];
    for (_, keys) in sorts.iter().filter(|(it, _)| *it != sort) {
        keys.iter().for_each(|it| fields.foreign(*it));
    }
}
