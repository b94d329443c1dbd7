//! What pages and the files for hosts say to search engines and where links are shared, by the real binary.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod hosts;
mod linked;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use serde_json::Value;

/// The output, by path.
type Site = BTreeMap<String, Vec<u8>>;

const URL: &str = "https://status.larkspur.example";
const INCIDENT: &str = "incidents/2020-07-10-login-cascade.html";
const DURING: &str = "2020-07-10T11:30:00Z";
const QUIET: &str = "2026-11-21T12:00:00Z";
const INSTANTS: [&str; 4] = ["2020-07-10T10:00:00Z", DURING, "2020-07-10T13:00:00Z", QUIET];

fn build(root: &Path, at: &str, further: &[&str]) -> Site {
    let out = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_allclear"));
    command.current_dir(root).env("SOURCE_DATE_EPOCH", epoch(at));
    let output = command.arg("build").args(further).arg("--out").arg(out.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let files = walkdir::WalkDir::new(out.path()).into_iter().map(Result::unwrap);
    let files = files.filter(|it| it.file_type().is_file()).map(|it| {
        let path = it.path().strip_prefix(out.path()).unwrap().to_str().unwrap().to_owned();
        (path, fs::read(it.path()).unwrap())
    });
    files.collect()
}

/// An instant as SOURCE_DATE_EPOCH has it, which makes it the present.
fn epoch(at: &str) -> String {
    at.parse::<jiff::Timestamp>().unwrap().as_second().to_string()
}

/// The sample at one of [`INSTANTS`].
fn sample(at: &str) -> &'static Site {
    static SAMPLES: LazyLock<[Site; 4]> =
        LazyLock::new(|| INSTANTS.map(|at| build(Path::new(env!("CARGO_MANIFEST_DIR")), at, &[])));
    &SAMPLES[INSTANTS.iter().position(|it| *it == at).unwrap()]
}

/// A project of one component with these further files.
fn project(files: &[(&str, &str)]) -> tempfile::TempDir {
    let site =
        "title: One\nurl: https://status.example.com\nsince: 2020-01-01\ncomponents: [{id: a, name: A}]\n";
    let root = tempfile::tempdir().unwrap();
    for (path, text) in [("site/site.yaml", site)].iter().chain(files) {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    root
}

fn text<'a>(site: &'a Site, path: &str) -> &'a str {
    std::str::from_utf8(&site[path]).unwrap()
}

fn heads(site: &Site) -> impl Iterator<Item = (&str, &str)> {
    let pages = site.keys().filter(|path| path.ends_with(".html"));
    pages.map(|path| (path.as_str(), text(site, path).split("</head>").next().unwrap()))
}

fn is_listed(head: &str) -> bool {
    !head.contains("<meta name=\"robots\" content=\"noindex\">")
}

/// What stands between the two, wherever they stand.
fn between<'a>(text: &'a str, before: &str, after: &str) -> Vec<&'a str> {
    text.split(before).skip(1).filter_map(|it| it.split(after).next()).collect()
}

/// The one value of a `meta` element.
#[track_caller]
fn meta<'a>(head: &'a str, kind: &str, name: &str) -> &'a str {
    let found = between(head, &format!("<meta {kind}=\"{name}\" content=\""), "\"");
    assert_eq!(found.len(), 1, "{name} in {head}");
    found[0]
}

fn canonical(path: &str) -> String {
    format!("{URL}/{}", if path == "index.html" { "" } else { path })
}

#[test]
fn every_page_has_a_title_of_its_own_and_says_what_it_tells() {
    for at in INSTANTS {
        let site = sample(at);
        let mut titles = BTreeSet::new();
        for (path, head) in heads(site) {
            let title = between(head, "<title>", "</title>");
            assert_eq!(title.len(), 1, "{path}");
            assert!(
                !is_listed(head) || titles.insert(title[0]),
                "{at}: {path} shares its title {}",
                title[0]
            );
            let length = meta(head, "name", "description").chars().count();
            // A character may be five as it is escaped.
            assert!((10..=200).contains(&length), "{at}: {path} describes itself in {length} characters");
        }
    }
}

#[test]
fn a_shared_link_has_all_that_networks_read() {
    for at in INSTANTS {
        let site = sample(at);
        for (path, head) in heads(site).filter(|(_, head)| is_listed(head)) {
            let property = |name| meta(head, "property", name);
            assert_eq!(property("og:url"), canonical(path));
            assert!(head.contains(&format!("<link rel=\"canonical\" href=\"{}\">", canonical(path))));
            assert_eq!(property("og:description"), meta(head, "name", "description"));
            assert_eq!(property("og:site_name"), "Larkspur Audio status");
            assert_eq!(property("og:locale"), "en_GB");
            assert!(["website", "article"].contains(&property("og:type")));
            assert!(!property("og:title").is_empty() && !property("og:title").contains('—'));
            assert!(property("og:image:alt").starts_with("Larkspur Audio status"));
            assert_eq!(meta(head, "name", "twitter:card"), "summary_large_image");
            check_picture(site, property("og:image"));
        }
    }
}

/// The picture at this address is of the site, and a PNG as large as is said.
#[track_caller]
fn check_picture(site: &Site, address: &str) {
    let path = address.strip_prefix(&format!("{URL}/")).expect("it is of the site");
    let png = site.get(path).expect("it is in the output");
    assert_eq!(png[..8], *b"\x89PNG\r\n\x1a\n");
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    assert_eq!((number(16), number(20)), (1200, 630), "{path}");
    assert!(png.len() < 10_000, "{path} has {} bytes", png.len());
}

