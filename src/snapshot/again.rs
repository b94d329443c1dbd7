//! A project that is read again and again: only where something may have changed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{FOLDERS, Pace, Reader, kept, read_with, reader};
use crate::source::Folder;

/// Where to look again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// At everything.
    Everywhere,
    /// At these paths from the root, with `/` between names; at all that lies below one that is a folder.
    At(BTreeSet<String>),
}

/// A project's snapshots, one after the other.
#[derive(Debug)]
pub struct Snapshots {
    root: PathBuf,
    last: Option<Arc<Folder>>,
    /// Whether a link was followed: what lies behind one may have changed under another path.
    has_links: bool,
}

impl Snapshots {
    /// Those of the project below `root`; nothing is read before the first look.
    pub fn new(root: &Path) -> Self {
        Snapshots { root: root.to_owned(), last: None, has_links: false }
    }

    /// The project as it is now, of which only what `look` names is read again. What may be wrong in any
    /// other way is read whole.
    ///
    /// # Errors
    /// If the root is not a folder that can be listed.
    pub fn look(&mut self, look: &Look) -> anyhow::Result<Arc<Folder>> {
        let found = match (look, &self.last) {
            (Look::At(paths), Some(last)) if !self.has_links && paths.iter().all(|it| is_within(it)) => {
                self.look_at(last, &Touched::of(paths))?
            }
            _ => None,
        };
        let found = match found {
            Some(found) => found,
            None => {
                let mut reader = reader(&self.root)?;
                let found = read_with(&mut reader, self.last.as_ref());
                self.has_links = *reader.has_links.get_mut();
                found
            }
        };
        self.last = Some(Arc::clone(&found));
        Ok(found)
    }

    /// The project, of which only what was touched is read again; none where that was a link, through which something
    /// else may have been written.
    fn look_at(&self, last: &Arc<Folder>, touched: &Touched<'_>) -> anyhow::Result<Option<Arc<Folder>>> {
        let mut reader = reader(&self.root)?;
        // To wake other threads takes longer than to read a file or two.
        reader.pace = Pace::OneByOne;
        let found = reader.folder_again(&reader.root, last, touched);
        Ok((!*reader.has_links.get_mut()).then_some(found))
    }
}

/// Whether a path lies within one of the folders that are read. What stands beside them tells whether the
/// project is well laid out, which is seen as a whole.
fn is_within(path: &str) -> bool {
    path.split_once('/').is_some_and(|(folder, _)| FOLDERS.contains(&folder))
}

/// Names below a folder, with what was touched below each.
#[derive(Debug, Default)]
struct Touched<'a> {
    /// Whether it was touched itself.
    whole: bool,
    names: BTreeMap<&'a str, Touched<'a>>,
}

impl<'a> Touched<'a> {
    fn of(paths: &'a BTreeSet<String>) -> Self {
        let mut root = Touched::default();
        for path in paths {
            let last = path.split('/').fold(&mut root, |it, name| it.names.entry(name).or_default());
            last.whole = true;
        }
        root
    }
}

impl Reader {
    /// The folder on disk at `dir`, which was `before`, where only what was touched is read again.
    fn folder_again(&self, dir: &Path, before: &Arc<Folder>, touched: &Touched<'_>) -> Arc<Folder> {
        let mut found = Folder {
            path: before.path.clone(),
            folders: before.folders.clone(),
            files: before.files.clone(),
            set_aside: before.set_aside.clone(),
        };
        for (name, below) in &touched.names {
            let folder = found.folders.remove(*name);
            found.files.remove(*name);
            found.set_aside.remove(*name);
            let on_disk = dir.join(name);
            let is_folder = fs::symlink_metadata(&on_disk).is_ok_and(|it| it.is_dir());
            match folder.filter(|_| !below.whole && is_folder) {
                Some(folder) => {
                    let again = self.folder_again(&on_disk, &folder, below);
                    found.folders.insert((*name).to_owned(), again);
                }
                None => self.add_entry(&on_disk, Some(before), &mut found),
            }
        }
        kept(found, Some(before))
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;
    use crate::source::Content;

    fn project(files: &[&str]) -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        files.iter().for_each(|it| write(root.path(), it));
        root
    }

    fn write(root: &Path, path: &str) {
        let file = root.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        // Longer each time, so that it is never what was there before.
        let before = fs::read_to_string(&file).unwrap_or_default();
        fs::write(file, format!("{before}{path}\n")).unwrap();
    }

    fn at(paths: &[&str]) -> Look {
        Look::At(paths.iter().map(|it| (*it).to_owned()).collect())
    }

    /// The paths of all files below a folder, with what is in them.
    fn all(folder: &Folder) -> Vec<(String, &Content)> {
        let files = folder.files.values().map(|it| (it.path.clone(), &it.content));
        files.chain(folder.folders.values().flat_map(|it| all(it))).collect()
    }

    fn all_set_aside(folder: &Folder) -> Vec<String> {
        let names = folder.set_aside.iter().map(|it| format!("{}/{it}", folder.path));
        names.chain(folder.folders.values().flat_map(|it| all_set_aside(it))).collect()
    }

