//! The command line: what can be said, and its help.

use std::net::IpAddr;
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
  allclear events                             what happened, as lines for jobs
  allclear watch                              the page in a browser, while you write

Exit: 0 done and clean, 1 the files have errors or something is left over, 2 the command could not do its work,
3 it refused in order to keep what readers have.";

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

A folder that is not empty and was not made by allclear is refused. Errors leave the folder as it is.
Exit 3: an incident that the folder shows as open is gone or cannot be read, or many are gone. site.yaml can name
them under `removed`; --allow-removal lets them go once.")]
    Build(Build),
    /// Print what happened, a line each, or what of it is new
    #[command(after_help = "\
Examples:
  allclear events                             all of it, for people
  allclear events --format json               the same lines as events/*.ndjson of the site
  allclear events --since-file seen           what is new since the last time, and takes it down
  allclear events --since-file seen --peek    what is new, and takes nothing down

The list named by --since-file holds the ids of what was printed, one a line, and only grows. Where there is none
yet, or it is empty, it is begun with all that there is and nothing is printed, unless --all is said. It is written
after the lines were printed. The exit is 1 if the files have errors; what is left out then is not forgotten.")]
    Events(Events),
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
    /// Serve the page while it is being written, and show each save at once
    #[command(after_help = "\
Examples:
  allclear watch                              on http://127.0.0.1:4000/
  allclear watch --port 0 --open              on a free port, in your browser
  allclear watch --drafts                     with drafts, for those who write them
  allclear watch --bind 0.0.0.0 --host build.local
                                              for others, who call this machine build.local
  allclear watch --out /var/www/status        writes the site too, after each save
  allclear watch --replay 2020-07-10-login-cascade --speed 60
                                              plays an incident, an hour in a minute

Errors never take the page down: the last good one stays, and what is wrong is shown over it.
With --out, exit 3 at the start: an incident that the folder shows as open is gone, or many are. While it runs, such
a site is not written until they are back.")]
    Watch(Watch),
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
    /// Write the site though incidents that it showed are gone
    #[arg(long)]
    pub allow_removal: bool,
    /// How to print what is found and done
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: ReportFormat,
}

/// Arguments of `watch`.
#[derive(Args, Debug)]
pub struct Watch {
    /// The project and the instant to begin at.
    #[command(flatten)]
    pub project: Project,
    /// The port to serve on; 0 takes a free one
    #[arg(long, value_name = "PORT", default_value_t = 4000)]
    pub port: u16,
    /// The address to serve on; any other than the default can be read by others
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub bind: IpAddr,
    /// Answer to this name too, besides loopback names and the address; may be repeated
    #[arg(long, value_name = "NAME", value_parser = host)]
    pub host: Vec<String>,
    /// Open the page in a browser
    #[arg(long)]
    pub open: bool,
    /// A folder to write the site into too, as `build` does
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Write the site once though incidents that --out showed are gone
    #[arg(long, requires = "out")]
    pub allow_removal: bool,
    /// Show drafts too
    #[arg(long)]
    pub drafts: bool,
    /// Play an incident from its begin to its last word
    #[arg(long, value_name = "ID", conflicts_with = "at")]
    pub replay: Option<String>,
    /// How many seconds pass in one, of a clock that --at or --replay sets; 0 stops it
    #[arg(long, value_name = "TIMES", default_value_t = 1, value_parser = clap::value_parser!(u32).range(..=86_400))]
    pub speed: u32,
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

/// Arguments of `events`.
#[derive(Args, Debug)]
pub struct Events {
    /// The project and the instant.
    #[command(flatten)]
    pub project: Project,
    /// Print only what this list of ids lacks, and add it to the list
    #[arg(long, value_name = "SEEN")]
    pub since_file: Option<PathBuf>,
    /// Print everything where the list has not been begun
    #[arg(long, requires = "since_file")]
    pub all: bool,
    /// Add nothing to the list
    #[arg(long, requires = "since_file")]
    pub peek: bool,
    /// How to print an event
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: EventFormat,
}

/// How events are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum EventFormat {
    /// A line for people
    Human,
    /// A line of JSON
    Json,
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

/// The name of a machine, as a browser sends it in `Host`, but for the port.
fn host(text: &str) -> Result<String, String> {
    let is_letter = |it: char| it.is_ascii_alphanumeric() || "-._:".contains(it);
    let name = text.trim_start_matches('[').trim_end_matches(']');
    let has_port = name.matches(':').count() == 1;
    if name.is_empty() || has_port || !name.chars().all(is_letter) {
        return Err("write a name alone, such as `preview.example`, without a port".to_owned());
    }
    Ok(name.to_owned())
}

/// An instant in whole seconds, as files have them.
fn instant(text: &str) -> Result<Timestamp, String> {
    let at: Timestamp = text.parse().map_err(|_| match text.parse::<DateTime>() {
        Ok(local) => format!("this time has no offset; write {local}Z if it is UTC"),
        Err(_) => "write a time with its offset, as 2020-07-10T11:30Z".to_owned(),
    })?;
    let at = Timestamp::from_second(at.as_second()).unwrap_or(at);
    let year = at.to_zoned(TimeZone::UTC).year();
    if YEARS.contains(&year) { Ok(at) } else { Err("the year is not between 1970 and 2199".to_owned()) }
}
