//! The script of the page: what it adds to a page that is whole without it.

use std::sync::Arc;

use crate::reader::{ENTER, Reader, TAB};
use crate::site::{Site, written};

const SITE: &str = "format: 1
title: Test
url: https://status.example.com
time_zone: UTC
since: 2026-01-01
groups: [{id: outside, name: Outside}]
components:
  - {id: login, name: Login, critical: true}
  - {id: search, name: Search}
  - {id: web, name: Web, group: outside}
";
/// Was the matter with Search three days before.
const PAST: &str = "title: Slow search
components: {search: degraded_performance}
updates:
  - {at: 2026-03-07T10:00Z, status: investigating, body: We look into it.}
  - {at: 2026-03-07T12:00Z, status: resolved, body: It works.}
";
const OUTAGE: &str = "title: Login fails
components: {login: major_outage}
updates:
  - {at: 2026-03-10T10:46Z, status: investigating, body: We look into it.}
";
const SECOND: &str = "  - {at: 2026-03-10T11:29Z, status: identified, components: {login: partial_outage}, body: It is the database.}
";
const MAINTENANCE: &str = "title: New disks
kind: maintenance
scheduled_for: 2026-03-10T12:00Z
scheduled_until: 2026-03-10T12:30Z
components: [search]
";
const NOW: &str = "2026-03-10T11:30:00Z";

/// The site of these incidents as it is at an instant.
fn site(incidents: &[(&str, &str)], at: &str) -> Arc<Site> {
    written(SITE, incidents, at)
}

fn burning() -> Arc<Site> {
    site(&[("past", PAST), ("outage", OUTAGE)], NOW)
}

fn identified() -> Arc<Site> {
    site(&[("past", PAST), ("outage", &(OUTAGE.to_owned() + SECOND))], NOW)
}

fn calm() -> Arc<Site> {
    site(&[("past", PAST)], NOW)
}

/// A reader before the index of a site, whose clock stands still.
fn reader(site: Arc<Site>, at: &str, zone: &str) -> Reader {
    let reader = Reader::of(site);
    reader.stop_clock(at);
    reader.time_zone(zone);
    reader.open("");
    reader.until("performance.getEntriesByName(document.baseURI + 'status.json').length");
    reader
}

/// How often status.json was asked for since the last call.
fn asked(reader: &Reader) -> usize {
    reader.server.requests().iter().filter(|it| it.path == "/status.json").count()
}

#[test]
fn times_are_told_in_the_readers_zone_with_utc_beside() {
    let reader = reader(burning(), NOW, "America/New_York");
    let started = ".card time";
    assert_eq!(reader.text(started), "10 March 2026, 06:46 EDT (10:46 UTC)");
    assert_eq!(reader.text("#zone"), "Days, tables and charts are in UTC, other times in America/New_York.");
    assert_eq!(reader.text("#built"), "Built 10 March 2026, 07:30 EDT.");
    assert_eq!(reader.eval::<String>("document.querySelector('#built time').title"), " (11:30 UTC)");
    assert_eq!(reader.text(".dated time"), "10 March 2026", "days are of the site's zone");
    reader.click("#clock");
    assert_eq!(reader.text(started), "10 March 2026, 10:46 UTC");
    reader.open("incidents/outage.html");
    assert_eq!(reader.text(".strip time"), "10 March 2026, 10:46 UTC", "what was chosen is remembered");
    reader.click("#clock");
    assert_eq!(reader.text(".strip time"), "10 March 2026, 06:46 EDT (10:46 UTC)");
    reader.run("localStorage.clear()");
}

#[test]
fn where_nothing_can_be_remembered_the_button_works_all_the_same() {
    let reader = Reader::of(burning());
    reader.prelude(
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('blocked'); }})",
    );
    reader.time_zone("Asia/Tokyo");
    reader.open("incidents/outage.html");
    assert!(reader.text(".strip time").starts_with("10 March 2026, 19:46"));
    reader.click("#clock");
    assert_eq!(reader.text(".strip time"), "10 March 2026, 10:46 UTC");
    assert_eq!(reader.witnessed(), [""; 0]);
}

#[test]
fn ages_move() {
    let reader = reader(burning(), NOW, "UTC");
    let age = |expected: [&str; 2]| {
        assert_eq!([reader.text(".banner [data-since]"), reader.text(".card [data-since]")], expected);
    };
    age([", 44 min ago", "44 min so far"]);
    reader.advance(15 * 60);
    age([", 59 min ago", "59 min so far"]);
    reader.advance(61);
    age([", 1 h ago", "1 h so far"]);
}

