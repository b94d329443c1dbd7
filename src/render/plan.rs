//! Which pages there are, and what each shows.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::path;
use super::view::{self, Around, Body, NameView, PageOf, Voice};
use crate::model::{Component, IncidentId, Kind, Page};
use crate::timeline::{Board, Phase, Story};

/// A page that is compared by what it shows, and where it is put.
pub(super) struct Planned {
    /// Its path from the output's root.
    pub(super) path: String,
    /// What it shows.
    pub(super) page: PageOf,
}

/// A page of the archive: all it depends on besides its story.
pub(super) struct Archived {
    /// The story.
    pub(super) story: Arc<Story>,
    /// What stands around it.
    pub(super) around: Around,
}

/// What a site consists of.
pub(super) struct Plan<'a> {
    pub(super) voice: Voice<'a>,
    pub(super) board: &'a Board,
    pub(super) pages: &'a [Arc<Page>],
}

impl Plan<'_> {
    /// The pages that change when something happens: `/`, the one for frames, open incidents, live pages.
    pub(super) fn live(&self) -> Vec<Planned> {
        let Plan { voice, board, pages } = self;
        let index = PageOf {
            head: view::index_head(voice, board),
            body: Body::Index(Box::new(view::index(voice, board))),
        };
        let surroundings = Surroundings::of(board);
        let open = board.history.iter().filter(|it| is_open(it));
        let open = open.map(|it| self.story(it, surroundings.around(it)));
        let live = pages.iter().filter(|it| it.live).map(|it| self.page(it));
        let index = Planned { path: "index.html".to_owned(), page: index };
        let embed = PageOf {
            head: view::embed_head(voice, board),
            body: Body::Embed(Box::new(view::embed(voice, board))),
        };
        let embed = Planned { path: "embed.html".to_owned(), page: embed };
        [index, embed].into_iter().chain(open).chain(live).collect()
    }

    /// The incidents that are over, or hold still.
    pub(super) fn archive(&self) -> Vec<Archived> {
        let surroundings = Surroundings::of(self.board);
        let ended = self.board.history.iter().filter(|it| !is_open(it));
        ended.map(|it| Archived { story: Arc::clone(it), around: surroundings.around(it) }).collect()
    }

    /// All other pages.
    pub(super) fn rest(&self) -> Vec<Planned> {
        let mut planned: Vec<Planned> = self.history().collect();
        planned.extend(self.components());
        planned.extend(self.lists());
        planned.extend(self.pages.iter().filter(|it| !it.live).map(|it| self.page(it)));
        planned
    }

    fn story(&self, story: &Story, around: Around) -> Planned {
        let body = view::incident(&self.voice, story, around, Some(self.board.now));
        let head = view::incident_head(&self.voice, story).in_state(&self.voice, body.strip.badge.key);
        let page = PageOf { head, body: Body::Incident(Box::new(body)) };
        Planned { path: path::incident(&story.incident.id), page }
    }

    fn page(&self, page: &Page) -> Planned {
        let body = view::page(&self.voice, self.board, page);
        let head = view::page_head(&self.voice, self.board, page);
        let head = match &body.banner {
            Some(banner) => head.in_state(&self.voice, banner.state.key),
            None => head,
        };
        Planned { path: format!("{}.html", page.id), page: PageOf { head, body: Body::Page(body) } }
    }

    fn history(&self) -> impl Iterator<Item = Planned> {
        let pages = view::Almanac::new(self.voice, self.board).pages();
        pages.into_iter().map(|page| Planned { path: page.head.path.clone(), page })
    }

    fn components(&self) -> Vec<Planned> {
        let listed = self.board.site.components.iter().filter(|it| it.listed);
        listed.flat_map(|it| self.component(it)).collect()
    }

    fn component(&self, component: &Component) -> Vec<Planned> {
        let Plan { voice, board, .. } = self;
        let found = board.component(&component.id);
        let found = found.expect("the board holds every component of its site");
        let years = board.years_of(&component.id);
        let body = view::component(voice, board, component, &years);
        let page = PageOf { head: view::component_head(voice, found), body: Body::Component(Box::new(body)) };
        let of_year = |year: &i16| {
            let found = board.component_year(&component.id, *year)?;
            let body = view::component_year(voice, component, &found, &years);
            let head = view::component_year_head(voice, component, *year);
            let page = PageOf { head, body: Body::ComponentYear(Box::new(body)) };
            Some(Planned { path: path::component_year(&component.id, *year), page })
        };
        let main = Planned { path: path::component(&component.id), page };
        std::iter::once(main).chain(years.iter().filter_map(of_year)).collect()
    }

    fn lists(&self) -> Vec<Planned> {
        let Plan { voice, board, .. } = self;
        let years = view::maintenance_years(voice, board).into_iter().map(Some);
        let maintenance = std::iter::once(None).chain(years).map(|year| Planned {
            path: year.map_or_else(|| "maintenance.html".to_owned(), path::maintenance_year),
            page: PageOf {
                head: view::maintenance_head(voice, board, year),
                body: Body::Maintenance(view::maintenance(voice, board, year)),
            },
        });
        let single = |path: &str, head, body| Planned { path: path.to_owned(), page: PageOf { head, body } };
        let postmortems = Body::Postmortems(view::postmortems(voice, board));
        let subscribe = Body::Subscribe(view::subscribe(voice, board));
        let missing = Body::Missing(view::MissingView {});
        maintenance
            .chain([
                single("postmortems.html", view::postmortems_head(voice, board), postmortems),
                single("subscribe.html", view::subscribe_head(voice), subscribe),
                single("404.html", view::missing_head(voice), missing),
            ])
            .collect()
    }
}

