//! What is said of projects with one thing wrong, and what is left of them.

use std::sync::Arc;

use super::testing::{SITE, folder, load, said};
use super::{Loaded, Memory, project};
use crate::diag::Diagnostic;
use crate::model::{Kind, Withheld};

/// What is said of one incident in one YAML file.
#[track_caller]
fn check(yaml: &str, expected: &[&str]) -> Loaded {
    check_all(&[("incidents/a.yaml", yaml)], expected)
}

#[track_caller]
fn check_all(files: &[(&str, &str)], expected: &[&str]) -> Loaded {
    let loaded = load(files);
    assert_eq!(said(&loaded), expected);
    loaded
}

fn held(loaded: &Loaded) -> Vec<&str> {
    loaded.held.iter().map(|it| it.as_str()).collect()
}

const UPDATES: &str = "updates:\n\
    - {at: 2020-07-10T10:00Z, status: investigating, body: a}\n\
    - {at: 2020-07-10T12:00Z, status: resolved, body: b}\n";

#[test]
fn an_end_before_the_start_is_refused() {
    let loaded = check(
        "title: T\nstarted_at: 2020-07-10T10:30Z\nresolved_at: 2020-07-10T10:00Z\n",
        &[
            "incidents/a.yaml: time-order 3:14 the incident ends at 2020-07-10T10:00:00Z, before its start at 2020-07-10T10:30:00Z | mend one of the two times",
        ],
    );
    assert_eq!(held(&loaded), ["a"]);
    check(
        &format!("title: T\nstarted_at: 2020-07-10T13:00Z\n{UPDATES}"),
        &[
            "incidents/a.yaml: time-order 2:13 the incident ends at 2020-07-10T12:00:00Z, before its start at 2020-07-10T13:00:00Z | mend one of the two times",
        ],
    );
}

#[test]
fn an_end_before_the_last_reopening_is_refused_once_that_is_resolved() {
    let reopened = format!("{UPDATES}- {{at: 2020-07-10T13:00Z, status: investigating, body: c}}\n");
    check(&format!("title: T\nresolved_at: 2020-07-10T11:00Z\n{reopened}"), &[]);
    let resolved = format!("{reopened}- {{at: 2020-07-10T14:00Z, status: resolved, body: d}}\n");
    check(&format!("title: T\nresolved_at: 2020-07-10T13:30Z\n{resolved}"), &[]);
    check(
        &format!("title: T\nresolved_at: 2020-07-10T11:00Z\n{resolved}"),
        &[
            "incidents/a.yaml: time-order 2:14 `resolved_at` is 2020-07-10T11:00:00Z, and the incident was opened again at 2020-07-10T13:00:00Z | write when it ended for the last time",
        ],
    );
}

#[test]
fn a_state_before_the_start_is_refused_and_holds_from_its_update() {
    let loaded = check(
        "title: T\nstarted_at: 2020-07-10T10:00Z\nupdates:\n\
         - {at: 2020-07-10T11:00Z, status: identified}\n- at: 2020-07-10T11:00Z\n  body: a\n  components: {login: {state: major, since: 2020-07-10T09:00Z}}\n",
        &[
            "incidents/a.yaml: time-order 7:23 `login` is said to be so since 2020-07-10T09:00:00Z, before the start at 2020-07-10T10:00:00Z | move `started_at` to the earlier time, or `since` to the later",
        ],
    );
    let incident = &loaded.project.unwrap().incidents[0];
    let declared = incident.updates.iter().find_map(|it| it.components.first());
    assert_eq!(declared.unwrap().since, None);
}

