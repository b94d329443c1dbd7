//! Days and zones: a reader in Paris before the page of a company in Los Angeles, and a page of another instant.

use std::path::Path;
use std::sync::Arc;

use crate::reader::Reader;
use crate::site::{DURING, Site, build_as_of, written};

const SITE: &str = "title: Test
url: https://status.example.com
time_zone: America/Los_Angeles
since: 2026-01-01
components: [{id: search, name: Search}]
";
/// Late in the evening of 28 November in Los Angeles, and the morning of the 29th in Paris.
const LATE: &str = "title: Search is slow
components: {search: degraded_performance}
updates:
  - {at: 2026-11-29T07:30Z, status: investigating, body: Slow.}
  - {at: 2026-11-29T07:50Z, status: resolved, body: Fast., components: {search: operational}}
";
const NOW: &str = "2026-11-29T20:00:00Z";

fn reader() -> Reader {
    let site: Arc<Site> = written(SITE, &[("late", LATE)], NOW);
    let reader = Reader::of(site);
    reader.stop_clock(NOW);
    reader.time_zone("Europe/Paris");
    reader
}

#[test]
fn lists_by_day_stay_in_the_zone_of_the_site_and_name_it() {
    let reader = reader();
    for page in ["index.html", "history.html", "history/2026-11.html"] {
        reader.open(page);
        let list = "[...document.querySelectorAll('.dated')].find(it => it.querySelector('.line'))";
        let text: String = reader.eval(&format!("{list}.innerText"));
        assert!(text.starts_with("28 November 2026"), "{page}: {text}");
        assert!(text.contains("28 November 2026, 23:30 PST"), "{page}: {text}");
        let named =
            "document.querySelector('#main').innerText.includes('in the time zone America/Los_Angeles')";
        assert!(reader.eval::<bool>(named), "{page}");
        let footer = "Days, tables and charts are in America/Los_Angeles, other times in Europe/Paris.";
        assert_eq!(reader.text("#zone"), footer);
    }
}

#[test]
fn tables_stay_in_the_zone_of_the_site_and_single_times_are_the_readers() {
    let reader = reader();
    reader.open("incidents/late.html");
    assert_eq!(reader.text("table.affected time"), "28 November 2026, 23:30 PST");
    assert_eq!(reader.text(".strip time"), "29 November 2026, 08:30 GMT+1 (07:30 UTC)");
    reader.click("#clock");
    assert_eq!(reader.text(".strip time"), "29 November 2026, 07:30 UTC");
    assert_eq!(reader.text("table.affected time"), "28 November 2026, 23:30 PST");
    assert_eq!(
        reader.text("#zone"),
        "Days, tables and charts are in America/Los_Angeles, other times in UTC."
    );
    reader.run("localStorage.clear()");
    reader.open("components/search.html");
    assert_eq!(reader.text(".lines time"), "29 November 2026, 08:30 GMT+1", "this list is not by day");
}

#[test]
fn a_reader_in_the_zone_of_the_site_is_told_of_one_zone() {
    let reader = reader();
    reader.time_zone("America/Los_Angeles");
    reader.open("index.html");
    assert_eq!(reader.text("#zone"), "All times are in America/Los_Angeles.");
}

#[test]
fn a_page_of_another_instant_stands_still() {
    let site = build_as_of(Path::new(env!("CARGO_MANIFEST_DIR")), DURING);
    let reader = Reader::of(Arc::new(site));
    reader.stop_clock("2026-11-29T20:00:00Z");
    reader.open("index.html");
    assert!(reader.text(".as-of").starts_with("As of 10 July 2020, 11:30 UTC."));
    reader.advance(3600);
    assert_eq!(reader.text(".card [data-since]"), "1 h so far");
    assert_eq!(reader.text(".banner [data-since]"), "", "it does not say how long ago that was");
    assert_eq!(reader.text("#freshness"), "");
    assert!(reader.server.requests().iter().all(|it| it.path != "/status.json"), "it asks for nothing");
}
