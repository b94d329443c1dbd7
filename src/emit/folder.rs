//! A folder that a site is written into.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use anyhow::{Context, Result, bail};

use super::claim::{COPIES, DRAFT, Found, lock, look};
use super::disk::Disk;
use super::manifest::{self, Manifest};
use super::{Body, ShownIncidents, Tree};

/// A folder that this process alone writes sites into.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    disk: Disk,
    /// Held from the first write on; the system lets go of it when the process ends.
    lock: Option<File>,
    /// What was written last and is known to be there, with the incidents that it shows.
    written: Tree,
}

/// What a write did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that were not there before.
    pub added: usize,
    /// Files that have other bytes than before.
    pub changed: usize,
    /// Files that were left alone.
    pub unchanged: usize,
    /// Files that are no longer part of the site.
    pub removed: usize,
}

impl Folder {
    /// The folder at `path`, which may not exist yet. Nothing is touched before the first write.
    pub fn new(path: &Path) -> Self {
        Folder { path: path.to_owned(), disk: Disk::default(), lock: None, written: Tree::default() }
    }

    /// Counts the files into `done` as they are written or found to be as they should, for somebody who wants to see how far it is.
    pub fn count_into(&mut self, done: Arc<AtomicU64>) {
        self.disk.done = done;
    }

    /// The incidents that the site which was written here before shows; none where that is not known: there is none,
    /// or a version wrote it that listed none.
    ///
    /// # Errors
    /// The folder holds what we did not write.
    pub fn shown(&self) -> Result<Option<ShownIncidents>> {
        if let Some(shown) = self.written.shown() {
            return Ok(Some(shown.clone()));
        }
        match look(&self.path)? {
            Found::Ours(manifest) => Ok(manifest.shown),
            Found::Nothing | Found::Empty => Ok(None),
        }
    }

    /// Whether the file at `path` of the site that was written here before holds `text`.
    ///
    /// # Errors
    /// The file is there and cannot be read.
    pub fn holds(&self, path: &str, text: &str) -> Result<bool> {
        let file = self.path.join(path);
        match fs::read(&file) {
            Ok(bytes) => Ok(String::from_utf8_lossy(&bytes).contains(text)),
            Err(err) if err.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(err) => Err(err).with_context(|| format!("cannot read {}", file.display())),
        }
    }

    /// Makes the folder hold `tree`.
    ///
    /// # Errors
    /// The folder holds what we did not write and would have to empty or overwrite; another process writes into it;
    /// the disk failed, in which case each file is whole all the same and the next write repairs.
    pub fn write(&mut self, tree: &Tree) -> Result<Written> {
        match look(&self.path)? {
            Found::Ours(before) => self.update(tree, &before),
            Found::Nothing => self.create(tree),
            Found::Empty if self.disk.remove_empty_folder(&self.path)? => self.create(tree),
            // A mount point, or a link to a folder: it cannot be renamed over.
            Found::Empty => self.update(tree, &Manifest::default()),
        }
    }

    #[cfg(test)]
    pub(super) fn use_disk(&mut self, disk: Disk) {
        self.disk = disk;
    }

    fn create(&mut self, tree: &Tree) -> Result<Written> {
        let draft = draft_folder(&self.path)?;
        if draft.is_dir() {
            let _left_by_a_crash = lock(&draft, &self.path)?;
            self.disk.remove_draft_folder(&draft)?;
        }
        self.disk.create_folder(&draft)?;
        // Kept only once all is there: a retry after a failure locks this draft again.
        let lock = lock(&draft, &self.path)?;
        let mut made = draft.clone();
        for (path, body) in tree.iter() {
            let target = draft.join(path);
            if parent(&target) != made {
                parent(&target).clone_into(&mut made);
                self.disk.create_folder(&made)?;
            }
            match body {
                Body::Bytes(bytes) => self.disk.write(&target, bytes)?,
                Body::Copy(file) => self.disk.copy(file, &target)?,
            }
        }
        self.disk.write(&draft.join(manifest::NAME), &list(tree))?;
        self.disk.rename(&draft, &self.path)?;
        self.lock = Some(lock);
        self.written = tree.clone();
        Ok(Written { added: tree.len(), ..Written::default() })
    }

