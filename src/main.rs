//! The `allclear` command.

use std::process::ExitCode;

use allclear::cli::Cli;
use allclear::commands;
use clap::Parser;

fn main() -> ExitCode {
    commands::run(&Cli::parse())
}
