//! JSON Feed 1.1.

use serde::Serialize;

use super::Format;
use super::channel::Channel;
use super::item::Item;

const VERSION: &str = "https://jsonfeed.org/version/1.1";

/// A feed besides its items, in the order in which it is written.
#[derive(Serialize)]
struct Head<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: &'a str,
    description: &'a str,
    authors: [Author<'a>; 1],
    language: &'a str,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
    url: &'a str,
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    content_html: &'a str,
    date_published: String,
    date_modified: String,
    tags: Vec<&'a str>,
}

/// An item.
pub(super) fn item(item: &Item) -> String {
    text(&Entry {
        id: &item.id,
        url: &item.url,
        title: &item.title,
        content_html: &item.content,
        date_published: item.published.to_string(),
        date_modified: item.updated.to_string(),
        tags: item.categories.iter().map(|it| it.label.as_str()).collect(),
    })
}

/// A feed of items, an item a line.
pub(super) fn document<'a>(channel: &Channel, items: impl Iterator<Item = &'a str>) -> String {
    let head = text(&Head {
        version: VERSION,
        title: &channel.title,
        home_page_url: &channel.home,
        feed_url: &channel.address(Format::Json),
        description: &channel.description,
        authors: [Author { name: &channel.author, url: &format!("{}/", channel.site) }],
        language: &channel.language,
    });
    let fields = head.strip_suffix('}').expect("a struct of named fields is an object");
    format!("{fields},\"items\":[\n{}\n]}}\n", items.collect::<Vec<_>>().join(",\n"))
}

fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("its fields are texts and lists of texts")
}
