//! The finished site: each output's path and bytes.

use std::collections::BTreeMap;
use std::sync::Arc;

/// The whole site, complete before anything of it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    files: BTreeMap<String, Arc<[u8]>>,
}

impl Tree {
    /// Adds a file under a relative path with `/` between its names. Two files of one path are a bug.
    pub fn put(&mut self, path: impl Into<String>, bytes: Arc<[u8]>) {
        let path = path.into();
        debug_assert!(is_inside(&path), "an output path leaves the output: {path}");
        let before = self.files.insert(path, bytes);
        debug_assert!(before.is_none(), "two outputs share a path");
    }

    /// The bytes at `path`.
    pub fn get(&self, path: &str) -> Option<&Arc<[u8]>> {
        self.files.get(path)
    }

    /// All files, in order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Arc<[u8]>)> {
        self.files.iter().map(|(path, bytes)| (path.as_str(), bytes))
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The sum of the files' sizes, in bytes.
    pub fn bytes(&self) -> u64 {
        self.files.values().map(|it| it.len() as u64).sum()
    }
}

/// Whether a path stays below the folder it is relative to.
pub(super) fn is_inside(path: &str) -> bool {
    !path.is_empty() && !path.contains('\\') && path.split('/').all(|name| !matches!(name, "" | "." | ".."))
}
