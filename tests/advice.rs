//! What is said of files that are well formed, once it is known what is true at the instant.

use std::path::Path;

use allclear::advice::{Clock, advise, exposed_around, exposed_in, html_in};
use allclear::diag::{Diagnostic, Excerpt};
use allclear::load::{self, Memory};
use allclear::snapshot;
use allclear::timeline::{Visibility, at};

const SITE: &str = "\
title: Example
url: https://status.example.com
time_zone: Europe/Stockholm
since: 2018-01-01
links: [{title: Support, url: \"mailto:support@example.com\"}]
components:
  - {id: login, name: Login}
  - {id: search, name: Search}
";

/// The advice on one document below incidents/, each piece as `line:column code: message | help`.
#[track_caller]
fn check(clock: Clock, now: &str, document: &str, expected: &[&str]) {
    check_files(clock, now, &[("incidents/login.md", document)], expected);
}

/// Most of these documents say nothing of components, which is doubtful in itself and has a test of its own.
#[track_caller]
fn check_files(clock: Clock, now: &str, files: &[(&str, &str)], expected: &[&str]) {
    let mut advice = advice(clock, now, files);
    advice.retain(|it| !it.starts_with("no-components"));
    assert_eq!(advice, expected);
}

#[track_caller]
fn advice(clock: Clock, now: &str, files: &[(&str, &str)]) -> Vec<String> {
    let root = tempfile::tempdir().expect("a folder");
    for (path, text) in [("site/site.yaml", SITE)].iter().chain(files) {
        write(&root.path().join(path), text);
    }
    let folder = snapshot::read(root.path(), None).expect("it can be read");
    let loaded = load::project(&folder, &mut Memory::default());
    let errors: Vec<String> = loaded.diagnostics.iter().map(told).collect();
    assert_eq!(errors, [""; 0], "the files are well formed");
    let project = loaded.project.expect("it was read");
    let board = at(&project, now.parse().expect("a time"), Visibility::default());
    let mut advice = advise(&project, &board, clock);
    advice.extend(exposed_around(&project));
    advice.extend(project.incidents.iter().flat_map(|it| exposed_in(&project.site, it)));
    advice.extend(project.incidents.iter().flat_map(|it| html_in(it)));
    advice.iter().map(told).collect()
}

#[test]
fn an_incident_names_components_or_states_an_impact() {
    let check = |keys: &str, expected: usize| {
        let head =
            format!("---\ntitle: Login\n{keys}---\n## 2026-03-01T10:00Z investigating\nWe look into it.\n");
        let advice = advice(Clock::Stated, "2026-03-01T11:00:00Z", &[("incidents/login.md", &head)]);
        assert_eq!(
            advice.iter().filter(|it| it.starts_with("no-components")).count(),
            expected,
            "{advice:?}"
        );
    };
    check("", 1);
    check("components: {login: major_outage}\n", 0);
    check("impact: minor\n", 0);
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder");
    std::fs::write(path, text).expect("it can be written");
}

fn told(diagnostic: &Diagnostic) -> String {
    let line = diagnostic.place.as_ref().and_then(|it| Excerpt::of(it).line);
    let place = line.map(|it| format!("{}:{} ", it.number, it.column)).unwrap_or_default();
    let help = diagnostic.help.as_deref().unwrap_or_default();
    format!("{place}{}: {} | {help}", diagnostic.code.name(), diagnostic.message)
}

#[test]
fn a_time_ahead_of_the_clock_is_probably_local_time() {
    let document = "---\ntitle: Login\n---\n## 2026-07-10T12:48Z investigating\nWe look into it.\n";
    let at = |now, expected: &[&str]| check(Clock::Real, now, document, expected);
    at(
        "2026-07-10T10:48:00Z",
        &[
            "4:4 too-far-ahead: this is 2 h ahead of the clock | is this local time (Stockholm)? then write `+02:00`: \
           `2026-07-10T12:48:00+02:00`",
        ],
    );
    at(
        "2026-07-10T09:00:00Z",
        &["4:4 too-far-ahead: this is 3 h 48 min ahead of the clock | \
           write when it was so, or `published_at` for what is to appear later"],
    );
    at("2026-07-10T12:46:00Z", &[]);
    for clock in [Clock::Stated, Clock::Epoch] {
        check(clock, "2026-07-10T10:48:00Z", document, &[]);
    }
}

#[test]
fn a_name_in_local_time_is_told_with_the_offset_to_write() {
    let files = [
        ("incidents/a/incident.yaml", "title: Login\n"),
        ("incidents/a/updates/20260710T1248Z-investigating.md", "We look into it.\n"),
    ];
    let expected = "too-far-ahead: this is 2 h ahead of the clock | is this local time (Stockholm)? then write `+0200` \
                    in place of `Z`: `20260710T1248+0200-investigating.md`";
    check_files(Clock::Real, "2026-07-10T10:48:00Z", &files, &[expected]);
}

#[test]
fn a_time_ahead_with_another_offset_is_not_taken_for_local_time() {
    let document = "---\ntitle: Login\n---\n## 2026-07-10T14:48+02:00 investigating\nWe look into it.\n";
    check(
        Clock::Real,
        "2026-07-10T10:48:00Z",
        document,
        &["4:4 too-far-ahead: this is 2 h ahead of the clock | \
           write when it was so, or `published_at` for what is to appear later"],
    );
}

#[test]
fn a_promise_that_has_run_out_is_broken() {
    let document = "---\ntitle: Login\ncomponents: {login: major_outage}\n---\n\
        ## 2026-03-01T10:00Z investigating\n\n```status\nnext_update: 30m\n```\nWe look into it.\n";
    check(Clock::Real, "2026-03-01T10:29:59Z", document, &[]);
    check(
        Clock::Real,
        "2026-03-01T10:30:00Z",
        document,
        &["5:4 broken-promise: an update was promised for 2026-03-01T10:30:00Z and has not come | \
         write one, even if nothing is new"],
    );
}

#[test]
fn an_open_incident_on_what_works_is_odd() {
    let document = "---\ntitle: Login\ncomponents: {login: major_outage}\n---\n\
        ## 2026-03-01T10:00Z investigating\n\nWe look into it.\n\n\
        ## 2026-03-01T10:30Z identified\n\n```status\ncomponents: {login: operational}\n```\nIt works.\n";
    check(Clock::Stated, "2026-03-01T10:10:00Z", document, &[]);
    check(
        Clock::Real,
        "2026-03-01T10:40:00Z",
        document,
        &["9:4 open-on-green: `login` is open and all its components are operational | \
         say `resolved`, or `monitoring`, or which component is impaired"],
    );
}

#[test]
fn a_fix_is_hardly_monitored_while_all_is_down() {
    let document = "---\ntitle: Login\ncomponents: {login: major_outage}\n---\n\
        ## 2026-03-01T10:00Z investigating\n\nWe look into it.\n\n## 2026-03-01T10:30Z monitoring\n\nMended.\n";
    check(
        Clock::Real,
        "2026-03-01T10:40:00Z",
        document,
        &["9:4 monitoring-major: a fix is being monitored and `login` is still in a major outage | \
         say what `login` is in since the fix, as `components: {login: degraded_performance}`"],
    );
}

#[test]
fn what_is_resolved_leaves_nothing_impaired() {
    let document = "---\ntitle: Login\n---\n## 2026-03-01T10:00Z investigating\n\n```status\n\
        components: {login: major_outage}\n```\nWe look into it.\n\n\
        ## 2026-03-01T10:30Z resolved\n\n```status\ncomponents: {login: degraded}\n```\nMended.\n";
    check(
        Clock::Real,
        "2026-03-01T12:00:00Z",
        document,
        &["14:21 never-recovered: the incident is resolved and `login` is left in `degraded_performance` | \
         a resolved incident puts its components back to operational; leave this out, or do not resolve it yet"],
    );
}

#[test]
fn a_component_that_recovers_after_the_end_is_not_left_impaired() {
    let document = "---\ntitle: Login\n---\n## 2026-03-01T10:00Z resolved\n\n```status\n\
        components: {login: degraded}\n```\nMended.\n\n\
        ## 2026-03-01T10:30Z\n\n```status\ncomponents: {login: operational}\n```\nAll is well.\n";
    check(Clock::Real, "2026-03-01T12:00:00Z", document, &[]);
}

#[test]
fn the_example_of_the_manual_is_left_impaired() {
    let manual = include_str!("../docs/diagnostics.md");
    let (_, section) = manual.split_once("## never-recovered\n").expect("it is there");
    let example =
        section.split("```").nth(1).and_then(|it| it.strip_prefix("yaml\n")).expect("it has an example");
    check_files(
        Clock::Real,
        "2020-07-10T12:00:00Z",
        &[("incidents/a.yaml", &format!("title: Login\n{example}"))],
        &["4:67 never-recovered: the incident is resolved and `login` is left in `degraded_performance` | \
         a resolved incident puts its components back to operational; leave this out, or do not resolve it yet"],
    );
}

#[test]
fn html_is_told_with_the_markdown_to_write() {
    let document = "---\ntitle: Login\nstarted_at: 2026-03-01T10:00Z\n---\nOne.<br>Two<BR/> and <b>three</b>, `<i>` and <name>.\n\n<!-- secret -->\n";
    check(
        Clock::Real,
        "2026-03-01T12:00:00Z",
        document,
        &[
            "5:5 html-as-text: `<br>` is shown as text | write Markdown: a backslash at the end of the line, or an \
             empty line",
            "5:22 html-as-text: `<b>` is shown as text | write Markdown: `**bold**`",
            "7:1 html-as-text: an HTML comment is shown as text | take it out: everybody can read it",
        ],
    );
}

#[test]
fn a_status_goes_forward() {
    let document = "---\ntitle: Login\n---\n## 2026-03-01T10:00Z identified\n\nOne.\n\n\
        ## 2026-03-01T10:30Z investigating\n\nTwo.\n\n## 2026-03-01T11:00Z resolved\n\nThree.\n";
    check(
        Clock::Real,
        "2026-03-01T12:00:00Z",
        document,
        &["8:4 status-backwards: the status goes back from `identified` to `investigating` | \
         is the time right? for a word without a new status, name the file `..-update.md`"],
    );
}

#[test]
fn what_should_not_be_public_is_told_where_it_stands() {
    let document = "---\ntitle: Login\nlinks: [{title: Graph, url: \"https://grafana.corp/d/1\"}]\n---\n\
        ## 2026-03-01T10:00Z resolved\n\nThe host 10.1.2.3 was down.\n\
        Write to support@example.com or [us](mailto:help@example.com), not to amara@example.com.\n";
    check(
        Clock::Real,
        "2026-03-01T12:00:00Z",
        document,
        &[
            "3:38 not-for-public: `grafana.corp` is an internal host, and the text is for the public | \
         say what it is to users instead",
            "7:10 not-for-public: `10.1.2.3` is a private address, and the text is for the public | \
         say what it is to users instead",
            "8:71 not-for-public: `amara@example.com` is a mail address, and the text is for the public | \
         link an address that is meant for the public with `mailto:`",
        ],
    );
}

#[test]
fn all_that_is_shown_is_searched_for_secrets_and_nothing_else() {
    let head = "# On db.corp, by eve@example.com\ntitle: On db.corp\nstarted_at: 2026-03-01T10:00Z\n\
        regions: [\"rack 10.0.0.1\"]\naffected: {note: those on 10.0.0.2}\ntags: [10.0.0.3]\n";
    let update =
        "---\nauthor: amara@example.com\naffected: {note: of 10.0.0.4}\nregions: [10.0.0.5]\n---\nMended.\n";
    let postmortem = "---\nstatus: published\nauthors: [eve@example.com]\n\
        numbers: [{label: Load of 10.0.0.6, value: \"1\"}]\nsources: [{title: db.local, url: \"https://example.com\"}]\n\
        actions: [{id: A1, text: Mend it, owner: bob@example.com, link: \"https://jira.corp/1\"}]\n---\nIt broke.\n";
    let files = [
        ("incidents/login/incident.yaml", head),
        ("incidents/login/updates/20260301T1130Z-resolved.md", update),
        ("incidents/login/postmortem.md", postmortem),
        ("incidents/login/reports.csv", "at,region,count\n2026-03-01T10:00Z,10.0.0.7,1\n"),
    ];
    let found = [
        "2:11 db.corp",
        "6:8 10.0.0.3",
        "4:17 10.0.0.1",
        "5:27 10.0.0.2",
        "3:21 10.0.0.4",
        "4:11 10.0.0.5",
        "6:74 jira.corp",
        "4:27 10.0.0.6",
        "5:19 db.local",
        "2:19 10.0.0.7",
    ];
    let kind = |it: &str| if it.starts_with("10.") { "a private address" } else { "an internal host" };
    let expected: Vec<String> = found
        .iter()
        .map(|it| {
            let (place, word) = it.split_once(' ').unwrap();
            format!(
                "{place} not-for-public: `{word}` is {}, and the text is for the public | \
                 say what it is to users instead",
                kind(word)
            )
        })
        .collect();
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    check_files(Clock::Real, "2026-03-01T12:00:00Z", &files, &expected);
}

#[test]
fn two_states_of_one_time_contradict_each_other() {
    let document = "---\ntitle: Login\n---\n\
        ## 2026-03-01T10:00Z investigating\n\n```status\ncomponents: {login: degraded}\n```\nOne.\n\n\
        ## 2026-03-01T10:00Z identified\n\n```status\ncomponents: {login: major}\n```\nTwo.\n\n\
        ## 2026-03-01T11:00Z resolved\n\nThree.\n";
    check(
        Clock::Real,
        "2026-03-01T12:00:00Z",
        document,
        &[
            "14:21 same-instant: `login` is called `degraded_performance` and `major_outage` at the same instant; \
         the worse one counts | ",
        ],
    );
}

#[test]
fn an_open_word_after_the_stated_end_opens_it_again() {
    let document = "---\ntitle: Login\ncomponents: {login: major}\nstarted_at: 2026-03-01T10:00Z\n\
        resolved_at: 2026-03-01T10:20Z\n---\n## 2026-03-01T10:30Z identified\n\nOne.\n";
    check(
        Clock::Real,
        "2026-03-01T10:40:00Z",
        document,
        &[
            "7:4 open-on-green: `login` is open and all its components are operational | \
         say `resolved`, or `monitoring`, or which component is impaired",
            "7:4 reopened-after-end: the incident is open again, though its head says it ended at \
         2026-03-01T10:20:00Z | take `resolved_at` away, or write the update that resolves it",
        ],
    );
}

#[test]
fn maintenance_of_one_component_overlaps() {
    let planned = |from: &str, to: &str| {
        format!(
            "title: Work\nkind: maintenance\nscheduled_for: 2026-03-02T{from}Z\n\
             scheduled_until: 2026-03-02T{to}Z\ncomponents: [login]\n"
        )
    };
    let (one, other, apart) =
        (planned("01:00", "03:00"), planned("02:00", "04:00"), planned("04:00", "05:00"));
    let files =
        [("incidents/a.yaml", one.as_str()), ("incidents/b.yaml", &other), ("incidents/c.yaml", &apart)];
    check_files(
        Clock::Real,
        "2026-03-01T12:00:00Z",
        &files,
        &["maintenance-overlap: `a` and `b` are planned for one time and share a component | \
         move one of them, or make them one"],
    );
}

#[test]
fn a_stated_figure_is_checked_against_the_files() {
    let head = "title: Login\nstarted_at: 2026-03-01T10:00Z\n";
    let postmortem = "---\nstatus: published\nnumbers:\n  - {label: Duration, value: 1 h}\n  \
        - {label: Time to resolve, value: 1 h 30 min}\n---\nIt broke.\n";
    let files = [
        ("incidents/login/incident.yaml", head),
        ("incidents/login/updates/20260301T1130Z-resolved.md", "Mended.\n"),
        ("incidents/login/postmortem.md", postmortem),
    ];
    check_files(
        Clock::Real,
        "2026-03-01T12:00:00Z",
        &files,
        &["4:13 stated-figure: `Duration` is said to be `1 h`, and by the files it is 1 h 30 min | \
         mend the figure or the times, or leave the figure out: the page shows the derived one"],
    );
}

#[test]
fn a_public_text_links_to_nothing_hidden() {
    let public = "---\ntitle: Login\n---\n## 2026-03-01T10:00Z resolved\n\nSee [there](later.md).\n";
    let hidden =
        "---\ntitle: Later\npublished_at: 2026-04-01T00:00Z\n---\n## 2026-03-01T11:00Z resolved\n\nOne.\n";
    let files = [("incidents/login.md", public), ("incidents/later.md", hidden)];
    check_files(
        Clock::Real,
        "2026-03-01T12:00:00Z",
        &files,
        &["6:5 hidden-link: `later.md` links to a document that is not public | \
         take the link out until the document is public"],
    );
}

#[test]
fn links_to_a_draft_are_told_of_in_the_newest_story_first() {
    let head = "title: Later\nstarted_at: 2026-03-01T10:30Z\n";
    let early = "---\ntitle: Early\n---\n## 2026-03-01T10:00Z resolved\n\n\
        See [it](later/incident.yaml) and [why](later/postmortem.md).\n";
    let files = [
        ("incidents/early.md", early),
        ("incidents/later/incident.yaml", head),
        ("incidents/later/updates/20260301T1100Z-resolved.md", "See [why](../postmortem.md).\n"),
        ("incidents/later/postmortem.md", "---\nstatus: draft\n---\nIt broke.\n"),
    ];
    let hidden = |place: &str, link: &str| {
        format!(
            "{place} hidden-link: `{link}` links to a document that is not public | \
             take the link out until the document is public"
        )
    };
    let expected = [hidden("1:5", "../postmortem.md"), hidden("6:35", "later/postmortem.md")];
    check_files(Clock::Real, "2026-03-01T12:00:00Z", &files, &expected.each_ref().map(String::as_str));
}
