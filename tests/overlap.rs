//! Lists by day show what overlaps a day, not what began on it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The output, by path.
type Site = BTreeMap<String, String>;

const SETTINGS: &str = "title: One\nurl: https://status.example.com\nsince: 2026-01-01\n\
                        components: [{id: login, name: Login}, {id: search, name: Search}]\n";
const LONG: &str = "title: Login fails\ncomponents: {login: major_outage}\nupdates:\n  \
                    - {at: 2026-11-20T10:00Z, status: investigating, body: We look.}\n";
const RESOLVED: &str =
    "  - {at: 2026-12-10T12:00Z, status: resolved, body: Works., components: {login: operational}}\n";

fn build(incidents: &[(&str, &str)], at: &str) -> Site {
    let root = tempfile::tempdir().unwrap();
    let put = |path: &Path, text: &str| {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    put(&root.path().join("site/site.yaml"), SETTINGS);
    for (name, text) in incidents {
        put(&root.path().join(format!("incidents/{name}.yaml")), text);
    }
    let out = root.path().join("public");
    let epoch = at.parse::<jiff::Timestamp>().unwrap().as_second().to_string();
    let mut command = Command::new(env!("CARGO_BIN_EXE_allclear"));
    command.env("SOURCE_DATE_EPOCH", epoch).args(["build", "--root"]).arg(root.path()).arg("--out").arg(&out);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let files = walkdir::WalkDir::new(&out).into_iter().map(Result::unwrap);
    let files = files.filter(|it| it.file_type().is_file() && it.file_name() != ".allclear");
    let read = |it: walkdir::DirEntry| {
        let path = it.path().strip_prefix(&out).unwrap().to_str().unwrap().to_owned();
        (path, String::from_utf8_lossy(&fs::read(it.path()).unwrap()).into_owned())
    };
    files.map(read).collect()
}

/// What a page's list says of a day.
#[track_caller]
fn day<'a>(page: &'a str, date: &str) -> &'a str {
    let days = page.split("<div class=\"dated\">").skip(1);
    let mut found = days.filter(|it| it.contains(&format!("<time datetime=\"{date}\">")));
    found.next().unwrap_or_else(|| panic!("{date} is listed")).split("</div>").next().unwrap()
}

#[test]
fn a_long_incident_stands_under_each_day_on_which_it_ran() {
    let site = build(&[("long", &format!("{LONG}{RESOLVED}"))], "2026-12-10T20:00Z");
    let index = &site["index.html"];
    assert!(day(index, "2026-12-10").contains("Resolved · day\u{a0}21\u{a0}of\u{a0}21"), "{index}");
    assert!(day(index, "2026-12-09").contains("day\u{a0}20\u{a0}of\u{a0}21"));
    assert!(!index.contains("No incidents reported"), "it ran on each of the last 14 days");
    let (november, december) = (&site["history/2026-11.html"], &site["history/2026-12.html"]);
    assert!(day(november, "2026-11-20").contains("day\u{a0}1\u{a0}of\u{a0}21 · 20 d 2 h · <bdi>Login</bdi>"));
    assert!(day(november, "2026-11-30").contains("day\u{a0}11\u{a0}of\u{a0}21"));
    assert!(day(december, "2026-12-01").contains("day\u{a0}12\u{a0}of\u{a0}21"));
    assert!(!december.contains("datetime=\"2026-12-11\"") && !november.contains("datetime=\"2026-11-19\""));
    assert!(site["history/2026.html"].contains("history/2026-12.html#day-10"));
    assert!(site["components/login.html"].contains("incidents/long.html"));
}

#[test]
fn one_that_goes_on_has_no_last_day() {
    let site = build(&[("long", LONG)], "2026-12-10T20:00Z");
    assert!(day(&site["index.html"], "2026-12-10").contains("ongoing · day\u{a0}21</p>"));
}

#[test]
fn an_update_of_a_long_incident_leaves_the_months_between_as_they_are() {
    let open = LONG.replace("2026-11-20", "2026-09-20");
    let update =
        "  - {at: 2026-12-10T11:00Z, status: identified, body: Found., components: {login: partial}}\n";
    let at = "2026-12-10T20:00Z";
    let (before, after) = (build(&[("long", &open)], at), build(&[("long", &format!("{open}{update}"))], at));
    for month in ["history/2026-10.html", "history/2026-11.html"] {
        assert_eq!(before[month], after[month]);
    }
    let resolved = build(&[("long", &format!("{open}{update}{RESOLVED}"))], at);
    assert_ne!(before["history/2026-10.html"], resolved["history/2026-10.html"], "its span is another");
}

#[test]
fn maintenance_stands_in_each_year_on_which_it_ran() {
    let work = "title: Move\nkind: maintenance\ncomponents: [login]\n\
                scheduled_for: 2025-12-31T22:00Z\nscheduled_until: 2026-01-01T02:00Z\n";
    let site = build(&[("work", work)], "2026-12-10T20:00Z");
    for page in ["maintenance/2025.html", "maintenance/2026.html", "maintenance.html", "history/2026-01.html"]
    {
        assert!(site[page].contains("incidents/work.html"), "{page}");
    }
}

#[test]
fn a_notice_stands_on_the_pages_of_its_components_while_it_is_shown() {
    let notice = "title: Move to v2\nkind: notice\ncomponents: [search]\n\
                  updates: [{at: 2026-12-09T10:00Z, body: Please move.}]\n";
    let site = build(&[("notice", notice)], "2026-12-10T20:00Z");
    assert!(site["components/search.html"].contains("Move to v2"));
    assert!(!site["components/login.html"].contains("Move to v2"));
    let later = build(&[("notice", notice)], "2026-12-20T20:00Z");
    assert!(!later["components/search.html"].contains("Move to v2"));
}
