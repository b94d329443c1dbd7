//! Reading a list of words, and laying one over another.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_yaml::Value;

use super::plural::{Form, PluralRule};
use super::refusal::Refusal;
use super::{Entry, OWN, Words, placeholder};
use crate::diag::{Code, Diagnostic};
use crate::source::{Place, SourceFile};
use crate::yaml;

/// The entries of a list that is complete in itself. What has the forms `one` and `other` depends on a
/// number.
pub(super) fn complete(text: &str) -> BTreeMap<String, Entry> {
    let value = serde_yaml::from_str(text).expect("a test reads the built-in words");
    let mut reader = Reader { is_counted: &|_| false, found: Vec::new() };
    reader.take(&value, "");
    reader.found.into_iter().filter_map(|(key, entry)| Some((key, entry?))).collect()
}

impl Words {
    /// Lays the list of `file` over these words, and gives the keys that it said. What it does not say,
    /// or says in a way that cannot be used, stays as it is. `meant` are the words whose keys and names
    /// to fill in it may use.
    pub(super) fn lay_over(
        &mut self,
        file: &Arc<SourceFile>,
        meant: &Words,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> BTreeSet<String> {
        let value: Value = match serde_yaml::from_slice(file.bytes()) {
            Ok(value) => value,
            Err(_) => {
                diagnostics.extend(unreadable(file));
                return BTreeSet::new();
            }
        };
        let is_counted = |key: &str| matches!(meant.entries.get(key), Some(Entry::Counted(_)));
        let mut reader = Reader { is_counted: &is_counted, found: Vec::new() };
        reader.take(&value, "");
        self.set_plural(&value);
        let mut said = BTreeSet::new();
        for (key, entry) in reader.found {
            match self.accepted(&key, entry, meant) {
                Err(reason) => diagnostics.push(reason.at(place(file, &key))),
                Ok(entry) => {
                    said.insert(key.clone());
                    self.entries.insert(key, entry);
                }
            }
        }
        said
    }

    /// Counts from here on by the rule that a list names.
    fn set_plural(&mut self, list: &Value) {
        let named = list.get("plural").and_then(Value::as_str).and_then(PluralRule::named);
        self.plural = named.unwrap_or(self.plural);
    }

    /// An entry that can stand for the one of its key, or why it cannot.
    fn accepted(&self, key: &str, entry: Option<Entry>, meant: &Words) -> Result<Entry, Refusal> {
        let entry = entry.ok_or_else(|| Refusal::NotText(key.to_owned()))?;
        if let Entry::Counted(forms) = &entry {
            self.check_forms(key, forms)?;
        }
        let Some(known) = meant.entries.get(key) else {
            let is_own = key.split('.').next() == Some(OWN);
            return if is_own { Ok(entry) } else { Err(Refusal::Unknown(key.to_owned())) };
        };
        if matches!(known, Entry::Counted(_)) != matches!(entry, Entry::Counted(_)) {
            return Err(Refusal::OtherForm(key.to_owned()));
        }
        check_choice(key, &entry)?;
        check_placeholders(&entry, known)?;
        Ok(entry)
    }

    fn check_forms(&self, key: &str, forms: &BTreeMap<Form, String>) -> Result<(), Refusal> {
        let known = self.plural.forms();
        if let Some(form) = forms.keys().find(|it| !known.contains(it)) {
            let known = known.iter().map(|it| it.name()).collect();
            return Err(Refusal::Form { form: form.name(), known });
        }
        match forms.contains_key(&Form::Other) {
            true => Ok(()),
            false => Err(Refusal::NoOther(key.to_owned())),
        }
    }
}

/// Refuses a word that chooses how things are written, and chooses nothing.
fn check_choice(key: &str, entry: &Entry) -> Result<(), Refusal> {
    let known: Vec<&str> = match key {
        "plural" => PluralRule::NAMES.iter().map(|(name, _)| *name).collect(),
        "direction" => vec!["ltr", "rtl"],
        "weekday.first" => super::labels::WEEKDAYS.iter().map(|(name, _)| *name).collect(),
        "number.thousands_from" => vec!["1000", "10000"],
        _ => return Ok(()),
    };
    match entry {
        Entry::Text(text) if !known.contains(&text.as_str()) => {
            Err(Refusal::Choice { written: text.clone(), known })
        }
        Entry::Text(_) | Entry::Counted(_) => Ok(()),
    }
}

fn check_placeholders(entry: &Entry, known: &Entry) -> Result<(), Refusal> {
    let known = placeholders(known);
    let extra = placeholders(entry).into_iter().find(|it| !known.contains(it));
    let known = known.into_iter().map(|it| format!("`{{{it}}}`")).collect();
    extra.map_or(Ok(()), |extra| Err(Refusal::Placeholder { extra: extra.to_owned(), known }))
}

/// Gathers the entries of a document.
struct Reader<'a> {
    /// Whether the words at a key depend on a number.
    is_counted: &'a dyn Fn(&str) -> bool,
    /// The entries by their keys, in the order of the document; none of what is no text.
    found: Vec<(String, Option<Entry>)>,
}

