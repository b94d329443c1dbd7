//! A list of what was passed on, a line each: it grows, is never half written, and has one writer at a time.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::disk::Disk;

/// Stands first in every list, so that one which has been begun is not empty. Other lines like it count for nothing.
const HEADER: &str = "# What was passed on, a line each. Allclear adds to it; so may you.";

/// A list of what was passed on, taken for this process alone until it is dropped.
#[derive(Debug)]
pub struct Ledger {
    path: PathBuf,
    lines: BTreeSet<String>,
    is_begun: bool,
    /// The system lets go of it when the process ends, however it ends.
    _lock: File,
}

impl Ledger {
    /// Takes the list at `path`, which need not be there.
    ///
    /// # Errors
    /// Another process has it, or it cannot be read.
    pub fn open(path: &Path) -> Result<Ledger> {
        let lock = lock(path)?;
        let text = match fs::read_to_string(path) {
            Ok(text) => text,
            Err(err) if err.kind() == io::ErrorKind::NotFound => String::new(),
            Err(err) => return Err(err).with_context(|| format!("cannot read {}", path.display())),
        };
        let told = text.lines().map(str::trim).filter(|it| !it.is_empty());
        let is_begun = told.clone().next().is_some();
        let lines = told.filter(|it| !it.starts_with('#')).map(str::to_owned).collect();
        Ok(Ledger { path: path.to_owned(), lines, is_begun, _lock: lock })
    }

    /// Whether there is a list; an empty file is none.
    pub fn is_begun(&self) -> bool {
        self.is_begun
    }

    /// Whether a line was taken down.
    pub fn holds(&self, line: &str) -> bool {
        self.lines.contains(line)
    }

    /// All lines, in order.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().map(String::as_str)
    }

    /// Takes lines down: the list is written beside its place and renamed.
    ///
    /// # Errors
    /// It cannot be written; then it is as it was.
    pub fn add<'a>(&mut self, lines: impl IntoIterator<Item = &'a str>) -> Result<()> {
        let before = self.lines.len();
        self.lines.extend(lines.into_iter().map(str::to_owned));
        if self.is_begun && self.lines.len() == before {
            return Ok(());
        }
        self.write()
    }

    /// Replaces each line that `replacements` names by the one it names for it. Returns how many were replaced.
    ///
    /// # Errors
    /// It cannot be written; then it is as it was.
    pub fn replace(&mut self, replacements: &BTreeMap<String, String>) -> Result<usize> {
        let replaced: Vec<String> =
            self.lines.iter().filter(|it| replacements.contains_key(*it)).cloned().collect();
        for line in &replaced {
            self.lines.remove(line);
            self.lines.insert(replacements[line].clone());
        }
        if !replaced.is_empty() {
            self.write()?;
        }
        Ok(replaced.len())
    }

    fn write(&mut self) -> Result<()> {
        let text: String = [HEADER].into_iter().chain(self.lines()).map(|it| format!("{it}\n")).collect();
        self.is_begun = true;
        Disk::default().replace(&self.path, &beside(&self.path, "draft"), text.as_bytes())
    }
}

fn lock(path: &Path) -> Result<File> {
    let beside = beside(path, "lock");
    let file = File::create(&beside).with_context(|| format!("cannot write {}", beside.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            bail!("another allclear is writing {}; wait for it or stop it", path.display())
        }
        Err(TryLockError::Error(err)) => {
            Err(err).with_context(|| format!("cannot lock {}", beside.display()))
        }
    }
}

/// `.seen.lock` beside `seen`.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".");
    name.push(ending);
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_keeps_what_it_had_and_stands_in_order() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("seen");
        Ledger::open(&path).unwrap().add(["b", "c"]).unwrap();
        fs::write(&path, "b\r\nc\n\nd").unwrap();
        Ledger::open(&path).unwrap().add(["a", "b"]).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), format!("{HEADER}\na\nb\nc\nd\n"));
    }

    #[test]
    fn lines_are_replaced_and_others_are_kept() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("seen");
        fs::write(&path, "a\nb\n").unwrap();
        let replacements = [("a", "c"), ("d", "e")].map(|(old, new)| (old.to_owned(), new.to_owned())).into();
        let mut ledger = Ledger::open(&path).unwrap();
        assert_eq!(ledger.replace(&replacements).unwrap(), 1);
        assert_eq!(ledger.replace(&replacements).unwrap(), 0);
        assert_eq!(fs::read_to_string(&path).unwrap(), format!("{HEADER}\nb\nc\n"));
    }

    #[test]
    fn one_that_was_begun_with_nothing_is_known_from_none() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("seen");
        fs::write(&path, "").unwrap();
        let mut ledger = Ledger::open(&path).unwrap();
        assert!(!ledger.is_begun());
        ledger.add([]).unwrap();
        drop(ledger);
        let ledger = Ledger::open(&path).unwrap();
        assert!(ledger.is_begun() && ledger.lines().next().is_none());
    }

    #[test]
    fn it_has_one_writer_at_a_time() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("seen");
        let first = Ledger::open(&path).unwrap();
        let refusal = Ledger::open(&path).unwrap_err().to_string();
        assert!(refusal.starts_with("another allclear is writing"), "{refusal}");
        drop(first);
        Ledger::open(&path).unwrap();
    }
}
