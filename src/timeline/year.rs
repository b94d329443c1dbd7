//! One component's year: a row a month, and the intervals that the figures are made of.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::life::{is_own, life};
use super::span::{Profile, outside};
use super::uptime::{count, uptime};
use super::zone::{day_after, day_of, day_start, days};
use super::{Basis, Board, ComponentBoard, OwnedPiece, Span, Story, Uptime};
use crate::model::{Component, ComponentId, Site, State};

/// How a component was in a year of the site's zone.
#[derive(Clone, Debug)]
pub struct ComponentYear {
    /// The year.
    pub year: i16,
    /// The months that have begun, oldest first.
    pub months: Vec<Month>,
    /// What it was in besides operational, in order of time, cut at the ends of the year.
    pub intervals: Vec<Interval>,
}

/// A component's month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Month {
    /// Its first day.
    pub first: Date,
    /// What was counted; of the running month, to its day at the instant.
    pub uptime: Uptime,
}

/// A stretch in a state that a story gave.
#[derive(Clone, Debug)]
pub struct Interval {
    /// The stretch.
    pub span: Span,
    /// The state.
    pub state: State,
    /// The story.
    pub story: Arc<Story>,
    /// How the state is known.
    pub basis: Basis,
    /// Whether it is the one that counts there: of stretches that overlap, one does. So the intervals
    /// that count never overlap, and their seconds are those of the months.
    pub counted: bool,
}

/// All that a year of a component follows from, besides the site: what was known of it at the end of the year or, as
/// long as it runs, as of when the component is told. Records are compared without looking into their stories.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearRecord {
    component: ComponentId,
    /// The first day of the year.
    first: Date,
    /// What the component was in, in order of time.
    pieces: Vec<OwnedPiece>,
    seen_at: Timestamp,
}

impl Board {
    /// The years in which a component has data or a story, oldest first.
    pub fn years_of(&self, id: &ComponentId) -> Vec<i16> {
        self.component(id).map_or_else(Vec::new, |it| it.years(&self.site))
    }
}

impl ComponentBoard {
    /// The years in which it has data or a story, oldest first.
    pub fn years(&self, site: &Site) -> Vec<i16> {
        let Some(component) = site.component(&self.id) else { return Vec::new() };
        let day_of = |at| day_of(&site.time_zone, at);
        let today = day_of(self.seen_at);
        let first_piece = self.pieces.first().map(|it| day_of(it.span.from).year());
        let since = component.since.map(Date::year);
        let last = component.until.map_or(today, |until| until.min(today)).year();
        let first = since.or(first_piece).unwrap_or(last);
        (first..=last).collect()
    }

    /// The records of its years, oldest first.
    pub fn year_records(&self, site: &Site) -> Vec<YearRecord> {
        let years = self.years(site).into_iter();
        years.filter_map(|year| YearRecord::of(&site.time_zone, self, year)).collect()
    }
}

impl YearRecord {
    fn of(zone: &TimeZone, component: &ComponentBoard, year: i16) -> Option<Self> {
        let first = Date::new(year, 1, 1).ok()?;
        let whole = whole_year(zone, first);
        let seen_at = whole.to.map_or(component.seen_at, |end| end.min(component.seen_at));
        let begun = component.pieces.partition_point(|it| whole.to.is_none_or(|end| it.span.from < end));
        let begun = component.pieces[..begun].iter();
        let inside = begun.filter(|it| it.span.to.is_none_or(|to| whole.from < to));
        let pieces = inside.map(|it| it.known_at(seen_at)).collect();
        Some(YearRecord { component: component.id.clone(), first, pieces, seen_at })
    }

    /// The component that it is of.
    pub fn component(&self) -> &ComponentId {
        &self.component
    }

    /// The year.
    pub fn year(&self) -> i16 {
        self.first.year()
    }

    /// The year; none of a component that is not there.
    pub fn tell(&self, site: &Site) -> Option<ComponentYear> {
        let component = site.component(&self.component)?;
        Some(ComponentYear {
            year: self.year(),
            months: self.months(site, component),
            intervals: intervals(&self.pieces, whole_year(&site.time_zone, self.first), self.seen_at),
        })
    }

