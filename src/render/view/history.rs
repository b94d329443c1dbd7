//! What was: calendars of a year, and the months with their incidents.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use super::calendar::{self, CalendarView};
use super::head::describe;
use super::line::{self, DayLinesView};
use super::{About, Body, HeadView, NameView, PageOf, SearchView, Voice};
use crate::render::path;
use crate::timeline::{Board, CalendarDay, Course, Story};

/// How many months `/history.html` shows.
const RECENT_MONTHS: i32 = 3;

/// `history.html`: the last three months, and the way to all others.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct HistoryView {
    /// The last three months, newest first.
    pub months: Vec<MonthView>,
    /// The years that have a page, newest first.
    pub years: Vec<NameView>,
}

/// `year.html`: the twelve calendars of a year.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct YearView {
    /// "History of 2020".
    pub heading: String,
    /// Its months, January first.
    pub calendars: Vec<CalendarView>,
    /// Its months that have incidents, newest first: "July 2020", with how many.
    pub months: Vec<MonthLinkView>,
    /// The year before, if it has a page.
    pub previous: Option<NameView>,
    /// The year after, if it has a page.
    pub next: Option<NameView>,
}

/// A month that has incidents.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct MonthLinkView {
    /// The month, with its page.
    pub link: NameView,
    /// "3 incidents and maintenance"; none where there are only notices.
    pub incidents: Option<String>,
}

/// `month.html`: the incidents of a month.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct MonthView {
    /// "July 2020".
    pub title: String,
    /// "History of July 2020".
    pub heading: String,
    /// Its year's page.
    pub year: NameView,
    /// Its calendar.
    pub calendar: CalendarView,
    /// What began in it, newest day first.
    pub days: Vec<DayLinesView>,
    /// The month before that has a page.
    pub previous: Option<NameView>,
    /// The month after that has a page.
    pub next: Option<NameView>,
}

/// What the pages of history share.
#[derive(Debug)]
pub struct Almanac<'a> {
    voice: Voice<'a>,
    board: &'a Board,
    /// The months in which something began, by their first days: they have a page.
    months: BTreeSet<Date>,
    /// The days of the years that have a page.
    years: BTreeMap<i16, Vec<CalendarDay>>,
}

impl<'a> Almanac<'a> {
    /// The years from the first of which anything is known to the last in which anything began.
    pub fn new(voice: Voice<'a>, board: &'a Board) -> Self {
        let months: BTreeSet<Date> =
            board.history.iter().map(|it| voice.day_of(it.started_at).first_of_month()).collect();
        let since = voice.site.components.iter().filter_map(|it| it.since);
        let known = since.chain(months.first().copied()).filter(|it| *it <= board.today).min();
        let first = known.unwrap_or(board.today).year();
        let last = months.last().map_or(board.today, |it| board.today.max(*it)).year();
        let years = (first..=last).map(|year| (year, board.calendar(year))).collect();
        Almanac { voice, board, months, years }
    }

    /// All pages of history, and the one to search it.
    pub fn pages(&self) -> Vec<PageOf> {
        let history = PageOf { head: self.history_head(), body: Body::History(self.history()) };
        let search = PageOf { head: self.search_head(), body: Body::Search(self.search()) };
        let years = self
            .years
            .keys()
            .map(|year| PageOf { head: self.year_head(*year), body: Body::Year(self.year(*year)) });
        let months = self
            .months
            .iter()
            .map(|first| PageOf { head: self.month_head(*first), body: Body::Month(self.month(*first)) });
        [history, search].into_iter().chain(years).chain(months).collect()
    }

    fn history_head(&self) -> HeadView {
        let since = self.years.keys().next().map_or_else(String::new, |it| self.voice.words.year(*it));
        let values = [("site", self.voice.site.title.as_str()), ("year", &since)];
        let description = self.voice.words.fill("head.history", &values);
        let name = self.voice.say("page.history.title");
        let about = About::page("history.html", name, description);
        HeadView::new(&self.voice, &about).with_feeds(&self.voice, None)
    }

    fn history(&self) -> HistoryView {
        let this_month = self.board.today.first_of_month();
        let dates = (0..RECENT_MONTHS).map(|back| this_month.saturating_sub(back.months()));
        HistoryView { months: dates.map(|date| self.month(date)).collect(), years: self.year_links() }
    }

    fn year_links(&self) -> Vec<NameView> {
        self.years.keys().rev().map(|it| self.year_link(*it)).collect()
    }

    fn search_head(&self) -> HeadView {
        let description = self.voice.words.fill("head.search", &[("site", &self.voice.site.title)]);
        let page = About::page("search.html", self.voice.say("page.search.title"), description);
        let about = self.below_history(page, None);
        let head = HeadView::new(&self.voice, &about).with_feeds(&self.voice, None);
        // It holds nothing of its own: what it finds has pages that are to be found.
        HeadView { unlisted: true, ..head }
    }

