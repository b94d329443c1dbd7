//! `allclear check`: all that is to be said of the files, and nothing written.

use anyhow::Result;

use super::{Outcome, instant, output, read};
use crate::cli::{Check, ReportFormat};
use crate::diag::{Diagnostic, Level};
use crate::session::{OnErrors, Reading, Request, Session};
use crate::timeline::Audience;

/// Checks the project as of the instant.
pub(super) fn run(arguments: &Check) -> Result<Outcome> {
    let (now, clock) = instant::now(&arguments.project)?;
    let root = read(&arguments.project.root)?;
    let request = Request { now, clock, audience: Audience::Public, on_errors: OnErrors::Refuse };
    let reading = Session::default().read(&root, &request);
    output::answer(&output::report(&reading.diagnostics, arguments.format))?;
    if arguments.format == ReportFormat::Human {
        output::answer(&summary(&reading))?;
    }
    Ok(outcome(&reading.diagnostics, arguments.deny_warnings))
}

fn summary(reading: &Reading) -> String {
    let what = match &reading.project {
        Some(project) => format!(
            "checked {}, {} and {}: ",
            output::plural(project.incidents.len(), "incident"),
            output::plural(project.site.components.len(), "component"),
            output::plural(project.pages.len(), "page"),
        ),
        None => String::new(),
    };
    format!("{what}{}\n", output::tally(&reading.diagnostics))
}

fn outcome(diagnostics: &[Diagnostic], deny_warnings: bool) -> Outcome {
    let counts = |it: &Diagnostic| deny_warnings || it.code.level() == Level::Error;
    if diagnostics.iter().any(counts) { Outcome::FilesHaveErrors } else { Outcome::Clean }
}