    fn months(&self, site: &Site, component: &Component) -> Vec<Month> {
        let life = life(site, component, &self.pieces);
        let last = self.first.last_of_year().min(day_of(&site.time_zone, self.seen_at));
        let days = days(&site.time_zone, self.first, last);
        let counts = count(&life, &days, self.seen_at);
        let months = days.chunk_by(|one, other| one.date.month() == other.date.month());
        let mut begin = 0;
        months
            .map(|month| {
                let counts = &counts[begin..begin + month.len()];
                begin += month.len();
                Month { first: month[0].date.first_of_month(), uptime: uptime(counts, &site.uptime) }
            })
            .collect()
    }
}

fn whole_year(zone: &TimeZone, first: Date) -> Span {
    Span { from: day_start(zone, first), to: Some(day_start(zone, day_after(first.last_of_year()))) }
}

/// The pieces within a stretch, each cut into what counts and what another one stands above.
fn intervals(pieces: &[OwnedPiece], whole: Span, now: Timestamp) -> Vec<Interval> {
    let inside: Vec<(Span, &OwnedPiece)> = pieces
        .iter()
        .filter_map(|piece| Some((piece.span.meet(&whole)?, piece)))
        .map(|(span, piece)| (still_running(span, piece, now), piece))
        .collect();
    let mut intervals: Vec<Interval> = inside
        .iter()
        .zip(reigns(&inside))
        .flat_map(|((span, piece), reign)| {
            let below = outside(*span, &reign).into_iter().map(|span| (span, false));
            let above = reign.into_iter().map(|span| (span, true));
            above.chain(below).map(|(span, counted)| interval(span, piece, counted)).collect::<Vec<_>>()
        })
        .collect();
    intervals.sort_by_key(|it| (it.span.from, !it.counted, Reverse(it.state), it.story.incident.id.clone()));
    intervals
}

/// What runs has no end, though the year has one.
fn still_running(span: Span, piece: &OwnedPiece, now: Timestamp) -> Span {
    let ahead = span.to.is_some_and(|to| now < to);
    if piece.span.to.is_none() && ahead { Span { to: None, ..span } } else { span }
}

/// Where each piece is the one that counts: the worst, said of the component itself rather than
/// derived, the one that began first.
fn reigns(pieces: &[(Span, &OwnedPiece)]) -> Vec<Vec<Span>> {
    let mut steps: Vec<(Timestamp, usize, bool)> = Vec::new();
    for (number, (span, _)) in pieces.iter().enumerate() {
        steps.push((span.from, number, true));
        steps.extend(span.to.map(|to| (to, number, false)));
    }
    steps.sort_unstable();
    let rank = |number: usize| {
        let (span, piece) = pieces[number];
        (Reverse(piece.state), !is_own(&piece.basis), span.from, number)
    };
    let mut running = BTreeSet::new();
    let mut top = Profile::default();
    for together in steps.chunk_by(|one, other| one.0 == other.0) {
        for (_, number, begins) in together {
            if *begins {
                running.insert(rank(*number));
            } else {
                running.remove(&rank(*number));
            }
        }
        top.turn(together[0].0, running.first().map(|rank| rank.3));
    }
    let mut reigns = vec![Vec::new(); pieces.len()];
    for (span, number) in top.finish() {
        reigns[number].push(span);
    }
    reigns
}

