//! The pages of history: the months with their incidents, and the years that they make.
//!
//! A month that is over holds still as long as the stories that mark its days do, which a look at its shelf tells.
//! The running month and what is ahead are worked out in each run, and compared by what they show.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::edition::{Edition, Printed};
use super::path;
use super::plan::Planned;
use super::shelf::Shelf;
use super::view::{self, MonthOf, MonthSheet, MonthView, PageOf, YearOf};
use crate::memo::{ById, Drawers, Last, Memo};
use crate::timeline::{Board, CalendarDay, Story, calendar, month_end};

/// How many months `/history.html` shows.
const RECENT_MONTHS: i32 = 3;

/// What was made of months and years before.
#[derive(Debug, Default)]
pub(super) struct AlmanacMemory {
    over: Memo<MonthKey, Over>,
    sheets: Memo<MonthSheet, ById<MonthSheet>>,
    years: Memo<YearKey, Printed>,
    /// The months of `/history.html`. Those that show the same are the same.
    recent: Drawers<Date, MonthKey, ById<MonthView>, Last<MonthView>>,
}

impl AlmanacMemory {
    /// Ends a run: what was not asked for since the last end is dropped.
    pub(super) fn end_run(&mut self) {
        self.over.end_run();
        self.sheets.end_run();
        self.years.end_run();
    }
}

/// The pages of history: those that are printed, and those that are compared by what they show.
#[derive(Default)]
pub(super) struct History {
    pub(super) printed: Vec<Printed>,
    pub(super) planned: Vec<Planned>,
}

/// All that is made of a month depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct MonthKey {
    edition: ById<Edition>,
    first: Date,
    /// What began in it, if anything did.
    shelf: Option<ById<Shelf>>,
    /// What began after it, and marks a day of it all the same.
    later: Vec<ById<Story>>,
    /// What began before it and marks a day of it.
    earlier: Vec<ById<Story>>,
    /// The months around it that have a page.
    previous: Option<Date>,
    next: Option<Date>,
    /// The instant at which its days are seen: its end, once it is over.
    seen_at: Timestamp,
}

/// All that the page of a year depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct YearKey {
    edition: ById<Edition>,
    year: YearOf,
    months: Vec<ById<MonthSheet>>,
}

/// What is made of a month that is over.
#[derive(Clone, Debug)]
struct Over {
    sheet: ById<MonthSheet>,
    page: Option<Printed>,
}

/// All pages of history, and the one to search it.
pub(super) fn history(
    edition: &ById<Edition>,
    board: &Board,
    shelves: &[Arc<Shelf>],
    memory: &mut AlmanacMemory,
) -> History {
    let almanac = Almanac::of(edition, board, shelves);
    let mut history = History::default();
    let sheets = almanac.months(&mut history, memory);
    almanac.years(&sheets, &mut history, memory);
    history.planned.extend(almanac.overviews(memory));
    history
}

/// The months of the years from the first of which anything is known to the last in which anything began.
struct Almanac<'a> {
    edition: &'a ById<Edition>,
    board: &'a Board,
    /// By their first days.
    shelves: BTreeMap<Date, &'a Arc<Shelf>>,
    /// What marks days of other months than the one it began in, newest first.
    elsewhere: Vec<(&'a Arc<Story>, Elsewhere)>,
    years: Vec<i16>,
}

/// The months of which a story marks days, by their first days.
struct Elsewhere {
    began: Date,
    first: Date,
    last: Option<Date>,
}

impl<'a> Almanac<'a> {
    fn of(edition: &'a ById<Edition>, board: &'a Board, shelves: &'a [Arc<Shelf>]) -> Self {
        let elsewhere = shelves.iter().flat_map(|shelf| {
            let began = shelf.month;
            let marks = shelf.elsewhere.iter();
            marks.map(move |(place, first, last)| {
                (&shelf.stories[*place], Elsewhere { began, first: *first, last: *last })
            })
        });
        let elsewhere = elsewhere.collect();
        let shelves: BTreeMap<Date, &Arc<Shelf>> = shelves.iter().map(|it| (it.month, it)).collect();
        let months = shelves.keys().copied();
        let since = board.site.components.iter().filter_map(|it| it.since);
        let known = since.chain(months.clone().next()).filter(|it| *it <= board.today).min();
        let last = months.last().map_or(board.today, |it| board.today.max(it)).year();
        let years = (known.unwrap_or(board.today).year()..=last).collect();
        Almanac { edition, board, shelves, elsewhere, years }
    }

