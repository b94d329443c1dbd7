//! Badges of a real build: which there are, that each is whole, and that they follow the page.

use serde_json::Value;

use crate::site::{Project, Site};

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
#[track_caller]
fn build(at: &str) -> Site {
    Project::new(&[("site/site.yaml", SITE), ("incidents/2026-03-10-login.yaml", INCIDENT)]).at(at)
}

#[track_caller]
fn check(at: &str, badges: &[(&str, &str, &str)]) {
    let site = build(at);
    for (path, label, message) in badges {
        let json: Value = serde_json::from_str(&site[&format!("{path}.json")]).unwrap();
        assert_eq!(
            (json["label"].as_str(), json["message"].as_str()),
            (Some(*label), Some(*message)),
            "{path}"
        );
        let svg = &site[&format!("{path}.svg")];
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
    let site = build("2026-03-10T09:00Z");
    assert!(site.contains_key("components/login/badge.svg"));
    assert!(!site.keys().any(|it| it.contains("vendor")));
}

#[test]
fn words_on_a_colour_of_the_sites_own_can_be_read() {
    let svg = &build("2026-03-10T10:40Z")["badge.svg"];
    assert!(svg.contains("fill=\"#856e00\"") && svg.contains("fill=\"#ffffff\""), "{svg}");
}
