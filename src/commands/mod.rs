//! One file a command. Here alone the clock and the environment are read and something is printed.

mod board_text;
mod build;
mod check;
mod events;
mod instant;
mod next;
mod output;
mod progress;
mod refusal;
mod status;
mod watch;

use std::io;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Result, ensure};

use crate::cli::{Cli, Command};
use crate::snapshot;
use crate::source::Folder;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It did its work and has nothing against the files.
    Clean,
    /// The files have errors, or something is left over.
    FilesHaveErrors,
    /// It refused, in order to keep what readers have.
    Refused,
}

/// Carries out what was said, and turns its end into an exit code: 0 done and clean, 1 the files have errors or
/// something is left over, 2 it could not work, 3 it refused in order to keep what readers have. A reader that closed the pipe has what it wanted.
pub fn run(cli: &Cli) -> ExitCode {
    let outcome = match &cli.command {
        Command::Check(arguments) => check::run(arguments),
        Command::Build(arguments) => build::run(arguments),
        Command::Events(arguments) => events::run(arguments),
        Command::Next(arguments) => next::run(arguments),
        Command::Status(arguments) => status::run(arguments),
        Command::Watch(arguments) => watch::run(arguments),
    };
    match outcome {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::FilesHaveErrors) => ExitCode::from(1),
        Ok(Outcome::Refused) => ExitCode::from(3),
        Err(err) if is_broken_pipe(&err) => ExitCode::SUCCESS,
        Err(err) => {
            output::complain(&err);
            ExitCode::from(2)
        }
    }
}

/// What is on disk below `root`.
fn read(root: &Path) -> Result<Arc<Folder>> {
    ensure!(root.is_dir(), "{} is not a folder", root.display());
    snapshot::read(root, None)
}

fn is_broken_pipe(err: &anyhow::Error) -> bool {
    err.chain()
        .filter_map(|it| it.downcast_ref::<io::Error>())
        .any(|it| it.kind() == io::ErrorKind::BrokenPipe)
}
