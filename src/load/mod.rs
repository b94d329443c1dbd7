//! From the files as they were read to what they mean.
//!
//! 1. site/site.yaml is read, for the names that everything else may use.
//! 2. What lies below incidents/ is told apart: which folders and files are one incident each.
//! 3. Each incident is read by itself, side by side with the others, unless it is remembered.
//! 4. The pages are read in the same way.
//! 5. What concerns several documents is checked last: ids that two share, names of what is not there.
//!
//! Nothing stops at a mistake. Each is said with its place, and what is left when just the broken is
//! left out is given beside: whether to believe it is the caller's to decide.

mod assets;
mod conflict;
mod document;
mod fields;
mod incident;
mod links;
mod lookup;
mod memory;
mod mistaken_time;
mod names;
mod nearest;
mod node;
mod opening;
mod page;
mod parts;
mod reading;
mod registry;
mod settle;
mod shelf;
mod site;
#[cfg(test)]
mod testing;
mod time;
mod values;
mod yaml;

use std::sync::Arc;

use crate::diag::{Code, Diagnostic};
use crate::memo::ById;
use crate::model::{Incident, IncidentId, Page, Project, Site};
use crate::source::{Folder, SourceFile, Spot};

pub use memory::Memory;

use links::Targets;
use page::PageRead;
use registry::Registry;

/// What the files of a project give.
#[derive(Debug)]
pub struct Loaded {
    /// What is left when what is broken is left out; none where site.yaml is broken.
    pub project: Option<Project>,
    /// All that is to be said, in order of path and line.
    pub diagnostics: Vec<Diagnostic>,
    /// The incidents that are left out because their heads are broken.
    pub held: Vec<IncidentId>,
}

/// Reads a project.
pub fn project(root: &Arc<Folder>, memory: &mut Memory) -> Loaded {
    let mut said = Vec::new();
    let site = site_file(root, &mut said).map(|it| memory.site.get(it, site::read));
    say_strays(root, &mut said);
    let files = Files::of(root, memory, &mut said);
    let mut loaded = Loaded { project: None, diagnostics: Vec::new(), held: Vec::new() };
    if let Some(read) = site {
        said.extend(read.said.iter().cloned());
        if let Some(site) = &read.site {
            let incidents = incidents(root, site, &files, &mut memory.incidents, &mut said);
            loaded.held = incidents.held;
            let assets = assets::within(site.limits, &files.assets, &mut said);
            loaded.project = read.believed().map(|site| Project {
                site,
                incidents: incidents.whole,
                pages: in_order(files.pages.iter().filter_map(|it| it.page.clone()).collect()),
                assets,
            });
        }
    }
    loaded.diagnostics = said;
    sort(&mut loaded.diagnostics);
    loaded
}

/// What lies below site/ beside site.yaml.
struct Files {
    pages: Vec<Arc<PageRead>>,
    assets: Vec<Arc<SourceFile>>,
}

impl Files {
    fn of(root: &Folder, memory: &mut Memory, said: &mut Vec<Diagnostic>) -> Self {
        let below = |name: &str| root.folders.get("site").and_then(|it| it.folders.get(name));
        let pages = below("pages").map(|it| page::files(it, said)).unwrap_or_default();
        let pages = memory.pages.get_all(pages, page::read);
        said.extend(pages.iter().flat_map(|it| it.said.iter().cloned()));
        let assets = below("assets").map(|it| assets::files(it, said)).unwrap_or_default();
        Files { pages, assets }
    }

    fn targets(&self, site: &Arc<Site>, registry: &Arc<Registry>) -> Targets {
        Targets {
            site: ById(Arc::clone(site)),
            incidents: ById(Arc::clone(registry)),
            pages: self.pages.iter().map(|it| it.id.clone()).collect(),
            assets: self.assets.iter().map(|it| ById(Arc::clone(it))).collect(),
        }
    }
}

/// The incidents that can be believed, by id, and the ids of the others.
struct Incidents {
    whole: Arc<[Arc<Incident>]>,
    held: Vec<IncidentId>,
}

