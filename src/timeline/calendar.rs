//! The site's year at a glance: the worst of each day, and what was open on it.

use std::sync::Arc;

use jiff::civil::Date;

use super::zone::{DaySpan, by_day, days, lifetime};
use super::{Board, Phase, Span, Story};
use crate::model::{Kind, State};

/// One day of a year.
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

impl Board {
    /// All days of a year of the site's zone.
    pub fn calendar(&self, year: i16) -> Vec<CalendarDay> {
        let Ok(first) = Date::new(year, 1, 1) else { return Vec::new() };
        let days = days(&self.site.time_zone, first, first.last_of_year());
        let mut calendar: Vec<CalendarDay> = days.iter().map(|day| self.plain(day)).collect();
        for story in self.history.iter().filter(|it| is_shown(it)) {
            self.mark(&mut calendar, &days, story);
        }
        calendar
    }

    fn plain(&self, day: &DaySpan) -> CalendarDay {
        let known = |it| lifetime(&self.site, it).meet(&day.span()).is_some();
        let has_data = self.site.components.iter().any(|it| it.listed && known(it));
        let begun = day.date <= self.today && has_data;
        CalendarDay { date: day.date, worst: begun.then_some(State::Operational), stories: Vec::new() }
    }

    fn mark(&self, calendar: &mut [CalendarDay], days: &[DaySpan], story: &Arc<Story>) {
        let whole = Some(story.impact.state()).filter(|_| story.tracks.is_empty());
        let whole = whole.filter(|it| *it != State::Operational);
        for span in &story.open {
            self.each_day(days, *span, |day| {
                let stories = &mut calendar[day].stories;
                // One that was reopened on the same day is there already.
                if !stories.last().is_some_and(|it| Arc::ptr_eq(it, story)) {
                    stories.push(Arc::clone(story));
                }
                calendar[day].worst = calendar[day].worst.max(whole);
            });
        }
        let listed = |id| self.site.component(id).is_some_and(|it| it.listed);
        for piece in story.tracks.iter().filter(|it| listed(&it.component)).flat_map(|it| &it.pieces) {
            self.each_day(days, piece.span, |day| {
                calendar[day].worst = calendar[day].worst.max(Some(piece.state));
            });
        }
    }

    /// The days that a stretch has touched by the instant of the board.
    fn each_day(&self, days: &[DaySpan], span: Span, mut each: impl FnMut(usize)) {
        by_day(days, span, |day, part| {
            if part.from <= self.now {
                each(day);
            }
        });
    }
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
        board(site(&["login"]), written, now).calendar(2026).split_off(59)
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
}
