//! How the documents are filled: small sites, one thing each.

use std::fs;

use crate::Site;
use crate::json::Json;

const SITE: &str = "
title: Example
url: https://status.example.com/now
time_zone: Europe/Stockholm
since: 2026-01-01
groups:
  - {id: accounts, name: Accounts}
components:
  - {id: login, name: Login, group: accounts, critical: true, aliases: [p31zjtct2jer]}
  - {id: sign-up, name: Sign-up, group: accounts, depends_on: [login]}
  - {id: search, name: Search, description: Finding things}
  - {id: vendor, name: Vendor, listed: false}
  - {id: retired, name: Retired, until: 2026-02-01}
  - {id: planned, name: Planned, since: 2027-01-01}
";

/// The site of one incident at 12:00 UTC of 10 March 2026; the offset is +01:00.
fn site(incident: &str) -> Site {
    site_of(&[("2026-03-10-one.yaml", incident)])
}

/// The site of incidents, given as names and texts.
fn site_of(incidents: &[(&str, &str)]) -> Site {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("site")).unwrap();
    fs::create_dir_all(dir.path().join("incidents")).unwrap();
    fs::write(dir.path().join("site/site.yaml"), SITE).unwrap();
    for (name, text) in incidents {
        let path = dir.path().join("incidents").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let site = Site::build(dir.path(), "2026-03-10T12:00:00Z");
    assert_eq!(site.faults(), Vec::<String>::new());
    site
}

/// What an incident says of itself: the values at these keys, and of each update, newest first, those at others.
#[track_caller]
fn check(site: &Site, (keys, told): (&[&str], &[&str]), (update_keys, updates): (&[&str], &[&[&str]])) {
    let maintenances = site.document("scheduled-maintenances").list("scheduled_maintenances");
    let listed = site.document("incidents").list("incidents").iter().chain(maintenances);
    let [incident] = listed.collect::<Vec<_>>()[..] else { panic!("there is not one incident") };
    assert_eq!(values(incident, keys), told);
    let found: Vec<_> = incident.list("incident_updates").iter().map(|it| values(it, update_keys)).collect();
    assert_eq!(found, updates);
}

fn values(object: &Json, keys: &[&str]) -> Vec<String> {
    let value = |key: &&str| match object.at(key) {
        Json::Text(text) => text.replace("2026-03-10T", "").replace(":00.000+01:00", ""),
        Json::Flag(flag) => flag.to_string(),
        Json::List(affected) => affected.iter().map(turn).collect::<Vec<_>>().join(", "),
        _ => "null".to_owned(),
    };
    keys.iter().map(value).collect()
}

fn turn(affected: &Json) -> String {
    let [name, old, new] = ["name", "old_status", "new_status"].map(|it| affected.text(it));
    format!("{name}: {old} > {new}")
}

#[test]
fn rows_are_what_is_listed_and_lives_and_the_groups_it_stands_in() {
    let rows = site("{title: A, started_at: 2026-03-10T11:00Z, components: {login: degraded_performance}}");
    let rows = rows.document("components").list("components");
    let told: Vec<_> = rows.iter().map(|it| values(it, &["name", "status", "updated_at", "group"])).collect();
    let since = "2026-01-01T00:00";
    assert_eq!(
        told,
        [
            ["Search", "operational", since, "false"],
            ["Accounts", "degraded_performance", "12:00", "true"],
            ["Login", "degraded_performance", "12:00", "false"],
            ["Sign-up", "operational", since, "false"],
        ]
    );
    assert_eq!(rows[2].text("id"), "p31zjtct2jer", "an alias that has the form of an id is one");
    assert_eq!(rows[1].list("components")[0], *rows[2].at("id"));
}

