//! The law of incremental builds: whatever was edited, and whatever a session remembers, it builds
//! the same bytes and says the same things as a session that knows nothing.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use allclear::advice::Clock;
use allclear::diag::print::{Look, human};
use allclear::session::{Built, OnErrors, Request, Session};
use allclear::snapshot;
use allclear::source::Folder;
use allclear::timeline::Audience;
use jiff::{Timestamp, ToSpan};
use proptest::prelude::*;

const SITE: &str = "\
title: Law
url: https://status.example.com
time_zone: Europe/Stockholm
since: 2026-01-01
history_days: 3
cascade: derive
components:
  - {id: login, name: Login, critical: true}
  - {id: player, name: Player, depends_on: [login]}
";

/// One thing that somebody does to the files, or the clock.
#[derive(Clone, Debug)]
enum Edit {
    /// Says something new in an incident, which may be its first word.
    Update { incident: u8, minute: u16, status: usize, state: usize },
    /// Takes the newest update away.
    Withdraw { incident: u8 },
    /// Writes or changes a head.
    Head { incident: u8, state: usize, draft: bool },
    /// Gives an incident's folder another name.
    Rename { incident: u8, to: u8 },
    /// Removes an incident.
    Remove { incident: u8 },
    /// Writes something that cannot be read.
    Break { incident: u8 },
    /// Adds a component, or takes it away.
    Component { there: bool },
    /// Writes a page, with a link that may be dead.
    Page { links_to: u8 },
    /// Writes a postmortem.
    Postmortem { incident: u8, published: bool },
    /// Overlays a template, or takes the overlay away.
    Theme { there: bool },
    /// Lets time pass, or sets the clock back.
    Clock { minutes: i32 },
}

const STATUSES: [&str; 5] = ["investigating", "identified", "update", "monitoring", "resolved"];
const STATES: [&str; 4] = ["operational", "degraded_performance", "partial_outage", "major_outage"];

fn edit() -> impl Strategy<Value = Edit> {
    let incident = 0..3u8;
    prop_oneof![
        4 => (incident.clone(), 0..2000u16, 0..5usize, 0..4usize)
            .prop_map(|(incident, minute, status, state)| Edit::Update { incident, minute, status, state }),
        1 => incident.clone().prop_map(|incident| Edit::Withdraw { incident }),
        2 => (incident.clone(), 0..4usize, any::<bool>())
            .prop_map(|(incident, state, draft)| Edit::Head { incident, state, draft }),
        1 => (incident.clone(), incident.clone()).prop_map(|(incident, to)| Edit::Rename { incident, to }),
        1 => incident.clone().prop_map(|incident| Edit::Remove { incident }),
        1 => incident.clone().prop_map(|incident| Edit::Break { incident }),
        1 => any::<bool>().prop_map(|there| Edit::Component { there }),
        1 => incident.clone().prop_map(|links_to| Edit::Page { links_to }),
        1 => (incident, any::<bool>()).prop_map(|(incident, published)| Edit::Postmortem { incident, published }),
        1 => any::<bool>().prop_map(|there| Edit::Theme { there }),
        2 => (-300..3000i32).prop_map(|minutes| Edit::Clock { minutes }),
    ]
}

/// A project on disk that edits are done to.
struct Project {
    root: PathBuf,
    now: Timestamp,
}

