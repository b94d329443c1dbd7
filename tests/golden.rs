//! Whole sites: each folder of `tests/sites` is a project whose output is known to the last byte.
//!
//! `command.txt` holds the present and the arguments. `expected/` holds every file that comes out: one that is missing, differs or
//! was not expected fails. `UPDATE_EXPECTED=1` writes what comes out; read the difference before it is committed.
//! The theme `plain`, in `_theme`, leaves out what all pages share, so that what is expected can be read.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use allclear::render::Theme;

/// What of the site `hidden` is not public as a whole, by the beginnings of the paths.
const NOT_PUBLIC: [&str; 6] = [
    "2026-03-07-embargo",
    "2026-03-08-draft",
    "2026-03-09-public/postmortem",
    "2026-03-09-public/updates/20260309T1100Z",
    "2026-03-09-public/updates/20260310T1203Z",
    "2026-03-11-planned",
];

/// Files by their paths.
type Files = BTreeMap<String, Vec<u8>>;

#[test]
fn each_site_comes_out_as_it_is_expected() {
    let wrong: Vec<String> = cases().iter().flat_map(|case| differences(case)).collect();
    assert!(wrong.is_empty(), "{}\nUPDATE_EXPECTED=1 writes what comes out", wrong.join("\n"));
}

#[test]
fn what_is_not_public_leaves_no_trace() {
    let traces = traces(&build(&site("hidden"), &[]));
    assert!(traces.is_empty(), "told in {}", traces.join(", "));
}

#[test]
fn what_is_not_public_changes_nothing_but_when_to_look_again() {
    let without = tempfile::tempdir().unwrap();
    let mut written = files(&site("hidden"));
    let is_public = |path: &str| !NOT_PUBLIC.iter().any(|it| path.starts_with(&format!("incidents/{it}")));
    written.retain(|path, _| !path.starts_with("expected/") && is_public(path));
    write(without.path(), &written);
    let [with, without] = [site("hidden"), without.path().to_owned()].map(|it| unscheduled(build(&it, &[])));
    assert!(with == without, "{:?}", with.iter().find(|(path, bytes)| without.get(*path) != Some(*bytes)));
}

/// The files without the line that says when the page will change.
fn unscheduled(mut files: Files) -> Files {
    let status = String::from_utf8(files.remove("status.json").unwrap()).unwrap();
    let lines: Vec<&str> = status.lines().filter(|it| !it.contains("\"next_change\"")).collect();
    files.insert("status.json".to_owned(), lines.join("\n").into_bytes());
    files
}

#[test]
fn what_is_not_public_is_there_to_be_found() {
    let traces = traces(&build(&site("hidden"), &["--drafts"]));
    assert!(traces.contains(&"incidents/2026-03-08-draft-xyzzy.html".to_owned()), "{traces:?}");
}

#[test]
fn what_is_not_yet_public_is_as_if_it_were_not_written() {
    let secret = |path: &str| path.contains("xyzzy") && !path.contains("-public/updates/20260309T1000Z-");
    let case = site("hidden");
    let (all, public) = (build(&case, &[]), build_without(&case, &[], secret));
    assert!(all == public, "something secret moves a byte of the page");
}

/// The files that hold the word which stands in all that is hidden.
fn traces(files: &Files) -> Vec<String> {
    let told = |(path, bytes): &(&String, &Vec<u8>)| {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        path.contains("xyzzy") || text.contains("xyzzy")
    };
    files.iter().filter(told).map(|(path, _)| path.clone()).collect()
}

/// What of a case is not as it is expected, a line each.
fn differences(case: &Path) -> Vec<String> {
    let expected_in = case.join("expected");
    let built = build(case, &[]);
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        update(&expected_in, &built);
    }
    let expected = files(&expected_in);
    let paths = expected.keys().chain(built.keys().filter(|it| !expected.contains_key(*it)));
    let wrong = paths.filter_map(|path| {
        let what = match (expected.get(path), built.get(path)) {
            (Some(expected), Some(built)) if expected == built => return None,
            (Some(expected), Some(built)) => first_difference(expected, built),
            (Some(_), None) => "is missing".to_owned(),
            (None, _) => "was not expected".to_owned(),
        };
        Some(format!("{}: {path} {what}", case.file_name()?.display()))
    });
    wrong.collect()
}

