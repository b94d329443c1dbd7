//! Takes the keys of a map one by one, and says which of them nobody took.
//!
//! Typed deserialising stops at the first mistake; this finds all of them, each with its own place.

use super::nearest;
use super::node::Node;
use super::reading::Reading;
use crate::diag::{Code, Diagnostic};
use crate::source::Place;
use crate::yaml::{Entry, Value, quoted};

/// Quotes of books and word processors, which are letters like any other to YAML.
pub(super) const SMART_QUOTES: [char; 6] =
    ['\u{201c}', '\u{201d}', '\u{201e}', '\u{2018}', '\u{2019}', '\u{201a}'];

/// A map that is being read.
#[derive(Debug)]
pub(super) struct Fields<'a> {
    node: Node<'a>,
    entries: &'a [Entry<'a>],
    known: Vec<&'static str>,
    foreign: Vec<Foreign>,
    /// The keys that decide whether the public may read what the map describes.
    withholding: &'static [&'static str],
    is_withheld: bool,
}

/// A key that has a meaning elsewhere.
#[derive(Clone, Copy, Debug)]
pub(super) struct Foreign {
    /// The key.
    pub(super) key: &'static str,
    /// Where it has one.
    pub(super) why: &'static str,
    /// What to do with it.
    pub(super) help: &'static str,
}

impl<'a> Fields<'a> {
    /// The fields of `node`, if it is a map. One without a value is a map without keys.
    pub(super) fn of(node: &Node<'a>, reading: &mut Reading) -> Option<Self> {
        let entries: &[Entry<'_>] = match node.value {
            Value::Map(entries) => entries,
            Value::Null => &[],
            other => {
                let diagnostic = wrong_type(node, other, "a map of keys and values");
                return reading.refuse(diagnostic.help("write each key with its value, as `key: value`"));
            }
        };
        Some(Fields {
            node: *node,
            entries,
            known: Vec::new(),
            foreign: Vec::new(),
            withholding: &[],
            is_withheld: false,
        })
    }

    /// The same fields, of which these keys decide whether the public may read what the map describes.
    pub(super) fn withholding(self, keys: &'static [&'static str]) -> Self {
        Fields { withholding: keys, ..self }
    }

    /// What `reader` makes of the value of `key`. A key without a value is as if left out.
    pub(super) fn read<T>(
        &mut self,
        key: &'static str,
        reading: &mut Reading,
        reader: impl FnOnce(&Node<'_>, &mut Reading) -> Option<T>,
    ) -> Option<T> {
        self.known.push(key);
        let node = self.node.get(key)?;
        if *node.value != Value::Null {
            let read = reader(&node, reading);
            self.is_withheld |= read.is_none() && self.withholding.contains(&key);
            return read;
        }
        if let Some((passed_over, _)) = node.passed_over() {
            // Whether readers may see the rest is not decided by what may be a slip.
            let decides = self.withholding.contains(&key);
            self.is_withheld |= decides;
            let code = if decides { Code::InvalidValue } else { Code::CommentEndsValue };
            reading.say(empty(code, &node, passed_over));
        }
        None
    }

    /// As `read`, of a key that must be there.
    pub(super) fn require<T>(
        &mut self,
        key: &'static str,
        reading: &mut Reading,
        reader: impl FnOnce(&Node<'_>, &mut Reading) -> Option<T>,
    ) -> Option<T> {
        if self.has(key) {
            return self.read(key, reading, reader);
        }
        self.known.push(key);
        let message = format!("`{key}` is missing");
        let diagnostic = Diagnostic::new(Code::MissingKey, self.node.place(), message);
        reading.refuse(diagnostic.help(format!("add `{key}:` with its value")))
    }

    /// Whether `key` stands there with a value.
    pub(super) fn has(&self, key: &str) -> bool {
        self.node.get(key).is_some_and(|it| *it.value != Value::Null)
    }

    /// Where the map stands.
    pub(super) fn place(&self) -> Place {
        self.node.place()
    }

    /// Marks a key that has a meaning elsewhere, should it stand here.
    pub(super) fn foreign(&mut self, foreign: Foreign) {
        self.foreign.push(foreign);
    }

    /// Reports the keys that nobody took. False if one of the keys that decide whether the public may read this could
    /// not be read, or if an unknown key is probably one of them.
    pub(super) fn finish(self, reading: &mut Reading) -> bool {
        let mut is_withheld = self.is_withheld;
        for entry in self.entries {
            let value = self.node.below(entry);
            match entry.key.text() {
                Some(key) if self.known.contains(&key) => {}
                Some(key) => {
                    // Without a space behind its colon, a key within braces takes its value along.
                    let word = key.split([':', ' ']).next().unwrap_or(key);
                    is_withheld |= self.withholding.iter().any(|it| nearest::is_slip(word, it));
                    reading.say(self.unknown(key, &value));
                }
                None => reading.say(odd_key(&value, &entry.key.value)),
            }
        }
        !is_withheld
    }

    fn unknown(&self, key: &str, node: &Node<'_>) -> Diagnostic {
        let place = node.key_place();
        if let Some(Foreign { why, help, .. }) = self.foreign.iter().find(|it| it.key == key) {
            return Diagnostic::new(Code::WrongKind, place, format!("`{key}` {why}")).help(*help);
        }
        let diagnostic = Diagnostic::new(Code::UnknownKey, place, format!("no key is named `{key}` here"));
        if key.contains(SMART_QUOTES) {
            return diagnostic.help("write it without quotes, or with straight ones");
        }
        if let Some(meant) = self.synonym(key) {
            return diagnostic.help(format!("did you mean `{meant}`?"));
        }
        let is_near = nearest::nearest(key, &self.known).is_some();
        if key.contains(' ') || (*node.value == Value::Null && !is_near) {
            return diagnostic.help("quote the value before it if that holds a comma or a colon");
        }
        let help = match nearest::nearest(key, &self.known) {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => {
                let mut known = self.known.clone();
                known.sort_unstable();
                format!("known keys: {}", known.join(", "))
            }
        };
        diagnostic.help(format!("{help} (or it was written for a newer allclear)"))
    }

    /// The key of this map for which other programs and people use the word `key`.
    fn synonym(&self, key: &str) -> Option<&'static str> {
        let meant = SYNONYMS.iter().filter(|(other, _)| *other == key).map(|(_, meant)| *meant);
        meant.filter(|it| self.known.contains(it)).find(|it| self.node.get(it).is_none())
    }
}

