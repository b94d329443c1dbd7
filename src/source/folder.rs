//! A folder of files as it was read: the snapshot's result, a value without a disk.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;

/// One file as it was read.
///
/// Files are compared by identity: a reader that finds the same bytes again hands out the same
/// `Arc`, so that everything made from the file is known to hold still.
#[derive(Debug)]
pub struct SourceFile {
    /// Path from the project's root, with `/` between names, whatever the system's separator.
    pub path: String,
    /// What was found there.
    pub content: Content,
}

/// What reading a file gave. That something could not be read is a fact about the project, told
/// to its author with all others, and not a failure of the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// The bytes of the file.
    Bytes(Bytes),
    /// A large file, of which nothing was kept: it is copied from where it lies.
    Large(LargeFile),
    /// A file beyond the limit of its size; nothing of it was kept.
    TooLarge {
        /// The size on disk, in bytes.
        bytes: u64,
    },
    /// A link whose target lies outside the project's root.
    OutsideRoot,
    /// A link to something within the root that must not be published.
    PrivateTarget {
        /// What it leads to, as a phrase.
        what: &'static str,
    },
    /// A link to nothing, a file or a folder that may not be read, a pipe or a device.
    Unreadable {
        /// The system's reason.
        reason: String,
    },
    /// An entry whose name is not UTF-8; `path` holds it with the odd bytes replaced.
    UnreadableName,
}

/// A file that is too large to be kept in memory. Two are equal if they have the same path and content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LargeFile {
    /// Where it lies: an absolute path without links.
    pub path: PathBuf,
    /// How many bytes it has.
    pub length: u64,
    /// The hash of its content, by XXH3 with 128 bits.
    pub hash: u128,
}

/// One folder with what is in it, by name.
///
/// Folders are compared by identity too: a changed file replaces the folders above it and no other.
#[derive(Debug, Default)]
pub struct Folder {
    /// Path from the project's root; empty for the root itself.
    pub path: String,
    /// The folders in it, by name.
    pub folders: BTreeMap<String, Arc<Folder>>,
    /// The files in it, by name.
    pub files: BTreeMap<String, Arc<SourceFile>>,
    /// The names of files that are not read and may be the head of an incident: `incident.yaml.orig`.
    pub set_aside: BTreeSet<String>,
}

/// A file's name without what somebody or some program adds to set the file aside: `incident.yaml` of
/// `_incident.yaml`, `incident.yaml.orig`, `incident.yaml~`.
pub fn without_marks(name: &str) -> &str {
    let ends = ["~", ".tmp", ".orig", ".bak", "#", "___jb_tmp___", "___jb_old___"];
    let name = name.trim_start_matches(['.', '_', '#']);
    ends.iter().find_map(|it| name.strip_suffix(it)).unwrap_or(name)
}

impl Content {
    /// What was read.
    pub fn of(bytes: impl Into<Bytes>) -> Self {
        Content::Bytes(bytes.into())
    }

    fn read(&self) -> Option<&Bytes> {
        match self {
            Content::Bytes(bytes) => Some(bytes),
            Content::Large(_)
            | Content::TooLarge { .. }
            | Content::OutsideRoot
            | Content::PrivateTarget { .. }
            | Content::Unreadable { .. }
            | Content::UnreadableName => None,
        }
    }
}

impl SourceFile {
    /// The last part of the path.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// How many bytes the file has, as far as it could be read.
    pub fn length(&self) -> u64 {
        match &self.content {
            Content::Large(file) => file.length,
            _ => self.bytes().len() as u64,
        }
    }

    /// The bytes, or none of them where the file could not be read or is a large one.
    pub fn bytes(&self) -> &[u8] {
        self.content.read().map_or(&[], AsRef::as_ref)
    }

    /// The same bytes for somebody who keeps them, without a copy.
    pub fn shared(&self) -> Bytes {
        self.content.read().cloned().unwrap_or_default()
    }
}

impl Folder {
    /// The last part of the path.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The folder at `path` below this one, names separated by `/`.
    pub fn folder(&self, path: &str) -> Option<&Folder> {
        path.split('/').try_fold(self, |folder, name| folder.folders.get(name).map(Arc::as_ref))
    }

    /// The file at `path` below this folder, names separated by `/`.
    pub fn file(&self, path: &str) -> Option<&Arc<SourceFile>> {
        match path.rsplit_once('/') {
            None => self.files.get(path),
            Some((folder, name)) => self.folder(folder)?.files.get(name),
        }
    }
}