impl Project {
    fn new(root: &Path) -> Self {
        let project = Project { root: root.to_owned(), now: "2026-03-28T12:00Z".parse().unwrap() };
        project.put("site/site.yaml", SITE);
        project.edit_files(&Edit::Head { incident: 0, state: 2, draft: false });
        project.edit_files(&Edit::Update { incident: 0, minute: 10, status: 0, state: 3 });
        project
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn folder(&self, incident: u8) -> PathBuf {
        self.root.join(format!("incidents/2026/i{incident}"))
    }

    fn apply(&mut self, edit: &Edit) {
        match edit {
            Edit::Clock { minutes } => self.now += i64::from(*minutes).minutes(),
            edit => self.edit_files(edit),
        }
    }

    fn edit_files(&self, edit: &Edit) {
        match edit {
            Edit::Update { incident, minute, status, state } => self.update(*incident, *minute, *status, *state),
            Edit::Withdraw { incident } => self.withdraw(*incident),
            Edit::Head { incident, state, draft } => self.put(
                &format!("incidents/2026/i{incident}/incident.yaml"),
                &format!("title: Number {incident}\ncomponents: {{login: {}}}\ndraft: {draft}\n", STATES[*state]),
            ),
            Edit::Rename { incident, to } if !self.folder(*to).exists() => {
                drop(fs::rename(self.folder(*incident), self.folder(*to)));
            }
            Edit::Rename { .. } | Edit::Clock { .. } => {}
            Edit::Remove { incident } => drop(fs::remove_dir_all(self.folder(*incident))),
            Edit::Break { incident } => {
                self.put(&format!("incidents/2026/i{incident}/incident.yaml"), "title: [\n");
            }
            Edit::Component { there } => {
                let more = if *there { "  - {id: search, name: Search, depends_on: [player]}\n" } else { "" };
                self.put("site/site.yaml", &format!("{SITE}{more}"));
            }
            Edit::Page { links_to } => self.put(
                "site/pages/help.md",
                &format!("---\ntitle: Help\nnav: true\nlive: true\n---\nSee [it](../../incidents/2026/i{links_to}/).\n"),
            ),
            Edit::Postmortem { incident, published } => self.put(
                &format!("incidents/2026/i{incident}/postmortem.md"),
                &format!("---\nstatus: {}\n---\nWe learnt.\n", if *published { "published" } else { "draft" }),
            ),
            Edit::Theme { there: true } => self.put("themes/default/templates/404.html", "Nothing here."),
            Edit::Theme { there: false } => drop(fs::remove_dir_all(self.root.join("themes"))),
        }
    }

    fn update(&self, incident: u8, minute: u16, status: usize, state: usize) {
        let start: Timestamp = "2026-03-28T00:00Z".parse().unwrap();
        let at = (start + i64::from(minute).minutes()).strftime("%Y%m%dT%H%MZ").to_string();
        self.put(
            &format!("incidents/2026/i{incident}/updates/{at}-{}.md", STATUSES[status]),
            &format!("---\ncomponents: {{login: {}}}\nnext_update: 30m\n---\nWords.\n", STATES[state]),
        );
    }

    fn withdraw(&self, incident: u8) {
        let Ok(updates) = fs::read_dir(self.folder(incident).join("updates")) else { return };
        if let Some(newest) = updates.map(|it| it.unwrap().path()).max() {
            fs::remove_file(newest).unwrap();
        }
    }

    fn build(&self, session: &mut Session, before: Option<&Arc<Folder>>) -> (Arc<Folder>, Built) {
        let folder = snapshot::read(&self.root, before).unwrap();
        let request = Request {
            now: self.now,
            clock: Clock::Stated,
            audience: Audience::Public,
            on_errors: OnErrors::Refuse,
        };
        let built = session.build(&folder, &request);
        (folder, built)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_incremental_build_equals_a_clean_one(edits in prop::collection::vec(edit(), 1..7)) {
        let dir = tempfile::tempdir().unwrap();
        let mut project = Project::new(dir.path());
        let mut session = Session::default();
        let (mut folder, _) = project.build(&mut session, None);
        for edit in &edits {
            project.apply(edit);
            let (next, incremental) = project.build(&mut session, Some(&folder));
            folder = next;
            let (_, clean) = project.build(&mut Session::default(), None);
            prop_assert_eq!(said(&incremental), said(&clean), "diagnostics differ after {:?}", edit);
            prop_assert_eq!(paths(&incremental), paths(&clean), "paths differ after {:?}", edit);
            prop_assert!(incremental.tree == clean.tree, "bytes differ after {:?}: {:?}", edit, differing(&incremental, &clean));
        }
    }
}

fn said(built: &Built) -> String {
    human(&built.reading.diagnostics, Look::Plain)
}

fn paths(built: &Built) -> Vec<String> {
    built.tree.iter().flat_map(|tree| tree.iter().map(|(path, _)| path.to_owned())).collect()
}

fn differing(one: &Built, other: &Built) -> Vec<String> {
    let (Some(one), Some(other)) = (&one.tree, &other.tree) else { return Vec::new() };
    one.iter()
        .filter(|(path, bytes)| other.get(path) != Some(bytes))
        .map(|(path, _)| path.to_owned())
        .collect()
}
