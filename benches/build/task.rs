//! What is measured, each task in a process of its own: so no task finds memory warmed by another, and the most that it
//! held is its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::Arc;

use allclear::advice::Clock;
use allclear::cli::Cli;
use allclear::commands;
use allclear::emit::Folder;
use allclear::session::{OnErrors, Request, Session};
use allclear::snapshot;
use allclear::timeline::Audience;
use anyhow::{Context, Result, bail, ensure};
use clap::Parser;

use crate::cost::{Cost, cost};
use crate::generate::NOW;

/// What the steps of `Task::Steps` are called.
pub(crate) const STEPS: [&str; 4] = ["files", "states", "pages", "writing"];

/// What is measured.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Task {
    /// `allclear build` into an absent folder.
    Build,
    /// The same files read and the same bytes written, and nothing else.
    Copy,
    /// A session that has built once looks at everything, and nothing has changed.
    Again,
    /// The same files walked, their sizes asked for, their bytes read.
    Walk,
    /// The steps of a build one by one, all that they made still held.
    Steps,
}

/// The project, the site that was built of it, and a folder that is absent.
#[derive(Clone, Copy)]
pub(crate) struct Folders<'a> {
    pub(crate) root: &'a Path,
    pub(crate) site: &'a Path,
    pub(crate) out: &'a Path,
}

impl Task {
    const WORDS: [(Task, &'static str); 5] = [
        (Task::Build, "build"),
        (Task::Copy, "copy"),
        (Task::Again, "look-again"),
        (Task::Walk, "walk"),
        (Task::Steps, "steps"),
    ];

    pub(crate) fn word(self) -> &'static str {
        Task::WORDS.iter().find(|it| it.0 == self).expect("each task has a word").1
    }

    /// The task of a word.
    pub(crate) fn named(word: &str) -> Option<Self> {
        Task::WORDS.iter().find(|it| it.1 == word).map(|it| it.0)
    }

    /// Measures it in another process, which is this program with `task` as its first argument.
    pub(crate) fn measure(self, folders: Folders<'_>) -> Result<Vec<Cost>> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["task", self.word()]).args([folders.root, folders.site, folders.out]);
        let output = command.stderr(Stdio::inherit()).output()?;
        ensure!(output.status.success(), "{} failed", self.word());
        let text = String::from_utf8(output.stdout)?;
        text.lines().filter_map(|it| it.strip_prefix("cost ")).map(Cost::of_line).collect()
    }

    /// Does it here; what its steps took.
    pub(crate) fn run(self, folders: Folders<'_>) -> Result<Vec<Cost>> {
        let Folders { root, site, out } = folders;
        let one = match self {
            Task::Build => cost(|| build(root, out))?.1,
            Task::Copy => copy(root, site, out)?,
            Task::Again => look_again(root)?,
            Task::Walk => cost(|| walk(root))?.1,
            Task::Steps => return steps(root, out),
        };
        Ok(vec![one])
    }
}

/// The command itself.
fn build(root: &Path, out: &Path) -> Result<()> {
    let words = ["allclear", "build", "--at", NOW, "--root"].map(AsRef::as_ref);
    let words = words.into_iter().chain([root.as_os_str(), "--out".as_ref(), out.as_os_str()]);
    ensure!(commands::run(&Cli::parse_from(words)) == ExitCode::SUCCESS, "the build failed");
    Ok(())
}

/// The bytes that are written are at hand before it begins.
fn copy(root: &Path, site: &Path, out: &Path) -> Result<Cost> {
    let pages = walk(site)?;
    let work = || {
        let read = walk(root)?;
        let mut made = Path::new("");
        for (path, bytes) in &pages {
            let inside = path.strip_prefix(site).expect("it was found below the site");
            let folder = inside.parent().expect("a file lies in a folder");
            if folder != made || made == Path::new("") {
                fs::create_dir_all(out.join(folder))?;
                made = folder;
            }
            fs::write(out.join(inside), bytes)?;
        }
        Ok(read)
    };
    Ok(cost(work)?.1)
}

/// The files below a folder with their bytes, by their paths.
fn walk(root: &Path) -> Result<Vec<(PathBuf, Vec<u8>)>> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(root) {
        let entry = entry?;
        if entry.metadata()?.is_file() {
            let bytes = fs::read(entry.path())?;
            files.push((entry.into_path(), bytes));
        }
    }
    Ok(files)
}

fn look_again(root: &Path) -> Result<Cost> {
    let request = request()?;
    let mut session = Session::default();
    let first = snapshot::read(root, None)?;
    let before = session.build(&first, &request).tree;
    let work = || {
        let sources = snapshot::read(root, Some(&first))?;
        ensure!(Arc::ptr_eq(&sources, &first), "something has changed");
        Ok(session.build(&sources, &request))
    };
    let (again, cost) = cost(work)?;
    ensure!(before.is_some() && again.tree.map(|it| it.len()) == before.map(|it| it.len()), "other pages");
    Ok(cost)
}

/// The files, what is true of them, the pages, and the pages on disk.
fn steps(root: &Path, out: &Path) -> Result<Vec<Cost>> {
    let request = request()?;
    let mut session = Session::default();
    let (sources, files) = cost(|| snapshot::read(root, None))?;
    let (_reading, states) = cost(|| Ok(session.read(&sources, &request)))?;
    let (built, pages) = cost(|| Ok(session.build(&sources, &request)))?;
    let Some(tree) = built.tree else { bail!("the project has errors: {:?}", built.reading.diagnostics) };
    let (_, writing) = cost(|| Folder::new(out).write(&tree))?;
    Ok(vec![files, states, pages, writing])
}

fn request() -> Result<Request> {
    Ok(Request {
        now: NOW.parse().context("the instant is a valid one")?,
        clock: Clock::Epoch,
        audience: Audience::Public,
        on_errors: OnErrors::Refuse,
    })
}
