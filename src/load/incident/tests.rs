//! The forms of an incident, read from whole projects.

use crate::load::testing::{load, said};
use crate::model::{Incident, Kind, Status};
use std::sync::Arc;

/// The one incident of a project with these files, of which nothing is to be said.
#[track_caller]
fn good(files: &[(&str, &str)]) -> Arc<Incident> {
    let loaded = load(files);
    assert_eq!(said(&loaded), Vec::<String>::new());
    let incidents = loaded.project.unwrap().incidents;
    assert_eq!(incidents.len(), 1);
    Arc::clone(&incidents[0])
}

/// An incident's updates as `TIME status text`.
fn updates(incident: &Incident) -> Vec<String> {
    let word = |it: Option<Status>| it.map_or("-", Status::word);
    incident.updates.iter().map(|it| format!("{} {} {}", it.at, word(it.status), it.body.plain)).collect()
}

const EXPECTED: [&str; 3] = [
    "2020-07-10T10:48:00Z investigating We look.",
    "2020-07-10T11:00:00Z - Still looking.",
    "2020-07-10T11:30:00Z resolved Done.",
];

#[test]
fn a_folder_holds_a_file_for_each_update() {
    let incident = good(&[
        ("incidents/2020/a/incident.yaml", "title: Title\nsummary: Sum.\ncomponents: {auth: major}\n"),
        ("incidents/2020/a/updates/20200710T1048Z-investigating.md", "We look.\n"),
        (
            "incidents/2020/a/updates/20200710T1300+0200-update-amara.md",
            "---\nauthor: amara\n---\nStill looking.\n",
        ),
        (
            "incidents/2020/a/updates/20200710T1131Z-identified.md",
            "---\nat: 2020-07-10 11:30Z\nstatus: resolved\n---\nDone.",
        ),
    ]);
    assert_eq!(updates(&incident), EXPECTED);
    assert_eq!((incident.id.as_str(), incident.title.as_str()), ("a", "Title"));
    assert_eq!(incident.summary.plain, "Sum.");
    let Kind::Incident(disruption) = &incident.kind else { panic!("an incident") };
    assert_eq!(disruption.components[0].component.as_str(), "login", "the alias is resolved");
    let published: Vec<String> = incident.updates.iter().map(|it| it.published.at().to_string()).collect();
    assert_eq!(published[2], "2020-07-10T11:31:00Z", "the name's time");
}

#[test]
fn one_yaml_file_lists_its_updates() {
    let incident = good(&[(
        "incidents/a.yaml",
        "title: Title\nsummary: Sum.\nupdates:\n\
         \x20 - {at: 2020-07-10T11:30Z, status: resolved, body: Done.}\n\
         \x20 - {at: 2020-07-10T11:00Z, body: Still looking.}\n\
         \x20 - {at: 2020-07-10T10:48Z, status: investigating, body: We look.}\n",
    )]);
    assert_eq!(updates(&incident), EXPECTED);
    assert_eq!(incident.summary.plain, "Sum.");
}

#[test]
fn one_markdown_file_tells_its_updates_below_headings() {
    let incident = good(&[(
        "incidents/a.md",
        "---\ntitle: Title\n---\nSum.\n\n## 2020-07-10 10:48Z investigating\n\nWe look.\n\n\
         ## 2020-07-10T13:00 +02:00\n```status\nrollout: 25%\nnext_update: 30m\n```\nStill looking.\n\n\
         ## 2020-07-10T11:30Z resolved\nDone.\n",
    )]);
    assert_eq!(updates(&incident), EXPECTED);
    assert_eq!(incident.summary.plain, "Sum.");
    assert_eq!(incident.updates[1].rollout, Some(25));
    assert_eq!(incident.updates[1].next_update.unwrap().to_string(), "2020-07-10T11:30:00Z");
}

#[test]
fn forms_are_merged_by_time_and_a_head_may_lie_beside_its_folder() {
    let incident = good(&[
        (
            "incidents/a.md",
            "---\ntitle: Title\nupdates:\n- {at: 2020-07-10T10:48Z, status: investigating, body: We look.}\n---\nSum.\n\n\
             ## 2020-07-10T11:30Z resolved\nDone.\n",
        ),
        ("incidents/a/updates/20200710T1100Z.md", "Still looking."),
    ]);
    assert_eq!(updates(&incident), EXPECTED);
}