#[test]
fn an_update_tells_what_each_component_was_in_and_is_in() {
    let site = site(
        "
title: A
updates:
  - {at: 2026-03-10T10:00Z, status: investigating, body: One., components: {login: partial_outage, vendor: major_outage}}
  - {at: 2026-03-10T10:10Z, body: Two., components: {login: major_outage, search: degraded_performance}}
  - {at: 2026-03-10T10:20Z, status: monitoring, body: Three.}
  - {at: 2026-03-10T10:30Z, status: resolved, body: Four., components: {search: operational}}
",
    );
    check(
        &site,
        (&["status", "monitoring_at", "resolved_at", "impact"], &["resolved", "11:20", "11:30", "critical"]),
        (
            &["status", "body", "affected_components"],
            &[
                &[
                    "resolved",
                    "Four.",
                    "Search: degraded_performance > operational, Accounts - Login: major_outage > operational",
                ],
                &["monitoring", "Three.", "null"],
                &[
                    "investigating",
                    "Two.",
                    "Search: operational > degraded_performance, Accounts - Login: partial_outage > major_outage",
                ],
                &["investigating", "One.", "Accounts - Login: operational > partial_outage"],
            ],
        ),
    );
}

#[test]
fn what_is_written_down_late_says_when_it_was_and_when_that_was_written() {
    let site = site(
        "
title: A
updates:
  - {at: 2026-03-08T10:00Z, published_at: 2026-03-10T11:00Z, status: investigating, body: One.}
  - {at: 2026-03-10T10:59Z, published_at: 2026-03-10T11:00Z, status: resolved, body: Two., corrections: [{at: 2026-03-10T11:30Z, note: Two}]}
",
    );
    check(
        &site,
        (&["created_at", "updated_at", "started_at"], &["12:00", "12:30", "2026-03-08T11:00"]),
        (
            &["display_at", "created_at", "updated_at", "deliver_notifications"],
            &[&["11:59", "12:00", "12:30", "true"], &["2026-03-08T11:00", "12:00", "12:00", "false"]],
        ),
    );
}

#[test]
fn an_end_that_no_update_says_has_a_text_of_its_own() {
    let site = site(
        "
title: A
started_at: 2026-03-10T09:00Z
resolved_at: 2026-03-10T10:00Z
components: {search: major_outage}
summary: All of *search* was down.
",
    );
    check(
        &site,
        (&["status", "resolved_at"], &["resolved", "11:00"]),
        (
            &["status", "body", "display_at", "affected_components"],
            &[
                &["resolved", "The incident is resolved.", "11:00", "Search: major_outage > operational"],
                &["investigating", "All of search was down.", "10:00", "Search: operational > major_outage"],
            ],
        ),
    );
}

#[test]
fn the_clock_tells_of_a_maintenance() {
    let site = site(
        "
title: Work
kind: maintenance
published_at: 2026-03-09T08:00Z
scheduled_for: 2026-03-10T11:00Z
scheduled_until: 2026-03-10T13:00Z
components: [search, vendor]
",
    );
    assert_eq!(site.document("status").at("status").text("indicator"), "maintenance");
    assert_eq!(site.document("scheduled-maintenances/active").list("scheduled_maintenances").len(), 1);
    check(
        &site,
        (
            &["status", "impact", "created_at", "scheduled_for", "scheduled_until", "resolved_at"],
            &["in_progress", "maintenance", "2026-03-09T09:00", "12:00", "14:00", "null"],
        ),
        (
            &["status", "body", "affected_components"],
            &[
                &["in_progress", "The maintenance has begun.", "Search: operational > under_maintenance"],
                &["scheduled", "Work", "Search: operational > operational"],
            ],
        ),
    );
}

#[test]
fn what_is_cancelled_is_completed_and_says_so() {
    let site = site(
        "
title: Work
kind: maintenance
scheduled_for: 2026-03-10T14:00Z
scheduled_until: 2026-03-10T15:00Z
components: all
updates:
  - {at: 2026-03-10T09:00Z, status: scheduled, body: Soon.}
  - {at: 2026-03-10T10:00Z, status: cancelled, body: Not today.}
",
    );
    check(
        &site,
        (&["status", "resolved_at"], &["completed", "11:00"]),
        (&["status", "body"], &[&["completed", "Cancelled: Not today."], &["scheduled", "Soon."]]),
    );
}

#[test]
fn what_is_withdrawn_is_resolved_and_had_no_impact() {
    let site = site(
        "
title: A
retracted: {at: 2026-03-10T11:00Z, note: A probe was broken.}
updates:
  - {at: 2026-03-10T10:00Z, status: investigating, body: One., components: {login: major_outage}}
",
    );
    assert_eq!(site.document("status").at("status").text("description"), "All Systems Operational");
    check(
        &site,
        (&["status", "impact", "resolved_at"], &["resolved", "none", "12:00"]),
        (
            &["body", "affected_components"],
            &[
                &["Withdrawn: A probe was broken.", "Accounts - Login: major_outage > operational"],
                &["One.", "Accounts - Login: operational > major_outage"],
            ],
        ),
    );
}

