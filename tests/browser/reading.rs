//! What somebody reads whose browser runs no script.

use crate::reader::{ENTER, Reader};
use crate::site::{DURING, QUIET, sample};

/// Presses each summary that is seen, and gives those whose content did not come to be seen.
const CLOSED: &str = "[...document.querySelectorAll('main summary')]
    .filter(it => it.checkVisibility())
    .filter(it => !it.parentElement.open || !it.nextElementSibling.checkVisibility())
    .map(it => it.innerText)";

#[track_caller]
fn check(at: &'static str, path: &str, facts: &[&str]) {
    let reader = Reader::without_script(sample(at));
    reader.open(path);
    open_all(&reader);
    let text = reader.text("body").split_whitespace().collect::<Vec<_>>().join(" ");
    for fact in facts {
        assert!(text.contains(fact), "{path} does not say {fact:?}");
    }
    assert_eq!(reader.eval::<Vec<String>>(CLOSED), [""; 0], "details of {path} that do not open");
    let unnamed = "[...document.querySelectorAll('[role=img]')].filter(it => !it.ariaLabel && !it.querySelector('title'))";
    assert_eq!(reader.eval::<usize>(&format!("{unnamed}.length")), 0, "pictures of {path} without words");
    let idle = "[...document.querySelectorAll('button, input, select, noscript')].filter(it => it.checkVisibility())";
    assert_eq!(reader.eval::<usize>(&format!("{idle}.length")), 0, "controls of {path} that do nothing");
}

/// Opens all details with the keyboard, outer ones first.
fn open_all(reader: &Reader) {
    let next = "[...document.querySelectorAll('main details:not([open]) > summary')].find(it => it.checkVisibility())";
    while reader.eval(&format!("Boolean({next})")) {
        reader.run(&format!("{next}.focus()"));
        reader.press(ENTER);
    }
}

#[test]
fn the_index_is_complete() {
    check(
        DURING,
        "index.html",
        &[
            "Major outage: Login",
            "Next update by 10 July 2020, 11:51 UTC",
            "Logging in fails for most people",
            "What you can do If you are logged in, stay logged in.",
            "The release is being taken back now.",
            "Signing in, staying signed in and resetting a password",
            "90 days ago",
            "99.96% uptime",
            "All times are in UTC.",
        ],
    );
}

#[test]
fn an_incident_is_complete() {
    check(
        DURING,
        "incidents/2020-07-10-login-cascade.html",
        &[
            "Token service",
            "How it spread",
            "Reports from users",
            "10 July 2020, 10:48 UTC",
            "The release is being taken back now.",
        ],
    );
    check(
        QUIET,
        "incidents/2020-07-10-login-cascade.html",
        &["Postmortem", "Contributing factors", "Time to detect"],
    );
}

#[test]
fn the_history_is_complete() {
    check(QUIET, "history.html", &["November 2026", "2020"]);
    check(QUIET, "history/2020-07.html", &["July 2020", "Login failures cascade to every client"]);
}

#[test]
fn a_component_is_complete() {
    check(QUIET, "components/login.html", &["Login", "Uptime", "Operational", "Needs"]);
}
