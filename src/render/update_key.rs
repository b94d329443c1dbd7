//! What identifies a public update in ids and anchors.
//!
//! It holds only what the page shows. The name of an update's file often names its author, which sites may hide; a hash
//! of that name would confirm a guess.

use std::collections::BTreeMap;

use crate::model::Status;
use crate::timeline::Story;

/// The time and status of a public update, and its number among those that share both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct UpdateKey {
    /// The second of `at`.
    pub(super) second: i64,
    /// The status that its page shows for it: its own, or `update`.
    pub(super) status: &'static str,
    /// Counted from 0.
    pub(super) number: usize,
}

/// The keys of a story's updates, in their order.
///
/// Equal ones are numbered in order of publication, so one that is published later renumbers none.
pub(super) fn update_keys(story: &Story) -> Vec<UpdateKey> {
    let mut keys: Vec<UpdateKey> = story
        .updates
        .iter()
        .map(|it| UpdateKey {
            second: it.at.as_second(),
            status: it.update(story).status.map_or("update", Status::word),
            number: 0,
        })
        .collect();
    let mut published: Vec<usize> = (0..keys.len()).collect();
    published.sort_by_key(|it| story.updates[*it].published_at);
    let mut counts: BTreeMap<(i64, &str), usize> = BTreeMap::new();
    for index in published {
        let key = &mut keys[index];
        let count = counts.entry((key.second, key.status)).or_default();
        key.number = *count;
        *count += 1;
    }
    keys
}
