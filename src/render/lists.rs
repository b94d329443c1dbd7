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
use crate::timeline::{Board, Phase, Story};

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
    let postmortems = postmortems.map(|it| ById(Arc::clone(it))).collect();
    let key = PostmortemsKey { edition: edition.clone(), stories: postmortems };
    let mut lists =
        Lists { printed: vec![memory.postmortems.get(key, print_postmortems)], planned: Vec::new() };
    maintenance(edition, board, shelves, memory, &mut lists);
    lists
}

fn maintenance(
    edition: &ById<Edition>,
    board: &Board,
    shelves: &[Arc<Shelf>],
    memory: &mut ListsMemory,
    lists: &mut Lists,
) {
    let mut by_year: BTreeMap<i16, Vec<Arc<Story>>> = BTreeMap::new();
    for shelf in shelves {
        let begun = shelf.at(&shelf.maintenance).map(Arc::clone);
        by_year.entry(shelf.month.year()).or_default().extend(begun);
    }
    by_year.retain(|_, begun| !begun.is_empty());
    let years: Vec<i16> = by_year.keys().rev().copied().collect();
    let this_year = by_year.get(&board.today.year()).map_or(&[][..], Vec::as_slice);
    let all = MaintenanceOf { year: None, current: &board.maintenance, begun: this_year, years: &years };
    let voice = edition.0.voice();
    let page = view::maintenance_page(&voice, all);
    lists.planned.push(Planned { path: "maintenance.html".to_owned(), page });
    for (year, begun) in &by_year {
        let current = board.maintenance.iter().filter(|it| voice.day_of(it.started_at).year() == *year);
        let current: Vec<Arc<Story>> = current.cloned().collect();
        if current.is_empty() && !begun.iter().any(|it| matches!(it.phase, Phase::Open | Phase::Ahead)) {
            let begun = begun.iter().map(|it| ById(Arc::clone(it))).collect();
            let key = MaintenanceKey { edition: edition.clone(), year: *year, begun, years: years.clone() };
            lists.printed.push(memory.maintenance.get(key, print_maintenance));
        } else {
            let of = MaintenanceOf { year: Some(*year), current: &current, begun, years: &years };
            let page = view::maintenance_page(&voice, of);
            lists.planned.push(Planned { path: path::maintenance_year(*year), page });
        }
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
