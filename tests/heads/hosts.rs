//! What the files for hosts and search engines say of the pages.

use std::collections::{BTreeMap, BTreeSet};

use allclear::emit::media_type::media_type;

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
        let site = build(project(&files).path(), at, &[]);
        between(text(&site, "sitemap.xml"), "<lastmod>", "</lastmod>").join(" ")
    };
    assert_eq!(sitemap("2026-03-01T10:30:00Z"), "2026-03-01T10:00:00Z");
    assert_eq!(sitemap("2026-03-01T12:00:00Z"), "2026-03-01T11:00:00Z");
    assert_eq!(sitemap("2026-03-05T12:00:00Z"), "2026-03-01T11:00:00Z");
}

#[test]
fn what_holds_drafts_is_found_by_nobody() {
    let root = project(&[("incidents/b.yaml", "title: B\nstarted_at: 2026-03-01T10:00Z\n")]);
    let site = build(root.path(), "2026-03-02T12:00:00Z", &["--drafts"]);
    assert!(heads(&site).all(|(_, head)| !is_listed(head)));
    assert!(!site.contains_key("sitemap.xml") && !text(&site, "robots.txt").contains("Sitemap"));
    assert!(text(&site, "_headers").contains("X-Robots-Tag: noindex"));
}

#[test]
fn the_guide_sets_the_headers_of_the_output() {
    let guide = include_str!("../../docs/hosting.md");
    let headers: BTreeSet<(&str, &str)> =
        text(sample(QUIET), "_headers").lines().filter_map(|it| it.trim().split_once(": ")).collect();
    for (name, value) in headers.into_iter().filter(|(name, _)| *name != "Content-Type") {
        let in_nginx = format!("add_header {name}");
        let in_apache = format!("Header always set {name}");
        assert!(guide.contains(&in_nginx) && guide.contains(&in_apache), "{name} is set on no host");
        // nginx and CloudFront put the policy together.
        let written = value.split("frame-ancestors").next().unwrap();
        assert!(4 <= guide.matches(&format!("\"{written}")).count(), "the guide has no {name}: {value}");
    }
}

#[test]
fn every_recipe_of_the_guide_leaves_our_own_files_out() {
    let guide = include_str!("../../docs/hosting.md");
    let sections: Vec<&str> = guide.split("\n## ").collect();
    let from = sections.iter().position(|it| it.starts_with("Netlify")).unwrap();
    assert_eq!(sections[from..].len(), 6);
    for section in &sections[from..] {
        assert!(section.contains(".allclear"), "{}", section.lines().next().unwrap());
    }
    // Of the section for two hosts, each has a recipe.
    assert_eq!(guide.matches("rm -f public/.allclear*").count(), 3);
}

/// Whether a path is of a pattern of `_headers`, as the most generous host reads it: for some, a last `/*` takes the
/// slash along, so that `/search/*` is also `/search.html`.
fn matches(pattern: &str, path: &str) -> bool {
    let (wanted, steps): (Vec<&str>, Vec<&str>) = (pattern.split('/').collect(), path.split('/').collect());
    match pattern.split_once('*') {
        Some((before, "")) => path.starts_with(before.strip_suffix('/').unwrap_or(before)),
        Some((before, after)) => path.starts_with(before) && path.ends_with(after),
        None => {
            wanted.len() == steps.len()
                && wanted.iter().zip(steps).all(|(wanted, step)| wanted.starts_with(':') || *wanted == step)
        }
    }
}

/// The values that `_headers` gives a path, by the names of the headers.
fn sent<'a>(headers: &'a str, path: &str) -> BTreeMap<&'a str, Vec<&'a str>> {
    let mut sent: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for rule in headers.trim_end().split("\n\n") {
        let (pattern, lines) = rule.split_once('\n').unwrap();
        if matches(pattern, path) {
            for (name, value) in lines.lines().map(|it| it.trim().split_once(": ").unwrap()) {
                sent.entry(name).or_default().push(value);
            }
        }
    }
    sent
}

/// The files that are made for hosts and search engines.
fn is_for_hosts(path: &str) -> bool {
    path.starts_with(['_', '.']) || path.starts_with("sitemap") || path == "robots.txt"
}

#[test]
fn no_file_is_given_a_header_twice_and_none_is_left_out() {
    for at in INSTANTS {
        let site = sample(at);
        for path in site.keys().filter(|it| !is_for_hosts(it)) {
            let sent = sent(text(site, "_headers"), &format!("/{path}"));
            assert!(sent.values().all(|it| it.len() == 1), "{path}: {sent:?}");
            for name in ["Content-Security-Policy", "Cache-Control", "X-Content-Type-Options"] {
                assert!(sent.contains_key(name), "{path} has no {name}");
            }
            let framed = sent["Content-Security-Policy"][0].ends_with("frame-ancestors *");
            assert_eq!(framed, path == "embed.html", "{path}");
        }
    }
}

#[test]
fn other_sites_may_read_what_is_made_for_programs() {
    let site = sample(QUIET);
    for path in site.keys().filter(|it| !is_for_hosts(it)) {
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        let is_open = ["atom", "ics", "json", "ndjson", "rss"].contains(&ending)
            || ["embed.js", "metrics"].contains(&path.as_str());
        let sent = sent(text(site, "_headers"), &format!("/{path}"));
        assert_eq!(sent.contains_key("Access-Control-Allow-Origin"), is_open, "{path}");
    }
}

#[test]
fn the_preview_sends_the_types_that_hosts_are_told() {
    let site = sample(QUIET);
    let mut told = BTreeSet::new();
    for path in site.keys().filter(|it| !is_for_hosts(it)) {
        let sent = sent(text(site, "_headers"), &format!("/{path}"));
        if let Some(types) = sent.get("Content-Type") {
            assert_eq!(types[..], [media_type(path)], "{path}");
            told.insert(types[0]);
        }
    }
    assert_eq!(told.len(), 6, "{told:?}");
    let guide = include_str!("../../docs/hosting.md");
    assert!(told.iter().all(|it| guide.contains(it.split(';').next().unwrap())));
}

#[test]
fn a_host_that_reads_a_hundred_rules_reads_them_all() {
    let patterns: Vec<&str> =
        text(sample(QUIET), "_headers").lines().filter(|it| it.starts_with('/')).collect();
    assert!(patterns.len() < 60, "{} rules leave no room for pages of one's own", patterns.len());
    assert!(patterns.windows(2).all(|pair| pair[0] < pair[1]), "a pattern stands twice: {patterns:?}");
}
