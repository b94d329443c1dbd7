//! All that is told, in the orders in which a board needs it.
//!
//! A story is in it or not, and nothing else matters: so few stories can be put in the place of few, and what comes
//! out is what comes of putting all of them in at once.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;

use super::Story;
use super::life::Lives;
use super::order::newest_first;

/// The public stories of all incidents.
#[derive(Clone, Debug, Default)]
pub struct Stories {
    /// All of them, newest start first, then by id.
    pub(super) history: Arc<[Arc<Story>]>,
    /// Those of them that are open or ahead, or that say of a component what may still run.
    pub(super) current: Vec<Arc<Story>>,
    /// What they say of each component.
    pub(super) lives: Lives,
}

impl Stories {
    /// Puts those that came into the place of those that went.
    pub fn replace(&mut self, gone: &[Arc<Story>], come: &[Arc<Story>]) {
        if gone.is_empty() && come.is_empty() {
            return;
        }
        self.history = replaced(&self.history, gone, come.to_vec()).into();
        let current = come.iter().filter(|it| is_current(it)).cloned().collect();
        self.current = replaced(&self.current, gone, current);
        self.lives.replace(gone, come);
    }
}

/// The identities of shared stories.
pub(super) fn identities(stories: &[Arc<Story>]) -> BTreeSet<*const Story> {
    stories.iter().map(Arc::as_ptr).collect()
}

/// The list, newest first, with those that came in the place of those that went.
fn replaced(list: &[Arc<Story>], gone: &[Arc<Story>], mut come: Vec<Arc<Story>>) -> Vec<Arc<Story>> {
    let gone = identities(gone);
    let kept: Vec<&Arc<Story>> = list.iter().filter(|it| !gone.contains(&Arc::as_ptr(it))).collect();
    come.sort_by(|one, other| newest_first(one, other));
    let mut all = Vec::with_capacity(kept.len() + come.len());
    let mut begin = 0;
    for story in come {
        let older = kept[begin..].partition_point(|it| newest_first(it, &story).is_lt());
        all.extend(kept[begin..begin + older].iter().map(|it| Arc::clone(it)));
        all.push(story);
        begin += older;
    }
    all.extend(kept[begin..].iter().map(|it| Arc::clone(it)));
    all
}

/// Whether more than the past can follow from it. What had ended when it was told has ended ever since.
fn is_current(story: &Story) -> bool {
    let runs = |to: Option<Timestamp>| to.is_none_or(|to| story.told_at < to);
    let mut pieces = story.tracks.iter().chain(&story.suggested).flat_map(|it| &it.pieces);
    !story.phase.is_over() || pieces.any(|it| runs(it.span.to))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{maintenance, written};
    use super::*;

    fn stories() -> Vec<Arc<Story>> {
        let ended = |id: &str, at: &str| {
            written(id).says(&format!("{at} investigating login=major")).says("12:00 resolved")
        };
        let open = written("open").says("10:30 investigating login=partial");
        let all = [ended("b", "10:00"), ended("a", "10:00"), ended("late", "11:00"), open, maintenance()];
        all.iter().filter_map(|it| it.story("13:00")).collect()
    }

    fn of(stories: &[Arc<Story>]) -> Stories {
        let mut all = Stories::default();
        all.replace(&[], stories);
        all
    }

    fn ids(stories: &[Arc<Story>]) -> Vec<&str> {
        stories.iter().map(|it| it.incident.id.as_str()).collect()
    }

    #[test]
    fn they_stand_newest_first_and_those_that_are_not_over_apart() {
        let all = of(&stories());
        assert_eq!(ids(&all.history), ["late", "open", "a", "b", "maintenance"]);
        assert_eq!(ids(&all.current), ["open"]);
    }

    #[test]
    fn what_comes_out_does_not_tell_in_which_order_they_came() {
        let all = stories();
        let whole = of(&all);
        for gone in 0..all.len() {
            let rest: Vec<_> = all.iter().filter(|it| !Arc::ptr_eq(it, &all[gone])).cloned().collect();
            let mut without = of(&all);
            without.replace(&all[gone..=gone], &[]);
            assert_eq!(format!("{without:?}"), format!("{:?}", of(&rest)));
            without.replace(&[], &all[gone..=gone]);
            assert_eq!(format!("{without:?}"), format!("{whole:?}"));
        }
    }
}