#[test]
fn every_state_has_a_picture() {
    let cards = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/assets/cards");
    let mut found: Vec<String> = fs::read_dir(cards)
        .unwrap()
        .map(|it| it.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    found.sort();
    let states = ["degraded_performance", "major_outage", "neutral", "no_data", "operational"];
    assert_eq!(found, [&states[..], &["partial_outage", "under_maintenance"]].concat());
}

#[test]
fn the_picture_follows_the_state_and_shows_that_what_is_over_is_over() {
    let picture = |at: &str, path: &str| {
        let site = sample(at);
        let (_, head) = heads(site).find(|it| it.0 == path).unwrap();
        let address = meta(head, "property", "og:image");
        address.strip_prefix(&format!("{URL}/theme/cards/")).unwrap().to_owned()
    };
    assert_eq!(picture(INSTANTS[0], "index.html"), "operational.png");
    assert_eq!(picture(DURING, "index.html"), "major_outage.png");
    assert_eq!(picture(DURING, INCIDENT), "major_outage.png");
    assert_eq!(picture(DURING, "is-it-just-me.html"), "major_outage.png");
    assert_eq!(picture(DURING, "components/login.html"), "major_outage.png");
    assert_eq!(picture(DURING, "history.html"), "neutral.png");
    assert_eq!(picture(QUIET, INCIDENT), "operational.png");
}

#[test]
fn a_description_tells_the_facts() {
    let (during, quiet) = (sample(DURING), sample(QUIET));
    let description = |site: &Site, path: &str| {
        let (_, head) = heads(site).find(|it| it.0 == path).unwrap();
        meta(head, "name", "description").to_owned()
    };
    let index = description(during, "index.html");
    assert!(
        index.starts_with("Major outage: Login, Mobile apps and 4 more · 11 of 14 components"),
        "{index}"
    );
    let open = description(during, INCIDENT);
    assert!(open.starts_with("Identified · since 10 July 2020, 10:30 UTC · Login, "), "{open}");
    let ended = description(quiet, INCIDENT);
    assert!(ended.starts_with("Resolved · 10 July 2020, 10:30–"), "{ended}");
}

#[test]
fn the_data_of_a_page_is_json_that_says_what_it_is() {
    let site = sample(QUIET);
    for (path, head) in heads(site) {
        let blocks = between(head, "<script type=\"application/ld+json\">", "</script>");
        assert!(!is_listed(head) || blocks.len() == 1, "{path} has {} blocks", blocks.len());
        let Some(block) = blocks.first() else { continue };
        let value: Value = serde_json::from_str(block).unwrap();
        assert_eq!(value["@context"], "https://schema.org");
        for thing in value["@graph"].as_array().unwrap() {
            check_thing(path, thing);
        }
    }
}

#[track_caller]
fn check_thing(path: &str, thing: &Value) {
    match thing["@type"].as_str().unwrap() {
        "WebSite" => assert_eq!((path, thing["url"].as_str()), ("index.html", Some(&*canonical(path)))),
        "Article" => {
            assert!(path.starts_with("incidents/") || path.starts_with("postmortems/"), "{path}");
            assert_eq!(thing["url"], canonical(path));
            assert!(!thing["headline"].as_str().unwrap().is_empty());
        }
        "BreadcrumbList" => {
            let steps = thing["itemListElement"].as_array().unwrap();
            assert_eq!(steps[0]["item"], canonical("index.html"));
            assert_eq!(steps.last().unwrap()["item"], canonical(path));
        }
        other => panic!("{path} is a {other}"),
    }
}

#[test]
fn what_has_moved_or_is_not_there_is_not_found() {
    let files = [("incidents/b.yaml", "title: B\naliases: [a]\nstarted_at: 2026-03-01T10:00Z\n")];
    let site = build(project(&files).path(), "2026-03-02T12:00:00Z", &[]);
    let head = |path: &str| heads(&site).find(|it| it.0 == path).unwrap().1.to_owned();
    let moved = head("incidents/a.html");
    assert!(
        !is_listed(&moved)
            && moved.contains("rel=\"canonical\" href=\"https://status.example.com/incidents/b.html\"")
    );
    assert_eq!(meta(&moved, "property", "og:url"), "https://status.example.com/incidents/b.html");
    let missing = head("404.html");
    assert!(!is_listed(&missing) && !missing.contains("canonical") && !missing.contains("og:"));
}

#[test]
fn the_policy_comes_before_all_that_it_governs() {
    for (path, head) in heads(sample(DURING)) {
        let policy = head.find("http-equiv=\"Content-Security-Policy\"").expect(path);
        let governed = ["<link", "<script", "<style"].iter().filter_map(|it| head.find(it)).min();
        assert!(governed.is_none_or(|first| policy < first), "{path}");
    }
}

#[test]
fn hostile_text_stays_text_in_a_head() {
    const HOSTILE: &str = "</script></title>\\\"><script>alert(1)</script><!--";
    let incident = format!(
        "title: \"{HOSTILE}\"\nsummary: \"{HOSTILE}\"\nstarted_at: 2026-03-01T10:00Z\ncomponents: {{a: major_outage}}\n"
    );
    let site = build(project(&[("incidents/b.yaml", &incident)]).path(), "2026-03-02T12:00:00Z", &[]);
    for (path, head) in heads(&site) {
        assert!(!head.contains("<script>") && !head.contains("<!--"), "{path}: {head}");
        let (opened, closed) = (head.matches("<script").count(), head.matches("</script>").count());
        assert_eq!(opened, closed, "{path}");
    }
}
