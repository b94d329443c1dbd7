//! What may not be public is withheld while its keys cannot be read, and what readers see already stays.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::process::Command;

use allclear::advice::Clock;
use allclear::session::{OnErrors, Request, Session};
use allclear::snapshot;
use allclear::timeline::Audience;
use tempfile::TempDir;

const SITE: &str = "\
title: Example
url: https://status.example.com
since: 2026-01-01
show: {authors: false}
components:
  - {id: login, name: Login}
";
const AT: &str = "2026-03-01T12:00Z";
const FIRST: &str = "incidents/a/updates/20260301T1000Z-investigating.md";
const SECOND: &str = "incidents/a/updates/20260301T1100Z-identified.md";
const SECRET: &str = "Zanzibar";

/// A project with an open outage that has one update.
fn project() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    put(dir.path(), "site/site.yaml", SITE);
    put(
        dir.path(),
        "incidents/a/incident.yaml",
        "title: Login fails\nstarted_at: 2026-03-01T09:30Z\ncomponents: {login: major_outage}\n",
    );
    put(dir.path(), FIRST, "We are looking into failing logins.\n");
    dir
}

fn put(root: &Path, path: &str, text: &str) {
    fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
    fs::write(root.join(path), text).unwrap();
}

/// Builds with `--hold-back` and returns the exit code.
fn hold_back(root: &Path) -> i32 {
    let mut command = Command::new(env!("CARGO_BIN_EXE_allclear"));
    command.args(["build", "--hold-back", "--at", AT]).current_dir(root);
    command.output().unwrap().status.code().unwrap()
}

/// Whether a file of the output holds a word.
fn is_told(root: &Path, word: &str) -> bool {
    let entries = walkdir::WalkDir::new(root.join("public")).into_iter().map(Result::unwrap);
    let mut files = entries.filter(|it| it.file_type().is_file());
    files.any(|it| String::from_utf8_lossy(&fs::read(it.path()).unwrap()).contains(word))
}

#[test]
fn an_update_whose_embargo_cannot_be_read_is_withheld_in_every_form() {
    for keys in [
        "---\npublished_at: 2026-12-03\n---\n",
        "---\npublishd_at: 2026-12-03T10:00Z\n---\n",
        "---\npublished_at: 2026-12-03T10:00Z\npublished_at: 2026-12-04T10:00Z\n---\n",
        "---\nretracted: yes\n---\n",
        "---\nstatus: [\n---\n",
        "----\npublished_at: 2026-12-03T10:00Z\n---\n",
        "\u{2014}\nstatus: identified\n---\n",
        "```\npublished_at: 2026-12-03T10:00Z\n```\n",
        "<!--\npublished_at: 2026-12-03T10:00Z\n-->\n",
        "\u{200b}---\npublished_at: 2026-12-03T10:00Z\n---\n",
        "---\rpublished_at: 2026-12-03T10:00Z\r---\r",
        "We know.\ndraft: true\n",
    ] {
        let project = project();
        let root = project.path();
        assert_eq!(hold_back(root), 0);
        put(root, SECOND, &format!("{keys}{SECRET}\n"));
        put(root, "incidents/b.yaml", "title: Other news\nstarted_at: 2026-03-01T11:30Z\nimpact: minor\n");
        assert_eq!(hold_back(root), 1, "{keys}");
        assert!(!is_told(root, SECRET), "{keys}");
        assert!(is_told(root, "Other news"), "one mistake silences nobody: {keys}");
    }
}

#[test]
fn a_page_that_shows_an_earlier_form_is_left_as_it_is() {
    for broken in [
        "---\nretracted: yes\n---\nWords.\n",
        "---\nat: [\n---\nWords.\n",
        "---\nat: 10:00\n---\nWords.\n",
        "",
    ] {
        let project = project();
        let root = project.path();
        assert_eq!(hold_back(root), 0);
        put(root, FIRST, broken);
        assert_eq!(hold_back(root), 3, "{broken:?}");
        assert!(is_told(root, "failing logins"), "{broken:?}");
    }
}

#[test]
fn a_session_keeps_the_form_that_readers_saw() {
    let project = project();
    let root = project.path();
    put(root, "incidents/a/updates/20260301T0945Z-investigating.md", "Something is wrong.\n");
    let request = Request {
        now: AT.parse().unwrap(),
        clock: Clock::Stated,
        audience: Audience::Public,
        on_errors: OnErrors::HoldBack,
    };
    let mut session = Session::default();
    let mut page = |text: &str| {
        put(root, FIRST, text);
        let built = session.build(&snapshot::read(root, None).unwrap(), &request);
        let tree = built.tree.unwrap();
        String::from_utf8_lossy(tree.bytes_at("incidents/a.html").unwrap()).into_owned()
    };
    assert!(page("Seen words.\n").contains("Seen words."));
    let broken = page(&format!("---\nretracted: yes\n---\n{SECRET}\n"));
    assert!(broken.contains("Seen words.") && !broken.contains(SECRET));
    assert!(page("---\npublished_at: 2026-12-03T10:00Z\n---\nSeen words.\n").contains("Login fails"));
    let embargoed = page(&format!("---\npublished_at: 2026-12\n---\n{SECRET}\n"));
    assert!(!embargoed.contains(SECRET) && !embargoed.contains("Seen words."));
}
