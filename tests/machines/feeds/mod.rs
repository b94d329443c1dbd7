//! The feeds that the real binary writes, read back and compared with what was written.

mod json_feed;
mod reader;
mod updates;

use std::collections::BTreeSet;

use crate::site::{Project, Site, sample};
use reader::{Element, Item};

const URL: &str = "https://status.example.com";
const INSTANTS: [&str; 4] =
    ["2019-12-31T12:00:00Z", "2020-07-10T11:30:00Z", "2022-06-21T03:00:00Z", "2026-11-21T12:00:00Z"];

/// What a project holds at first.
const FILES: [(&str, &str); 4] = [
    (
        "site/site.yaml",
        "title: One & all\nurl: https://status.example.com\nsince: 2020-01-01\n\
         components: [{id: web, name: Web}, {id: mail, name: Mail, depends_on: [web]}]\n",
    ),
    (
        "incidents/slow/incident.md",
        "---\ntitle: Web is slow <again>\ncomponents: {web: degraded_performance}\ntags: [cache]\n---\nThe cache was [cold](other.md#why).\n",
    ),
    (
        "incidents/slow/updates/20260301T1000Z-investigating.md",
        "We look & see.\n\n- one\n- two\n\n## Why\n\n[Here](#why).\n",
    ),
    (
        "incidents/other.yaml",
        "title: Mail moves\nkind: maintenance\ncomponents: [mail]\nscheduled_for: 2026-03-05T01:00Z\n\
         scheduled_until: 2026-03-05T02:00Z\nupdates:\n  - {at: 2026-03-01T08:00Z, status: scheduled, body: It moves.}\n",
    ),
];

fn project() -> Project {
    Project::new(&FILES)
}

fn is_feed(path: &str) -> bool {
    path.ends_with(".atom") || path.ends_with(".rss") || path.ends_with("feed.json")
}

/// What a feed holds, which is the same in each format.
#[track_caller]
fn items(site: &Site, folder: &str) -> Vec<Item> {
    let text = |name: &str| site[&format!("{folder}{name}")].as_str();
    let atom = reader::atom(text("history.atom"));
    assert_eq!(atom, reader::rss(text("history.rss")), "{folder}");
    assert_eq!(atom, reader::json(text("feed.json")), "{folder}");
    atom
}

/// The item of the incident `slow`.
#[track_caller]
fn slow(site: &Site) -> Item {
    let found: Vec<Item> = items(site, "").into_iter().filter(|it| it.url.ends_with("/slow.html")).collect();
    assert_eq!(found.len(), 1);
    found[0].clone()
}

/// The folders that feeds lie in.
fn folders(site: &Site) -> Vec<&str> {
    site.keys().filter_map(|it| it.strip_suffix("history.atom")).collect()
}

#[test]
fn all_formats_tell_the_same_of_the_site_and_of_each_component() {
    for at in INSTANTS {
        let site = sample(at);
        let folders = folders(&site);
        assert_eq!(folders.len(), 16, "all, and each listed component");
        let all = items(&site, "");
        for folder in folders {
            for item in items(&site, folder) {
                assert!(50 <= all.len() || all.contains(&item), "{folder} holds {}", item.id);
                let page = item.url.strip_prefix("https://status.larkspur.example/").unwrap();
                assert!(site.contains_key(page), "{page} is not there");
                assert!(item.published <= item.updated, "{item:?}");
            }
        }
    }
}

#[test]
fn a_feed_tells_what_was_written() {
    let site = project().at("2026-03-01T12:00:00Z");
    let [slow, moves] = &items(&site, "")[..] else { panic!("two were written") };
    assert_eq!((slow.title.as_str(), moves.title.as_str()), ("Web is slow <again>", "Mail moves"));
    assert_eq!((&*slow.published, &*slow.updated), ("2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z"));
    assert_eq!(slow.labels, ["Incident", "Investigating", "Impact: Minor", "Web", "cache"]);
    let expected = "<p><small>1 March 2026, 10:00 UTC</small><br>\n<strong>Investigating</strong> – We look &amp; see.</p>\n\
        <ul>\n<li>one</li>\n<li>two</li>\n</ul>\n";
    assert!(slow.content.starts_with(expected), "{}", slow.content);
    for address in [format!("{URL}/incidents/other.html#why"), format!("{URL}/incidents/slow.html#")] {
        assert!(slow.content.contains(&format!("<a href=\"{address}")), "{}", slow.content);
    }
    assert!(moves.content.contains("5 March 2026, 01:00–02:00 UTC") && moves.content.contains("It moves."));
    assert_eq!(items(&site, "components/mail/"), std::slice::from_ref(moves));
    assert_eq!(items(&site, "components/web/"), std::slice::from_ref(slow));
}

