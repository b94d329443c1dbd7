//! One incident, from however many documents: its head, its updates, its postmortem, its reports.

mod forms;
mod head;
mod headings;
mod open;
mod order;
mod postmortem;
mod reports;
mod strays;
mod update;
mod update_name;
mod written_time;

use std::sync::Arc;

use super::names::{self, confusable, is_incident_id, normal};
use super::parts;
use super::reading::Reading;
use super::registry::Naming;
use super::shelf::Entry;
use crate::diag::{Code, Diagnostic};
use crate::memo::{ById, Question};
use crate::model::{Incident, IncidentId, Kind, Prose, ProseLink, Site, Update, Withheld, sort_updates};
use crate::source::{Folder, Place};

use head::Sort;
use open::{Opened, open};
use update::{Around, UpdateRead};

/// All that an incident is made from, compared by identity.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Sources {
    site: ById<Site>,
    entry: Entry,
}

/// Asks for what is read of the incident at an entry.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'a> {
    /// The names that it may use.
    pub(super) site: &'a Arc<Site>,
    /// Where it lies.
    pub(super) entry: &'a Entry,
}

impl Question for Asked<'_> {
    type Key = Sources;

    fn is_answered_by(&self, key: &Sources) -> bool {
        Arc::ptr_eq(self.site, &key.site.0) && *self.entry == key.entry
    }

    fn key(&self) -> Sources {
        Sources { site: ById(Arc::clone(self.site)), entry: self.entry.clone() }
    }
}

/// What was read of one incident, and what it is called.
#[derive(Debug)]
pub(super) struct Named {
    /// What it is called, beside it: that is compared in every run, and the rest is looked into in few.
    pub(super) naming: Arc<Naming>,
    /// What was read.
    pub(super) read: Arc<IncidentRead>,
}

/// What was read of one incident.
#[derive(Debug)]
pub(super) struct IncidentRead {
    /// Its id, from its name.
    pub(super) id: IncidentId,
    /// Its head, or its first file.
    pub(super) place: Place,
    /// The incident without what is broken; none where its head is.
    pub(super) incident: Option<Arc<Incident>>,
    /// Former ids, with their places.
    pub(super) aliases: Vec<(IncidentId, Place)>,
    /// Other incidents that it names, with the places of the names.
    pub(super) named: Vec<(IncidentId, Place)>,
    /// The links in its texts.
    pub(super) links: Vec<ProseLink>,
    /// What is to be said of it.
    pub(super) said: Vec<Diagnostic>,
}

/// Reads an incident. Everything that is wrong with it is said, and it is given without the parts that
/// are.
pub(super) fn read(sources: &Sources) -> Named {
    let entry = &sources.entry;
    let mut reading = Reading::new(sources.site.0.time_zone.clone());
    let id = IncidentId::new(&normal(entry.name()));
    let named_well = has_good_name(entry, &mut reading);
    let mut read = IncidentRead {
        place: entry.place(),
        id,
        incident: None,
        aliases: Vec::new(),
        named: Vec::new(),
        links: Vec::new(),
        said: Vec::new(),
    };
    if let Some(opened) = open(entry, &sources.site.0, &mut reading) {
        let whole =
            opened.is_sound && named_well && !entry.folder().is_some_and(|it| parts::is_incomplete(it));
        let head = opened.place.clone();
        read.aliases.clone_from(&opened.head.aliases);
        if let Some(mut incident) = assemble(entry, opened, &sources.site.0, &mut read, &mut reading) {
            let in_order = order::check(&mut incident, &head, &mut reading);
            if whole && is_never_shown(&incident) {
                reading.say(never_shown(head));
            } else if reading.errors() == 0 && is_without_status(&incident) {
                reading.say(without_status(&incident));
            }
            read.incident = (whole && in_order).then(|| Arc::new(incident));
        }
    } else if let Some(folder) = entry.folder() {
        look_at(folder, &sources.site.0, &mut reading);
    }
    if let Some(folder) = entry.folder() {
        strays::say(folder, unnamed_head(entry), &mut reading);
    }
    read.said = reading.into_said();
    Named { naming: Arc::new(naming(entry, &read)), read: Arc::new(read) }
}

/// What seems to be the head of an entry that has none.
fn unnamed_head(entry: &Entry) -> Option<&str> {
    let folder = entry.folder().filter(|it| entry.heads().next().is_none() && parts::heads(it).is_empty())?;
    parts::unnamed_head(folder)
}

fn naming(entry: &Entry, read: &IncidentRead) -> Naming {
    Naming {
        path: entry.path().to_owned(),
        id: read.id.clone(),
        claim: confusable(entry.name()),
        aliases: read.aliases.iter().map(|(id, _)| (id.clone(), confusable(id.as_str()))).collect(),
        has_postmortem: entry.folder().is_some_and(|it| it.files.contains_key("postmortem.md")),
    }
}

/// Whether an incident has no time from which anybody may know of it.
fn is_never_shown(incident: &Incident) -> bool {
    let Kind::Incident(disruption) = &incident.kind else { return false };
    let has_time = disruption.started_at.is_some() || incident.published_at.is_some();
    let has_updates = !incident.updates.is_empty() || !incident.withheld.is_empty();
    !has_time && !has_updates && !incident.draft
}

