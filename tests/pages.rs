//! The pages of the sample at several instants, and of a project full of secrets, made by the real binary.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

/// The output, by path.
type Site = BTreeMap<String, Vec<u8>>;

const BEFORE: &str = "2020-07-10T10:00:00Z";
const DURING: &str = "2020-07-10T11:30:00Z";
const INSTANTS: [&str; 5] = [BEFORE, DURING, "2020-07-10T13:00:00Z", "2024-11-19T12:00:00Z", QUIET];
const QUIET: &str = "2026-11-21T12:00:00Z";

fn build(root: &Path, at: &str) -> Site {
    let out = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_allclear"));
    command.current_dir(root).env("SOURCE_DATE_EPOCH", epoch(at));
    let output = command.args(["build", "--out"]).arg(out.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let files = walkdir::WalkDir::new(out.path()).into_iter().map(Result::unwrap);
    files
        .filter(|it| it.file_type().is_file() && it.file_name() != ".allclear")
        .map(|it| {
            let path = it.path().strip_prefix(out.path()).unwrap().to_str().unwrap().to_owned();
            (path, fs::read(it.path()).unwrap())
        })
        .collect()
}

/// An instant as SOURCE_DATE_EPOCH has it, which makes it the present.
fn epoch(at: &str) -> String {
    at.parse::<jiff::Timestamp>().unwrap().as_second().to_string()
}

fn sample(at: &str) -> Site {
    build(Path::new(env!("CARGO_MANIFEST_DIR")), at)
}

fn pages(site: &Site) -> impl Iterator<Item = (&str, &str)> {
    let pages = site.iter().filter(|(path, _)| path.ends_with(".html"));
    pages.map(|(path, bytes)| (path.as_str(), std::str::from_utf8(bytes).unwrap()))
}

/// The values of an attribute, in order.
fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let begin = format!(" {attribute}=\"");
    page.split(&begin).skip(1).filter_map(|it| it.split('"').next()).collect()
}

/// The path that a link of `page` leads to, and the anchor in it; none of a link out of the site.
fn target(page: &str, link: &str) -> Option<(String, Option<String>)> {
    if link.contains(':') {
        return None;
    }
    let (path, anchor) = link.split_once('#').map_or((link, None), |(path, it)| (path, Some(it.to_owned())));
    if path.is_empty() {
        return Some((page.to_owned(), anchor));
    }
    let mut names: Vec<&str> = if path.starts_with('/') { Vec::new() } else { page.split('/').collect() };
    names.pop();
    for name in path.trim_start_matches('/').split('/') {
        match name {
            ".." => drop(names.pop().expect("a link leaves the output")),
            name => names.push(name),
        }
    }
    Some((names.join("/"), anchor))
}

#[test]
fn every_link_leads_to_what_is_there() {
    for at in INSTANTS {
        let site = sample(at);
        for (path, page) in pages(&site) {
            for link in values(page, "href").into_iter().chain(values(page, "src")) {
                let Some((target, anchor)) = target(path, link) else { continue };
                let found = site.get(&target);
                assert!(found.is_some(), "{at}: {path} links to {link}, which is not there");
                let Some(anchor) = anchor else { continue };
                let text = String::from_utf8_lossy(found.unwrap());
                assert!(values(&text, "id").contains(&anchor.as_str()), "{at}: {path} has no {link}");
            }
        }
    }
}

#[test]
fn every_page_is_whole_without_script_and_obeys_the_policy() {
    for at in [DURING, QUIET] {
        for (path, page) in pages(&sample(at)) {
            check_page(path, page);
        }
    }
}

#[track_caller]
fn check_page(path: &str, page: &str) {
    assert_eq!(page.matches("<h1").count(), 1, "{path}");
    // A page for frames has no navigation to be skipped.
    let skips = page.contains("<a class=\"skip\" href=\"#main\">");
    assert!(skips || !page.contains("<nav"), "{path}");
    assert!(page.contains("http-equiv=\"Content-Security-Policy\" content=\"default-src"), "{path}");
    // A block of data is no script: `tests/heads.rs` reads it.
    let page = page.replace("<script type=\"application/ld+json\">", "");
    let page = page.as_str();
    for script in page.split("<script").skip(1) {
        assert!(script.starts_with(" src=\"") && script.contains("></script>"), "{path} holds a script");
    }
    for forbidden in ["<style", " style=\"", " onclick=", " onload=", "javascript:"] {
        assert!(!page.contains(forbidden), "{path} holds {forbidden}");
    }
    let ids = values(page, "id");
    let unique: BTreeSet<&&str> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len(), "{path} gives an id twice: {ids:?}");
}