#[test]
fn the_servers_clock_is_believed_rather_than_the_readers() {
    let headers = "const get = Headers.prototype.get;
        Headers.prototype.get = function (name) {
            return name === 'Date' ? 'Tue, 10 Mar 2026 11:30:00 GMT' : get.call(this, name);
        };";
    let reader = Reader::of(burning());
    reader.prelude(headers);
    reader.stop_clock("2026-03-10T09:00:00Z");
    reader.open("");
    reader.until("document.querySelector('.card [data-since]').textContent === '44 min so far'");
}

#[test]
fn what_is_new_takes_the_place_of_what_was_and_leaves_the_reader_where_they_are() {
    let reader = reader(burning(), NOW, "UTC");
    reader.window(1280, 400);
    reader.run(
        "window.said = [];
         new MutationObserver(() => said.push(document.querySelector('#news').textContent))
             .observe(document.querySelector('#news'), {childList: true});
         document.querySelector('[data-key*=search] summary').click();
         document.querySelector('[data-key*=search] details a').focus();
         scrollTo(0, document.querySelector('[data-key*=search]').offsetTop - 150);",
    );
    let seen = "Math.round(document.querySelector('[data-key*=search]').getBoundingClientRect().top)";
    let before: i64 = reader.eval(seen);
    reader.server.publish(identified());
    reader.advance(61);
    reader.until("document.title.startsWith('Partial outage: Login')");
    assert_eq!(reader.text(".banner h1"), "Partial outage: Login");
    assert!(reader.text(".updates").contains("It is the database."));
    assert_eq!(reader.eval::<String>("document.activeElement.textContent"), "Slow search");
    assert_eq!(reader.count("[data-key*=search] details[open]"), 1);
    assert_eq!(reader.eval::<i64>(seen), before, "what is read stays where it is");
    assert_eq!(reader.eval::<Vec<String>>("said"), ["Now: Partial outage: Login — Test"]);
    assert!(
        reader
            .eval::<String>("document.querySelector('link[rel=icon]').href")
            .ends_with("icon-partial_outage.svg")
    );
    assert_eq!(reader.witnessed(), [""; 0]);
}

#[test]
fn what_the_reader_closed_stays_closed_and_an_old_page_is_not_taken_for_news() {
    let reader = reader(burning(), NOW, "UTC");
    let mut lagging = Site::clone(&burning());
    lagging.insert("status.json".to_owned(), identified()["status.json"].clone());
    reader.server.publish(Arc::new(lagging));
    reader.server.requests();
    reader.advance(61);
    let pages = reader.server.requests().iter().filter(|it| it.path == "/").count();
    assert_eq!((pages, reader.text(".banner h1")), (1, "Major outage: Login".to_owned()));
    assert_eq!(reader.text("#news"), "");
    reader.click("#group-outside summary");
    reader.server.publish(identified());
    reader.advance(61);
    reader.until("document.title.startsWith('Partial outage: Login')");
    assert_eq!(reader.count("#group-outside[open]"), 0);
}

#[test]
fn a_group_opens_when_it_has_trouble_unless_the_reader_moved_it() {
    let groups =
        SITE.replace("{id: outside, name: Outside}", "{id: outside, name: Outside, collapsed: true}");
    let groups = |incidents: &[(&str, &str)]| written(&groups, incidents, NOW);
    let trouble = OUTAGE.replace("login", "web");
    let is_open = |reader: &Reader| reader.count("#group-outside[open]") == 1;
    let reader = reader(groups(&[]), NOW, "UTC");
    assert!(!is_open(&reader));
    reader.server.publish(groups(&[("outage", &trouble)]));
    reader.advance(5 * 60 + 2);
    assert!(is_open(&reader));
    reader.click("#group-outside summary");
    reader.server.publish(groups(&[("outage", &(trouble + &SECOND.replace("login", "web")))]));
    reader.advance(61);
    reader.until("document.title.startsWith('Partial outage: Web')");
    assert!(!is_open(&reader));
}

#[test]
fn where_what_had_the_focus_is_gone_the_focus_stays_in_the_content() {
    let reader = reader(burning(), NOW, "UTC");
    reader.run("document.querySelector('.card a').focus()");
    reader.server.publish(calm());
    reader.advance(61);
    reader.until("document.querySelector('.banner.operational')");
    assert_eq!(reader.eval::<String>("document.activeElement.id"), "main");
    reader.run("document.querySelector('footer a').focus()");
    reader.server.publish(burning());
    reader.advance(5 * 60 + 2);
    reader.until("document.querySelector('.banner.major_outage')");
    assert!(reader.eval::<bool>("document.activeElement.matches('footer a')"));
}

#[test]
fn what_is_being_selected_is_left_alone_for_two_minutes() {
    let reader = reader(burning(), NOW, "UTC");
    reader.run("getSelection().selectAllChildren(document.querySelector('.updates .prose'))");
    reader.server.publish(identified());
    reader.advance(2 * 60);
    assert_eq!(reader.eval::<String>("getSelection().toString().trim()"), "We look into it.");
    reader.advance(62);
    reader.until("document.title.startsWith('Partial outage: Login')");
}