#[test]
fn without_a_head_nothing_goes_missing() {
    let loaded =
        load(&[("incidents/2020-07-10-login_is-down/updates/20200710T1048Z-investigating.md", "We look.")]);
    assert_eq!(
        said(&loaded),
        [
            "incidents/2020-07-10-login_is-down/updates/20200710T1048Z-investigating.md: missing-head this incident has \
          no head, so it is called \"Login is down\" | add incidents/2020-07-10-login_is-down/incident.yaml with its `title`"
        ]
    );
    assert_eq!(updates(&loaded.project.unwrap().incidents[0]), [EXPECTED[0]]);
}

#[test]
fn updates_of_one_time_are_in_the_order_of_the_lifecycle() {
    let incident = good(&[
        ("incidents/a/incident.md", "---\ntitle: Title\n---\n"),
        ("incidents/a/updates/20200710T1000Z-resolved.md", "c"),
        ("incidents/a/updates/20200710T1000Z-identified.md", "b"),
        ("incidents/a/updates/20200710T1000Z-update-z.md", "a"),
        ("incidents/a/updates/20200710T0900Z-investigating.md", "0"),
    ]);
    let texts: Vec<&str> = incident.updates.iter().map(|it| it.body.plain.as_str()).collect();
    assert_eq!(texts, ["0", "a", "b", "c"]);
}

#[test]
fn updates_of_one_second_are_in_the_order_of_their_fractions() {
    let incident = good(&[(
        "incidents/a.yaml",
        "title: T\nupdates:\n\
         \x20 - {at: 2020-07-10T10:00:00.7Z, status: investigating, body: b}\n\
         \x20 - {at: 2020-07-10T10:00:00.2Z, status: monitoring, body: a}\n",
    )]);
    let expected = ["2020-07-10T10:00:00Z monitoring a", "2020-07-10T10:00:00Z investigating b"];
    assert_eq!(updates(&incident), expected);
    let headings = good(&[(
        "incidents/a.md",
        "---\ntitle: T\n---\n\n## 2020-07-10T10:00:00.7Z investigating\nb\n\n## 2020-07-10T10:00:00.2Z monitoring\na\n",
    )]);
    assert_eq!(updates(&headings), expected);
}

#[test]
fn an_update_may_say_how_much_the_incident_matters() {
    let incident = good(&[(
        "incidents/a.yaml",
        "title: T\nupdates: [{at: 2020-07-10T10:00Z, status: investigating, impact: critical, body: a}]\n",
    )]);
    assert_eq!(incident.updates[0].impact, Some(crate::model::Impact::Critical));
}

#[test]
fn maintenance_and_notices_have_keys_of_their_own() {
    let incident = good(&[(
        "incidents/a.yaml",
        "title: T\nkind: maintenance\nscheduled_for: 2020-07-10T01:00Z\nscheduled_until: 2020-07-10T03:00Z\n\
         end: manual\ncomponents: all\nupdates: [{at: 2020-07-10T02:50Z, scheduled_until: 2020-07-10T05:00Z, body: Longer.}]\n",
    )]);
    assert!(matches!(incident.kind, Kind::Maintenance(_)));
    assert_eq!(incident.updates[0].scheduled_until.unwrap().to_string(), "2020-07-10T05:00:00Z");
    let notice = good(&[(
        "incidents/n.yaml",
        "title: T\nkind: notice\ncomponents: [login]\nends_at: 2020-07-10T01:00Z\n",
    )]);
    assert!(matches!(notice.kind, Kind::Notice(_)));
}

#[test]
fn what_no_document_can_hold_is_left_out_of_every_text() {
    let incident = good(&[(
        "incidents/a.yaml",
        "title: \"A\\u0001 \\uFFFEline\\uFFFF\"\nsummary: \"Sum\\uFFFE.\"\nworkaround: \"Wait\\uFFFF.\"\n\
         corrections: [{at: 2020-07-10T12:00Z, note: \"a\\u0007\\uFFFE\"}]\n\
         updates:\n\x20 - {at: 2020-07-10T10:48Z, status: resolved, author: \"amara\\uFFFF\", body: \"Done\\uFFFE &#xFFFF;.\"}\n",
    )]);
    assert_eq!(incident.title, "A line");
    assert_eq!((incident.summary.plain.as_str(), incident.corrections[0].note.as_str()), ("Sum.", "a"));
    let update = &incident.updates[0];
    assert_eq!((update.author.as_deref(), update.body.plain.as_str()), (Some("amara"), "Done ."));
}
