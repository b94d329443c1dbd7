//! The real binary on real folders: what it prints, where, and how it exits.

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
  - {id: search, name: Search}
";
const HEAD: &str = "title: Login fails\ncomponents: {login: major_outage}\n";
const UPDATE: &str = "We are looking into failing logins.\n";
const AT: &str = "2026-03-01T10:30Z";

/// A project with one open incident.
fn project() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    put(dir.path(), "site/site.yaml", SITE);
    put(dir.path(), "incidents/2026-03-01-login/incident.yaml", HEAD);
    put(dir.path(), "incidents/2026-03-01-login/updates/20260301T1000Z-investigating.md", UPDATE);
    dir
}

fn put(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn command(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_allclear"));
    command.current_dir(root).args(arguments).env_remove("SOURCE_DATE_EPOCH");
    command
}

fn allclear(root: &Path, arguments: &[&str]) -> Output {
    command(root, arguments).output().unwrap()
}

#[track_caller]
fn check(root: &Path, arguments: &[&str], exit: i32) -> (String, String) {
    let output = allclear(root, arguments);
    let [out, err] = [output.stdout, output.stderr].map(|it| String::from_utf8(it).unwrap());
    assert_eq!(output.status.code(), Some(exit), "{out}\n{err}");
    (out, err)
}

#[test]
fn a_clean_check_says_what_it_looked_at() {
    let (out, err) = check(project().path(), &["check", "--at", AT], 0);
    assert_eq!(out, "checked 1 incident, 2 components and 0 pages: no errors\n");
    assert_eq!(err, "");
}

#[test]
fn a_mistake_is_shown_with_its_line_and_exits_with_1() {
    let project = project();
    put(project.path(), "incidents/2026-03-01-login/incident.yaml", &HEAD.replace("login:", "lgin:"));
    let (out, _) = check(project.path(), &["check", "--at", AT], 1);
    assert!(out.starts_with("error[unknown-component]: "), "{out}");
    assert!(out.contains("--> incidents/2026-03-01-login/incident.yaml:2:14"), "{out}");
    assert!(out.contains("login"), "the nearest name is offered: {out}");
    assert!(!out.contains('\u{1b}'), "no colours in a pipe: {out:?}");
}

#[test]
fn machines_get_one_document() {
    let project = project();
    put(project.path(), "incidents/2026-03-01-login/incident.yaml", "titel: x\n");
    let (out, _) = check(project.path(), &["check", "--at", AT, "--format", "json"], 1);
    let document: serde_json::Value = serde_json::from_str(&out).unwrap();
    let first = &document["diagnostics"][0];
    assert_eq!(first["file"], "incidents/2026-03-01-login/incident.yaml");
    assert_eq!((&first["line"], &first["level"]), (&1.into(), &"error".into()));
    let (out, _) = check(project.path(), &["check", "--at", AT, "--format", "github"], 1);
    assert!(out.starts_with("::error file=incidents/2026-03-01-login/incident.yaml,line=1,"), "{out}");
}

#[test]
fn what_cannot_work_exits_with_2() {
    let dir = tempfile::tempdir().unwrap();
    let (_, err) = check(dir.path(), &["build", "--root", "nowhere"], 2);
    assert_eq!(err, "error: nowhere is not a folder\n");
    check(dir.path(), &["build", "--at", "yesterday"], 2);
    check(dir.path(), &["bild"], 2);
}

#[test]
fn a_build_says_what_it_did_in_two_lines() {
    let project = project();
    let (out, err) = check(project.path(), &["build", "--at", AT], 0);
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), 2, "{out}");
    assert!(lines[0].contains("public") && lines[0].contains("0 removed"), "{out}");
    assert!(lines[1].starts_with("Major outage: Login"), "{out}");
    assert_eq!(err, "");
    assert!(project.path().join("public/incidents/2026-03-01-login.html").is_file());
}

#[test]
fn errors_leave_the_folder_as_it_was() {
    let project = project();
    check(project.path(), &["build", "--at", AT], 0);
    let before = fs::read(project.path().join("public/index.html")).unwrap();
    put(project.path(), "incidents/2026-03-01-login/updates/20260301T1010Z-identifyed.md", "Found.\n");
    check(project.path(), &["build", "--at", AT], 1);
    assert_eq!(fs::read(project.path().join("public/index.html")).unwrap(), before);
}

