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

mod document;
mod fields;
mod incident;
pub mod locate;
mod lookup;
mod memory;
mod names;
mod nearest;
mod node;
mod outline;
mod page;
mod reading;
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
use crate::model::{IncidentId, Page, Project};
use crate::source::{Folder, SourceFile, Spot};

pub use memory::Memory;

use incident::Sources;

/// What the files of a project give.
#[derive(Debug)]
pub struct Loaded {
    /// What is left when what is broken is left out; none where site.yaml is broken.
    pub project: Option<Project>,
    /// All that is to be said, in order of path and line. Every place is resolved to bytes.
    pub diagnostics: Vec<Diagnostic>,
    /// The incidents that are left out because their heads are broken.
    pub held: Vec<IncidentId>,
}

/// Reads a project.
pub fn project(root: &Arc<Folder>, memory: &mut Memory) -> Loaded {
    let mut loaded = Loaded { project: None, diagnostics: Vec::new(), held: Vec::new() };
    let said = &mut loaded.diagnostics;
    let read = site_file(root, said).map(|it| memory.site.get(it, site::read));
    if let Some(read) = &read {
        said.extend(read.said.iter().cloned());
    }
    let site_folder = root.folders.get("site");
    say_strays(root, said);
    let pages = site_folder.and_then(|it| it.folders.get("pages"));
    let pages = pages.map(|it| page::files(it, said)).unwrap_or_default();
    let pages = memory.pages.get_all(pages, page::read);
    said.extend(pages.iter().flat_map(|it| it.said.iter().cloned()));
    let assets = site_folder.and_then(|it| it.folders.get("assets"));
    let assets = assets.map(|it| page::assets(it, said)).unwrap_or_default();
    if let Some(site) = read.as_ref().and_then(|it| it.site.as_ref()) {
        let entries = root.folders.get("incidents").map(|it| shelf::entries(it, said)).unwrap_or_default();
        let sources = entries.into_iter().map(|it| Sources::new(site, it)).collect();
        let incidents = memory.incidents.get_all(sources, incident::read);
        said.extend(incidents.iter().flat_map(|it| it.said.iter().cloned()));
        loaded.held = incidents.iter().filter(|it| it.incident.is_none()).map(|it| it.id.clone()).collect();
        let mut known: Vec<_> = incidents.iter().filter_map(|it| it.incident.clone()).collect();
        known.sort_by(|left, right| left.id.cmp(&right.id));
        loaded.project = read.as_ref().and_then(site::SiteRead::believed).map(|site| Project {
            site,
            incidents: known,
            pages: in_order(pages.iter().filter_map(|it| it.page.clone()).collect()),
            assets,
        });
    }
    locate::resolve_all(&mut loaded.diagnostics);
    sort(&mut loaded.diagnostics);
    loaded
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
    let help = match root.file("site/site.yml") {
        Some(file) => names::git_mv(&file.path, "site/site.yaml"),
        None => "write one with `title`, `url` and `components`".to_owned(),
    };
    said.push(Diagnostic::without_place(Code::NoSite, message).help(help));
    None
}

fn say_strays(root: &Folder, said: &mut Vec<Diagnostic>) {
    for file in root.files.values() {
        said.push(shelf::stray(file).help("make it a folder"));
    }
    let Some(site) = root.folders.get("site") else { return };
    let help = "site/ holds site.yaml, pages/ and assets/";
    let files = site.files.values().filter(|it| it.name() != "site.yaml");
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
            Spot::File | Spot::Yaml { .. } => 0,
        });
        (place.map(|it| it.file.path.clone()), start, it.code, it.message.clone())
    });
}