#[test]
fn windows_lie_in_what_was_open_and_has_ended() {
    let window = |from: &str, to: &str| {
        format!(
            "windows: [{{component: login, state: major, from: 2020-07-10T{from}Z, to: 2020-07-10T{to}Z}}]\n"
        )
    };
    check(&format!("title: T\n{}{UPDATES}", window("10:00", "12:00")), &[]);
    check(
        &format!("title: T\n{}{UPDATES}", window("09:59", "12:00")),
        &[
            "incidents/a.yaml: time-order 2:11 the window from 2020-07-10T09:59:00Z to 2020-07-10T12:00:00Z does not lie where the incident was open | it was open from 2020-07-10T10:00:00Z to 2020-07-10T12:00:00Z",
        ],
    );
    check(
        &format!("title: T\nstarted_at: 2020-07-10T10:00Z\n{}", window("10:00", "12:00")),
        &[
            "incidents/a.yaml: time-order 3:11 windows are measured of an incident that has ended, and nothing says that this one has | add `resolved_at`, or an update with `status: resolved`",
        ],
    );
    check(
        &format!("title: T\n{}{UPDATES}", window("11:00", "11:00")),
        &[
            "incidents/a.yaml: time-order 2:73 the window ends at 2020-07-10T11:00:00Z, which is not after its beginning, 2020-07-10T11:00:00Z | write a later `to`",
        ],
    );
}

#[test]
fn a_maintenance_ends_after_it_begins() {
    let head = "title: T\nkind: maintenance\ncomponents: [auth]\nscheduled_for: 2020-07-10T01:00Z\n";
    check(
        &format!("{head}scheduled_until: 2020-07-10T00:00Z\n"),
        &[
            "incidents/a.yaml: time-order 5:18 `scheduled_until` is 2020-07-10T00:00:00Z, which is not after `scheduled_for`, 2020-07-10T01:00:00Z | write a later `scheduled_until`",
        ],
    );
    let loaded = check(
        &format!(
            "{head}scheduled_until: 2020-07-10T02:00Z\nupdates:\n- {{at: 2020-07-09T00:00Z, scheduled_for: 2020-07-10T03:00Z, body: a}}\n"
        ),
        &[
            "incidents/a.yaml: time-order 7:3 from this update on the maintenance ends at 2020-07-10T02:00:00Z, which is not after 2020-07-10T03:00:00Z | write `scheduled_for` and `scheduled_until` together",
        ],
    );
    assert_eq!(loaded.project.unwrap().incidents[0].updates[0].scheduled_for, None);
}

#[test]
fn keys_and_statuses_belong_to_their_kind() {
    check(
        "title: T\nkind: maintenance\ncomponents: all\nscheduled_for: 2020-07-10T01:00Z\nscheduled_until: 2020-07-10T02:00Z\nimpact: major\n\
         updates:\n- {at: 2020-07-10T01:00Z, status: investigating, components: {login: major}, body: a}\n",
        &[
            "incidents/a.yaml: wrong-kind 6:1 `impact` belongs to an incident | take it out",
            "incidents/a.yaml: wrong-kind 8:35 `investigating` is no status of a maintenance | known statuses: scheduled, in_progress, verifying, completed, cancelled",
            "incidents/a.yaml: wrong-kind 8:50 `components` belongs to an incident | write an incident of its own for an outage during a maintenance",
        ],
    );
}

#[test]
fn a_name_that_two_claim_names_both_and_shows_neither() {
    let loaded = check_all(
        &[
            ("incidents/Sto\u{308}rung.yaml", "title: T\ndraft: true"),
            ("incidents/x/st\u{f6}rung.md", "---\ntitle: T\ndraft: true\n---\n"),
        ],
        &[
            "incidents/x/störung.md: duplicate-id `störung` and `Störung` are one name where case or accents make no difference | give one of them another name",
        ],
    );
    assert_eq!(loaded.diagnostics[0].related[0].0.file.path, "incidents/Sto\u{308}rung.yaml");
    assert_eq!(held(&loaded), ["Störung", "störung"]);
    check_all(
        &[
            ("incidents/a.yaml", "title: T\ndraft: true"),
            ("incidents/b.yaml", "title: T\naliases: [A]\ndraft: true"),
        ],
        &[
            "incidents/b.yaml: duplicate-id 2:11 `A` and `a` are one name where case or accents make no difference | give one of them another name",
        ],
    );
    check_all(
        &[("incidents/a.yaml", "title: T\ndraft: true"), ("incidents/x/a.yaml", "title: T\ndraft: true")],
        &["incidents/x/a.yaml: duplicate-id two incidents have the id `a` | give one of them another name"],
    );
}

