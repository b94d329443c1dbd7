//! `allclear watch`: the page in a browser, as it is being written.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use super::progress::Progress;
use super::refusal::{self, Refusal, Removals};
use super::{Outcome, build, instant, is_broken_pipe, output, read};
use crate::advice::Clock;
use crate::cli;
use crate::diag::print::{Look, human};
use crate::diag::{Diagnostic, quoted, visible};
use crate::emit::Folder;
use crate::model::IncidentId;
use crate::session::{Built, OnErrors, Request, Session};
use crate::snapshot;
use crate::timeline::Audience;
use crate::watch::{Clockwork, Heard, Listen, Moving, Round, Watch, Woken};

/// Serves the project and follows it until it is told to stop.
pub(super) fn run(arguments: &cli::Watch) -> Result<Outcome> {
    let root = &arguments.project.root;
    ensure!(root.is_dir(), "{} is not a folder", root.display());
    let audience = if arguments.drafts { Audience::Writers } else { Audience::Public };
    let (now, clock) = instant::now(&arguments.project)?;
    let request = Request { now, clock, audience, on_errors: OnErrors::HoldBack };
    let moving = |from| Clockwork::Moving(Moving::new(from, arguments.speed, None));
    let (clockwork, clock) = match (&arguments.replay, clock) {
        (Some(id), _) => {
            let clockwork = replay(arguments, &IncidentId::new(id), &request)?;
            (clockwork, Clock::Set(clockwork.now()))
        }
        (None, Clock::Stated) if 0 < arguments.speed => (moving(now), Clock::Set(now)),
        (None, Clock::Epoch | Clock::Stated | Clock::Set(_)) => (moving(now), clock),
        (None, Clock::Real) => (Clockwork::Real(instant::clock), clock),
    };
    let out = arguments.out.as_ref().map(|out| build::out(root, Some(out))).transpose()?;
    let address = SocketAddr::new(arguments.bind, arguments.port);
    let listen = Listen { address, hosts: arguments.host.clone() };
    let mut watch = Watch::open(root, &listen, clockwork, Request { clock, ..request })?;
    let address = watch.address();
    say(output::answer(&format!("serving http://{address}/, stop with Ctrl-C\n")))?;
    if !watch.is_told() {
        let told = "the system does not tell of changes; everything is looked at every two seconds\n";
        say(output::remark(told))?;
    }
    if arguments.open {
        open_browser(address)?;
    }
    let folder = out.as_deref().map(Folder::new);
    let mut log = Log { folder, allows_removal: arguments.allow_removal, ..Log::default() };
    let mut progress = Some(Progress::begin("reading and making the pages"));
    watch.run(|round| {
        progress = None;
        log.tell(round)
    })?;
    Ok(if log.is_refused { Outcome::Refused } else { Outcome::Clean })
}

/// A clock that plays the hours of an incident: from when it began until it was last told of.
fn replay(arguments: &cli::Watch, id: &IncidentId, request: &Request) -> Result<Clockwork> {
    let reading = Session::default().read(&read(&arguments.project.root)?, request);
    let stories = reading.seen.iter().flat_map(|it| it.board.history.iter());
    let story = stories.into_iter().find(|it| it.incident.id == *id || it.incident.aliases.contains(id));
    let story = story.with_context(|| format!("there is no incident `{}`", visible(id.as_str())))?;
    let from = story.started_at.min(story.first_told());
    let until = story.last_told().max(story.ended_at.unwrap_or(from));
    Ok(Clockwork::Moving(Moving::new(from, arguments.speed, Some(until))))
}

/// What is said in the terminal, and what has been.
#[derive(Debug, Default)]
struct Log {
    folder: Option<Folder>,
    said: String,
    failure: String,
    /// Whether there is a page that is served.
    has_page: bool,
    /// Why the site could not be written.
    unwritten: String,
    /// Whether the next site may be written though incidents of the last one are gone.
    allows_removal: bool,
    /// Whether the first site must not be written.
    is_refused: bool,
    /// The incidents whose promise of an update has run out.
    overdue: BTreeSet<IncidentId>,
}

impl Log {
    /// A line for each build, with what is wrong where that has changed, and what was promised and did not come.
    fn tell(&mut self, round: Result<Round>) -> Result<Heard> {
        let round = match round {
            Ok(round) => round,
            Err(err) => return self.complain(&err).map(|()| Heard::NotYet),
        };
        self.failure.clear();
        self.diagnostics(&round.built.reading.diagnostics)?;
        if is_told_of(&round) {
            say(output::answer(&line(&round, self.has_page)))?;
        }
        self.has_page |= round.built.tree.is_some();
        self.promises(&round)?;
        self.write(&round)
    }

    /// Says why the files cannot be read, once as long as it is so.
    fn complain(&mut self, err: &anyhow::Error) -> Result<()> {
        let failure = format!("{err:#}");
        if failure != self.failure {
            output::complain(err);
            say(output::remark(&format!("{}\n", without_page(self.has_page))))?;
        }
        self.failure = failure;
        Ok(())
    }

