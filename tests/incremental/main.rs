//! The law of incremental builds: whatever was edited, and whatever a session remembers, it builds
//! the same bytes and says the same things as a session that knows nothing.
//!
//! `PROPTEST_CASES=2000 cargo test --release --test incremental` tries as many sequences as it says.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod desk;
mod menu;
mod step;

use std::sync::Arc;

use allclear::advice::Clock;
use allclear::diag::print::{Look as Print, human};
use allclear::session::{Built, OnErrors, Request, Session};
use allclear::snapshot::{self, Look, Snapshots};
use allclear::source::{Folder, SourceFile};
use allclear::timeline::Audience;
use jiff::{Timestamp, ToSpan};
use proptest::prelude::{ProptestConfig, any, proptest};
use proptest::test_runner::{TestCaseError, TestCaseResult};

use desk::Desk;
use step::{Step, Time, steps};

/// How many sequences are tried of each law where nothing else is said: as many as nobody has to wait for.
const CASES: u32 = 16;

proptest! {
    #![proptest_config(config())]

    #[test]
    fn an_incremental_build_equals_a_clean_one(steps in steps(8)) {
        let mut desk = Desk::new();
        let mut history = History::new(Audience::Public, OnErrors::Refuse);
        let mut folder = snapshot::read(desk.root(), None).unwrap();
        history.build(&folder);
        for step in &steps {
            step.edits.iter().for_each(|it| desk.edit(it));
            history.pass(step.time);
            folder = snapshot::read(desk.root(), Some(&folder)).unwrap();
            let incremental = history.build(&folder);
            history.compare(&incremental, &desk, step)?;
        }
    }

    #[test]
    fn what_watch_shows_equals_a_clean_build(steps in steps(8), drafts in any::<bool>()) {
        let mut desk = Desk::new();
        let audience = if drafts { Audience::Writers } else { Audience::Public };
        let mut history = History::new(audience, OnErrors::HoldBack);
        let mut snapshots = Snapshots::new(desk.root());
        let mut built = history.build(&snapshots.look(&Look::Everywhere).unwrap());
        for step in &steps {
            step.edits.iter().for_each(|it| desk.edit(it));
            history.pass(step.time);
            let looks: Vec<Look> = desk.tell(&step.told).into_iter().map(Look::At).collect();
            for look in if looks.is_empty() { vec![Look::Everywhere] } else { looks } {
                built = history.build(&snapshots.look(&look).unwrap());
            }
            history.compare(&built, &desk, step)?;
        }
    }
}

/// As many cases as `PROPTEST_CASES` says, which is what the default reads.
fn config() -> ProptestConfig {
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    let is_said = std::env::vars_os().any(|(name, _)| name == "PROPTEST_CASES");
    if is_said { config } else { ProptestConfig { cases: CASES, ..config } }
}

/// A session that remembers, and one that knows nothing but which incidents were whole when it last saw them.
struct History {
    session: Session,
    witness: Session,
    request: Request,
    /// When something changed by itself, and will.
    changes: (Option<Timestamp>, Option<Timestamp>),
}

impl History {
    fn new(audience: Audience, on_errors: OnErrors) -> Self {
        let now = "2025-12-31T20:00Z".parse().unwrap();
        let request = Request { now, clock: Clock::Epoch, audience, on_errors };
        History { session: Session::default(), witness: Session::default(), request, changes: (None, None) }
    }

    fn pass(&mut self, time: Time) {
        let now = self.request.now;
        let (last, next) = self.changes;
        self.request.now = match time {
            Time::Stands => now,
            Time::Passes { minutes } => now + i64::from(minutes).minutes(),
            Time::NextChange { beyond } => next.map_or(now, |it| it + beyond.seconds()),
            Time::LastChange { before } => last.map_or(now, |it| it - before.seconds()),
        };
    }

    fn build(&mut self, folder: &Arc<Folder>) -> Built {
        let built = self.session.build(folder, &self.request);
        if let Some(seen) = &built.reading.seen {
            self.changes = (seen.board.last_change, seen.board.next_change);
        }
        if self.request.on_errors == OnErrors::HoldBack {
            self.witness.read(&anew(folder), &self.request);
        }
        built
    }

    /// That what was built is what a session that knows nothing builds of all files read anew.
    fn compare(&mut self, incremental: &Built, desk: &Desk, step: &Step) -> TestCaseResult {
        let folder = snapshot::read(desk.root(), None).unwrap();
        let mut clean = Session::default().build(&folder, &self.request);
        if self.request.on_errors == OnErrors::HoldBack && !is_whole(&clean) {
            // What a broken head or a withheld update held before is known to those alone who saw it.
            clean = self.witness.build(&folder, &self.request);
        }
        let differs = difference(incremental, &clean);
        differs.map_or(Ok(()), |it| {
            let now = self.request.now;
            Err(TestCaseError::fail(format!("{it}\nat {now}, after {step:?}\n{}", desk.done.join("\n"))))
        })
    }
}

/// Whether no part of the project is left out that a session with a memory puts back.
fn is_whole(built: &Built) -> bool {
    let mut incidents = built.reading.project.iter().flat_map(|it| it.incidents.iter());
    built.reading.left_out.is_empty() && incidents.all(|it| it.withheld.is_empty())
}

/// The same files, of which none is the same to a memory.
fn anew(folder: &Folder) -> Arc<Folder> {
    let folders = folder.folders.iter().map(|(name, it)| (name.clone(), anew(it)));
    let file = |it: &SourceFile| SourceFile { path: it.path.clone(), content: it.content.clone() };
    let files = folder.files.iter().map(|(name, it)| (name.clone(), Arc::new(file(it))));
    Arc::new(Folder {
        path: folder.path.clone(),
        folders: folders.collect(),
        files: files.collect(),
        set_aside: folder.set_aside.clone(),
    })
}

/// What of two builds is not the same.
fn difference(incremental: &Built, clean: &Built) -> Option<String> {
    let said = |it: &Built| human(&it.reading.diagnostics, Print::Plain);
    if said(incremental) != said(clean) {
        return Some(format!("it says\n{}\nand not\n{}", said(incremental), said(clean)));
    }
    if incremental.reading.left_out != clean.reading.left_out {
        return Some("other incidents are left out".to_owned());
    }
    let changes =
        |it: &Built| it.reading.seen.as_ref().map(|it| (it.board.last_change, it.board.next_change));
    if changes(incremental) != changes(clean) {
        return Some(format!("it changes at {:?} and not at {:?}", changes(incremental), changes(clean)));
    }
    if incremental.tree == clean.tree {
        return None;
    }
    let (Some(one), Some(other)) = (&incremental.tree, &clean.tree) else {
        return Some("only one of them has a site".to_owned());
    };
    let differing = one.iter().filter(|(path, bytes)| other.get(path) != Some(bytes)).map(|it| it.0);
    let missing = other.iter().filter(|it| one.get(it.0).is_none()).map(|it| it.0);
    Some(format!("these differ: {:?}", differing.chain(missing).collect::<Vec<_>>()))
}
