//! The projects of the benchmarks: what is measured is worth measuring.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../benches/generate/mod.rs"]
mod generate;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[test]
fn a_generated_project_is_accepted_without_a_word() {
    let root = tempfile::tempdir().unwrap();
    generate::write(root.path(), 100).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_allclear"));
    command.args(["check", "--deny-warnings", "--at", generate::NOW, "--root"]).arg(root.path());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_same_number_gives_the_same_project() {
    let roots = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let told = roots.each_ref().map(|it| generate::write(it.path(), 60).unwrap().to_string());
    assert!(told[0].starts_with("60 incidents, 300 updates, 6 postmortems: "), "{}", told[0]);
    assert_eq!(told[0], told[1]);
    assert!(files(roots[0].path()) == files(roots[1].path()), "two projects of one size differ");
}

fn files(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = walkdir::WalkDir::new(root).into_iter().map(|it| it.unwrap());
    let files = entries.filter(|it| it.file_type().is_file());
    files.map(|it| (it.path().strip_prefix(root).unwrap().to_owned(), fs::read(it.path()).unwrap())).collect()
}
