//! The index that is searched: `search/2020.json` and so on, an entry for every story that began in the year.
//!
//! It is cut by year so that a reader loads the newest part first and often no other, and so that an
//! update changes one part. The parts hold texts as they were written. What makes them alike for searching, as
//! case and accents, is done by the script: the same function then serves the text and the query.
//!
//! An entry is remembered by its story and a part by its entries, so an update writes one entry anew.

use std::sync::Arc;

use super::theme::Theme;
use super::view::{self, Voice};
use super::{RenderInput, path};
use crate::memo::{ById, Memo};
use crate::model::Site;
use crate::timeline::Story;

/// Entries and parts that were made before.
#[derive(Debug, Default)]
pub(super) struct SearchMemory {
    entries: Memo<EntryKey, Arc<str>>,
    parts: Memo<Vec<ById<str>>, Arc<[u8]>>,
}

/// All that an entry depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct EntryKey {
    theme: ById<Theme>,
    site: ById<Site>,
    story: ById<Story>,
}

impl SearchMemory {
    /// Ends a run: what was not asked for since the last end is dropped.
    pub(super) fn end_run(&mut self) {
        self.entries.end_run();
        self.parts.end_run();
    }
}

/// All parts, by their paths.
pub(super) fn index(input: &RenderInput<'_>, memory: &mut SearchMemory) -> Vec<(String, Arc<[u8]>)> {
    let voice = Voice { site: &input.project.site, words: &input.theme.words };
    let history = &input.board.history;
    let key = |story: &Arc<Story>| EntryKey {
        theme: ById(Arc::clone(input.theme)),
        site: ById(Arc::clone(&input.project.site)),
        story: ById(Arc::clone(story)),
    };
    let entries = memory.entries.get_all(history.iter().map(key).collect(), entry);
    let years = history.iter().map(|it| voice.day_of(it.started_at).year());
    let dated: Vec<(i16, Arc<str>)> = years.zip(entries).collect();
    let (paths, keys): (Vec<String>, Vec<_>) =
        dated.chunk_by(|one, other| one.0 == other.0).map(of_year).unzip();
    paths.into_iter().zip(memory.parts.get_all(keys, |it| part(it))).collect()
}

/// The path of a part, and what it holds.
fn of_year(dated: &[(i16, Arc<str>)]) -> (String, Vec<ById<str>>) {
    (path::search_part(dated[0].0), dated.iter().map(|it| ById(Arc::clone(&it.1))).collect())
}

fn entry(key: &EntryKey) -> Arc<str> {
    let voice = Voice { site: &key.site.0, words: &key.theme.0.words };
    let entry = view::entry(&voice, &key.story.0);
    Arc::from(serde_json::to_string(&entry).expect("a view has named fields"))
}

/// A part as it is served: an array with an entry a line.
fn part(entries: &[ById<str>]) -> Arc<[u8]> {
    let entries: Vec<&str> = entries.iter().map(|it| &*it.0).collect();
    Arc::from(format!("[\n{}\n]\n", entries.join(",\n")).into_bytes())
}
