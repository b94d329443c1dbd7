//! The pages of incidents that are over or hold still, and of postmortems, a shelf at a time.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use super::edition::{Edition, Printed};
use super::path;
use super::shelf::{self, Shelf};
use super::view::{self, Around, Body, NameView, PageOf};
use crate::diag::Diagnostic;
use crate::emit::Part;
use crate::memo::{ById, Drawers, Memo, Memory};
use crate::timeline::Story;

/// The pages that were printed before: by the month, and within it by the story.
pub(super) type ArchiveMemory = Drawers<Date, ShelfKey, ShelfPages, ShelfMemory>;

/// The pages of a shelf, and what was wrong with their templates.
#[derive(Clone, Debug)]
pub(super) struct ShelfPages {
    pub(super) part: Arc<Part>,
    pub(super) faults: Vec<Arc<Diagnostic>>,
}

/// All that the pages of a shelf depend on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ShelfKey {
    edition: ById<Edition>,
    shelf: ById<Shelf>,
    /// The oldest story of the shelf after it.
    next: Option<ById<Story>>,
    /// The newest story of the shelf before it.
    previous: Option<ById<Story>>,
    /// The stories that were split or merged, by their places on the shelf.
    ties: BTreeMap<usize, Ties>,
}

/// The pages of a shelf's stories that were printed before.
#[derive(Debug, Default)]
pub(super) struct ShelfMemory {
    pages: Memo<StoryKey, Arc<[Printed]>>,
}

impl Memory for ShelfMemory {
    fn end_run(&mut self) {
        self.pages.end_run();
    }
}

/// All that the pages of a story depend on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct StoryKey {
    edition: ById<Edition>,
    story: ById<Story>,
    previous: Option<ById<Story>>,
    next: Option<ById<Story>>,
    ties: Ties,
}

/// Which others a story was split from or merged with, as far as those are public.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
struct Ties {
    continues: Option<ById<Story>>,
    continued_by: Vec<ById<Story>>,
    merged_into: Option<ById<Story>>,
    merged: Vec<ById<Story>>,
}

/// All that the pages of each shelf depend on.
pub(super) fn keys(edition: &ById<Edition>, shelves: &[Arc<Shelf>]) -> Vec<ShelfKey> {
    let mut ties = ties(shelves);
    let key = |(number, shelf): (usize, &Arc<Shelf>)| ShelfKey {
        edition: edition.clone(),
        shelf: ById(Arc::clone(shelf)),
        next: number.checked_sub(1).and_then(|it| shelves[it].stories.last()).map(by_id),
        previous: shelves.get(number + 1).and_then(|it| it.stories.first()).map(by_id),
        ties: ties.remove(&number).unwrap_or_default(),
    };
    shelves.iter().enumerate().map(key).collect()
}

/// The stories that are under way, newest first, and how each of them stands among all.
pub(super) fn open(keys: &[ShelfKey]) -> Vec<(Arc<Story>, Around)> {
    let open = keys.iter().flat_map(|key| key.shelf.0.open.iter().map(|place| key.story(*place)));
    open.map(|it| (Arc::clone(&it.story.0), it.around())).collect()
}

/// The pages of all stories but of those that are under way.
pub(super) fn pages(keys: Vec<ShelfKey>, memory: &mut ArchiveMemory) -> Vec<ShelfPages> {
    memory.get_all(keys.into_iter().map(|it| (it.shelf.0.month, it)).collect(), print_shelf)
}

fn print_shelf(key: &ShelfKey, memory: &mut ShelfMemory) -> ShelfPages {
    let shelf = &key.shelf.0;
    let over = (0..shelf.stories.len()).filter(|place| !shelf.open.contains(place));
    let printed = memory.pages.get_all(over.map(|place| key.story(place)).collect(), print);
    let printed = printed.iter().flat_map(|it| it.iter());
    let faults = printed.clone().filter_map(|it| it.fault.clone()).collect();
    let files = printed.map(|it| (Arc::clone(&it.path), it.bytes.clone().into()));
    ShelfPages { part: Arc::new(Part::of(files.collect())), faults }
}

/// The pages of an incident that is over: its own, and its postmortem's.
fn print(key: &StoryKey) -> Arc<[Printed]> {
    let (edition, story) = (&key.edition.0, &key.story.0);
    let voice = edition.voice();
    let id = &story.incident.id;
    let body = Body::Incident(Box::new(view::incident(&voice, story, key.around(), None)));
    let incident = PageOf { head: view::incident_head(&voice, story), body };
    let postmortem = view::postmortem(&voice, story).map(|it| PageOf {
        head: view::postmortem_head(&voice, story),
        body: Body::Postmortem(Box::new(it)),
    });
    let incident = edition.print(&path::incident(id), &incident);
    let postmortem = postmortem.map(|it| edition.print(&path::postmortem(id), &it));
    std::iter::once(incident).chain(postmortem).collect()
}

impl ShelfKey {
    /// What the pages of the story at a place depend on. The newest stand first, so what began before stands behind.
    fn story(&self, place: usize) -> StoryKey {
        let stories = &self.shelf.0.stories;
        let after = place.checked_sub(1).map(|it| by_id(&stories[it]));
        StoryKey {
            edition: self.edition.clone(),
            story: by_id(&stories[place]),
            previous: stories.get(place + 1).map(by_id).or_else(|| self.previous.clone()),
            next: after.or_else(|| self.next.clone()),
            ties: self.ties.get(&place).cloned().unwrap_or_default(),
        }
    }
}

