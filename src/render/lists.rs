//! The pages that list: maintenance, and what was learnt.
//!
//! Lists of what is over hold still as long as the stories in them do; what is under way or ahead is compared by what
//! it shows.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

use super::edition::{Edition, Printed};
use super::path;
use super::plan::Planned;
use super::shelf::Shelf;
use super::view::{self, MaintenanceOf};
use crate::memo::{ById, Memo};
use crate::timeline::{Board, Story, StoryDays};

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
    ran: Vec<ById<Story>>,
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
    for (year, ran) in &log.by_year {
        let current = log.current(*year);
        if current.is_empty() && ran.iter().all(|it| it.phase.is_over()) {
            lists.printed.push(memory.maintenance.get(log.key(*year, ran), print_maintenance));
        } else {
            lists.planned.push(log.year(*year, &current, ran));
        }
    }
    lists
}

/// All maintenance, by the years in which it ran or is announced to run, newest first.
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
        for story in shelves.iter().flat_map(|it| it.at(&it.maintenance)) {
            for year in years(board, story) {
                by_year.entry(year).or_default().push(Arc::clone(story));
            }
        }
        let years = by_year.keys().rev().copied().collect();
        Log { edition, board, by_year, years }
    }

    /// What is under way or ahead, and what was in this year.
    fn overview(&self) -> Planned {
        let ran = self.by_year.get(&self.board.today.year()).map_or(&[][..], Vec::as_slice);
        let current = &self.board.maintenance;
        let of = MaintenanceOf { year: None, current, ran, years: &self.years };
        let page = view::maintenance_page(&self.edition.0.voice(), of);
        Planned { path: "maintenance.html".to_owned(), page }
    }

    /// What is under way or ahead of a year, in the order in which it is shown.
    fn current(&self, year: i16) -> Vec<Arc<Story>> {
        let current = self.board.maintenance.iter();
        current.filter(|it| years(self.board, it).contains(&year)).cloned().collect()
    }

    fn year(&self, year: i16, current: &[Arc<Story>], ran: &[Arc<Story>]) -> Planned {
        let of = MaintenanceOf { year: Some(year), current, ran, years: &self.years };
        let page = view::maintenance_page(&self.edition.0.voice(), of);
        Planned { path: path::maintenance_year(year), page }
    }

    fn key(&self, year: i16, ran: &[Arc<Story>]) -> MaintenanceKey {
        let ran = ran.iter().map(|it| ById(Arc::clone(it))).collect();
        MaintenanceKey { edition: self.edition.clone(), year, ran, years: self.years.clone() }
    }
}

/// The years in which a story ran, or is announced to.
fn years(board: &Board, story: &Story) -> RangeInclusive<i16> {
    let days = StoryDays::of(&board.site.time_zone, story, board.now);
    days.first().year()..=days.last().year()
}

fn print_maintenance(key: &MaintenanceKey) -> Printed {
    let ran: Vec<Arc<Story>> = key.ran.iter().map(|it| Arc::clone(&it.0)).collect();
    let of = MaintenanceOf { year: Some(key.year), current: &[], ran: &ran, years: &key.years };
    let page = view::maintenance_page(&key.edition.0.voice(), of);
    key.edition.0.print(&path::maintenance_year(key.year), &page)
}

fn print_postmortems(key: &PostmortemsKey) -> Printed {
    let stories: Vec<&Story> = key.stories.iter().map(|it| &*it.0).collect();
    key.edition.0.print("postmortems.html", &view::postmortems_page(&key.edition.0.voice(), &stories))
}
