//! What was: calendars of a year, and the months with their incidents.

use jiff::civil::Date;
use serde::Serialize;

use super::calendar::{self, CalendarView};
use super::head::describe;
use super::line::{self, DayLinesView, Listed};
use super::{About, Body, HeadView, NameView, PageOf, SearchView, Voice};
use crate::memo::ById;
use crate::render::path;
use crate::timeline::{CalendarDay, Course};

/// `history.html`: the last three months, and the way to all others.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct HistoryView {
    /// The last three months, newest first.
    pub months: Vec<ById<MonthView>>,
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
    /// The days on which something ran, newest first.
    pub days: Vec<DayLinesView>,
    /// The month before that has a page.
    pub previous: Option<NameView>,
    /// The month after that has a page.
    pub next: Option<NameView>,
}

/// A month of the site's zone, and what its pages have to know of others.
#[derive(Clone, Copy, Debug)]
pub struct MonthOf<'a> {
    /// Its first day.
    pub first: Date,
    /// What ran on a day of it, newest first.
    pub stories: &'a [Listed],
    /// All of its days.
    pub days: &'a [CalendarDay],
    /// The month before that has a page.
    pub previous: Option<Date>,
    /// The month after that has a page.
    pub next: Option<Date>,
}

/// What the page of a year shows of a month.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MonthSheet {
    calendar: CalendarView,
    /// The way to its page, if anything ran in it.
    link: Option<MonthLinkView>,
    /// How many incidents and maintenance are those of no earlier month of its year.
    count: u64,
}

/// A year, and which of its neighbours have a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct YearOf {
    /// The year.
    pub year: i16,
    /// Whether the year before has a page.
    pub has_previous: bool,
    /// Whether the year after has a page.
    pub has_next: bool,
}

/// `/history.html`: of the last months, newest first, and of the years that have a page, oldest first.
pub fn history_page(voice: &Voice<'_>, months: Vec<ById<MonthView>>, years: &[i16]) -> PageOf {
    let since = years.first().map_or_else(String::new, |it| voice.words.year(*it));
    let values = [("site", voice.site.title.as_str()), ("year", &since)];
    let description = voice.words.fill("head.history", &values);
    let about = About::page("history.html", voice.say("page.history.title"), description);
    let head = HeadView::new(voice, &about).with_feeds(voice, None);
    PageOf { head, body: Body::History(HistoryView { months, years: year_links(voice, years) }) }
}

/// `/search.html`: of the years in which something began, newest first, and of those that have a page, oldest first.
pub fn search_page(voice: &Voice<'_>, begun: &[i16], years: &[i16]) -> PageOf {
    let description = voice.words.fill("head.search", &[("site", &voice.site.title)]);
    let page = About::page("search.html", voice.say("page.search.title"), description);
    let head = HeadView::new(voice, &below_history(voice, page, None)).with_feeds(voice, None);
    let index: Vec<String> = begun.iter().map(|it| format!("{it:04}")).collect();
    PageOf {
        // It holds nothing of its own: what it finds has pages that are to be found.
        head: HeadView { unlisted: true, ..head },
        body: Body::Search(SearchView { index: index.join(" "), years: year_links(voice, years) }),
    }
}

/// The page of a year, of its months from January on.
pub fn year_page(voice: &Voice<'_>, of: YearOf, months: &[&MonthSheet]) -> PageOf {
    let YearOf { year, has_previous, has_next } = of;
    let heading = voice.words.fill("page.history.year_title", &[("year", &voice.words.year(year))]);
    let count = count(voice, months.iter().map(|it| it.count).sum());
    let description = describe(voice, &[count], &voice.say("head.year"));
    let path = path::year(year);
    let page = About::page(&path, heading.clone(), description);
    let head = HeadView::new(voice, &below_history(voice, page, None)).with_feeds(voice, None);
    let body = YearView {
        heading,
        calendars: months.iter().map(|it| it.calendar.clone()).collect(),
        months: months.iter().rev().filter_map(|it| it.link.clone()).collect(),
        previous: has_previous.then(|| year_link(voice, year - 1)),
        next: has_next.then(|| year_link(voice, year + 1)),
    };
    PageOf { head, body: Body::Year(body) }
}