#[test]
fn a_live_page_tells_the_state_and_what_a_recovery_is_like() {
    const RECOVERY: &str = "A fix is in place";
    let page = |at| String::from_utf8(sample(at)["is-it-just-me.html"].clone()).unwrap();
    assert!(page(BEFORE).contains("All systems operational"));
    assert!(page(DURING).contains("Major outage: Login") && !page(DURING).contains(RECOVERY));
    assert!(page("2020-07-10T13:00:00Z").contains(RECOVERY));
}

#[test]
fn the_title_names_the_state() {
    let site = sample(DURING);
    let title = |path: &str| {
        let page = String::from_utf8_lossy(&site[path]).into_owned();
        page.split("<title>").nth(1).unwrap().split("</title>").next().unwrap().to_owned()
    };
    assert!(title("index.html").starts_with("Major outage: Login"), "{}", title("index.html"));
    let incident = title("incidents/2020-07-10-login-cascade.html");
    assert!(incident.starts_with("Major outage: "), "{incident}");
    assert_eq!(title("components/login.html"), "Major outage: Login — Larkspur Audio status");
}

#[test]
fn a_minute_in_which_nothing_changes_changes_two_files() {
    let (one, other) = (sample(QUIET), sample("2026-11-21T12:01:00Z"));
    let changed: Vec<&String> = one.keys().filter(|path| one.get(*path) != other.get(*path)).collect();
    assert_eq!(one.len(), other.len());
    assert_eq!(changed, ["index.html", "status.json"]);
}

#[test]
fn the_revision_moves_with_a_change_and_not_with_the_clock() {
    let revision = |at: &str| {
        let status: serde_json::Value = serde_json::from_slice(&sample(at)["status.json"]).unwrap();
        status["revision"].as_str().unwrap().to_owned()
    };
    assert_eq!(revision("2020-07-10T11:30:00Z"), revision("2020-07-10T11:31:00Z"));
    assert_ne!(revision(BEFORE), revision(DURING));
}

#[test]
fn only_what_is_live_carries_the_revision() {
    let site = sample(DURING);
    let carrying: Vec<&str> =
        pages(&site).filter(|(_, page)| page.contains("<meta name=\"revision\"")).map(|it| it.0).collect();
    assert!(carrying.contains(&"index.html"));
    assert!(carrying.contains(&"incidents/2020-07-10-login-cascade.html"));
    assert!(carrying.contains(&"is-it-just-me.html"));
    assert!(!carrying.iter().any(|it| it.starts_with("components/") || it.starts_with("history")));
}

const SECRET: &str = "quetzalcoatl";

/// A project with the secret word in everything that is not public at [`QUIET`].
/// A project of one component with one outage, of so many days of bars, watched from `since`.
fn project_of_one(history_days: u16, since: &str) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    let site = format!(
        "format: 1\ntitle: One\nurl: https://status.example.com\ntime_zone: UTC\nsince: {since}\nhistory_days: {history_days}\n\
         components:\n  - {{id: web, name: Web}}\n"
    );
    let incident = "title: Out\nupdates:\n\
         \u{20} - {at: 2026-01-10T10:00Z, status: investigating, components: {web: major_outage}, body: We look.}\n\
         \u{20} - {at: 2026-01-10T12:00Z, status: resolved, body: It works.}\n";
    fs::create_dir_all(root.path().join("site")).unwrap();
    fs::create_dir_all(root.path().join("incidents")).unwrap();
    fs::write(root.path().join("site/site.yaml"), site).unwrap();
    fs::write(root.path().join("incidents/out.yaml"), incident).unwrap();
    root
}

fn index(root: &tempfile::TempDir) -> String {
    let site = build(root.path(), "2026-03-01T12:00:00Z");
    String::from_utf8(site["index.html"].clone()).unwrap()
}

#[test]
fn what_stands_beside_bars_is_of_the_days_that_they_show() {
    let page = index(&project_of_one(90, "2020-01-01"));
    let wide = page.split("<div class=\"wide\">").nth(1).unwrap();
    let (wide, narrow) = wide.split_once("<div class=\"narrow\">").unwrap();
    let narrow = narrow.split("</div>").next().unwrap();
    assert!(wide.contains("99.90% uptime") && wide.contains("90 days ago"), "{wide}");
    assert!(narrow.contains("100% uptime") && narrow.contains("30 days ago"), "{narrow}");
    assert!(page.contains("<span class=\"wide\">1 of 90 days with incidents or maintenance</span>"));
    assert!(page.contains("<p class=\"small narrow\">No incidents in 30 days</p>"));
    assert!(!index(&project_of_one(30, "2020-01-01")).contains("narrow"));
}

