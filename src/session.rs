//! The one way through the house, with a memory: files and an instant in, a site out.
//!
//! A full build is a session's first; an incremental one is its second. Nothing else differs,
//! because all that is remembered are values under keys that hold everything they depend on.

mod boards;
mod last_good;

use std::sync::Arc;

use jiff::Timestamp;

use crate::advice::{Clock, Matter, Remarks, exposed_around, exposed_in, html_around, html_in, remarks};
use crate::diag::{Checked, Diagnostic};
use crate::emit::Tree;
use crate::load;
use crate::memo::{ById, Question, Rows};
use crate::model::{Incident, IncidentId, Project, Site};
use crate::render::{self, RenderInput, Shown, Theme, Themes};
use crate::source::Folder;
use crate::timeline::{Audience, Board, Grace, Story, Visibility};

use boards::Boards;
use last_good::LastGood;

/// What is remembered from one build to the next.
#[derive(Debug, Default)]
pub struct Session {
    load: load::Memory,
    themes: Themes,
    boards: Boards,
    remarks: Rows<ById<Story>, Remarks>,
    exposed: Rows<TextsKey, Vec<Diagnostic>>,
    render: render::Memory,
    last_good: LastGood,
}

/// What is asked of a session, besides the files.
#[derive(Clone, Copy, Debug)]
pub struct Request {
    /// The instant that is shown.
    pub now: Timestamp,
    /// Where `now` comes from.
    pub clock: Clock,
    /// Who will read it.
    pub audience: Audience,
    /// What errors in the files do.
    pub on_errors: OnErrors,
}

/// What errors in the files do to a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnErrors {
    /// There is no site.
    Refuse,
    /// What is broken is left out; an incident whose head is broken stays as it was when the session
    /// last saw it whole, or is left out if it never did.
    HoldBack,
}

/// What the files mean at the instant.
#[derive(Debug)]
pub struct Reading {
    /// What was written; none where site.yaml cannot be read.
    pub project: Option<Project>,
    /// What is true at the instant; none where errors forbid to say.
    pub seen: Option<Seen>,
    /// All that is to be said, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    /// The incidents that are left out because their heads are broken. A page that shows one of them
    /// already must stay as it is: without them it would say that all is well.
    pub left_out: Vec<IncidentId>,
    /// The names of all incidents that have a file.
    pub names: load::Names,
}

/// What is true at the instant, and how it is shown.
#[derive(Debug)]
pub struct Seen {
    /// At the instant itself.
    pub board: Board,
    /// At the last change by the clock before it: what differs between the two are ages alone.
    pub settled: Board,
    /// The templates and words.
    pub theme: Arc<Theme>,
    /// Who will read it.
    pub audience: Audience,
    /// Whether it is the present that is shown.
    pub shown: Shown,
}

/// A site, and what the files mean.
#[derive(Debug)]
pub struct Built {
    /// What the files mean.
    pub reading: Reading,
    /// The site; none where errors forbid one.
    pub tree: Option<Tree>,
}

impl Reading {
    /// What pages are made of; none where errors forbid them.
    pub fn input(&self) -> Option<RenderInput<'_>> {
        let (project, seen) = (self.project.as_ref()?, self.seen.as_ref()?);
        let Seen { board, settled, theme, audience, shown } = seen;
        Some(RenderInput { project, board, settled, theme, audience: *audience, shown: *shown })
    }
}

impl Session {
    /// What the files mean at the instant, without a page being made.
    pub fn read(&mut self, root: &Arc<Folder>, request: &Request) -> Reading {
        let reading = self.understand(root, request);
        self.end_run();
        reading
    }

    /// The site of the files at the instant.
    pub fn build(&mut self, root: &Arc<Folder>, request: &Request) -> Built {
        let mut reading = self.understand(root, request);
        let rendered = reading.input().map(|input| render::site(&input, &mut self.render));
        if rendered.is_some() {
            // Without a site, that of the run before is likely to be asked for again.
            self.render.end_run();
        }
        self.end_run();
        let mut tree = rendered.map(|it| it.into_value(&mut reading.diagnostics));
        if request.on_errors == OnErrors::Refuse && reading.diagnostics.iter().any(Diagnostic::is_error) {
            tree = None;
        }
        Built { reading, tree }
    }

