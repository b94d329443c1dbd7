//! One file with one thing wrong at a time.

use super::*;
use crate::load::testing::{folder, said};
use crate::load::{Memory, project};
use crate::model::Framing;
use crate::source::Content;

const GOOD: &str = "\
format: 1
title: Example Music Status
url: https://status.example.com/
time_zone: Europe/Stockholm
theme: default
history_days: 60
since: 2018-01-01
cascade: derive
show: {authors: true}
links: [{title: Support, url: \"https://support.example.com\"}]
groups:
  - {name: Accounts & co}
  - {id: devices, name: Devices, collapsed: true, rollup: redundant}
components:
  - {id: login, name: Login, group: accounts-co, critical: true, aliases: [auth]}
  - {id: library, name: Library, since: 2019-01-01, until: 2030-01-01}
  - {id: speakers, name: Speakers, group: devices, listed: false,
     depends_on: [auth, {component: library, strength: soft, via: saved playlists, since: 2020-01-01}]}
uptime: {partial_weight: 0.25, decimals: 3, maintenance: exclude}
language: de-AT
embed: {allow: [\"https://www.example.com/\", \"https://*.Example.org:8443\"]}
";

fn read_text(yaml: &str) -> SiteRead {
    let content = Content::of(yaml.as_bytes().to_vec());
    read(&ById(Arc::new(SourceFile { path: "site/site.yaml".to_owned(), content })))
}

/// Replaces one part of a good file, and compares what is said with its place: `code at: message; help`.
#[track_caller]
fn check(from: &str, to: &str, expected: &[&str]) {
    assert!(GOOD.contains(from), "{from} is in the good file");
    let text = GOOD.replacen(from, to, 1);
    let read = read_text(&text);
    let said: Vec<String> = read.said.iter().map(crate::load::testing::told).collect();
    assert_eq!(said, expected);
    assert_eq!(read.believed().is_some(), !read.said.iter().any(Diagnostic::is_error));
}

#[test]
fn a_good_site_is_read_whole() {
    let read = read_text(GOOD);
    assert!(read.said.is_empty(), "{:?}", read.said);
    let site = read.believed().unwrap();
    assert_eq!(site.url, "https://status.example.com");
    assert_eq!((site.time_zone_name.as_str(), site.language.as_str()), ("Europe/Stockholm", "de-AT"));
    assert_eq!((site.history_days, site.cascade), (60, CascadeMode::Derive));
    assert_eq!(site.uptime.partial_weight, 250);
    let origins = ["https://www.example.com", "https://*.example.org:8443"].map(str::to_owned);
    assert_eq!(site.embed, Framing::Only(origins.to_vec()));
    let groups: Vec<&str> = site.groups.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(groups, ["accounts-co", "devices"]);
    let [login, library, speakers] = &site.components[..] else { panic!("three components") };
    assert_eq!(login.since.unwrap().to_string(), "2018-01-01");
    assert_eq!(library.since.unwrap().to_string(), "2019-01-01");
    let needs: Vec<&str> = speakers.depends_on.iter().map(|it| it.component.as_str()).collect();
    assert_eq!(needs, ["login", "library"], "aliases are resolved");
}

#[test]
fn all_mistakes_are_said_at_once() {
    check(
        "theme: default\nhistory_days: 60",
        "them: default\nhistory_days: 0",
        &[
            "invalid-value 6:15 `history_days` must be 1 to 366, and this is `0` | write a whole number in that range",
            "unknown-key 5:1 no key is named `them` here | did you mean `theme`? (or it was written for a newer allclear)",
        ],
    );
}

#[test]
fn unknown_names_come_with_the_nearest() {
    check(
        "group: devices",
        "group: device",
        &["unknown-group 17:43 no group is named `device` | did you mean `devices`?"],
    );
    check(
        "[auth, ",
        "[atuh, ",
        &["unknown-component 18:19 no component is named `atuh` | did you mean `auth`?"],
    );
    check(
        "Europe/Stockholm",
        "Europe/Stokholm",
        &["invalid-value 4:12 no time zone is named `Europe/Stokholm` | did you mean `Europe/Stockholm`?"],
    );
}

#[test]
fn a_language_is_a_tag() {
    check(
        "language: de-AT",
        "language: de_AT",
        &["invalid-value 20:11 `de_AT` is no tag of a language | write it as `de` or `pt-BR`"],
    );
}

#[test]
fn a_circle_is_printed() {
    check(
        "aliases: [auth]",
        "aliases: [auth], depends_on: [speakers]",
        &[
            "dependency-cycle 18:19 components depend on each other in a circle: login → speakers → login | take one of the dependencies out",
        ],
    );
    check(
        "aliases: [auth]",
        "aliases: [auth], depends_on: [login]",
        &[
            "dependency-cycle 15:96 components depend on each other in a circle: login → login | take one of the dependencies out",
        ],
    );
}

#[test]
fn ids_and_aliases_are_unique() {
    check(
        "id: library",
        "id: auth",
        &[
            "duplicate-id 15:5 two components are named `auth` | give one of them another name",
            "unknown-component 18:37 no component is named `library` | known components: auth, login, speakers",
        ],
    );
}

#[test]
fn numbers_where_text_is_meant_are_refused() {
    check(
        "title: Example Music Status",
        "title: 1.10",
        &["wrong-type 2:8 `title` takes text, and this is a number | quote it: `\"1.10\"`"],
    );
}

#[test]
fn a_component_without_since_is_a_warning() {
    check(
        "since: 2018-01-01\ncascade",
        "cascade",
        &[
            "missing-since 14:5 nothing says from when the uptime of `login` counts | add `since:` with a day, here or for the whole site",
        ],
    );
}

#[test]
fn a_document_that_is_no_map_is_no_site() {
    let read = read_text("- a\n");
    assert!(read.site.is_none());
    assert_eq!(read.said[0].code, Code::WrongType);
}

#[test]
fn an_empty_document_misses_what_it_needs() {
    let names: Vec<&str> = read_text("").said.iter().map(|it| it.code.name()).collect();
    assert_eq!(names, ["missing-key"; 3]);
}

#[test]
fn a_frame_is_allowed_to_origins() {
    check(
        "https://www.example.com/\"",
        "https://www.example.com/shop\"",
        &[
            "invalid-value 21:17 `https://www.example.com/shop` is not the origin of a site | write scheme and host alone, as `https://www.example.com`",
        ],
    );
    check(
        "embed: {allow:",
        "embed: {alow:",
        &[
            "unknown-key 21:9 no key is named `alow` here | did you mean `allow`? (or it was written for a newer allclear)",
        ],
    );
}

#[test]
fn files_for_a_newer_program_are_refused_with_one_sentence() {
    let told = |requires: &str| {
        let site = format!("requires: {requires}\nformat: 9\nnew_key: 1\n");
        said(&project(
            &folder(&[("site/site.yaml", &site), ("incidents/a.yaml", "tilte: T")]),
            &mut Memory::default(),
        ))
    };
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(
        told("\">=99.1\""),
        [format!(
            "site/site.yaml: too-old 1:11 these files require allclear >=99.1, and this is {version} | install a newer allclear"
        )]
    );
    assert!(told("\">=0.1\"").iter().all(|it| !it.contains("too-old")));
    assert!(told("newest").iter().any(|it| it.contains("`newest` is not a requirement")));
}
