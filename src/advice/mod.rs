//! What is to be said of files that are well formed, once it is known what is true at the instant.
//!
//! `load` says what is wrong whatever the instant. Here are the contradictions that need the board or
//! `now`: a time ahead of the clock, a component that is still down under "monitoring", a promise that
//! has run out.

mod ahead;
mod exposed;
mod figures;
mod links;
mod maintenance;
mod progress;
mod secret;
mod spot;
mod statements;

pub use exposed::{exposed_around, exposed_in};

use crate::diag::Diagnostic;
use crate::model::Project;
use crate::timeline::Board;

/// Where `now` comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// It is the clock: what lies ahead of it has not happened.
    Real,
    /// Somebody said it: what lies ahead of it may well have happened.
    Stated,
}

/// The advice on the project as of the board's instant. What should not be public, at whatever instant, is
/// for [`exposed_in`] and [`exposed_around`] to say.
pub fn advise(project: &Project, board: &Board, clock: Clock) -> Vec<Diagnostic> {
    let mut advice = match clock {
        Clock::Real => ahead::too_far_ahead(project, board.now),
        Clock::Stated => Vec::new(),
    };
    for story in &board.history {
        advice.extend(progress::advise(story, board.now));
        advice.extend(statements::advise(story));
        advice.extend(figures::stated(story));
    }
    advice.extend(maintenance::overlaps(board));
    advice.extend(links::hidden(project, board));
    advice
}