#[test]
fn a_postmortem_is_the_last_status() {
    let head = "
title: A
updates:
  - {at: 2026-03-10T10:00Z, status: investigating, body: One.}
  - {at: 2026-03-10T10:30Z, status: resolved, body: Two.}
";
    let postmortem = "---\nstatus: published\npublished_at: 2026-03-10T11:00Z\n---\nWe learnt.\n";
    let site = site_of(&[("one/incident.yaml", head), ("one/postmortem.md", postmortem)]);
    let told = "The postmortem is published: https://status.example.com/now/postmortems/one.html";
    check(
        &site,
        (&["status", "resolved_at", "updated_at"], &["postmortem", "11:30", "12:00"]),
        (&["status", "body"], &[&["postmortem", told], &["resolved", "Two."], &["investigating", "One."]]),
    );
}

#[test]
fn a_page_as_old_as_its_components_knows_nothing_newer() {
    let site = site_of(&[]);
    let page = site.document("summary").at("page");
    assert_eq!(page.text("updated_at"), "2026-01-01T00:00:00.000+01:00");
    assert_eq!(page.text("url"), "https://status.example.com/now");
}

#[test]
fn the_lists_hold_what_is_open_and_the_newest_fifty() {
    let open = "{title: Open, started_at: 2026-01-05T10:00Z}".to_owned();
    let mut incidents = vec![("open.yaml".to_owned(), open)];
    for day in 1..=55 {
        let at = jiff::civil::date(2026, 1, 6).checked_add(jiff::Span::new().days(day)).unwrap();
        let text = format!("{{title: Day {day}, started_at: {at}T10:00Z, resolved_at: {at}T11:00Z}}");
        incidents.push((format!("day-{day:02}.yaml"), text));
    }
    let incidents: Vec<(&str, &str)> = incidents.iter().map(|(name, text)| (&**name, &**text)).collect();
    let site = site_of(&incidents);
    let names: Vec<&str> =
        site.document("incidents").list("incidents").iter().map(|it| it.text("name")).collect();
    assert_eq!((names.len(), names[0], names[48], names[49]), (50, "Day 55", "Day 7", "Open"));
    let alone = site.documents().filter(|(name, _)| name.starts_with("incidents/"));
    assert_eq!(alone.count(), 51, "unresolved.json, and a document for each of the list");
}

#[test]
fn what_changed_before_an_instant_is_all_that_the_documents_know() {
    let incident = "{title: A, started_at: 2026-03-10T11:58Z, components: {login: major_outage}}";
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("site")).unwrap();
    fs::create_dir_all(dir.path().join("incidents")).unwrap();
    fs::write(dir.path().join("site/site.yaml"), SITE).unwrap();
    fs::write(dir.path().join("incidents/one.yaml"), incident).unwrap();
    let at = |now: &str| Site::build_at_present(dir.path(), now).documents;
    let first = at("2026-03-10T11:56:30Z");
    assert!(
        ["11:57:10", "11:58:00", "11:59:00", "12:30:00"]
            .iter()
            .all(|it| at(&format!("2026-03-10T{it}Z")) == first)
    );
}

#[test]
fn an_open_incident_without_components_counts_unless_the_site_says_otherwise() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("site")).unwrap();
    fs::create_dir_all(dir.path().join("incidents")).unwrap();
    let incident = "{title: A, started_at: 2026-03-10T11:00Z, impact: minor}";
    fs::write(dir.path().join("incidents/one.yaml"), incident).unwrap();
    let indicator = |api: &str| {
        fs::write(dir.path().join("site/site.yaml"), format!("{SITE}{api}")).unwrap();
        let site = Site::build(dir.path(), "2026-03-10T12:00:00Z");
        let [status, summary] =
            ["status", "summary"].map(|it| site.document(it).at("status").text("indicator").to_owned());
        assert_eq!(status, summary);
        status
    };
    assert_eq!(indicator(""), "minor");
    assert_eq!(indicator("api: {indicator: all}\n"), "minor");
    assert_eq!(indicator("api: {indicator: components}\n"), "none");
}
