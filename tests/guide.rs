//! The examples of the guide are what it says they are: valid, without a warning.
//!
//! Each fenced block carries the path it stands for behind the name of its language. All of them together are one
//! project, of which the first site.yaml is the page; each further site.yaml is a project alone.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::process::Command;

const GUIDE: &str = include_str!("../docs/writing.md");
const SITE: &str = "site/site.yaml";

/// A fenced block of the guide.
struct Example {
    line: usize,
    language: String,
    path: String,
    text: String,
}

#[test]
fn every_block_of_a_format_says_what_file_it_is() {
    for example in examples() {
        let known = ["yaml", "markdown", "csv", "svg"].contains(&example.language.as_str());
        assert!(
            known && example.path.contains('/'),
            "docs/writing.md:{}: a block without a path",
            example.line
        );
    }
}

#[test]
fn the_examples_together_are_a_project_that_check_accepts() {
    let (sites, others): (Vec<_>, Vec<_>) = examples().into_iter().partition(|it| it.path == SITE);
    check(sites.iter().take(1).chain(&others));
}

#[test]
fn each_further_site_is_a_project_alone() {
    for site in examples().iter().filter(|it| it.path == SITE).skip(1) {
        check([site].into_iter());
    }
}

/// Writes the examples into a folder and lets the program read them.
#[track_caller]
fn check<'a>(examples: impl Iterator<Item = &'a Example>) {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir(root.path().join("incidents")).unwrap();
    for example in examples {
        let file = root.path().join(&example.path);
        assert!(!file.exists(), "docs/writing.md:{}: {} stands there twice", example.line, example.path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, &example.text).unwrap();
    }
    let (accepted, said) = run(root.path());
    assert!(accepted, "{said}");
}

fn run(root: &Path) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_allclear"))
        .args(["check", "--deny-warnings", "--at", "2026-06-01T00:00:00Z", "--root"])
        .arg(root)
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(said).unwrap())
}

/// The fenced blocks; a fence ends at one of the same length, so a block may hold shorter ones.
fn examples() -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut fence: Option<&str> = None;
    for (index, line) in GUIDE.lines().enumerate() {
        let ticks = &line[..line.len() - line.trim_start_matches('`').len()];
        match fence {
            Some(open) if line == open => fence = None,
            Some(_) => examples.last_mut().unwrap().text.extend([line, "\n"]),
            None if 3 <= ticks.len() => {
                let (language, path) = line[ticks.len()..].split_once(' ').unwrap_or_default();
                let text = String::new();
                let (language, path) = (language.to_owned(), path.to_owned());
                examples.push(Example { line: index + 1, language, path, text });
                fence = Some(ticks);
            }
            None => {}
        }
    }
    examples
}
