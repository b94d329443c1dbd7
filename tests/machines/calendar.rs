//! Calendars of a real build: what stands in them, and what changes them.

use std::collections::BTreeMap;

use crate::site::Project;

const SITE: &str = "
title: Example
url: https://status.example.com/live
since: 2024-01-01
time_zone: Europe/Stockholm
components:
  - {id: login, name: Login}
  - {id: search, name: \"Search, all of it\"}
  - {id: vendor, name: Vendor, listed: false}
";

const WORK: &str = "
title: A new database
kind: maintenance
scheduled_for: 2026-03-29T01:30+01:00
scheduled_until: 2026-03-29T03:30+02:00
published_at: 2026-03-01T09:00Z
components: [search, vendor]
aliases: [first-name]
";

/// The properties of an event, by their names.
type Event = BTreeMap<String, String>;

/// A calendar of a site with one maintenance.
#[track_caller]
fn calendar(work: &str, at: &str, path: &str) -> String {
    let mut site = Project::new(&[("site/site.yaml", SITE), ("incidents/work.yaml", work)]).at(at);
    site.remove(path).unwrap()
}

/// The events of a calendar, unfolded.
fn events(calendar: &str) -> Vec<Event> {
    let unfolded = calendar.replace("\r\n ", "");
    let events = unfolded.split("BEGIN:VEVENT\r\n").skip(1);
    let property = |line: &str| line.split_once(':').map(|(name, value)| (name.to_owned(), value.to_owned()));
    events.map(|it| it.split("END:VEVENT").next().unwrap().lines().filter_map(property).collect()).collect()
}

/// The one event of all maintenance.
#[track_caller]
fn event(work: &str, at: &str) -> Event {
    let mut events = events(&calendar(work, at, "maintenance.ics"));
    assert_eq!(events.len(), 1, "at {at}");
    events.remove(0)
}

#[track_caller]
fn check(work: &str, at: &str, expected: &[(&str, &str)]) {
    let event = event(work, at);
    for (name, value) in expected {
        assert_eq!(event.get(*name).map(String::as_str), Some(*value), "{name} at {at}");
    }
}

#[test]
fn announced_work_is_an_event() {
    check(
        WORK,
        "2026-03-10T12:00Z",
        &[
            ("UID", &format!("{}@status.example.com", uid())),
            ("SEQUENCE", "0"),
            ("DTSTAMP", "20260301T090000Z"),
            ("LAST-MODIFIED", "20260301T090000Z"),
            ("STATUS", "CONFIRMED"),
            // The clocks go forward in between: an hour in all.
            ("DTSTART", "20260329T003000Z"),
            ("DTEND", "20260329T013000Z"),
            ("SUMMARY", "A new database"),
            ("CATEGORIES", "Search\\, all of it"),
            ("URL", "https://status.example.com/live/incidents/work.html"),
        ],
    );
}

/// The id of the same work under its first name.
fn uid() -> String {
    let renamed = WORK.replace("aliases: [first-name]", "aliases: [first-name, second-name]");
    event(&renamed, "2026-03-10T12:00Z")["UID"].split('@').next().unwrap().to_owned()
}

#[test]
fn each_update_moves_the_sequence_and_the_time() {
    let updates = "updates:\n\
                   - {at: 2026-03-05T10:00Z, status: scheduled, body: Soon.}\n\
                   - {at: 2026-03-06T10:00Z, scheduled_until: 2026-03-29T05:00+02:00, body: \"Longer; by far.\"}\n\
                   - {at: 2026-03-07T10:00Z, status: cancelled, body: Not needed.}\n";
    let work = format!("{WORK}{updates}");
    check(&work, "2026-03-05T12:00Z", &[("SEQUENCE", "1"), ("DTSTAMP", "20260305T100000Z")]);
    check(&work, "2026-03-06T12:00Z", &[("SEQUENCE", "2"), ("DTEND", "20260329T030000Z")]);
    check(
        &work,
        "2026-03-08T12:00Z",
        &[
            ("SEQUENCE", "3"),
            ("LAST-MODIFIED", "20260307T100000Z"),
            ("STATUS", "CANCELLED"),
            (
                "DESCRIPTION",
                "7 March 2026\\, 11:00 CET – Cancelled\\nNot needed.\\n\\n\
                 6 March 2026\\, 11:00 CET – Update\\nLonger\\; by far.\\n\\n\
                 5 March 2026\\, 11:00 CET – Scheduled\\nSoon.",
            ),
        ],
    );
}

#[test]
fn withdrawn_work_is_cancelled() {
    let work = format!("{WORK}retracted: {{at: 2026-03-20T10:00Z, note: A mistake.}}\n");
    check(&work, "2026-03-19T12:00Z", &[("STATUS", "CONFIRMED"), ("DTSTAMP", "20260301T090000Z")]);
    let expected =
        [("STATUS", "CANCELLED"), ("DTSTAMP", "20260320T100000Z"), ("DESCRIPTION", "Withdrawn: A mistake.")];
    check(&work, "2026-03-21T12:00Z", &expected);
}

#[test]
fn the_clock_changes_no_calendar() {
    let at = |at| calendar(WORK, at, "maintenance.ics");
    let announced = at("2026-03-10T12:00Z");
    for later in ["2026-03-11T13:37Z", "2026-03-29T01:00Z", "2026-03-29T12:00Z", "2027-03-31T21:59Z"] {
        assert!(at(later) == announced, "{later}");
    }
}

#[test]
fn what_is_over_is_left_out_after_twelve_months_as_a_month_begins() {
    let count = |at| events(&calendar(WORK, at, "maintenance.ics")).len();
    assert_eq!((count("2027-03-31T21:59:59Z"), count("2027-03-31T22:00Z")), (1, 0));
}

#[test]
fn a_component_has_its_own_and_what_is_not_listed_none() {
    let own = |id: &str| calendar(WORK, "2026-03-10T12:00Z", &format!("components/{id}/maintenance.ics"));
    assert_eq!(events(&own("search")).len(), 1);
    let empty = own("login");
    assert_eq!(events(&empty).len(), 0);
    assert!(empty.contains("BEGIN:VTIMEZONE\r\n"), "a calendar without a component is none");
    assert!(empty.contains("\r\nX-WR-CALNAME:Example: maintenance of Login\r\n"));
    assert!(empty.contains("\r\nURL:https://status.example.com/live/components/login.html\r\n"));
    let source = "SOURCE;VALUE=URI:https://status.example.com/live/components/login/maintenance.ics";
    assert!(empty.replace("\r\n ", "").contains(source), "{empty}");
}
