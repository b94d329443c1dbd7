//! The pages that list: maintenance, and what was learnt.
//!
//! Lists of what is over hold still as long as the stories in them do; what is under way or ahead is compared by what
//! it shows.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::edition::{Edition, Printed};
use super::path;
use super::plan::Planned;
use super::shelf::Shelf;
use super::view::{self, MaintenanceOf};
use crate::memo::{ById, Memo};
use crate::timeline::{Board, Story};

/// The lists that were printed before.
#[derive(Debug, Default)]
pub(super) struct ListsMemory {
    maintenance: Memo<MaintenanceKey, Printed>,
    postmortems: Memo<PostmortemsKey, Printed>,
}

impl ListsMemory {
    /// Ends a run: what was not asked for since the last end is dropped.
    pub(super) fn end_run(&mut self) {
        self.maintenance.end_run();
        self.postmortems.end_run();
    }
}

/// All that the page of a year of maintenance depends on, once all of it is over.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct MaintenanceKey {
    edition: ById<Edition>,
    year: i16,
    begun: Vec<ById<Story>>,
    years: Vec<i16>,
}

/// All that the page of the postmortems depends on: the stories that have one, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct PostmortemsKey {
    edition: ById<Edition>,
    stories: Vec<ById<Story>>,
}

/// The pages that list: those that are printed, and those that are compared by what they show.
pub(super) struct Lists {
    pub(super) printed: Vec<Printed>,
    pub(super) planned: Vec<Planned>,
}

/// All pages that list.
pub(super) fn lists(
    edition: &ById<Edition>,
    board: &Board,
    shelves: &[Arc<Shelf>],
    memory: &mut ListsMemory,
) -> Lists {
    let postmortems = shelves.iter().flat_map(|it| it.at(&it.postmortems));
    let stories = postmortems.map(|it| ById(Arc::clone(it))).collect();
    let postmortems = PostmortemsKey { edition: edition.clone(), stories };
    let postmortems = memory.postmortems.get(postmortems, print_postmortems);
    let mut lists = Lists { printed: vec![postmortems], planned: Vec::new() };
    let log = Log::of(edition, board, shelves);
    lists.planned.push(log.overview());
    for (year, begun) in &log.by_year {
        let current = log.current(*year);
        if current.is_empty() && begun.iter().all(|it| it.phase.is_over()) {
            lists.printed.push(memory.maintenance.get(log.key(*year, begun), print_maintenance));
        } else {
            lists.planned.push(log.year(*year, &current, begun));
        }
    }
    lists
}

/// All maintenance, by the year in which it began or is announced to begin, newest first.
struct Log<'a> {
    edition: &'a ById<Edition>,
    board: &'a Board,
    by_year: BTreeMap<i16, Vec<Arc<Story>>>,
    /// Newest first.
    years: Vec<i16>,
}

impl<'a> Log<'a> {
    fn of(edition: &'a ById<Edition>, board: &'a Board, shelves: &[Arc<Shelf>]) -> Self {
        let mut by_year: BTreeMap<i16, Vec<Arc<Story>>> = BTreeMap::new();
        for shelf in shelves.iter().filter(|it| !it.maintenance.is_empty()) {
            let begun = shelf.at(&shelf.maintenance).map(Arc::clone);
            by_year.entry(shelf.month.year()).or_default().extend(begun);
        }
        let years = by_year.keys().rev().copied().collect();
        Log { edition, board, by_year, years }
    }

    /// What is under way or ahead, and what was in this year.
    fn overview(&self) -> Planned {
        let begun = self.by_year.get(&self.board.today.year()).map_or(&[][..], Vec::as_slice);
        let current = &self.board.maintenance;
        let of = MaintenanceOf { year: None, current, begun, years: &self.years };
        let page = view::maintenance_page(&self.edition.0.voice(), of);
        Planned { path: "maintenance.html".to_owned(), page }
    }

    /// What is under way or ahead of a year, in the order in which it is shown.
    fn current(&self, year: i16) -> Vec<Arc<Story>> {
        let voice = self.edition.0.voice();
        let current = self.board.maintenance.iter();
        current.filter(|it| voice.day_of(it.started_at).year() == year).cloned().collect()
    }

    fn year(&self, year: i16, current: &[Arc<Story>], begun: &[Arc<Story>]) -> Planned {
        let of = MaintenanceOf { year: Some(year), current, begun, years: &self.years };
        let page = view::maintenance_page(&self.edition.0.voice(), of);
        Planned { path: path::maintenance_year(year), page }
    }

    fn key(&self, year: i16, begun: &[Arc<Story>]) -> MaintenanceKey {
        let begun = begun.iter().map(|it| ById(Arc::clone(it))).collect();
        MaintenanceKey { edition: self.edition.clone(), year, begun, years: self.years.clone() }
    }
}

fn print_maintenance(key: &MaintenanceKey) -> Printed {
    let begun: Vec<Arc<Story>> = key.begun.iter().map(|it| Arc::clone(&it.0)).collect();
    let of = MaintenanceOf { year: Some(key.year), current: &[], begun: &begun, years: &key.years };
    let page = view::maintenance_page(&key.edition.0.voice(), of);
    key.edition.0.print(&path::maintenance_year(key.year), &page)
}

fn print_postmortems(key: &PostmortemsKey) -> Printed {
    let stories: Vec<&Story> = key.stories.iter().map(|it| &*it.0).collect();
    key.edition.0.print("postmortems.html", &view::postmortems_page(&key.edition.0.voice(), &stories))
}
