//! Feeds: Atom, RSS and JSON Feed, of the whole site and of each component.
//!
//! 1. Each story knows which components it is about, which decides the feeds that may carry it.
//! 2. A feed carries of those stories all that are open or ahead and the newest by start.
//! 3. A story is told once, in each format, for all feeds that carry it.
//! 4. A feed puts first what had news last.
//! 5. One more feed has an entry for each update rather than for each story.
//!
//! All of it is remembered by what it depends on, so an update writes one story anew and the feeds that it is in.
//! Nothing in a feed comes from the clock: it says how it was when somebody last told something.

mod atom;
mod channel;
mod choice;
mod content;
mod format;
mod item;
mod json;
mod rss;
mod updates;
mod xml;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bytes::Bytes;
use jiff::Timestamp;

use self::channel::Channel;
use self::choice::Offer;
use self::item::Item;
use self::updates::UpdatesMemory;
use super::edition::{Edition, InEdition};
use super::shelf::Shelf;
use crate::emit::{Body, Output};
use crate::memo::{ById, Memo};
use crate::timeline::{Board, Story};

pub(super) use channel::{title, updates_title};
pub(super) use format::Format;

/// What was told before.
#[derive(Debug, Default)]
pub(super) struct FeedMemory {
    offers: Memo<InEdition<Shelf>, Arc<[Offer]>>,
    told: Memo<InEdition<Story>, Arc<Told>>,
    feeds: Memo<FeedKey, [Bytes; 3]>,
    updates: UpdatesMemory,
}

/// All that a feed depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct FeedKey {
    channel: Channel,
    told: Vec<ById<Told>>,
}

/// A story in each format.
#[derive(Debug)]
struct Told {
    updated: Timestamp,
    atom: String,
    rss: String,
    json: String,
}

impl FeedMemory {
    /// Ends a run: what was not asked for since the last end is dropped.
    pub(super) fn end_run(&mut self) {
        self.offers.end_run();
        self.told.end_run();
        self.feeds.end_run();
        self.updates.end_run();
    }
}

/// All feeds.
pub(super) fn files(
    edition: &ById<Edition>,
    board: &Board,
    shelves: &[Arc<Shelf>],
    memory: &mut FeedMemory,
) -> Vec<Output> {
    let voice = edition.0.voice();
    let keys = shelves.iter().map(|it| InEdition::of(edition, it)).collect();
    let offers = memory.offers.get_all(keys, |key| choice::offers(&key.voice(), &key.of.0.stories));
    let chosen = choice::choose(offers.iter().flat_map(|it| it.iter()), voice.site.components.len());
    let told = told(edition, board, chosen.iter().flatten().copied().collect(), memory);
    let components = voice.site.components.iter().map(Some);
    let of = std::iter::once(None).chain(components).zip(&chosen);
    let of = of.filter(|(component, _)| component.is_none_or(|it| it.listed));
    let keys: Vec<FeedKey> = of
        .map(|(component, chosen)| {
            let mut told: Vec<&Arc<Told>> = chosen.iter().map(|it| &told[it]).collect();
            told.sort_by_key(|it| Reverse(it.updated));
            let told = told.into_iter().map(|it| ById(Arc::clone(it))).collect();
            FeedKey { channel: Channel::of(&voice, component), told }
        })
        .collect();
    let paths: Vec<[Arc<str>; 3]> =
        keys.iter().map(|it| Format::ALL.map(|format| it.channel.path(format).into())).collect();
    let printed = memory.feeds.get_all(keys, print);
    let files = |(paths, bytes): ([Arc<str>; 3], [Bytes; 3])| paths.into_iter().zip(bytes.map(Body::from));
    let feeds = paths.into_iter().zip(printed).flat_map(files);
    feeds.chain([updates::file(edition, shelves, &mut memory.updates)]).collect()
}

/// What is told of the stories at these places of the history.
fn told(
    edition: &ById<Edition>,
    board: &Board,
    places: BTreeSet<usize>,
    memory: &mut FeedMemory,
) -> BTreeMap<usize, Arc<Told>> {
    let keys = places.iter().map(|it| InEdition::of(edition, &board.history[*it])).collect();
    places.into_iter().zip(memory.told.get_all(keys, tell)).collect()
}

fn tell(key: &InEdition<Story>) -> Arc<Told> {
    let item = Item::of(&key.voice(), &key.of.0);
    let (atom, rss, json) = (atom::entry(&item), rss::item(&item), json::item(&item));
    Arc::new(Told { updated: item.updated, atom, rss, json })
}

/// A feed in each format.
fn print(key: &FeedKey) -> [Bytes; 3] {
    let FeedKey { channel, told } = key;
    let newest = told.iter().map(|it| it.0.updated).max();
    let documents = [
        atom::document(channel, newest, told.iter().map(|it| it.0.atom.as_str())),
        rss::document(channel, newest, told.iter().map(|it| it.0.rss.as_str())),
        json::document(channel, told.iter().map(|it| it.0.json.as_str())),
    ];
    documents.map(Bytes::from)
}
