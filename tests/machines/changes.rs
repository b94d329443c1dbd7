//! What changes when something happens: no more than tells of it, and nothing when nothing does.

use crate::site::{Project, Site};

const UPDATE: &str = "incidents/2020-07-10-login-cascade/updates/20200710T1126Z-update-priya.md";
const DURING: &str = "2020-07-10T11:30Z";

/// What tells of the page as a whole, and the pages of what is new.
const CHANGED: [&str; 27] = [
    "api/v2/components.json",
    "api/v2/incidents.json",
    // The incident's own document, and one of work that was done on what is affected too.
    "api/v2/incidents/sgnz9502asym.json",
    "api/v2/incidents/unresolved.json",
    "api/v2/incidents/xul00h4sunzr.json",
    "api/v2/scheduled-maintenances.json",
    "api/v2/summary.json",
    // The component that the update names.
    "components/sign-up.html",
    "components/sign-up/2020.html",
    "components/sign-up/2020.json",
    "components/sign-up/badge-uptime.json",
    "components/sign-up/badge-uptime.svg",
    "components/sign-up/badge.json",
    "components/sign-up/badge.svg",
    "embed.html",
    "events.ndjson",
    "events/2020.ndjson",
    "feed.json",
    "history.atom",
    "history.rss",
    "incidents/2020-07-10-login-cascade.html",
    "index.html",
    "is-it-just-me.html",
    "metrics",
    "search/2020.json",
    "status.json",
    "updates.atom",
];

/// The components that the incident is about, each of which has feeds.
const ABOUT: [&str; 11] = [
    "billing",
    "car-view",
    "desktop",
    "library",
    "login",
    "mobile",
    "playback",
    "sign-up",
    "speakers",
    "web-api",
    "web-player",
];
const FEEDS: [&str; 3] = ["feed.json", "history.atom", "history.rss"];

/// The paths of the files that are not the same in both.
fn differing(one: &Site, other: &Site) -> Vec<String> {
    let paths = one.keys().chain(other.keys().filter(|it| !one.contains_key(*it)));
    let mut paths: Vec<String> = paths.filter(|it| one.get(*it) != other.get(*it)).cloned().collect();
    paths.sort();
    paths
}

/// Whether programs follow it, and take each difference for news.
fn is_followed(path: &str) -> bool {
    let kinds = [".atom", ".rss", "feed.json", ".ics", ".ndjson"];
    path.starts_with("api/") || kinds.iter().any(|it| path.ends_with(it))
}

#[test]
fn one_more_update_changes_what_tells_of_it_and_no_other_file() {
    let project = Project::sample();
    let after = project.at(DURING);
    project.remove(UPDATE);
    let before = project.at(DURING);
    let feeds = ABOUT.iter().flat_map(|it| FEEDS.map(|feed| format!("components/{it}/{feed}")));
    let mut expected: Vec<String> = CHANGED.iter().map(|it| (*it).to_owned()).chain(feeds).collect();
    expected.sort();
    assert_eq!(differing(&before, &after), expected);
}

#[test]
fn what_programs_follow_has_no_clock_of_the_build() {
    let project = Project::sample();
    for (one, other) in
        [("2020-07-10T11:27Z", "2020-07-10T11:29Z"), ("2024-08-01T12:00Z", "2024-08-01T18:00Z")]
    {
        let differing = differing(&project.at(one), &project.at(other));
        assert!(differing.contains(&"index.html".to_owned()), "{one} and {other} are not the same instant");
        assert!(!differing.iter().any(|it| is_followed(it)), "{differing:#?}");
    }
}
