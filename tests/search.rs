//! The index that is searched: what can be found, and what of it an update touches.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use allclear::advice::Clock;
use allclear::emit::Tree;
use allclear::session::{OnErrors, Request, Session};
use allclear::snapshot;
use allclear::timeline::Audience;

const SITE: &str = "\
title: Example
url: https://status.example.com
time_zone: Asia/Tokyo
since: 2024-01-01
components: [{id: login, name: Login}, {id: player, name: Player}]
";

const INCIDENTS: [(&str, &str); 5] = [
    (
        "2024-10-01-retracted.yaml",
        "title: Player stops\ncomponents: {player: major_outage}\nstarted_at: 2024-10-01T10:00Z\n\
         resolved_at: 2024-10-01T11:00Z\nretracted: {at: 2024-10-02T00:00Z, note: A probe was broken.}\n",
    ),
    (
        "2025-06-01-work.yaml",
        "kind: maintenance\ntitle: New disks\ncomponents: [player]\nscheduled_for: 2025-06-01T01:00Z\n\
         scheduled_until: 2025-06-01T02:00Z\nsummary: Disks are changed.\n",
    ),
    (
        "2025-07-01-notice.yaml",
        "kind: notice\ntitle: ログインの新しい画面\nupdates: [{at: 2025-07-01T00:00Z, body: 画面が変わります。}]\n",
    ),
    // In Tokyo, this begins in 2026.
    (
        "2025-12-31-login/incident.yaml",
        "title: Login is slow\ncomponents: {login: partial_outage}\ntags: [authentication]\naliases: [former-name]\n",
    ),
    ("2025-12-31-login/updates/20251231T1600Z-investigating.md", "Naïve retries *pile* up.\n"),
];

/// The site of [`INCIDENTS`] with further files.
fn build(further: &[(&str, &str)]) -> Tree {
    let root = tempfile::tempdir().unwrap();
    put(&root.path().join("site/site.yaml"), SITE);
    for (path, text) in INCIDENTS.iter().chain(further) {
        put(&root.path().join("incidents").join(path), text);
    }
    let request = Request {
        now: "2026-03-01T12:00Z".parse().unwrap(),
        clock: Clock::Epoch,
        audience: Audience::Public,
        on_errors: OnErrors::Refuse,
    };
    let built = Session::default().build(&snapshot::read(root.path(), None).unwrap(), &request);
    built.tree.unwrap_or_else(|| panic!("{:?}", built.reading.diagnostics))
}

fn put(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// The pages whose entries in the year's part hold the text.
fn found(year: i16, text: &str) -> Vec<String> {
    let tree = build(&[]);
    let part: serde_json::Value =
        serde_json::from_slice(tree.bytes_at(&format!("search/{year}.json")).unwrap()).unwrap();
    let entries = part.as_array().unwrap().iter().filter(|it| it.to_string().contains(text));
    entries.map(|it| it["link"]["path"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn an_incident_is_found_by_all_that_is_told_of_it() {
    for text in
        ["Login is slow", "Login\"", "authentication", "former-name", "2025-12-31-login", "Investigating"]
    {
        assert_eq!(found(2026, text), ["incidents/2025-12-31-login.html"], "{text}");
    }
    assert_eq!(found(2026, "Naïve retries pile up.").len(), 1, "the words alone, without their markup");
}

#[test]
fn what_was_withdrawn_is_found_and_marked_with_its_note() {
    assert_eq!(found(2024, "Withdrawn: A probe was broken."), ["incidents/2024-10-01-retracted.html"]);
    assert_eq!(found(2024, "{\"key\":\"no_data\",\"word\":\"Withdrawn\"}").len(), 1);
}

#[test]
fn maintenance_and_notices_are_found() {
    assert_eq!(found(2025, "Disks are changed."), ["incidents/2025-06-01-work.html"]);
    assert_eq!(found(2025, "画面が"), ["incidents/2025-07-01-notice.html"]);
}

#[test]
fn an_update_changes_the_part_of_its_year_and_no_other() {
    let update = ("2025-12-31-login/updates/20251231T1630Z-resolved.md", "It is fast again.\n");
    let (before, after) = (build(&[]), build(&[update]));
    let changed = after.iter().filter(|(path, bytes)| before.get(path) != Some(bytes));
    let searched: Vec<&str> = changed.map(|it| it.0).filter(|it| it.starts_with("search")).collect();
    assert_eq!(searched, ["search/2026.json"]);
}

#[test]
fn the_page_knows_the_parts_newest_first() {
    let tree = build(&[]);
    let page = String::from_utf8_lossy(tree.bytes_at("search.html").unwrap()).into_owned();
    assert!(page.contains("data-years=\"2026 2025 2024\""), "{page}");
    let parts: Vec<&str> = tree.iter().map(|it| it.0).filter(|it| it.starts_with("search/")).collect();
    assert_eq!(parts, ["search/2024.json", "search/2025.json", "search/2026.json"]);
}
