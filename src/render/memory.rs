//! What was printed before, by all that it depends on.

use std::sync::Arc;

use tera::Value;

use super::events::EventsMemory;
use super::feed::FeedMemory;
use super::path;
use super::search::SearchMemory;
use super::theme::Theme;
use super::view::{self, Around, Body, PageOf, ShellView, Voice};
use crate::diag::Diagnostic;
use crate::memo::{ById, Memo};
use crate::model::Site;
use crate::timeline::Story;

/// A printed page, and what was wrong with its template: then the built-in theme has printed it.
#[derive(Clone, Debug)]
pub(super) struct Printed {
    pub(super) bytes: Arc<[u8]>,
    pub(super) fault: Option<Arc<Diagnostic>>,
}

/// What was printed before.
#[derive(Debug, Default)]
pub struct Memory {
    pub(super) shells: Memo<ShellView, ById<Shell>>,
    pub(super) archive: Memo<ArchiveKey, Vec<(String, Printed)>>,
    pub(super) pages: Memo<PageKey, Printed>,
    pub(super) search: SearchMemory,
    pub(super) events: EventsMemory,
    pub(super) feeds: FeedMemory,
}

/// What stands around every page, as templates take it.
#[derive(Debug)]
pub(super) struct Shell {
    value: Value,
}

/// All that the pages of an incident that is over depend on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct ArchiveKey {
    pub(super) theme: ById<Theme>,
    pub(super) shell: ById<Shell>,
    pub(super) site: ById<Site>,
    pub(super) story: ById<Story>,
    pub(super) around: Around,
}

/// All that any other page depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct PageKey {
    pub(super) theme: ById<Theme>,
    pub(super) shell: ById<Shell>,
    pub(super) page: PageOf,
}

impl Memory {
    /// Ends a run: what was not asked for since the last end is dropped.
    pub fn end_run(&mut self) {
        self.shells.end_run();
        self.archive.end_run();
        self.pages.end_run();
        self.search.end_run();
        self.events.end_run();
        self.feeds.end_run();
    }
}

/// What stands around every page, ready for templates.
pub(super) fn shell(view: &ShellView) -> ById<Shell> {
    ById(Arc::new(Shell { value: Value::from_serializable(view) }))
}

/// The pages of an incident that is over: its own, and its postmortem's.
pub(super) fn archived(key: &ArchiveKey) -> Vec<(String, Printed)> {
    let voice = Voice { site: &key.site.0, words: &key.theme.0.words };
    let story = &key.story.0;
    let body = Body::Incident(Box::new(view::incident(&voice, story, key.around.clone(), None)));
    let incident = PageOf { head: view::incident_head(&voice, story), body };
    let postmortem = view::postmortem(&voice, story).map(|it| PageOf {
        head: view::postmortem_head(&voice, story),
        body: Body::Postmortem(Box::new(it)),
    });
    let id = &story.incident.id;
    let pages = [Some((path::incident(id), incident)), postmortem.map(|it| (path::postmortem(id), it))];
    let printed = |(path, page): (String, PageOf)| (path, print(&key.theme.0, &key.shell.0, &page));
    pages.into_iter().flatten().map(printed).collect()
}

/// A page.
pub(super) fn page(key: &PageKey) -> Printed {
    print(&key.theme.0, &key.shell.0, &key.page)
}

fn print(theme: &Theme, shell: &Shell, page: &PageOf) -> Printed {
    let (bytes, fault) = theme.print(page.body.template(), &page.context(&shell.value));
    Printed { bytes, fault: fault.map(|it| Arc::new(*it)) }
}
