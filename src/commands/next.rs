//! `allclear next`: when the page will change with no new file, for a timer that rebuilds it.

use anyhow::Result;
use serde_json::json;

use super::{Outcome, status};
use crate::cli::{AnswerFormat, Ask};
use crate::timeline::Board;

/// Prints the next change by the clock.
pub(super) fn run(arguments: &Ask) -> Result<Outcome> {
    status::answer(arguments, |input| match arguments.format {
        AnswerFormat::Human => human(input.board),
        AnswerFormat::Json => {
            format!("{}\n", json!({"now": input.board.now, "next_change": input.board.next_change}))
        }
    })
}

fn human(board: &Board) -> String {
    board.next_change.map_or_else(|| "never\n".to_owned(), |it| format!("{it}\n"))
}
