//! The words of a language, laid together from the lists that there are.
//!
//! 1. The built-in English, which is complete, and the theme's `i18n/en.yaml` over it.
//! 2. For each part of the language's tag, of `de-AT` first `de`: the built-in list, and the theme's
//!    `i18n/<tag>.yaml` over it.
//! 3. What none of the lists of step 2 says stays English, and one warning tells which words those are.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::plural::PluralRule;
use super::{Words, read};
use crate::diag::{Checked, Code, Diagnostic};
use crate::source::{Content, Place, SourceFile};

/// The lists of words that a theme holds, by the tags of their languages.
pub type Lists = BTreeMap<String, Arc<SourceFile>>;

/// How many words that are missing are named.
const NAMED: usize = 5;

/// Lists of words by the tags of their languages.
macro_rules! lists {
    ($($tag:literal)*) => {
        &[$(($tag, include_str!(concat!("../../themes/default/i18n/", $tag, ".yaml"))),)*]
    };
}

const BUILT_IN: &[(&str, &str)] = lists! { "ar" "de" "en" "es" "fr" "ja" "sv" };

/// The tags of all languages that a site can be in: those built in, and those of the theme.
pub fn languages(lists: &Lists) -> BTreeSet<String> {
    BUILT_IN.iter().map(|(tag, _)| (*tag).to_owned()).chain(lists.keys().cloned()).collect()
}

/// Whether there are words for the language of this tag, or for the one that it is a kind of.
pub fn has_words(tag: &str, lists: &Lists) -> bool {
    let known = languages(lists);
    kinds(tag).any(|it| known.contains(it))
}

impl Words {
    /// The built-in English.
    pub fn english() -> Words {
        let (_, text) = BUILT_IN.iter().find(|(tag, _)| *tag == "en").expect("English is built in");
        Words { language: "en".to_owned(), plural: PluralRule::English, entries: read::complete(text) }
    }

    /// The words of the language `tag`, by the built-in lists and those of a theme.
    pub fn of_language(tag: &str, lists: &Lists) -> Checked<Words> {
        let mut diagnostics = Vec::new();
        let mut words = Words::english();
        if let Some(file) = lists.get("en") {
            words.lay_over(file, &Words::english(), &mut diagnostics);
        }
        let english = words.clone();
        if !has_words(tag, lists) {
            return Checked { value: words, diagnostics };
        }
        let meant = english.with_all_placeholders();
        let mut said = BTreeSet::new();
        for tag in kinds(tag).filter(|it| *it != "en") {
            let layers = [built_in_list(tag), lists.get(tag).cloned()];
            for file in layers.iter().flatten() {
                said.extend(words.lay_over(file, &meant, &mut diagnostics));
            }
        }
        let is_readable = !diagnostics.iter().any(Diagnostic::is_error);
        if is_readable && kinds(tag).next() != Some("en") {
            diagnostics.extend(missing(tag, &english, &said, lists));
        }
        words.language = tag.to_owned();
        Checked { value: words, diagnostics }
    }

    /// These words with the built-in English where that has the same key: a theme's own English may
    /// leave out a name to fill in that another language wants to say.
    fn with_all_placeholders(&self) -> Words {
        let mut words = self.clone();
        words.entries.extend(Words::english().entries);
        words
    }
}

/// A tag and what it is a kind of, the widest first: `de`, `de-AT`.
fn kinds(tag: &str) -> impl Iterator<Item = &str> {
    let ends = tag.match_indices('-').map(|(at, _)| at).chain([tag.len()]);
    ends.map(move |end| &tag[..end])
}

fn built_in_list(tag: &str) -> Option<Arc<SourceFile>> {
    let (_, text) = BUILT_IN.iter().find(|(it, _)| *it == tag)?;
    let content = Content::of(text.as_bytes().to_vec());
    Some(Arc::new(SourceFile { path: format!("themes/default/i18n/{tag}.yaml"), content }))
}

