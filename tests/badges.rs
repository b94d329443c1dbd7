//! Badges of a real build: which there are, that each is whole, and that they follow the page.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

const SITE: &str = "
title: Example
url: https://status.example.com
since: 2026-01-01
look: {colours: {major_outage: \"#ffd400\"}}
groups: [{id: accounts, name: Accounts}]
components:
  - {id: login, name: Login & more, group: accounts, critical: true}
  - {id: search, name: Search}
  - {id: vendor, name: Vendor, listed: false}
";

const INCIDENT: &str = "
title: Nobody can log in
started_at: 2026-03-10T10:00Z
updates:
  - {at: 2026-03-10T10:05Z, status: investigating, body: Looking.}
  - {at: 2026-03-10T10:30Z, status: identified, components: {login: major_outage}, body: Found.}
";

/// The site as it is built at an instant.
fn build(at: &str) -> tempfile::TempDir {
    let project = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = project.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("site/site.yaml", SITE);
    write("incidents/2026-03-10-login.yaml", INCIDENT);
    let out = project.path().join("public");
    let mut command = Command::new(env!("CARGO_BIN_EXE_allclear"));
    command.args(["build", "--at", at, "--root"]).arg(project.path()).arg("--out").arg(out);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    project
}

fn read(project: &Path, path: &str) -> String {
    fs::read_to_string(project.join("public").join(path)).unwrap()
}

#[track_caller]
fn check(at: &str, badges: &[(&str, &str, &str)]) {
    let project = build(at);
    for (path, label, message) in badges {
        let json: Value = serde_json::from_str(&read(project.path(), &format!("{path}.json"))).unwrap();
        assert_eq!(
            (json["label"].as_str(), json["message"].as_str()),
            (Some(*label), Some(*message)),
            "{path}"
        );
        let svg = read(project.path(), &format!("{path}.svg"));
        assert!(svg.contains(&format!(">{message}</text>")), "{path}: {svg}");
    }
}

#[test]
fn badges_say_what_the_page_does() {
    check(
        "2026-03-10T09:00Z",
        &[
            ("badge", "Example", "Operational"),
            ("badge-uptime", "Example", "100% uptime"),
            ("groups/accounts/badge", "Accounts", "Operational"),
        ],
    );
    check("2026-03-10T10:10Z", &[("badge", "Example", "Investigating")]);
    check(
        "2026-03-10T14:30Z",
        &[
            ("badge", "Example", "Major outage"),
            ("badge-uptime", "Example", "99.72% uptime"),
            ("groups/accounts/badge", "Accounts", "Major outage"),
            ("components/login/badge", "Login & more", "Major outage"),
            ("components/login/badge-uptime", "Login & more", "99.72% uptime"),
            ("components/search/badge", "Search", "Operational"),
        ],
    );
}

#[test]
fn what_is_not_listed_has_none() {
    let project = build("2026-03-10T09:00Z");
    let folders = |path: &str| -> Vec<PathBuf> {
        let found = fs::read_dir(project.path().join("public").join(path)).unwrap();
        found.map(|it| it.unwrap().path()).collect()
    };
    assert!(folders("components").iter().all(|it| !it.ends_with("vendor")));
}

#[test]
fn words_on_a_colour_of_the_sites_own_can_be_read() {
    let project = build("2026-03-10T10:40Z");
    let svg = read(project.path(), "badge.svg");
    assert!(svg.contains("fill=\"#856e00\"") && svg.contains("fill=\"#ffffff\""), "{svg}");
}
