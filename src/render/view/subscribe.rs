//! How to hear of changes: `subscribe.html` names all that there is for programs, and only what there is.

use serde::Serialize;

use super::{About, HeadView, NameView, Voice};
use crate::model::Component;
use crate::render::feed::Format;
use crate::render::path;
use crate::timeline::{Board, Standing};

/// `subscribe.html`: what there is for programs, and how to use it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct SubscribeView {
    /// The ways to hear of the whole site.
    pub ways: Vec<WayView>,
    /// The components that are watched, each with what there is of it alone.
    pub components: Vec<SubjectView>,
}

/// A way to hear of changes.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct WayView {
    /// What it is called.
    pub heading: String,
    /// What it is good for.
    pub text: String,
    /// Its documents.
    pub documents: Vec<DocumentView>,
}

/// A component, and what there is of it alone.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct SubjectView {
    /// Its name.
    pub name: String,
    /// Its documents.
    pub documents: Vec<DocumentView>,
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

/// The name that people know the format of calendars by, in any language.
const CALENDAR: &str = "iCalendar";

/// Documents for programs by their paths, with the words for what they hold.
const FOR_PROGRAMS: [(&str, &str); 4] = [
    ("status.json", "page.subscribe.status_json"),
    ("api/v2/summary.json", "page.subscribe.api"),
    (path::EVENTS, "page.subscribe.events"),
    ("metrics", "page.subscribe.metrics"),
];

/// Badges by their paths' names, with the words for what they show.
const BADGES: [(&str, &str); 2] =
    [("badge.svg", "page.subscribe.state_badge"), ("badge-uptime.svg", "page.subscribe.uptime_badge")];

/// What a page of others can load, with the words for what it is.
const FOR_PAGES: [(&str, &str); 2] =
    [("embed.js", "page.subscribe.embed_script"), ("embed.html", "page.subscribe.embed_frame")];

/// How to subscribe.
pub fn subscribe(voice: &Voice<'_>, board: &Board) -> SubscribeView {
    let way =
        |heading, text, documents| WayView { heading: voice.say(heading), text: voice.say(text), documents };
    let explained = |(path, key): (&str, &str)| DocumentView {
        text: Some(voice.say(key)),
        ..document(voice, path, path.rsplit('/').next().unwrap_or(path).to_owned())
    };
    let badge = |(path, key): (&str, &str)| document(voice, path, voice.say(key));
    let watched = board.components.iter().filter(|it| it.standing != Standing::Retired);
    let watched = watched.filter_map(|it| voice.site.component(&it.id)).filter(|it| it.listed);
    let mut of_site = feeds(voice, None);
    of_site.push(explained((path::UPDATES, "page.subscribe.updates")));
    SubscribeView {
        ways: vec![
            way("page.subscribe.feeds", "page.subscribe.feeds_text", of_site),
            way(
                "page.subscribe.calendar",
                "page.subscribe.calendar_text",
                vec![document(voice, path::CALENDAR, CALENDAR.to_owned())],
            ),
            way(
                "page.subscribe.programs",
                "page.subscribe.programs_text",
                FOR_PROGRAMS.into_iter().map(explained).collect(),
            ),
            way(
                "page.subscribe.pages",
                "page.subscribe.pages_text",
                BADGES.into_iter().map(badge).chain(FOR_PAGES.into_iter().map(explained)).collect(),
            ),
        ],
        components: watched.map(|it| subject(voice, board, it)).collect(),
    }
}

/// The head of the page on how to subscribe.
pub fn head(voice: &Voice<'_>) -> HeadView {
    let description = voice.words.fill("head.subscribe", &[("site", &voice.site.title)]);
    let about = About::page("subscribe.html", voice.say("page.subscribe.title"), description);
    HeadView::new(voice, &about).with_feeds(voice, None).with_updates_feed(voice)
}

/// A component's feeds, calendar and badges, and the intervals of its last year.
fn subject(voice: &Voice<'_>, board: &Board, component: &Component) -> SubjectView {
    let own = |name, key| document(voice, &path::of_component(&component.id, name), voice.say(key));
    let mut documents = feeds(voice, Some(component));
    let calendar = path::of_component(&component.id, path::CALENDAR);
    documents.push(document(voice, &calendar, CALENDAR.to_owned()));
    documents.extend(BADGES.into_iter().map(|(name, key)| own(name, key)));
    documents.extend(board.years_of(&component.id).last().map(|year| {
        let name = voice.words.fill("page.subscribe.intervals", &[("year", &voice.words.year(*year))]);
        document(voice, &path::component_year_json(&component.id, *year), name)
    }));
    SubjectView { name: voice.name(&component.id), documents }
}

fn feeds(voice: &Voice<'_>, component: Option<&Component>) -> Vec<DocumentView> {
    let feed = |it: Format| {
        let path = path::feed(component.map(|it| &it.id), it.file());
        document(voice, &path, it.name().to_owned())
    };
    Format::ALL.map(feed).to_vec()
}

fn document(voice: &Voice<'_>, path: &str, name: String) -> DocumentView {
    DocumentView {
        url: path::address(&voice.site.url, path),
        link: NameView::with_page(name, path),
        text: None,
    }
}