impl StoryKey {
    fn around(&self) -> Around {
        let one = |it: &Option<ById<Story>>| it.as_ref().map(name);
        let all = |them: &[ById<Story>]| them.iter().map(name).collect();
        Around {
            previous: one(&self.previous),
            next: one(&self.next),
            continues: one(&self.ties.continues),
            continued_by: all(&self.ties.continued_by),
            merged_into: one(&self.ties.merged_into),
            merged: all(&self.ties.merged),
        }
    }
}

/// The ties of the stories that have some, by shelf and place.
fn ties(shelves: &[Arc<Shelf>]) -> BTreeMap<usize, BTreeMap<usize, Ties>> {
    let mut ties: BTreeMap<usize, BTreeMap<usize, Ties>> = BTreeMap::new();
    let mut at = |(shelf, place): (usize, usize), change: &dyn Fn(&mut Ties)| {
        change(ties.entry(shelf).or_default().entry(place).or_default());
    };
    let story = |(shelf, place): (usize, usize)| by_id(&shelves[shelf].stories[place]);
    for (number, shelf) in shelves.iter().enumerate() {
        for place in &shelf.tied {
            let (here, written) = ((number, *place), &shelf.stories[*place]);
            if let Some(there) = written.incident.continues.as_ref().and_then(|it| shelf::find(shelves, it)) {
                at(here, &|it| it.continues = Some(story(there)));
                at(there, &|it| it.continued_by.push(story(here)));
            }
            if let Some(there) = shelf::merged_into(written).and_then(|it| shelf::find(shelves, it)) {
                at(here, &|it| it.merged_into = Some(story(there)));
                at(there, &|it| it.merged.push(story(here)));
            }
        }
    }
    ties
}

fn name(story: &ById<Story>) -> NameView {
    NameView::with_page(story.0.title.clone(), &path::incident(&story.0.incident.id))
}

fn by_id(story: &Arc<Story>) -> ById<Story> {
    ById(Arc::clone(story))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Incident, IncidentId, Project};
    use crate::render::edition::EditionKey;
    use crate::render::view::Voice;
    use crate::timeline::Audience;
    use crate::words::sample;

    /// How a story stands among those of shelves with these ids, newest first, of which `new` continues `old`.
    fn around(shelves: &[&[&str]], id: &str) -> Around {
        let site = Arc::new(sample::site(&[]));
        let story = |id: &&str| {
            let mut story = Arc::into_inner(sample::story(id)).unwrap();
            let incident = Arc::into_inner(story.incident).unwrap();
            let continues = (*id == "new").then(|| IncidentId::new("old"));
            story.incident = Arc::new(Incident { id: IncidentId::new(id), continues, ..incident });
            Arc::new(story)
        };
        let shelf = |(number, ids): (usize, &&[&str])| {
            let month = Date::constant(2026, 12 - i8::try_from(number).unwrap(), 1);
            Arc::new(Shelf::new(&site, month, &ids.iter().map(story).collect::<Vec<_>>()))
        };
        let shelves: Vec<Arc<Shelf>> = shelves.iter().enumerate().map(shelf).collect();
        let theme = crate::render::Theme::builtin("en");
        let project = Project {
            site,
            incidents: Arc::default(),
            removed: Vec::new(),
            pages: Vec::new(),
            assets: Vec::new(),
        };
        let voice = Voice { site: &project.site, words: &theme.words };
        let shell = view::shell(&voice, &project, (Audience::Public, crate::render::Shown::Present));
        let key = EditionKey::new(&theme, &project.site, shell);
        let (shelf, place) = shelf::find(&shelves, &IncidentId::new(id)).unwrap();
        keys(&Edition::of(&key), &shelves)[shelf].story(place).around()
    }

    fn paths<'a>(names: impl IntoIterator<Item = &'a NameView>) -> Vec<&'a str> {
        names.into_iter().filter_map(|it| it.path.as_deref()).collect()
    }

    #[track_caller]
    fn check(shelves: &[&[&str]]) {
        let of = |id| around(shelves, id);
        assert_eq!(paths(&of("middle").previous), ["incidents/old.html"]);
        assert_eq!(paths(&of("middle").next), ["incidents/new.html"]);
        assert_eq!(of("new").next, None);
        assert_eq!(of("old").previous, None);
        assert_eq!(paths(&of("new").continues), ["incidents/old.html"]);
        assert_eq!(paths(&of("old").continued_by), ["incidents/new.html"]);
    }

    #[test]
    fn a_story_stands_between_what_began_before_and_after_it_and_knows_what_it_was_split_from() {
        check(&[&["new", "middle", "old"]]);
        check(&[&["new"], &["middle"], &["old"]]);
        check(&[&["new", "middle"], &["old"]]);
    }

    #[test]
    fn what_it_continues_is_not_named_before_it_is_public() {
        assert_eq!(around(&[&["new", "middle"]], "new").continues, None);
    }
}