    fn diagnostics(&mut self, diagnostics: &[Diagnostic]) -> Result<()> {
        let said = human(diagnostics, Look::Coloured);
        if said != self.said {
            let tally = output::tally(diagnostics);
            say(output::remark(&if said.is_empty() {
                "all errors fixed\n".to_owned()
            } else {
                format!("{said}{tally}\n")
            }))?;
            self.said = said;
        }
        Ok(())
    }

    fn promises(&mut self, round: &Round) -> Result<()> {
        let Some(seen) = &round.built.reading.seen else { return Ok(()) };
        let overdue = seen.board.open.iter().filter_map(|it| Some((it, it.promise.filter(|it| it.overdue)?)));
        let mut now = BTreeSet::new();
        for (story, promise) in overdue {
            let id = &story.incident.id;
            if !self.overdue.contains(id) {
                let id = visible(id.as_str());
                say(output::remark(&format!("an update of `{id}` was promised by {}\n", promise.by)))?;
            }
            now.insert(id.clone());
        }
        self.overdue = now;
        Ok(())
    }

    /// Writes the site, where it is to be written. The page in the browser is up to date all the same.
    fn write(&mut self, round: &Round) -> Result<Heard> {
        let (Some(folder), Some(tree)) = (&mut self.folder, &round.built.tree) else {
            return Ok(Heard::Done);
        };
        let removals = if self.allows_removal { Removals::Allow } else { removals(&round.built) };
        let written = match refusal::refusal(&round.built, folder, removals) {
            Ok(None) => folder.write(&tree.clone().showing(refusal::shown(&round.built))).map(|_| None),
            refused => refused,
        };
        let (unwritten, heard) = match written {
            Ok(refusal) => {
                // Who starts it sees why at once; later, files may be gone for a moment, as while git changes the branch.
                let stops = round.woken == Woken::Start && matches!(refusal, Some(Refusal::Gone { .. }));
                self.is_refused = stops;
                self.allows_removal &= refusal.is_some();
                let why = refusal.as_ref().map(Refusal::to_text).unwrap_or_default();
                (why, if stops { Heard::Stop } else { Heard::Done })
            }
            Err(err) => (format!("error: {}\n", visible(&format!("{err:#}"))), Heard::NotYet),
        };
        if unwritten != self.unwritten {
            let mended = "the site is written again\n";
            say(output::remark(if unwritten.is_empty() { mended } else { &unwritten }))?;
        }
        self.unwritten = unwritten;
        Ok(heard)
    }
}

/// What may be removed: while files have errors, what is gone may be what cannot be read.
fn removals(built: &Built) -> Removals {
    let has_errors = built.reading.diagnostics.iter().any(Diagnostic::is_error);
    Removals::of(if has_errors { OnErrors::HoldBack } else { OnErrors::Refuse })
}

/// What could not be said is no reason to stop serving; that nobody listens any more is.
fn say(said: Result<()>) -> Result<()> {
    said.or_else(|err| if is_broken_pipe(&err) { Err(err) } else { Ok(()) })
}

/// Whether a build has a line. One that only made sure, and found all as it was, has none.
fn is_told_of(round: &Round) -> bool {
    let made_sure = round.woken == Woken::Files(snapshot::Look::Everywhere)
        && round.built.tree.is_some()
        && round.difference.files == 0;
    round.woken != Woken::OnceMore && !made_sure
}

/// "14:03:07 incidents/a/updates/1.md: 9 files changed, served after 12 ms".
fn line(round: &Round, has_page: bool) -> String {
    let time = round.now.strftime("%H:%M:%SZ");
    let why = match &round.woken {
        Woken::Start => "the whole site".to_owned(),
        Woken::Clock | Woken::OnceMore => "by the clock".to_owned(),
        Woken::Files(snapshot::Look::Everywhere) => "looked at everything".to_owned(),
        Woken::Files(snapshot::Look::At(paths)) => {
            let first = paths.first().map(|it| quoted(it)).unwrap_or_default();
            match paths.len() {
                0 | 1 => first,
                all => format!("{first} and {} more", all - 1),
            }
        }
    };
    let what = match (&round.built.tree, round.difference.files) {
        (None, _) => without_page(has_page).to_owned(),
        (Some(_), 0) => "nothing changed".to_owned(),
        (Some(_), files) => format!("{} changed", output::plural(files, "file")),
    };
    format!("{time} {why}: {what}, {} ms\n", round.took.as_millis())
}

/// What is served after a build without a site.
fn without_page(has_page: bool) -> &'static str {
    if has_page { "the last good page stays" } else { "there is no page yet" }
}

/// Asks the system to show the page. That it cannot is no reason not to serve.
fn open_browser(address: SocketAddr) -> Result<()> {
    let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let quiet = || Stdio::null();
    let url = format!("http://{address}/");
    let started = Command::new(opener).arg(&url).stdin(quiet()).stdout(quiet()).stderr(quiet()).spawn();
    match started {
        Ok(_) => Ok(()),
        Err(err) => say(output::remark(&format!("cannot open a browser ({opener}: {err}); go to {url}\n"))),
    }
}
