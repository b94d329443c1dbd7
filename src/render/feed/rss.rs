//! RSS 2.0, with what it lacks taken from Atom: the feed's own address, and when an item last changed.

use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimePrinter;

use super::Format;
use super::channel::{Channel, GENERATOR};
use super::item::Item;
use super::xml::Xml;

const ATOM: &str = "http://www.w3.org/2005/Atom";
const DUBLIN_CORE: &str = "http://purl.org/dc/elements/1.1/";

/// An item.
pub(super) fn item(item: &Item) -> String {
    let mut xml = Xml::part();
    xml.within("item", &[], |xml| {
        xml.text("title", &item.title);
        xml.text("link", &item.url);
        xml.text("guid", &item.id);
        xml.text("pubDate", &rfc822(item.published));
        xml.text("atom:updated", &item.updated.to_string());
        for it in &item.categories {
            xml.text("category", &it.label);
        }
        xml.text("description", &item.content);
    });
    xml.finish()
}

/// A feed of items, of which the newest is of this instant.
pub(super) fn document<'a>(
    channel: &Channel,
    newest: Option<Timestamp>,
    items: impl Iterator<Item = &'a str>,
) -> String {
    let own = channel.address(Format::Rss);
    let mut xml = Xml::document();
    let rss = [("version", "2.0"), ("xmlns:atom", ATOM), ("xmlns:dc", DUBLIN_CORE)];
    xml.within("rss", &rss, |xml| {
        xml.within("channel", &[], |xml| {
            xml.text("title", &channel.title);
            xml.text("link", &channel.home);
            xml.text("description", &channel.description);
            xml.empty("atom:link", &[("rel", "self"), ("type", Format::Rss.media_type()), ("href", &own)]);
            xml.text("language", &channel.language);
            xml.text("dc:creator", &channel.author);
            if let Some(at) = newest {
                xml.text("lastBuildDate", &rfc822(at));
            }
            xml.text("generator", GENERATOR);
            items.for_each(|it| xml.part_of(it));
        });
    });
    xml.finish() + "\n"
}

/// An instant as RSS writes it, always in the form of four digits for the year.
fn rfc822(at: Timestamp) -> String {
    let printed = DateTimePrinter::new().timestamp_to_rfc9110_string(&at);
    printed.expect("the years that a site can tell of have four digits")
}
