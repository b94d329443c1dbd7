//! Holds `docs/diagnostics.md` against the codes: each has its section, in their order, with its level, an
//! example and what to do.

use allclear::diag::{Code, Level};

const MANUAL: &str = include_str!("../docs/diagnostics.md");

/// The sections, as name and text.
fn sections() -> Vec<(&'static str, &'static str)> {
    let parts = MANUAL.split("\n## ").skip(1);
    parts.map(|it| it.split_once('\n').expect("a section has text")).collect()
}

#[test]
fn each_code_has_its_section_in_order() {
    let told: Vec<&str> = sections().iter().map(|(name, _)| *name).collect();
    let codes: Vec<&str> = Code::ALL.iter().map(|it| it.name()).collect();
    assert_eq!(told, codes);
}

#[test]
fn each_section_tells_the_level_an_example_and_what_to_do() {
    for ((name, text), code) in sections().into_iter().zip(Code::ALL) {
        let level = match code.level() {
            Level::Error => "**Error.** ",
            Level::Warning => "**Warning.** ",
        };
        assert!(text.starts_with(level), "{name} begins with {level}");
        let parts: Vec<&str> = text.split("```").collect();
        let [meaning, example, mending] = parts[..] else { panic!("{name} has one example") };
        assert!(meaning.lines().next().is_some_and(|it| level.len() < it.len()), "{name} says what it means");
        assert!(example.lines().nth(1).is_some(), "{name} has an example");
        assert!(!mending.trim().is_empty(), "{name} says what to do");
    }
}
