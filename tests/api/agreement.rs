//! What no form can say: the documents agree with each other, with the zone of the page, and with the pages.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::Site;
use crate::json::Json;

const OVERALL: [(&str, &str); 5] = [
    ("none", "All Systems Operational"),
    ("minor", "Partially Degraded Service"),
    ("major", "Partial System Outage"),
    ("critical", "Major System Outage"),
    ("maintenance", "Service Under Maintenance"),
];
const CLOSED: [&str; 3] = ["resolved", "postmortem", "completed"];

/// Everything in which the documents of a site disagree.
pub(crate) fn faults(site: &Site) -> Vec<String> {
    let mut faults = Faults::default();
    let api = Api { site, components: by_id(site.document("components").list("components")) };
    api.same_everywhere(&mut faults);
    api.groups(&mut faults);
    api.lists(&mut faults);
    api.times(&mut faults);
    for incident in api.listed() {
        api.incident(incident, &mut faults);
        api.updates(incident, &mut faults);
    }
    faults.said
}

#[derive(Default)]
struct Faults {
    said: Vec<String>,
}

impl Faults {
    fn unless(&mut self, holds: bool, fault: impl FnOnce() -> String) {
        if !holds {
            self.said.push(fault());
        }
    }
}

struct Api<'a> {
    site: &'a Site,
    components: BTreeMap<&'a str, &'a Json>,
}