/// The pages of former ids: each leads to the page that took its place.
pub(super) fn aliases(voice: &Voice<'_>, board: &Board) -> Vec<(String, String)> {
    let mut aliases = Vec::new();
    for story in &board.history {
        for alias in &story.incident.aliases {
            aliases.push((path::incident(alias), path::incident(&story.incident.id)));
            if story.has_postmortem {
                aliases.push((path::postmortem(alias), path::postmortem(&story.incident.id)));
            }
        }
    }
    for component in voice.site.components.iter().filter(|it| it.listed) {
        let target = path::component(&component.id);
        aliases.extend(component.aliases.iter().map(|it| (path::component(it), target.clone())));
    }
    aliases
}

/// The page at `path` that leads to `target`.
pub(super) fn alias(voice: &Voice<'_>, path: &str, target: &str) -> Planned {
    let head = view::alias_head(voice, path, target);
    let target = NameView::with_page(target, target);
    Planned { path: path.to_owned(), page: PageOf { head, body: Body::Alias(view::AliasView { target }) } }
}

/// Whether a story is under way: its page tells for how long, and that there is news. What is ahead, and
/// a notice, holds still as long as nobody writes.
fn is_open(story: &Story) -> bool {
    story.phase == Phase::Open && !matches!(story.incident.kind, Kind::Notice(_))
}

/// Who stands next to whom, among the stories of a board.
struct Surroundings<'a> {
    by_id: BTreeMap<&'a IncidentId, usize>,
    stories: &'a [Arc<Story>],
    continued_by: BTreeMap<&'a IncidentId, Vec<usize>>,
    merged: BTreeMap<&'a IncidentId, Vec<usize>>,
}

impl<'a> Surroundings<'a> {
    fn of(board: &'a Board) -> Self {
        let stories = board.history.as_slice();
        let mut around = Surroundings {
            by_id: stories.iter().enumerate().map(|(index, it)| (&it.incident.id, index)).collect(),
            stories,
            continued_by: BTreeMap::new(),
            merged: BTreeMap::new(),
        };
        for (index, story) in stories.iter().enumerate() {
            if let Some(from) = &story.incident.continues {
                around.continued_by.entry(from).or_default().push(index);
            }
            if let Some(into) = merged_into(story) {
                around.merged.entry(into).or_default().push(index);
            }
        }
        around
    }

