//! The ids that events had while those of updates were made from the names of their files.
//!
//! Lists of what was passed on still hold them. They are computed to rewrite such lists and are never published: a
//! file's name may hold words that the site does not show.

use std::collections::BTreeMap;

use super::idents::Idents;
use crate::render::ident::{ident, of_incident};
use crate::timeline::{Board, Story};

/// Each former id of a public event with the id that it has instead.
pub fn former_ids(board: &Board) -> BTreeMap<String, String> {
    board.history.iter().flat_map(|it| of_story(it)).filter(|(former, id)| former != id).collect()
}

fn of_story(story: &Story) -> Vec<(String, String)> {
    let ids = Idents::of(story);
    let former = Idents::of(story).with_updates(of_updates(story));
    let pair = |(origin, at)| (former.id(origin, at), ids.id(origin, at));
    story.happenings().iter().map(|it| pair((it.origin, it.at))).collect()
}

/// The former ids of a story's updates: by the second of each, by what its file's name says after the time, and by
/// its number among those that share both.
fn of_updates(story: &Story) -> Vec<String> {
    let incident = of_incident(&story.incident);
    let mut ids = vec![String::new(); story.updates.len()];
    let mut counts: BTreeMap<(i64, &str), usize> = BTreeMap::new();
    let mut published: Vec<usize> = (0..story.updates.len()).collect();
    published.sort_by_key(|it| story.updates[*it].published_at);
    for index in published {
        let telling = &story.updates[index];
        let (second, words) = (telling.at.as_second(), after_the_time(&telling.update(story).name));
        let number = counts.entry((second, words)).and_modify(|it| *it += 1).or_default();
        ids[index] = ident(&["update", &incident, &second.to_string(), words, &number.to_string()]);
    }
    ids
}

/// What stands after the time in the name of a file; nothing of an update without a file of its own.
fn after_the_time(name: &str) -> &str {
    name.split_once('-').map_or("", |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::after_the_time;

    #[test]
    fn the_words_of_a_name_stand_after_its_time() {
        assert_eq!(after_the_time("20200710T1048Z-investigating-amara.md"), "investigating-amara.md");
        assert_eq!(after_the_time("00003"), "");
    }
}