#[test]
fn no_feed_knows_when_it_was_built() {
    let (one, other) = (sample("2026-11-21T12:00:00Z"), sample("2026-11-21T12:17:23Z"));
    let feeds: Vec<&String> = one.keys().filter(|it| is_feed(it)).collect();
    assert_eq!(feeds.len(), 49);
    for path in feeds {
        assert!(one[path] == other[path], "{path} has changed");
    }
}

/// Checks that a file which comes to the project moves `updated` of the incident to an instant, and no id.
#[track_caller]
fn check_news(path: &str, text: &str, updated: &str) {
    const LATER: &str = "2026-03-03T00:00:00Z";
    let project = project();
    let before = project.at(LATER);
    project.put(path, text);
    let after = project.at(LATER);
    let ids = |site| items(site, "").into_iter().map(|it| it.id).collect::<BTreeSet<_>>();
    assert_eq!(ids(&before), ids(&after));
    assert_eq!(slow(&before).updated, "2026-03-01T10:00:00Z");
    assert_eq!((&*slow(&after).updated, &*slow(&after).published), (updated, "2026-03-01T10:00:00Z"));
    assert_eq!(items(&after, "")[0], slow(&after), "what has news stands first");
    let mail = "components/mail/history.atom";
    assert_eq!(before[mail], after[mail], "what is of others stays as it is");
    let newest = Element::of(&after["history.atom"]).one("updated").text.clone();
    let built = Element::of(&after["history.rss"]).one("channel").one("lastBuildDate").text.clone();
    assert_eq!((newest.as_str(), &*reader::instant(&built)), (updated, updated));
}

#[test]
fn an_update_moves_its_story() {
    let path = "incidents/slow/updates/20260301T1100Z-resolved.md";
    check_news(path, "It is fast.\n", "2026-03-01T11:00:00Z");
}

#[test]
fn a_late_word_counts_from_when_it_could_be_read() {
    let path = "incidents/slow/updates/20260301T1030Z-update.md";
    check_news(path, "---\npublished_at: 2026-03-01T13:00Z\n---\nWe found it.\n", "2026-03-01T13:00:00Z");
}

#[test]
fn a_correction_moves_its_story() {
    let head = "title: Web is slow\ncomponents: {web: degraded}\ncorrections: [{at: 2026-03-02T09:00Z, note: Not mail.}]";
    check_news("incidents/slow/incident.md", &format!("---\n{head}\n---\n"), "2026-03-02T09:00:00Z");
}

#[test]
fn a_withdrawal_moves_its_story() {
    let head = "title: Web is slow\ncomponents: {web: degraded}\nretracted: {at: 2026-03-02T09:30Z, note: A probe broke.}";
    check_news("incidents/slow/incident.md", &format!("---\n{head}\n---\n"), "2026-03-02T09:30:00Z");
}

#[test]
fn a_postmortem_moves_its_story() {
    let head = "status: published\npublished_at: 2026-03-02T10:00Z\nroot_cause: A cold cache.";
    check_news(
        "incidents/slow/postmortem.md",
        &format!("---\n{head}\n---\nIt was cold.\n"),
        "2026-03-02T10:00:00Z",
    );
}

#[test]
fn what_was_withdrawn_is_told_where_it_was_told_before() {
    let project = project();
    let head = "title: Web is slow\ncomponents: {web: degraded}\nretracted: {at: 2026-03-01T11:00Z, note: A probe broke.}";
    project.put("incidents/slow/incident.md", &format!("---\n{head}\n---\n"));
    let site = project.at("2026-03-01T12:00:00Z");
    let [item] = &items(&site, "components/web/")[..] else { panic!("it is gone from the feed of Web") };
    assert!(item.content.starts_with(
        "<p><small>1 March 2026, 11:00 UTC</small><br>\n<strong>Withdrawn</strong> – A probe broke."
    ));
}

#[test]
fn an_update_that_was_withdrawn_tells_why_and_nothing_else() {
    let project = project();
    let head = "retracted: {at: 2026-03-01T11:00Z, note: We looked at another site.}";
    let path = "incidents/slow/updates/20260301T1030Z-update.md";
    project.put(path, &format!("---\n{head}\n---\nMail is slow too.\n"));
    let told = slow(&project.at("2026-03-01T12:00:00Z"));
    assert!(told.content.contains("<em>Withdrawn: We looked at another site.</em>"), "{}", told.content);
    assert!(!told.content.contains("Mail is slow"), "{}", told.content);
    assert_eq!(told.updated, "2026-03-01T11:00:00Z");
}

#[test]
fn what_helps_stands_first_as_long_as_it_does() {
    let project = project();
    let update = "---\nworkaround: Wait a minute.\n---\nWe found it.\n";
    project.put("incidents/slow/updates/20260301T1030Z-identified.md", update);
    project.put("incidents/slow/updates/20260301T1100Z-resolved.md", "It is fast.\n");
    let at = |now| slow(&project.at(now)).content;
    let first = "<p><strong>What you can do</strong> – Wait a minute.</p>\n<p><small>";
    assert!(at("2026-03-01T10:45:00Z").starts_with(first));
    assert!(!at("2026-03-01T12:00:00Z").contains("Wait a minute"));
}

