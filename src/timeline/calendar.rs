//! The site's months at a glance: the worst of each day, and what was open on it.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::zone::{DaySpan, by_day, day_after, day_of, day_start, days, lifetime};
use super::{Phase, Piece, Span, Story, story_days};
use crate::model::{Kind, Site, State};

/// One day of a month.
#[derive(Clone, Debug)]
pub struct CalendarDay {
    /// The day.
    pub date: Date,
    /// The worst that a listed component was in, or that an incident without components stands for;
    /// none of a day that has not begun, or of which no component has data.
    pub worst: Option<State>,
    /// The incidents that were open and the maintenance that was done, newest first.
    pub stories: Vec<Arc<Story>>,
}

/// All days of the month of the site's zone that begins on `first`, as they are known at `now`. Of `stories`, which
/// stand newest first, those count that mark a day of it.
pub fn calendar<'a>(
    site: &Site,
    first: Date,
    stories: impl IntoIterator<Item = &'a Arc<Story>>,
    now: Timestamp,
) -> Vec<CalendarDay> {
    let days = days(&site.time_zone, first, first.last_of_month());
    let mut sheet = Sheet { site, calendar: plain(site, &days, now), days, now };
    stories.into_iter().filter(|it| is_shown(it)).for_each(|it| sheet.mark(it));
    sheet.calendar
}

/// The first and the last month of which a story may mark days, by their first days; without a last one it still
/// runs. None where it marks nothing.
pub fn calendar_months(site: &Site, story: &Story) -> Option<(Date, Option<Date>)> {
    let ran = story_days::spans(story);
    let spans = || ran.iter().chain(pieces(site, story).map(|it| &it.span)).filter(|_| is_shown(story));
    let month = |at| day_of(&site.time_zone, at).first_of_month();
    let first = spans().map(|it| it.from).min()?;
    let last = if spans().any(|it| it.to.is_none()) { None } else { spans().filter_map(|it| it.to).max() };
    Some((month(first), last.map(month)))
}

/// The worst state that a story put a listed component in on a day of the site's zone; none where it names none.
pub fn worst_on(site: &Site, story: &Story, date: Date) -> Option<State> {
    pieces(site, story).next()?;
    let day = days(&site.time_zone, date, date);
    let mut worst = State::Operational;
    for piece in pieces(site, story) {
        by_day(&day, piece.span, |_, _| worst = worst.max(piece.state));
    }
    Some(worst)
}

/// The instant at which the month of a zone ends that begins on `first`.
pub fn month_end(zone: &TimeZone, first: Date) -> Timestamp {
    day_start(zone, day_after(first.last_of_month()))
}

/// A month that is being marked.
struct Sheet<'a> {
    site: &'a Site,
    days: Vec<DaySpan>,
    calendar: Vec<CalendarDay>,
    now: Timestamp,
}

impl Sheet<'_> {
    fn mark(&mut self, story: &Arc<Story>) {
        let whole = Some(story.impact.state()).filter(|_| story.tracks.is_empty());
        let whole = whole.filter(|it| *it != State::Operational);
        for span in &story.open {
            self.each_day(story, *span, |day| {
                // One that was reopened on the same day is there already.
                if !day.stories.last().is_some_and(|it| Arc::ptr_eq(it, story)) {
                    day.stories.push(Arc::clone(story));
                }
                day.worst = day.worst.max(whole);
            });
        }
        for piece in pieces(self.site, story) {
            self.each_day(story, piece.span, |day| day.worst = day.worst.max(Some(piece.state)));
        }
    }

    /// The days that a stretch has touched by the instant.
    fn each_day(&mut self, story: &Story, span: Span, mut each: impl FnMut(&mut CalendarDay)) {
        by_day(&self.days, span, |day, part| {
            if part.from <= story.effective(self.now) {
                each(&mut self.calendar[day]);
            }
        });
    }
}

