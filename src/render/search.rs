//! The index that is searched: `search/2020.json` and so on, an entry for every story that began in the year.
//!
//! It is cut by year so that a reader loads the newest part first and often no other, and so that an
//! update changes one part. The parts hold texts as they were written. What makes them alike for searching, as
//! case and accents, is done by the script: the same function then serves the text and the query.
//!
//! The entries of a month are remembered by its shelf and a part by its months, so an update writes one month anew.

use std::sync::Arc;

use bytes::Bytes;

use super::edition::{Edition, InEdition};
use super::path;
use super::shelf::Shelf;
use super::view;
use crate::emit::{Body, Output};
use crate::memo::{ById, Memo};

/// Months and parts that were made before.
#[derive(Debug, Default)]
pub(super) struct SearchMemory {
    months: Memo<InEdition<Shelf>, Arc<str>>,
    parts: Memo<Vec<ById<str>>, Bytes>,
}

impl SearchMemory {
    /// Ends a run: what was not asked for since the last end is dropped.
    pub(super) fn end_run(&mut self) {
        self.months.end_run();
        self.parts.end_run();
    }
}

/// All parts.
pub(super) fn index(
    edition: &ById<Edition>,
    shelves: &[Arc<Shelf>],
    memory: &mut SearchMemory,
) -> Vec<Output> {
    let keys = shelves.iter().map(|it| InEdition::of(edition, it)).collect();
    let dated = shelves.iter().map(|it| it.month.year()).zip(memory.months.get_all(keys, month));
    let dated: Vec<(i16, Arc<str>)> = dated.collect();
    let (paths, keys): (Vec<Arc<str>>, Vec<_>) =
        dated.chunk_by(|one, other| one.0 == other.0).map(of_year).unzip();
    paths.into_iter().zip(memory.parts.get_all(keys, |it| part(it)).into_iter().map(Body::from)).collect()
}

/// The path of a part, and what it holds.
fn of_year(dated: &[(i16, Arc<str>)]) -> (Arc<str>, Vec<ById<str>>) {
    (path::search_part(dated[0].0).into(), dated.iter().map(|it| ById(Arc::clone(&it.1))).collect())
}

/// The entries of a month, one a line.
fn month(key: &InEdition<Shelf>) -> Arc<str> {
    let entries = key.of.0.stories.iter().map(|it| view::entry(&key.voice(), it));
    let entries = entries.map(|it| serde_json::to_string(&it).expect("a view has named fields"));
    entries.collect::<Vec<_>>().join(",\n").into()
}

/// A part as it is served: an array with an entry a line.
fn part(months: &[ById<str>]) -> Bytes {
    let months: Vec<&str> = months.iter().map(|it| &*it.0).collect();
    format!("[\n{}\n]\n", months.join(",\n")).into()
}