fn first_difference(expected: &[u8], built: &[u8]) -> String {
    let (expected, built) = (String::from_utf8_lossy(expected), String::from_utf8_lossy(built));
    let same = expected.lines().zip(built.lines()).take_while(|(one, other)| one == other).count();
    let line = |text: &str| text.lines().nth(same).unwrap_or("(the end)").to_owned();
    format!("differs in line {}\n  expected: {}\n  built:    {}", same + 1, line(&expected), line(&built))
}

fn update(folder: &Path, built: &Files) {
    if folder.exists() {
        fs::remove_dir_all(folder).unwrap();
    }
    write(folder, built);
}

/// What the program makes of a case, with these arguments besides its own.
#[track_caller]
fn build(case: &Path, further: &[&str]) -> Files {
    build_without(case, further, |_| false)
}

/// The same of a case without some of its files.
#[track_caller]
fn build_without(case: &Path, further: &[&str], left_out: fn(&str) -> bool) -> Files {
    let project = tempfile::tempdir().unwrap();
    for part in ["site", "incidents", "themes"] {
        let mut files = files(&case.join(part));
        files.retain(|path, _| !left_out(path));
        write(&project.path().join(part), &files);
    }
    write(&project.path().join("themes/plain"), &files(&site("_theme")));
    let out = project.path().join("public");
    let command = fs::read_to_string(case.join("command.txt")).unwrap();
    let mut words = command.split_whitespace();
    let now: jiff::Timestamp = words.next().unwrap().parse().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_allclear"))
        .args(words)
        .args(further)
        .args([Path::new("--root"), project.path(), Path::new("--out"), &out])
        .env("SOURCE_DATE_EPOCH", now.as_second().to_string())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {said}", case.display());
    let mut built = files(&out);
    built.retain(|path, _| !path.starts_with(".allclear"));
    built
        .into_iter()
        .filter_map(|(path, bytes)| Some((path.clone(), beyond_the_default_theme(&path, bytes)?)))
        .collect()
}

/// What of a file is not the default theme's, whose files are long and their own golden files: all of most, nothing of
/// a copy, and of a style sheet what the site adds to it.
fn beyond_the_default_theme(path: &str, bytes: Vec<u8>) -> Option<Vec<u8>> {
    if path == "embed.js" {
        return Some(beyond_the_function(&bytes).to_vec());
    }
    let Some(theirs) = path.strip_prefix("theme/").and_then(|it| default_theme().assets.get(it)) else {
        return Some(bytes);
    };
    let own = bytes.strip_prefix(theirs.bytes()).unwrap_or(&bytes);
    (!own.is_empty()).then(|| own.to_vec())
}

/// What of `embed.js` is the site's: what the theme's function is called with.
fn beyond_the_function(script: &[u8]) -> &[u8] {
    let function = default_theme().assets["embed.js"].bytes().trim_ascii_end();
    script.strip_prefix(b"(").and_then(|it| it.strip_prefix(function)).unwrap_or(script)
}

fn default_theme() -> &'static Theme {
    static THEME: OnceLock<Theme> = OnceLock::new();
    THEME.get_or_init(|| Theme::builtin("en"))
}

fn cases() -> Vec<PathBuf> {
    let mut cases: Vec<PathBuf> = fs::read_dir(site(""))
        .unwrap()
        .map(|it| it.unwrap().path())
        .filter(|it| it.join("command.txt").exists())
        .collect();
    cases.sort();
    cases
}

fn site(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites").join(name)
}

/// All files below a folder, by their paths with `/`; none where it does not exist.
fn files(folder: &Path) -> Files {
    let found = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let found = found.filter(|it| it.file_type().is_file());
    let named = found.map(|it| {
        let path = it.path().strip_prefix(folder).unwrap().components();
        let path: Vec<_> = path.map(|it| it.as_os_str().to_str().unwrap().to_owned()).collect();
        (path.join("/"), fs::read(it.path()).unwrap())
    });
    named.collect()
}

fn write(folder: &Path, files: &Files) {
    for (path, bytes) in files {
        let file = folder.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }
}