    fn search(&self) -> SearchView {
        let mut begun: Vec<i16> = self.months.iter().rev().map(|it| it.year()).collect();
        begun.dedup();
        let index: Vec<String> = begun.into_iter().map(|it| format!("{it:04}")).collect();
        SearchView { index: index.join(" "), years: self.year_links() }
    }

    fn year_head(&self, year: i16) -> HeadView {
        let months = self.months.iter().filter(|it| it.year() == year);
        let stories = months.flat_map(|it| self.board.stories_of_month(it.year(), it.month()));
        let stories: Vec<_> = stories.collect();
        let description = describe(&self.voice, &[self.count(&stories)], &self.voice.say("head.year"));
        let path = path::year(year);
        let page = About::page(&path, self.year_heading(year), description);
        HeadView::new(&self.voice, &self.below_history(page, None)).with_feeds(&self.voice, None)
    }

    fn year_heading(&self, year: i16) -> String {
        self.voice.words.fill("page.history.year_title", &[("year", &self.voice.words.year(year))])
    }

    fn year(&self, year: i16) -> YearView {
        let of_month = |month: &[CalendarDay]| {
            let first = month[0].date;
            let path = self.months.contains(&first).then(|| month_path(first));
            let title = self.voice.words.month_alone(first);
            calendar::calendar(&self.voice, title, path, month)
        };
        let days = self.years.get(&year).map_or(&[][..], Vec::as_slice);
        let neighbour = |it: i16| self.years.contains_key(&it).then(|| self.year_link(it));
        let months = self.months.iter().rev().filter(|it| it.year() == year);
        YearView {
            heading: self.year_heading(year),
            calendars: days
                .chunk_by(|one, other| one.date.month() == other.date.month())
                .map(of_month)
                .collect(),
            months: months.map(|it| self.month_link(*it)).collect(),
            previous: neighbour(year - 1),
            next: neighbour(year + 1),
        }
    }

    fn month_head(&self, first: Date) -> HeadView {
        let stories = self.board.stories_of_month(first.year(), first.month());
        let titles: Vec<_> = stories.iter().map(|it| Some(it.title.clone())).collect();
        let text = describe(&self.voice, &titles, "");
        let facts = [Some(self.voice.words.month(first)), self.count(stories)];
        let path = path::month(first.year(), first.month());
        let page = About::page(&path, self.month_heading(first), describe(&self.voice, &facts, &text));
        let about = self.below_history(page, Some(first.year()));
        HeadView::new(&self.voice, &about).with_feeds(&self.voice, None)
    }

    fn month_heading(&self, first: Date) -> String {
        self.voice.words.fill("page.history.month_title", &[("month", &self.voice.words.month(first))])
    }

    /// The month that begins on `first`.
    fn month(&self, first: Date) -> MonthView {
        let title = self.voice.words.month_heading(first);
        let stories = self.board.stories_of_month(first.year(), first.month());
        MonthView {
            calendar: calendar::calendar(&self.voice, title.clone(), None, self.days(first)),
            title,
            heading: self.month_heading(first),
            year: self.year_link(first.year()),
            days: line::by_day(&self.voice, stories.iter().map(AsRef::as_ref)),
            previous: self.months.range(..first).next_back().map(|it| self.month_name(*it)),
            next: self.months.range(first..).find(|it| **it != first).map(|it| self.month_name(*it)),
        }
    }

    fn days(&self, first: Date) -> &[CalendarDay] {
        let year = self.years.get(&first.year()).map_or(&[][..], Vec::as_slice);
        let begin = year.partition_point(|it| it.date < first);
        let end = year.partition_point(|it| it.date <= first.last_of_month());
        &year[begin..end]
    }

    fn month_link(&self, first: Date) -> MonthLinkView {
        let stories = self.board.stories_of_month(first.year(), first.month());
        MonthLinkView { link: self.month_name(first), incidents: self.count(stories) }
    }

    /// "3 incidents and maintenance"; none where there are only notices.
    fn count<S: AsRef<Story>>(&self, stories: &[S]) -> Option<String> {
        let is_notice = |it: &Story| matches!(it.course, Course::Notice { .. });
        let count = stories.iter().filter(|it| !is_notice(it.as_ref())).count() as u64;
        (0 < count).then(|| self.voice.words.count("page.history.incidents", count, &[]))
    }

    /// What is said of a page below `/history.html`, or below one of its years.
    fn below_history<'p>(&self, page: About<'p>, year: Option<i16>) -> About<'p> {
        let history = NameView::with_page(self.voice.say("page.history.title"), "history.html");
        About { within: std::iter::once(history).chain(year.map(|it| self.year_link(it))).collect(), ..page }
    }

    fn month_name(&self, first: Date) -> NameView {
        NameView::with_page(self.voice.words.month_heading(first), &path::month(first.year(), first.month()))
    }

    fn year_link(&self, year: i16) -> NameView {
        NameView::with_page(self.voice.words.year(year), &path::year(year))
    }
}

fn month_path(first: Date) -> String {
    path::href(&path::month(first.year(), first.month()))
}
