//! What was made before, by all that it depends on.

use super::almanac::AlmanacMemory;
use super::archive::ArchiveMemory;
use super::components::ComponentsMemory;
use super::edition::{Edition, EditionKey, Printed};
use super::events::EventsMemory;
use super::feed::FeedMemory;
use super::lists::ListsMemory;
use super::search::SearchMemory;
use super::shelf::Shelves;
use super::sitemap::SitemapMemory;
use super::view::PageOf;
use crate::memo::{ById, Memo};

/// What was made before.
#[derive(Debug, Default)]
pub struct Memory {
    pub(super) editions: Memo<EditionKey, ById<Edition>>,
    pub(super) shelves: Shelves,
    /// The history as it was at the last change.
    pub(super) settled: Shelves,
    pub(super) archive: ArchiveMemory,
    pub(super) almanac: AlmanacMemory,
    pub(super) components: ComponentsMemory,
    pub(super) lists: ListsMemory,
    pub(super) pages: Memo<PageKey, Printed>,
    pub(super) search: SearchMemory,
    pub(super) events: EventsMemory,
    pub(super) feeds: FeedMemory,
    pub(super) sitemap: SitemapMemory,
}

/// All that a page depends on that is compared by what it shows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct PageKey {
    pub(super) edition: ById<Edition>,
    pub(super) path: String,
    pub(super) page: PageOf,
}

impl Memory {
    /// Ends a run: what was not asked for since the last end is dropped.
    pub fn end_run(&mut self) {
        self.editions.end_run();
        self.almanac.end_run();
        self.components.end_run();
        self.lists.end_run();
        self.pages.end_run();
        self.search.end_run();
        self.events.end_run();
        self.feeds.end_run();
        self.sitemap.end_run();
    }
}

/// A page.
pub(super) fn page(key: &PageKey) -> Printed {
    key.edition.0.print(&key.path, &key.page)
}
