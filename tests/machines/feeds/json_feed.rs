//! The rules of JSON Feed 1.1 (<https://jsonfeed.org/version/1.1>), as far as they concern what has no attachments.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// The keys of a feed, of an item and of an author, with what each holds.
const FEED: [(&str, Kind); 11] = [
    ("version", Kind::Text),
    ("title", Kind::Text),
    ("home_page_url", Kind::Address),
    ("feed_url", Kind::Address),
    ("description", Kind::Text),
    ("user_comment", Kind::Text),
    ("next_url", Kind::Address),
    ("icon", Kind::Address),
    ("authors", Kind::List),
    ("language", Kind::Text),
    ("items", Kind::List),
];
const ITEM: [(&str, Kind); 11] = [
    ("id", Kind::Text),
    ("url", Kind::Address),
    ("external_url", Kind::Address),
    ("title", Kind::Text),
    ("content_html", Kind::Text),
    ("content_text", Kind::Text),
    ("summary", Kind::Text),
    ("date_published", Kind::Instant),
    ("date_modified", Kind::Instant),
    ("tags", Kind::List),
    ("authors", Kind::List),
];
const AUTHOR: [(&str, Kind); 2] = [("name", Kind::Text), ("url", Kind::Address)];

#[derive(Clone, Copy, Debug)]
enum Kind {
    Text,
    Address,
    Instant,
    List,
}

/// What is wrong with a document that should be a JSON Feed, a sentence each.
pub(super) fn faults(text: &str) -> Vec<String> {
    let feed: Map<String, Value> = match serde_json::from_str(text) {
        Ok(feed) => feed,
        Err(err) => return vec![err.to_string()],
    };
    let mut faults = of_object("the feed", &feed, &FEED, &["version", "title", "items"]);
    if feed.get("version").and_then(Value::as_str) != Some("https://jsonfeed.org/version/1.1") {
        faults.push("the version is not that of JSON Feed 1.1".to_owned());
    }
    for author in list(&feed, "authors") {
        faults.extend(of_object("an author", author, &AUTHOR, &[]));
        faults.extend(author.is_empty().then(|| "an author says nothing".to_owned()));
    }
    let mut ids = BTreeSet::new();
    for item in list(&feed, "items") {
        faults.extend(of_object("an item", item, &ITEM, &["id"]));
        let has_content = item.contains_key("content_html") || item.contains_key("content_text");
        faults.extend((!has_content).then(|| "an item has no content".to_owned()));
        let id = item.get("id").map(ToString::to_string).unwrap_or_default();
        faults.extend((!ids.insert(id.clone())).then(|| format!("the id {id} stands twice")));
    }
    faults
}

/// The objects of a list.
fn list<'a>(object: &'a Map<String, Value>, key: &str) -> impl Iterator<Item = &'a Map<String, Value>> {
    object.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
}

fn of_object(
    what: &str,
    object: &Map<String, Value>,
    keys: &[(&str, Kind)],
    required: &[&str],
) -> Vec<String> {
    let missing = required.iter().filter(|it| !object.contains_key(**it));
    let mut faults: Vec<String> = missing.map(|it| format!("{what} has no {it}")).collect();
    faults.extend(object.iter().filter_map(|(key, value)| match keys.iter().find(|(it, _)| it == key) {
        Some((_, kind)) if kind.holds(value) => None,
        Some((_, kind)) => Some(format!("{what}: {key} is no {kind:?}: {value}")),
        None if key.starts_with('_') => None,
        None => Some(format!("{what} has {key}, which nobody knows")),
    }));
    faults
}

impl Kind {
    fn holds(self, value: &Value) -> bool {
        match (self, value) {
            (Kind::Text, Value::String(text)) => !text.is_empty(),
            (Kind::Address, Value::String(text)) => {
                text.starts_with("https://") || text.starts_with("http://")
            }
            (Kind::Instant, Value::String(text)) => text.parse::<jiff::Timestamp>().is_ok(),
            (Kind::List, Value::Array(_)) => true,
            _ => false,
        }
    }
}

#[test]
fn a_fault_is_found() {
    let check = |text: &str, expected: &str| {
        let faults = faults(text);
        assert!(faults.iter().any(|it| it.contains(expected)), "{expected} in {faults:?}");
    };
    check("[]", "expected a map");
    check("{\"version\": \"https://jsonfeed.org/version/1\"}", "the version is not");
    check("{\"items\": []}", "the feed has no title");
    check("{\"items\": [{\"id\": \"a\"}]}", "an item has no content");
    check("{\"items\": [{\"id\": \"a\"}, {\"id\": \"a\"}]}", "stands twice");
    check("{\"feed_url\": \"feed.json\"}", "feed_url is no Address");
    check("{\"items\": [{\"date_modified\": \"yesterday\"}]}", "date_modified is no Instant");
    check("{\"author\": {}}", "which nobody knows");
}
