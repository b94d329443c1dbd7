//! Large files: they are copied whole, and one that has changed since it was read leaves the old site as it was.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_128;

use super::{Body, FileCopy, Folder, Output, Part, Tree, Written};

/// A page, and a copy of the file at `source`, which held `content` when it was read.
fn tree(page: &str, source: &Path, content: &[u8]) -> Tree {
    let length = content.len() as u64;
    let copy = FileCopy { path: source.to_owned(), length, hash: xxh3_128(content) };
    let files: Vec<Output> = vec![
        ("index.html".into(), page.to_owned().into()),
        ("assets/a.bin".into(), Body::Copy(Arc::new(copy))),
        ("a/b/c.html".into(), page.to_owned().into()),
    ];
    Tree::of(vec![Arc::new(Part::of(files))])
}

/// Every file of a folder but ours, as path and content.
fn files(folder: &Path) -> Vec<(String, String)> {
    let all = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let all = all.filter(|it| it.file_type().is_file() && !it.file_name().to_str().unwrap().starts_with('.'));
    all.map(|it| {
        let path = it.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
        (path, fs::read_to_string(it.path()).unwrap())
    })
    .collect()
}

#[test]
fn a_large_file_is_copied_compared_and_replaced() {
    let dir = tempfile::tempdir().unwrap();
    let (source, out) = (dir.path().join("source"), dir.path().join("public"));
    fs::write(&source, "first").unwrap();
    let added = Folder::new(&out).write(&tree("1", &source, b"first")).unwrap();
    assert_eq!(added, Written { added: 3, ..Written::default() });
    let unchanged = Folder::new(&out).write(&tree("1", &source, b"first")).unwrap();
    assert_eq!(unchanged, Written { unchanged: 3, ..Written::default() });
    fs::write(&source, "other").unwrap();
    let changed = Folder::new(&out).write(&tree("1", &source, b"other")).unwrap();
    assert_eq!(changed, Written { changed: 1, unchanged: 2, ..Written::default() });
    assert_eq!(files(&out)[1], ("assets/a.bin".to_owned(), "other".to_owned()));
    let left = fs::read_dir(&out).unwrap().filter_map(|it| it.unwrap().file_name().into_string().ok());
    let mut left: Vec<String> = left.filter(|it| it.starts_with('.')).collect();
    left.sort();
    assert_eq!(left, [".allclear", ".allclear.lock"], "no copy is left aside");
}

#[test]
fn a_large_file_that_changed_since_it_was_read_leaves_the_old_site() {
    let dir = tempfile::tempdir().unwrap();
    let (source, out) = (dir.path().join("source"), dir.path().join("public"));
    fs::write(&source, "first").unwrap();
    let mut folder = Folder::new(&out);
    folder.write(&tree("old", &source, b"first")).unwrap();
    let before = files(&out);
    let disturb: [fn(&Path); 4] = [
        |it| fs::write(it, "trick").unwrap(),
        |it| fs::write(it, "longer than it was").unwrap(),
        |it| fs::write(it, "").unwrap(),
        |it| fs::remove_file(it).unwrap(),
    ];
    for disturb in disturb {
        disturb(&source);
        let err = format!("{:#}", folder.write(&tree("new", &source, b"other")).unwrap_err());
        assert!(err.contains("source has changed since it was read") || err.contains("cannot read"), "{err}");
        assert_eq!(files(&out), before);
    }
    fs::write(&source, "other").unwrap();
    folder.write(&tree("new", &source, b"other")).unwrap();
    assert_eq!(files(&out)[1].1, "other");
}

#[test]
fn a_site_is_not_created_with_a_file_that_changed_since_it_was_read() {
    let dir = tempfile::tempdir().unwrap();
    let (source, out) = (dir.path().join("source"), dir.path().join("public"));
    fs::write(&source, "trick").unwrap();
    Folder::new(&out).write(&tree("new", &source, b"first")).unwrap_err();
    assert!(!out.exists());
    Folder::new(&out).write(&tree("new", &source, b"trick")).unwrap();
    assert_eq!(files(&out).len(), 3);
}
