//! The clock of a preview: it moves from a stated instant, wakes what changes by itself, and plays incidents again.

use std::time::Duration;

use crate::preview::Preview;

#[test]
fn a_clock_that_moves_wakes_what_changes_by_itself() {
    // The work on the database begins at 02:00.
    let preview = Preview::with(&["--at", "2020-06-09T01:59:59Z"]);
    let lines = preview.lines_until("by the clock");
    assert!(lines.last().unwrap().starts_with("02:00:00Z by the clock: "), "{lines:?}");
    let (_, page) = preview.get("");
    assert!(String::from_utf8(page).unwrap().contains("Maintenance under way"));
}

#[test]
fn an_incident_is_played_until_its_last_word() {
    let preview = Preview::with(&["--replay", "2020-07-10-login-cascade", "--speed", "86400"]);
    std::thread::sleep(Duration::from_secs(1));
    let lines = preview.lines();
    assert!(lines.iter().all(|it| it.contains("by the clock")), "{lines:?}");
    let (_, status) = preview.get("status.json");
    let status: serde_json::Value = serde_json::from_slice(&status).unwrap();
    assert_eq!(status["incidents"].as_array().unwrap().len(), 0, "it is over");
}