    fn understand(&mut self, root: &Arc<Folder>, request: &Request) -> Reading {
        let loaded = load::project(root, &mut self.load);
        let load::Loaded { project, mut diagnostics, held, names } = loaded;
        let Some(mut project) = project else {
            return Reading { project: None, seen: None, diagnostics, left_out: held, names };
        };
        let left_out = match request.on_errors {
            OnErrors::Refuse => held,
            OnErrors::HoldBack => {
                self.last_good.put_back_parts(&mut project, request.now);
                self.last_good.put_back(&mut project, held, &names)
            }
        };
        let theme = self.theme(root, &project.site).into_value(&mut diagnostics);
        diagnostics.extend(render::doubts(&project.site.look, &theme));
        self.boards.tell(&project, request.now, visibility(request));
        let board = self.boards.board();
        diagnostics.extend(self.advise(&project, &board, request.clock));
        diagnostics.extend(exposed_around(&project));
        diagnostics.extend(html_around(&project));
        diagnostics.extend(self.exposed(&project));
        let broken = diagnostics.iter().any(Diagnostic::is_error);
        let allowed = request.on_errors == OnErrors::HoldBack || !broken;
        let seen = allowed.then(|| {
            let settled = self.boards.board_at(board.last_change.unwrap_or(request.now));
            Seen { board, settled, theme, audience: request.audience, shown: shown(request) }
        });
        Reading { project: Some(project), seen, diagnostics, left_out, names }
    }

    fn theme(&mut self, root: &Folder, site: &Site) -> Checked<Arc<Theme>> {
        let folder = root.folders.get("themes").and_then(|it| it.folders.get(&site.theme));
        let mut theme = self.themes.load(folder, &site.theme, &site.language);
        theme.diagnostics.extend(render::unknown_language(folder.map(|it| &**it), site));
        theme
    }

    fn advise(&mut self, project: &Project, board: &Board, clock: Clock) -> Vec<Diagnostic> {
        let stories = self.boards.stories();
        let told: Vec<&Arc<Story>> = stories.iter().flatten().collect();
        self.remarks.ask(&told, |it| remarks(&it.0));
        let (remarks, ahead) = (self.remarks.values(), &self.boards.ahead());
        Matter { project, board, stories, remarks, ahead }.advise(clock)
    }

    fn exposed(&mut self, project: &Project) -> impl Iterator<Item = Diagnostic> {
        let asked = project.incidents.iter().map(|incident| Texts { site: &project.site, incident });
        self.exposed.ask(&asked.collect::<Vec<_>>(), |it| {
            let mut said = exposed_in(&it.site.0, &it.incident.0);
            said.extend(html_in(&it.incident.0));
            said
        });
        self.exposed.values().iter().flatten().cloned()
    }

    fn end_run(&mut self) {
        self.load.end_run();
        self.themes.end_run();
        self.boards.end_run();
    }
}

/// What is shown a little before its time, where the build is of the present.
fn visibility(request: &Request) -> Visibility {
    let grace = match request.clock {
        Clock::Real | Clock::Epoch => Grace::TwoMinutes,
        Clock::Stated | Clock::Set(_) => Grace::None,
    };
    Visibility { audience: request.audience, grace }
}

/// Whether it is the present that is asked for.
fn shown(request: &Request) -> Shown {
    match request.clock {
        Clock::Real | Clock::Epoch => Shown::Present,
        Clock::Stated => Shown::Instant(request.now),
        Clock::Set(from) => Shown::From(from),
    }
}

/// All that what stands in one incident's texts depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct TextsKey {
    site: ById<Site>,
    incident: ById<Incident>,
}

/// Asks what stands in the texts of an incident.
#[derive(Clone, Copy)]
struct Texts<'a> {
    site: &'a Arc<Site>,
    incident: &'a Arc<Incident>,
}

impl Question for Texts<'_> {
    type Key = TextsKey;

    fn is_answered_by(&self, key: &TextsKey) -> bool {
        Arc::ptr_eq(self.site, &key.site.0) && Arc::ptr_eq(self.incident, &key.incident.0)
    }

    fn key(&self) -> TextsKey {
        TextsKey { site: ById(Arc::clone(self.site)), incident: ById(Arc::clone(self.incident)) }
    }
}
