//! The command line: what can be said, and its help.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// A status page from a git repository of small files.
#[derive(Debug, Parser)]
#[command(name = "allclear", version, about, after_help = AFTER_HELP, disable_help_subcommand = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const AFTER_HELP: &str = "\
Examples:
  allclear check                              look for mistakes before you commit
  allclear build                              write the site into public/
  allclear build --at 2020-07-10T11:30Z       the page as it was at that instant
  allclear status                             what the page would say, in the terminal

Exit: 0 clean, 1 the files have errors, 2 the command could not do its work.";

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Look for mistakes, and write nothing
    #[command(after_help = "\
Examples:
  allclear check                              for people
  allclear check --format json                for editors and scripts
  allclear check --format github              marks lines in a pull request
  allclear check --deny-warnings              for a hook that accepts no doubt")]
    Check(Check),
    /// Write the site into a folder, all or nothing
    #[command(after_help = "\
Examples:
  allclear build                              from this folder to public/
  allclear build --out /var/www/status        somewhere else
  allclear build --hold-back                  leave out only what is broken, and still exit 1
  allclear build --drafts --out preview       with drafts, for those who write them

A folder that is not empty and was not made by allclear is refused. Errors leave the folder as it is.")]
    Build(Build),
    /// Say when the page will next change by the clock alone
    #[command(after_help = "\
Examples:
  allclear next                               an instant in UTC, or \"never\"
  allclear next --format json                 for a scheduler: {\"now\": .., \"next_change\": ..}")]
    Next(Ask),
    /// Show the state of everything in the terminal
    #[command(after_help = "\
Examples:
  allclear status                             for people
  allclear status --format json               the same document as status.json of the site
  allclear status --at 2020-07-10T11:30Z      as it was at that instant")]
    Status(Ask),
}

/// Where the project is and which instant is meant.
#[derive(Args, Debug)]
pub struct Project {
    /// The folder that holds site/ and incidents/
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub root: PathBuf,
    /// The instant to look at, as 2020-07-10T11:30Z; else SOURCE_DATE_EPOCH, else the clock
    #[arg(long, value_name = "TIME", value_parser = instant)]
    pub at: Option<Timestamp>,
}

/// Arguments of `check`.
#[derive(Args, Debug)]
pub struct Check {
    /// The project and the instant.
    #[command(flatten)]
    pub project: Project,
    /// How to print what is found
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: ReportFormat,
    /// Exit with 1 on warnings too
    #[arg(long)]
    pub deny_warnings: bool,
}

/// Arguments of `build`.
#[derive(Args, Debug)]
pub struct Build {
    /// The project and the instant.
    #[command(flatten)]
    pub project: Project,
    /// The folder to write; left out, public/ in the project
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Show drafts too
    #[arg(long)]
    pub drafts: bool,
    /// Build in spite of errors, without what is broken; the exit is still 1
    #[arg(long)]
    pub hold_back: bool,
    /// How to print what is found and done
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: ReportFormat,
}

/// Arguments of the commands that answer a question.
#[derive(Args, Debug)]
pub struct Ask {
    /// The project and the instant.
    #[command(flatten)]
    pub project: Project,
    /// How to print the answer
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: AnswerFormat,
}

/// How diagnostics are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// With the line and a mark under it
    Human,
    /// One JSON document
    Json,
    /// Annotations for GitHub Actions
    Github,
}

/// How an answer is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AnswerFormat {
    /// For people
    Human,
    /// One JSON document
    Json,
}

/// Years that files may name, so that every date near them can be computed with.
const YEARS: std::ops::RangeInclusive<i16> = 1970..=2199;

fn instant(text: &str) -> Result<Timestamp, String> {
    let at: Timestamp = text.parse().map_err(|_| match text.parse::<DateTime>() {
        Ok(local) => format!("this time has no offset; write {local}Z if it is UTC"),
        Err(_) => "write a time with its offset, as 2020-07-10T11:30Z".to_owned(),
    })?;
    let year = at.to_zoned(TimeZone::UTC).year();
    if YEARS.contains(&year) { Ok(at) } else { Err("the year is not between 1970 and 2199".to_owned()) }
}
