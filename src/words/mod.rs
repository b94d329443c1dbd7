//! All sentences, dates and lengths that people read, on pages, in feeds and in the terminal.
//!
//! The words stand in `themes/default/i18n/<language>.yaml`, and a theme's own lists are laid over them.
//! Code knows keys and never a sentence; what it fills in is named, so that each language can put it
//! in its own order.

mod figures;
mod labels;
mod language;
#[cfg(test)]
mod languages_tests;
mod names;
mod plural;
mod read;
mod refusal;
#[cfg(test)]
pub(crate) mod sample;
mod sentences;
mod time;

use std::collections::BTreeMap;

pub use figures::plain_percent;
pub use language::{Lists, has_words, languages};
pub use time::Forms;

use plural::{Form, PluralRule};

/// The marks of Unicode that a list of words may use to keep names apart (Standard Annex 9).
const DIRECTION_MARKS: [char; 5] = ['\u{200e}', '\u{200f}', '\u{2067}', '\u{2068}', '\u{2069}'];

/// Below this key a theme keeps words for templates of its own.
const OWN: &str = "own";

/// The words of one language, by key: the names of the file's maps joined by dots.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Words {
    language: String,
    plural: PluralRule,
    entries: BTreeMap<String, Entry>,
}

/// What stands at a key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Entry {
    Text(String),
    /// What depends on a number; the form `other` is always there.
    Counted(BTreeMap<Form, String>),
}

impl Words {
    /// The tag of the language: `de`, `pt-BR`.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The words at `key`, as they stand in the file.
    pub fn text(&self, key: &str) -> &str {
        self.form(key, Form::Other)
    }

    /// The words at `key` with each `{name}` filled in. A value is taken as it is: a brace in it
    /// means nothing.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.text(key), values)
    }

    /// The words at `key` in the form for `n`, with `{n}` and each `{name}` filled in.
    pub fn count(&self, key: &str, n: u64, values: &[(&str, &str)]) -> String {
        let number = self.number(n);
        let mut values = values.to_vec();
        values.push(("n", &number));
        fill(self.form(key, self.plural.form(n)), &values)
    }

    /// "A", "A and B", "A, B and C".
    pub fn list(&self, names: &[String]) -> String {
        match names {
            [head @ .., last] if !head.is_empty() => {
                let values = [("head", &*self.enumerate(head)), ("next", &*self.item(last))];
                self.fill("list.last", &values)
            }
            few => self.enumerate(few),
        }
    }

    /// "A, B, C".
    pub fn enumerate(&self, names: &[String]) -> String {
        let mut items = names.iter().map(|it| self.item(it));
        let first = items.next().unwrap_or_default();
        items.fold(first, |head, next| self.fill("list.comma", &[("head", &head), ("next", &next)]))
    }

    /// One of several, set apart where text runs from the right.
    fn item(&self, name: &str) -> String {
        self.fill("list.item", &[("name", name)])
    }

    /// The same without the marks that steer which way text runs: a terminal shows those as symbols.
    #[must_use]
    pub fn for_terminal(&self) -> Words {
        let plain = |text: &String| text.replace(DIRECTION_MARKS, "");
        let entry = |entry: &Entry| match entry {
            Entry::Text(text) => Entry::Text(plain(text)),
            Entry::Counted(forms) => {
                Entry::Counted(forms.iter().map(|(form, text)| (*form, plain(text))).collect())
            }
        };
        let entries = self.entries.iter().map(|(key, it)| (key.clone(), entry(it))).collect();
        Words { entries, ..self.clone() }
    }

    /// The words below `key`, by the rest of theirs; of those that depend on a number, each form.
    pub fn below<'a>(&'a self, key: &str) -> BTreeMap<String, &'a str> {
        let entries = self.entries();
        entries
            .filter_map(|(it, text)| Some((it.strip_prefix(key)?.strip_prefix('.')?.to_owned(), text)))
            .collect()
    }

    /// All keys with their words, for templates; of those that depend on a number, each form.
    pub fn entries(&self) -> impl Iterator<Item = (String, &str)> {
        self.entries.iter().flat_map(|(key, entry)| match entry {
            Entry::Text(text) => vec![(key.clone(), text.as_str())],
            Entry::Counted(forms) => {
                forms.iter().map(|(form, text)| (format!("{key}.{}", form.name()), text.as_str())).collect()
            }
        })
    }

    /// The words at `key` in a form, or in the one for all that have none of their own.
    fn form(&self, key: &str, form: Form) -> &str {
        match self.entries.get(key) {
            Some(Entry::Text(text)) => text,
            Some(Entry::Counted(forms)) => forms
                .get(&form)
                .or_else(|| forms.get(&Form::Other))
                .map_or_else(|| missing(key), String::as_str),
            None => missing(key),
        }
    }
}

/// A key that code asks for and the file lacks. A test holds all keys against the file, so that
/// readers never see this.
fn missing(key: &str) -> &'static str {
    debug_assert!(false, "no words at {key}");
    ""
}

fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some((before, name, after)) = placeholder(rest) {
        out.push_str(before);
        match values.iter().find(|(it, _)| *it == name) {
            Some((_, value)) => out.push_str(value),
            None => out.extend(["{", name, "}"]),
        }
        rest = after;
    }
    out + rest
}

/// The next `{name}` of a text, with what stands before and after it.
fn placeholder(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_filled_in_once() {
        assert_eq!(fill("{a} and {b}, {c}", &[("a", "{b}"), ("b", "x")]), "{b} and x, {c}");
        assert_eq!(fill("a { b", &[]), "a { b");
    }

    #[test]
    fn a_list_reads_as_a_sentence() {
        let list = |names: &[&str]| {
            Words::english().list(&names.iter().map(|&it| it.to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(list(&[]), "");
        assert_eq!(list(&["A"]), "A");
        assert_eq!(list(&["A", "B"]), "A and B");
        assert_eq!(list(&["A", "B", "C"]), "A, B and C");
    }

    #[test]
    fn a_terminal_gets_no_marks_of_direction() {
        let yaml = "headline: {major: \"X: \u{2068}{names}\u{2069}\"}\npage: {bars: {ago: {other: \"\u{200e}{n}\"}}}";
        let words = Words::of_language("en", &sample::lists(&[("en", yaml)])).value.for_terminal();
        assert_eq!(words.text("headline.major"), "X: {names}");
        assert_eq!(words.count("page.bars.ago", 5, &[]), "5");
    }

    #[test]
    fn one_has_a_form_of_its_own() {
        let words = Words::english();
        assert_eq!(
            words.count("uptime.counted", 1, &[("percent", "9%")]),
            "9% uptime over the 1 day with data"
        );
        assert_eq!(
            words.count("uptime.counted", 2, &[("percent", "9%")]),
            "9% uptime over the 2 days with data"
        );
    }
}
