//! Errors in the files never take the page down, and what is not the preview's is not served.

use std::fs;

use crate::preview::Preview;

const INCIDENT: &str = "incidents/2020-07-10-login-cascade/incident.yaml";

#[test]
fn the_last_good_page_stays_while_site_yaml_is_broken() {
    let preview = Preview::of_sample();
    let before = preview.get("");
    let good = fs::read_to_string(preview.path("site/site.yaml")).unwrap();
    fs::write(preview.path("site/site.yaml"), "title: [").unwrap();
    assert!(preview.lines().iter().any(|it| it.contains("the last good page stays")));
    assert_eq!(preview.get(""), before);
    fs::write(preview.path("site/site.yaml"), good).unwrap();
    preview.settles();
}

#[test]
fn a_broken_head_keeps_its_incident_as_it_was_and_the_rest_goes_on() {
    let preview = Preview::of_sample();
    let before = preview.get("incidents/2020-07-10-login-cascade.html");
    fs::write(preview.path(INCIDENT), "title: Some people cannot log in\nimpact: enormous\ncomponents: 7\n")
        .unwrap();
    let update =
        "title: Another\nupdates:\n  - {at: 2020-07-10T11:20Z, status: investigating, body: New words.}\n";
    fs::write(preview.path("incidents/2020-07-10-another.yaml"), update).unwrap();
    preview.answers("incidents/2020-07-10-another.html", 200);
    assert_eq!(preview.get("incidents/2020-07-10-login-cascade.html").0, before.0);
}

#[test]
fn pages_of_other_sites_are_not_answered() {
    let preview = Preview::of_sample();
    for header in ["Host: evil.example", "Host: localhost\r\nOrigin: http://evil.example"] {
        let (head, _) = preview.ask(&format!("GET / HTTP/1.1\r\n{header}\r\nConnection: close\r\n\r\n"));
        assert!(head.starts_with("HTTP/1.1 403"), "{head}");
    }
    let (head, _) = preview.ask("POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert!(head.starts_with("HTTP/1.1 405"), "{head}");
    assert_eq!(preview.get("../Cargo.toml").0, 404);
    assert_eq!(preview.get("site/site.yaml").0, 404);
}
