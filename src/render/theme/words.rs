//! A theme's words, and how templates get at them.

use std::collections::BTreeMap;

use tera::Value;
use tera::value::Key;

use super::Files;
use crate::diag::Checked;
use crate::words::Words;

/// The built-in words with the theme's laid over them.
pub(super) fn read(files: &Files) -> Checked<Words> {
    match files.get("i18n/en.yaml") {
        Some(file) => Words::english().overlaid(file),
        None => Checked::clean(Words::english()),
    }
}

/// The words as a map of maps, so that a template writes `words.page.nav.history`.
pub(super) fn for_templates(words: &Words) -> Value {
    let entries: Vec<(String, &str)> = words.entries().collect();
    let split = entries.iter().map(|(key, text)| (key.split('.').collect(), *text)).collect();
    nested(split)
}

fn nested(entries: Vec<(Vec<&str>, &str)>) -> Value {
    let mut below: BTreeMap<&str, Vec<(Vec<&str>, &str)>> = BTreeMap::new();
    for (mut key, text) in entries {
        if key.is_empty() {
            return Value::from(text);
        }
        let first = key.remove(0);
        below.entry(first).or_default().push((key, text));
    }
    let map: tera::Map =
        below.into_iter().map(|(key, rest)| (Key::from(key.to_owned()), nested(rest))).collect();
    Value::from(map)
}