    fn update(&mut self, tree: &Tree, before: &Manifest) -> Result<Written> {
        let Manifest { paths: listed, shown } = before;
        if self.lock.is_none() {
            self.lock = Some(lock(&self.path, &self.path)?);
        }
        if self.copies().is_dir() {
            // Left by a crash, or by a copy that failed.
            self.disk.remove_draft_folder(&self.copies())?;
        }
        let mut written = Written::default();
        let differing = self.differing(tree, listed, &mut written)?;
        let paths: BTreeSet<&str> = tree.iter().map(|(path, _)| path).collect();
        let orphans: Vec<&str> = listed.iter().map(String::as_str).filter(|it| !paths.contains(it)).collect();
        if differing.is_empty() && orphans.is_empty() && shown.as_ref() == tree.shown() {
            self.written = tree.clone();
            return Ok(written);
        }
        let copies = match self.copy_aside(tree, &differing) {
            Ok(copies) => copies,
            Err(err) => {
                // What is not removed now is removed by the next write.
                drop(self.disk.remove_draft_folder(&self.copies()));
                return Err(err);
            }
        };
        // Should this fail half way, it is not known what is there, and the next write compares each file.
        self.written = Tree::default();
        self.list_in_advance(&differing, tree.shown(), listed)?;
        let (in_the_way, rest): (Vec<&str>, Vec<&str>) =
            orphans.iter().partition(|orphan| differing.iter().any(|it| nested(it, orphan)));
        self.remove(&in_the_way)?;
        for path in publishing_order(differing) {
            match tree.get(path).expect("what differs is part of the tree") {
                Body::Bytes(bytes) => self.put(path, bytes)?,
                Body::Copy(_) => self.put_copy(path, &copies[path])?,
            }
        }
        if !copies.is_empty() {
            self.disk.remove_draft_folder(&self.copies())?;
        }
        self.remove(&rest)?;
        self.disk.replace(&self.path.join(manifest::NAME), &self.path.join(DRAFT), &list(tree))?;
        written.removed = orphans.len();
        self.written = tree.clone();
        Ok(written)
    }

    /// The paths whose bytes on disk are not those of `tree`, counted into `written`. What stands
    /// there and is neither ours nor the same is somebody's.
    fn differing<'t>(
        &self,
        tree: &'t Tree,
        listed: &BTreeSet<String>,
        written: &mut Written,
    ) -> Result<Vec<&'t str>> {
        let mut differing = Vec::new();
        for change in tree.differences(&self.written) {
            let Some((path, body)) = tree.entry(change.path()) else { continue };
            let target = self.path.join(path);
            match body.is_at(&target) {
                Ok(true) => continue,
                Ok(false) if !listed.contains(path) => {
                    bail!("{} was not written by allclear; move it away", target.display())
                }
                Ok(false) => written.changed += 1,
                Err(_) => written.added += 1,
            }
            differing.push(path);
        }
        written.unchanged = tree.len() - differing.len();
        self.disk.done.fetch_add(written.unchanged as u64, Ordering::Relaxed);
        Ok(differing)
    }

    /// Lists what is about to be written, so that a crash leaves nothing of ours unlisted.
    fn list_in_advance(
        &mut self,
        differing: &[&str],
        shown: Option<&ShownIncidents>,
        listed: &BTreeSet<String>,
    ) -> Result<()> {
        let list = self.path.join(manifest::NAME);
        let unlisted = differing.iter().copied().filter(|it| !listed.contains(*it));
        if list.exists() {
            self.disk.append(&list, &manifest::addition(unlisted, shown))
        } else {
            self.disk.replace(&list, &self.path.join(DRAFT), &manifest::whole(unlisted, shown))
        }
    }

    fn put(&mut self, path: &str, bytes: &[u8]) -> Result<()> {
        let target = self.path.join(path);
        self.disk.create_folder(parent(&target))?;
        self.disk.replace(&target, &self.path.join(DRAFT), bytes)
    }

    /// Copies the large ones among these files, before anything of the site is touched; returns where each lies.
    fn copy_aside<'t>(&mut self, tree: &Tree, paths: &[&'t str]) -> Result<BTreeMap<&'t str, PathBuf>> {
        let mut copies = BTreeMap::new();
        for path in paths {
            if let Some(Body::Copy(file)) = tree.get(path) {
                let copy = self.copies().join(copies.len().to_string());
                self.disk.create_folder(&self.copies())?;
                self.disk.copy(file, &copy)?;
                copies.insert(*path, copy);
            }
        }
        Ok(copies)
    }

    fn put_copy(&mut self, path: &str, copy: &Path) -> Result<()> {
        let target = self.path.join(path);
        self.disk.create_folder(parent(&target))?;
        self.disk.rename(copy, &target)
    }

    fn copies(&self) -> PathBuf {
        self.path.join(COPIES)
    }

    /// Removes files of ours, and the folders that this leaves empty.
    fn remove(&mut self, paths: &[&str]) -> Result<()> {
        for path in paths {
            self.disk.remove_file(&self.path.join(path))?;
            let folders = Path::new(path).ancestors().skip(1).filter(|it| !it.as_os_str().is_empty());
            for folder in folders {
                if !self.disk.remove_empty_folder(&self.path.join(folder))? {
                    break;
                }
            }
        }
        Ok(())
    }
}