    /// After `change`, a look at `paths` finds what a look at everything finds, and keeps what `stays`.
    #[track_caller]
    fn check(files: &[&str], change: impl Fn(&Path), paths: &[&str], stays: &str) {
        let root = project(files);
        let mut snapshots = Snapshots::new(root.path());
        let first = snapshots.look(&Look::Everywhere).unwrap();
        change(root.path());
        let second = snapshots.look(&at(paths)).unwrap();
        let whole = read(root.path(), None).unwrap();
        assert_eq!(all(&second), all(&whole));
        assert_eq!(all_set_aside(&second), all_set_aside(&whole));
        assert!(Arc::ptr_eq(&first.folders[stays], &second.folders[stays]), "{stays} was read again");
    }

    const FILES: [&str; 4] =
        ["site/site.yaml", "incidents/a/incident.yaml", "incidents/a/updates/1.md", "incidents/b.md"];

    #[test]
    fn a_saved_new_or_removed_file_is_seen() {
        check(&FILES, |root| write(root, "incidents/b.md"), &["incidents/b.md"], "site");
        check(&FILES, |root| write(root, "incidents/a/updates/2.md"), &["incidents/a/updates/2.md"], "site");
        let remove = |root: &Path| fs::remove_file(root.join("incidents/a/updates/1.md")).unwrap();
        check(&FILES, remove, &["incidents/a/updates/1.md"], "site");
    }

    #[test]
    fn a_folder_is_seen_with_all_that_is_in_it() {
        let come = |root: &Path| {
            write(root, "incidents/c/incident.yaml");
            write(root, "incidents/c/updates/1.md");
        };
        check(&FILES, come, &["incidents/c"], "site");
        let remove = |root: &Path| fs::remove_dir_all(root.join("incidents/a")).unwrap();
        check(&FILES, remove, &["incidents/a", "incidents/a/updates/1.md"], "site");
        let rename = |root: &Path| fs::rename(root.join("incidents/a"), root.join("incidents/z")).unwrap();
        check(&FILES, rename, &["incidents/a", "incidents/z"], "site");
    }

    #[test]
    fn a_head_that_is_set_aside_and_comes_back_is_seen() {
        let head = "incidents/a/incident.yaml";
        let aside = |root: &Path| fs::rename(root.join(head), root.join(format!("{head}~"))).unwrap();
        check(&FILES, aside, &[head, "incidents/a/incident.yaml~"], "site");
        let files = ["site/site.yaml", "incidents/a/_incident.yaml"];
        let back = |root: &Path| fs::rename(root.join(files[1]), root.join(head)).unwrap();
        check(&files, back, &[files[1], head], "site");
    }

    #[test]
    fn a_path_below_what_has_become_a_file_or_gone_is_seen() {
        let turn = |root: &Path| {
            fs::remove_dir_all(root.join("incidents/a")).unwrap();
            write(root, "incidents/a");
        };
        check(&FILES, turn, &["incidents/a/updates/1.md"], "site");
        let gone = |root: &Path| fs::remove_dir_all(root.join("incidents/a")).unwrap();
        check(&FILES, gone, &["incidents/a/updates/1.md"], "site");
    }

    #[test]
    fn a_link_to_nothing_is_seen() {
        let link =
            |root: &Path| std::os::unix::fs::symlink("none.md", root.join("incidents/link.md")).unwrap();
        check(&FILES, link, &["incidents/link.md"], "site");
    }

    #[test]
    fn what_did_not_change_keeps_its_identity() {
        let root = project(&FILES);
        let mut snapshots = Snapshots::new(root.path());
        let first = snapshots.look(&Look::Everywhere).unwrap();
        assert!(Arc::ptr_eq(&first, &snapshots.look(&at(&["incidents/b.md"])).unwrap()));
    }

    #[test]
    fn a_folder_of_the_root_that_goes_and_comes_is_seen() {
        let root = project(&FILES);
        let mut snapshots = Snapshots::new(root.path());
        snapshots.look(&Look::Everywhere).unwrap();
        fs::rename(root.path().join("incidents"), root.path().join("aside")).unwrap();
        assert!(!snapshots.look(&at(&["incidents"])).unwrap().folders.contains_key("incidents"));
        fs::rename(root.path().join("aside"), root.path().join("incidents")).unwrap();
        assert!(snapshots.look(&at(&["incidents"])).unwrap().folders.contains_key("incidents"));
    }

    #[test]
    fn what_was_written_through_a_link_is_seen_behind_it() {
        let write_through = |root: &Path| {
            std::os::unix::fs::symlink("b.md", root.join("incidents/link.md")).unwrap();
            fs::write(root.join("incidents/link.md"), "through the link").unwrap();
        };
        check(&FILES, write_through, &["incidents/link.md"], "site");
    }

    #[test]
    fn what_changes_behind_a_link_is_seen() {
        let root = project(&FILES);
        std::os::unix::fs::symlink("b.md", root.path().join("incidents/link.md")).unwrap();
        let mut snapshots = Snapshots::new(root.path());
        snapshots.look(&Look::Everywhere).unwrap();
        write(root.path(), "incidents/b.md");
        let second = snapshots.look(&at(&["incidents/b.md"])).unwrap();
        let content = |path: &str| second.file(path).unwrap().bytes().to_vec();
        assert_eq!(content("incidents/link.md"), content("incidents/b.md"));
    }
}
