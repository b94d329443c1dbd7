//! The whole site at an instant.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::hosts::Pages;
use super::memory::{self, ArchiveKey, Memory, PageKey, Printed, Shell};
use super::plan::{self, Plan, Planned};
use super::theme::Theme;
use super::view::{self, Voice};
use super::{documents, events, feed, hosts, search, sitemap, status};
use crate::diag::{Checked, Diagnostic};
use crate::emit::Tree;
use crate::memo::ById;
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
}

/// The whole site. A page whose template fails is told of, and printed by the built-in theme.
pub fn site(input: &RenderInput<'_>, memory: &mut Memory) -> Checked<Tree> {
    let voice = Voice { site: &input.project.site, words: &input.theme.words };
    let shell = memory.shells.get(view::shell(&voice, input.project, input.audience), memory::shell);
    let plan = Plan { voice, board: input.board, pages: &input.project.pages };
    let revision = revision(input, voice);

    let mut press = Press { input, shell, memory, files: Vec::new() };
    press.live(plan.live(), &revision);
    press.archive(plan.archive());
    press.pages(plan.rest());
    let aliases = plan::aliases(&voice, input.board);
    press.pages(aliases.iter().map(|(path, target)| plan::alias(&voice, path, target)).collect());

    let mut printed = press.finish();
    let paths = |files: &[File]| files.iter().map(|(path, _)| path.clone()).collect::<Vec<String>>();
    let pages = paths(&printed.value);
    printed.value.extend(documents::documents(input, &revision));
    printed.value.extend(feed::files(input, &mut memory.feeds));
    printed.value.extend(search::index(input, &mut memory.search));
    printed.value.extend(events::files(input, &mut memory.events));
    let written = sitemap::written(input.board);
    let files = paths(&printed.value);
    printed.value.extend(hosts::files(&Pages {
        url: &voice.site.url,
        all: &pages,
        files: &files,
        aliases: &aliases,
        written: &written,
        framing: &input.project.site.embed,
        audience: input.audience,
    }));
    Checked { value: tree(printed.value), diagnostics: printed.diagnostics }
}

/// `/status.json` alone, without the pages.
pub fn status_document(input: &RenderInput<'_>) -> String {
    let voice = Voice { site: &input.project.site, words: &input.theme.words };
    status::document(&voice, input.board, &revision(input, voice)).to_json()
}

fn revision(input: &RenderInput<'_>, voice: Voice<'_>) -> String {
    let settled = Plan { voice, board: input.settled, pages: &input.project.pages };
    status::revision(&voice, &settled.live(), input.settled)
}

/// A file of the output.
type File = (String, Arc<[u8]>);

/// Prints pages and gathers them.
struct Press<'a> {
    input: &'a RenderInput<'a>,
    shell: ById<Shell>,
    memory: &'a mut Memory,
    files: Vec<(String, Printed)>,
}

impl Press<'_> {
    fn live(&mut self, mut pages: Vec<Planned>, revision: &str) {
        for planned in &mut pages {
            planned.page.head.revision = Some(revision.to_owned());
        }
        self.pages(pages);
    }

    fn pages(&mut self, pages: Vec<Planned>) {
        let (paths, keys): (Vec<String>, Vec<PageKey>) =
            pages.into_iter().map(|it| (it.path, self.key(it.page))).unzip();
        let printed = self.memory.pages.get_all(keys, memory::page);
        self.files.extend(paths.into_iter().zip(printed));
    }

    fn key(&self, page: view::PageOf) -> PageKey {
        PageKey { theme: ById(Arc::clone(self.input.theme)), shell: self.shell.clone(), page }
    }

    fn archive(&mut self, archived: Vec<plan::Archived>) {
        let key = |it: plan::Archived| ArchiveKey {
            theme: ById(Arc::clone(self.input.theme)),
            shell: self.shell.clone(),
            site: ById(Arc::clone(&self.input.project.site)),
            story: ById(it.story),
            around: it.around,
        };
        let keys = archived.into_iter().map(key).collect();
        let printed = self.memory.archive.get_all(keys, memory::archived);
        self.files.extend(printed.into_iter().flatten());
    }

    /// All pages, and each mistake of a template once.
    fn finish(self) -> Checked<Vec<File>> {
        let mut checked = Checked::clean(Vec::with_capacity(self.files.len()));
        let mut told = BTreeSet::new();
        for (path, printed) in self.files {
            checked.value.push((path, printed.bytes));
            let fault = printed.fault.filter(|it| told.insert(format!("{:?}", it.place)));
            checked.diagnostics.extend(fault.map(|it| Diagnostic::clone(&it)));
        }
        checked
    }
}

fn tree(files: Vec<File>) -> Tree {
    let mut tree = Tree::default();
    for (path, bytes) in files {
        if tree.get(&path).is_none() {
            tree.put(path, bytes);
        }
    }
    tree
}