#[test]
fn an_answer_that_is_no_status_does_no_harm() {
    for answer in ["<!doctype html><title>Welcome to our network</title>", "null", "[]", "{}", ""] {
        let mut captive = Site::clone(&burning());
        captive.insert("status.json".to_owned(), answer.as_bytes().to_vec());
        let reader = reader(Arc::new(captive), NOW, "UTC");
        reader.advance(5 * 60);
        assert_eq!(reader.text(".banner h1"), "Major outage: Login", "{answer}");
        assert_eq!((reader.witnessed(), reader.console()), (vec![], vec![]), "{answer}");
    }
}

#[test]
fn a_page_without_a_revision_asks_for_nothing() {
    let mut site = Site::clone(&burning());
    let page = String::from_utf8(site["index.html"].clone()).unwrap();
    let (before, after) = page.split_once("<meta name=\"revision\" content=\"").unwrap();
    let page = format!("{before}<meta name=\"revision\" content=\"{}", &after[after.find('"').unwrap()..]);
    site.insert("index.html".to_owned(), page.into_bytes());
    let reader = Reader::of(Arc::new(site));
    reader.stop_clock(NOW);
    reader.open("");
    reader.advance(5 * 60);
    assert_eq!(asked(&reader), 0);
    assert_eq!(reader.witnessed(), [""; 0]);
}

#[test]
fn an_exchange_leaves_nothing_behind() {
    let reader = Reader::of(burning());
    reader.stop_clock(NOW);
    reader.open("");
    reader.run(
        "window.begun = 0; const begin = setInterval; window.setInterval = (...it) => (begun++, begin(...it))",
    );
    let elements = "document.querySelectorAll('*').length";
    let before: usize = reader.eval(elements);
    for _ in 0..5 {
        reader.server.publish(identified());
        reader.advance(61);
        reader.server.publish(burning());
        reader.advance(61);
    }
    assert_eq!(reader.eval::<[usize; 2]>(&format!("[{elements}, begun]")), [before, 0]);
}

#[test]
fn an_incident_that_is_over_is_not_asked_for_any_more() {
    let reader = reader(burning(), NOW, "UTC");
    reader.open("incidents/outage.html");
    let over = OUTAGE.to_owned() + "  - {at: 2026-03-10T11:29Z, status: resolved, body: It works.}\n";
    reader.server.publish(site(&[("outage", &over)], NOW));
    reader.advance(61);
    reader.until("document.querySelector('.strip.past')");
    asked(&reader);
    reader.advance(300);
    assert_eq!(asked(&reader), 0);
}

#[test]
fn status_is_asked_for_each_minute_while_something_is_open_and_each_five_when_calm() {
    let burning = reader(burning(), NOW, "UTC");
    asked(&burning);
    burning.advance(5 * 60 + 10);
    assert_eq!(asked(&burning), 5);
    let calm = reader(calm(), NOW, "UTC");
    asked(&calm);
    calm.advance(15 * 60 + 10);
    let requests = calm.server.requests();
    let requests: Vec<_> = requests.iter().filter(|it| it.path == "/status.json").collect();
    assert_eq!(requests.len(), 3);
    assert!(requests.iter().all(|it| it.conditional && it.status == 304), "{requests:?}");
}

#[test]
fn a_host_that_fails_is_asked_less_and_less_and_the_reader_is_told() {
    let reader = reader(burning(), NOW, "UTC");
    reader.server.fail(503);
    asked(&reader);
    let mut counted = Vec::new();
    for minutes in [1, 2, 4, 8, 15, 15] {
        reader.advance(minutes * 60 + 2);
        counted.push(asked(&reader));
    }
    assert_eq!(counted, [1; 6], "after 1, 2, 4, 8, 15 and 15 minutes");
    assert_eq!(reader.text("#freshness"), "Could not ask for news since 11:30 UTC.");
    assert_eq!(reader.text(".banner h1"), "Major outage: Login", "the page stays");
    reader.server.recover();
    reader.advance(15 * 60 + 2);
    assert!(!reader.text("#freshness").contains("Could not"));
    assert_eq!(reader.witnessed(), [""; 0]);
}

#[test]
fn nothing_is_asked_for_while_the_page_is_hidden() {
    let reader = Reader::of(burning());
    reader.prelude("window.away = false; Object.defineProperty(document, 'hidden', {get: () => away})");
    reader.stop_clock(NOW);
    reader.open("");
    reader.until("performance.getEntriesByName(document.baseURI + 'status.json').length");
    reader.run("window.away = true");
    asked(&reader);
    reader.advance(10 * 60);
    assert_eq!(asked(&reader), 0);
    reader.run("window.away = false");
    reader.advance(2);
    assert_eq!(asked(&reader), 1, "at once when it is seen again");
}