fn interval(span: Span, piece: &OwnedPiece, counted: bool) -> Interval {
    Interval {
        span,
        state: piece.state,
        story: Arc::clone(&piece.story),
        basis: piece.basis.clone(),
        counted,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Written, board, id, site, span, written};
    use super::*;

    fn year_of(written: &[Written], now: &str) -> ComponentYear {
        let board = board(site(&["login"]), written, now);
        let records = records(&board);
        records.iter().find(|it| it.year() == 2026).and_then(|it| it.tell(&board.site)).expect("it has begun")
    }

    fn records(board: &Board) -> Vec<YearRecord> {
        board.component(&id("login")).expect("it is there").year_records(&board.site)
    }

    #[track_caller]
    fn check(written: &[Written], expected: &[(&str, &str, bool)]) {
        let year = year_of(written, "20:00");
        let found: Vec<_> =
            year.intervals.iter().map(|it| (it.span, it.story.incident.id.as_str(), it.counted)).collect();
        let expected: Vec<_> = expected.iter().map(|(at, id, counted)| (span(at), *id, *counted)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn of_stretches_that_overlap_the_worst_counts() {
        let both = [
            written("a").says("10:00 investigating login=partial").says("12:00 resolved"),
            written("b").says("10:30 investigating login=major").says("11:00 resolved"),
        ];
        check(
            &both,
            &[
                ("10:00-10:30", "a", true),
                ("10:30-11:00", "b", true),
                ("10:30-11:00", "a", false),
                ("11:00-12:00", "a", true),
            ],
        );
    }

    #[test]
    fn what_is_open_has_no_end() {
        check(&[written("a").says("10:00 investigating login=partial")], &[("10:00-", "a", true)]);
    }

    #[test]
    fn what_counts_adds_up_to_the_months() {
        let both = [
            written("a").says("10:00 investigating login=partial").says("12:00 resolved"),
            written("b").says("10:30 investigating login=major").says("13:00 resolved"),
        ];
        let year = year_of(&both, "20:00");
        let counted = year.intervals.iter().filter(|it| it.counted && it.state == State::MajorOutage);
        let seconds: i64 = counted.map(|it| it.span.seconds(Timestamp::MAX)).sum();
        let march = year.months[2].uptime;
        assert_eq!((march.major, march.partial), (seconds, 1800));
    }

    #[test]
    fn months_are_of_the_sites_zone_and_only_those_that_have_begun() {
        let year = year_of(&[], "20:00");
        assert_eq!(year.months.len(), 3);
        assert_eq!(year.months[1].uptime.counted, 28 * 86_400);
        assert_eq!(year.months[2].uptime.counted, 86_400);
    }

    #[test]
    fn intervals_are_cut_at_the_ends_of_the_year() {
        let incident = [written("a")
            .says("2025-12-31T23:00 investigating login=major")
            .says("2026-01-01T01:00 resolved")];
        let year = year_of(&incident, "20:00");
        assert_eq!(year.intervals[0].span, span_of("2026-01-01T00:00Z", "2026-01-01T01:00Z"));
        let mut site = site(&["login"]);
        site.components[0].since = None;
        let board = board(site, &incident, "20:00");
        assert_eq!(board.years_of(&id("login")), [2025, 2026]);
    }

    fn span_of(from: &str, to: &str) -> Span {
        let parse = |text: &str| text.parse().expect("a time");
        Span { from: parse(from), to: Some(parse(to)) }
    }

    #[test]
    fn real_months_are_counted_as_statuspage_counts_them() {
        let march = |major: i64, partial: i64| Uptime { major, partial, ..Uptime::default() };
        for (days, sums, percent) in [(28, march(18_455, 43_558), 9869), (31, march(2315, 960), 9990)] {
            let length = days * 86_400;
            let mut states = [0; State::ALL.len()];
            states[State::MajorOutage as usize] = sums.major;
            states[State::PartialOutage as usize] = sums.partial;
            let day = super::super::uptime::DayCount { claimed: length, states, ..Default::default() };
            let policy = crate::model::UptimePolicy::default();
            assert_eq!(uptime(&[day], &policy).percent, Some(percent));
        }
    }

    #[test]
    fn a_record_is_the_same_as_long_as_its_stories_are() {
        let outage = [written("a").says("10:00 investigating login=major").says("11:00 resolved")];
        let (one, other) =
            (board(site(&["login"]), &outage, "20:00"), board(site(&["login"]), &outage, "20:00"));
        assert_eq!(records(&one), records(&one));
        assert_ne!(records(&one), records(&other), "they were told anew");
    }
}
