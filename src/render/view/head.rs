//! What a page says of itself to browsers, to search engines, and where its link is shared.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use super::data;
use super::{NameView, ShareCard, Voice};
use crate::model::Component;
use crate::render::feed::{self, Format};
use crate::render::{Markup, path};

/// How many characters a description has at most: about as many as are shown of it anywhere.
const DESCRIPTION: usize = 160;

/// `page`: what every page says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct HeadView {
    /// Leads from this page to the output's root: empty, `../` or `../../`.
    pub root: String,
    /// The page's path from the output's root.
    pub path: String,
    /// The whole address of the page, or of the one that took its place; none of what is not there.
    pub canonical: Option<String>,
    /// For `<title>`, the site's name included.
    pub title: String,
    /// What the page tells, for search engines and where its link is shared: facts, then text, at most 160
    /// characters.
    pub description: String,
    /// Whether search engines should leave it out: what holds nothing of its own, has moved, is not there.
    pub unlisted: bool,
    /// How a link to it looks where it is shared; none of what is not there.
    pub preview: Option<PreviewView>,
    /// The feeds in which a program hears of what the page tells.
    pub feeds: Vec<FeedView>,
    /// What it is, as JSON-LD: data, which no browser runs; none of what is not there or has moved.
    pub data: Option<Markup>,
    /// Changes exactly when what a reader should hear of does. On `/`, open incidents and live pages.
    pub revision: Option<String>,
    /// The icon of the browser's tab by its path from the output's root, where it tells the page's state.
    pub icon: Option<String>,
}

/// A feed, for programs that look for one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct FeedView {
    /// Its name, with that of its format.
    pub title: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its path from the output's root.
    pub path: String,
}

/// How a link to a page looks where it is shared.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct PreviewView {
    /// The headline, without the site's name.
    pub title: String,
    /// `website`, or `article` of what was written at a time.
    pub kind: &'static str,
    /// When the public could first read it, where that is known.
    pub published: Option<String>,
    /// When something was last written into it, where that is known.
    pub modified: Option<String>,
    /// The whole address of the picture, 1200 by 630 pixels.
    pub picture: String,
    /// What the picture shows.
    pub alt: String,
}

/// What is to be said of a page.
#[derive(Clone, Debug)]
pub struct About<'a> {
    /// Its path from the output's root.
    pub path: &'a str,
    /// Its headline, without the site's name.
    pub name: String,
    /// The day that tells it from others of the same headline.
    pub day: Option<Date>,
    /// What it tells: cut off where it is long.
    pub description: String,
    /// The picture beside a link to it.
    pub picture: ShareCard,
    /// What kind of thing it is.
    pub genre: Genre,
    /// The pages it lies below, outermost first, besides `/`.
    pub within: Vec<NameView>,
}

/// What kind of thing a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Genre {
    /// `/`, which stands for the whole site.
    Front,
    /// Something that was written at a time.
    Article(Dates),
    /// Anything else.
    Page,
}

/// When something was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dates {
    /// When the public could first read it, where that is known.
    pub published: Option<Timestamp>,
    /// When something was last written into it, where that is known.
    pub modified: Option<Timestamp>,
}

impl<'a> About<'a> {
    /// A page about no state in particular, right below `/`.
    pub fn page(path: &'a str, name: String, description: String) -> Self {
        let (picture, genre, within) = (ShareCard::Neutral, Genre::Page, Vec::new());
        About { path, name, day: None, description, picture, genre, within }
    }
}

impl HeadView {
    /// The head of a page.
    pub fn new(voice: &Voice<'_>, about: &About<'_>) -> Self {
        let canonical = match about.path {
            "index.html" => path::address(&voice.site.url, ""),
            path => path::address(&voice.site.url, path),
        };
        HeadView {
            data: data::data(voice, about, &canonical),
            preview: Some(preview(voice, about)),
            canonical: Some(canonical),
            unlisted: false,
            ..HeadView::bare(voice, about)
        }
    }

    /// With an icon that tells the page's state, unless the site has one of its own.
    #[must_use]
    pub fn in_state(mut self, voice: &Voice<'_>, key: &str) -> Self {
        let is_ours = voice.site.look.favicon.is_none();
        self.icon = is_ours.then(|| format!("theme/icon-{key}.svg"));
        self
    }

    /// With the feeds of one component, or of all.
    #[must_use]
    pub fn with_feeds(mut self, voice: &Voice<'_>, component: Option<&Component>) -> Self {
        let title = feed::title(voice, component);
        let feed = |format: Format| FeedView {
            title: voice.words.fill("feed.title", &[("title", &title), ("format", format.name())]),
            media_type: format.media_type(),
            path: path::href(&path::feed(component.map(|it| &it.id), format.file())),
        };
        self.feeds = Format::ALL.map(feed).to_vec();
        self
    }

    /// With the feed that has an entry for each update, behind the others.
    #[must_use]
    pub fn with_updates_feed(mut self, voice: &Voice<'_>) -> Self {
        let (title, format) = (feed::updates_title(voice), Format::Atom);
        self.feeds.push(FeedView {
            title: voice.words.fill("feed.title", &[("title", &title), ("format", format.name())]),
            media_type: format.media_type(),
            path: path::href(path::UPDATES),
        });
        self
    }

