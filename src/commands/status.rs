//! `allclear status`: the board, for people in a terminal or as the document of the site.

use anyhow::Result;

use super::{Outcome, board_text, instant, output, read};
use crate::cli::{AnswerFormat, Ask, Project};
use crate::diag::print::{Look, human};
use crate::diag::{Diagnostic, visible};
use crate::render::{self, RenderInput};
use crate::session::{OnErrors, Reading, Request, Session};
use crate::timeline::Audience;

/// Shows what is true at the instant.
pub(super) fn run(arguments: &Ask) -> Result<Outcome> {
    answer(arguments, |input| match arguments.format {
        AnswerFormat::Human => board_text::board(input.board, &input.theme.words.for_terminal()),
        AnswerFormat::Json => render::status_document(input),
    })
}

/// Prints what `tell` says of the instant, by all that can be read.
pub(super) fn answer(arguments: &Ask, tell: impl Fn(&RenderInput) -> String) -> Result<Outcome> {
    let (reading, outcome) = read_what_can_be(&arguments.project)?;
    if let Some(input) = reading.input() {
        output::answer(&tell(&input))?;
    }
    Ok(outcome)
}

/// What the files mean, by all that can be read. What cannot is told beside it, and the exit says that the answer
/// may lack something.
pub(super) fn read_what_can_be(project: &Project) -> Result<(Reading, Outcome)> {
    let (now, clock) = instant::now(project)?;
    let root = read(&project.root)?;
    let request = Request { now, clock, audience: Audience::Public, on_errors: OnErrors::HoldBack };
    let reading = Session::default().read(&root, &request);
    let errors: Vec<Diagnostic> = reading.diagnostics.iter().filter(|it| it.is_error()).cloned().collect();
    output::remark(&human(&errors, Look::Coloured))?;
    for id in &reading.left_out {
        output::remark(&format!("left out, for its head is broken: {}\n", visible(id.as_str())))?;
    }
    let outcome = if errors.is_empty() { Outcome::Clean } else { Outcome::FilesHaveErrors };
    Ok((reading, outcome))
}