fn incidents(
    root: &Folder,
    site: &Arc<Site>,
    files: &Files,
    memory: &mut memory::Incidents,
    said: &mut Vec<Diagnostic>,
) -> Incidents {
    let memory::Incidents { shelves, named, register, targets, settled, whole } = memory;
    let folder = incidents_folder(root, said);
    let entries = folder.map(|it| shelves.entries(it, said)).unwrap_or_default();
    let asked: Vec<_> = entries.iter().map(|entry| incident::Asked { site, entry }).collect();
    named.ask(&asked, incident::read);
    let registry = register.enter(named.values());
    registry.check(named.values(), said);
    let targets = targets.get(files.targets(site, &registry), |it| Arc::new(it.clone()));
    targets.check(files.pages.iter().flat_map(|it| it.links()), said);
    targets.check_look(said);
    let asked: Vec<_> =
        named.values().iter().map(|named| settle::Asked { named, targets: &targets }).collect();
    settled.ask(&asked, settle::settle);
    said.extend(settled.values().iter().flat_map(|it| it.said.iter().cloned()));
    let by_id = || registry.by_id().iter().map(|place| (*place, settled.values()[*place].incident.as_ref()));
    if !by_id().filter_map(|(_, it)| it).map(Arc::as_ptr).eq(whole.iter().map(Arc::as_ptr)) {
        *whole = by_id().filter_map(|(_, it)| it.cloned()).collect();
    }
    let left_out = by_id().filter(|(_, it)| it.is_none());
    let mut held: Vec<IncidentId> =
        left_out.map(|(place, _)| named.values()[place].read.id.clone()).collect();
    held.dedup();
    Incidents { whole: Arc::clone(whole), held }
}

/// The folder of the incidents, be it under nearly the right name: that is said.
fn incidents_folder<'a>(root: &'a Folder, said: &mut Vec<Diagnostic>) -> Option<&'a Arc<Folder>> {
    root.folders.get("incidents").or_else(|| {
        let is_near =
            |it: &&Arc<Folder>| matches!(it.name().to_lowercase().as_str(), "incidents" | "incident");
        let near = root.folders.values().find(is_near)?;
        let message = format!("the folder `{}` must be named `incidents`", near.name());
        let diagnostic = Diagnostic::new(Code::InvalidName, shelf::place_of_folder(near), message);
        said.push(diagnostic.help(names::move_command(&near.path, "incidents")));
        Some(near)
    })
}

fn site_file(root: &Folder, said: &mut Vec<Diagnostic>) -> Option<ById<SourceFile>> {
    if let Some(file) = root.file("site/site.yaml") {
        return Some(ById(Arc::clone(file)));
    }
    let message = if root.folder("site/site.yaml").is_some() {
        "site/site.yaml is a folder"
    } else {
        "there is no site/site.yaml"
    };
    let misplaced = ["site/site.yml", "site.yaml", "site.yml"].iter().find_map(|it| root.file(it));
    let help = match misplaced {
        Some(file) if root.folder("site").is_some() => names::move_command(&file.path, "site/site.yaml"),
        Some(file) => format!("mkdir site && {}", names::move_command(&file.path, "site/site.yaml")),
        None => FIRST_SITE.to_owned(),
    };
    said.push(Diagnostic::without_place(Code::NoSite, message).help(help));
    None
}

/// The smallest site.yaml that is of use.
const FIRST_SITE: &str = "write one with five lines:
title: Example
url: https://status.example.com
time_zone: UTC
components:
  - {id: web, name: Website, since: 2020-01-01}";

fn say_strays(root: &Folder, said: &mut Vec<Diagnostic>) {
    // Beside a project any file may be named site.yaml; only in the place of a folder it is in the way.
    for file in root.files.values().filter(|it| !it.name().contains('.')) {
        said.push(shelf::stray(file).help("make it a folder"));
    }
    let Some(site) = root.folders.get("site") else { return };
    let help = "site/ holds site.yaml, pages/ and assets/";
    let has_site = site.files.contains_key("site.yaml");
    let is_site = |name: &str| name == "site.yaml" || (name == "site.yml" && !has_site);
    let files = site.files.values().filter(|it| !is_site(it.name()));
    let folders = site.folders.values().filter(|it| !matches!(it.name(), "pages" | "assets"));
    let inside = folders.filter_map(|it| shelf::first_file(it));
    said.extend(files.chain(inside).map(|it| shelf::stray(it).help(help)));
}

/// The pages in the order of the navigation.
fn in_order(mut pages: Vec<Arc<Page>>) -> Vec<Arc<Page>> {
    pages.sort_by(|left, right| {
        (left.order, &left.title, &left.id).cmp(&(right.order, &right.title, &right.id))
    });
    pages
}

/// By path, place and code, so that two runs that find the same say it in the same order.
fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by_cached_key(|it| {
        let place = it.place.as_ref();
        let start = place.map(|place| match &place.spot {
            Spot::Bytes(range) => range.start,
            Spot::File => 0,
        });
        (place.map(|it| it.file.path.clone()), start, it.code, it.message.clone())
    });
}

#[cfg(test)]
mod tests;
