//! `updates.atom`: an entry for each update, for readers and chats that ignore entries which change.
//!
//! In the other feeds an entry is a whole story, which changes with each update. Here an entry is one of its updates, or
//! what happened without one, and changes only if that is corrected or withdrawn.

use std::borrow::Borrow;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use jiff::Timestamp;

use super::channel::Channel;
use super::item::{Category, Item, page, titled};
use super::{atom, content};
use crate::emit::Output;
use crate::memo::{ById, Memo};
use crate::model::IncidentId;
use crate::render::edition::{Edition, InEdition};
use crate::render::shelf::Shelf;
use crate::render::view::{Voice, anchors};
use crate::render::{ident, path};
use crate::timeline::{Cause, Entry, Story};

/// How many entries the feed carries: enough for several open incidents between two looks of a reader.
const NEWEST: usize = 100;

/// What was made before.
#[derive(Debug, Default)]
pub(super) struct UpdatesMemory {
    newest: Memo<ById<Shelf>, Arc<[Candidate]>>,
    stories: Memo<InEdition<Story>, ById<[Written]>>,
    feed: Memo<FeedKey, Bytes>,
}

/// An entry that may be among the newest.
#[derive(Debug)]
struct Candidate {
    published_at: Timestamp,
    at: Timestamp,
    story: Arc<Story>,
    /// Its place among the entries of the story.
    index: usize,
}

/// An entry as it is written.
#[derive(Debug)]
struct Written {
    updated: Timestamp,
    xml: String,
}

/// All that the feed depends on: the entries by their stories and places.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct FeedKey {
    channel: Channel,
    entries: Vec<(ById<[Written]>, usize)>,
}

impl UpdatesMemory {
    /// Ends a run: what was not asked for since the last end is dropped.
    pub(super) fn end_run(&mut self) {
        self.newest.end_run();
        self.stories.end_run();
        self.feed.end_run();
    }
}

impl Candidate {
    /// The newest first; of equal ones the later in its story.
    fn key(&self) -> (Reverse<(Timestamp, Timestamp)>, &IncidentId, Reverse<usize>) {
        (Reverse((self.published_at, self.at)), &self.story.incident.id, Reverse(self.index))
    }
}

/// The feed.
pub(super) fn file(edition: &ById<Edition>, shelves: &[Arc<Shelf>], memory: &mut UpdatesMemory) -> Output {
    let keys = shelves.iter().map(|it| ById(Arc::clone(it))).collect();
    let offered = memory.newest.get_all(keys, |shelf| newest(candidates(&shelf.0.stories)).into());
    let chosen = newest(offered.iter().flat_map(|it| it.iter()).collect::<Vec<_>>());
    let stories: BTreeMap<&IncidentId, &Arc<Story>> =
        chosen.iter().map(|it| (&it.story.incident.id, &it.story)).collect();
    let keys = stories.values().map(|it| InEdition::of(edition, it)).collect();
    let written: BTreeMap<&IncidentId, ById<[Written]>> =
        stories.keys().copied().zip(memory.stories.get_all(keys, write)).collect();
    let entries = chosen.iter().map(|it| (written[&it.story.incident.id].clone(), it.index)).collect();
    let key = FeedKey { channel: Channel::of_updates(&edition.0.voice()), entries };
    (path::UPDATES.into(), memory.feed.get(key, print).into())
}

fn candidates(stories: &[Arc<Story>]) -> Vec<Candidate> {
    let of_story = |story: &Arc<Story>| {
        let candidate = |(index, it): (usize, Entry)| Candidate {
            published_at: it.published_at,
            at: it.at,
            story: Arc::clone(story),
            index,
        };
        story.entries().into_iter().enumerate().map(candidate).collect::<Vec<_>>()
    };
    stories.iter().flat_map(of_story).collect()
}

fn newest<T: Borrow<Candidate>>(mut candidates: Vec<T>) -> Vec<T> {
    candidates.sort_by(|one, other| one.borrow().key().cmp(&other.borrow().key()));
    candidates.truncate(NEWEST);
    candidates
}

/// The entries of a story.
fn write(key: &InEdition<Story>) -> ById<[Written]> {
    let (voice, story) = (key.voice(), &key.of.0);
    let entries = story.entries();
    let ids = ident::of_entries(story, &entries);
    let anchors = anchors(story);
    let written = entries.iter().zip(ids).map(|(entry, id)| {
        let item = item(&voice, story, entry, (&id, &anchors));
        Written { updated: item.updated, xml: atom::entry(&item) }
    });
    ById(written.collect())
}

fn item(voice: &Voice<'_>, story: &Story, entry: &Entry, (id, anchors): (&str, &[String])) -> Item {
    let incident = &story.incident;
    let own = page(voice, &incident.id);
    let corrected = match entry.cause {
        Cause::Update(index) => {
            let telling = &story.updates[index];
            story.passed(&telling.update(story).corrections).chain(&telling.retracted).map(|it| it.at).max()
        }
        Cause::Head | Cause::Clock | Cause::Ended | Cause::Postmortem | Cause::Withdrawn => None,
    };
    Item {
        id: format!("{}#{id}", page(voice, incident.aliases.first().unwrap_or(&incident.id))),
        url: match entry.cause {
            Cause::Update(index) => format!("{own}#{}", anchors[index]),
            Cause::Postmortem => path::address(&voice.site.url, &path::postmortem(&incident.id)),
            Cause::Head | Cause::Clock | Cause::Ended | Cause::Withdrawn => own,
        },
        title: titled(voice, content::label(voice.words, story, entry), story),
        published: entry.published_at,
        updated: corrected.map_or(entry.published_at, |it| it.max(entry.published_at)),
        categories: categories(voice, story, entry),
        content: content::of_entry(voice, story, entry),
    }
}

/// Its kind, the status in force with it, and the components on the board that it names: nothing that a later update
/// changes.
fn categories(voice: &Voice<'_>, story: &Story, entry: &Entry) -> Vec<Category> {
    let kind = &story.incident.kind;
    let mut all = vec![Category::new(kind.word(), voice.words.kind(kind))];
    all.extend(
        entry.status.map(|it| Category::new(&format!("status-{}", it.word()), voice.words.status(it))),
    );
    if let Cause::Update(index) = entry.cause
        && story.updates[index].retracted.is_none()
    {
        let named = story.updates[index].update(story).components.iter().map(|it| &it.component);
        let listed = named.filter(|id| voice.site.component(id).is_some_and(|it| it.listed));
        all.extend(listed.map(|it| Category::new(it.as_str(), &voice.name(it))));
    }
    all
}

fn print(key: &FeedKey) -> Bytes {
    let entries = || key.entries.iter().map(|(story, index)| &story.0[*index]);
    let newest = entries().map(|it| it.updated).max();
    atom::document(&key.channel, newest, entries().map(|it| it.xml.as_str())).into()
}