#[test]
fn other_incidents_are_named_by_id_or_alias() {
    let loaded = check_all(
        &[
            ("incidents/a.yaml", "title: T\naliases: [old-a]\ndraft: true"),
            ("incidents/b.yaml", "title: T\ncontinues: old-a\ndraft: true"),
            (
                "incidents/c.yaml",
                "title: T\nupdates: [{at: 2020-07-10T10:00Z, continues_in: old_a1, body: a}]",
            ),
        ],
        &["incidents/c.yaml: unknown-incident 2:49 no incident is named `old_a1` | did you mean `old-a`?"],
    );
    let project = loaded.project.unwrap();
    assert_eq!(project.incidents[1].continues.as_ref().unwrap().as_str(), "a");
    assert_eq!(project.incidents[2].updates[0].continues_in, None);
}

#[test]
fn links_are_checked_wherever_they_stand() {
    let page = "---\ntitle: T\n---\n[a](../../incidents/a.yaml) [b](../../incidents/b/incident.md) [c](hel.md) [d](/assets/x.png) [e](/history.html)";
    check_all(
        &[
            ("site/pages/help.md", page),
            (
                "incidents/a.yaml",
                "title: T\nsummary: |\n  [p](a/postmortem.md) and [x](javascript:x)\ndraft: true",
            ),
        ],
        &[
            "incidents/a.yaml: dead-link 3:3 the link `a/postmortem.md` leads to the postmortem of `a`, which is not there | mend the link, or take it out",
            "incidents/a.yaml: unsafe-link 3:28 a page must not carry the address `javascript:x` | use an address that begins with https:, http:, mailto: or tel:",
            "site/pages/help.md: dead-link 4:29 the link `../../incidents/b/incident.md` leads to the incident `b`, which is not there | mend the link, or take it out",
            "site/pages/help.md: dead-link 4:64 the link `hel.md` leads to the page `hel`, which is not there | did you mean `help`?",
            "site/pages/help.md: dead-link 4:76 the link `/assets/x.png` leads to the file site/assets/x.png, which is not there | mend the link, or take it out",
        ],
    );
}

#[test]
fn a_broken_update_keeps_what_is_certain() {
    let loaded = check_all(
        &[
            ("incidents/a/incident.yaml", "title: T"),
            (
                "incidents/a/updates/20200710T1000Z-identified.md",
                "---\nstatus: fixed\nrollout: 200%\nbody: x\n---\nText.",
            ),
            ("incidents/a/updates/20200710T1100Z-monitoring.md", "---\na: [\n---\nMore."),
            ("incidents/a/updates/later.md", "Lost."),
            ("incidents/a/updates/20200710T1200Z-resolved.md", ""),
            ("incidents/a/postmortem.md", "---\nstatus: ready\n---\n"),
            ("incidents/a/reports.csv", "at,region,count\n2020-07-10T10:00,eu,x\n"),
        ],
        &[
            "incidents/a/postmortem.md: invalid-value 2:9 `status` cannot be `ready` | known values: draft, review, published",
            "incidents/a/reports.csv: invalid-time 2:1 `2020-07-10T10:00` does not say its offset from UTC | write `2020-07-10T10:00:00Z` if it is UTC, or `2020-07-10T10:00:00+02:00` if it is the time in Europe/Stockholm",
            "incidents/a/reports.csv: invalid-value 2:21 `x` is not a count | write a whole number",
            "incidents/a/updates/20200710T1000Z-identified.md: unknown-status 2:9 no status is named `fixed` | known statuses: investigating, identified, monitoring, resolved",
            "incidents/a/updates/20200710T1000Z-identified.md: invalid-value 3:10 `rollout` must be 0 to 100, and this is `200` | write a whole number, as `25%`",
            "incidents/a/updates/20200710T1000Z-identified.md: wrong-kind 4:1 `body` is for updates in a list | write the text below",
            "incidents/a/updates/20200710T1100Z-monitoring.md: syntax 2:4 `[` is never closed | close it with `]`",
            "incidents/a/updates/20200710T1200Z-resolved.md: empty-update the update is empty | write its text and save it again, or remove the file",
            "incidents/a/updates/later.md: invalid-name the name `later.md` does not begin with a time | begin it with the day and the time in UTC, as in `20200710T1048Z-update.md` for 10:48",
        ],
    );
    let incident = Arc::clone(&loaded.project.unwrap().incidents[0]);
    let texts: Vec<_> = incident.updates.iter().map(|it| (it.body.plain.as_str(), it.rollout)).collect();
    assert_eq!(texts, [("Text.", None)]);
    assert!(incident.postmortem.is_none() && incident.reports.is_none());
    let withheld: Vec<String> = incident.withheld.iter().map(withheld_in_a_line).collect();
    assert_eq!(
        withheld,
        [
            "incidents/a/updates/20200710T1100Z-monitoring.md: 2020-07-10T11:00:00Z",
            "incidents/a/updates/20200710T1200Z-resolved.md: 2020-07-10T12:00:00Z",
            "incidents/a/updates/later.md: ",
            "incidents/a/postmortem.md",
        ]
    );
}

