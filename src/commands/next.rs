//! `allclear next`: when the page will change with no new file, for a timer that rebuilds it.

use anyhow::Result;
use serde_json::json;

use super::{Outcome, output, status};
use crate::cli::{AnswerFormat, Ask};

/// Prints the next change by the clock.
pub(super) fn run(arguments: &Ask) -> Result<Outcome> {
    let reading = status::reading(arguments)?;
    let Some(seen) = &reading.seen else { return Ok(Outcome::FilesHaveErrors) };
    let next = seen.board.next_change;
    let text = match arguments.format {
        AnswerFormat::Human => next.map_or_else(|| "never".to_owned(), |it| it.to_string()),
        AnswerFormat::Json => json!({"now": seen.board.now, "next_change": next}).to_string(),
    };
    output::answer(&format!("{text}\n"))?;
    Ok(Outcome::Clean)
}
