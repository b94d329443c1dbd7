//! Searching all incidents.

use std::sync::{Arc, OnceLock};

use crate::reader::{ENTER, Reader, TAB};
use crate::site::{QUIET, Site, build, sample};

const SITE: &str = "\
title: Example
url: https://status.example.com
since: 2024-01-01
components: [{id: login, name: Login}, {id: covers, name: Covers}]
";

/// More incidents than a page of lines holds, two years before the others.
const MANY: usize = 45;

/// A site of three years, in which each incident is found by something else.
fn site() -> Arc<Site> {
    static BUILT: OnceLock<Arc<Site>> = OnceLock::new();
    Arc::clone(BUILT.get_or_init(|| Arc::new(built())))
}

fn built() -> Site {
    let root = tempfile::tempdir().unwrap();
    let put = |path: &str, text: &str| {
        let path = root.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let incident = |id: &str, component: &str, title: &str, text: &str| {
        let start = &id[..10];
        let lines = [
            format!(
                "title: {title}\ncomponents: {{{component}: partial_outage}}\ntags: [tag-{component}]\nupdates:\n"
            ),
            format!("  - {{at: {start}T10:00Z, status: investigating, body: {text}}}\n"),
            format!("  - {{at: {start}T11:00Z, status: resolved, body: It is over.}}\n"),
        ];
        put(&format!("incidents/{id}.yaml"), &lines.concat());
    };
    put("site/site.yaml", SITE);
    incident("2026-02-01-slow", "login", "Everything is slow", "The gateway answers late.");
    incident("2026-01-05-cafe", "covers", "Café pictures", "Naïve retries of the Straße cache.");
    incident("2025-06-01-gateway", "login", "The gateway is down", "A disk was full.");
    incident("2025-05-01-japan", "login", "ログインできない", "画面が白くなります。");
    incident(
        "2025-04-01-attack",
        "covers",
        "\"<img src=x onerror=alert(1)> attack\"",
        "\"</script><script>alert(2)</script>\"",
    );
    for number in 0..MANY {
        let (month, day) = (1 + number / 28, 1 + number % 28);
        incident(
            &format!("2024-{month:02}-{day:02}-many"),
            "covers",
            &format!("Number {number}"),
            "One of many.",
        );
    }
    build(root.path(), "2026-03-01T12:00:00Z")
}

/// A reader on the page.
fn reader() -> Reader {
    let reader = Reader::of(site());
    reader.open("search.html");
    reader
}

/// Puts a query into the field, as a reader does, and waits until it is answered.
#[track_caller]
fn search(reader: &Reader, query: &str) {
    reader.run("document.querySelector('#query').value = ''; document.querySelector('#query').focus()");
    query.chars().for_each(|it| reader.press(&it.to_string()));
    reader.until(&format!("new URLSearchParams(location.search).get('q') === {query:?} && {DONE}"));
}

/// That nothing is being searched.
const DONE: &str = "document.querySelector('[role=status]').textContent && !document.querySelector('[data-slot=progress]').textContent";

/// The headlines that were found, in their order.
#[track_caller]
fn titles(reader: &Reader) -> Vec<String> {
    reader.eval("Array.from(document.querySelectorAll('.lines a'), it => it.textContent)")
}

fn parts_asked_for(reader: &Reader) -> Vec<String> {
    let paths = reader.server.requests().into_iter().map(|it| it.path);
    paths.filter(|it| it.starts_with("/search/")).collect()
}

#[track_caller]
fn check(query: &str, expected: &[&str]) {
    let reader = reader();
    search(&reader, query);
    assert_eq!(titles(&reader), expected, "{query}");
}

#[test]
fn nothing_of_the_index_is_loaded_before_the_reader_types() {
    let reader = reader();
    reader.run("document.querySelector('#query').focus()");
    assert_eq!(parts_asked_for(&reader), [""; 0]);
    search(&reader, "disk");
    assert_eq!(parts_asked_for(&reader), ["/search/2026.json", "/search/2025.json", "/search/2024.json"]);
    search(&reader, "gateway");
    assert_eq!(parts_asked_for(&reader), [""; 0], "what was loaded is kept");
}

#[test]
fn titles_come_before_texts_and_then_the_newest() {
    check("gateway", &["The gateway is down", "Everything is slow"]);
}

#[test]
fn a_query_finds_texts_components_tags_and_ids() {
    check("disk full", &["The gateway is down"]);
    check("tag-login late", &["Everything is slow"]);
    check("2025-06-01", &["The gateway is down"]);
    check("login disk", &["The gateway is down"]);
}

#[test]
fn case_accents_and_the_borders_of_words_do_not_matter() {
    check("CAFE naive strasse", &["Café pictures"]);
    check("ateway full", &["The gateway is down"]);
    check("ログイン", &["ログインできない"]);
    check("白く", &["ログインできない"]);
}

#[test]
fn hits_are_marked_where_they_stand() {
    let reader = reader();
    search(&reader, "naive cafe");
    let marked: Vec<String> =
        reader.eval("Array.from(document.querySelectorAll('.lines mark'), it => it.textContent)");
    assert_eq!(marked, ["Café", "Naïve"]);
    assert_eq!(reader.text(".lines [data-slot=word]"), "Partial outage");
    assert_eq!(reader.text("[data-slot=facts]"), "5 January 2026 · Covers");
}

#[test]
fn what_people_wrote_does_not_run() {
    let reader = reader();
    search(&reader, "attack");
    assert_eq!(titles(&reader), ["<img src=x onerror=alert(1)> attack"]);
    assert!(reader.text("[data-slot=text]").contains("</script>"));
    search(&reader, "<script>");
    assert_eq!(titles(&reader).len(), 1);
    search(&reader, "<img src=x>nothing");
    assert!(reader.text("[role=status]").contains("“<img src=x>nothing”"));
    assert_eq!((reader.count("main img"), reader.count("main script")), (0, 0));
    assert_eq!(reader.witnessed(), [""; 0]);
    assert_eq!(reader.console(), [""; 0]);
}

#[test]
fn an_address_carries_its_query() {
    let reader = Reader::of(site());
    reader.open("search.html?q=gateway%20full");
    reader.until(DONE);
    assert_eq!(reader.eval::<String>("document.querySelector('#query').value"), "gateway full");
    assert_eq!(titles(&reader), ["The gateway is down"]);
    reader.run("document.querySelector('#query').value = ''");
    reader.run("document.querySelector('#query').dispatchEvent(new Event('input'))");
    reader.until("location.search === ''");
    assert_eq!((reader.text("[role=status]"), reader.count(".lines li")), (String::new(), 0));
}

#[test]
fn a_page_of_lines_is_shown_at_a_time_and_more_is_asked_for_by_keyboard() {
    let reader = reader();
    search(&reader, "of many");
    assert_eq!((reader.count(".lines li"), reader.text("[role=status]")), (20, format!("Found: {MANY}")));
    while reader.eval("document.activeElement.localName !== 'button'") {
        reader.press(TAB);
    }
    reader.press(ENTER);
    reader.until(&format!("document.activeElement.localName === 'a' && {DONE}"));
    assert_eq!((reader.count(".lines li"), reader.text(":focus")), (40, "Number 24".to_owned()));
}

#[test]
fn older_years_are_left_alone_when_the_newest_hold_enough() {
    let reader = Reader::of(sample(QUIET));
    reader.open("search.html?q=the");
    reader.until(DONE);
    let asked_for = parts_asked_for(&reader);
    assert!(!asked_for.is_empty() && !asked_for.contains(&"/search/2020.json".to_owned()), "{asked_for:?}");
    assert!(reader.text("[role=status]").starts_with("Found since 20"));
}

#[test]
fn an_index_that_cannot_be_loaded_is_told_and_tried_again() {
    let reader = reader();
    reader.server.fail(503);
    search(&reader, "gateway");
    assert_eq!(reader.text("[role=status]"), "The index of 2026 could not be loaded.");
    reader.server.recover();
    reader.click("[data-slot=more]");
    reader.until("document.querySelectorAll('.lines li').length === 2");
    assert_eq!(reader.text("[role=status]"), "Found: 2");
}

#[test]
fn without_script_the_page_says_so_and_leads_to_all_years() {
    let reader = Reader::without_script(site());
    reader.open("search.html");
    assert!(reader.text("[data-slot=unscripted]").starts_with("To search, this page needs script"));
    assert_eq!(
        (reader.text("[role=search]"), reader.text(".years ul")),
        (String::new(), "2026\n2025\n2024".to_owned())
    );
    assert_eq!(reader.server.requests().iter().filter(|it| it.path.ends_with(".js")).count(), 0);
}
