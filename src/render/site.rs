//! The whole site at an instant.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::archive::{ShelfKey, ShelfPages};
use super::components::BarsMemory;
use super::edition::{Edition, EditionKey, Printed};
use super::hosts::Pages;
use super::memory::{self, DocumentsMemory, Memory, PageKey, PagesMemory};
use super::plan::{self, Plan, Planned};
use super::shelf::{Shelf, Shelves};
use super::shown::{Indexing, Shown};
use super::sitemap::Entries;
use super::theme::Theme;
use super::view::{self, AllBars, Voice};
use super::{
    almanac, api, archive, calendar, components, documents, events, feed, hosts, lists, search, sitemap,
    status,
};
use crate::diag::{Checked, Diagnostic};
use crate::emit::{Output, Part, Tree};
use crate::memo::{ById, Memo};
use crate::model::Project;
use crate::timeline::{Audience, Board};

/// All that a site is made from.
#[derive(Clone, Copy, Debug)]
pub struct RenderInput<'a> {
    /// What was written.
    pub project: &'a Project,
    /// What is true at the instant of the build.
    pub board: &'a Board,
    /// What was true at the last change: the board at `board.last_change`. What may count as a change
    /// is the same on both; ages, which do not count, stand still on this one.
    pub settled: &'a Board,
    /// How it looks and speaks.
    pub theme: &'a Arc<Theme>,
    /// Who will read it.
    pub audience: Audience,
    /// Whether it is the present that is shown.
    pub shown: Shown,
}

/// The whole site. A page whose template fails is told of, and printed by the built-in theme.
pub fn site(input: &RenderInput<'_>, memory: &mut Memory) -> Checked<Tree> {
    let edition = edition(input, memory);
    let Memory { shelves, settled, bars, settled_bars, live, pages, documents, .. } = memory;
    let settled_bars = components::bars(&edition, input.settled, settled_bars);
    let bars = components::bars(&edition, input.board, bars);
    let shelves = shelves.of(&edition.0.voice(), input.board);
    let aliases = plan::aliases(&edition.0.voice(), shelves);
    let keys = archive::keys(&edition, shelves);

    let works = Works { input, edition: &edition, shelves, keys: &keys, bars: &bars, aliases: &aliases };
    let front = || {
        let revision = revision(input, &edition, settled, &settled_bars);
        (works.live(&revision, live), works.status(&revision))
    };
    let ((live, status), (mut press, (documents, of_stories))) =
        rayon::join(front, || rayon::join(|| works.pages(pages), || works.documents(documents)));
    press.print(live);
    press.files.extend(documents);
    press.files.push(status);
    let hosts = works.hosts(&press, &of_stories);
    press.files.extend(hosts);
    press.finish()
}

/// `/status.json` alone, without the pages.
pub fn status_document(input: &RenderInput<'_>) -> String {
    let edition = edition(input, &mut Memory::default());
    let bars = components::bars(&edition, input.settled, &mut BarsMemory::default());
    let revision = revision(input, &edition, &mut Shelves::default(), &bars);
    status::document(&edition.0.voice(), input.board, &revision).to_json()
}

fn edition(input: &RenderInput<'_>, memory: &mut Memory) -> ById<Edition> {
    let voice = Voice { site: &input.project.site, words: &input.theme.words };
    let shell = view::shell(&voice, input.project, (input.audience, input.shown));
    memory.editions.get(EditionKey::new(input.theme, &input.project.site, shell), Edition::of)
}

fn revision(
    input: &RenderInput<'_>,
    edition: &ById<Edition>,
    settled: &mut Shelves,
    bars: &AllBars,
) -> String {
    let voice = edition.0.voice();
    let shelves = settled.of(&voice, input.settled);
    let plan = Plan { voice, board: input.settled, bars, pages: &input.project.pages, shelves };
    let live = plan.live(&archive::open(&archive::keys(edition, shelves)));
    status::revision(&voice, &live, input.settled)
}

/// What the files of a site are made of.
struct Works<'a> {
    input: &'a RenderInput<'a>,
    edition: &'a ById<Edition>,
    shelves: &'a [Arc<Shelf>],
    /// All that the pages of each shelf depend on.
    keys: &'a [ShelfKey],
    bars: &'a AllBars,
    aliases: &'a [(String, String)],
}

