//! What is printed, and where: answers to the standard output, complaints to the standard error.
//! Colours reach terminals alone, and control characters of files none.

use std::io::Write;

use anyhow::{Context, Result};

use crate::cli::ReportFormat;
use crate::diag::print::{Look, github, human, json};
use crate::diag::{Diagnostic, Level, visible};

/// Prints to the standard output.
pub(super) fn answer(text: &str) -> Result<()> {
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).context("cannot write to the standard output")
}

/// Prints to the standard error.
pub(super) fn remark(text: &str) -> Result<()> {
    anstream::stderr().write_all(text.as_bytes()).context("cannot write to the standard error")
}

/// Says why a command could not do its work, with the chain of reasons.
pub(super) fn complain(err: &anyhow::Error) {
    let text = visible(&format!("error: {err:#}"));
    // If not even this can be printed, the exit code still says it.
    let _unprintable = remark(&format!("{text}\n"));
}

/// The diagnostics in the form that was asked for.
pub(super) fn report(diagnostics: &[Diagnostic], format: ReportFormat) -> String {
    match format {
        ReportFormat::Human => human(diagnostics, Look::Coloured),
        ReportFormat::Json => json(diagnostics),
        ReportFormat::Github => github(diagnostics),
    }
}

/// "no errors", "1 error and 2 warnings".
pub(super) fn tally(diagnostics: &[Diagnostic]) -> String {
    let errors = count(diagnostics, Level::Error);
    let warnings = count(diagnostics, Level::Warning);
    match (errors, warnings) {
        (0, 0) => "no errors".to_owned(),
        (0, warnings) => format!("no errors, {}", plural(warnings, "warning")),
        (errors, 0) => plural(errors, "error"),
        (errors, warnings) => format!("{} and {}", plural(errors, "error"), plural(warnings, "warning")),
    }
}

/// "1 file", "2 files".
pub(super) fn plural(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

fn count(diagnostics: &[Diagnostic], level: Level) -> usize {
    diagnostics.iter().filter(|it| it.code.level() == level).count()
}
