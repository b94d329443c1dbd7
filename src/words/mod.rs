//! All sentences, dates and lengths that people read, on pages, in feeds and in the terminal.
//!
//! The words stand in `themes/default/i18n/en.yaml`, and a theme's own list is laid over it. Code
//! knows keys and never a sentence; what it fills in is named, so that another language can put it
//! in another order.

mod figures;
mod labels;
mod names;
mod read;
#[cfg(test)]
pub(crate) mod sample;
mod sentences;
mod time;

use std::collections::BTreeMap;

pub use figures::plain_percent;

/// The words of one language, by key: the names of the file's maps joined by dots.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Words {
    entries: BTreeMap<String, Entry>,
}

/// What stands at a key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Entry {
    Text(String),
    /// What depends on a number.
    Counted {
        one: String,
        other: String,
    },
}

impl Words {
    /// The words at `key`, as they stand in the file.
    pub fn text(&self, key: &str) -> &str {
        match self.entries.get(key) {
            Some(Entry::Text(text) | Entry::Counted { other: text, .. }) => text,
            None => missing(key),
        }
    }

    /// The words at `key` with each `{name}` filled in. A value is taken as it is: a brace in it
    /// means nothing.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.text(key), values)
    }

    /// The words at `key` in the form for `n`, with `{n}` and each `{name}` filled in.
    pub fn count(&self, key: &str, n: u64, values: &[(&str, &str)]) -> String {
        let text = match self.entries.get(key) {
            Some(Entry::Counted { one, .. }) if n == 1 => one,
            _ => self.text(key),
        };
        let number = self.number(n);
        let mut values = values.to_vec();
        values.push(("n", &number));
        fill(text, &values)
    }

    /// "A", "A and B", "A, B and C".
    pub fn list(&self, names: &[String]) -> String {
        match names {
            [] => String::new(),
            [one] => one.clone(),
            [head @ .., last] => self.fill("list.last", &[("head", &self.enumerate(head)), ("next", last)]),
        }
    }

    /// "A, B, C".
    pub fn enumerate(&self, names: &[String]) -> String {
        let (first, rest) = names.split_first().map_or(("", names), |(first, rest)| (first.as_str(), rest));
        rest.iter()
            .fold(first.to_owned(), |head, next| self.fill("list.comma", &[("head", &head), ("next", next)]))
    }

    /// All keys with their words, for templates; of those that depend on a number, both forms.
    pub fn entries(&self) -> impl Iterator<Item = (String, &str)> {
        self.entries.iter().flat_map(|(key, entry)| match entry {
            Entry::Text(text) => vec![(key.clone(), text.as_str())],
            Entry::Counted { one, other } => {
                vec![(format!("{key}.one"), one.as_str()), (format!("{key}.other"), other.as_str())]
            }
        })
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