#[test]
fn what_is_no_longer_part_of_the_site_goes_and_what_is_not_ours_stays() {
    let project = project();
    check(project.path(), &["build", "--at", AT], 0);
    put(project.path(), "public/CNAME", "status.example.com\n");
    fs::remove_dir_all(project.path().join("incidents/2026-03-01-login")).unwrap();
    check(project.path(), &["build", "--at", AT, "--allow-removal"], 0);
    assert!(!project.path().join("public/incidents/2026-03-01-login.html").exists());
    assert!(project.path().join("public/CNAME").exists());
}

#[test]
fn a_folder_of_somebody_else_is_refused() {
    let project = project();
    put(project.path(), "home/thesis.txt", "years of work\n");
    let (_, err) = check(project.path(), &["build", "--at", AT, "--out", "home"], 2);
    assert!(err.contains("home is not empty and was not made by allclear"), "{err}");
}

#[test]
fn held_back_is_only_what_is_broken() {
    let project = project();
    put(
        project.path(),
        "incidents/2026-03-01-login/updates/20260301T1010Z-identified.md",
        "---\ncomponents: {lgin: partial_outage}\n---\nA bad deploy is rolled back.\n",
    );
    let (_, err) = check(project.path(), &["build", "--at", AT, "--hold-back"], 1);
    assert!(err.contains("unknown-component"), "{err}");
    let page = fs::read_to_string(project.path().join("public/incidents/2026-03-01-login.html")).unwrap();
    assert!(page.contains("A bad deploy is rolled back."));
}

#[test]
fn a_head_that_cannot_be_read_is_not_guessed_at() {
    let project = project();
    check(project.path(), &["build", "--at", AT], 0);
    let before = fs::read(project.path().join("public/index.html")).unwrap();
    put(project.path(), "incidents/2026-03-01-login/incident.yaml", "title: [\n");
    check(project.path(), &["build", "--at", AT, "--hold-back"], 3);
    assert_eq!(fs::read(project.path().join("public/index.html")).unwrap(), before);
}

#[test]
fn a_broken_head_that_nobody_knows_of_holds_back_itself_alone() {
    let project = project();
    check(project.path(), &["build", "--at", AT], 0);
    put(project.path(), "incidents/2026-03-01-other.yaml", "titel: typo\ndraft: true\n");
    put(project.path(), "incidents/2026-03-01-login/updates/20260301T1010Z-identified.md", "A bad deploy.\n");
    let (out, _) = check(project.path(), &["build", "--at", AT, "--hold-back"], 1);
    assert!(out.contains("changed"), "{out}");
    let index = fs::read_to_string(project.path().join("public/index.html")).unwrap();
    assert!(index.contains("A bad deploy."));
    let (_, err) = check(project.path(), &["build", "--at", AT, "--hold-back", "--out", "fresh"], 3);
    assert!(err.contains("`2026-03-01-other` cannot be read whole"), "{err}");
    assert!(err.contains("nothing is written"), "{err}");
}

#[test]
fn the_output_is_not_written_among_the_sources() {
    let project = project();
    std::os::unix::fs::symlink("site", project.path().join("link")).unwrap();
    let outs = ["site/assets/out", "./incidents/x", "themes/default", "x/../site/out", "link/out", "link"];
    for out in outs.into_iter().chain(["incidents/../link/../site", "incidents/none/../../site/none/out"]) {
        let (_, err) = check(project.path(), &["build", "--at", AT, "--out", out], 2);
        assert!(err.contains("name another folder"), "{out}: {err}");
    }
    check(project.path(), &["build", "--at", AT, "--out", "site/../x/../public"], 0);
}

#[test]
fn an_instant_needs_an_offset_and_a_year_of_our_time() {
    let project = project();
    let (_, err) = check(project.path(), &["next", "--at", "2026-03-01T10:00"], 2);
    assert!(err.contains("write 2026-03-01T10:00:00Z if it is UTC"), "{err}");
    let (_, err) = check(project.path(), &["next", "--at", "0000-01-01T00:00Z"], 2);
    assert!(err.contains("the year is not between 1970 and 2199"), "{err}");
}

