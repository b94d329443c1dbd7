//! What is to be said of files that are well formed, once it is known what is true at the instant.
//!
//! `load` says what is wrong whatever the instant. Here are the contradictions that need the board or
//! `now`: a time ahead of the clock, a component that is still down under "monitoring", a promise that
//! has run out.

mod ahead;
mod exposed;
mod figures;
mod html;
mod links;
mod maintenance;
mod progress;
mod secret;
mod shown;
mod spot;
mod statements;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;

use crate::diag::Diagnostic;
use crate::model::{Incident, IncidentId, Project, ProseLink};
use crate::timeline::{Board, Story};

pub use exposed::{exposed_around, exposed_in};
pub use html::{html_around, html_in};

/// Where `now` comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// It is the clock: what lies ahead of it has not happened.
    Real,
    /// It is the present as SOURCE_DATE_EPOCH states it, for builds that can be repeated.
    Epoch,
    /// Somebody said it: what lies ahead of it may well have happened.
    Stated,
    /// It is a clock that was set to this instant and runs on.
    Set(Timestamp),
}

/// What advice is given on.
#[derive(Clone, Copy, Debug)]
pub struct Matter<'a> {
    /// What was written.
    pub project: &'a Project,
    /// What is true at the instant.
    pub board: &'a Board,
    /// The story of each incident, in their order; none of what is not public.
    pub stories: &'a [Option<Arc<Story>>],
    /// What follows from each of these stories by itself.
    pub remarks: &'a [Remarks],
    /// The incidents that name an instant ahead, or more of them.
    pub ahead: &'a [Arc<Incident>],
}

/// What is to be said of one story whatever else is told, and what has to be asked of the others.
///
/// It is a function of the story alone, so that it can be remembered.
#[derive(Debug)]
pub struct Remarks {
    said: Vec<Diagnostic>,
    /// The links to documents that may not be public.
    links: Vec<ProseLink>,
}

/// What is to be said of one story by itself.
pub fn remarks(story: &Arc<Story>) -> Remarks {
    let said = [progress::left_behind(story), statements::advise(story), figures::stated(story)];
    Remarks { said: said.into_iter().flatten().collect(), links: links::to_documents(story) }
}

/// The advice on the project as of the board's instant, made from nothing. What should not be public, at
/// whatever instant, is for [`exposed_in`] and [`exposed_around`] to say.
pub fn advise(project: &Project, board: &Board, clock: Clock) -> Vec<Diagnostic> {
    let told: BTreeMap<&IncidentId, &Arc<Story>> =
        board.history.iter().map(|it| (&it.incident.id, it)).collect();
    let stories: Vec<Option<Arc<Story>>> =
        project.incidents.iter().map(|it| told.get(&it.id).map(|it| Arc::clone(it))).collect();
    let remarks: Vec<Remarks> = stories.iter().flatten().map(remarks).collect();
    let ahead = &project.incidents;
    Matter { project, board, stories: &stories, remarks: &remarks, ahead }.advise(clock)
}

impl Matter<'_> {
    /// All advice on it.
    pub fn advise(&self, clock: Clock) -> Vec<Diagnostic> {
        let mut advice = match clock {
            Clock::Real => ahead::too_far_ahead(self),
            Clock::Epoch | Clock::Stated | Clock::Set(_) => Vec::new(),
        };
        let open = self.board.open.iter().map(|it| (it, progress::advise(it, self.board.now)));
        let remarks = self.remarked().map(|(story, it)| (story, it.said.clone()));
        let mut doubts: Vec<(&Arc<Story>, Vec<Diagnostic>)> =
            open.chain(remarks).filter(|(_, it)| !it.is_empty()).collect();
        doubts.sort_by(|(one, _), (other, _)| newest_first(one).cmp(&newest_first(other)));
        advice.extend(doubts.into_iter().flat_map(|(_, it)| it));
        advice.extend(maintenance::overlaps(self.board));
        advice.extend(links::hidden(self));
        advice
    }

    /// The stories with what is remarked of each.
    fn remarked(&self) -> impl Iterator<Item = (&Arc<Story>, &Remarks)> {
        self.stories.iter().flatten().zip(self.remarks)
    }
}

/// The order in which stories are advised on.
fn newest_first(story: &Story) -> (Reverse<Timestamp>, &IncidentId) {
    (Reverse(story.started_at), &story.incident.id)
}
