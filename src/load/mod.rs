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
mod ending;
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
use crate::model::{Incident, IncidentId, Page, Project, Removal, Site};
use crate::source::{Content, Folder, Place, SourceFile, Spot};

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
    /// The names that incidents have, be they sound or not.
    pub names: Names,
}

/// The names of all incidents that have a file: their ids and former ids.
#[derive(Clone, Debug, Default)]
pub struct Names(Arc<Registry>);

impl Names {
    /// Whether an incident has this name.
    pub fn contains(&self, name: &IncidentId) -> bool {
        self.0.find(name).is_some()
    }

    /// The path of the file or folder of the incident of this name.
    pub fn path(&self, name: &IncidentId) -> Option<&str> {
        self.0.find(name).map(|it| it.path.as_str())
    }
}

/// Reads a project.
pub fn project(root: &Arc<Folder>, memory: &mut Memory) -> Loaded {
    let mut said = Vec::new();
    let site = site_file(root, &mut said).map(|it| memory.site.get(it, site::read));
    say_strays(root, &mut said);
    let files = Files::of(root, memory, &mut said);
    let folders = incidents_folders(root, &mut said);
    if folders.is_empty() && !root.files.contains_key("incidents") && site.is_some() {
        said.push(no_incidents());
    }
    let mut loaded =
        Loaded { project: None, diagnostics: Vec::new(), held: Vec::new(), names: Names::default() };
    if let Some(read) = site {
        said.extend(read.said.iter().cloned());
        if let Some(site) = &read.site {
            let incidents = incidents(&folders, site, &files, &mut memory.incidents, &mut said);
            loaded.held = incidents.held;
            let assets = assets::within(site.limits, &files.assets, &mut said);
            loaded.names = incidents.names;
            // Without the folder nobody knows what is open, and a page would say that all is well.
            loaded.project = read.believed().filter(|_| !folders.is_empty()).map(|site| Project {
                removed: removals(&site, &loaded.names, &mut said),
                site,
                incidents: incidents.whole,
                pages: in_order(files.pages.iter().filter_map(|it| it.page.clone()).collect()),
                assets,
            });
        }
    }
    if said.iter().any(|it| it.code == Code::TooOld) {
        // What an old program says of new files would only mislead.
        said.retain(|it| it.code == Code::TooOld);
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
    names: Names,
}

fn incidents(
    folders: &[&Arc<Folder>],
    site: &Arc<Site>,
    files: &Files,
    memory: &mut memory::Incidents,
    said: &mut Vec<Diagnostic>,
) -> Incidents {
    let memory::Incidents { shelves, named, register, targets, settled, whole } = memory;
    let entries = shelves.entries(folders, said);
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
    Incidents { whole: Arc::clone(whole), held, names: Names(registry) }
}

/// The removals that site.yaml names and that no file contradicts.
fn removals(site: &Site, names: &Names, said: &mut Vec<Diagnostic>) -> Vec<Removal> {
    let (contradicted, believed): (Vec<_>, Vec<_>) =
        site.removed.iter().cloned().partition(|it| names.contains(&it.id));
    said.extend(contradicted.into_iter().map(|Removal { place, id, .. }| {
        let path = names.path(&id).unwrap_or_default();
        let message = format!("`{id}` is said to be removed, and {path} has that name");
        let help = format!("remove {path}, or take `{id}` out of `removed`");
        Diagnostic::new(Code::StillThere, place, message).help(help)
    }));
    believed
}

/// The folder of the incidents, and those under nearly the right name: that is said, and they are read all the same.
fn incidents_folders<'a>(root: &'a Folder, said: &mut Vec<Diagnostic>) -> Vec<&'a Arc<Folder>> {
    let right = root.folders.get("incidents");
    let is_near = |it: &&Arc<Folder>| matches!(it.name(), "Incidents" | "incident" | "Incident");
    let near: Vec<&Arc<Folder>> = root.folders.values().filter(is_near).collect();
    for folder in &near {
        let message = format!("the folder `{}` must be named `incidents`", folder.name());
        let help = parts::move_to(&folder.path, "incidents", right.is_some());
        said.push(Diagnostic::new(Code::InvalidName, shelf::place_of_folder(folder), message).help(help));
    }
    let folders: Vec<&Arc<Folder>> = right.into_iter().chain(near).collect();
    said.extend(root.files.get("incidents").map(not_a_folder));
    folders
}

fn no_incidents() -> Diagnostic {
    let help =
        "mkdir incidents; git does not keep an empty folder, so put a file into it: touch incidents/.gitkeep";
    Diagnostic::without_place(Code::NoIncidents, "there is no folder incidents/").help(help)
}

/// That something stands in the place of the incidents' folder: a file, a link to nothing, what may not be read.
fn not_a_folder(file: &Arc<SourceFile>) -> Diagnostic {
    match &file.content {
        Content::Bytes(_) | Content::Large(_) | Content::TooLarge { .. } => {
            let message = "`incidents` is a file, and must be a folder";
            Diagnostic::new(Code::NoIncidents, Place::file(file), message)
                .help("move it away, then: mkdir incidents")
        }
        Content::OutsideRoot
        | Content::PrivateTarget { .. }
        | Content::Unreadable { .. }
        | Content::UnreadableName => {
            shelf::stray(file).help("give it back, or move it away, then: mkdir incidents")
        }
    }
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
    let is_in_the_way = |it: &&Arc<SourceFile>| !it.name().contains('.') && it.name() != "incidents";
    for file in root.files.values().filter(is_in_the_way) {
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