#[test]
fn a_page_that_is_older_than_it_should_be_says_so() {
    let open = reader(burning(), "2026-03-10T11:44:00Z", "UTC");
    assert_eq!(open.text("#freshness"), "");
    open.advance(2 * 60);
    assert_eq!(
        open.text("#freshness"),
        "This page was built 16 min ago. What has happened since is not on it."
    );
    let calm_day = reader(calm(), "2026-03-11T13:00:00Z", "UTC");
    assert_eq!(calm_day.text("#freshness"), "");
    calm_day.advance(60 * 60);
    assert!(calm_day.text("#freshness").contains("1 d 2 h ago"));
}

#[test]
fn maintenance_begins_and_ends_at_its_instant() {
    let reader = reader(site(&[("disks", MAINTENANCE)], NOW), "2026-03-10T11:59:58Z", "UTC");
    let words = |expected: [&str; 4]| {
        let shown = ["h1", ".card .state", "[data-key*=search] .state", "[data-key*=login] .state"];
        assert_eq!(shown.map(|it| reader.text(it).trim().to_owned()), expected);
    };
    words(["All systems operational", "Scheduled", "Operational", "Operational"]);
    reader.advance(3);
    words(["Maintenance under way: Search", "In progress", "Under maintenance", "Operational"]);
    assert_eq!(reader.count(".banner.under_maintenance [href='#icon-under_maintenance']"), 1);
    assert_eq!(reader.count("[data-key*=search] .state.under_maintenance"), 1);
    assert_eq!(reader.text("#news"), "Now: Maintenance under way: Search");
    reader.advance(30 * 60);
    words(["All systems operational", "Completed", "Operational", "Operational"]);
}

#[test]
fn a_page_that_the_clock_has_changed_is_old_five_minutes_after_and_midnight_changes_none() {
    let planned = reader(site(&[("disks", MAINTENANCE)], NOW), "2026-03-10T11:59:58Z", "UTC");
    planned.advance(4 * 60);
    assert_eq!(planned.text("#freshness"), "", "it may be built any moment");
    planned.advance(2 * 60);
    assert_eq!(
        planned.text("#freshness"),
        "This page was built 35 min ago. What has happened since is not on it."
    );
    let calm = reader(calm(), "2026-03-11T00:20:00Z", "UTC");
    calm.advance(60);
    assert_eq!(calm.text("#freshness"), "");
}

#[test]
fn the_state_is_asked_for_when_something_was_to_change() {
    let reader = reader(site(&[("disks", MAINTENANCE)], NOW), "2026-03-10T11:59:00Z", "UTC");
    asked(&reader);
    reader.advance(60);
    assert_eq!(asked(&reader), 0);
    reader.advance(30);
    assert_eq!(asked(&reader), 1);
}

#[test]
fn the_days_of_a_bar_are_told_to_keys_mouse_and_finger() {
    let reader = reader(calm(), NOW, "UTC");
    let slider = ".wide [aria-label^=Search].slider";
    let told = |expected: &str| assert_eq!(reader.text(".told"), expected);
    let value = format!("document.querySelector('{slider}').ariaValueText.replace(/\\s+/g, ' ')");
    assert_eq!(reader.eval::<String>(&value), "10 March 2026: Operational", "before it is touched");
    assert_eq!(reader.count(".told"), 0);
    reader.run(&format!("document.querySelector('{slider}').focus()"));
    told("10 March 2026: Operational");
    for _ in 0..3 {
        reader.press("\u{e012}");
    }
    told("7 March 2026: Slow search: Degraded performance, 2 h");
    assert_eq!(reader.eval::<String>(&value), "7 March 2026: Slow search: Degraded performance, 2 h");
    reader.press("\u{e011}");
    told("11 December 2025: No data");
    reader.press("\u{e00c}");
    assert_eq!(reader.count(".told"), 0);
    reader.hover(slider);
    assert_eq!(reader.count(".told"), 1);
    reader.hover("h1");
    assert_eq!(reader.count(".told"), 0);
    reader.window(360, 800);
    reader.touch(".narrow [aria-label^=Search].slider");
    reader.until("document.querySelector('.narrow .told')?.textContent.endsWith('Operational')");
    assert_eq!(reader.witnessed(), [""; 0]);
}

#[test]
fn the_keyboard_reaches_the_button() {
    let reader = reader(calm(), NOW, "Asia/Tokyo");
    reader.run("document.querySelector('footer a').focus()");
    for _ in 0..8 {
        if !reader.eval::<bool>("document.activeElement.matches('#clock')") {
            reader.press(TAB);
        }
    }
    reader.press(ENTER);
    assert_eq!(reader.text("#zone"), "All times are in UTC.");
    reader.run("localStorage.clear()");
}