/// That words are missing in a language, told at the list that could hold them.
fn missing(tag: &str, english: &Words, said: &BTreeSet<String>, lists: &Lists) -> Option<Diagnostic> {
    let missing: Vec<&str> =
        english.entries.keys().filter(|it| !said.contains(*it)).map(String::as_str).collect();
    let (named, rest) = missing.split_at(missing.len().min(NAMED));
    let mut keys = named.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ");
    if !rest.is_empty() {
        keys += &format!(" and {} more", rest.len());
    }
    let words =
        if missing.len() == 1 { "1 word is".to_owned() } else { format!("{} words are", missing.len()) };
    let message = format!("{words} missing in `{tag}`: {keys}");
    let file = kinds(tag).filter_map(|it| lists.get(it)).last().or_else(|| lists.get("en"));
    let diagnostic = match file {
        Some(file) => Diagnostic::new(Code::MissingWords, Place::file(file), message),
        None => Diagnostic::without_place(Code::MissingWords, message),
    };
    (!missing.is_empty()).then(|| diagnostic.help("until they are there, the page says them in English"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::sample::lists;

    #[track_caller]
    fn check(tag: &str, given: &[(&str, &str)], key: &str, expected: &str) {
        assert_eq!(Words::of_language(tag, &lists(given)).value.text(key), expected);
    }

    #[track_caller]
    fn check_missing(tag: &str, given: &[(&str, &str)], expected: Option<(&str, &str)>) {
        let said = Words::of_language(tag, &lists(given)).diagnostics;
        let told: Vec<(&str, &str)> = said
            .iter()
            .map(|it| (it.message.as_str(), it.place.as_ref().map_or("", |it| it.file.path.as_str())))
            .collect();
        assert_eq!(told, expected.into_iter().collect::<Vec<_>>());
    }

    /// A language that is whole, made of English.
    fn whole() -> String {
        String::from_utf8(built_in_list("en").unwrap().bytes().to_vec()).unwrap()
    }

    #[test]
    fn each_list_is_laid_over_the_former() {
        let (operational, update) = ("state.operational", "status.update");
        let given = [("en", "state: {operational: Fine}"), ("pl", "state: {operational: Dobrze}")];
        check("en", &given, operational, "Fine");
        check("pl", &given, operational, "Dobrze");
        check("pl", &given, update, "Update");
        check("pl-PL", &given, operational, "Dobrze");
        check("en-GB", &given, operational, "Fine");
    }

    #[test]
    fn a_kind_of_a_language_says_only_what_differs() {
        let given = [("pl", "status: {update: A}"), ("pl-PL", "status: {update: B}")];
        check("pl", &given, "status.update", "A");
        check("pl-PL", &given, "status.update", "B");
        assert_eq!(Words::of_language("pl-PL", &lists(&given)).value.language(), "pl-PL");
    }

    #[test]
    fn a_language_may_fill_in_what_the_themes_english_leaves_out() {
        let given = [("en", "promise: {by: Soon}"), ("en-GB", "promise: {by: 'By {time}'}")];
        check_missing("en-GB", &given, None);
        check("en-GB", &given, "promise.by", "By {time}");
    }

    #[test]
    fn what_is_missing_is_told_once_at_the_list_that_could_say_it() {
        let all_but_two = whole().replace("  skip: Skip to content\n  home: Status\n", "");
        check_missing("pl", &[("pl", &whole())], None);
        check_missing(
            "pl",
            &[("pl", &all_but_two)],
            Some(("2 words are missing in `pl`: `page.home`, `page.skip`", "i18n/pl.yaml")),
        );
        check_missing(
            "pl",
            &[("pl", &whole()), ("en", "own: {hello: Hi}")],
            Some(("1 word is missing in `pl`: `own.hello`", "i18n/pl.yaml")),
        );
        check_missing("en-GB", &[("en-GB", "status: {update: News}")], None);
        let found = Words::of_language("pl", &lists(&[("pl", "status: {update: A}")])).diagnostics;
        assert!(found[0].message.ends_with(" more"), "{}", found[0].message);
    }

    #[test]
    fn a_language_without_any_list_is_unknown() {
        assert!(has_words("en-GB", &Lists::new()));
        assert!(!has_words("tlh", &Lists::new()));
        assert!(has_words("tlh", &lists(&[("tlh", "")])));
        assert_eq!(Words::of_language("tlh", &Lists::new()).value, Words::english());
    }

    /// The keys of a language with what each can fill in.
    fn keys(words: &Words) -> Vec<(&str, BTreeSet<&str>)> {
        words.entries.iter().map(|(key, entry)| (key.as_str(), read::placeholders(entry))).collect()
    }

    #[test]
    fn every_built_in_language_says_all_words_and_fills_in_all_names() {
        let english = Words::english();
        for (tag, _) in BUILT_IN {
            let Checked { value: words, diagnostics } = Words::of_language(tag, &Lists::new());
            assert_eq!(diagnostics.iter().map(|it| &it.message).collect::<Vec<_>>(), [""; 0], "{tag}");
            assert_eq!(keys(&words), keys(&english), "{tag}");
        }
    }

    #[test]
    fn the_built_in_lists_are_those_of_the_theme() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/i18n");
        let files = std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().file_name());
        let found: BTreeSet<String> =
            files.map(|it| it.to_str().unwrap().trim_end_matches(".yaml").to_owned()).collect();
        assert_eq!(languages(&Lists::new()), found);
    }
}
