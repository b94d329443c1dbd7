//! That text cannot become anything else: a list of injections through every field, into a real browser and strict parsers.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use serde_json::Value;

use crate::hostile::{AT, Hostile};
use crate::injections::{Field, all};
use crate::markup;
use crate::reader::Reader;
use crate::site::{Site, build, files};

/// What is in a page and should not be, whoever wrote it.
const OFFENCES: &str = r#"[...document.querySelectorAll('*')].flatMap(element => {
    const name = element.localName;
    const offences = [...element.attributes].filter(it =>
        /^(on|style$|srcdoc$|action$|formaction$)/i.test(it.name)
        || (/href$|^src$|^data$|^poster$/.test(it.name)
            && !['http:', 'https:', 'mailto:', 'tel:'].includes(new URL(it.value, location).protocol))
        || (it.name === 'src' && new URL(it.value, location).origin !== location.origin)
    ).map(it => it.name + '=' + it.value);
    const foreign = ['base', 'embed', 'iframe', 'object', 'style'].includes(name)
        || (name === 'script' && !element.src && element.type !== 'application/ld+json')
        || (name === 'link' && new URL(element.href).origin !== location.origin && element.rel !== 'canonical')
        || (name === 'meta' && element.httpEquiv && element.httpEquiv !== 'Content-Security-Policy');
    return foreign ? [element.outerHTML] : offences;
})"#;

/// Fields that are read and, for the time being, shown nowhere.
const NOT_SHOWN: [&str; 1] = ["qq-window-region"];

/// What the lines of a calendar begin with.
const PROPERTIES: [&str; 24] = [
    "BEGIN:",
    "CALSCALE:",
    "CATEGORIES:",
    "COLOR:",
    "CREATED:",
    "DESCRIPTION:",
    "DTEND:",
    "DTSTAMP:",
    "DTSTART:",
    "END:",
    "LAST-MODIFIED:",
    "NAME:",
    "PRODID:",
    "REFRESH-INTERVAL;VALUE=DURATION:",
    "SEQUENCE:",
    "SOURCE;VALUE=URI:",
    "STATUS:",
    "SUMMARY:",
    "TRANSP:",
    "TZ",
    "UID:",
    "URL:",
    "VERSION:",
    "X-",
];

struct Built {
    hostile: Hostile,
    /// The words that mark the fields.
    marks: BTreeSet<String>,
    /// The site whose every field but its title is hostile, and the one whose title is.
    sites: [Arc<Site>; 2],
}

static BUILT: LazyLock<Built> = LazyLock::new(|| {
    let hostile = Hostile::of(&all());
    let sites = [Hostile::write, Hostile::write_title].map(|write| {
        let project = tempfile::tempdir().unwrap();
        write(&hostile, project.path());
        Arc::new(build(project.path(), AT))
    });
    Built { marks: hostile.marks(), hostile, sites }
});

#[test]
fn text_is_taken_wherever_it_can_do_no_harm() {
    let (all, built) = (all(), &*BUILT);
    assert!(100 <= all.len());
    let accepted = |field: Field| built.hostile.accepted(field);
    assert_eq!(accepted(Field::Line), all, "a line takes any text");
    let counts = Field::ALL.map(|it| (it, accepted(it).len()));
    for (field, count) in counts {
        assert_ne!(count, 0, "no text was tried in {field:?}");
    }
    let unsafe_address = |it: &&String| {
        ["script", "data:", "file:", "blob:", "feed:"].iter().any(|bad| it.to_lowercase().starts_with(bad))
    };
    assert_eq!(accepted(Field::Address).iter().find(unsafe_address), None);
}

#[test]
fn what_is_not_ours_would_be_seen() {
    let page = "<!doctype html><base href=/><a href=javascript:x>x</a><b onclick=x style=x></b><style></style><script></script>";
    let reader = Reader::of(Arc::new(files(&[("index.html", page)])));
    reader.open("index.html");
    assert_eq!(reader.eval::<Vec<String>>(OFFENCES).len(), 6);
}