impl Works<'_> {
    /// All pages but those that are live, and the intervals of components' years, which are made with the pages of
    /// these.
    fn pages(&self, memory: &mut PagesMemory) -> Press {
        let Works { input, edition, shelves, keys, bars, aliases } = *self;
        let (voice, board) = (edition.0.voice(), input.board);
        let history = almanac::history(edition, board, shelves, &mut memory.almanac);
        let lists = lists::lists(edition, board, shelves, &mut memory.lists);
        let former = aliases.iter().map(|(path, target)| plan::alias(&voice, path, target));
        let removed = input.project.removed.iter().map(|it| plan::removed(&voice, it));
        let planned = history
            .planned
            .into_iter()
            .chain(lists.planned)
            .chain(self.plan().rest())
            .chain(former)
            .chain(removed);

        let mut press = Press::default();
        press.bind(archive::pages(keys.to_vec(), &mut memory.archive));
        press.print(self.print(planned, &mut memory.shown));
        press.print(history.printed.into_iter().chain(lists.printed));
        for component in components::pages(edition, board, bars, &mut memory.components) {
            press.print([component.page]);
            press.print(component.years.iter().map(|it| it.page.clone()));
            press.files.extend(component.years.iter().map(|it| it.document.clone()));
        }
        press
    }

    /// The pages that change when something happens, and say by their revision that it did.
    fn live(&self, revision: &str, memory: &mut Memo<PageKey, Printed>) -> Vec<Printed> {
        let mut planned = self.plan().live(&archive::open(self.keys));
        for planned in &mut planned {
            planned.page.head.revision = Some(revision.to_owned());
        }
        self.print(planned.into_iter(), memory)
    }

    fn print(
        &self,
        planned: impl Iterator<Item = Planned>,
        memory: &mut Memo<PageKey, Printed>,
    ) -> Vec<Printed> {
        let key = |Planned { path, page }| PageKey { edition: self.edition.clone(), path, page };
        memory.get_all(planned.map(key).collect(), memory::page)
    }

    fn plan(&self) -> Plan<'_> {
        let Works { input, edition, bars, shelves, .. } = *self;
        Plan { voice: edition.0.voice(), board: input.board, bars, pages: &input.project.pages, shelves }
    }

    /// `/status.json`.
    fn status(&self, revision: &str) -> Output {
        let document = status::document(&self.edition.0.voice(), self.input.board, revision);
        ("status.json".into(), document.to_json().into())
    }

    /// Documents for programs but `/status.json`, and files that are copied as they are; and apart from them, what search
    /// engines are told of stories.
    fn documents(&self, memory: &mut DocumentsMemory) -> (Vec<Output>, Vec<Arc<Entries>>) {
        let Works { input, edition, shelves, .. } = *self;
        let mut files = documents::documents(input);
        files.extend(api::files(edition, input.board, shelves, &mut memory.api));
        files.extend(calendar::files(edition, input.board, &mut memory.calendar));
        files.extend(feed::files(edition, input.board, shelves, &mut memory.feeds));
        files.extend(search::index(edition, shelves, &mut memory.search));
        files.extend(events::files(edition, input.board, shelves, &mut memory.events));
        (files, sitemap::of_stories(edition, shelves, &mut memory.sitemap))
    }

    /// What hosts and search engines look for, beside all that was printed.
    fn hosts(&self, press: &Press, of_stories: &[Arc<Entries>]) -> Vec<Output> {
        // Of the pages of a shelf, which are many, the first and the last are of each kind that there is.
        let bound = press.parts.iter().flat_map(|it| [it.files().first(), it.files().last()]);
        let files = press.files.iter().chain(bound.flatten());
        let files: Vec<&str> = files.map(|(path, _)| &**path).collect();
        hosts::files(&Pages {
            url: &self.edition.0.site.url,
            files: &files,
            aliases: self.aliases,
            of_stories,
            framing: &self.edition.0.site.embed,
            indexing: Indexing::of(self.input.audience, self.input.shown),
        })
    }
}

/// The files of a site, single ones and parts that hold still together, and what was wrong with templates.
#[derive(Default)]
struct Press {
    files: Vec<Output>,
    parts: Vec<Arc<Part>>,
    faults: Vec<Arc<Diagnostic>>,
}

impl Press {
    fn print(&mut self, printed: impl IntoIterator<Item = Printed>) {
        for Printed { path, bytes, fault } in printed {
            self.files.push((path, bytes.into()));
            self.faults.extend(fault);
        }
    }

    fn bind(&mut self, shelves: Vec<ShelfPages>) {
        for ShelfPages { part, faults } in shelves {
            self.parts.push(part);
            self.faults.extend(faults);
        }
    }

    /// The tree of all, and each mistake of a template once.
    fn finish(mut self) -> Checked<Tree> {
        let mut told = BTreeSet::new();
        let faults = self.faults.iter().filter(|it| told.insert(format!("{:?}", it.place)));
        let diagnostics = faults.map(|it| Diagnostic::clone(it)).collect();
        self.parts.push(Arc::new(Part::of(self.files)));
        Checked { value: Tree::of(self.parts), diagnostics }
    }
}
