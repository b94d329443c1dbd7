//! Which pages there are, and what each shows.

use std::sync::Arc;

use super::path;
use super::shelf::{self, Shelf};
use super::view::{self, AllBars, Around, Body, NameView, PageOf, Voice};
use crate::model::{Page, Removal};
use crate::timeline::{Board, Story};

/// A page that is compared by what it shows, and where it is put.
pub(super) struct Planned {
    /// Its path from the output's root.
    pub(super) path: String,
    /// What it shows.
    pub(super) page: PageOf,
}

/// What a site consists of.
pub(super) struct Plan<'a> {
    pub(super) voice: Voice<'a>,
    pub(super) board: &'a Board,
    /// The last days of its components.
    pub(super) bars: &'a AllBars,
    pub(super) pages: &'a [Arc<Page>],
    pub(super) shelves: &'a [Arc<Shelf>],
}

impl Plan<'_> {
    /// The pages that change when something happens: `/`, the one for frames, live pages, and those of the stories
    /// that are under way, each as it stands among all.
    pub(super) fn live(&self, open: &[(Arc<Story>, Around)]) -> Vec<Planned> {
        let Plan { voice, board, bars, pages, shelves } = self;
        let recent = shelf::ran_between(shelves, view::recent_days(board), (voice.site, board.now));
        let index = PageOf {
            head: view::index_head(voice, board),
            body: Body::Index(Box::new(view::index(voice, board, bars, &recent))),
        };
        let embed = PageOf {
            head: view::embed_head(voice, board),
            body: Body::Embed(Box::new(view::embed(voice, board))),
        };
        let index = Planned { path: "index.html".to_owned(), page: index };
        let embed = Planned { path: "embed.html".to_owned(), page: embed };
        let open = open.iter().map(|(story, around)| self.story(story, around.clone()));
        let live = pages.iter().filter(|it| it.live).map(|it| self.page(it));
        [index, embed].into_iter().chain(open).chain(live).collect()
    }

    /// The pages that the site was given, and those that are of nothing that happens.
    pub(super) fn rest(&self) -> Vec<Planned> {
        let Plan { voice, board, pages, .. } = self;
        let single = |path: &str, head, body| Planned { path: path.to_owned(), page: PageOf { head, body } };
        let subscribe = Body::Subscribe(view::subscribe(voice, board));
        let missing = Body::Missing(view::MissingView {});
        let mut planned = vec![
            single("subscribe.html", view::subscribe_head(voice), subscribe),
            single("404.html", view::missing_head(voice), missing),
        ];
        planned.extend(pages.iter().filter(|it| !it.live).map(|it| self.page(it)));
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
}

/// The pages of former ids: each leads to the page that took its place.
pub(super) fn aliases(voice: &Voice<'_>, shelves: &[Arc<Shelf>]) -> Vec<(String, String)> {
    let mut aliases: Vec<(String, String)> = shelves.iter().flat_map(|it| it.aliases.clone()).collect();
    for component in voice.site.components.iter().filter(|it| it.listed) {
        let target = path::component(&component.id);
        aliases.extend(component.aliases.iter().map(|it| (path::component(it), target.clone())));
    }
    aliases
}

/// The page in the place of an incident that was removed.
pub(super) fn removed(voice: &Voice<'_>, removal: &Removal) -> Planned {
    let path = path::incident(&removal.id);
    let head = view::removed_head(voice, &path, removal);
    Planned { path, page: PageOf { head, body: Body::Removed(view::removed(voice, removal)) } }
}

/// The page at `path` that leads to `target`.
pub(super) fn alias(voice: &Voice<'_>, path: &str, target: &str) -> Planned {
    let head = view::alias_head(voice, path, target);
    let target = NameView::with_page(target, target);
    Planned { path: path.to_owned(), page: PageOf { head, body: Body::Alias(view::AliasView { target }) } }
}