impl Reader<'_> {
    /// Takes all that stands at `key`, lists counted from 1. What has no value is as if left out.
    fn take(&mut self, value: &Value, key: &str) {
        match value {
            Value::Mapping(map) => match forms(map) {
                Some(forms) if (self.is_counted)(key) || is_whole(&forms) => {
                    self.found.push((key.to_owned(), Some(Entry::Counted(forms))));
                }
                _ => {
                    for (name, value) in map {
                        self.take(value, &below(key, &name_of(name)));
                    }
                }
            },
            Value::Sequence(list) => {
                for (index, value) in list.iter().enumerate() {
                    self.take(value, &below(key, &(index + 1).to_string()));
                }
            }
            Value::String(text) => {
                self.found.push((key.to_owned(), Some(Entry::Text(text.clone()))));
            }
            Value::Number(number) => {
                self.found.push((key.to_owned(), Some(Entry::Text(number.to_string()))));
            }
            Value::Null => {}
            Value::Bool(_) | Value::Tagged(_) => self.found.push((key.to_owned(), None)),
        }
    }
}

/// A map of nothing but forms of a word.
fn forms(map: &serde_yaml::Mapping) -> Option<BTreeMap<Form, String>> {
    let form =
        |(name, text): (&Value, &Value)| Some((Form::named(name.as_str()?)?, text.as_str()?.to_owned()));
    map.iter().map(form).collect::<Option<_>>().filter(|it: &BTreeMap<_, _>| !it.is_empty())
}

/// Whether forms can be told from keys that are named alike.
fn is_whole(forms: &BTreeMap<Form, String>) -> bool {
    forms.contains_key(&Form::One) && forms.contains_key(&Form::Other)
}

/// A key as it was written: YAML takes `true` or `1` for something else than text.
fn name_of(key: &Value) -> String {
    key.as_str()
        .map_or_else(|| serde_yaml::to_string(key).unwrap_or_default().trim().to_owned(), str::to_owned)
}

fn below(key: &str, name: &str) -> String {
    if key.is_empty() { name.to_owned() } else { format!("{key}.{name}") }
}

/// Why a list of words cannot be read.
fn unreadable(file: &Arc<SourceFile>) -> Vec<Diagnostic> {
    let plain = |message: &str| Diagnostic::new(Code::Theme, Place::file(file), message);
    let Ok(text) = std::str::from_utf8(file.bytes()) else {
        return vec![plain("this list of words is not UTF-8")];
    };
    match yaml::parse(text) {
        Ok(_) => vec![plain("this list of words cannot be read").help("write plain maps of keys and texts")],
        Err(faults) => faults
            .into_iter()
            .map(|it| Diagnostic::new(Code::Theme, Place::bytes(file, it.span), it.message).help(it.help))
            .collect(),
    }
}

/// Where `key` stands in `file`: looked up only for a diagnostic.
fn place(file: &Arc<SourceFile>, key: &str) -> Place {
    let text = std::str::from_utf8(file.bytes()).unwrap_or_default();
    let Ok(document) = yaml::parse(text) else { return Place::file(file) };
    let mut found = (&document.root, 0..0);
    for name in key.split('.') {
        let below = match &found.0.value {
            yaml::Value::List(elements) => {
                let index = name.parse::<usize>().ok().and_then(|it| it.checked_sub(1));
                index.and_then(|it| elements.get(it)).map(|it| (it, it.span.clone()))
            }
            yaml::Value::Map(entries) => {
                let entry = entries.iter().find(|it| text.get(it.key.span.clone()) == Some(name));
                entry.map(|it| (&it.value, it.key.span.clone()))
            }
            _ => None,
        };
        let Some(below) = below else { break };
        found = below;
    }
    let (node, key) = found;
    Place::bytes(file, if node.span.is_empty() { key } else { node.span.clone() })
}

pub(super) fn placeholders(entry: &Entry) -> BTreeSet<&str> {
    let texts: Vec<&String> = match entry {
        Entry::Text(text) => vec![text],
        Entry::Counted(forms) => forms.values().collect(),
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
    use crate::diag::Checked;
    use crate::words::sample::lists;

    fn overlaid(yaml: &str) -> Checked<Words> {
        Words::of_language("en", &lists(&[("en", yaml)]))
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
        check("ownership: x", &["nothing reads the words `ownership`"]);
        check("promise: {by: 'By {tme}'}", &["nothing is filled in for `{tme}`"]);
        check("uptime: {window: x}", &["`uptime.window` has another form in the built-in words"]);
        check("skip: [x]\n1: y", &["nothing reads the words `skip.1`", "nothing reads the words `1`"]);
        assert_eq!(overlaid("a: [").diagnostics.len(), 1);
        assert_eq!(overlaid("promise: {by: 'By {tme}'}").value, Words::english());
    }

    #[test]
    fn what_is_no_text_is_told() {
        check("state: {operational: yes}", &[]);
        check("state: {operational: true}", &["`state.operational` is no text"]);
        check("state: {operational: }", &[]);
    }

    #[test]
    fn forms_are_those_that_the_language_has() {
        check("uptime: {window: {other: x}}", &[]);
        check("uptime: {window: {one: x}}", &["`uptime.window` lacks the form `other`"]);
        check("uptime: {window: {few: x, other: y}}", &["the language has no form `few`"]);
        check("plural: czech\nuptime: {window: {few: x, other: y}}", &[]);
        check("headline: {incident: {other: '{title}'}}", &[]);
    }

    #[test]
    fn how_things_are_written_is_chosen_from_a_few_ways() {
        check("plural: englisch", &["`englisch` is no choice here"]);
        check("direction: left", &["`left` is no choice here"]);
        check("weekday: {first: Sunday}", &["`Sunday` is no choice here"]);
        check("weekday: {first: sunday}\nnumber: {thousands_from: 10000}", &[]);
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