fn withheld_in_a_line(withheld: &Withheld) -> String {
    match withheld {
        Withheld::Update { place, times } => {
            let times: Vec<String> = times.iter().map(ToString::to_string).collect();
            format!("{}: {}", place.file.path, times.join(" "))
        }
        Withheld::Postmortem { place } => place.file.path.clone(),
    }
}

/// That an update with this front matter is left out, and with which times.
#[track_caller]
fn check_withheld(keys: &str, times: &str) {
    let update = format!("---\n{keys}\n---\nSecret.");
    let name = "incidents/a/updates/20200710T1000Z.md";
    let loaded = load(&[("incidents/a/incident.yaml", "title: T"), (name, &update)]);
    assert!(loaded.diagnostics.iter().any(Diagnostic::is_error), "{keys}");
    let incident = &loaded.project.unwrap().incidents[0];
    assert!(incident.updates.is_empty(), "{keys}");
    let withheld: Vec<String> = incident.withheld.iter().map(withheld_in_a_line).collect();
    assert_eq!(withheld, [format!("{name}: {times}")], "{keys}");
}

#[test]
fn an_update_that_may_not_be_public_is_left_out_whole() {
    let named = "2020-07-10T10:00:00Z";
    for keys in [
        "published_at: 2026-12-03",
        "published_at: 2026-12-03T10:00",
        "publishd_at: 2026-12-03T10:00Z",
        "published_at: 2026-12-03T10:00Z\npublished_at: 2026-12-03T10:00Z",
        "retracted: true",
        "published_at: &2026-12-03T10:00Z",
        "published_at: #2026-12-03T10:00Z",
        "retracted: {at: 2026-12-03, note: x}",
        "retracte: {at: 2026-12-03T10:00Z, note: x}",
        "draft: true",
        "status: [",
    ] {
        check_withheld(keys, named);
    }
    check_withheld("at: 2026-12-03", "");
    check_withheld("att: 2026-12-03T10:00Z", named);
    check_withheld(
        "at: 2020-07-10T09:00Z\nat: 2020-07-10T10:00Z",
        "2020-07-10T10:00:00Z 2020-07-10T09:00:00Z 2020-07-10T10:00:00Z",
    );
}

#[test]
fn a_head_whose_draft_or_embargo_yaml_passes_over_is_held() {
    for keys in
        ["draft: #true", "published_at: &2030-01-01T00:00Z", "retracted: # {at: 2020-07-10T10:00Z, note: x}"]
    {
        let loaded =
            load(&[("incidents/a.yaml", &format!("title: T\nstarted_at: 2020-07-10T10:00Z\n{keys}\n"))]);
        assert!(loaded.diagnostics.iter().any(Diagnostic::is_error), "{keys}");
        assert_eq!(held(&loaded), ["a"], "{keys}");
    }
}

#[test]
fn a_list_and_headings_withhold_their_updates_too() {
    let list = "title: T\nupdates:\n  - {at: 2020-07-10T10:00Z, status: investigating, body: A}\n  \
                - {at: 2020-07-10T11:00Z, published_at: 2026-12-03, body: B}\n";
    let headings = "---\ntitle: T\n---\n## 2020-07-10T10:00Z investigating\nA\n\
                    ## 2020-07-10T11:00Z\n```status\npublished_at: [\n```\nB\n\
                    ## 2020-07-10T11:00Z\n```yaml\npublished_at: 2026-12-03T10:00Z\n```\nB\n\
                    ## 2020-07-10T11:00Z\npublished_at: 2026-12-03T10:00Z\n\nB\n";
    let without_space = list.replace("published_at: ", "published_at:");
    for (name, text, count) in [
        ("incidents/a.yaml", list, 1),
        ("incidents/a.yaml", &without_space, 1),
        ("incidents/a.md", headings, 3),
    ] {
        let incident = Arc::clone(&load(&[(name, text)]).project.unwrap().incidents[0]);
        let texts: Vec<_> = incident.updates.iter().map(|it| it.body.plain.as_str()).collect();
        assert_eq!(texts, ["A"], "{name}");
        let withheld: Vec<String> = incident.withheld.iter().map(withheld_in_a_line).collect();
        assert_eq!(withheld, vec![format!("{name}: 2020-07-10T11:00:00Z"); count], "{name}");
    }
}

