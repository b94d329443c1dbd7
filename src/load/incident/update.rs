//! One update, in whichever of the three forms it stands.

use super::head::{Sort, ends_before, impact, incident_name, prose};
use crate::diag::Code;
use crate::load::fields::{Fields, Foreign};
use crate::load::lookup::{component, correction, declarations, share};
use crate::load::nearest;
use crate::load::node::Node;
use crate::load::reading::Reading;
use crate::load::site::CASCADE;
use crate::load::time::{ExactTime, exact_time, promise, time};
use crate::load::values::{choice, line, list, percent, plain, unknown};
use crate::model::{IncidentId, Prose, Publication, Site, Status, Update};
use crate::source::Place;

/// The keys that decide whether the public may read an update. Of one that holds back what is broken, the whole
/// update is left out where one of these cannot be read.
pub(super) const WITHHOLDING: [&str; 4] = ["published_at", "at", "draft", "retracted"];

/// What is known of an update before its keys are read: from a file's name, a heading, or nothing.
#[derive(Debug)]
pub(super) struct Origin {
    /// Where it stands.
    pub(super) place: Place,
    /// What decides between updates of one time and status.
    pub(super) name: String,
    /// The time it is named for.
    pub(super) at: Option<ExactTime>,
    /// The status it is named for.
    pub(super) status: Option<Status>,
}

/// What an update is part of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Around<'a> {
    /// The names that it may use.
    pub(super) site: &'a Site,
    /// What of the three it is written under.
    pub(super) sort: Sort,
}

/// An update, and the incident it continues in with the place of that word.
#[derive(Debug)]
pub(super) struct UpdateRead {
    pub(super) update: Update,
    pub(super) continues_in: Option<(IncidentId, Place)>,
}

/// The update without keys: its name and its text say all. None without a time.
pub(super) fn bare(origin: Origin) -> Option<UpdateRead> {
    let at = origin.at?;
    let Origin { place, name, at: _, status } = origin;
    let ExactTime { at, fraction } = at;
    let update = Update {
        place,
        name,
        at,
        fraction,
        published: Publication::Implied(at),
        status,
        body: Prose::default(),
        components: Vec::new(),
        impact: None,
        next_update: None,
        rollout: None,
        author: None,
        continues_in: None,
        corrections: Vec::new(),
        retracted: None,
        title: None,
        workaround: None,
        affected: None,
        regions: None,
        not_affected: None,
        cascade: None,
        scheduled_for: None,
        scheduled_until: None,
    };
    Some(UpdateRead { update, continues_in: None })
}

/// Reads an update's keys. A faulty key is as if left out, so that the rest still reaches readers; none
/// is left of an update without a time.
pub(super) fn update(
    origin: Origin,
    fields: &mut Fields<'_>,
    around: Around<'_>,
    reading: &mut Reading,
) -> Option<UpdateRead> {
    let named = origin.at;
    let at = match named {
        Some(named) => fields.read("at", reading, exact_time).or(Some(named)),
        None => fields.require("at", reading, exact_time),
    };
    let status = fields.read("status", reading, status(around.sort)).or(origin.status);
    let published = fields.read("published_at", reading, time).map(Publication::Stated);
    let mut read = bare(Origin { at: Some(at.unwrap_or_default()), status, ..origin })?;
    let update = &mut read.update;
    update.published = published.unwrap_or(Publication::Implied(named.map_or(update.at, |it| it.at)));
    let prefix = anchor(update);
    update.next_update = fields.read("next_update", reading, promise(update.at));
    update.rollout = fields.read("rollout", reading, percent);
    update.author = fields.read("author", reading, line);
    update.corrections = fields.read("corrections", reading, list(correction)).unwrap_or_default();
    update.retracted = fields.read("retracted", reading, correction);
    update.title = fields.read("title", reading, line);
    update.workaround = fields.read("workaround", reading, prose(&format!("{prefix}-workaround")));
    match around.sort {
        Sort::Incident => read.continues_in = of_incident(update, fields, around.site, reading),
        Sort::Maintenance => of_maintenance(update, fields, reading),
        Sort::Notice => {}
    }
    refuse_foreign(around.sort, fields);
    at.map(|_| read)
}