#[test]
fn every_field_is_shown() {
    let files = BUILT.sites.iter().flat_map(|it| it.values());
    let text: String = files.map(|it| String::from_utf8_lossy(it)).collect();
    let hidden: Vec<&String> = BUILT.marks.iter().filter(|it| !text.contains(*it)).collect();
    assert_eq!(hidden, NOT_SHOWN);
}

#[test]
fn every_page_is_text_to_a_browser() {
    for site in &BUILT.sites {
        let reader = Reader::of(Arc::clone(site));
        for path in site.keys().filter(|it| it.ends_with(".html") && !it.starts_with("assets/")) {
            reader.open(path);
            check_page(&reader, path);
        }
        assert_eq!(reader.console(), [""; 0]);
        let own = reader.server.address("");
        let foreign = reader.asked_for().into_iter().find(|it| !it.starts_with(&own));
        assert_eq!(foreign, None, "a request to another host");
    }
}

#[test]
fn what_scripts_bring_in_is_text_too() {
    let site = &BUILT.sites[0];
    let revision: String = {
        let status: Value = serde_json::from_slice(&site["status.json"]).unwrap();
        status["revision"].as_str().unwrap().to_owned()
    };
    let mut older = Site::clone(site);
    let index = String::from_utf8(older["index.html"].clone()).unwrap();
    older.insert("index.html".to_owned(), index.replace(&revision, "older").into_bytes());
    let reader = Reader::of(Arc::new(older));
    reader.stop_clock(AT);
    reader.open("index.html");
    reader.server.publish(Arc::clone(site));
    reader.advance(300);
    reader.until(&format!("document.querySelector('meta[name=revision]').content === {revision:?}"));
    check_page(&reader, "the page exchanged");
    reader.open("search.html?q=alert");
    reader.until("[...document.querySelectorAll('main li')].filter(it => it.innerText.includes('alert(1)')).length > 5");
    check_page(&reader, "what is found");
}

#[test]
fn every_file_is_text_to_a_parser() {
    let files = BUILT.sites.iter().flat_map(|it| it.iter());
    for (path, bytes) in files.filter(|(path, _)| !path.ends_with(".png")) {
        let text = String::from_utf8(bytes.clone()).unwrap();
        match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
            "html" | "svg" | "xml" | "atom" | "rss" => check_markup(path, &text),
            "json" => check_json(path, &text),
            "ndjson" => text.lines().for_each(|it| check_json(path, it)),
            _ if path == "embed.js" => {
                let call = text.rsplit_once("\n})(").and_then(|(_, call)| call.strip_suffix(");\n"));
                check_json(path, call.expect("a call with one value"));
            }
            "ics" => check_lines(path, &text.replace("\r\n ", ""), &PROPERTIES),
            _ if path == "metrics" => check_lines(path, &text, &["allclear_", "# "]),
            _ => assert!(!text.contains("evil.example"), "{path} holds text of authors"),
        }
    }
}

#[track_caller]
fn check_page(reader: &Reader, what: &str) {
    assert_eq!(reader.eval::<Vec<String>>(OFFENCES), [""; 0], "{what}");
    assert_eq!(reader.witnessed(), [""; 0], "{what}");
}

#[track_caller]
fn check_json(path: &str, text: &str) {
    drop(serde_json::from_str::<Value>(text).unwrap_or_else(|it| panic!("{path}: {it}")));
}

/// That no text of an author begins a line.
#[track_caller]
fn check_lines(path: &str, text: &str, beginnings: &[&str]) {
    let foreign = text.lines().find(|line| !beginnings.iter().any(|it| line.starts_with(it)));
    assert_eq!(foreign, None, "{path}");
}

#[track_caller]
fn check_markup(path: &str, text: &str) {
    let tags = markup::tags(text).unwrap_or_else(|at| panic!("{path} holds what is no tag of ours: {at}"));
    let offence = tags.iter().find_map(markup::offence);
    assert_eq!(offence, None, "{path}");
    let scripts = tags.iter().filter(|it| it.name.eq_ignore_ascii_case("script"));
    for script in scripts {
        let own = |(name, value): &(String, String)| match name.as_str() {
            "src" => value.trim_start_matches("../").starts_with("theme/"),
            "type" => value == "application/ld+json",
            _ => false,
        };
        assert!(script.attributes.iter().any(own), "{path}: {script:?}");
    }
}