impl<'a> Api<'a> {
    /// All incidents and maintenances of the lists.
    fn listed(&self) -> impl Iterator<Item = &'a Json> {
        let incidents = self.site.document("incidents").list("incidents");
        incidents.iter().chain(self.maintenances("scheduled-maintenances"))
    }

    fn maintenances(&self, document: &str) -> &'a [Json] {
        self.site.document(document).list("scheduled_maintenances")
    }

    fn same_everywhere(&self, faults: &mut Faults) {
        let summary = self.site.document("summary");
        let status = summary.at("status");
        let said = (status.text("indicator"), status.text("description"));
        faults.unless(OVERALL.contains(&said), || format!("the service does not say {said:?}"));
        for (path, document) in self.site.documents() {
            faults.unless(document.at("page") == summary.at("page"), || format!("{path}: another page"));
        }
        for (document, key) in
            [("status", "status"), ("components", "components"), ("incidents/unresolved", "incidents")]
        {
            let same = self.site.document(document).at(key) == summary.at(key);
            faults.unless(same, || format!("{document}.json differs from summary.json"));
        }
        let pending = ["active", "upcoming"]
            .map(|it| self.maintenances(&format!("scheduled-maintenances/{it}")))
            .concat();
        let same = pending == summary.list("scheduled_maintenances");
        faults.unless(same, || "summary.json has other maintenances than are pending".to_owned());
    }

    fn groups(&self, faults: &mut Faults) {
        let mut positions: BTreeMap<&str, Vec<&Json>> = BTreeMap::new();
        for (id, component) in &self.components {
            let group = component.text("group_id");
            positions.entry(group).or_default().push(component.at("position"));
            let members = self.components.get(group).map_or(&[][..], |it| it.list("components"));
            let is_member = group.is_empty() || members.contains(&Json::Text((*id).to_owned()));
            faults.unless(is_member, || format!("{id}: its group does not list it"));
            for member in component.list("components") {
                let Json::Text(member) = member else { continue };
                let named = self.components.get(member.as_str()).map(|it| it.text("group_id"));
                faults.unless(named == Some(id), || format!("{id} lists {member}, which is elsewhere"));
            }
        }
        for (group, found) in positions {
            let counted = (1..=found.len() as u64).all(|it| found.contains(&&Json::Count(it)));
            faults.unless(counted, || format!("{group}: the positions are {found:?}"));
        }
    }

    fn lists(&self, faults: &mut Faults) {
        let incidents = self.site.document("incidents").list("incidents");
        let written: Vec<Timestamp> = incidents.iter().map(|it| instant(it.text("created_at"))).collect();
        faults.unless(written.is_sorted_by(|one, other| other <= one), || "not newest first".to_owned());
        let all: Vec<&Json> = self.listed().collect();
        let known = by_id(all.iter().copied());
        faults.unless(known.len() == all.len(), || "an id stands twice".to_owned());
        let summary = self.site.document("summary");
        for open in summary.list("incidents").iter().chain(summary.list("scheduled_maintenances")) {
            let same = known.get(open.text("id")) == Some(&open);
            faults.unless(same, || format!("{} is not so in the lists", open.text("id")));
        }
        for incident in &all {
            let status = incident.text("status");
            let is_open = !CLOSED.contains(&status);
            let open = summary.list("incidents").iter().chain(summary.list("scheduled_maintenances"));
            let in_summary = open.into_iter().any(|it| it == *incident);
            faults.unless(is_open == in_summary, || format!("{status} and in summary.json: {in_summary}"));
        }
        let alone: BTreeSet<&str> = self
            .site
            .documents()
            .filter_map(|(_, it)| Some(it.at("incident").text("id")).filter(|it| !it.is_empty()))
            .collect();
        let same =
            known.iter().all(|(id, it)| self.site.document(&format!("incidents/{id}")).at("incident") == *it);
        faults.unless(same && alone.iter().eq(known.keys()), || "documents of their own differ".to_owned());
    }

    fn times(&self, faults: &mut Faults) {
        let page = self.site.document("summary").at("page");
        let zone = TimeZone::get(page.text("time_zone")).expect("a zone of the database");
        let newest = instant(page.text("updated_at"));
        for (path, document) in self.site.documents() {
            for (key, text) in document.texts() {
                let is_time = ["_at", "_for", "_until"].iter().any(|it| key.ends_with(it));
                if is_time {
                    let local = zone.to_offset(instant(text)).to_string();
                    let offset = if text.ends_with('Z') { "+00" } else { &text[23..] };
                    let same = offset.trim_end_matches(":00") == local;
                    faults.unless(same, || format!("{path}: {key} {text} is not of the zone"));
                    let known = key != "updated_at" || instant(text) <= newest;
                    faults.unless(known, || format!("{path}: {text} is newer than the page"));
                }
                let same = key != "page_id" || text == page.text("id");
                faults.unless(same, || format!("{path}: {text} is not the page"));
            }
        }
        let rows = self.components.values().copied().chain(self.listed());
        let told = rows.map(|it| instant(it.text("updated_at"))).max();
        faults.unless(told.is_none_or(|it| it == newest), || "nothing is as new as the page".to_owned());
    }

    fn incident(&self, incident: &Json, faults: &mut Faults) {
        let id = incident.text("id");
        let closed = CLOSED.contains(&incident.text("status"));
        let resolved = incident.text("resolved_at");
        let ends = incident.list("incident_updates").iter();
        let mut ends = ends.filter(|it| CLOSED.contains(&it.text("status")));
        let told = ends.any(|it| it.text("display_at") == resolved) || !closed;
        faults.unless(told, || format!("{id}: no update resolved it at {resolved}"));
        faults.unless(closed != resolved.is_empty(), || format!("{id}: resolved at {resolved:?}"));
        for component in incident.list("components") {
            let same = self.components.get(component.text("id")) == Some(&component);
            faults.unless(same, || format!("{id}: a component is not as in components.json"));
        }
        let window = (incident.text("scheduled_for"), incident.text("scheduled_until"));
        let whole = window.0.is_empty() || instant(window.0) <= instant(window.1);
        faults.unless(whole, || format!("{id}: the window ends before it starts"));
        let root = format!("{}/", self.site.document("summary").at("page").text("url"));
        let page = incident.text("shortlink").strip_prefix(&root);
        let is_there = page.is_some_and(|it| self.site.has(it));
        faults.unless(is_there, || format!("{id}: {} is no page", incident.text("shortlink")));
    }

    fn updates(&self, incident: &Json, faults: &mut Faults) {
        let id = incident.text("id");
        let updates = incident.list("incident_updates");
        let newest = updates.first().map_or("", |it| it.text("status"));
        faults.unless(newest == incident.text("status"), || format!("{id}: the last word is {newest}"));
        let times: Vec<Timestamp> = updates.iter().map(|it| instant(it.text("display_at"))).collect();
        faults.unless(times.is_sorted_by(|one, other| other <= one), || format!("{id}: not newest first"));
        let unique = by_id(updates).len() == updates.len();
        faults.unless(unique, || format!("{id}: two updates have one id"));
        for update in updates {
            faults.unless(update.text("incident_id") == id, || format!("{id}: an update of another"));
            let dated = |it: &Json| instant(it.text("created_at")) <= instant(it.text("updated_at"));
            faults.unless(dated(update) && dated(incident), || format!("{id}: changed before it was there"));
            for affected in update.list("affected_components") {
                let code = affected.text("code");
                let named = incident.list("components").iter().any(|it| it.text("id") == code);
                faults.unless(named, || format!("{id}: {code} is affected and not named"));
                let title = self.title(code);
                faults.unless(affected.text("name") == title, || format!("{id}: {code} is {title}"));
            }
        }
    }

    /// "Group - Component".
    fn title(&self, component: &str) -> String {
        let Some(component) = self.components.get(component) else { return String::new() };
        let group = self.components.get(component.text("group_id")).map(|it| it.text("name"));
        group.map_or_else(String::new, |it| format!("{it} - ")) + component.text("name")
    }
}

/// In what the first page tells readers something else than the API tells programs.
pub(crate) fn page_faults(site: &Site) -> Vec<String> {
    let summary = site.document("summary");
    let text = words(&site.first_page);
    let open = summary.list("incidents");
    let named = summary.list("components").iter().chain(open).chain(summary.list("scheduled_maintenances"));
    let names = named.map(|it| it.text("name"));
    let newest = open.iter().filter_map(|it| it.list("incident_updates").first());
    let wanted = names.chain(newest.map(|it| it.text("body"))).map(words);
    let beginning = |it: String| it.chars().take(40).collect::<String>();
    wanted
        .map(beginning)
        .filter(|it| !text.contains(it.as_str()))
        .map(|it| format!("`/` does not say {it}"))
        .collect()
}

/// The words of a text, with one space between two.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn by_id<'a>(all: impl IntoIterator<Item = &'a Json>) -> BTreeMap<&'a str, &'a Json> {
    all.into_iter().map(|it| (it.text("id"), it)).collect()
}

fn instant(text: &str) -> Timestamp {
    text.parse().unwrap_or_else(|_| panic!("{text:?} is no instant"))
}