fn never_shown(head: Place) -> Diagnostic {
    let message = "no reader will ever see this: it has neither a start nor an update";
    Diagnostic::new(Code::NeverShown, head, message)
        .help("add `started_at` or an update, or `draft: true` while it is not to be seen")
}

/// Whether nothing says where an incident stands, so that it stays open for ever.
fn is_without_status(incident: &Incident) -> bool {
    let Kind::Incident(disruption) = &incident.kind else { return false };
    let says_nothing = |it: &Update| it.status.is_none() && it.continues_in.is_none();
    disruption.resolved_at.is_none()
        && !incident.updates.is_empty()
        && incident.updates.iter().all(says_nothing)
}

fn without_status(incident: &Incident) -> Diagnostic {
    let message = "no update says a status: readers see \"Investigating\" until one is `resolved`";
    let first = incident.updates.first().map_or(&incident.place, |it| &it.place);
    Diagnostic::new(Code::NoStatus, first.clone(), message)
        .help("add `status: investigating`, `identified`, `monitoring` or `resolved`")
}

fn has_good_name(entry: &Entry, reading: &mut Reading) -> bool {
    let good = is_incident_id(&normal(entry.name()));
    if !good {
        let path = entry.path();
        let ending = path.rsplit('/').next().and_then(|it| it.strip_prefix(entry.name())).unwrap_or("");
        let slug = names::slug(entry.name());
        let slug = if slug.is_empty() { "incident".to_owned() } else { slug };
        let mended = names::beside(path, &format!("{slug}{ending}"));
        let message = format!("`{}` cannot be the id of an incident", entry.name());
        let diagnostic = Diagnostic::new(Code::InvalidName, entry.place(), message);
        reading.say(diagnostic.help(names::move_command(path, &mended)));
        reading.rename(path, &mended);
    }
    good
}

fn assemble(
    entry: &Entry,
    opened: Opened,
    site: &Site,
    read: &mut IncidentRead,
    reading: &mut Reading,
) -> Option<Incident> {
    let Opened { place: _, head, sort, mut updates, is_sound: _ } = opened;
    let folder = entry.folder();
    if let Some(folder) = folder {
        updates.extend(update_files(folder, Around { site, sort }, reading));
    }
    if forms::LIMIT < updates.len() {
        return reading.refuse(forms::too_many(read.place.clone()));
    }
    read.named.extend(head.continues.clone());
    read.named.extend(updates.iter_mut().filter_map(|it| it.continues_in.take()));
    let mut updates: Vec<Update> = updates.into_iter().map(|it| it.update).collect();
    sort_updates(&mut updates);
    updates.shrink_to_fit();
    let file = |name: &str| folder.and_then(|it| it.files.get(name));
    let incident = Incident {
        place: read.place.clone(),
        id: read.id.clone(),
        kind: head.kind,
        title: head.title,
        summary: head.summary.unwrap_or_default(),
        published_at: head.published_at,
        workaround: head.workaround,
        corrections: head.corrections,
        retracted: head.retracted,
        continues: head.continues.map(|(id, _)| id),
        links: head.links,
        tags: head.tags,
        aliases: head.aliases.into_iter().map(|(id, _)| id).collect(),
        pin: head.pin,
        draft: head.draft,
        updates,
        postmortem: file("postmortem.md").and_then(|it| {
            let read = postmortem::read(it, reading);
            if read.is_none() {
                reading.withhold(Withheld::Postmortem { place: Place::file(it) });
            }
            read
        }),
        reports: file("reports.csv").and_then(|it| reports::read(it, head.reports_source, reading)),
        withheld: reading.take_withheld(),
    };
    read.links = links(&incident);
    Some(incident)
}

/// The updates that have files of their own, wherever in the incident's folder these lie.
fn update_files(folder: &Folder, around: Around<'_>, reading: &mut Reading) -> Vec<UpdateRead> {
    let mut updates: Vec<UpdateRead> =
        parts::updates(folder).flat_map(|it| forms::files(it, around, reading)).collect();
    updates.extend(parts::misplaced_updates(folder).filter_map(|it| forms::file(it, around, reading)));
    updates
}

/// Says what is wrong with the documents below a head that cannot be read. Without it nobody knows what
/// of the three they belong to, so nothing that depends on that is said.
fn look_at(folder: &Folder, site: &Site, reading: &mut Reading) {
    let mut aside = Reading::new(reading.zone.clone());
    update_files(folder, Around { site, sort: Sort::Incident }, &mut aside);
    folder.files.get("postmortem.md").map(|it| postmortem::read(it, &mut aside));
    folder.files.get("reports.csv").map(|it| reports::read(it, None, &mut aside));
    let depends = |it: &Diagnostic| matches!(it.code, Code::WrongKind | Code::UnknownStatus);
    aside.into_said().into_iter().filter(|it| !depends(it)).for_each(|it| reading.say(it));
}

/// All links in an incident's texts.
fn links(incident: &Incident) -> Vec<ProseLink> {
    let of_updates = incident.updates.iter().flat_map(|it| it.workaround.iter().chain([&it.body]));
    let of_postmortem = incident.postmortem.iter().map(|it| &it.body);
    let of_head = incident.workaround.iter().chain([&incident.summary]);
    let texts = of_head.chain(of_updates).chain(of_postmortem);
    texts.flat_map(|it: &Prose| it.links.iter().cloned()).collect()
}

#[cfg(test)]
mod tests;
