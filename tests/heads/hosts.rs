//! What the files for hosts and search engines say of the pages.

use std::collections::BTreeSet;

use super::{INSTANTS, QUIET, URL, between, build, canonical, heads, is_listed, project, sample, text};

#[test]
fn the_sitemap_names_each_page_that_is_to_be_found() {
    for at in INSTANTS {
        let site = sample(at);
        let listed: BTreeSet<&str> =
            between(text(site, "sitemap.xml"), "<loc>", "</loc>").into_iter().collect();
        let pages: BTreeSet<String> =
            heads(site).filter(|(_, head)| is_listed(head)).map(|(path, _)| canonical(path)).collect();
        assert_eq!(listed, pages.iter().map(String::as_str).collect());
        let robots = text(site, "robots.txt");
        assert!(robots.ends_with(&format!("Sitemap: {URL}/sitemap.xml\n")), "{robots}");
    }
}

#[test]
fn the_sitemap_says_when_an_incident_was_last_written_about() {
    let update = |time: &str| format!("---\nstatus: investigating\n---\nAt {time}.\n");
    let files = [
        ("incidents/a/incident.yaml", "title: A fails\n"),
        ("incidents/a/updates/20260301T1000Z-investigating.md", &update("ten")),
        ("incidents/a/updates/20260301T1100Z-update.md", &update("eleven")),
    ];
    let sitemap = |at| {
        let site = build(project(&files).path(), &["--at", at]);
        between(text(&site, "sitemap.xml"), "<lastmod>", "</lastmod>").join(" ")
    };
    assert_eq!(sitemap("2026-03-01T10:30:00Z"), "2026-03-01T10:00:00Z");
    assert_eq!(sitemap("2026-03-01T12:00:00Z"), "2026-03-01T11:00:00Z");
    assert_eq!(sitemap("2026-03-05T12:00:00Z"), "2026-03-01T11:00:00Z");
}

#[test]
fn what_holds_drafts_is_found_by_nobody() {
    let root = project(&[("incidents/b.yaml", "title: B\nstarted_at: 2026-03-01T10:00Z\n")]);
    let site = build(root.path(), &["--at", "2026-03-02T12:00:00Z", "--drafts"]);
    assert!(heads(&site).all(|(_, head)| !is_listed(head)));
    assert!(!site.contains_key("sitemap.xml") && !text(&site, "robots.txt").contains("Sitemap"));
    assert!(text(&site, "_headers").contains("X-Robots-Tag: noindex"));
}

#[test]
fn the_guide_sets_the_headers_of_the_output() {
    let guide = include_str!("../../docs/hosting.md");
    let headers = text(sample(QUIET), "_headers").lines().filter_map(|it| it.trim().split_once(": "));
    for (name, value) in headers {
        let (nginx, apache) = (format!("add_header {name}"), format!("Header always set {name}"));
        assert!(guide.contains(&nginx) && guide.contains(&apache), "{name} is set on no host");
        assert!(guide.matches(&format!("\"{value}\"")).count() >= 2, "the guide has no {name}: {value}");
    }
}
