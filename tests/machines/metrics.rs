//! `/metrics` of a real build, read as strictly as OpenMetrics 1.0 says, and what it tells.

use std::collections::{BTreeMap, BTreeSet};

use crate::site::Project;

const SITE: &str = r#"
title: 'Example "quoted" \ here'
url: https://status.example.com
since: 2026-01-01
groups: [{id: accounts, name: Accounts}]
components:
  - {id: login, name: 'Login "\n"', group: accounts, critical: true}
  - {id: search, name: Suche ü}
  - {id: later, name: Later, since: 2027-01-01}
  - {id: gone, name: Gone, until: 2026-02-01}
  - {id: vendor, name: Vendor, listed: false}
"#;

const INCIDENT: &str = "
title: Nobody can log in
started_at: 2026-03-10T10:00Z
components: {login: major_outage}
updates:
  - {at: 2026-03-10T10:05Z, status: identified, body: Soon.}
  - {at: 2026-03-10T12:00Z, status: resolved, body: Mended.}
";

const WORK: &str = "
title: A new database
kind: maintenance
scheduled_for: 2026-03-10T13:00Z
scheduled_until: 2026-03-10T14:00Z
components: [search]
";

#[track_caller]
fn build(at: &str) -> String {
    let files = [("site/site.yaml", SITE), ("incidents/login.yaml", INCIDENT), ("incidents/work.yaml", WORK)];
    Project::new(&files).at(at).remove("metrics").unwrap()
}

/// A series: its family, and its labels by their names.
type Series = (String, BTreeMap<String, String>);

/// Reads a document, and fails where the form is broken.
#[track_caller]
fn read(text: &str) -> BTreeMap<Series, f64> {
    let body = text.strip_suffix("# EOF\n").expect("it ends with EOF");
    let mut values = BTreeMap::new();
    let (mut family, mut families) = (String::new(), BTreeSet::new());
    for line in body.lines() {
        if let Some(described) = line.strip_prefix("# ") {
            let [what, name, text] = described.splitn(3, ' ').collect::<Vec<_>>()[..] else {
                panic!("{line}");
            };
            if what == "TYPE" {
                assert!(families.insert(name.to_owned()), "{name} stands in two places");
                name.clone_into(&mut family);
            }
            assert_eq!(name, family, "{line}");
            let is_right = match what {
                "TYPE" => text == "gauge",
                "UNIT" => name.ends_with(&format!("_{text}")),
                "HELP" => !text.contains(['\\', '"']),
                _ => false,
            };
            assert!(is_right, "{line}");
        } else {
            let (series, value) = sample(line);
            assert_eq!(series.0, family, "{line}");
            assert!(values.insert(series, value).is_none(), "{line} stands there twice");
        }
    }
    values
}

/// A line of the document.
fn sample(line: &str) -> (Series, f64) {
    let name: String = line.chars().take_while(|it| it.is_ascii_lowercase() || *it == '_').collect();
    let mut rest = &line[name.len()..];
    let mut labels = BTreeMap::new();
    if let Some(inside) = rest.strip_prefix('{') {
        rest = inside;
        loop {
            let (label, after) = rest.split_once("=\"").unwrap();
            let (value, after) = quoted(after);
            assert!(
                label.chars().all(|it| it.is_ascii_lowercase() || it == '_') && !value.is_empty(),
                "{line}"
            );
            assert!(labels.insert(label.to_owned(), value).is_none(), "{line}");
            rest = &after[1..];
            match &after[..1] {
                "}" => break,
                mark => assert_eq!(mark, ",", "{line}"),
            }
        }
    }
    let value = rest.strip_prefix(' ').unwrap().parse().unwrap();
    ((name, labels), value)
}

/// The text up to the quote that ends it, and what follows that.
fn quoted(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return (value, &text[at + 1..]),
            '\\' => value.push(match letters.next().unwrap().1 {
                'n' => '\n',
                letter @ ('"' | '\\') => letter,
                letter => panic!("\\{letter} means nothing"),
            }),
            letter => value.push(letter),
        }
    }
    panic!("no quote ends {text}");
}

fn value(values: &BTreeMap<Series, f64>, name: &str, labels: &[(&str, &str)]) -> Option<f64> {
    let has = |of: &BTreeMap<String, String>| {
        labels.iter().all(|(name, value)| of.get(*name).map(String::as_str) == Some(*value))
    };
    let found: Vec<f64> =
        values.iter().filter(|((it, of), _)| it == name && has(of)).map(|(_, it)| *it).collect();
    assert!(found.len() <= 1, "{name} {labels:?} are several");
    found.first().copied()
}

#[test]
fn metrics_tell_what_the_page_does() {
    let values = read(&build("2026-03-10T11:00Z"));
    let check = |name, labels: &[(&str, &str)], expected| {
        assert_eq!(value(&values, name, labels), expected, "{name} {labels:?}");
    };
    check("allclear_info", &[("title", "Example \"quoted\" \\ here")], Some(1.0));
    check("allclear_overall", &[("indicator", "critical")], Some(1.0));
    check("allclear_overall", &[("indicator", "none")], Some(0.0));
    let state = "allclear_component_state";
    let login = [("component", "login"), ("name", "Login \"\\n\""), ("group", "accounts")];
    check(state, &[&login[..], &[("state", "major_outage")]].concat(), Some(1.0));
    check(state, &[("component", "search"), ("state", "operational")], Some(1.0));
    check("allclear_group_state", &[("group", "accounts"), ("state", "major_outage")], Some(1.0));
    // An hour of 69 days.
    check("allclear_component_uptime_ratio", &[("component", "login"), ("days", "90")], Some(0.9993));
    check("allclear_component_uptime_ratio", &[("component", "search")], Some(1.0));
    check("allclear_uptime_ratio", &[("days", "90")], Some(0.9993));
    check("allclear_open_incidents", &[("impact", "critical")], Some(1.0));
    check("allclear_open_incidents", &[("impact", "minor")], Some(0.0));
    check("allclear_maintenance", &[("phase", "ahead")], Some(1.0));
    check("allclear_maintenance", &[("phase", "under_way")], Some(0.0));
    check("allclear_next_change_timestamp_seconds", &[], Some(1_773_147_600.0));
}

#[test]
fn what_has_no_state_is_in_none_and_what_is_not_shown_has_no_series() {
    let values = read(&build("2026-03-10T11:00Z"));
    let of = |id: &str| {
        values.iter().filter(|((_, it), _)| it.get("component").is_some_and(|it| it == id)).count()
    };
    assert_eq!((of("gone"), of("vendor")), (0, 0));
    // Five states, none of which it is in, and no uptime.
    assert_eq!(of("later"), 5);
    let is_so = values
        .iter()
        .filter(|((_, it), value)| it.get("component").is_some_and(|it| it == "later") && **value == 1.0);
    assert_eq!(is_so.count(), 0);
}

#[test]
fn only_what_changes_on_the_page_changes_the_metrics() {
    assert_eq!(build("2026-03-11T09:00Z"), build("2026-03-11T17:00Z"));
}
