//! The file operations of the writer, each of which may be the last one before a crash.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Context, Result};

use super::FileCopy;

/// All that the writer does to a disk goes through here, one operation after another.
#[derive(Debug, Default)]
pub(super) struct Disk {
    /// How many files are as they should be.
    pub(super) done: Arc<AtomicU64>,
    /// How many operations are still carried out, where a test counts them.
    #[cfg(test)]
    pub(super) operations_left: Option<usize>,
}

impl Disk {
    /// Makes a folder and those above it.
    pub(super) fn create_folder(&mut self, path: &Path) -> Result<()> {
        if path.is_dir() {
            return Ok(());
        }
        self.begin()?;
        fs::create_dir_all(path).with_context(|| format!("cannot make the folder {}", path.display()))
    }

    /// Puts a whole new file at `path`, through a file `draft` that readers do not look at.
    pub(super) fn replace(&mut self, path: &Path, draft: &Path, bytes: &[u8]) -> Result<()> {
        self.write(draft, bytes)?;
        self.rename(draft, path)
    }

    /// Writes a file that nobody reads yet.
    pub(super) fn write(&mut self, path: &Path, bytes: &[u8]) -> Result<()> {
        self.begin().inspect_err(|_| half_write(path, bytes))?;
        fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
        self.done.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// Copies a large file to where nobody reads yet.
    pub(super) fn copy(&mut self, file: &FileCopy, path: &Path) -> Result<()> {
        self.begin().inspect_err(|_| half_write(path, b"half a copy"))?;
        file.copy_to(path)?;
        self.done.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    /// Adds to the end of a file.
    pub(super) fn append(&mut self, path: &Path, bytes: &[u8]) -> Result<()> {
        self.begin().inspect_err(|_| half_append(path, bytes))?;
        append(path, bytes).with_context(|| format!("cannot write {}", path.display()))
    }

    /// Gives a file or a folder another name, in one step.
    pub(super) fn rename(&mut self, from: &Path, to: &Path) -> Result<()> {
        self.begin()?;
        fs::rename(from, to).with_context(|| format!("cannot rename {} to {}", from.display(), to.display()))
    }

    /// Removes a file. One that is gone already, or in whose place a folder stands, is fine.
    pub(super) fn remove_file(&mut self, path: &Path) -> Result<()> {
        self.begin()?;
        match fs::remove_file(path) {
            Ok(()) => Ok(()),
            Err(err) if is_gone(&err) || path.is_dir() => Ok(()),
            Err(err) => Err(err).with_context(|| format!("cannot remove {}", path.display())),
        }
    }

    /// Removes a folder if nothing is in it, and says whether it did.
    pub(super) fn remove_empty_folder(&mut self, path: &Path) -> Result<bool> {
        self.begin()?;
        Ok(fs::remove_dir(path).is_ok())
    }

    /// Removes a folder that only ever held our own drafts, with all that is in it.
    pub(super) fn remove_draft_folder(&mut self, path: &Path) -> Result<()> {
        self.begin()?;
        fs::remove_dir_all(path).with_context(|| format!("cannot remove {}", path.display()))
    }

    #[cfg(not(test))]
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "the twin below is what tests crash")]
    fn begin(&mut self) -> Result<()> {
        Ok(())
    }

    #[cfg(test)]
    fn begin(&mut self) -> Result<()> {
        let Some(left) = &mut self.operations_left else { return Ok(()) };
        let before = *left;
        *left = before.saturating_sub(1);
        if before == 0 { Err(anyhow::anyhow!("crashed")) } else { Ok(()) }
    }
}

/// Whether nothing is there, or a file stands where a folder on the way would have to be.
fn is_gone(err: &io::Error) -> bool {
    matches!(err.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

fn append(path: &Path, bytes: &[u8]) -> io::Result<()> {
    OpenOptions::new().create(true).append(true).open(path)?.write_all(bytes)
}

/// A crash while a file is written leaves part of it.
fn half_write(path: &Path, bytes: &[u8]) {
    if cfg!(test) {
        fs::write(path, &bytes[..bytes.len() / 2]).expect("the test's folder takes files");
    }
}

fn half_append(path: &Path, bytes: &[u8]) {
    if cfg!(test) {
        append(path, &bytes[..bytes.len() / 2]).expect("the test's folder takes files");
    }
}