/// The days before any story.
fn plain(site: &Site, days: &[DaySpan], now: Timestamp) -> Vec<CalendarDay> {
    let today = day_of(&site.time_zone, now);
    let listed = site.components.iter().filter(|it| it.listed);
    let lives: Vec<Span> = listed.map(|it| lifetime(site, it)).collect();
    let plain = |day: &DaySpan| {
        let begun = day.date <= today && lives.iter().any(|it| it.meet(&day.span()).is_some());
        CalendarDay { date: day.date, worst: begun.then_some(State::Operational), stories: Vec::new() }
    };
    days.iter().map(plain).collect()
}

/// What a story puts listed components in.
fn pieces<'a>(site: &'a Site, story: &'a Story) -> impl Iterator<Item = &'a Piece> {
    let listed = |id| site.component(id).is_some_and(|it| it.listed);
    story.tracks.iter().filter(move |it| listed(&it.component)).flat_map(|it| &it.pieces)
}

fn is_shown(story: &Story) -> bool {
    let has_days = match story.incident.kind {
        Kind::Incident(_) | Kind::Maintenance(_) => true,
        Kind::Notice(_) => false,
    };
    has_days && story.phase != Phase::Retracted
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Written, board, maintenance, notice, site, state, written};
    use super::*;
    use crate::model::Impact;

    fn march(written: &[Written], now: &str) -> Vec<CalendarDay> {
        let board = board(site(&["login"]), written, now);
        calendar(&board.site, Date::constant(2026, 3, 1), board.history.iter(), board.now)
    }

    #[track_caller]
    fn check(day: &CalendarDay, worst: Option<&str>, stories: &[&str]) {
        let found: Vec<&str> = day.stories.iter().map(|it| it.incident.id.as_str()).collect();
        assert_eq!((day.worst, found.as_slice()), (worst.map(state), stories));
    }

    #[test]
    fn a_day_shows_the_worst_and_what_was_open() {
        let all = [
            written("a").says("01T10:00 investigating login=partial").says("02T12:00 resolved"),
            written("b").says("02T11:00 investigating login=major").says("02T12:00 resolved"),
            maintenance(),
            notice().says("01T10:00 -"),
        ];
        let march = march(&all, "03T20:00");
        check(&march[0], Some("partial"), &["a", "maintenance"]);
        check(&march[1], Some("major"), &["b", "a"]);
        check(&march[2], Some("operational"), &[]);
        check(&march[3], None, &[]);
    }

    #[test]
    fn an_incident_without_components_marks_its_days_by_its_impact() {
        let written = [written("a")
            .disruption(|it| it.impact = Some(Impact::Major))
            .says("01T10:00 investigating")
            .says("02T12:00 resolved")];
        let march = march(&written, "03T20:00");
        check(&march[0], Some("partial"), &["a"]);
        check(&march[1], Some("partial"), &["a"]);
    }

    #[test]
    fn a_withdrawn_incident_marks_nothing() {
        let withdrawn = written("a").says("01T10:00 investigating login=major").retracted("01T11:00");
        check(&march(&[withdrawn], "03T20:00")[0], Some("operational"), &[]);
    }

    #[test]
    fn what_runs_ahead_is_not_yet_marked() {
        let open = written("a").says("01T10:00 investigating login=major");
        let march = march(&[open], "02T20:00");
        check(&march[1], Some("major"), &["a"]);
        check(&march[2], None, &[]);
    }

    #[test]
    fn a_story_is_looked_for_in_the_months_that_it_may_mark() {
        let month = |month| Date::constant(2026, month, 1);
        let ended = written("a").says("28T10:00 investigating login=major").says("30T10:00 resolved");
        let runs = written("b").says("01T10:00 investigating login=major");
        let board = board(site(&["login"]), &[ended, runs, notice().says("01T10:00 -")], "30T20:00");
        let months = |id: &str| {
            let story = board.history.iter().find(|it| it.incident.id.as_str() == id).expect("it is told");
            calendar_months(&board.site, story)
        };
        assert_eq!(months("a"), Some((month(3), Some(month(3)))));
        assert_eq!(months("b"), Some((month(3), None)));
        assert_eq!(months("notice"), None);
    }
}
