//! A month as a calendar: each day with its worst state.

use jiff::civil::Weekday;
use serde::Serialize;

use super::{StateView, Voice};
use crate::render::path;
use crate::timeline::CalendarDay;

/// A month as a table of weeks.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct CalendarView {
    /// The month's name, with its year where that does not stand around it.
    pub title: String,
    /// The month's page, where it has one.
    pub path: Option<String>,
    /// The days of the week, as the site's language begins it.
    pub weekdays: Vec<WeekdayView>,
    /// The weeks; a cell is none where it is of another month.
    pub weeks: Vec<Vec<Option<CellView>>>,
}

/// A day of the week.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct WeekdayView {
    /// As a column's head.
    pub short: String,
    /// As it is read out.
    pub long: String,
}

/// A day of a calendar.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct CellView {
    /// The day of the month.
    pub number: i8,
    /// The worst state of it; none of a day that is ahead, or of which nothing is known.
    pub state: Option<StateView>,
    /// Its incidents, where there are any.
    pub path: Option<String>,
    /// "10 July 2020: major outage, 2 incidents"; none where there is nothing to say.
    pub label: Option<String>,
}

/// The calendar of the month that `days` are of: all of its days, in order.
pub(super) fn calendar(
    voice: &Voice<'_>,
    title: String,
    path: Option<String>,
    days: &[CalendarDay],
) -> CalendarView {
    let first_weekday = voice.words.first_weekday();
    let lead = days.first().map_or(0, |it| it.date.weekday().since(first_weekday));
    let mut cells: Vec<Option<CellView>> = (0..lead).map(|_| None).collect();
    cells.extend(days.iter().map(|it| Some(cell(voice, it))));
    cells.resize(cells.len().next_multiple_of(7), None);
    CalendarView {
        title,
        path,
        weekdays: weekdays(voice, first_weekday),
        weeks: cells.chunks(7).map(<[_]>::to_vec).collect(),
    }
}

fn weekdays(voice: &Voice<'_>, first: Weekday) -> Vec<WeekdayView> {
    let days = first.cycle_forward().take(7);
    days.map(|it| WeekdayView {
        short: voice.words.short_weekday(it).to_owned(),
        long: voice.words.weekday(it).to_owned(),
    })
    .collect()
}

fn cell(voice: &Voice<'_>, day: &CalendarDay) -> CellView {
    let state = day.worst.map(|it| voice.state(it));
    let label = (!day.stories.is_empty()).then(|| label(voice, day));
    CellView { number: day.date.day(), state, path: path_of(day), label }
}

/// Where a day's incidents are: in the list of its month.
fn path_of(day: &CalendarDay) -> Option<String> {
    let month = path::href(&path::month(day.date.year(), day.date.month()));
    (!day.stories.is_empty()).then(|| format!("{month}#day-{}", day.date.day()))
}

fn label(voice: &Voice<'_>, day: &CalendarDay) -> String {
    let words = voice.words;
    let state = day.worst.map_or(words.text("state_in_sentence.no_data"), |it| words.state_in_sentence(it));
    let incidents = words.count("page.history.incidents", day.stories.len() as u64, &[]);
    let values = [("date", &*words.date(day.date)), ("state", state), ("incidents", &incidents)];
    words.fill("page.history.day", &values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::State;
    use crate::words::{Words, sample};
    use jiff::ToSpan;
    use jiff::civil::Date;
    use std::sync::Arc;

    /// February 2026 of a site, with a story on the days given; it began on the first of them.
    fn february(with_story: &[i8]) -> CalendarView {
        let site = sample::site(&[]);
        let first = Date::constant(2026, 2, 1);
        let began = with_story.first().map_or(first, |day| Date::new(2026, 2, *day).unwrap());
        let mut story = Arc::into_inner(sample::story("A")).unwrap();
        story.started_at = began.in_tz("UTC").unwrap().timestamp();
        let story = Arc::new(story);
        let day = |date: Date| CalendarDay {
            date,
            worst: Some(State::Operational),
            stories: with_story.iter().filter(|it| **it == date.day()).map(|_| Arc::clone(&story)).collect(),
        };
        let days: Vec<CalendarDay> = first.series(1.day()).take(28).map(day).collect();
        let words = Words::english();
        calendar(&Voice { site: &site, words: &words }, "February".to_owned(), None, &days)
    }

    #[test]
    fn weeks_begin_as_the_language_has_it_and_are_filled_up() {
        let february = february(&[]);
        assert_eq!(february.weekdays[0].long, "Monday");
        assert_eq!(february.weeks.len(), 5);
        assert!(february.weeks.iter().all(|it| it.len() == 7));
        assert_eq!(february.weeks[0][5], None);
        assert_eq!(february.weeks[0][6].as_ref().map(|it| it.number), Some(1), "a Sunday");
    }

    #[test]
    fn a_day_on_which_something_ran_leads_to_the_list_of_its_month() {
        let february = february(&[2, 3]);
        let cell = |day: usize| february.weeks[1][day].clone().unwrap();
        assert_eq!(cell(0).path.as_deref(), Some("history/2026-02.html#day-2"));
        assert_eq!(cell(1).path.as_deref(), Some("history/2026-02.html#day-3"));
        assert_eq!(cell(1).label.as_deref(), Some("3 February 2026: operational, 1 incident or maintenance"));
        assert_eq!((cell(2).path, cell(2).label), (None, None));
    }
}
