//! A theme's words, and how templates get at them.

use std::collections::BTreeMap;
use std::sync::Arc;

use tera::Value;
use tera::value::Key;

use super::Files;
use crate::diag::{Checked, Code, Diagnostic};
use crate::model::Site;
use crate::source::Folder;
use crate::words::{self, Lists, Words};

/// That a site is in a language that nobody has words for: neither the program nor the project's part
/// of the theme.
pub fn unknown_language(overlay: Option<&Folder>, site: &Site) -> Option<Diagnostic> {
    let mut files = Files::new();
    if let Some(folder) = overlay {
        super::gather(folder, "", &mut files);
    }
    let lists = lists(&files);
    if words::has_words(&site.language, &lists) {
        return None;
    }
    let known: Vec<String> = words::languages(&lists).into_iter().collect();
    let message = format!("there are no words in the language `{}`", site.language);
    let place = site.language_place.clone();
    let own = format!("themes/{}/i18n/{}.yaml", site.theme, site.language);
    let help = format!("known languages: {}; or write one of your own, {own}", known.join(", "));
    Some(Diagnostic::new(Code::InvalidValue, place, message).help(help))
}

/// The words of a language, the built-in ones and the theme's together.
pub(super) fn read(files: &Files, language: &str) -> Checked<Words> {
    Words::of_language(language, &lists(files))
}

/// The lists of words among a theme's files.
fn lists(files: &Files) -> Lists {
    let tag = |path: &str| Some(path.strip_prefix("i18n/")?.strip_suffix(".yaml")?.to_owned());
    files.iter().filter_map(|(path, file)| Some((tag(path)?, Arc::clone(file)))).collect()
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