    /// The sheets of all months, by their first days; their pages join the history.
    fn months(&self, history: &mut History, memory: &mut AlmanacMemory) -> BTreeMap<Date, ById<MonthSheet>> {
        let all = self.years.iter().flat_map(|year| (1..=12).filter_map(|it| Date::new(*year, it, 1).ok()));
        let keys = all.map(|it| self.key(it));
        let (over, running): (Vec<MonthKey>, Vec<MonthKey>) = keys.partition(MonthKey::is_over);
        let mut sheets: BTreeMap<Date, ById<MonthSheet>> = BTreeMap::new();
        let firsts: Vec<Date> = over.iter().map(|it| it.first).collect();
        for (first, over) in firsts.into_iter().zip(memory.over.get_all(over, print_month)) {
            history.printed.extend(over.page);
            sheets.insert(first, over.sheet);
        }
        for key in running {
            let days = key.days();
            let (month, voice) = (key.month(&days), self.edition.0.voice());
            let sheet = memory.sheets.get(view::month_sheet(&voice, &month), |it| ById(Arc::new(it.clone())));
            sheets.insert(key.first, sheet);
            history.planned.extend(key.shelf.as_ref().map(|_| planned(view::month_page(&voice, &month))));
        }
        sheets
    }

    fn years(
        &self,
        sheets: &BTreeMap<Date, ById<MonthSheet>>,
        history: &mut History,
        memory: &mut AlmanacMemory,
    ) {
        let has = |year: i16| self.years.contains(&year);
        let key = |year: &i16| YearKey {
            edition: self.edition.clone(),
            year: YearOf { year: *year, has_previous: has(year - 1), has_next: has(year + 1) },
            months: sheets.iter().filter(|(it, _)| it.year() == *year).map(|(_, it)| it.clone()).collect(),
        };
        history.printed.extend(memory.years.get_all(self.years.iter().map(key).collect(), print_year));
    }

    /// `/history.html` and `/search.html`.
    fn overviews(&self, memory: &mut AlmanacMemory) -> [Planned; 2] {
        let voice = self.edition.0.voice();
        let mut begun: Vec<i16> = self.shelves.keys().rev().map(|it| it.year()).collect();
        begun.dedup();
        let this_month = self.board.today.first_of_month();
        let recent = (0..RECENT_MONTHS).map(|back| this_month.saturating_sub(back.months()));
        let recent = memory.recent.get_all(recent.map(|it| (it, self.key(it))).collect(), month_view);
        let history = view::history_page(&voice, recent, &self.years);
        [history, view::search_page(&voice, &begun, &self.years)].map(planned)
    }

    fn key(&self, first: Date) -> MonthKey {
        let marks = |it: &Elsewhere| it.first <= first && it.last.is_none_or(|last| first <= last);
        let elsewhere = |is_meant: fn(&Date, &Date) -> bool| {
            let found = self.elsewhere.iter().filter(|(_, it)| marks(it) && is_meant(&it.began, &first));
            found.map(|(story, _)| ById(Arc::clone(story))).collect()
        };
        MonthKey {
            edition: self.edition.clone(),
            first,
            shelf: self.shelves.get(&first).map(|it| ById(Arc::clone(it))),
            later: elsewhere(Date::gt),
            earlier: elsewhere(Date::lt),
            previous: self.shelves.range(..first).next_back().map(|it| *it.0),
            next: self.shelves.range(first..).map(|it| *it.0).find(|it| *it != first),
            seen_at: self.board.now.min(month_end(&self.board.site.time_zone, first)),
        }
    }
}

impl MonthKey {
    fn is_over(&self) -> bool {
        self.seen_at == month_end(&self.edition.0.site.time_zone, self.first)
    }

    fn days(&self) -> Vec<CalendarDay> {
        let later = self.later.iter().map(|it| &it.0);
        let stories = later.chain(self.stories()).chain(self.earlier.iter().map(|it| &it.0));
        calendar(&self.edition.0.site, self.first, stories, self.seen_at)
    }

    fn month<'a>(&'a self, days: &'a [CalendarDay]) -> MonthOf<'a> {
        let (stories, previous, next) = (self.stories(), self.previous, self.next);
        MonthOf { first: self.first, stories, days, previous, next }
    }

    fn stories(&self) -> &[Arc<Story>] {
        self.shelf.as_ref().map_or(&[], |it| &it.0.stories)
    }
}

fn month_view(key: &MonthKey, last: &mut Last<MonthView>) -> ById<MonthView> {
    last.or_same(view::month(&key.edition.0.voice(), &key.month(&key.days())))
}

fn print_month(key: &MonthKey) -> Over {
    let days = key.days();
    let (month, voice) = (key.month(&days), key.edition.0.voice());
    let print = |page: PageOf| key.edition.0.print(&page.head.path, &page);
    Over {
        sheet: ById(Arc::new(view::month_sheet(&voice, &month))),
        page: key.shelf.as_ref().map(|_| print(view::month_page(&voice, &month))),
    }
}

fn print_year(key: &YearKey) -> Printed {
    let months: Vec<&MonthSheet> = key.months.iter().map(|it| &*it.0).collect();
    key.edition
        .0
        .print(&path::year(key.year.year), &view::year_page(&key.edition.0.voice(), key.year, &months))
}

/// A page of history, whose address is its path.
fn planned(page: PageOf) -> Planned {
    Planned { path: page.head.path.clone(), page }
}
