//! What `check` says of common mistakes: the code, the place and what to write. Where that can be applied to the
//! letter, it is applied, and `check` has nothing more to say.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::process::Command;

use Mend::{By, Nothing, Run};

/// How a suggestion is tried.
enum Mend {
    /// It cannot be applied to the letter.
    Nothing,
    /// It is a command, to be run in the project's root.
    Run,
    /// The first text stands in the file, and the second is what is suggested for it.
    By(&'static str, &'static str),
}

const SITE: &str = "\
title: Example
url: https://status.example.com
time_zone: Europe/Stockholm
since: 2018-01-01
components:
  - {id: login, name: Login}
  - {id: search, name: Search}
";
/// A sound head, whose incident is open.
const HEAD: &str = "title: T\nstarted_at: 2025-12-01T10:00Z\ncomponents: {login: major_outage}\n";
const A: &str = "incidents/a.yaml";
const UPDATE: &str = "incidents/a/updates/20251201T1010Z-identified.md";

struct Case {
    /// The file with the mistake.
    path: &'static str,
    text: String,
    /// `code line:column`, without a place for a whole file.
    expected: &'static str,
    help: &'static str,
    mend: Mend,
}

/// A mistake in a file of its own.
fn file(path: &'static str, text: &str, expected: &'static str, help: &'static str, mend: Mend) -> Case {
    Case { path, text: text.to_owned(), expected, help, mend }
}

/// A line behind a sound head, whose fourth it is.
fn line(line: &str, expected: &'static str, help: &'static str, mend: Mend) -> Case {
    file(A, &format!("{HEAD}{line}\n"), expected, help, mend)
}

/// The start of an incident.
fn start(time: &str, expected: &'static str, help: &'static str, mend: Mend) -> Case {
    let text = format!("title: T\nstarted_at: {time}\ncomponents: {{login: major_outage}}\n");
    file(A, &text, expected, help, mend)
}

/// The components of an incident.
fn components(written: &str, expected: &'static str, help: &'static str, mend: Mend) -> Case {
    let text = format!("title: T\nstarted_at: 2025-12-01T10:00Z\ncomponents:{written}\n");
    file(A, &text, expected, help, mend)
}

#[test]
fn keys_that_belong_elsewhere() {
    let in_update = "write it in an update: a file in updates/, or an element of `updates:`";
    check(&[
        line("status: resolved", "wrong-kind 4:1", in_update, Nothing),
        line("body: We look.", "wrong-kind 4:1", in_update, Nothing),
        line(
            "resolved: true",
            "wrong-kind 4:1",
            "add an update with `status: resolved`, or `resolved_at:` with the time",
            By("resolved: true", "resolved_at: 2025-12-01T11:00Z"),
        ),
        line("severity: major", "unknown-key 4:1", "did you mean `impact`?", By("severity", "impact")),
        file(
            A,
            "title: T\ncomponents: {login: major_outage}\nstart: 2025-12-01T10:00Z\n",
            "unknown-key 3:1",
            "did you mean `started_at`?",
            By("start", "started_at"),
        ),
        line(
            "affected: [login]",
            "wrong-type 4:11",
            "write what is affected as `components: {login: major_outage}`",
            Nothing,
        ),
        line("cascade: true", "wrong-type 4:10", "known values: off, suggest, derive", By("true", "derive")),
        file(
            UPDATE,
            "---\nstarted_at: 2025-12-01T10:00Z\n---\nWe look.\n",
            "wrong-kind 2:1",
            "write it in incident.yaml",
            Nothing,
        ),
        file(
            UPDATE,
            "---\ntext: We look.\n---\n",
            "unknown-key 2:1",
            "known keys: affected, at, author, cascade, components, continues_in, corrections, impact, next_update, \
             not_affected, published_at, regions, retracted, rollout, status, title, workaround (or it was written for \
             a newer allclear)",
            Nothing,
        ),
    ]);
}

#[test]
fn components_without_states() {
    let help = "write `login: major_outage`";
    check(&[
        components(" {login:major_outage}", "unknown-state 3:14", help, By("login:major", "login: major")),
        components(" {login}", "unknown-state 3:14", help, By("login", "login: major_outage")),
        components(" {lgoin}", "unknown-state 3:14", help, By("lgoin", "login: major_outage")),
        components(
            "\n  login:major_outage",
            "wrong-type 4:3",
            "write `components: {login: major_outage}`",
            By("\n  login:major_outage", " {login: major_outage}"),
        ),
        components(
            " [Login]",
            "wrong-type 3:13",
            "write `components: {login: major_outage}`",
            By("[Login]", "{login: major_outage}"),
        ),
        components(
            "\n  login:major\n  search: major",
            "syntax 4:3",
            "write `login: major`",
            By("login:major", "login: major"),
        ),
        file(
            "incidents/m.yaml",
            "title: M\nkind: maintenance\nscheduled_for: 2026-02-01T10:00Z\nscheduled_until: 2026-02-01T12:00Z\n",
            "missing-key 1:1",
            "add `components: [search]` with what is worked on, or `components: all`",
            By("title: M", "title: M\ncomponents: [search]"),
        ),
    ]);
}

