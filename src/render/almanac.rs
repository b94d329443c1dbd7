//! The pages of history: the months with their incidents, and the years that they make.
//!
//! A month that is over holds still as long as the stories that mark its days do, which a look at its shelf tells.
//! The running month and what is ahead are worked out in each run, and compared by what they show.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::edition::{Edition, Printed};
use super::memory::{self, PageKey};
use super::path;
use super::plan::Planned;
use super::shelf::Shelf;
use super::view::{self, Listed, MonthOf, MonthSheet, MonthView, PageOf, YearOf};
use crate::memo::{ById, Drawers, Last, Memo, Memory};
use crate::timeline::{Board, CalendarDay, Story, StoryDays, calendar, month_end};

/// How many months `/history.html` shows.
const RECENT_MONTHS: i32 = 3;

/// What was made of months and years before.
#[derive(Debug, Default)]
pub(super) struct AlmanacMemory {
    over: Drawers<Date, MonthKey, Over, MonthMemory>,
    sheets: Memo<MonthSheet, ById<MonthSheet>>,
    years: Memo<YearKey, Printed>,
    /// The months of `/history.html`. Those that show the same are the same.
    recent: Drawers<Date, MonthKey, ById<MonthView>, Last<MonthView>>,
}

impl AlmanacMemory {
    /// Ends a run: what was not asked for since the last end is dropped.
    pub(super) fn end_run(&mut self) {
        self.sheets.end_run();
        self.years.end_run();
    }
}

/// What was made of one month before: its page and what its year shows of it, by what they show. Most updates of an
/// incident that ran on through the month change neither.
#[derive(Debug, Default)]
struct MonthMemory {
    page: Memo<PageKey, Printed>,
    sheet: Last<MonthSheet>,
}

impl Memory for MonthMemory {
    fn end_run(&mut self) {
        self.page.end_run();
    }
}

/// The pages of history: those that are printed, and those that are compared by what they show.
#[derive(Default)]
pub(super) struct History {
    pub(super) printed: Vec<Printed>,
    pub(super) planned: Vec<Planned>,
}

/// All that is made of a month depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct MonthKey {
    edition: ById<Edition>,
    first: Date,
    /// What began in it, if anything did.
    shelf: Option<ById<Shelf>>,
    /// What began after it, and may mark a day of it all the same.
    later: Vec<ById<Story>>,
    /// What began before it and may mark a day of it.
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

/// The months of the years from the first of which anything is known to the last in which anything ran.
struct Almanac<'a> {
    edition: &'a ById<Edition>,
    board: &'a Board,
    /// By their first days.
    shelves: BTreeMap<Date, &'a Arc<Shelf>>,
    /// What marks days of other months than the one it began in, newest first.
    elsewhere: Vec<(&'a Arc<Story>, Elsewhere)>,
    /// The months in which something ran, which have a page.
    pages: BTreeSet<Date>,
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
        let elsewhere: Vec<_> = elsewhere.collect();
        let pages = pages(board, shelves, &elsewhere);
        let shelves: BTreeMap<Date, &Arc<Shelf>> = shelves.iter().map(|it| (it.month, it)).collect();
        let since = board.site.components.iter().filter_map(|it| it.since);
        let known = since.chain(pages.first().copied()).filter(|it| *it <= board.today).min();
        let last = pages.last().map_or(board.today, |it| board.today.max(*it)).year();
        let years = (known.unwrap_or(board.today).year()..=last).collect();
        Almanac { edition, board, shelves, elsewhere, pages, years }
    }

    /// The sheets of all months, by their first days; their pages join the history.
    fn months(&self, history: &mut History, memory: &mut AlmanacMemory) -> BTreeMap<Date, ById<MonthSheet>> {
        let all = self.years.iter().flat_map(|year| (1..=12).filter_map(|it| Date::new(*year, it, 1).ok()));
        let keys = all.map(|it| self.key(it));
        let (over, running): (Vec<MonthKey>, Vec<MonthKey>) = keys.partition(MonthKey::is_over);
        let mut sheets: BTreeMap<Date, ById<MonthSheet>> = BTreeMap::new();
        let firsts: Vec<Date> = over.iter().map(|it| it.first).collect();
        let over = over.into_iter().map(|it| (it.first, it)).collect();
        for (first, over) in firsts.into_iter().zip(memory.over.get_all(over, print_month)) {
            history.printed.extend(over.page);
            sheets.insert(first, over.sheet);
        }
        for key in running {
            let (days, stories) = (key.days(), key.stories());
            let (month, voice) = (key.month(&days, &stories), self.edition.0.voice());
            let sheet = memory.sheets.get(view::month_sheet(&voice, &month), |it| ById(Arc::new(it.clone())));
            sheets.insert(key.first, sheet);
            let has_page = !stories.is_empty();
            history.planned.extend(has_page.then(|| planned(view::month_page(&voice, &month))));
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
            previous: self.pages.range(..first).next_back().copied(),
            next: self.pages.range(first..).copied().find(|it| *it != first),
            seen_at: self.board.now.min(month_end(&self.board.site.time_zone, first)),
        }
    }
}

