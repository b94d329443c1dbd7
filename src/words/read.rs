//! Reading a list of words, and laying one over another.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_yaml::Value;

use super::{Entry, Words, placeholder};
use crate::diag::{Checked, Code, Diagnostic};
use crate::source::{Aim, Place, SourceFile, Spot, Step};

/// The words that are built in.
const ENGLISH: &str = include_str!("../../themes/default/i18n/en.yaml");

/// Below this key a theme keeps words for templates of its own.
const OWN: &str = "own";

impl Words {
    /// The words that are built in.
    pub fn english() -> Words {
        let value = serde_yaml::from_str(ENGLISH).expect("a test reads the built-in words");
        let mut entries = BTreeMap::new();
        flatten(&value, "", &mut |key, entry| {
            entries.insert(key.to_owned(), entry);
        });
        Words { entries }
    }

    /// These words with those of `file` laid over them. What `file` does not say, or says in a way
    /// that cannot be used, stays as it is.
    pub fn overlaid(&self, file: &Arc<SourceFile>) -> Checked<Words> {
        let mut words = Checked::clean(self.clone());
        let value = match serde_yaml::from_slice(file.bytes()) {
            Ok(value) => value,
            Err(err) => {
                let message = format!("these words cannot be read: {err}");
                words.diagnostics.push(Diagnostic::new(Code::Theme, Place::file(file), message));
                return words;
            }
        };
        flatten(&value, "", &mut |key, entry| match self.refused(key, &entry) {
            None => {
                words.value.entries.insert(key.to_owned(), entry);
            }
            Some(reason) => words.diagnostics.push(reason.at(place(file, key))),
        });
        words
    }

    /// Why an entry cannot stand for the one of its key.
    fn refused(&self, key: &str, entry: &Entry) -> Option<Refusal> {
        if key.starts_with(OWN) {
            return None;
        }
        let Some(known) = self.entries.get(key) else {
            return Some(Refusal::Unknown(key.to_owned()));
        };
        if matches!(known, Entry::Counted { .. }) != matches!(entry, Entry::Counted { .. }) {
            return Some(Refusal::OtherForm(key.to_owned()));
        }
        let known = placeholders(known);
        let extra = placeholders(entry).into_iter().find(|it| !known.contains(it))?;
        let known = known.into_iter().map(|it| format!("`{{{it}}}`")).collect();
        Some(Refusal::Placeholder { extra: extra.to_owned(), known })
    }
}

/// Why an entry cannot be used.
#[derive(Debug)]
enum Refusal {
    Unknown(String),
    OtherForm(String),
    Placeholder { extra: String, known: Vec<String> },
}

impl Refusal {
    fn at(self, place: Place) -> Diagnostic {
        let say = |message: String| Diagnostic::new(Code::Theme, place.clone(), message);
        match self {
            Refusal::Unknown(key) => say(format!("nothing reads the words `{key}`"))
                .help(format!("words for templates of your own stand below `{OWN}`")),
            Refusal::OtherForm(key) => say(format!("`{key}` has another form in the built-in words"))
                .help("write `one` and `other` for what depends on a number, and a text else"),
            Refusal::Placeholder { extra, known } => {
                let diag = say(format!("nothing is filled in for `{{{extra}}}`"));
                match known.is_empty() {
                    true => diag.help("these words have nothing that is filled in"),
                    false => diag.help(format!("what is filled in here: {}", known.join(", "))),
                }
            }
        }
    }
}

/// Gives all entries of a document to `take`, lists counted from 1.
fn flatten(value: &Value, key: &str, take: &mut impl FnMut(&str, Entry)) {
    match value {
        Value::Mapping(map) => match (map.len(), map.get("one"), map.get("other")) {
            (2, Some(Value::String(one)), Some(Value::String(other))) => {
                take(key, Entry::Counted { one: one.clone(), other: other.clone() });
            }
            _ => {
                for (name, value) in map {
                    flatten(value, &below(key, name.as_str().unwrap_or_default()), take);
                }
            }
        },
        Value::Sequence(list) => {
            for (index, value) in list.iter().enumerate() {
                flatten(value, &below(key, &(index + 1).to_string()), take);
            }
        }
        Value::String(text) => take(key, Entry::Text(text.clone())),
        Value::Number(number) => take(key, Entry::Text(number.to_string())),
        Value::Null | Value::Bool(_) | Value::Tagged(_) => {}
    }
}

