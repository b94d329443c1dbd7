//! Pages that hold what somebody wrote, or nothing at all: the pages of site/pages, what is not there, what
//! has moved, what was removed.

use serde::Serialize;

use super::banner::{self, BannerView};
use super::{About, HeadView, NameView, Voice};
use crate::model::{Page, Removal};
use crate::render::{Markup, path};
use crate::timeline::Board;

/// `page.html`: a page of site/pages.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct PageView {
    /// Its headline.
    pub title: String,
    /// The state of the moment, where the page is live.
    pub banner: Option<BannerView>,
    /// The text.
    pub body: Option<Markup>,
}

/// `404.html`: what is not there. It has nothing of its own.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct MissingView {}

/// `alias.html`: where what was here is found.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct AliasView {
    /// The page that took its place.
    pub target: NameView,
}

/// `removed.html`: that what was here was removed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct RemovedView {
    /// "Removed: It was a test."
    pub text: String,
}

/// The head of a page of site/pages; where it is live, it tells the state first.
pub fn page_head(voice: &Voice<'_>, board: &Board, page: &Page) -> HeadView {
    let text = match page.body.plain.as_str() {
        "" => &page.title,
        text => text,
    };
    let path = format!("{}.html", page.id);
    let about = About::page(&path, page.title.clone(), text.to_owned());
    HeadView::new(
        voice,
        &match page.live {
            true => About {
                description: banner::describe(voice, board, text),
                picture: banner::picture(board),
                ..about
            },
            false => about,
        },
    )
}

/// A page of site/pages.
pub fn page(voice: &Voice<'_>, board: &Board, page: &Page) -> PageView {
    PageView {
        title: page.title.clone(),
        banner: page.live.then(|| banner::banner(voice, board)),
        body: Markup::of(&page.body.html, ""),
    }
}

/// The head of the page for what is not there. It is served in the place of others of any depth, so it
/// names all from the top.
pub fn missing_head(voice: &Voice<'_>) -> HeadView {
    let (name, text) = (voice.say("page.missing.title"), voice.say("page.missing.text"));
    let head = HeadView::bare(voice, &About::page("404.html", name, text));
    HeadView { root: path::prefix(&voice.site.url), ..head }
}

/// The head of the page at `path`, in the place of an incident that was removed.
pub fn removed_head(voice: &Voice<'_>, path: &str, removal: &Removal) -> HeadView {
    HeadView::bare(voice, &About::page(path, voice.say("page.removed.title"), removed(voice, removal).text))
}

/// The page in the place of an incident that was removed.
pub fn removed(voice: &Voice<'_>, removal: &Removal) -> RemovedView {
    RemovedView { text: voice.words.fill("removed", &[("note", &removal.note)]) }
}

/// The head of the page at `path` that leads to `target`.
pub fn alias_head(voice: &Voice<'_>, path: &str, target: &str) -> HeadView {
    let (name, text) = (voice.say("page.alias.title"), voice.say("head.alias"));
    HeadView::moved(voice, &About::page(path, name, text), target)
}