    /// History stands newest first, so what began before a story stands after it.
    fn around(&self, story: &Story) -> Around {
        let index = self.by_id[&story.incident.id];
        let all = |found: Option<&Vec<usize>>| -> Vec<NameView> {
            found.into_iter().flatten().filter_map(|it| self.name(*it)).collect()
        };
        let one = |id: &IncidentId| self.by_id.get(id).and_then(|it| self.name(*it));
        Around {
            previous: self.name(index + 1),
            next: index.checked_sub(1).and_then(|it| self.name(it)),
            continues: story.incident.continues.as_ref().and_then(one),
            continued_by: all(self.continued_by.get(&story.incident.id)),
            merged_into: merged_into(story).and_then(one),
            merged: all(self.merged.get(&story.incident.id)),
        }
    }

    fn name(&self, index: usize) -> Option<NameView> {
        let story = self.stories.get(index)?;
        Some(NameView::with_page(story.title.clone(), &path::incident(&story.incident.id)))
    }
}

fn merged_into(story: &Story) -> Option<&IncidentId> {
    let public = story.updates.iter().filter(|it| it.retracted.is_none());
    public.rev().find_map(|it| it.update(story).continues_in.as_ref())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Incident;
    use crate::words::sample;

    /// Stories of these ids, newest first, of which the last was continued by the first.
    fn board(ids: &[&str]) -> Board {
        let story = |id: &&str| {
            let mut story = Arc::into_inner(sample::story(id)).unwrap();
            let incident = Arc::into_inner(story.incident).unwrap();
            let continues = (id == &ids[0]).then(|| IncidentId::new(ids[ids.len() - 1]));
            story.incident = Arc::new(Incident { id: IncidentId::new(id), continues, ..incident });
            Arc::new(story)
        };
        let now = jiff::Timestamp::UNIX_EPOCH;
        let mut board = crate::timeline::board(&Arc::new(sample::site(&[])), &[], Vec::new(), now);
        board.history = ids.iter().map(story).collect();
        board
    }

    fn paths<'a>(names: impl IntoIterator<Item = &'a NameView>) -> Vec<&'a str> {
        names.into_iter().filter_map(|it| it.path.as_deref()).collect()
    }

    #[test]
    fn a_story_stands_between_what_began_before_and_after_it() {
        let board = board(&["new", "middle", "old"]);
        let around = Surroundings::of(&board).around(&board.history[1]);
        assert_eq!(paths(&around.previous), ["incidents/old.html"]);
        assert_eq!(paths(&around.next), ["incidents/new.html"]);
        assert_eq!(Surroundings::of(&board).around(&board.history[0]).next, None);
    }

    #[test]
    fn both_pages_of_a_split_incident_link_to_each_other() {
        let board = board(&["new", "middle", "old"]);
        let surroundings = Surroundings::of(&board);
        assert_eq!(paths(&surroundings.around(&board.history[0]).continues), ["incidents/old.html"]);
        assert_eq!(paths(&surroundings.around(&board.history[2]).continued_by), ["incidents/new.html"]);
    }

    #[test]
    fn what_it_continues_is_not_named_before_it_is_public() {
        let mut board = board(&["new", "middle", "old"]);
        board.history.pop();
        assert_eq!(Surroundings::of(&board).around(&board.history[0]).continues, None);
    }

    #[test]
    fn only_what_is_under_way_counts_as_open() {
        let mut story = Arc::into_inner(sample::story("A")).unwrap();
        assert!(!is_open(&story));
        story.phase = Phase::Open;
        assert!(is_open(&story));
        story.phase = Phase::Ahead;
        assert!(!is_open(&story));
    }
}
