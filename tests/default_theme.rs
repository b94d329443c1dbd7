//! Nothing of the default theme is there for nobody. A word that no page says would be translated all the same, and a
//! rule that meets nothing would travel to every reader.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::path::Path;

use allclear::words::Words;

const CSS: &str = include_str!("../themes/default/assets/style.css");

/// Classes that neither a template nor a site of these tests has: a graph too wide for the page, a component that is
/// gone, a third region with reports and those after it.
const RARE: [&str; 6] = ["long", "retired", "series-3", "series-4", "series-5", "series-6"];

#[test]
fn every_word_is_said() {
    let (code, templates) = (texts("src", "rs"), texts("themes", "html"));
    let quoted: BTreeSet<&str> = code.split('"').collect();
    let printed: BTreeSet<&str> = templates.split("words.").skip(1).map(path).collect();
    let is_said = |key: &str| {
        let list = key.rsplit_once('.').map_or("", |(list, _)| list);
        let is_named = printed.contains(key) || quoted.contains(key);
        is_named || quoted.contains(&*format!("{list}.{{}}")) || code.contains(&format!("below(\"{list}\")"))
    };
    let counted = |key: &str| key.strip_suffix(".one").or(key.strip_suffix(".other")).map(str::to_owned);
    let english = Words::english();
    let keys: BTreeSet<String> = english.entries().map(|(key, _)| counted(&key).unwrap_or(key)).collect();
    let unsaid: Vec<&String> =
        keys.iter().filter(|it| !is_said(it) && !is_said(&format!("{it}.other"))).collect();
    assert!(200 < keys.len() && unsaid.is_empty(), "words that nothing says: {unsaid:?}");
}

#[test]
fn every_class_of_the_style_sheet_is_given_to_something() {
    let pages = [texts("themes", "html"), texts("themes", "js"), texts("tests/sites", "html")].concat();
    let given: BTreeSet<&str> = ["class=\"", "className = '", "className: '"]
        .into_iter()
        .flat_map(|attribute| pages.split(attribute).skip(1))
        .flat_map(|it| it.split(['"', '\'']).next().unwrap().split_whitespace())
        .chain(RARE)
        .collect();
    let selectors = CSS.split('}').filter_map(|it| it.rsplit_once('{')).map(|(selectors, _)| selectors);
    let classes = selectors
        .flat_map(|it| it.split('.').skip(1))
        .map(name)
        .filter(|it| it.starts_with(char::is_alphabetic));
    let idle: BTreeSet<&str> = classes.filter(|it| !given.contains(it)).collect();
    assert_eq!(idle, BTreeSet::new(), "classes that nothing has");
}

#[test]
fn every_custom_property_is_drawn_with() {
    let stated: BTreeSet<&str> =
        CSS.split("--").skip(1).filter(|it| it[name(it).len()..].starts_with(':')).map(name).collect();
    let idle: Vec<&&str> = stated.iter().filter(|it| !CSS.contains(&format!("var(--{it}"))).collect();
    assert!(20 < stated.len() && idle.is_empty(), "{idle:?}");
}

/// All files of a folder with this ending, one behind the other, without the tests in them.
fn texts(folder: &str, ending: &str) -> String {
    let files = walkdir::WalkDir::new(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder))
        .into_iter()
        .map(Result::unwrap);
    let files = files.filter(|it| it.path().extension().is_some_and(|it| it == ending));
    let without_tests = |text: String| text.split("#[cfg(test)]\nmod tests {").next().unwrap().to_owned();
    files.map(|it| without_tests(std::fs::read_to_string(it.path()).unwrap())).collect()
}

/// The names with dots between them that a text begins with.
fn path(text: &str) -> &str {
    let end = text.find(|it: char| !it.is_alphanumeric() && it != '_' && it != '.');
    &text[..end.unwrap_or(text.len())]
}

/// The name that a text begins with.
fn name(text: &str) -> &str {
    let end = text.find(|it: char| !it.is_alphanumeric() && it != '_' && it != '-');
    &text[..end.unwrap_or(text.len())]
}
