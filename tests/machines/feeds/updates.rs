//! The feed with an entry for each update.

use super::{FILES, reader, slow};
use crate::site::{Project, Site};

const FIRST: &str = "https://status.example.com/incidents/slow.html";

/// The titles of the entries, with their ids.
fn entries(site: &Site) -> Vec<(String, String)> {
    reader::atom(&site["updates.atom"]).into_iter().map(|it| (it.title, it.id)).collect()
}

#[test]
fn each_update_is_an_entry_and_what_comes_later_changes_none() {
    let project = Project::new(&FILES);
    let before = project.at("2026-03-01T10:20Z");
    let titles: Vec<String> = entries(&before).into_iter().map(|it| it.0).collect();
    assert_eq!(titles, ["Investigating: Web is slow <again>", "Scheduled: Mail moves"]);
    project.put(
        "incidents/slow/updates/20260301T1030Z-update.md",
        "---\ncomponents: {mail: major_outage}\n---\nMail too.\n",
    );
    project.put("incidents/slow/updates/20260301T1100Z-resolved.md", "It was fast.\n");
    let after = project.at("2026-03-01T11:00Z");
    let titles: Vec<String> = entries(&after).into_iter().map(|it| it.0).collect();
    let last = ["Resolved: Web is slow <again>", "Update: Web is slow <again>"];
    assert_eq!(titles[..2], last);
    assert_eq!(entries(&after)[2..], entries(&before));
    let old = |site: &Site| site["updates.atom"].split_once("Investigating: ").unwrap().1.to_owned();
    assert_eq!(old(&before), old(&after), "nothing in the entries that were there has changed");
}

#[test]
fn an_entry_leads_to_its_update_and_keeps_its_id_when_the_incident_is_renamed() {
    let project = Project::new(&FILES);
    let one = reader::atom(&project.at("2026-03-01T10:20Z")["updates.atom"])[0].clone();
    assert_eq!(one.url, format!("{FIRST}#investigating-20260301T100000Z"));
    project.rename("incidents/slow", "incidents/slower");
    let head = FILES[1].1.replace("tags:", "aliases: [slow]\ntags:");
    project.put("incidents/slower/incident.md", &head);
    let other = reader::atom(&project.at("2026-03-01T10:20Z")["updates.atom"])[0].clone();
    assert_eq!(one.id, other.id);
    assert!(other.url.contains("/slower.html#"), "{}", other.url);
}

#[test]
fn a_title_and_a_category_say_that_it_is_over() {
    let project = Project::new(&FILES);
    let open = slow(&project.at("2026-03-01T10:20Z"));
    assert_eq!(open.title, "Web is slow <again>");
    project.put("incidents/slow/updates/20260301T1100Z-resolved.md", "It was fast.\n");
    let site = project.at("2026-03-01T11:00Z");
    let over = slow(&site);
    assert_eq!((over.title.as_str(), &over.id), ("Resolved: Web is slow <again>", &open.id));
    assert!(site["history.atom"].contains("<category term=\"status-resolved\" label=\"Resolved\"/>"));
}

#[test]
fn the_front_page_and_the_page_on_subscribing_name_it() {
    let site = Project::new(&FILES).at("2026-03-01T10:20Z");
    for page in ["index.html", "subscribe.html"] {
        assert!(site[page].contains("href=\"updates.atom\""), "{page}");
    }
}