#[test]
fn times_in_other_forms() {
    check(&[
        start(
            "20:55 CET",
            "invalid-time 2:13",
            "write the day before it, and the offset in place of `CET`, as in `2020-07-10T20:55+01:00`",
            By("20:55 CET", "2025-12-01T20:55+01:00"),
        ),
        start(
            "30/11/2025 20:50",
            "invalid-time 2:13",
            "write `2025-11-30T20:50Z` if it is UTC, or `2025-11-30T20:50+01:00` if it is the time in Europe/Stockholm",
            By("30/11/2025 20:50", "2025-11-30T20:50+01:00"),
        ),
        start(
            "2025-12-01T8:00:00Z",
            "invalid-time 2:13",
            "write `2025-12-01T08:00:00Z`",
            By("2025-12-01T8:00:00Z", "2025-12-01T08:00:00Z"),
        ),
        start("2025-02-30T10:00Z", "invalid-time 2:13", "February 2025 has 28 days", By("30T", "28T")),
        start(
            "1762000000",
            "wrong-type 2:13",
            "write `2025-11-01T12:26:40Z` if this counts from 1970",
            By("1762000000", "2025-11-01T12:26:40Z"),
        ),
        file(
            "incidents/a.md",
            &format!("---\n{HEAD}---\n## 2025-12-01 10:00 UTC resolved\nx\n"),
            "invalid-time 6:4",
            "write `2025-12-01T10:00Z`",
            By("2025-12-01 10:00 UTC", "2025-12-01T10:00Z"),
        ),
    ]);
}

#[test]
fn yaml_that_cannot_be_read() {
    let tab = "indent with spaces: YAML takes no tabs";
    check(&[
        line("summary: a: b", "syntax 4:11", "quote the value: `summary: \"a: b\"`", By("a: b", "\"a: b\"")),
        line("summary: \"a", "syntax 4:10", "close it: `\"a\"`", By("\"a", "\"a\"")),
        line(
            "summary: 'it's'",
            "syntax 4:14",
            "write an apostrophe twice: `'it''s'`",
            By("'it's'", "'it''s'"),
        ),
        line("tags: [a, b", "syntax 4:7", "close it with `]`", By("a, b", "a, b]")),
        components("\n\tlogin: major_outage", "syntax 4:1", tab, By("\t", "  ")),
        line("  pin: true", "syntax 4:3", "indent it with no space", By("  pin", "pin")),
        line("summary: @all", "syntax 4:10", "quote the value: `\"@all\"`", By("@all", "\"@all\"")),
        line("summary: a\u{7}", "syntax 4:11", "remove it", By("\u{7}", "")),
        file(
            A,
            &format!("  {HEAD}"),
            "syntax 1:3",
            "write `title: T` without the space before it",
            By("  title", "title"),
        ),
        file(A, &format!("title: {}", "[".repeat(100_000)), "too-deep 1:72", "use fewer levels", Nothing),
        line(
            "summary: !important a",
            "wrong-type 4:10",
            "YAML reads a word behind `!` as a tag: quote the value, `\"!important a\"`",
            By("!important a", "\"!important a\""),
        ),
    ]);
}

#[test]
fn what_yaml_passes_over_in_silence() {
    check(&[
        line(
            "summary: Ledger #1 is down",
            "comment-ends-value 4:17",
            "quote the value, `\"Ledger #1 is down\"`, or write a space behind the `#`",
            By("Ledger #1 is down", "\"Ledger #1 is down\""),
        ),
        line(
            "summary: #1 ledger",
            "comment-ends-value 4:1",
            "quote the value, if it is one: `summary: \"#1 ledger\"`",
            By("#1 ledger", "\"#1 ledger\""),
        ),
        line(
            "summary: &amp; more",
            "unused-anchor 4:10",
            "quote the value if this is text, or remove the anchor",
            By("&amp; more", "\"&amp; more\""),
        ),
    ]);
}

