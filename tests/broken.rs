//! Broken sites, each with all that `allclear check` says of it.
//!
//! A folder below tests/broken is a case: a project with one kind of mistake, and `expected.txt`. A case
//! without a site.yaml is about something else and gets `tests/broken/site.yaml`; one without incidents gets an empty
//! folder for them, unless its name says that there is none. With
//! `UPDATE_EXPECTED=1` the expected texts are written anew, to be read by eye before they are committed.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The instant of all checks.
const AT: &str = "2026-01-01T00:00:00Z";

#[test]
fn each_broken_site_is_told_what_is_wrong() {
    let cases = cases();
    assert!(30 <= cases.len(), "only {} cases were found", cases.len());
    let wrong: Vec<String> = cases.iter().filter_map(|it| difference(it)).collect();
    assert!(wrong.is_empty(), "{} cases differ:\n\n{}", wrong.len(), wrong.join("\n\n"));
}

fn cases() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken");
    let entries = fs::read_dir(root).unwrap().map(|it| it.unwrap().path());
    let mut cases: Vec<PathBuf> = entries.filter(|it| it.is_dir()).collect();
    cases.sort();
    cases
}

/// How what is said of a case differs from what was expected.
fn difference(case: &Path) -> Option<String> {
    let project = tempfile::tempdir().unwrap();
    copy(case, project.path());
    if !["site/site.yaml", "site/site.yml", "site.yaml"].iter().any(|it| case.join(it).exists()) {
        fs::create_dir_all(project.path().join("site")).unwrap();
        fs::copy(case.with_file_name("site.yaml"), project.path().join("site/site.yaml")).unwrap();
    }
    let has_folder = ["incidents", "Incidents"].iter().any(|it| case.join(it).exists());
    if !has_folder && !case.ends_with("no-incidents") {
        fs::create_dir(project.path().join("incidents")).unwrap();
    }
    let said = check(project.path());
    let expected = case.join("expected.txt");
    if std::env::var_os("UPDATE_EXPECTED").is_some() {
        fs::write(&expected, &said).unwrap();
    }
    let expected = fs::read_to_string(expected).unwrap_or_default();
    let name = case.file_name().unwrap().to_string_lossy();
    (said != expected).then(|| format!("== {name}, expected:\n{expected}\n== {name}, said:\n{said}"))
}

/// What is said of a project, and how the command ends.
fn check(root: &Path) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_allclear"));
    command.args(["check", "--at", AT, "--root"]).arg(root);
    let output = command.output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "nothing goes wrong in itself");
    let code = output.status.code().expect("the command ends by itself");
    format!("{}exit {code}\n", String::from_utf8(output.stdout).expect("what is printed is UTF-8"))
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().map(|it| it.unwrap().path()) {
        let target = to.join(entry.file_name().unwrap());
        if entry.is_dir() {
            fs::create_dir(&target).unwrap();
            copy(&entry, &target);
        } else if entry.file_name().is_none_or(|it| it != "expected.txt") {
            fs::copy(&entry, &target).unwrap();
        }
    }
}