#[test]
fn before_anything_is_watched_a_page_says_so_and_no_more() {
    let page = index(&project_of_one(90, "2026-03-02"));
    assert!(page.contains(">No data yet</h1>"));
    assert!(
        !page.contains("operational</h1>") && !page.contains("No incidents") && !page.contains("% uptime")
    );
}

/// A project in which each of so many components needs the one before it, and the first fails.
fn project_of_a_chain(length: usize) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    let component = |number: usize| match number {
        0 => "  - {id: c0, name: C0}\n".to_owned(),
        _ => format!("  - {{id: c{number}, name: C{number}, depends_on: [c{}]}}\n", number - 1),
    };
    let components: String = (0..length).map(component).collect();
    let head = "format: 1\ntitle: Chain\nurl: https://status.example.com\ntime_zone: UTC\nsince: 2020-01-01\ncascade: derive\n";
    fs::create_dir_all(root.path().join("site")).unwrap();
    fs::write(root.path().join("site/site.yaml"), format!("{head}components:\n{components}")).unwrap();
    fs::create_dir_all(root.path().join("incidents")).unwrap();
    let incident = "title: All of it\nupdates:\n  - {at: 2026-03-01T10:00Z, status: investigating, components: {c0: major_outage}, body: We look.}\n";
    fs::write(root.path().join("incidents/all.yaml"), incident).unwrap();
    root
}

#[test]
fn a_chain_of_dependencies_may_be_of_any_length() {
    let site = build(project_of_a_chain(200).path(), "2026-03-01T12:00:00Z");
    let page = std::str::from_utf8(&site["incidents/all.html"]).unwrap();
    let list = page.split("<ul class=\"spread\">").nth(1).unwrap().split("</section>").next().unwrap();
    assert_eq!(list.matches("<li>").count(), 200);
    assert_eq!(list.matches("<li>").count(), list.matches("</li>").count());
    // The list itself was opened before.
    assert_eq!(list.matches("<ul>").count() + 1, list.matches("</ul>").count());
}

fn project_of_secrets() -> tempfile::TempDir {
    let files = [
        (
            "site/site.yaml",
            "title: Example\nurl: https://status.example.com\nsince: 2026-01-01\ncomponents: [{id: a, name: A}]\n",
        ),
        ("incidents/open/incident.yaml", "title: A fails\ncomponents: {a: major_outage}\n"),
        (
            "incidents/open/updates/20261121T1000Z-investigating.md",
            "---\nauthor: quetzalcoatl\ncorrections: [{at: 2026-11-22T00:00Z, note: quetzalcoatl}]\n---\nWe look.\n",
        ),
        ("incidents/open/updates/20261121T1010Z-resolved-quetzalcoatl.md", "It works.\n"),
        (
            "incidents/open/updates/20261121T1011Z-update.md",
            "---\npublished_at: 2026-11-22T00:00Z\n---\nquetzalcoatl\n",
        ),
        (
            "incidents/open/postmortem.md",
            "---\nstatus: published\nactions:\n  - {id: A1, text: Mend it., owner: quetzalcoatl}\n  - {id: A2, text: quetzalcoatl, internal: true}\n---\nAll is told.\n",
        ),
        (
            "incidents/review/incident.yaml",
            "title: B fails\nstarted_at: 2026-11-01T00:00Z\nresolved_at: 2026-11-01T01:00Z\n",
        ),
        ("incidents/review/postmortem.md", "---\nstatus: review\n---\nquetzalcoatl\n"),
        (
            "incidents/quetzalcoatl-draft/incident.yaml",
            "title: quetzalcoatl\ndraft: true\nstarted_at: 2026-11-01T00:00Z\ncomponents: {a: major_outage}\n",
        ),
        (
            "incidents/quetzalcoatl-embargo/incident.yaml",
            "title: quetzalcoatl\npublished_at: 2026-11-22T00:00Z\nstarted_at: 2026-11-01T00:00Z\ncomponents: {a: major_outage}\n",
        ),
    ];
    let dir = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    dir
}

#[test]
fn what_is_not_public_is_in_no_byte() {
    let dir = project_of_secrets();
    let site = build(dir.path(), QUIET);
    for (path, bytes) in &site {
        assert!(!path.contains(SECRET), "{path}");
        assert!(!String::from_utf8_lossy(bytes).to_lowercase().contains(SECRET), "{path} tells the secret");
    }
    assert!(site.contains_key("postmortems/open.html"), "what is public is there");
    assert!(!site.contains_key("postmortems/review.html"));
}