#[test]
fn the_same_files_and_instant_give_the_same_bytes_anywhere() {
    let project = project();
    let mut here = command(project.path(), &["build", "--out", "one"]);
    assert!(here.env("SOURCE_DATE_EPOCH", "1772361000").output().unwrap().status.success());
    let mut elsewhere = command(project.path(), &["build", "--out", "two"]);
    elsewhere.env("SOURCE_DATE_EPOCH", "1772361000").env("TZ", "Asia/Tokyo").env("LC_ALL", "sv_SE.UTF-8");
    assert!(elsewhere.output().unwrap().status.success());
    let mut compared = 0;
    for entry in walkdir::WalkDir::new(project.path().join("one")) {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let other = project
                .path()
                .join("two")
                .join(entry.path().strip_prefix(project.path().join("one")).unwrap());
            assert_eq!(fs::read(entry.path()).unwrap(), fs::read(&other).unwrap(), "{}", other.display());
            compared += 1;
        }
    }
    assert!(10 < compared);
}

#[test]
fn the_next_change_is_midnight_in_the_zone_of_the_site() {
    let (out, _) = check(project().path(), &["next", "--at", AT], 0);
    assert_eq!(out, "2026-03-01T23:00:00Z\n");
    let (out, _) = check(project().path(), &["next", "--at", AT, "--format", "json"], 0);
    let document: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(document["next_change"], "2026-03-01T23:00:00Z");
}

#[test]
fn an_answer_is_given_by_what_can_be_read() {
    let project = project();
    put(project.path(), "incidents/old.yaml", "titel: typo\n");
    let (out, err) = check(project.path(), &["next", "--at", AT], 1);
    assert_eq!(out, "2026-03-01T23:00:00Z\n");
    assert!(err.contains("left out, for its head is broken: old"), "{err}");
}

#[test]
fn the_status_is_told_in_the_terminal_and_as_the_document_of_the_site() {
    let project = project();
    let (out, _) = check(project.path(), &["status", "--at", AT], 0);
    assert!(out.starts_with("Major outage: Login\n"), "{out}");
    assert!(out.contains("Login fails"), "{out}");
    let (out, _) = check(project.path(), &["status", "--at", AT, "--format", "json"], 0);
    check(project.path(), &["build", "--at", AT], 0);
    assert_eq!(out, fs::read_to_string(project.path().join("public/status.json")).unwrap());
}

#[test]
fn a_reader_that_leaves_early_has_what_it_wanted() {
    let project = project();
    let mut child = command(project.path(), &["status", "--at", AT]).stdout(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_name_of_a_file_begins_no_line_of_its_own() {
    let project = project();
    put(project.path(), "site/assets/a\nerror: all is lost\u{1b}[31m.txt", "x");
    put(project.path(), "incidents/x\nwarning: y.yaml", "title: [\n");
    for arguments in
        [&["check", "--at", AT][..], &["build", "--at", AT, "--hold-back", "--out", "new\nerror: x"]]
    {
        let output = allclear(project.path(), arguments);
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert!(!said.contains("\nerror: all") && !said.contains("\nwarning: y"), "{said}");
        assert!(!said.contains("\nerror: x") && !said.contains('\u{1b}'), "{said}");
        assert!(said.contains(r#"--> "incidents/x\nwarning: y.yaml""#), "{said}");
    }
}

#[test]
fn an_asset_beyond_the_limit_is_an_error_and_held_back() {
    let project = project();
    put(project.path(), "site/site.yaml", &format!("{SITE}limits: {{asset_mib: 2, assets_mib: 3}}\n"));
    let large = |name: &str, length: u64| {
        put(project.path(), &format!("site/assets/{name}"), "");
        let file = fs::File::options().write(true).open(project.path().join("site/assets").join(name));
        file.unwrap().set_len(length).unwrap();
    };
    large("a.bin", 2 << 20);
    check(project.path(), &["build", "--at", AT], 0);
    assert_eq!(fs::metadata(project.path().join("public/assets/a.bin")).unwrap().len(), 2 << 20);
    large("b.bin", (2 << 20) + 1);
    let (out, _) = check(project.path(), &["check", "--at", AT], 1);
    assert!(out.contains("an asset may have 2 MiB, and this has 3 MiB"), "{out}");
    check(project.path(), &["build", "--at", AT, "--hold-back"], 1);
    assert!(!project.path().join("public/assets/b.bin").exists());
    assert!(project.path().join("public/assets/a.bin").exists());
}

#[test]
fn control_characters_never_reach_a_terminal() {
    let project = project();
    put(project.path(), "incidents/2026-03-01-login/incident.yaml", "title: \"\\e[2J evil\"\n");
    let output = allclear(project.path(), &["status", "--at", AT]);
    assert!(!output.stdout.contains(&0x1b) && !output.stderr.contains(&0x1b));
}
