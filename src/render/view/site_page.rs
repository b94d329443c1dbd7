//! Pages that hold what somebody wrote, or nothing of the board: the pages of site/pages, how to
//! subscribe, what is not there, what has moved.

use serde::Serialize;

use super::banner::{self, BannerView};
use super::{About, HeadView, NameView, Voice};
use crate::model::Page;
use crate::render::{Markup, path};
use crate::timeline::{Board, Standing};

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

/// `subscribe.html`: what there is for programs, and how to use it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct SubscribeView {
    /// The documents of the whole site.
    pub documents: Vec<DocumentView>,
    /// The documents of single components, each for the current year.
    pub components: Vec<DocumentView>,
}

/// A document for programs.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct DocumentView {
    /// Its name, with its path.
    pub link: NameView,
    /// Its whole address, for copying.
    pub url: String,
    /// What it holds; none where its name says all.
    pub text: Option<String>,
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

/// How to subscribe. Only documents that are in the output are named.
pub fn subscribe(voice: &Voice<'_>, board: &Board) -> SubscribeView {
    let shown = board.components.iter().filter(|it| {
        let listed = voice.site.component(&it.id).is_some_and(|it| it.listed);
        listed && matches!(it.standing, Standing::In(_))
    });
    let year = board.today.year();
    let components = shown.map(|it| {
        let path = path::component_year_json(&it.id, year);
        document(voice, &path, voice.name(&it.id), None)
    });
    let status = document(voice, "status.json", "status.json".to_owned(), Some("page.subscribe.status_json"));
    SubscribeView { documents: vec![status], components: components.collect() }
}

/// The head of the page on how to subscribe.
pub fn subscribe_head(voice: &Voice<'_>) -> HeadView {
    let description = voice.words.fill("head.subscribe", &[("site", &voice.site.title)]);
    let about = About::page("subscribe.html", voice.say("page.subscribe.title"), description);
    HeadView::new(voice, &about).with_feeds(voice, None)
}

/// The head of the page for what is not there. It is served in the place of others of any depth, so it
/// names all from the top.
pub fn missing_head(voice: &Voice<'_>) -> HeadView {
    let (name, text) = (voice.say("page.missing.title"), voice.say("page.missing.text"));
    let head = HeadView::bare(voice, &About::page("404.html", name, text));
    HeadView { root: path::prefix(&voice.site.url), ..head }
}

/// The head of the page at `path` that leads to `target`.
pub fn alias_head(voice: &Voice<'_>, path: &str, target: &str) -> HeadView {
    let (name, text) = (voice.say("page.alias.title"), voice.say("head.alias"));
    HeadView::moved(voice, &About::page(path, name, text), target)
}

fn document(voice: &Voice<'_>, path: &str, name: String, text: Option<&str>) -> DocumentView {
    DocumentView {
        url: path::address(&voice.site.url, path),
        link: NameView::with_page(name, path),
        text: text.map(|key| voice.say(key)),
    }
}