/// The page of a month.
pub fn month_page(voice: &Voice<'_>, month: &MonthOf<'_>) -> PageOf {
    let first = month.first;
    let titles: Vec<_> = month.stories.iter().map(|it| Some(it.story.title.clone())).collect();
    let text = describe(voice, &titles, "");
    let facts = [Some(voice.words.month(first)), count(voice, counted(month.stories.iter()))];
    let path = path::month(first.year(), first.month());
    let page = About::page(&path, month_heading(voice, first), describe(voice, &facts, &text));
    let about = below_history(voice, page, Some(first.year()));
    let head = HeadView::new(voice, &about).with_feeds(voice, None);
    PageOf { head, body: Body::Month(self::month(voice, month)) }
}

/// A month with its incidents.
pub fn month(voice: &Voice<'_>, month: &MonthOf<'_>) -> MonthView {
    let title = voice.words.month_heading(month.first);
    MonthView {
        calendar: calendar::calendar(voice, title.clone(), None, month.days),
        title,
        heading: month_heading(voice, month.first),
        year: year_link(voice, month.first.year()),
        days: line::by_day(voice, month.stories, (month.first, month.first.last_of_month())),
        previous: month.previous.map(|it| month_name(voice, it)),
        next: month.next.map(|it| month_name(voice, it)),
    }
}

/// What the page of its year shows of a month.
pub fn month_sheet(voice: &Voice<'_>, month: &MonthOf<'_>) -> MonthSheet {
    let first = month.first;
    let has_page = !month.stories.is_empty();
    let path = has_page.then(|| path::href(&path::month(first.year(), first.month())));
    let incidents = count(voice, counted(month.stories.iter()));
    let new_year = first.first_of_year();
    let is_new = |it: &&Listed| it.days.first_from(new_year).is_some_and(|day| first <= day);
    MonthSheet {
        calendar: calendar::calendar(voice, voice.words.month_alone(first), path, month.days),
        link: has_page.then(|| MonthLinkView { link: month_name(voice, first), incidents }),
        count: counted(month.stories.iter().filter(is_new)),
    }
}

/// How many of the stories are more than a notice.
fn counted<'a>(stories: impl Iterator<Item = &'a Listed>) -> u64 {
    stories.filter(|it| !matches!(it.story.course, Course::Notice { .. })).count() as u64
}

/// "3 incidents and maintenance"; none where there are none.
fn count(voice: &Voice<'_>, count: u64) -> Option<String> {
    (0 < count).then(|| voice.words.count("page.history.incidents", count, &[]))
}

/// What is said of a page below `/history.html`, or below one of its years.
fn below_history<'p>(voice: &Voice<'_>, page: About<'p>, year: Option<i16>) -> About<'p> {
    let history = NameView::with_page(voice.say("page.history.title"), "history.html");
    About { within: std::iter::once(history).chain(year.map(|it| year_link(voice, it))).collect(), ..page }
}

fn month_heading(voice: &Voice<'_>, first: Date) -> String {
    voice.words.fill("page.history.month_title", &[("month", &voice.words.month(first))])
}

fn month_name(voice: &Voice<'_>, first: Date) -> NameView {
    NameView::with_page(voice.words.month_heading(first), &path::month(first.year(), first.month()))
}

/// The years that have a page, newest first.
fn year_links(voice: &Voice<'_>, years: &[i16]) -> Vec<NameView> {
    years.iter().rev().map(|it| year_link(voice, *it)).collect()
}

fn year_link(voice: &Voice<'_>, year: i16) -> NameView {
    NameView::with_page(voice.words.year(year), &path::year(year))
}
