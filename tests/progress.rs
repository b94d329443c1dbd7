//! What somebody sees who waits before a terminal: `script` makes one.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../benches/generate/mod.rs"]
mod generate;

use std::process::Command;

/// What a terminal of a kind is sent while so many incidents are built; the last lines are the answer.
fn shown(kind: &str, incidents: usize) -> String {
    let dir = tempfile::tempdir().unwrap();
    generate::write(&dir.path().join("project"), incidents).unwrap();
    let build = format!("{} build --root project --at {}", env!("CARGO_BIN_EXE_allclear"), generate::NOW);
    let mut script = Command::new("script");
    script.args(["--quiet", "--return", "--command", &build, "/dev/null"]);
    let output = script.env("TERM", kind).current_dir(dir.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_long_build_says_what_it_does_and_takes_it_back() {
    let shown = shown("xterm", 400);
    let (progress, answer) = shown.rsplit_once("\x1b[2K").expect("a line was taken back");
    assert!(progress.contains("making the pages"), "{progress}");
    assert!(answer.starts_with("wrote "), "{answer}");
}

#[test]
fn what_cannot_take_a_line_back_is_told_the_answer_alone() {
    assert!(shown("dumb", 20).starts_with("wrote "));
}
