//! On which days of the site's zone a story ran.
//!
//! Lists by day show a story on each of them, so that a list never contradicts the bars beside it.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

use super::zone::day_of;
use super::{Course, Phase, Span, Story};
use crate::model::Kind;

/// The days on which a story ran.
///
/// An incident and maintenance run while they are open, as far as that is known at an instant; maintenance ahead runs as
/// announced. A notice, and what was withdrawn or cancelled, has the day of its start alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoryDays {
    /// First and last days, in order of time, with at least one day between two ranges.
    ranges: Vec<(Date, Date)>,
    /// Whether no further day can follow.
    complete: bool,
}

impl StoryDays {
    /// The days of a story as they are known at an instant, or when the story was told if that is later.
    pub fn of(zone: &TimeZone, story: &Story, at: Timestamp) -> Self {
        let now = at.max(story.told_at);
        let start = day_of(zone, story.started_at);
        let spans = spans(story);
        let until = if story.phase == Phase::Ahead { Timestamp::MAX } else { now };
        let days = spans.iter().filter(|it| it.from <= until).map(|it| days(zone, *it, until));
        let mut all: Vec<(Date, Date)> = days.chain([(start, start)]).collect();
        all.sort_unstable();
        let mut ranges: Vec<(Date, Date)> = Vec::new();
        for (first, last) in all {
            match ranges.last_mut() {
                Some((_, end)) if first <= end.saturating_add(1.day()) => *end = last.max(*end),
                Some(_) | None => ranges.push((first, last)),
            }
        }
        let complete = spans.iter().all(|it| it.to.is_some_and(|to| to <= until));
        StoryDays { ranges, complete }
    }

    /// Those from the first day to the last, both inside, latest first.
    pub fn between(&self, first: Date, last: Date) -> impl Iterator<Item = Date> {
        let parts = self.ranges.iter().rev().map(move |it| (it.0.max(first), it.1.min(last)));
        parts.flat_map(|(first, last)| {
            std::iter::successors(Some(last), |it| it.yesterday().ok()).take_while(move |it| first <= *it)
        })
    }

    /// Whether it ran on a day from the first to the last, both inside.
    pub fn touch(&self, first: Date, last: Date) -> bool {
        self.ranges.iter().any(|it| it.0 <= last && first <= it.1)
    }

    /// The first of them.
    pub fn first(&self) -> Date {
        self.ranges.first().map_or(Date::MIN, |it| it.0)
    }

    /// The first of them on a day or after it.
    pub fn first_from(&self, day: Date) -> Option<Date> {
        self.ranges.iter().find(|it| day <= it.1).map(|it| it.0.max(day))
    }

    /// The last of them, as far as it is known.
    pub fn last(&self) -> Date {
        self.ranges.last().map_or(Date::MIN, |it| it.1)
    }

    /// Which of them a day is, counted from 1.
    pub fn number(&self, day: Date) -> u64 {
        let before = self.ranges.iter().filter(|it| it.0 <= day);
        before.map(|it| count(it.0, it.1.min(day))).sum()
    }

    /// How many there are; none where more may follow.
    pub fn total(&self) -> Option<u64> {
        self.complete.then(|| self.ranges.iter().map(|it| count(it.0, it.1)).sum())
    }
}

/// When a story ran, or is announced to.
pub(super) fn spans(story: &Story) -> Vec<Span> {
    match (&story.incident.kind, story.phase, &story.course) {
        (Kind::Notice(_), ..) | (_, Phase::Retracted, _) => Vec::new(),
        (_, Phase::Ahead, Course::Maintenance(course)) => {
            vec![Span { from: course.scheduled_for, to: Some(course.scheduled_until) }]
        }
        (Kind::Incident(_) | Kind::Maintenance(_), ..) => story.open.clone(),
    }
}

/// The first and the last day of a span, which is cut off at `now`. One that ends as a day begins does not touch that day.
fn days(zone: &TimeZone, span: Span, now: Timestamp) -> (Date, Date) {
    let first = day_of(zone, span.from);
    let last = match span.to.filter(|to| *to <= now) {
        Some(to) => day_of(zone, to.saturating_sub(1.nanosecond()).unwrap_or(to)),
        None => day_of(zone, now),
    };
    (first, last.max(first))
}

fn count(first: Date, last: Date) -> u64 {
    u64::try_from(last.duration_since(first).as_hours() / 24).map_or(0, |it| it + 1)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Written, maintenance, notice, t, written};
    use super::*;

    fn days_of(written: &Written, now: &str) -> StoryDays {
        let story = written.story(now).expect("it is public");
        StoryDays::of(&TimeZone::UTC, &story, t(now))
    }

    /// The days of March on which a story ran, latest first, and how many it has in all.
    #[track_caller]
    fn check(written: &Written, now: &str, expected: &[i8], total: Option<u64>) {
        let days = days_of(written, now);
        let (first, last) = (Date::constant(2026, 3, 1), Date::constant(2026, 3, 31));
        let found: Vec<i8> = days.between(first, last).map(Date::day).collect();
        assert_eq!((found.as_slice(), days.total()), (expected, total));
    }

    #[test]
    fn an_incident_runs_from_its_start_to_its_end() {
        let incident = written("a").says("01T22:00 investigating").says("04T00:00 resolved");
        check(&incident, "02T10:00", &[2, 1], None);
        check(&incident, "05T10:00", &[3, 2, 1], Some(3));
    }

    #[test]
    fn the_days_on_which_it_was_over_are_not_among_them() {
        let reopened = written("a").says("01T10:00 investigating").says("02T10:00 resolved");
        let reopened = reopened.says("05T10:00 investigating").says("05T12:00 resolved");
        check(&reopened, "06T10:00", &[5, 2, 1], Some(3));
        let days = days_of(&reopened, "06T10:00");
        assert_eq!(days.number(Date::constant(2026, 3, 5)), 3);
        assert!(!days.touch(Date::constant(2026, 3, 3), Date::constant(2026, 3, 4)));
        assert_eq!(days.first_from(Date::constant(2026, 3, 3)), Some(Date::constant(2026, 3, 5)));
    }

    #[test]
    fn maintenance_ahead_has_the_days_that_are_announced() {
        check(&maintenance(), "28T10:00", &[1], Some(1));
        let ahead = maintenance().maintenance(|it| it.scheduled_for = t("02T22:00"));
        let ahead = ahead.maintenance(|it| it.scheduled_until = t("03T02:00")).says("01T00:00 scheduled");
        check(&ahead, "01T10:00", &[3, 2], Some(2));
    }

    #[test]
    fn a_notice_and_what_was_withdrawn_have_the_day_of_their_start() {
        check(&notice().says("02T10:00 -"), "05T10:00", &[2], Some(1));
        let withdrawn = written("a").says("01T10:00 investigating").retracted("03T11:00");
        check(&withdrawn, "05T10:00", &[1], Some(1));
    }

    #[test]
    fn what_ends_as_it_begins_has_its_day() {
        check(
            &written("a").says("01T10:00 investigating").says("01T10:00 resolved"),
            "02T10:00",
            &[1],
            Some(1),
        );
    }
}
