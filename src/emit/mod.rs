//! The finished site, and how it gets to where it is read. Knows nothing of what the bytes mean.
//!
//! A page once good stays up: at every instant, and after a crash at any point, each file in the
//! folder is a whole one, of the old site or of the new.
//!
//! 1. An absent or empty folder: the site is written beside it and renamed once.
//! 2. A folder of ours: large files that differ are copied into a folder beside the site, so that nothing is touched
//!    if one of them has changed since it was read. The paths to come are added to the list, then each file that
//!    differs is written under another name and renamed; the deepest first, the index last.
//! 3. What is listed and no longer part of the site is removed, and the list is replaced.
//!
//! Beside it stands the [`Ledger`]: the list of what a job has passed on.
//!
//! Nothing is synced to the disk: after a loss of power the next run compares everything and repairs.

mod body;
mod claim;
#[cfg(test)]
mod copy_tests;
#[cfg(test)]
mod crash_tests;
mod disk;
mod folder;
mod ledger;
mod manifest;
pub mod media_type;
mod shown_incidents;
mod tree;

pub use body::{Body, FileCopy};
pub use folder::{Folder, Written};
pub use ledger::Ledger;
pub use shown_incidents::{ShownAs, ShownIncidents};
pub use tree::{Change, Output, Part, Tree};