#[test]
fn a_broken_head_holds_its_incident_back_and_no_other() {
    let loaded = check_all(
        &[("incidents/a.yaml", "title: T\nimpakt: major"), ("incidents/b.yaml", "title: T\ndraft: true")],
        &[
            "incidents/a.yaml: unknown-key 2:1 no key is named `impakt` here | did you mean `impact`? (or it was written for a newer allclear)",
        ],
    );
    assert_eq!(held(&loaded), ["a"]);
    assert_eq!(loaded.project.unwrap().incidents.len(), 1);
}

#[test]
fn what_lies_in_the_wrong_place_is_said() {
    check_all(
        &[
            ("incidents/2020/a.yml", "title: T\ndraft: true"),
            ("incidents/b.yaml/x.md", "x"),
            ("incidents/c/incident.yaml", "title: T\ndraft: true"),
            ("incidents/c/20200710T1000Z-resolved.md", "x"),
            ("incidents/c/updates/20200710T1000Z.txt", "x"),
            ("incidents/notes.txt", "x"),
            ("site/site.yml", "x"),
            ("site/pages/index.md", "---\ntitle: T\n---\n"),
            ("site/pages/Über uns.md", "---\ntitle: T\n---\n"),
        ],
        &[
            "incidents/2020/a.yml: invalid-name `a.yml` must be named `a.yaml` | mv incidents/2020/a.yml incidents/2020/a.yaml",
            "incidents/b.yaml: invalid-name `b.yaml` is a folder that is named like a file | mv incidents/b.yaml incidents/b",
            "incidents/b.yaml/x.md: missing-key an incident begins with its keys, and here are none | begin with a line `---`, then `title:`, then a line `---`",
            "incidents/c/20200710T1000Z-resolved.md: misplaced-file the update `20200710T1000Z-resolved.md` must lie in the folder `updates` | mv incidents/c/20200710T1000Z-resolved.md incidents/c/updates/20200710T1000Z-resolved.md",
            "incidents/c/updates/20200710T1000Z.txt: invalid-name the name of this file must end with `.md` | mv incidents/c/updates/20200710T1000Z.txt incidents/c/updates/20200710T1000Z.md",
            "incidents/notes.txt: invalid-name `notes.txt` is not read: an incident is a folder, a .yaml or a .md file | mv incidents/notes.txt incidents/_notes.txt",
            "site/pages/index.md: invalid-name the page `index.html` is made from the incidents | mv site/pages/index.md site/pages/about-index.md",
            "site/pages/Über uns.md: invalid-name `Über uns` cannot be the name of a page | mv 'site/pages/Über uns.md' site/pages/uber-uns.md",
            "site/site.yml: stray-file nothing reads `site.yml` here | site/ holds site.yaml, pages/ and assets/",
        ],
    );
}

#[test]
fn without_a_site_there_is_no_project() {
    let loaded = project(&folder(&[("site/site.yml", SITE)]), &mut Memory::default());
    assert_eq!(said(&loaded)[0], "no-site there is no site/site.yaml | mv site/site.yml site/site.yaml");
    let loaded = project(&folder(&[("site/site.yaml/x", "")]), &mut Memory::default());
    assert_eq!(loaded.diagnostics[0].message, "site/site.yaml is a folder");
    assert!(loaded.project.is_none());
}