#[test]
fn names_of_files() {
    check(&[
        file(
            "incidents/a/updates/20251201T1010z-identified.md",
            "x",
            "invalid-name",
            "mv incidents/a/updates/20251201T1010z-identified.md incidents/a/updates/20251201T1010Z-identified.md",
            Run,
        ),
        file(
            "incidents/a/updates/20251201T1010Z-identifed-ann.md",
            "x",
            "unknown-status",
            "mv incidents/a/updates/20251201T1010Z-identifed-ann.md incidents/a/updates/20251201T1010Z-identified-ann.md \
             (known: investigating, identified, monitoring, resolved, update)",
            Nothing,
        ),
        file(
            "incidents/a/updates/2025-12-01-resolved.md",
            "x",
            "invalid-name",
            "begin it with the day and the time in UTC, as in `20251201T1048Z-resolved.md` for 10:48",
            Nothing,
        ),
        file(
            "incidents/a/updates/20251201T1010Z-resolved.md.txt",
            "x",
            "invalid-name",
            "mv incidents/a/updates/20251201T1010Z-resolved.md.txt incidents/a/updates/20251201T1010Z-resolved.md",
            Run,
        ),
        file(
            "incidents/API outage.yaml",
            HEAD,
            "invalid-name",
            "mv 'incidents/API outage.yaml' incidents/api-outage.yaml",
            Run,
        ),
        file(
            "incidents/a/graph.png",
            "x",
            "stray-file",
            "move it to site/assets/, and link to it from the text as `/assets/graph.png`",
            Nothing,
        ),
    ]);
}

#[test]
fn a_site_file_with_bare_names() {
    let case = |components: &str| {
        format!("title: A\nurl: https://a.example\nsince: 2020-01-01\ncomponents: {components}\n")
    };
    check(&[
        file(
            "site/site.yaml",
            &case("[API]"),
            "wrong-type 4:14",
            "write each as `- {id: api, name: API}`",
            By("[API]", "\n  - {id: api, name: API}"),
        ),
        file(
            "site/site.yaml",
            &case("{api: API}"),
            "wrong-type 4:13",
            "write each as `- {id: api, name: api}`",
            By("{api: API}", "\n  - {id: api, name: api}"),
        ),
    ]);
}

#[test]
fn names_that_collide_get_numbers_and_folders_come_first() {
    let root = project();
    put(root.path(), "incidents/API outage/incident.yaml", HEAD);
    put(root.path(), "incidents/API outage/updates/20251201T1010z-identified.md", "x");
    put(root.path(), "incidents/API outage/updates/2025-12-01T10:10Z-identified.md", "y");
    let (text, code) = run_check(root.path());
    assert_eq!(code, 1);
    for command in helps(&text) {
        run(root.path(), &command);
    }
    let (text, code) = run_check(root.path());
    assert_eq!(code, 0, "{text}");
    let updates = fs::read_dir(root.path().join("incidents/api-outage/updates")).unwrap().count();
    assert_eq!(updates, 2, "no file took another's place");
}

#[track_caller]
fn check(cases: &[Case]) {
    for case in cases {
        let root = project();
        put(root.path(), case.path, &case.text);
        if case.path.starts_with("incidents/a/") {
            put(root.path(), "incidents/a/incident.yaml", HEAD);
        }
        let (text, _) = run_check(root.path());
        assert_eq!(first(&text), (case.expected.to_owned(), case.help.to_owned()), "{}\n{text}", case.text);
        match case.mend {
            Nothing => continue,
            Run => run(root.path(), case.help),
            By(from, to) => put(root.path(), case.path, &case.text.replacen(from, to, 1)),
        }
        let (text, code) = run_check(root.path());
        assert!(code == 0 && !text.contains("warning"), "{}\n{text}", case.text);
    }
}

fn project() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    put(dir.path(), "site/site.yaml", SITE);
    fs::create_dir(dir.path().join("incidents")).unwrap();
    dir
}

fn put(root: &Path, path: &str, text: &str) {
    fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
    fs::write(root.join(path), text).unwrap();
}

fn run(root: &Path, command: &str) {
    let status = Command::new("sh").args(["-c", command]).current_dir(root).status().unwrap();
    assert!(status.success(), "{command}");
}

/// What `check` prints, and its exit code.
fn run_check(root: &Path) -> (String, i32) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_allclear"));
    command.args(["check", "--at", "2026-01-01T00:00Z", "--root"]).arg(root);
    let output = command.output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.code().unwrap())
}

/// The first code and place, and the first help.
fn first(text: &str) -> (String, String) {
    let code = text.split_once('[').and_then(|(_, it)| it.split_once(']')).map_or("nothing", |(it, _)| it);
    let place = text.lines().find_map(|it| it.trim_start().strip_prefix("--> "));
    let mut numbers = place.unwrap_or_default().rsplitn(3, ':');
    let (column, line) = (numbers.next(), numbers.next());
    let place = match (line, column) {
        (Some(line), Some(column)) if line.parse::<u32>().is_ok() => format!("{code} {line}:{column}"),
        _ => code.to_owned(),
    };
    (place, helps(text).into_iter().next().unwrap_or_default())
}

fn helps(text: &str) -> Vec<String> {
    text.lines().filter_map(|it| it.split_once("= help: ")).map(|(_, it)| it.to_owned()).collect()
}
