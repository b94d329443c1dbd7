//! `allclear build`: the site in a folder, all or nothing.

use std::path::PathBuf;

use anyhow::Result;
use serde_json::json as object;

use super::{Outcome, board_text, instant, output, read};
use crate::cli::{Build, ReportFormat};
use crate::diag::Diagnostic;
use crate::diag::print::json;
use crate::emit::{Folder, Tree, Written};
use crate::session::{Built, OnErrors, Request, Seen, Session};
use crate::timeline::Audience;

/// Builds the project as of the instant.
pub(super) fn run(arguments: &Build) -> Result<Outcome> {
    let (now, clock) = instant::now(&arguments.project)?;
    let root = read(&arguments.project.root)?;
    let audience = if arguments.drafts { Audience::Writers } else { Audience::Public };
    let on_errors = if arguments.hold_back { OnErrors::HoldBack } else { OnErrors::Refuse };
    let built = Session::default().build(&root, &Request { now, clock, audience, on_errors });
    let written = match &built.tree {
        Some(tree) => Some(Folder::new(&out(arguments)).write(tree)?),
        None => None,
    };
    report(arguments, &built, written)?;
    let clean = !built.reading.diagnostics.iter().any(Diagnostic::is_error);
    Ok(if clean { Outcome::Clean } else { Outcome::FilesHaveErrors })
}

/// A folder that is not named stands in the project, whatever folder the command was called from.
fn out(arguments: &Build) -> PathBuf {
    arguments.out.clone().unwrap_or_else(|| arguments.project.root.join("public"))
}

fn report(arguments: &Build, built: &Built, written: Option<Written>) -> Result<()> {
    let diagnostics = &built.reading.diagnostics;
    if arguments.format == ReportFormat::Json {
        return output::answer(&document(built, written));
    }
    output::remark(&output::report(diagnostics, arguments.format))?;
    match (&built.tree, &built.reading.seen, written) {
        (Some(tree), Some(seen), Some(written)) => output::answer(&lines(arguments, tree, seen, written)),
        _ => output::remark(&format!(
            "{}: {} is left as it was\n",
            output::tally(diagnostics),
            out(arguments).display()
        )),
    }
}

/// What was written, and what the page says.
fn lines(arguments: &Build, tree: &Tree, seen: &Seen, written: Written) -> String {
    let Written { added, changed, unchanged, removed } = written;
    let words = &seen.theme.words;
    format!(
        "wrote {} ({} KiB) to {}: {added} added, {changed} changed, {unchanged} unchanged, {removed} removed\n{}; {}\n",
        output::plural(tree.len(), "file"),
        tree.bytes().div_ceil(1024),
        out(arguments).display(),
        words.headline(&seen.board.overall.headline, &seen.board.site),
        board_text::next_change(&seen.board, words),
    )
}

fn document(built: &Built, written: Option<Written>) -> String {
    let found: serde_json::Value =
        serde_json::from_str(&json(&built.reading.diagnostics)).expect("our own document is JSON");
    let seen = built.reading.seen.as_ref();
    let written = written.map(|it| {
        let Written { added, changed, unchanged, removed } = it;
        object!({"added": added, "changed": changed, "unchanged": unchanged, "removed": removed})
    });
    let document = object!({
        "written": written,
        "files": built.tree.as_ref().map(Tree::len),
        "bytes": built.tree.as_ref().map(Tree::bytes),
        "next_change": seen.and_then(|it| it.board.next_change),
        "report": found,
    });
    format!("{document:#}\n")
}
