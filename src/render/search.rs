//! The index that is searched: `search/2020.json` and so on, an entry for every story that began in the year.
//!
//! It is cut by year so that a reader loads the newest part first and often no other, and so that an
//! update changes one part. The parts hold texts as they were written. What makes them alike for searching, as
//! case and accents, is done by the script: the same function then serves the text and the query.

use std::sync::Arc;

use super::theme::Theme;
use super::view::{self, Voice};
use super::{RenderInput, path};
use crate::memo::ById;
use crate::model::Site;
use crate::timeline::Story;

/// All that a part of the index depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct PartKey {
    theme: ById<Theme>,
    site: ById<Site>,
    /// The stories that began in the year, newest first.
    stories: Vec<ById<Story>>,
}

/// The parts, by their paths.
pub(super) fn parts(input: &RenderInput<'_>) -> Vec<(String, PartKey)> {
    let voice = Voice { site: &input.project.site, words: &input.theme.words };
    let year = |story: &Arc<Story>| voice.day_of(story.started_at).year();
    let years = input.board.history.chunk_by(|one, other| year(one) == year(other));
    let part = |stories: &[Arc<Story>]| PartKey {
        theme: ById(Arc::clone(input.theme)),
        site: ById(Arc::clone(&input.project.site)),
        stories: stories.iter().map(|it| ById(Arc::clone(it))).collect(),
    };
    years.map(|stories| (path::search_part(year(&stories[0])), part(stories))).collect()
}

/// A part as it is served: an array with an entry a line.
pub(super) fn part(key: &PartKey) -> Arc<[u8]> {
    let voice = Voice { site: &key.site.0, words: &key.theme.0.words };
    let entry = |it: &ById<Story>| {
        serde_json::to_string(&view::entry(&voice, &it.0)).expect("a view has named fields")
    };
    let entries: Vec<String> = key.stories.iter().map(entry).collect();
    Arc::from(format!("[\n{}\n]\n", entries.join(",\n")).into_bytes())
}
