//! Shows what was saved before its writer has looked up, and never goes down.
//!
//! Watching is building again and again: what wakes it only says where to look, and the session that a build runs once
//! remembers the rest. What is served is the site that a build would write.
//!
//! 1. `eyes` wait until something was touched, `clockwork` until something changes by itself.
//! 2. The files are read where they were touched, and the session builds.
//! 3. The `stage` exchanges what is served, whole; where there is no site, the last good one stays.

mod access;
mod batch;
mod clockwork;
mod eyes;
mod reply;
mod response;
mod served;
mod server;
mod stop;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use jiff::Timestamp;

use crate::diag::Diagnostic;
use crate::diag::print::{self, human};
use crate::session::{Built, Request, Session};
use crate::snapshot::{Look, Snapshots};
use crate::source::Folder;

pub use clockwork::{Clockwork, Moving};
pub use served::Difference;
pub use server::Listen;

use eyes::Eyes;
use served::Stage;
use server::Server;
use stop::WriteLock;

/// How long what was not wrong before waits for what may mend it, before it is said: programs that replace a file
/// write beside it first.
const BEFORE_COMPLAINTS: Duration = Duration::from_millis(100);
/// How long it waits for that at most, where files are touched all the time.
const COMPLAINTS_AT_MOST: Duration = Duration::from_secs(1);
/// How often the clock is asked whether something has changed by itself. A machine that was suspended is
/// that late at most.
const TICK: Duration = Duration::from_secs(1);
/// How long it takes until what could not be used is told once more.
const ONCE_MORE: Duration = Duration::from_secs(5);

/// A project that is watched, and served from the first site on.
#[derive(Debug)]
pub struct Watch {
    root: PathBuf,
    clock: Clockwork,
    request: Request,
    snapshots: Snapshots,
    eyes: Eyes,
    /// The files as they were read last.
    files: Option<Arc<Folder>>,
    session: Session,
    stage: Stage,
    server: Server,
    writes: WriteLock,
    next_change: Option<Timestamp>,
    /// What was last to be said of the files.
    said: String,
}

/// Why something was built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Woken {
    /// Watching began.
    Start,
    /// Files were touched.
    Files(Look),
    /// Something changed by itself.
    Clock,
    /// What was told could not be used.
    OnceMore,
}

/// What came of telling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// All that had to be done is done.
    Done,
    /// It could not be used, which may be otherwise in a moment.
    NotYet,
    /// It must not be used, and there is nothing to wait for.
    Stop,
}

/// What came of it.
#[derive(Debug)]
pub struct Round {
    /// Why it was built.
    pub woken: Woken,
    /// The instant that is shown.
    pub now: Timestamp,
    /// What was built.
    pub built: Built,
    /// What of the site is other than before.
    pub difference: Difference,
    /// From when the last of the touched files was written, as far as that is known, until it was served.
    pub took: Duration,
}

impl Watch {
    /// Watches the project below `root` and takes the port of `listen`.
    ///
    /// # Errors
    /// The address cannot be listened on.
    pub fn open(root: &Path, listen: &Listen, clock: Clockwork, request: Request) -> Result<Self> {
        let stage = Stage::new(clock.moving());
        let writes = WriteLock::default();
        let server = Server::start(listen, stage.audience(), writes.clone())?;
        Ok(Watch {
            root: root.to_owned(),
            clock,
            request,
            snapshots: Snapshots::new(root),
            // Before the first look, so that nothing is missed between them.
            eyes: Eyes::open(root),
            files: None,
            session: Session::default(),
            stage,
            server,
            writes,
            next_change: None,
            said: String::new(),
        })
    }

    /// The address that is served.
    pub fn address(&self) -> SocketAddr {
        self.server.address
    }

    /// Whether the system tells of changes; else everything is looked at every two seconds.
    pub fn is_told(&self) -> bool {
        self.eyes.are_told()
    }

