//! What was made before, by all that it depends on.

use super::almanac::AlmanacMemory;
use super::api::ApiMemory;
use super::archive::ArchiveMemory;
use super::calendar::CalendarMemory;
use super::components::{BarsMemory, ComponentsMemory};
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
    pub(super) bars: BarsMemory,
    /// The same at the last change.
    pub(super) settled_bars: BarsMemory,
    /// The pages that change when something happens.
    pub(super) live: Memo<PageKey, Printed>,
    pub(super) pages: PagesMemory,
    pub(super) documents: DocumentsMemory,
}

/// The pages that were printed before.
#[derive(Debug, Default)]
pub(super) struct PagesMemory {
    pub(super) archive: ArchiveMemory,
    pub(super) almanac: AlmanacMemory,
    pub(super) components: ComponentsMemory,
    pub(super) lists: ListsMemory,
    /// The others that are compared by what they show.
    pub(super) shown: Memo<PageKey, Printed>,
}

/// What was written before for programs.
#[derive(Debug, Default)]
pub(super) struct DocumentsMemory {
    pub(super) api: ApiMemory,
    pub(super) calendar: CalendarMemory,
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
        self.live.end_run();
        self.pages.almanac.end_run();
        self.pages.lists.end_run();
        self.pages.shown.end_run();
        self.documents.api.end_run();
        self.documents.calendar.end_run();
        self.documents.search.end_run();
        self.documents.events.end_run();
        self.documents.feeds.end_run();
        self.documents.sitemap.end_run();
    }
}

/// A page.
pub(super) fn page(key: &PageKey) -> Printed {
    key.edition.0.print(&key.path, &key.page)
}