impl MonthKey {
    fn is_over(&self) -> bool {
        self.seen_at == month_end(&self.edition.0.site.time_zone, self.first)
    }

    fn days(&self) -> Vec<CalendarDay> {
        calendar(&self.edition.0.site, self.first, self.all(), self.seen_at)
    }

    fn month<'a>(&self, days: &'a [CalendarDay], stories: &'a [Listed]) -> MonthOf<'a> {
        MonthOf { first: self.first, stories, days, previous: self.previous, next: self.next }
    }

    /// What ran on a day of it, newest first.
    fn stories(&self) -> Vec<Listed> {
        let site = &self.edition.0.site;
        let all = self.all().map(|it| Listed::new(site, it, self.seen_at));
        all.filter(|it| it.days.touch(self.first, self.first.last_of_month())).collect()
    }

    /// What may have run in it, newest first.
    fn all(&self) -> impl Iterator<Item = &Arc<Story>> {
        let own = self.shelf.as_ref().map_or(&[][..], |it| &it.0.stories);
        let later = self.later.iter().map(|it| &it.0);
        later.chain(own).chain(self.earlier.iter().map(|it| &it.0))
    }
}

fn month_view(key: &MonthKey, last: &mut Last<MonthView>) -> ById<MonthView> {
    let (days, stories) = (key.days(), key.stories());
    last.or_same(view::month(&key.edition.0.voice(), &key.month(&days, &stories)))
}

fn print_month(key: &MonthKey, memory: &mut MonthMemory) -> Over {
    let (days, stories) = (key.days(), key.stories());
    let (month, voice) = (key.month(&days, &stories), key.edition.0.voice());
    let page = (!stories.is_empty()).then(|| view::month_page(&voice, &month));
    let page = page.map(|page| PageKey { edition: key.edition.clone(), path: page.head.path.clone(), page });
    Over {
        sheet: memory.sheet.or_same(view::month_sheet(&voice, &month)),
        page: page.map(|it| memory.page.get(it, memory::page)),
    }
}

/// The months in which something ran, by their first days.
fn pages(board: &Board, shelves: &[Arc<Shelf>], elsewhere: &[(&Arc<Story>, Elsewhere)]) -> BTreeSet<Date> {
    let mut pages: BTreeSet<Date> = shelves.iter().map(|it| it.month).collect();
    for (story, Elsewhere { began: _, first, last }) in elsewhere {
        let days = StoryDays::of(&board.site.time_zone, story, board.now);
        let last = last.unwrap_or(board.today).min(days.last());
        let months = std::iter::successors(Some(*first), |it| it.checked_add(1.month()).ok());
        let months = months.take_while(|it| *it <= last);
        pages.extend(months.filter(|it| days.touch(*it, it.last_of_month())));
    }
    pages
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