#[test]
fn a_feed_is_in_the_language_of_the_site() {
    let project = project();
    project.put("site/site.yaml", &format!("{}language: ar\n", FILES[0].1));
    let site = project.at("2026-03-01T12:00:00Z");
    assert_eq!(Element::of(&site["history.atom"]).attribute("xml:lang"), "ar");
    let told = slow(&site).content;
    assert!(told.starts_with("<div dir=\"rtl\">\n") && told.ends_with("\n</div>"), "{told}");
}

#[test]
fn an_id_outlives_the_title_the_start_and_the_name() {
    const AT: &str = "2026-03-02T12:00:00Z";
    let project = project();
    let id = slow(&project.at(AT)).id;
    assert_eq!(id, format!("{URL}/incidents/slow.html"));
    let head = "title: Everything is slow\nstarted_at: 2026-03-01T09:00Z\naliases: [slow, slower]";
    project.rename("incidents/slow", "incidents/crawling");
    project.put("incidents/crawling/incident.md", &format!("---\n{head}\n---\n"));
    let site = project.at(AT);
    let item = items(&site, "").into_iter().find(|it| it.id == id).unwrap();
    assert_eq!((&*item.title, item.url), ("Everything is slow", format!("{URL}/incidents/crawling.html")));
    assert!(site.contains_key("incidents/slow.html"), "the id leads to what it is of");
}

#[test]
fn a_feed_of_nothing_is_of_no_time() {
    let site = sample(INSTANTS[0]);
    assert_eq!(items(&site, ""), []);
    assert_eq!(Element::of(&site["history.atom"]).one("updated").text, "1970-01-01T00:00:00Z");
    assert_eq!(Element::of(&site["history.rss"]).one("channel").all("lastBuildDate").count(), 0);
}

#[test]
fn a_feed_says_what_it_is_and_where() {
    let site = project().at("2026-03-02T12:00:00Z");
    for (folder, home, title) in
        [("", "", "One & all"), ("components/web/", "components/web.html", "Web — One & all")]
    {
        let feed = Element::of(&site[&format!("{folder}history.atom")]);
        let links: Vec<&str> = feed.all("link").map(|it| it.attribute("href")).collect();
        assert_eq!(links, [format!("{URL}/{folder}history.atom"), format!("{URL}/{home}")]);
        assert_eq!((feed.one("id").text.as_str(), &*feed.one("title").text), (links[0], title));
        assert_eq!((feed.attribute("xml:lang"), &*feed.one("author").one("name").text), ("en", "One & all"));
        let rss = Element::of(&site[&format!("{folder}history.rss")]);
        let channel = rss.one("channel");
        assert_eq!(channel.one("atom:link").attribute("href"), format!("{URL}/{folder}history.rss"));
        assert_eq!((&*channel.one("title").text, &*channel.one("language").text), (title, "en"));
    }
}

#[test]
fn json_feeds_keep_the_rules() {
    for at in INSTANTS {
        let site = sample(at);
        let feeds: Vec<_> = site.iter().filter(|(path, _)| path.ends_with("feed.json")).collect();
        assert_eq!(feeds.len(), 16);
        for (path, text) in feeds {
            assert_eq!(json_feed::faults(text), [""; 0], "{path}");
        }
    }
}

#[test]
fn what_is_told_can_be_read_anywhere() {
    for item in items(&sample(INSTANTS[3]), "") {
        let links = item.content.split("href=\"").skip(1).filter_map(|it| it.split('"').next());
        for link in links {
            let is_whole = ["https://", "http://", "mailto:", "tel:"].iter().any(|it| link.starts_with(it));
            assert!(is_whole, "{link} in {}", item.id);
        }
        for secret in ["<script", "<style", " style=", " onclick=", "\u{1}"] {
            assert!(!item.content.contains(secret), "{secret} in {}", item.id);
        }
    }
}

#[test]
fn pages_lead_programs_to_the_feeds_that_tell_the_same() {
    let site = sample(INSTANTS[3]);
    let named = |path: &str| -> Vec<&str> {
        let links = site[path].split("<link rel=\"alternate\" type=\"").skip(1);
        links.map(|it| it.split("href=\"").nth(1).unwrap().split('"').next().unwrap()).collect()
    };
    assert_eq!(named("index.html"), ["history.atom", "history.rss", "feed.json", "updates.atom"]);
    let up = ["../history.atom", "../history.rss", "../feed.json"];
    assert_eq!(named("incidents/2020-07-10-login-cascade.html"), up);
    assert_eq!(named("history/2020.html"), up);
    let own = ["history.atom", "history.rss", "feed.json"].map(|it| format!("../components/login/{it}"));
    assert_eq!(named("components/login.html"), own);
    assert_eq!(named("404.html"), [""; 0]);
}
