//! The pages of site/pages and the files of site/assets.

use std::sync::Arc;

use jiff::tz::TimeZone;

use super::document::{self, Head, unreadable};
use super::fields::Fields;
use super::locate;
use super::names::{self, is_plain_id};
use super::node::Node;
use super::reading::Reading;
use super::shelf::{first_file, stray, wrong_ending};
use super::values::{flag, line, whole};
use crate::diag::{Code, Diagnostic};
use crate::markdown::{self, Outline, is_stray};
use crate::memo::ById;
use crate::model::{Page, ProseLink};
use crate::source::{Folder, Place, SourceFile};

/// The pages that the output has anyway.
const TAKEN: [&str; 8] =
    ["404", "embed", "history", "index", "maintenance", "postmortems", "search", "subscribe"];

/// What was read of one page.
#[derive(Debug)]
pub(super) struct PageRead {
    /// Its id.
    pub(super) id: String,
    /// The page; none where something is wrong with it.
    pub(super) page: Option<Arc<Page>>,
    /// What is to be said of it.
    pub(super) said: Vec<Diagnostic>,
}

impl PageRead {
    /// The links in its text.
    pub(super) fn links(&self) -> &[ProseLink] {
        self.page.as_ref().map(|it| it.body.links.as_slice()).unwrap_or_default()
    }
}

/// The files of site/pages that are pages; what else lies there is said.
pub(super) fn files(folder: &Folder, said: &mut Vec<Diagnostic>) -> Vec<ById<SourceFile>> {
    let mut pages = Vec::new();
    for file in folder.files.values() {
        match file.name().rsplit_once('.') {
            Some((_, "md")) => pages.push(ById(Arc::clone(file))),
            Some((_, "markdown")) => said.push(wrong_ending(file, "md")),
            _ => said.push(stray(file).help("a page is a .md file; what it shows goes to site/assets/")),
        }
    }
    let nested = folder.folders.values().filter_map(|it| first_file(it));
    said.extend(nested.map(|it| stray(it).help("put pages directly into site/pages/")));
    pages
}

/// Reads a page. One with a mistake is left out whole.
pub(super) fn read(file: &ById<SourceFile>) -> Arc<PageRead> {
    let mut reading = Reading::new(TimeZone::UTC);
    let file = &file.0;
    let id = file.name().strip_suffix(".md").unwrap_or(file.name()).to_owned();
    check_name(&id, file, &mut reading);
    let page = page(&id, file, &mut reading).filter(|_| reading.errors() == 0);
    let mut said = reading.into_said();
    locate::resolve_all(&mut said);
    Arc::new(PageRead { id, page: page.map(Arc::new), said })
}

/// The files of site/assets, in whatever folders; a name that no host would take is said.
pub(super) fn assets(folder: &Folder, said: &mut Vec<Diagnostic>) -> Vec<Arc<SourceFile>> {
    let mut assets = Vec::new();
    let mut open = vec![folder];
    while let Some(folder) = open.pop() {
        open.extend(folder.folders.values().map(Arc::as_ref));
        for file in folder.files.values() {
            match unreadable(file).or_else(|| odd_asset(file)) {
                Some(diagnostic) => said.push(diagnostic),
                None => assets.push(Arc::clone(file)),
            }
        }
    }
    assets.sort_by(|left, right| left.path.cmp(&right.path));
    assets
}

fn odd_asset(file: &Arc<SourceFile>) -> Option<Diagnostic> {
    let odd = |it: char| is_stray(it) || "\n\t\\:*?\"<>|".contains(it);
    file.path.contains(odd).then(|| {
        let message = format!("`{}` is a name that not every host can serve", file.name());
        Diagnostic::new(Code::InvalidName, Place::file(file), message)
            .help("use letters, digits, dashes and dots")
    })
}

fn check_name(id: &str, file: &Arc<SourceFile>, reading: &mut Reading) {
    let message = if TAKEN.contains(&id) {
        format!("the page `{id}.html` is made from the incidents")
    } else if is_plain_id(id) {
        return;
    } else {
        format!("`{id}` cannot be the name of a page")
    };
    let slug = match names::slug(id).as_str() {
        slug if slug.is_empty() || TAKEN.contains(&slug) => format!("about-{slug}"),
        slug => slug.to_owned(),
    };
    let mended = names::beside(&file.path, &format!("{}.md", slug.trim_end_matches('-')));
    let diagnostic = Diagnostic::new(Code::InvalidName, Place::file(file), message);
    reading.say(diagnostic.help(names::move_command(&file.path, &mended)));
}

fn page(id: &str, file: &Arc<SourceFile>, reading: &mut Reading) -> Option<Page> {
    let document = document::markdown(file, reading)?;
    let place = Place::bytes(file, document.body.clone());
    let body = markdown::prose(&document.text[document.body.clone()], &place, Outline::Page, "");
    let page = Page {
        place: Place::file(file),
        id: id.to_owned(),
        title: String::new(),
        nav: false,
        order: 0,
        live: false,
        body,
    };
    match &document.head {
        Head::Read(yaml) => keys(page, &yaml.root(), reading),
        Head::Broken => None,
        Head::Absent => {
            let diagnostic = Diagnostic::new(Code::MissingKey, Place::file(file), "a page needs a `title`");
            reading.refuse(diagnostic.help("begin with a line `---`, then `title:`, then a line `---`"))
        }
    }
}

fn keys(page: Page, root: &Node<'_>, reading: &mut Reading) -> Option<Page> {
    let mut fields = Fields::of(root, reading)?;
    let title = fields.require("title", reading, line);
    let nav = fields.read("nav", reading, flag).unwrap_or_default();
    let order = fields.read("order", reading, whole(-1000, 1000)).unwrap_or_default();
    let live = fields.read("live", reading, flag).unwrap_or_default();
    fields.finish(reading);
    Some(Page { title: title?, nav, order, live, ..page })
}