fn below(key: &str, name: &str) -> String {
    if key.is_empty() { name.to_owned() } else { format!("{key}.{name}") }
}

/// Where `key` stands in `file`.
fn place(file: &Arc<SourceFile>, key: &str) -> Place {
    let step = |name: &str| match name.parse::<usize>() {
        Ok(number) => Step::Index(number.saturating_sub(1)),
        Err(_) => Step::Key(name.to_owned()),
    };
    let path = key.split('.').map(step).collect();
    let spot = Spot::Yaml { document: 0..file.bytes().len(), path, aim: Aim::Value };
    Place { file: Arc::clone(file), spot }
}

fn placeholders(entry: &Entry) -> BTreeSet<&str> {
    let texts = match entry {
        Entry::Text(text) => vec![text],
        Entry::Counted { one, other } => vec![one, other],
    };
    let mut names = BTreeSet::new();
    for text in texts {
        let mut rest = text.as_str();
        while let Some((_, name, after)) = placeholder(rest) {
            names.insert(name);
            rest = after;
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Content;

    fn overlaid(yaml: &str) -> Checked<Words> {
        let content = Content::Bytes(yaml.as_bytes().to_vec());
        let path = "themes/plain/i18n/en.yaml".to_owned();
        Words::english().overlaid(&Arc::new(SourceFile { path, content }))
    }

    #[track_caller]
    fn check(yaml: &str, messages: &[&str]) {
        let found = overlaid(yaml).diagnostics;
        assert_eq!(found.iter().map(|it| it.message.as_str()).collect::<Vec<_>>(), messages);
    }

    #[test]
    fn what_a_theme_does_not_say_is_said_in_the_built_in_words() {
        let words = overlaid("state: {operational: All good}\nown: {hello: Hi}").value;
        assert_eq!(words.text("state.operational"), "All good");
        assert_eq!(words.text("state.major_outage"), "Major outage");
        assert_eq!(words.text("own.hello"), "Hi");
        assert_eq!(overlaid("").value, Words::english());
    }

    #[test]
    fn what_cannot_be_used_is_told_and_passed_over() {
        check("stat: {operational: x}", &["nothing reads the words `stat.operational`"]);
        check("promise: {by: 'By {tme}'}", &["nothing is filled in for `{tme}`"]);
        check("uptime: {window: x}", &["`uptime.window` has another form in the built-in words"]);
        assert_eq!(overlaid("a: [").diagnostics.len(), 1);
        assert_eq!(overlaid("promise: {by: 'By {tme}'}").value, Words::english());
    }

    #[test]
    fn a_list_is_counted_from_one() {
        assert_eq!(overlaid("month: {long: [Januar]}").value.text("month.long.1"), "Januar");
    }

    /// The literals of `code` that stand where a key is asked for.
    fn keys(code: &str) -> impl Iterator<Item = &str> {
        let code = code.split("#[cfg(test)]").next().unwrap();
        ["words.text(", "words.fill(", "words.count(", "self.text(", "self.fill(", "self.count("]
            .into_iter()
            .flat_map(|call| code.split(call).skip(1))
            .filter_map(|it| it.trim_start().strip_prefix('"')?.split('"').next())
    }

    #[test]
    fn every_key_that_code_asks_for_has_words() {
        let src = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let words = Words::english();
        let mut asked = 0;
        for entry in walkdir::WalkDir::new(src).into_iter().flatten().filter(|it| it.file_type().is_file()) {
            let code = std::fs::read_to_string(entry.path()).unwrap();
            for key in keys(&code) {
                assert!(words.entries.contains_key(key), "{} asks for {key}", entry.path().display());
                asked += 1;
            }
        }
        assert!(20 < asked, "the keys are found by how they are written");
    }
}
