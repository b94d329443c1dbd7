//! Feeds: Atom, RSS and JSON Feed, of the whole site and of each component.
//!
//! 1. Each story knows which components it is about, which decides the feeds that may carry it.
//! 2. A feed carries of those stories all that are open or ahead and the newest by start.
//! 3. A story is told once, in each format, for all feeds that carry it.
//! 4. A feed puts first what had news last.
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
mod xml;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;

use self::channel::Channel;
use self::item::Item;
use super::RenderInput;
use super::theme::Theme;
use super::view::Voice;
use crate::memo::{ById, Memo};
use crate::model::Site;
use crate::timeline::Story;

pub(super) use channel::title;
pub(super) use format::Format;

/// What was told before.
#[derive(Debug, Default)]
pub(super) struct FeedMemory {
    subjects: Memo<StoryKey, Arc<[usize]>>,
    told: Memo<StoryKey, Arc<Told>>,
    feeds: Memo<FeedKey, [Arc<[u8]>; 3]>,
}

/// All that what is told of a story depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct StoryKey {
    theme: ById<Theme>,
    site: ById<Site>,
    story: ById<Story>,
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
        self.subjects.end_run();
        self.told.end_run();
        self.feeds.end_run();
    }
}

/// All feeds, by their paths.
pub(super) fn files(input: &RenderInput<'_>, memory: &mut FeedMemory) -> Vec<(String, Arc<[u8]>)> {
    let site = &input.project.site;
    let voice = Voice { site, words: &input.theme.words };
    let chosen = chosen(input, memory);
    let told = told(input, memory, chosen.iter().flatten().copied().collect());
    let components = site.components.iter().map(Some);
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
    let paths: Vec<_> = keys.iter().map(|it| Format::ALL.map(|format| it.channel.path(format))).collect();
    let printed = memory.feeds.get_all(keys, print);
    paths.into_iter().zip(printed).flat_map(|(paths, bytes)| paths.into_iter().zip(bytes)).collect()
}

/// The stories of each feed, by their places in the history.
fn chosen(input: &RenderInput<'_>, memory: &mut FeedMemory) -> Vec<Vec<usize>> {
    let history = &input.board.history;
    let keys = history.iter().map(|it| key(input, it)).collect();
    let subjects = memory.subjects.get_all(keys, |it| choice::subjects(&voice(it), &it.story.0));
    choice::choose(history, &subjects, input.project.site.components.len())
}

/// What is told of the stories at these places of the history.
fn told(
    input: &RenderInput<'_>,
    memory: &mut FeedMemory,
    places: BTreeSet<usize>,
) -> BTreeMap<usize, Arc<Told>> {
    let keys = places.iter().map(|it| key(input, &input.board.history[*it])).collect();
    places.into_iter().zip(memory.told.get_all(keys, tell)).collect()
}

fn key(input: &RenderInput<'_>, story: &Arc<Story>) -> StoryKey {
    StoryKey {
        theme: ById(Arc::clone(input.theme)),
        site: ById(Arc::clone(&input.project.site)),
        story: ById(Arc::clone(story)),
    }
}

fn voice(key: &StoryKey) -> Voice<'_> {
    Voice { site: &key.site.0, words: &key.theme.0.words }
}

fn tell(key: &StoryKey) -> Arc<Told> {
    let item = Item::of(&voice(key), &key.story.0);
    let (atom, rss, json) = (atom::entry(&item), rss::item(&item), json::item(&item));
    Arc::new(Told { updated: item.updated, atom, rss, json })
}

/// A feed in each format.
fn print(key: &FeedKey) -> [Arc<[u8]>; 3] {
    let FeedKey { channel, told } = key;
    let newest = told.iter().map(|it| it.0.updated).max();
    let documents = [
        atom::document(channel, newest, told.iter().map(|it| it.0.atom.as_str())),
        rss::document(channel, newest, told.iter().map(|it| it.0.rss.as_str())),
        json::document(channel, told.iter().map(|it| it.0.json.as_str())),
    ];
    documents.map(|it| Arc::from(it.into_bytes()))
}
