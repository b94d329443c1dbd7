//! The writer is stopped at each of its operations: each file is whole, and the next run repairs.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::disk::Disk;
use super::{Body, FileCopy, Folder, Part, Tree};

const OLD: &[(&str, &str)] =
    &[("index.html", "old index"), ("a/one.html", "old one"), ("a/two.html", "two"), ("gone/x.html", "x")];
const NEW: &[(&str, &str)] =
    &[("index.html", "new index"), ("a/one.html", "new one"), ("a/two.html", "two"), ("gone", "a file")];

fn tree(files: &[(&str, &str)]) -> Tree {
    Tree::from(files)
}

/// Every file that a reader could be served: the names with a dot in front are ours.
fn pages(folder: &Path) -> BTreeMap<String, String> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_entry(|it| it.file_name() != ".allclear.copies")
        .filter_map(Result::ok)
        .filter(|it| it.file_type().is_file() && !it.file_name().to_string_lossy().starts_with('.'))
        .map(|it| {
            let path = it.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned();
            (path, fs::read_to_string(it.path()).unwrap())
        })
        .collect()
}

fn expected(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

/// Writes `tree` and crashes after `operations`; says whether it was done before that.
fn crashes(folder: &Path, tree: &Tree, operations: usize) -> bool {
    let mut folder = Folder::new(folder);
    folder.crash_after(operations);
    folder.write(tree).is_err()
}

#[test]
fn a_crash_while_updating_leaves_whole_pages_and_the_next_run_repairs() {
    let mut operations = 0;
    loop {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("public");
        Folder::new(&out).write(&tree(OLD)).unwrap();
        let crashed = crashes(&out, &tree(NEW), operations);
        for (path, text) in pages(&out) {
            let whole = OLD.iter().chain(NEW).any(|it| *it == (path.as_str(), text.as_str()));
            assert!(whole, "after {operations} operations {path} holds {text:?}");
        }
        assert!(pages(&out).contains_key("index.html"), "the index is gone after {operations} operations");
        Folder::new(&out).write(&tree(NEW)).unwrap();
        assert_eq!(pages(&out), expected(NEW), "after {operations} operations and a repair");
        if !crashed {
            break;
        }
        operations += 1;
    }
    assert!(10 < operations, "only {operations} operations were crashed");
}

#[test]
fn a_crash_while_a_large_file_is_copied_leaves_the_old_one_or_the_new_one() {
    for operations in 0.. {
        let dir = tempfile::tempdir().unwrap();
        let (source, out) = (dir.path().join("source"), dir.path().join("public"));
        let tree = |page: &str, content: &str| {
            fs::write(&source, content).unwrap();
            let (length, hash) = (content.len() as u64, xxhash_rust::xxh3::xxh3_128(content.as_bytes()));
            let copy = Body::Copy(Arc::new(FileCopy { path: source.clone(), length, hash }));
            let files = vec![("assets/a".into(), copy), ("index.html".into(), page.to_owned().into())];
            Tree::of(vec![Arc::new(Part::of(files))])
        };
        Folder::new(&out).write(&tree("old", "old file")).unwrap();
        let new = tree("new", "new file");
        let crashed = crashes(&out, &new, operations);
        let found = pages(&out);
        let whole = ["old file", "new file"].contains(&found["assets/a"].as_str());
        assert!(whole && found.contains_key("index.html"), "after {operations} operations: {found:?}");
        Folder::new(&out).write(&new).unwrap();
        let expected_files = expected(&[("assets/a", "new file"), ("index.html", "new")]);
        assert_eq!(pages(&out), expected_files, "after {operations} operations and a repair");
        assert!(!out.join(".allclear.copies").exists());
        if !crashed {
            assert!(5 < operations, "only {operations} operations were crashed");
            return;
        }
    }
}

#[test]
fn a_crash_while_creating_leaves_nothing_or_all() {
    let mut operations = 0;
    loop {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("public");
        let crashed = crashes(&out, &tree(NEW), operations);
        if out.exists() {
            assert_eq!(pages(&out), expected(NEW), "after {operations} operations");
        }
        Folder::new(&out).write(&tree(OLD)).unwrap();
        assert_eq!(pages(&out), expected(OLD));
        let beside = fs::read_dir(dir.path()).unwrap().count();
        assert_eq!(beside, 1, "a draft was left beside the folder after {operations} operations");
        if !crashed {
            break;
        }
        operations += 1;
    }
    assert!(5 < operations, "only {operations} operations were crashed");
}

#[test]
fn a_folder_that_could_not_be_created_is_created_by_a_retry() {
    retry_each_failure(|_| (), NEW);
}

#[test]
fn a_retry_of_the_site_from_before_a_failed_update_repairs() {
    let write_old = |folder: &mut Folder| {
        folder.write(&tree(OLD)).unwrap();
    };
    retry_each_failure(write_old, OLD);
}

/// After `prepare`, lets a write of the new site fail at each of its operations in turn: `retried` is then
/// written by the same process, and is what readers get.
#[track_caller]
fn retry_each_failure(prepare: fn(&mut Folder), retried: &[(&str, &str)]) {
    for operations in 0.. {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("public");
        let mut folder = Folder::new(&out);
        prepare(&mut folder);
        folder.crash_after(operations);
        let failed = folder.write(&tree(NEW)).is_err();
        folder.use_disk(Disk::default());
        folder.write(&tree(retried)).unwrap_or_else(|err| panic!("after {operations} operations: {err:#}"));
        assert_eq!(pages(&out), expected(retried), "after {operations} operations and a retry");
        if !failed {
            assert!(5 < operations, "only {operations} operations failed");
            return;
        }
    }
}

impl Folder {
    fn crash_after(&mut self, operations: usize) {
        self.use_disk(Disk { operations_left: Some(operations), ..Disk::default() });
    }
}
