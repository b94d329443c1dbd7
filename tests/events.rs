//! `allclear events` on real folders: what is new is told once, whatever happens in between.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const SITE: &str = "\
title: Example
url: https://status.example.com
time_zone: Europe/Stockholm
since: 2026-01-01
components:
  - {id: login, name: Login, critical: true}
  - {id: vendor, name: Vendor, listed: false}
";
const HEAD: &str = "title: Login fails\ncomponents: {login: major_outage, vendor: major_outage}\n";
const FIRST: &str = "updates/20260301T1000Z-investigating.md";
const AT: &str = "2026-03-01T12:00Z";
const ID: &str = "2026-03-01-login";

/// A project with one open incident.
fn project() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    put(dir.path(), "site/site.yaml", SITE);
    put(dir.path(), &format!("incidents/{ID}/incident.yaml"), HEAD);
    say(dir.path(), FIRST, "We are looking into failing logins.\n");
    dir
}

/// Writes a file of the incident.
fn say(root: &Path, name: &str, text: &str) {
    put(root, &format!("incidents/{ID}/{name}"), text);
}

fn put(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn command(root: &Path, arguments: &[&str]) -> Command {
    command_at(AT, root, arguments)
}

fn command_at(at: &str, root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_allclear"));
    command.current_dir(root).env_remove("SOURCE_DATE_EPOCH").args(["events", "--at", at]).args(arguments);
    command
}

#[track_caller]
fn check(root: &Path, arguments: &[&str], exit: i32) -> (String, String) {
    let Output { status, stdout, stderr } = command(root, arguments).output().unwrap();
    let [out, err] = [stdout, stderr].map(|it| String::from_utf8(it).unwrap());
    assert_eq!(status.code(), Some(exit), "{out}\n{err}");
    (out, err)
}

/// The types of the events that are new, in order.
#[track_caller]
fn unseen(root: &Path, more: &[&str]) -> Vec<String> {
    let (out, _) = check(root, &[&["--since-file", "seen", "--format", "json"], more].concat(), 0);
    let value = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
    let mut types: Vec<String> =
        out.lines().map(|it| value(it)["type"].as_str().unwrap().to_owned()).collect();
    types.sort();
    types
}

/// The list, as it is on disk.
fn seen(root: &Path) -> String {
    fs::read_to_string(root.join("seen")).unwrap()
}

#[test]
fn an_event_is_a_line_with_all_its_fields_in_order() {
    let (out, _) = check(project().path(), &["--format", "json"], 0);
    let opened = out.lines().find(|it| it.contains("\"opened\"")).unwrap();
    assert_eq!(
        opened,
        "{\"version\":1,\"id\":\"ghq8jx8q3k77\",\"type\":\"opened\",\"published_at\":\"2026-03-01T10:00:00Z\",\
         \"at\":\"2026-03-01T10:00:00Z\",\"incident\":{\"id\":\"2026-03-01-login\",\"title\":\"Login fails\",\
         \"kind\":\"incident\",\"url\":\"https://status.example.com/incidents/2026-03-01-login.html\"},\
         \"status\":\"investigating\",\"impact\":\"critical\",\"components\":[{\"id\":\"login\",\
         \"name\":\"Login\",\"state\":\"major_outage\"}],\"scheduled_for\":null,\"scheduled_until\":null,\
         \"text\":null,\"author\":null,\"withdrawn\":false,\"about\":null,\
         \"url\":\"https://status.example.com/incidents/2026-03-01-login.html\"}"
    );
}

#[test]
fn events_that_are_published_together_come_in_the_order_in_which_they_were_so() {
    let project = project();
    say(project.path(), "incident.yaml", &format!("{HEAD}published_at: 2026-03-01T11:30Z\n"));
    for (minute, status) in [(10, "identified"), (20, "update"), (30, "monitoring"), (40, "resolved")] {
        say(project.path(), &format!("updates/20260301T10{minute}Z-{status}.md"), "Words.\n");
    }
    let (out, _) = check(project.path(), &["--format", "json"], 0);
    let value = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
    let lines: Vec<serde_json::Value> = out.lines().map(value).collect();
    assert!(lines.iter().all(|it| it["published_at"] == "2026-03-01T11:30:00Z"), "{out}");
    let ats: Vec<&str> = lines.iter().map(|it| &it["at"].as_str().unwrap()[11..16]).collect();
    assert_eq!(ats, ["10:00", "10:00", "10:10", "10:20", "10:30", "10:40"]);
    assert_eq!(lines[0]["type"], "opened");
}

#[test]
fn ids_do_not_depend_on_the_words_in_the_names_of_files() {
    let told = |words: &str| {
        let project = project();
        let name = |number: usize| format!("updates/20260301T1010Z-update-{number}{words}.md");
        let corrections = "corrections: [{at: 2026-03-01T11:00Z, note: Europe alone.}]";
        say(project.path(), &name(1), &format!("---\n{corrections}\n---\nThe first.\n"));
        say(project.path(), &name(2), "The second.\n");
        let out = project.path().join("public");
        let mut build = Command::new(env!("CARGO_BIN_EXE_allclear"));
        let build = build.args(["build", "--at", AT, "--root"]).arg(project.path()).output().unwrap();
        assert!(build.status.success(), "{}", String::from_utf8_lossy(&build.stderr));
        let files = ["events.ndjson", "api/v2/incidents.json", "history.atom", "status.json"];
        files.map(|it| fs::read_to_string(out.join(it)).unwrap())
    };
    assert_eq!(told("-amara"), told("-boris"));
}

#[test]
fn a_list_of_former_ids_is_rewritten_and_nothing_is_new() {
    let project = project();
    let root = project.path();
    let retracted = "retracted: {at: 2026-03-01T10:40Z, note: It was not so.}";
    say(root, "updates/20260301T1030Z-update-amara.md", &format!("---\n{retracted}\n---\nWords.\n"));
    // Those of the two updates and of the retraction were made from the names of the files.
    let former = ["5x7maf7i0kyw", "1u5lhreehve0", "juzkira6e5rp"];
    put(root, "seen", &format!("{}\nghq8jx8q3k77\n", former.join("\n")));
    assert_eq!(unseen(root, &["--peek"]), [""; 0]);
    assert!(!former.iter().any(|it| seen(root).contains(it)), "{}", seen(root));
    assert_eq!(seen(root).lines().count(), 5);
    say(root, "updates/20260301T1100Z-resolved.md", "Logins work.\n");
    assert_eq!(unseen(root, &[]), ["resolved"]);
    assert_eq!(unseen(root, &[]), [""; 0]);
}

#[test]
fn former_ids_of_what_is_held_back_are_rewritten_later() {
    let project = project();
    let root = project.path();
    put(root, "seen", "5x7maf7i0kyw\nghq8jx8q3k77\n");
    say(root, "incident.yaml", "titel: x\n");
    check(root, &["--since-file", "seen"], 1);
    say(root, "incident.yaml", HEAD);
    assert_eq!(unseen(root, &[]), [""; 0]);
}

#[test]
fn people_get_a_line_too() {
    let (out, _) = check(project().path(), &[], 0);
    let mut lines: Vec<&str> = out.lines().collect();
    lines.sort_unstable();
    assert_eq!(
        lines,
        [
            "2026-03-01 10:00Z  opened  Login fails",
            "2026-03-01 10:00Z  update  Login fails: We are looking into failing logins.",
        ]
    );
}

#[test]
fn a_list_begins_with_what_there_is_and_prints_what_is_new_once() {
    let project = project();
    let root = project.path();
    let (out, err) = check(root, &["--since-file", "seen"], 0);
    assert_eq!((out.as_str(), err.lines().count()), ("", 1), "{err}");
    assert_eq!(unseen(root, &[]), [""; 0]);
    say(root, "updates/20260301T1100Z-resolved.md", "Logins work.\n");
    assert_eq!(unseen(root, &["--peek"]), ["resolved"]);
    assert_eq!(unseen(root, &[]), ["resolved"]);
    assert_eq!(unseen(root, &[]), [""; 0]);
    assert_eq!(seen(root).lines().count(), 4);
}

#[test]
fn with_all_the_first_run_prints_everything() {
    let project = project();
    assert_eq!(unseen(project.path(), &["--all"]), ["opened", "update"]);
    assert_eq!(unseen(project.path(), &["--all"]), [""; 0]);
}

#[test]
fn the_first_event_of_a_site_is_told() {
    let project = tempfile::tempdir().unwrap();
    put(project.path(), "site/site.yaml", SITE);
    put(project.path(), "incidents/.gitkeep", "");
    check(project.path(), &["--since-file", "seen"], 0);
    put(project.path(), &format!("incidents/{ID}/incident.yaml"), HEAD);
    say(project.path(), FIRST, "We are looking into failing logins.\n");
    assert_eq!(unseen(project.path(), &[]), ["opened", "update"]);
}

#[test]
fn what_is_merged_late_or_by_two_at_once_is_told_once() {
    let project = project();
    let root = project.path();
    check(root, &["--since-file", "seen"], 0);
    say(root, "updates/20260301T1030Z-monitoring.md", "A fix is in place.\n");
    assert_eq!(unseen(root, &[]), ["update"]);
    say(root, "updates/20260301T1030Z-identified.md", "The database is full.\n");
    assert_eq!(unseen(root, &[]), ["update"], "another of the same minute");
    say(root, "updates/20260301T1010Z-update.md", "Europe alone is affected.\n");
    assert_eq!(unseen(root, &[]), ["update"], "one from before");
    say(root, FIRST, "We are looking into failing log-ins.\n");
    assert_eq!(unseen(root, &[]), [""; 0], "a mended text is no news");
}

#[test]
fn a_retraction_and_a_correction_are_news() {
    let project = project();
    let root = project.path();
    check(root, &["--since-file", "seen"], 0);
    let note = "retracted: {at: 2026-03-01T11:00Z, note: A probe was broken.}\n";
    say(root, FIRST, &format!("---\n{note}---\nWe are looking into failing logins.\n"));
    let corrections = "corrections: [{at: 2026-03-01T11:10Z, note: It was Europe alone.}]\n";
    say(root, "incident.yaml", &format!("{HEAD}{corrections}"));
    assert_eq!(unseen(root, &[]), ["correction", "retraction"]);
    let (out, _) = check(root, &["--format", "json"], 0);
    assert!(!out.contains("looking into"), "what was withdrawn is not told: {out}");
}

#[test]
fn what_is_held_back_is_not_gone() {
    let project = project();
    let root = project.path();
    let (_, err) = {
        say(root, "incident.yaml", "titel: x\n");
        check(root, &["--since-file", "seen"], 2)
    };
    assert!(err.contains("seen is not begun while the files have errors"), "{err}");
    say(root, "incident.yaml", HEAD);
    check(root, &["--since-file", "seen"], 0);
    say(root, "incident.yaml", "titel: x\n");
    put(
        root,
        "incidents/2026-03-01-search.yaml",
        "title: Search\nupdates: [{at: 2026-03-01T11:00Z, body: Slow.}]\n",
    );
    let (out, _) = check(root, &["--since-file", "seen"], 1);
    assert!(out.contains("opened  Search") && !out.contains("Login"), "{out}");
    say(root, "incident.yaml", HEAD);
    assert_eq!(unseen(root, &[]), [""; 0]);
}

#[test]
fn an_embargo_leaves_no_trace_until_it_is_lifted() {
    let project = project();
    let root = project.path();
    check(root, &["--since-file", "seen"], 0);
    say(
        root,
        "updates/20260301T1100Z-identified.md",
        "---\npublished_at: 2026-03-01T12:00:01Z\n---\nA secret.\n",
    );
    let before = seen(root);
    assert_eq!(unseen(root, &[]), [""; 0]);
    assert_eq!(seen(root), before);
    let out = command_at("2026-03-01T12:00:01Z", root, &["--since-file", "seen"]).output().unwrap();
    assert!(String::from_utf8(out.stdout).unwrap().contains("A secret."));
}

#[test]
fn a_reader_that_went_away_has_not_seen_it() {
    let project = project();
    let root = project.path();
    let text = "A long text. ".repeat(20_000);
    check(root, &["--since-file", "seen"], 0);
    say(root, "updates/20260301T1100Z-update.md", &text);
    let mut child = command(root, &["--since-file", "seen"]).stdout(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    child.wait().unwrap();
    assert_eq!(unseen(root, &[]), ["update"]);
}

#[test]
fn a_file_of_something_else_is_left_alone() {
    let project = project();
    let head = format!("incidents/{ID}/incident.yaml");
    let (_, err) = check(project.path(), &["--since-file", &head], 2);
    assert!(err.contains("is not a list of ids of events"), "{err}");
    assert_eq!(fs::read_to_string(project.path().join(head)).unwrap(), HEAD);
}

#[test]
fn to_peek_before_there_is_a_list_is_refused() {
    let (_, err) = check(project().path(), &["--since-file", "seen", "--peek"], 2);
    assert!(err.contains("has not been begun"), "{err}");
}

/// What of the incidents a file of the built site tells.
fn incidents_in(out: &Path, path: &str) -> Vec<String> {
    let text = fs::read_to_string(out.join(path)).unwrap_or_default();
    let value = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
    let mut ids: Vec<String> =
        text.lines().map(|it| value(it)["incident"]["id"].as_str().unwrap().to_owned()).collect();
    ids.dedup();
    ids
}

#[test]
fn a_year_holds_all_of_it_and_the_recent_file_what_is_open_besides() {
    let project = project();
    let root = project.path();
    let say = |id: &str, times: &[&str]| {
        let update = |it: &&str| format!("  - {{at: {it}, body: Words.}}\n");
        let updates: String = times.iter().map(update).collect();
        put(root, &format!("incidents/{id}.yaml"), &format!("title: {id}\nupdates:\n{updates}"));
    };
    say("open", &["2025-06-01T10:00Z"]);
    put(
        root,
        "incidents/over.yaml",
        "title: over\nresolved_at: 2025-07-01T11:00Z\nupdates: [{at: 2025-07-01T10:00Z, body: Words.}]\n",
    );
    // In Stockholm, where the site is, it is 2026.
    put(
        root,
        "incidents/turn.yaml",
        "title: turn\nresolved_at: 2026-01-01T00:10Z\nupdates: [{at: 2025-12-31T23:30Z, body: Words.}]\n",
    );
    let out = root.join("public");
    let mut build = Command::new(env!("CARGO_BIN_EXE_allclear"));
    assert!(build.args(["build", "--at", AT, "--root"]).arg(root).output().unwrap().status.success());
    assert_eq!(incidents_in(&out, "events/2025.ndjson"), ["open", "over", "turn"]);
    assert_eq!(incidents_in(&out, "events/2026.ndjson"), ["turn", ID]);
    assert_eq!(incidents_in(&out, "events.ndjson"), ["open", "turn", ID]);
    let years =
        ["events/2025.ndjson", "events/2026.ndjson"].map(|it| fs::read_to_string(out.join(it)).unwrap());
    assert_eq!(years.concat(), check(root, &["--format", "json"], 0).0);
}
