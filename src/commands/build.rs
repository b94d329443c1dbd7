//! `allclear build`: the site in a folder, all or nothing.

use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::json as object;

use super::progress::Progress;
use super::refusal::{self, Refusal, Removals};
use super::{Outcome, board_text, instant, output, read};
use crate::cli::{Build, ReportFormat};

use crate::diag::print::json;
use crate::diag::{Diagnostic, quoted};
use crate::emit::{Folder, Tree, Written};
use crate::session::{Built, OnErrors, Request, Seen, Session};
use crate::timeline::Audience;

/// Builds the project as of the instant.
pub(super) fn run(arguments: &Build) -> Result<Outcome> {
    let (now, clock) = instant::now(&arguments.project)?;
    let progress = (arguments.format == ReportFormat::Human).then(|| Progress::begin("reading"));
    let root = read(&arguments.project.root)?;
    let audience = if arguments.drafts { Audience::Writers } else { Audience::Public };
    let on_errors = if arguments.hold_back { OnErrors::HoldBack } else { OnErrors::Refuse };
    let out = out(&arguments.project.root, arguments.out.as_ref())?;
    let mut folder = Folder::new(&out);
    progress.iter().for_each(|it| it.goes_on("making the pages"));
    let mut session = Session::default();
    let mut built = session.build(&root, &Request { now, clock, audience, on_errors });
    let removals = if arguments.allow_removal { Removals::Allow } else { Removals::of(on_errors) };
    let refusal = refusal::refusal(&built, &folder, removals)?;
    let shown = refusal::shown(&built);
    built.tree = built.tree.filter(|_| refusal.is_none()).map(|it| it.showing(shown));
    if let (Some(progress), Some(tree)) = (&progress, &built.tree) {
        folder.count_into(progress.counts("writing", tree.len()));
    }
    let written = built.tree.as_ref().map(|tree| folder.write(tree)).transpose()?;
    drop(progress);
    let refused = refusal.as_ref().map(Refusal::to_text);
    match arguments.format {
        ReportFormat::Json => output::answer(&document(&built, written, refused.as_deref()))?,
        format @ (ReportFormat::Human | ReportFormat::Github) => {
            output::remark(&refused.unwrap_or_default())?;
            report(format, &built, written, &out)?;
        }
    }
    let has_errors = built.reading.diagnostics.iter().any(Diagnostic::is_error);
    let outcome = match (refusal, has_errors) {
        (Some(_), _) => Outcome::Refused,
        (None, true) => Outcome::FilesHaveErrors,
        (None, false) => Outcome::Clean,
    };
    // The process ends with this command. To give back each piece of a large site first would take a while.
    std::mem::forget((session, built, root));
    Ok(outcome)
}

/// A folder that is not named stands in the project, whatever folder the command was called from. One
/// among the sources would be read by the next build.
pub(super) fn out(root: &Path, named: Option<&PathBuf>) -> Result<PathBuf> {
    let out = named.cloned().unwrap_or_else(|| root.join("public"));
    for sources in ["site", "incidents", "themes"].map(|it| root.join(it)) {
        let inside = resolved(&out)?.starts_with(resolved(&sources)?);
        ensure!(
            !inside,
            "{} lies in {}, which is read; name another folder",
            out.display(),
            sources.display()
        );
    }
    Ok(out)
}

/// The path as the system will follow it, links and `..` resolved, as far as it exists.
fn resolved(path: &Path) -> Result<PathBuf> {
    let path = std::path::absolute(path).with_context(|| format!("{} names no folder", path.display()))?;
    let mut resolved = PathBuf::new();
    for part in path.components() {
        if part == Component::ParentDir {
            resolved.pop();
        } else {
            resolved.push(part);
        }
        resolved = resolved.canonicalize().unwrap_or(resolved);
    }
    Ok(resolved)
}

fn report(format: ReportFormat, built: &Built, written: Option<Written>, out: &Path) -> Result<()> {
    let diagnostics = &built.reading.diagnostics;
    output::remark(&output::report(diagnostics, format))?;
    match (&built.tree, &built.reading.seen, written) {
        (Some(tree), Some(seen), Some(written)) => output::answer(&lines(out, tree, seen, written)),
        _ if out.exists() => {
            output::remark(&format!("{}: {} is left as it was\n", output::tally(diagnostics), name(out)))
        }
        _ => output::remark(&format!("{}: nothing is written\n", output::tally(diagnostics))),
    }
}

/// What was written, and what the page says.
fn lines(out: &Path, tree: &Tree, seen: &Seen, written: Written) -> String {
    let Written { added, changed, unchanged, removed } = written;
    let words = &seen.theme.words.for_terminal();
    format!(
        "wrote {} ({} KiB) to {}: {added} added, {changed} changed, {unchanged} unchanged, {removed} removed\n{}; {}\n",
        output::plural(tree.len(), "file"),
        tree.bytes().div_ceil(1024),
        name(out),
        words.headline(&seen.board.overall.headline, &seen.board.site),
        board_text::next_change(&seen.board, words),
    )
}

fn name(out: &Path) -> String {
    quoted(&out.display().to_string())
}

fn document(built: &Built, written: Option<Written>, refused: Option<&str>) -> String {
    let found: serde_json::Value =
        serde_json::from_str(&json(&built.reading.diagnostics)).expect("our own document is JSON");
    let seen = built.reading.seen.as_ref();
    let written = written.map(|it| {
        let Written { added, changed, unchanged, removed } = it;
        object!({"added": added, "changed": changed, "unchanged": unchanged, "removed": removed})
    });
    let document = object!({
        "written": written,
        "refused": refused,
        "files": built.tree.as_ref().map(Tree::len),
        "bytes": built.tree.as_ref().map(Tree::bytes),
        "next_change": seen.and_then(|it| it.board.next_change),
        "report": found,
    });
    format!("{document:#}\n")
}
