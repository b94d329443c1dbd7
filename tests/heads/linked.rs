//! Texts may link to every file of the output that hosts serve.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{QUIET, sample};

/// What hosts read themselves or leave out.
const NOT_SERVED: [&str; 5] = ["_headers", "_redirects", ".nojekyll", ".allclear", ".allclear.lock"];

/// A copy of the sample.
fn copy() -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR"));
    for part in ["site", "incidents", "themes"] {
        let copied = Command::new("cp").arg("-r").arg(sample.join(part)).arg(root.path()).status();
        assert!(copied.unwrap().success());
    }
    root
}

#[test]
fn a_text_may_link_to_every_file_that_is_served() {
    let root = copy();
    let site = sample(QUIET);
    assert!(site.contains_key("components/auth.html"), "a former id has a page");
    let paths = site.keys().filter(|it| !NOT_SERVED.contains(&it.as_str()));
    let links: Vec<String> = paths.map(|it| format!("[a](</{it}>)\n")).collect();
    assert!(100 < links.len());
    let page = format!("---\ntitle: All\n---\n{}", links.concat());
    fs::write(root.path().join("site/pages/all.md"), page).unwrap();
    let checked = Command::new(env!("CARGO_BIN_EXE_allclear"))
        .args(["check", "--at", QUIET, "--root"])
        .arg(root.path())
        .output()
        .unwrap();
    let said = String::from_utf8(checked.stdout).unwrap();
    let errors: Vec<&str> = said.lines().filter(|it| it.starts_with("error")).collect();
    assert!(checked.status.success(), "{errors:#?}");
}