/// The status of an incident of this sort.
pub(super) fn status(sort: Sort) -> impl Fn(&Node<'_>, &mut Reading) -> Option<Status> {
    move |node, reading| {
        let word = plain(node, reading)?;
        find_status(word, sort)
            .map_err(|(code, message, help)| reading.say(unknown(code, node, message, help)))
            .ok()
    }
}

/// The status named `word`, or why there is none, with its code and what to write.
pub(super) fn find_status(word: &str, sort: Sort) -> Result<Status, (Code, String, Option<String>)> {
    let statuses = sort.statuses();
    if let Some(status) = statuses.iter().find(|it| it.word() == word) {
        return Ok(*status);
    }
    let known = statuses.iter().map(|it| it.word());
    let mut others = Status::OF_INCIDENT.iter().chain(&Status::OF_MAINTENANCE);
    Err(match others.any(|it| it.word() == word) {
        true => (
            Code::WrongKind,
            format!("`{word}` is no status of {}", sort.words()),
            Some(format!("known statuses: {}", known.collect::<Vec<_>>().join(", "))),
        ),
        false => (
            Code::UnknownStatus,
            format!("no status is named `{word}`"),
            nearest::help(word, known, "statuses"),
        ),
    })
}

/// What the anchors in an update's text begin with: its time and status, so that no name leaks.
pub(super) fn anchor(update: &Update) -> String {
    let time = update.at.strftime("%Y%m%dt%H%M%Sz");
    let word = update.status.map_or("update", Status::word);
    format!("{time}-{word}").replace('_', "-")
}

fn of_incident(
    update: &mut Update,
    fields: &mut Fields<'_>,
    site: &Site,
    reading: &mut Reading,
) -> Option<(IncidentId, Place)> {
    update.components = fields.read("components", reading, declarations(site)).unwrap_or_default();
    update.impact = fields.read("impact", reading, impact);
    update.affected = fields.read("affected", reading, share);
    update.regions = fields.read("regions", reading, list(line));
    update.not_affected = fields.read("not_affected", reading, list(component(site)));
    update.cascade = fields.read("cascade", reading, choice(&CASCADE));
    let continues_in = fields.read("continues_in", reading, incident_name);
    update.continues_in = continues_in.as_ref().map(|(id, _)| id.clone());
    continues_in
}

fn of_maintenance(update: &mut Update, fields: &mut Fields<'_>, reading: &mut Reading) {
    let from = fields.read("scheduled_for", reading, time);
    update.scheduled_for = from;
    update.scheduled_until = fields.read("scheduled_until", reading, |node, reading| {
        let until = time(node, reading)?;
        match from {
            Some(from) if until <= from => reading.refuse(ends_before(node, from, until)),
            _ => Some(until),
        }
    });
}

fn refuse_foreign(sort: Sort, fields: &mut Fields<'_>) {
    for key in [
        "aliases",
        "cause",
        "continues",
        "kind",
        "links",
        "pin",
        "resolved_at",
        "started_at",
        "summary",
        "tags",
        "windows",
    ] {
        fields.foreign(Foreign { key, why: "belongs to the head", help: "write it in incident.yaml" });
    }
    let help = "write `status: resolved`";
    fields.foreign(Foreign { key: "resolved", why: "is a status", help });
    let help = match sort {
        Sort::Maintenance => "write an incident of its own for an outage during a maintenance",
        Sort::Incident | Sort::Notice => "take it out",
    };
    let keys = ["components", "impact", "affected", "regions", "not_affected", "cascade", "continues_in"];
    for key in keys.into_iter().filter(|_| sort != Sort::Incident) {
        fields.foreign(Foreign { key, why: "belongs to an incident", help });
    }
    for key in ["scheduled_for", "scheduled_until"].into_iter().filter(|_| sort != Sort::Maintenance) {
        fields.foreign(Foreign { key, why: "belongs to a maintenance", help });
    }
}