#[test]
fn a_broken_site_still_lets_its_incidents_be_checked() {
    let site = SITE.replace("title: Example", "titel: Example");
    let files =
        [("site/site.yaml", site.as_str()), ("incidents/a.yaml", "title: T\ncomponents: {serch: major}")];
    let loaded = project(&folder(&files), &mut Memory::default());
    assert_eq!(
        said(&loaded),
        [
            "incidents/a.yaml: unknown-component 2:14 no component is named `serch` | did you mean `search`?",
            "site/site.yaml: unknown-key 1:1 no key is named `titel` here | did you mean `title`? (or it was written for a newer allclear)",
            "site/site.yaml: missing-key 1:1 `title` is missing | add `title:` with its value",
        ]
    );
    assert!(loaded.project.is_none());
}

#[test]
fn too_many_updates_are_refused() {
    let mut yaml = "title: T\nupdates:\n".to_owned();
    yaml.extend((0..10_001).map(|_| "- {at: 2020-07-10T10:00Z, body: a}\n"));
    let loaded = load(&[("incidents/a.yaml", &yaml)]);
    assert_eq!(
        said(&loaded),
        [
            "incidents/a.yaml: too-many-updates 2:1 an incident may have 10000 updates, and this one has more | go on in another incident, with `continues`"
        ]
    );
}

#[test]
fn too_many_headings_are_refused_too() {
    let mut text = "---\ntitle: T\n---\n".to_owned();
    text.extend((0..10_001).map(|_| "## 2020-07-10T10:00Z\nA\n\n"));
    let loaded = load(&[("incidents/a.md", &text)]);
    assert_eq!(loaded.diagnostics.len(), 1);
    assert_eq!(held(&loaded), ["a"], "an incident without its updates would be another one");
}

#[test]
fn a_component_without_its_state_is_refused() {
    let of = |components: &str| format!("title: T\ndraft: true\ncomponents: {components}\n");
    let told = |column: usize, said: &str| {
        format!("incidents/a.yaml: unknown-state 3:{column} {said} | write `login: major_outage`")
    };
    check(&of("{login}"), &[&told(14, "`login` has no state")]);
    check(&of("{lgoin}"), &[&told(14, "`lgoin` has no state")]);
    check(
        &of("{login:major_outage}"),
        &[&told(14, "a space is missing behind the colon in `login:major_outage`")],
    );
    check(
        &of("\n  login:major_outage"),
        &[
            "incidents/a.yaml: wrong-type 4:3 `components` takes a map of components and states, and this is text | \
           write `components: {login: major_outage}`",
        ],
    );
}

#[test]
fn a_key_without_a_value_is_as_if_left_out() {
    check("title: T\ndraft: true\nimpact:\nresolved_at: ~\ncomponents: {search: major}\nupdates:\n", &[]);
    check(
        "title:\n",
        &["incidents/a.yaml: missing-key 1:1 `title` is missing | add `title:` with its value"],
    );
}

#[test]
fn what_did_not_change_is_the_same_and_the_result_does_not_depend_on_it() {
    let a = ("incidents/a.yaml", "title: A\ncontinues: old-b");
    let b = ("incidents/b/incident.yaml", "title: B\naliases: [old-b]");
    let root = folder(&[("site/site.yaml", SITE), a, b]);
    let mut memory = Memory::default();
    let first = project(&root, &mut memory).project.unwrap();
    memory.end_run();
    let second = project(&root, &mut memory).project.unwrap();
    memory.end_run();
    assert!(Arc::ptr_eq(&first.site, &second.site));
    assert!(first.incidents.iter().zip(second.incidents.iter()).all(|(one, other)| Arc::ptr_eq(one, other)));
    let changed = folder(&[("site/site.yaml", SITE), ("incidents/a.yaml", "title: A\ncontinues: nobody")]);
    let with = project(&changed, &mut memory);
    let without = project(&changed, &mut Memory::default());
    assert_eq!(said(&with), said(&without));
    assert_eq!(with.project.unwrap().incidents.len(), without.project.unwrap().incidents.len());
}

#[test]
fn states_may_be_written_short() {
    let loaded = check("title: T\ndraft: true\ncomponents: {login: degraded, search: {state: partial}}", &[]);
    let project = loaded.project.unwrap();
    let Kind::Incident(disruption) = &project.incidents[0].kind else { panic!("an incident") };
    let states: Vec<&str> = disruption.components.iter().map(|it| it.state.word()).collect();
    assert_eq!(states, ["degraded_performance", "partial_outage"]);
}