    /// The head of a page in the place of `target`, to which it leads.
    pub fn moved(voice: &Voice<'_>, about: &About<'_>, target: &str) -> Self {
        let preview = Some(preview(voice, about));
        let canonical = Some(path::address(&voice.site.url, target));
        HeadView { preview, canonical, ..HeadView::bare(voice, about) }
    }

    /// The head of a page that says what no other page should be taken for: it has no address.
    pub fn bare(voice: &Voice<'_>, about: &About<'_>) -> Self {
        HeadView {
            root: path::root_of(about.path),
            path: path::href(about.path),
            canonical: None,
            title: title(voice, about),
            description: shorten(&about.description),
            unlisted: true,
            preview: None,
            feeds: Vec::new(),
            data: None,
            revision: None,
            icon: None,
        }
    }
}

/// Facts in a line, as far as there are any, and the text that follows them.
pub(super) fn describe(voice: &Voice<'_>, facts: &[Option<String>], text: &str) -> String {
    let mut facts = facts.iter().flatten().filter(|it| !it.is_empty());
    let Some(first) = facts.next().cloned() else { return text.to_owned() };
    let line =
        facts.fold(first, |line, next| voice.words.fill("head.facts", &[("line", &line), ("next", next)]));
    match text {
        "" => line,
        text => voice.words.fill("head.with_text", &[("facts", &line), ("text", text)]),
    }
}

/// A text on one line, cut off at the end of a word where it is long.
pub(super) fn shorten(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some((end, _)) = line.char_indices().nth(DESCRIPTION) else { return line };
    let (last, _) = line[..end].char_indices().next_back().unwrap_or_default();
    let head = &line[..last];
    // What is written without spaces, or is one long address, is cut where it is full.
    let cut = head.rfind(' ').filter(|it| head.len() / 2 < *it).unwrap_or(head.len());
    let kept = head[..cut].trim_end_matches(|it: char| it.is_whitespace() || ",;:·–—".contains(it));
    format!("{kept}…")
}

fn title(voice: &Voice<'_>, about: &About<'_>) -> String {
    let name = match about.day {
        Some(day) => {
            voice.words.fill("head.dated", &[("name", &about.name), ("date", &voice.words.date(day))])
        }
        None => about.name.clone(),
    };
    voice.words.fill("page.title", &[("title", &name), ("site", &voice.site.title)])
}

fn preview(voice: &Voice<'_>, about: &About<'_>) -> PreviewView {
    let dates = match about.genre {
        Genre::Article(dates) => Some(dates),
        Genre::Front | Genre::Page => None,
    };
    let instant = |at: Timestamp| at.to_string();
    PreviewView {
        title: about.name.clone(),
        kind: if dates.is_some() { "article" } else { "website" },
        published: dates.and_then(|it| it.published).map(instant),
        modified: dates.and_then(|it| it.modified).map(instant),
        picture: about.picture.address(voice),
        alt: about.picture.alt(voice),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Words, sample};

    #[test]
    fn facts_stand_before_the_text() {
        let (site, words) = (sample::site(&[]), Words::english());
        let voice = Voice { site: &site, words: &words };
        let facts = [Some("Resolved".to_owned()), None, Some("Login".to_owned())];
        assert_eq!(describe(&voice, &facts, "It works."), "Resolved · Login. It works.");
        assert_eq!(describe(&voice, &facts, ""), "Resolved · Login");
        assert_eq!(describe(&voice, &[None], "It works."), "It works.");
    }

    #[test]
    fn a_long_text_ends_with_a_whole_word() {
        let text = "seven words, ".repeat(20);
        let short = shorten(&text);
        assert!(short.ends_with("seven words…") || short.ends_with("seven…"), "{short}");
        assert!(DESCRIPTION / 2 < short.chars().count() && short.chars().count() <= DESCRIPTION);
    }

    #[test]
    fn a_long_text_without_spaces_is_cut_where_it_is_full() {
        assert_eq!(shorten(&"障".repeat(161)).chars().count(), DESCRIPTION);
        assert_eq!(shorten(&"障".repeat(160)), "障".repeat(160));
        assert_eq!(shorten(&format!("a {}", "障".repeat(200))).chars().count(), DESCRIPTION);
    }

    #[test]
    fn a_text_of_several_lines_becomes_one() {
        assert_eq!(shorten("We look.\n\nIt may\ttake long.\n"), "We look. It may take long.");
    }

    #[test]
    fn the_front_page_has_the_shortest_address() {
        let (site, words) = (sample::site(&[]), Words::english());
        let voice = Voice { site: &site, words: &words };
        let canonical = |path| {
            HeadView::new(&voice, &About::page(path, "T".to_owned(), String::new())).canonical.unwrap()
        };
        assert_eq!(canonical("index.html"), "https://status.example/");
        assert_eq!(canonical("a b.html"), "https://status.example/a%20b.html");
    }
}