fn draft_folder(folder: &Path) -> Result<PathBuf> {
    let name = folder.file_name().with_context(|| format!("{} names no folder", folder.display()))?;
    Ok(folder.with_file_name(format!(".{}.allclear-draft", name.to_string_lossy())))
}

fn parent(path: &Path) -> &Path {
    path.parent().expect("an output lies in a folder")
}

/// Whether one of two paths would have to be a folder for the other to be there.
fn nested(one: &str, other: &str) -> bool {
    Path::new(one).starts_with(other) || Path::new(other).starts_with(one)
}

/// The list of what a folder holds that is this tree.
fn list(tree: &Tree) -> Vec<u8> {
    manifest::whole(tree.iter().map(|it| it.0), tree.shown())
}

/// What other pages lead to comes first: the deepest first, then the root's files, the index after
/// them, and last the document that tells clients to look at the index again.
fn publishing_order(mut paths: Vec<&str>) -> Vec<&str> {
    paths.sort_by_key(|path| {
        let depth = path.matches('/').count();
        (std::cmp::Reverse(depth), *path == "index.html" || *path == "status.json", *path)
    });
    paths
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn tree(files: &[(&str, &str)]) -> Tree {
        Tree::from(files)
    }

    fn read(folder: &Path, path: &str) -> Option<String> {
        fs::read_to_string(folder.join(path)).ok()
    }

    #[test]
    fn a_site_is_created_updated_and_cleaned() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("public");
        let mut folder = Folder::new(&out);
        let first = folder.write(&tree(&[("index.html", "1"), ("a/b.html", "b"), ("c.html", "c")])).unwrap();
        assert_eq!(first, Written { added: 3, ..Written::default() });
        let second = folder.write(&tree(&[("index.html", "2"), ("c.html", "c"), ("d/e", "e")])).unwrap();
        assert_eq!(second, Written { added: 1, changed: 1, unchanged: 1, removed: 1 });
        assert_eq!(read(&out, "index.html").as_deref(), Some("2"));
        assert!(!out.join("a").exists());
    }

    #[test]
    fn what_is_not_ours_stays() {
        let dir = tempfile::tempdir().unwrap();
        Folder::new(dir.path()).write(&tree(&[("a/x", "1")])).unwrap();
        fs::write(dir.path().join("CNAME"), "status.example.com").unwrap();
        fs::write(dir.path().join("a/mine"), "mine").unwrap();
        Folder::new(dir.path()).write(&tree(&[("b", "1")])).unwrap();
        assert!(dir.path().join("CNAME").exists() && dir.path().join("a/mine").exists());
        let err = Folder::new(dir.path()).write(&tree(&[("CNAME", "other")])).unwrap_err();
        assert!(err.to_string().ends_with("was not written by allclear; move it away"), "{err}");
    }

    #[test]
    fn a_folder_that_is_not_ours_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("thesis.txt"), "years of work").unwrap();
        let err = Folder::new(dir.path()).write(&tree(&[("index.html", "1")])).unwrap_err();
        assert!(err.to_string().contains("is not empty and was not made by allclear"), "{err}");
    }

    #[test]
    fn what_is_no_folder_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join("file");
        fs::write(&file, "mine").unwrap();
        let err = Folder::new(&file).write(&tree(&[("index.html", "1")])).unwrap_err();
        assert!(err.to_string().ends_with("file is not a folder; name another one"), "{err}");
    }

    #[test]
    fn a_second_writer_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let mut first = Folder::new(dir.path());
        first.write(&tree(&[("index.html", "1")])).unwrap();
        let err = Folder::new(dir.path()).write(&tree(&[("index.html", "2")])).unwrap_err();
        assert!(err.to_string().starts_with("another allclear is writing"), "{err}");
        assert_eq!(read(dir.path(), "index.html").as_deref(), Some("1"));
    }

    #[test]
    fn a_file_gives_way_to_a_folder_and_back() {
        let dir = tempfile::tempdir().unwrap();
        let mut folder = Folder::new(dir.path());
        folder.write(&tree(&[("a", "file")])).unwrap();
        folder.write(&tree(&[("a/b", "inside")])).unwrap();
        assert_eq!(read(dir.path(), "a/b").as_deref(), Some("inside"));
        folder.write(&tree(&[("a", "file")])).unwrap();
        assert_eq!(read(dir.path(), "a").as_deref(), Some("file"));
    }

    #[test]
    fn the_index_comes_last_but_for_what_points_clients_to_it() {
        let order = publishing_order(vec!["status.json", "index.html", "z.html", "a/b.html"]);
        assert_eq!(order, ["a/b.html", "z.html", "index.html", "status.json"]);
    }
}
