//! Atom, RFC 4287.

use jiff::Timestamp;

use super::Format;
use super::channel::{Channel, GENERATOR};
use super::item::Item;
use super::xml::Xml;

const NAMESPACE: &str = "http://www.w3.org/2005/Atom";

/// An entry.
pub(super) fn entry(item: &Item) -> String {
    let mut xml = Xml::part();
    xml.within("entry", &[], |xml| {
        xml.text("id", &item.id);
        xml.text("title", &item.title);
        xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &item.url)]);
        xml.text("published", &item.published.to_string());
        xml.text("updated", &item.updated.to_string());
        for it in &item.categories {
            xml.empty("category", &[("term", &it.term), ("label", &it.label)]);
        }
        xml.text_with("content", &[("type", "html")], &item.content);
    });
    xml.finish()
}

/// A feed of entries, of which the newest is of this instant.
pub(super) fn document<'a>(
    channel: &Channel,
    newest: Option<Timestamp>,
    entries: impl Iterator<Item = &'a str>,
) -> String {
    let own = channel.address(Format::Atom);
    let mut xml = Xml::document();
    xml.within("feed", &[("xmlns", NAMESPACE), ("xml:lang", &channel.language)], |xml| {
        xml.text("id", &own);
        xml.text("title", &channel.title);
        xml.text("subtitle", &channel.description);
        xml.empty("link", &[("rel", "self"), ("type", Format::Atom.media_type()), ("href", &own)]);
        xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &channel.home)]);
        xml.text("updated", &newest.unwrap_or(Timestamp::UNIX_EPOCH).to_string());
        xml.within("author", &[], |xml| {
            xml.text("name", &channel.author);
            xml.text("uri", &format!("{}/", channel.site));
        });
        xml.text("generator", GENERATOR);
        entries.for_each(|it| xml.part_of(it));
    });
    xml.finish() + "\n"
}
