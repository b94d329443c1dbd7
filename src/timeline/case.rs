//! One component, or several as one: all that its board follows from, and the board.
//!
//! Cases are compared without looking into what they share, so that a board which was made for one can be
//! handed out again as long as nothing of it is another.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::life::{is_own, life, standing, worse_way};
use super::span::later;
use super::uptime::{DayCount, Life, count, window};
use super::zone::{DaySpan, last_days, lifetime};
use super::{ComponentBoard, OwnedPiece, Span, UptimeWindow, Via, days, group};
use crate::model::{Rollup, Site};

/// The days over which uptime is told, besides the site's own.
const WINDOWS: [u16; 5] = [1, 7, 30, 90, 365];

/// The days that are counted, today last.
#[derive(Clone, Debug)]
pub(super) struct Days {
    today: Date,
    days: Arc<[DaySpan]>,
}

impl Days {
    /// The days up to `today`.
    pub(super) fn until(today: Date, site: &Site) -> Self {
        let days = last_days(&site.time_zone, today, WINDOWS[4].max(site.history_days));
        Days { today, days: days.into() }
    }

    /// Today, from midnight to midnight.
    pub(super) fn today(&self) -> Span {
        self.days.last().map_or(self.span(), DaySpan::span)
    }

    /// All of them and the time to come.
    fn span(&self) -> Span {
        Span { from: self.days.first().map_or(Timestamp::MIN, |it| it.from), to: None }
    }

    /// The last instant of today.
    fn end(&self) -> Timestamp {
        self.days.last().map_or(Timestamp::MAX, |it| later(it.to, SignedDuration::from_nanos(-1)))
    }
}

/// All that one component's board follows from.
#[derive(Clone, Debug)]
pub struct Case {
    site: Arc<Site>,
    /// The number of the component in site.yaml.
    number: usize,
    days: Days,
    /// What it was in, by all stories.
    pieces: Arc<[OwnedPiece]>,
    /// The ways by which states are suggested.
    suggested: Vec<Via>,
    /// As of when it is told: the instant of the board as long as something runs, else the end of its day, until
    /// which nothing becomes another by itself.
    seen_at: Timestamp,
}

/// A component's board, and what several of them as one are counted from.
#[derive(Debug)]
pub struct Counted {
    pub(super) board: Arc<ComponentBoard>,
    life: Life,
    seen_at: Timestamp,
}

impl Case {
    /// The case of the component with this number in site.yaml, at `now`.
    pub(super) fn new(
        (site, number): (&Arc<Site>, usize),
        days: &Days,
        pieces: Arc<[OwnedPiece]>,
        (suggested, now): (Vec<Via>, Timestamp),
    ) -> Self {
        let runs = pieces.iter().any(|it| it.span.to.is_none());
        let seen_at = if runs { now } else { days.end() };
        Case { site: Arc::clone(site), number, days: days.clone(), pieces, suggested, seen_at }
    }
}

/// The component's board.
pub fn component(case: &Case) -> Arc<Counted> {
    let Case { site, number, days, pieces, suggested, seen_at } = case;
    let (component, now) = (&site.components[*number], *seen_at);
    let whole = days.span();
    let recent: Vec<OwnedPiece> =
        pieces.iter().filter(|it| it.span.meet(&whole).is_some()).cloned().collect();
    let life = life(site, component, &recent);
    let counts = count(&life, &days.days, now);
    let shown = counts.len() - usize::from(site.history_days).min(counts.len());
    let lifetime = lifetime(site, component);
    let declared = standing(lifetime, &recent, now, is_own);
    let board = ComponentBoard {
        id: component.id.clone(),
        seen_at: now,
        standing: standing(lifetime, &recent, now, |_| true),
        declared,
        via: declared.state().and_then(|it| worse_way(it, &recent, suggested, now)),
        days: days::bars((&days.days[shown..], &counts[shown..]), &recent, now),
        uptime: windows(site, &counts),
        pieces: Arc::clone(pieces),
    };
    Arc::new(Counted { board: Arc::new(board), life, seen_at: now })
}

/// Several components as one.
#[derive(Clone, Debug)]
pub struct Union {
    pub(super) site: Arc<Site>,
    pub(super) days: Days,
    pub(super) rollup: Rollup,
    pub(super) members: Vec<Arc<Counted>>,
}

/// The uptime of several as one, by the state that rolls up from theirs.
pub fn together(union: &Union) -> Vec<UptimeWindow> {
    let Union { site, days, rollup, members } = union;
    let lives: Vec<&Life> = members.iter().map(|it| &it.life).collect();
    let seen_at = members.iter().map(|it| it.seen_at).min().unwrap_or_else(|| days.end());
    windows(site, &count(&group::life(*rollup, &lives), &days.days, seen_at))
}

fn windows(site: &Site, counts: &[DayCount]) -> Vec<UptimeWindow> {
    let own = Some(site.history_days).filter(|it| !WINDOWS.contains(it));
    WINDOWS.into_iter().chain(own).map(|days| window(counts, days, &site.uptime)).collect()
}

impl PartialEq for Case {
    fn eq(&self, other: &Self) -> bool {
        let Case { site, number, days, pieces, suggested, seen_at } = self;
        (number, days.today, suggested, seen_at)
            == (&other.number, other.days.today, &other.suggested, &other.seen_at)
            && Arc::ptr_eq(site, &other.site)
            && Arc::ptr_eq(pieces, &other.pieces)
    }
}

impl Eq for Case {}

impl Hash for Case {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.number, self.seen_at, self.pieces.as_ptr()).hash(state);
    }
}

impl PartialEq for Union {
    fn eq(&self, other: &Self) -> bool {
        let Union { site, days, rollup, members } = self;
        let same = |(one, other): (&Arc<Counted>, &Arc<Counted>)| Arc::ptr_eq(one, other);
        (days.today, rollup, members.len()) == (other.days.today, &other.rollup, other.members.len())
            && Arc::ptr_eq(site, &other.site)
            && members.iter().zip(&other.members).all(same)
    }
}

impl Eq for Union {}

impl Hash for Union {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.members.iter().for_each(|it| Arc::as_ptr(it).hash(state));
    }
}
