//! `allclear events`: what happened, for jobs that pass it on.
//!
//! What is new is the difference of two sets of ids, those of the files and those that a list holds. The list is
//! written after what is new was printed, so that a crash or a reader that went away loses nothing; and it only grows,
//! so that what is held back for a while is not told twice.
//!
//! A list may hold former ids of updates. Every run rewrites those that it knows: the ids of an incident that is held
//! back are known only once it can be read, and some jobs never run without `--peek`.

use std::path::Path;

use anyhow::{Result, bail, ensure};

use super::{Outcome, output, status};
use crate::cli::{EventFormat, Events};
use crate::diag::{quoted, visible};
use crate::emit::Ledger;
use crate::render::events::{self, Line};
use crate::timeline::Board;

/// Prints all events, or those that the list lacks.
pub(super) fn run(arguments: &Events) -> Result<Outcome> {
    let (reading, outcome) = status::read_what_can_be(&arguments.project)?;
    let Some(input) = reading.input() else { return Ok(outcome) };
    let lines = events::lines(input.board);
    match &arguments.since_file {
        None => output::answer(&text(&lines, arguments.format))?,
        Some(path) => {
            let mut seen = open(path)?;
            rewrite_former_ids(&mut seen, path, input.board)?;
            print_unseen(&lines, &mut seen, (path, outcome), arguments)?;
        }
    }
    Ok(outcome)
}

fn open(path: &Path) -> Result<Ledger> {
    let seen = Ledger::open(path)?;
    let is_list = seen.lines().all(events::is_id);
    ensure!(is_list, "{} is not a list of ids of events; name another file", path.display());
    Ok(seen)
}

fn rewrite_former_ids(seen: &mut Ledger, path: &Path, board: &Board) -> Result<()> {
    if seen.lines().next().is_none() {
        return Ok(());
    }
    let rewritten = seen.replace(&events::former_ids(board))?;
    if rewritten == 0 {
        return Ok(());
    }
    let ids = output::plural(rewritten, "id");
    output::remark(&format!("{}: rewrote {ids} of updates to their present form\n", path.display()))
}

fn print_unseen(
    lines: &[Line],
    seen: &mut Ledger,
    (path, outcome): (&Path, Outcome),
    arguments: &Events,
) -> Result<()> {
    if !seen.is_begun() && !arguments.all {
        ensure!(!arguments.peek, "{} has not been begun; run it once without --peek", path.display());
        return begin(lines, seen, (path, outcome));
    }
    let unseen: Vec<Line> = lines.iter().filter(|it| !seen.holds(it.id())).cloned().collect();
    output::answer(&text(&unseen, arguments.format))?;
    if arguments.peek { Ok(()) } else { seen.add(unseen.iter().map(Line::id)) }
}

/// Begins a list with all that there is, and prints nothing: nobody wants the mail of ten years.
fn begin(lines: &[Line], seen: &mut Ledger, (path, outcome): (&Path, Outcome)) -> Result<()> {
    if outcome == Outcome::FilesHaveErrors {
        bail!(
            "{} is not begun while the files have errors: what is left out would be new later",
            path.display()
        );
    }
    seen.add(lines.iter().map(Line::id))?;
    let events = output::plural(lines.len(), "event");
    output::remark(&format!(
        "{} begins with {events}, which are not printed; from here on new ones are\n",
        quoted(&path.display().to_string())
    ))
}

fn text(lines: &[Line], format: EventFormat) -> String {
    let line = |it: &Line| match format {
        EventFormat::Human => format!("{}\n", visible(&it.to_text())),
        EventFormat::Json => it.to_json(),
    };
    lines.iter().map(line).collect()
}
