//! Stretches of time: where they meet, what one leaves of another, and the worst of many states.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::Span;
use crate::model::State;

impl Span {
    /// Whether the instant lies inside.
    pub fn contains(&self, at: Timestamp) -> bool {
        self.from <= at && self.to.is_none_or(|to| at < to)
    }

    /// What both have in common, where that is anything.
    pub fn meet(&self, other: &Span) -> Option<Span> {
        let from = self.from.max(other.from);
        let to = earlier(self.to, other.to);
        to.is_none_or(|to| from < to).then_some(Span { from, to })
    }

    /// The seconds of it that have passed at `now`.
    pub fn seconds(&self, now: Timestamp) -> i64 {
        let to = self.to.map_or(now, |to| to.min(now));
        seconds(self.from, to).max(0)
    }
}

/// The one that holds an instant, of stretches that are in order and never overlap.
pub(super) fn span_at(spans: &[Span], at: Timestamp) -> Option<&Span> {
    spans[..spans.partition_point(|it| it.from <= at)].last().filter(|it| it.contains(at))
}

/// The whole seconds from one instant to another.
pub(super) fn seconds(from: Timestamp, to: Timestamp) -> i64 {
    to.as_second() - from.as_second()
}

/// An instant so much later, at most the last one there is.
pub(super) fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(Timestamp::MAX)
}

/// The earlier of two ends, of which either may be missing.
pub(super) fn earlier(one: Option<Timestamp>, other: Option<Timestamp>) -> Option<Timestamp> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (end, None) | (None, end) => end,
    }
}

/// What is left of `span` outside of `cover`.
pub(super) fn outside(span: Span, cover: &[Span]) -> Vec<Span> {
    cover.iter().fold(vec![span], |left, taken| left.iter().flat_map(|it| cut(*it, taken)).collect())
}

fn cut(span: Span, taken: &Span) -> impl Iterator<Item = Span> {
    let before = span.meet(&Span { from: Timestamp::MIN, to: Some(taken.from) });
    let after = taken.to.and_then(|to| span.meet(&Span { from: to, to: None }));
    before.into_iter().chain(after)
}

/// The worst state at each instant, in order of time: stretches that never overlap, of which no two
/// neighbours could be one.
pub(super) fn worst(states: impl IntoIterator<Item = (Span, State)>) -> Vec<(Span, State)> {
    greatest(states)
}

/// The greatest value at each instant, in the same form.
///
/// One sweep over all edges, whatever overlaps: n values cost n log n.
pub(super) fn greatest<T: Copy + Ord>(values: impl IntoIterator<Item = (Span, T)>) -> Vec<(Span, T)> {
    let mut steps: Vec<(Timestamp, T, Edge)> = Vec::new();
    for (span, value) in values {
        steps.push((span.from, value, Edge::Begin));
        steps.extend(span.to.map(|to| (to, value, Edge::End)));
    }
    steps.sort_unstable_by_key(|step| (step.0, step.2));

    let mut running: BTreeMap<T, usize> = BTreeMap::new();
    let mut profile = Profile::default();
    for together in steps.chunk_by(|one, other| one.0 == other.0) {
        for (_, value, edge) in together {
            match edge {
                Edge::Begin => *running.entry(*value).or_default() += 1,
                Edge::End => forget_one(&mut running, *value),
            }
        }
        profile.turn(together[0].0, running.last_key_value().map(|(value, _)| *value));
    }
    profile.finish()
}

/// Whether a value begins or ends to hold. At one instant begins come first, so that a stretch without length ends
/// after it began.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Edge {
    Begin,
    End,
}

fn forget_one<T: Ord>(running: &mut BTreeMap<T, usize>, value: T) {
    match running.get_mut(&value) {
        Some(count) if 1 < *count => *count -= 1,
        Some(_) | None => {
            running.remove(&value);
        }
    }
}

/// Walks through stretches in order of time, asked for instants in order of time: so that many questions cost no more
/// than one pass.
pub(super) struct Walk<'a, T> {
    ahead: &'a [(Span, T)],
}

impl<'a, T> Walk<'a, T> {
    /// At the first of stretches that never overlap.
    pub(super) fn new(stretches: &'a [(Span, T)]) -> Self {
        Walk { ahead: stretches }
    }

    /// What holds at an instant, which is not before the one asked for last.
    pub(super) fn at(&mut self, at: Timestamp) -> Option<&'a T> {
        while let Some(((span, _), rest)) = self.ahead.split_first() {
            if span.to.is_none_or(|to| at < to) {
                break;
            }
            self.ahead = rest;
        }
        self.ahead.first().filter(|(span, _)| span.from <= at).map(|(_, value)| value)
    }
}

/// A value over time that is being written down in order of time.
#[derive(Debug)]
pub(super) struct Profile<T> {
    done: Vec<(Span, T)>,
    current: Option<(Timestamp, T)>,
}

impl<T> Default for Profile<T> {
    fn default() -> Self {
        Profile { done: Vec::new(), current: None }
    }
}

impl<T: PartialEq> Profile<T> {
    /// From `at` on the value is this, or there is none.
    pub(super) fn turn(&mut self, at: Timestamp, value: Option<T>) {
        if self.current.as_ref().map(|(_, value)| value) == value.as_ref() {
            return;
        }
        if let Some((from, before)) = self.current.take().filter(|(from, _)| *from < at) {
            self.done.push((Span { from, to: Some(at) }, before));
        }
        self.current = value.map(|value| (at, value));
    }

    /// All that was written down; the last value holds for ever.
    pub(super) fn finish(mut self) -> Vec<(Span, T)> {
        self.done.extend(self.current.map(|(from, value)| (Span { from, to: None }, value)));
        self.done
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{span, state, t};
    use super::*;

    #[track_caller]
    fn check_worst(given: &[(&str, &str)], expected: &[(&str, &str)]) {
        let parse = |list: &[(&str, &str)]| -> Vec<(Span, State)> {
            list.iter().map(|(stretch, word)| (span(stretch), state(word))).collect()
        };
        assert_eq!(worst(parse(given)), parse(expected));
    }

    #[test]
    fn the_worst_counts_where_stretches_overlap() {
        check_worst(
            &[("10:00-11:00", "partial"), ("10:30-11:30", "major")],
            &[("10:00-10:30", "partial"), ("10:30-11:30", "major")],
        );
        check_worst(
            &[("10:00-12:00", "partial"), ("10:30-11:00", "major")],
            &[("10:00-10:30", "partial"), ("10:30-11:00", "major"), ("11:00-12:00", "partial")],
        );
    }

    #[test]
    fn neighbours_of_one_state_are_one() {
        check_worst(&[("10:00-11:00", "major"), ("11:00-", "major")], &[("10:00-", "major")]);
    }

    #[test]
    fn a_stretch_without_length_is_nothing() {
        check_worst(&[("10:00-10:00", "major")], &[]);
    }

    #[test]
    fn a_walk_finds_what_holds_at_instants_in_order() {
        let stretches = [(span("10:00-10:30"), 1), (span("11:00-"), 2)];
        let mut walk = Walk::new(&stretches);
        let found = ["09:00", "10:00", "10:30", "11:00", "12:00"].map(|it| walk.at(t(it)).copied());
        assert_eq!(found, [None, Some(1), None, Some(2), Some(2)]);
    }

    #[test]
    fn a_cover_leaves_what_is_before_and_after() {
        let left = outside(span("10:00-"), &[span("10:30-11:00"), span("12:00-13:00")]);
        assert_eq!(left, [span("10:00-10:30"), span("11:00-12:00"), span("13:00-")]);
    }
}
