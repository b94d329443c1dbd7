//! Which stories the lists hold: of each kind all that are open or ahead, and then the newest others.
//!
//! How old a story is says when the public could first read of it. Of those that are equally old the first of the
//! history is taken.

use std::cmp::Reverse;
use std::sync::Arc;

use jiff::Timestamp;

use crate::memo::ById;
use crate::model::Kind;
use crate::render::shelf::Shelf;
use crate::timeline::Story;

/// How many incidents, and how many maintenances, the lists hold, if no more are open or ahead.
const LISTED: usize = 50;

/// What a shelf has for the lists.
#[derive(Debug)]
pub(super) struct Offer {
    incidents: Offered,
    maintenances: Offered,
}

/// What a shelf has of a kind.
#[derive(Debug)]
struct Offered {
    /// All that are open or ahead.
    current: Vec<Arc<Story>>,
    /// The newest others, with when each was first told, newest first.
    others: Vec<(Timestamp, Arc<Story>)>,
}

impl Offer {
    /// What a shelf has.
    pub(super) fn of(shelf: &ById<Shelf>) -> Arc<Offer> {
        let offered = |is_kind| Offered::of(&shelf.0.stories, is_kind);
        let incidents = offered(|it| matches!(it, Kind::Incident(_)));
        Arc::new(Offer { incidents, maintenances: offered(|it| matches!(it, Kind::Maintenance(_))) })
    }
}

impl Offered {
    fn of(stories: &[Arc<Story>], is_kind: fn(&Kind) -> bool) -> Offered {
        let all = stories.iter().filter(|it| is_kind(&it.incident.kind)).cloned();
        let (current, others): (Vec<_>, Vec<_>) = all.partition(|it| !it.phase.is_over());
        let mut others: Vec<_> = others.into_iter().map(|it| (it.first_told(), it)).collect();
        others.sort_by_key(|(at, _)| Reverse(*at));
        others.truncate(LISTED);
        Offered { current, others }
    }
}

/// The incidents of the lists, in no order, from what each shelf offers, newest shelf first.
pub(super) fn incidents(offers: &[Arc<Offer>]) -> Vec<&Arc<Story>> {
    choose(offers.iter().map(|it| &it.incidents))
}

/// The same of maintenances.
pub(super) fn maintenances(offers: &[Arc<Offer>]) -> Vec<&Arc<Story>> {
    choose(offers.iter().map(|it| &it.maintenances))
}

fn choose<'a>(all: impl Iterator<Item = &'a Offered>) -> Vec<&'a Arc<Story>> {
    let mut chosen: Vec<&Arc<Story>> = Vec::new();
    let mut newest: Vec<(Timestamp, &Arc<Story>)> = Vec::new();
    for Offered { current, others } in all {
        chosen.extend(current);
        let last = newest.get(LISTED - 1).map(|(at, _)| *at);
        let newer = others.iter().take_while(|(at, _)| last.is_none_or(|last| last < *at));
        newest.extend(newer.map(|(at, it)| (*at, it)));
        newest.sort_by_key(|(at, _)| Reverse(*at));
        newest.truncate(LISTED);
    }
    let room = LISTED.saturating_sub(chosen.len());
    chosen.extend(newest.into_iter().take(room).map(|(_, it)| it));
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::Phase;
    use crate::words::sample;

    /// Stories that were first told in these hours; those of hour 0 are open.
    fn stories(hours: impl Iterator<Item = i64>) -> Vec<Arc<Story>> {
        let story = |(place, hour): (usize, i64)| {
            let mut story = Arc::into_inner(sample::story(&place.to_string())).unwrap();
            story.started_at = Timestamp::from_second(3600 * hour).unwrap();
            story.phase = if hour == 0 { Phase::Open } else { Phase::Ended };
            Arc::new(story)
        };
        hours.enumerate().map(story).collect()
    }

    /// Which stories are chosen, by their places, of shelves that hold this many.
    fn chosen(stories: &[Arc<Story>], on_a_shelf: usize) -> Vec<usize> {
        let offered = stories.chunks(on_a_shelf).map(|it| Offered::of(it, |_| true)).collect::<Vec<_>>();
        let mut chosen: Vec<usize> =
            choose(offered.iter()).iter().map(|it| it.title.parse().unwrap()).collect();
        chosen.sort_unstable();
        chosen
    }

    #[track_caller]
    fn check(hours: impl Iterator<Item = i64>, expected: impl Iterator<Item = usize>) {
        let (stories, expected) = (stories(hours), expected.collect::<Vec<_>>());
        for on_a_shelf in [1, 7, 60, 200] {
            assert_eq!(chosen(&stories, on_a_shelf), expected, "{on_a_shelf} on a shelf");
        }
    }

    #[test]
    fn all_that_are_open_are_listed_and_for_the_rest_the_newest_others() {
        check((0..100).map(|it| 100 - it), 0..50);
        check((0..100).map(|it| 1 + it), 50..100);
        check((0..100).map(|it| if it < 90 { 100 - it } else { 0 }), (0..40).chain(90..100));
        check((0..60).map(|_| 0).chain([1]), 0..60);
    }

    #[test]
    fn of_those_that_are_equally_old_the_first_of_the_history_are_listed() {
        check((0..100).map(|_| 1), 0..50);
        check((0..100).map(|it| 1 + it % 2), (0..100).filter(|it| it % 2 == 1));
        check((0..90).map(|it| 1 + it % 2), (0..90).filter(|it| it % 2 == 1 || *it < 10));
    }
}
