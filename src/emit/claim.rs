//! Whose folder it is: what may be written into, and by whom.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

use super::manifest::{self, Manifest};

/// The name of the file whose lock keeps a second writer out.
const LOCK: &str = ".allclear.lock";
/// The name under which a file is written before it takes its place.
pub(super) const DRAFT: &str = ".allclear.draft";

/// The name of the folder that large files are copied into before they take their places.
pub(super) const COPIES: &str = ".allclear.copies";

/// What stands where a site is to be written.
pub(super) enum Found {
    /// Nothing.
    Nothing,
    /// A folder with nothing in it.
    Empty,
    /// A site of ours.
    Ours(Manifest),
}

/// What stands at `folder`.
///
/// # Errors
/// It holds something and is not ours.
pub(super) fn look(folder: &Path) -> Result<Found> {
    let is_entry = fs::symlink_metadata(folder).is_ok();
    ensure!(!is_entry || folder.is_dir(), "{} is not a folder; name another one", folder.display());
    let list = folder.join(manifest::NAME);
    match fs::read_to_string(&list) {
        Ok(text) => match manifest::parse(&text) {
            Some(manifest) => Ok(Found::Ours(manifest)),
            None => bail!("{} is not a list of allclear's; move it away", list.display()),
        },
        Err(err) if err.kind() == io::ErrorKind::NotFound => without_list(folder),
        Err(err) => Err(err).with_context(|| format!("cannot read {}", list.display())),
    }
}

fn without_list(folder: &Path) -> Result<Found> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(err) if err.kind() == io::ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(err) => return Err(err).with_context(|| format!("cannot read {}", folder.display())),
    };
    for entry in entries {
        let name = entry.with_context(|| format!("cannot read {}", folder.display()))?.file_name();
        if ![LOCK, DRAFT, COPIES].iter().any(|it| name == *it) {
            bail!("{} is not empty and was not made by allclear; name another folder", folder.display());
        }
    }
    Ok(Found::Empty)
}

/// Takes a folder, in which the site at `out` is written, for this process alone; the system lets go of
/// it when the process ends.
///
/// # Errors
/// Another process has it.
pub(super) fn lock(folder: &Path, out: &Path) -> Result<File> {
    let path = folder.join(LOCK);
    let file = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            bail!("another allclear is writing {}; wait for it or stop it", out.display())
        }
        Err(TryLockError::Error(err)) => Err(err).with_context(|| format!("cannot lock {}", path.display())),
    }
}
