//! Reads a feed in any of its formats as a reader would: strictly, and with no help from what wrote it.

use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesStart, Event};
use serde_json::Value;

/// An element with all that is in it.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) text: String,
    pub(super) children: Vec<Element>,
}

/// What all formats say of a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) id: String,
    pub(super) url: String,
    pub(super) title: String,
    pub(super) published: String,
    pub(super) updated: String,
    pub(super) labels: Vec<String>,
    pub(super) content: String,
}

impl Element {
    /// The root of a document.
    pub(super) fn of(xml: &str) -> Element {
        let mut reader = Reader::from_str(xml);
        let mut open = vec![Element::default()];
        loop {
            match reader.read_event().unwrap() {
                Event::Start(it) => open.push(started(&it)),
                Event::Empty(it) => open.last_mut().unwrap().children.push(started(&it)),
                Event::End(_) => {
                    let closed = open.pop().unwrap();
                    open.last_mut().unwrap().children.push(closed);
                }
                Event::Text(it) => open.last_mut().unwrap().text += &it,
                Event::GeneralRef(it) => {
                    let character = it.resolve_char_ref().unwrap().map(String::from);
                    let named = || resolve_predefined_entity(&it).unwrap().to_owned();
                    open.last_mut().unwrap().text += &character.unwrap_or_else(named);
                }
                Event::Decl(_) => {}
                Event::Eof => break,
                other => panic!("no feed needs {other:?}"),
            }
        }
        let [document] = &mut open[..] else { panic!("an element is not closed") };
        assert_eq!(document.children.len(), 1, "a document has one root");
        document.children.remove(0)
    }

    pub(super) fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a Element> {
        let found: Vec<&Element> = self.children.iter().filter(|it| it.name == name).collect();
        found.into_iter()
    }

    #[track_caller]
    pub(super) fn one(&self, name: &str) -> &Element {
        let found: Vec<&Element> = self.all(name).collect();
        assert_eq!(found.len(), 1, "{name} in {}", self.name);
        found[0]
    }

    #[track_caller]
    pub(super) fn attribute(&self, name: &str) -> &str {
        let found = self.attributes.iter().find(|it| it.0 == name);
        &found.unwrap_or_else(|| panic!("{} has no {name}", self.name)).1
    }
}

fn started(start: &BytesStart<'_>) -> Element {
    let attributes = start.attributes().map(|it| {
        let it = it.unwrap();
        (it.key.as_ref().to_owned(), unescape(&it.value).unwrap().into_owned())
    });
    Element { name: start.name().as_ref().to_owned(), attributes: attributes.collect(), ..Element::default() }
}

/// The entries of an Atom feed.
pub(super) fn atom(xml: &str) -> Vec<Item> {
    let feed = Element::of(xml);
    assert_eq!((feed.name.as_str(), feed.attribute("xmlns")), ("feed", "http://www.w3.org/2005/Atom"));
    let entries = feed.all("entry").map(|it| Item {
        id: it.one("id").text.clone(),
        url: it.one("link").attribute("href").to_owned(),
        title: it.one("title").text.clone(),
        published: it.one("published").text.clone(),
        updated: it.one("updated").text.clone(),
        labels: it.all("category").map(|it| it.attribute("label").to_owned()).collect(),
        content: it.one("content").text.clone(),
    });
    entries.collect()
}

/// The items of an RSS feed.
pub(super) fn rss(xml: &str) -> Vec<Item> {
    let rss = Element::of(xml);
    assert_eq!((rss.name.as_str(), rss.attribute("version")), ("rss", "2.0"));
    let items = rss.one("channel").all("item").map(|it| Item {
        id: it.one("guid").text.clone(),
        url: it.one("link").text.clone(),
        title: it.one("title").text.clone(),
        published: instant(&it.one("pubDate").text),
        updated: it.one("atom:updated").text.clone(),
        labels: it.all("category").map(|it| it.text.clone()).collect(),
        content: it.one("description").text.clone(),
    });
    items.collect()
}

/// The items of a JSON Feed.
pub(super) fn json(text: &str) -> Vec<Item> {
    let feed: Value = serde_json::from_str(text).unwrap();
    let say = |it: &Value| it.as_str().unwrap().to_owned();
    let items = feed["items"].as_array().unwrap().iter().map(|it| Item {
        id: say(&it["id"]),
        url: say(&it["url"]),
        title: say(&it["title"]),
        published: say(&it["date_published"]),
        updated: say(&it["date_modified"]),
        labels: it["tags"].as_array().unwrap().iter().map(say).collect(),
        content: say(&it["content_html"]),
    });
    items.collect()
}

/// An instant of RSS in the form of Atom.
pub(super) fn instant(rfc822: &str) -> String {
    let at = jiff::fmt::rfc2822::parse(rfc822).unwrap();
    at.timestamp().to_string()
}
