//! `allclear status`: the board, for people in a terminal or as the document of the site.

use anyhow::Result;

use super::{Outcome, board_text, instant, output, read};
use crate::cli::{AnswerFormat, Ask};
use crate::diag::print::{Look, human};
use crate::render;
use crate::session::{OnErrors, Reading, Request, Session};
use crate::timeline::Audience;

/// Shows what is true at the instant.
pub(super) fn run(arguments: &Ask) -> Result<Outcome> {
    let reading = reading(arguments)?;
    let Some(input) = reading.input() else { return Ok(Outcome::FilesHaveErrors) };
    output::answer(&match arguments.format {
        AnswerFormat::Human => board_text::board(input.board, &input.theme.words),
        AnswerFormat::Json => render::status_document(&input),
    })?;
    Ok(Outcome::Clean)
}

/// What is true at the instant; where errors forbid to say, they are printed.
pub(super) fn reading(arguments: &Ask) -> Result<Reading> {
    let (now, clock) = instant::now(&arguments.project)?;
    let root = read(&arguments.project.root)?;
    let request = Request { now, clock, audience: Audience::Public, on_errors: OnErrors::Refuse };
    let reading = Session::default().read(&root, &request);
    if reading.seen.is_none() {
        let errors = reading.diagnostics.iter().filter(|it| it.is_error()).cloned().collect::<Vec<_>>();
        output::remark(&human(&errors, Look::Coloured))?;
    }
    Ok(reading)
}