/// Words that other programs have for our keys.
const SYNONYMS: [(&str, &str); 27] = [
    ("content", "body"),
    ("date", "at"),
    ("date", "started_at"),
    ("description", "body"),
    ("description", "summary"),
    ("end", "resolved_at"),
    ("end", "scheduled_until"),
    ("ended_at", "resolved_at"),
    ("label", "title"),
    ("message", "body"),
    ("message", "summary"),
    ("name", "title"),
    ("priority", "impact"),
    ("services", "components"),
    ("severity", "impact"),
    ("start", "scheduled_for"),
    ("start", "started_at"),
    ("started", "started_at"),
    ("state", "status"),
    ("systems", "components"),
    ("text", "body"),
    ("text", "summary"),
    ("time", "at"),
    ("time", "started_at"),
    ("timestamp", "at"),
    ("timezone", "time_zone"),
    ("when", "at"),
];

/// The entries of a map whose keys are names rather than words of ours.
pub(super) fn entries<'a>(node: &Node<'a>, reading: &mut Reading) -> Vec<(&'a str, Node<'a>)> {
    let Value::Map(map) = node.value else {
        let diagnostic = wrong_type(node, node.value, "a map of names and values");
        reading.say(diagnostic.help("write each name with its value, as `{name: value}`"));
        return Vec::new();
    };
    let mut entries = Vec::with_capacity(map.len());
    for entry in map {
        let value = node.below(entry);
        match entry.key.text() {
            Some(key) => entries.push((key, value)),
            None => reading.say(odd_key(&value, &entry.key.value)),
        }
    }
    entries
}

/// That a value is of another type than the key takes.
pub(super) fn wrong_type(node: &Node<'_>, value: &Value<'_>, wanted: &str) -> Diagnostic {
    let message = format!("`{}` takes {wanted}, and this is {}", node.key(), kind(value));
    Diagnostic::new(Code::WrongType, node.place(), message)
}

/// That the key of `node` is not text.
fn odd_key(node: &Node<'_>, key: &Value<'_>) -> Diagnostic {
    let message = format!("a key must be text, and this one is {}", kind(key));
    let diagnostic = Diagnostic::new(Code::WrongType, node.key_place(), message);
    match written(key) {
        Some(key) => diagnostic.help(format!("quote it: `\"{key}\"`")),
        None => diagnostic.help("write each key with its value, as `key: value`"),
    }
}

/// That a key is empty because YAML takes its value for something else.
fn empty(code: Code, node: &Node<'_>, passed_over: &str) -> Diagnostic {
    let key = node.key();
    let what = if passed_over.starts_with('&') { "an anchor" } else { "a comment" };
    let message = format!("`{key}` is empty: YAML reads `{passed_over}` as {what}");
    Diagnostic::new(code, node.place(), message)
        .help(format!("quote the value, if it is one: `{key}: {}`", quoted(passed_over)))
}

/// A number or truth value as YAML writes it.
pub(super) fn written(value: &Value<'_>) -> Option<String> {
    match value {
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Text(_) | Value::List(_) | Value::Map(_) | Value::Tagged(_) => None,
    }
}

fn kind(value: &Value<'_>) -> &'static str {
    match value {
        Value::Null => "nothing",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::Text(_) => "text",
        Value::List(_) => "a list",
        Value::Map(_) => "a map",
        Value::Tagged(_) => "a value with a tag",
    }
}