    /// Builds and serves whenever there is a reason to, and tells of each time, until `tell` says to stop. A root that
    /// cannot be read is told of too, and waited for.
    ///
    /// # Errors
    /// Those of `tell`, which end it, and that the server failed.
    pub fn run(&mut self, mut tell: impl FnMut(Result<Round>) -> Result<Heard>) -> Result<()> {
        let mut woken = Woken::Start;
        loop {
            let round = self.round(woken);
            let heard = {
                let _guard = self.writes.hold();
                tell(round)?
            };
            if heard == Heard::Stop {
                return Ok(());
            }
            woken = self.wait(heard)?;
        }
    }

    fn wait(&mut self, heard: Heard) -> Result<Woken> {
        let began = clockwork::instant();
        loop {
            self.server.check()?;
            let rest = self.next_change.map_or(TICK, |at| self.clock.time_until(at));
            if let Some(look) = self.eyes.wait(rest.clamp(Duration::from_millis(10), TICK)) {
                return Ok(Woken::Files(look));
            }
            if self.next_change.is_some_and(|at| at <= self.clock.now()) {
                return Ok(Woken::Clock);
            }
            if heard == Heard::NotYet && ONCE_MORE <= began.elapsed() {
                return Ok(Woken::OnceMore);
            }
        }
    }

    fn round(&mut self, mut woken: Woken) -> Result<Round> {
        let began = clockwork::instant();
        let mut wrong_since = None;
        loop {
            let files = self.look(&woken)?;
            let request = Request { now: self.clock.now(), ..self.request };
            let built = self.session.build(&files, &request);
            let said = said(&built);
            let is_new = !said.is_empty() && said != self.said && woken != Woken::Start;
            let mut waits = || {
                is_new && wrong_since.get_or_insert_with(clockwork::instant).elapsed() < COMPLAINTS_AT_MOST
            };
            if let Some(more) = waits().then(|| self.eyes.wait(BEFORE_COMPLAINTS)).flatten() {
                woken = woken.and(more);
                continue;
            }
            let difference = self.stage.show(built.tree.clone(), errors(&built));
            self.said = said;
            let board = built.reading.seen.as_ref().map(|it| &it.board);
            self.next_change = board.and_then(|it| it.next_change);
            let took = written(&self.root, &woken).unwrap_or_else(|| began.elapsed());
            return Ok(Round { woken, now: request.now, built, difference, took });
        }
    }

    /// The files as they are, read where `woken` says that they may be other than before.
    fn look(&mut self, woken: &Woken) -> Result<Arc<Folder>> {
        let look = match (woken, &self.files) {
            (Woken::Clock | Woken::OnceMore, Some(files)) => return Ok(Arc::clone(files)),
            (Woken::Files(look), Some(_)) => look,
            (Woken::Start | Woken::Clock | Woken::OnceMore | Woken::Files(_), _) => &Look::Everywhere,
        };
        let files = self.snapshots.look(look);
        // After a look that failed nobody knows where to look.
        self.files = files.as_ref().ok().cloned();
        files
    }
}

impl Woken {
    fn and(self, more: Look) -> Self {
        match (self, more) {
            (Woken::Files(Look::At(mut paths)), Look::At(more)) => {
                paths.extend(more);
                Woken::Files(Look::At(paths))
            }
            (Woken::Clock | Woken::OnceMore | Woken::Start, more) => Woken::Files(more),
            (Woken::Files(_), _) => Woken::Files(Look::Everywhere),
        }
    }
}

/// All that is to be said of the files.
fn said(built: &Built) -> String {
    human(&built.reading.diagnostics, print::Look::Plain)
}

/// The errors, as a terminal shows them.
fn errors(built: &Built) -> Option<String> {
    let errors: Vec<Diagnostic> =
        built.reading.diagnostics.iter().filter(|it| it.is_error()).cloned().collect();
    (!errors.is_empty()).then(|| human(&errors, print::Look::Plain))
}

/// How long ago the last of the touched files was written; none where the disk does not say, or it was long ago: a file
/// that was moved here was written before.
fn written(root: &Path, woken: &Woken) -> Option<Duration> {
    let Woken::Files(Look::At(paths)) = woken else { return None };
    let ages =
        paths.iter().filter_map(|it| std::fs::metadata(root.join(it)).ok()?.modified().ok()?.elapsed().ok());
    ages.min().filter(|it| *it < Duration::from_secs(5))
}
