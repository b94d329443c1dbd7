//! What the snapshot believes of the disk, tried on real folders.

use super::*;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;

fn project(files: &[(&str, &str)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    for (path, text) in files {
        write(root.path(), path, text.as_bytes());
    }
    root
}

fn write(root: &Path, path: &str, bytes: &[u8]) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

fn content_of(root: &Path, path: &str) -> String {
    let root = read(root, None).unwrap();
    let file = root.file(path).unwrap_or_else(|| panic!("{path} is not in the snapshot"));
    assert_eq!(file.path, path);
    match &file.content {
        Content::Bytes(bytes) => format!("{} bytes", bytes.len()),
        Content::Large(file) => format!("{} bytes on disk", file.length),
        Content::PrivateTarget { what } => (*what).to_owned(),
        Content::TooLarge { bytes } => format!("too large: {bytes}"),
        Content::OutsideRoot => "outside".to_owned(),
        Content::Unreadable { reason } => reason.clone(),
        Content::UnreadableName => "name".to_owned(),
    }
}

#[test]
fn only_the_folders_of_a_project_are_read() {
    let root = project(&[("site/site.yaml", "a"), ("public/index.html", "b"), ("README.md", "c")]);
    let read = read(root.path(), None).unwrap();
    assert_eq!(read.folders.keys().collect::<Vec<_>>(), ["site"]);
    assert!(read.files.is_empty());
    assert_eq!(read.file("site/site.yaml").unwrap().bytes(), b"a");
}

#[test]
fn a_missing_root_is_an_error_with_its_path() {
    let err = read(Path::new("/nowhere/at/all"), None).unwrap_err();
    assert!(err.to_string().contains("/nowhere/at/all"), "{err}");
}

#[test]
fn what_is_equal_keeps_its_identity_and_a_change_replaces_the_folders_above() {
    let root = project(&[("incidents/a/x.md", "1"), ("incidents/b/y.md", "2"), ("site/site.yaml", "3")]);
    let first = read(root.path(), None).unwrap();
    assert!(Arc::ptr_eq(&first, &read(root.path(), Some(&first)).unwrap()));
    write(root.path(), "incidents/a/x.md", b"changed");
    let second = read(root.path(), Some(&first)).unwrap();
    let same = |path: &str| {
        let (parent, name) = path.rsplit_once('/').unwrap_or(("", path));
        let of = |root: &Arc<Folder>| match parent {
            "" => Arc::clone(&root.folders[name]),
            parent => Arc::clone(&root.folder(parent).unwrap().folders[name]),
        };
        Arc::ptr_eq(&of(&first), &of(&second))
    };
    assert!(same("site") && same("incidents/b"));
    assert!(!same("incidents") && !same("incidents/a"));
}

#[test]
fn a_removed_file_is_gone() {
    let root = project(&[("site/site.yaml", "a"), ("site/pages/b.md", "b")]);
    let first = read(root.path(), None).unwrap();
    fs::remove_file(root.path().join("site/pages/b.md")).unwrap();
    let second = read(root.path(), Some(&first)).unwrap();
    assert!(second.file("site/pages/b.md").is_none());
}

#[test]
fn a_large_document_is_refused_and_a_large_asset_stays_on_disk() {
    let large = "x".repeat(1 << 20);
    let root = project(&[("site/assets/big.bin", &large), ("incidents/fits.md", &large)]);
    write(root.path(), "site/assets/bigger.bin", format!("{large}y").as_bytes());
    write(root.path(), "incidents/large.md", format!("{large}y").as_bytes());
    assert_eq!(content_of(root.path(), "incidents/fits.md"), "1048576 bytes");
    assert_eq!(content_of(root.path(), "incidents/large.md"), "too large: 1048577");
    assert_eq!(content_of(root.path(), "site/assets/bigger.bin"), "1048577 bytes on disk");
}

#[test]
fn a_link_within_the_root_is_followed_and_one_that_leaves_it_is_not() {
    let outside = project(&[("secret.md", "secret"), ("folder/secret.md", "secret")]);
    let root = project(&[("site/site.yaml", "abc"), ("site/assets/logo.svg", "l")]);
    let link = |target: &Path, name: &str| symlink(target, root.path().join("site").join(name)).unwrap();
    link(Path::new("site.yaml"), "copy.yaml");
    link(&outside.path().join("secret.md"), "secret.md");
    link(&outside.path().join("folder"), "folder");
    link(Path::new("nothing"), "nothing.md");
    link(Path::new("loop.md"), "loop.md");
    link(Path::new(".."), "up");
    link(Path::new("assets"), "pictures");
    assert_eq!(content_of(root.path(), "site/copy.yaml"), "3 bytes");
    assert_eq!(content_of(root.path(), "site/secret.md"), "outside");
    assert_eq!(content_of(root.path(), "site/folder"), "outside");
    assert_eq!(content_of(root.path(), "site/nothing.md"), "the link leads to nothing");
    assert!(content_of(root.path(), "site/loop.md").contains("loop"));
    assert_eq!(content_of(root.path(), "site/up"), "the link leads back to a folder that it stands in");
    assert_eq!(content_of(root.path(), "site/pictures/logo.svg"), "1 bytes");
}

#[test]
fn a_link_does_not_publish_what_is_hidden_or_was_written_by_us() {
    let root = project(&[
        (".git/config", "token"),
        (".env", "token"),
        ("docs/.cache/x.txt", "x"),
        ("docs/plan.txt", "x"),
        ("public/.allclear", "allclear 1\n"),
        ("public/assets/old.txt", "x"),
        ("docs/built/.allclear", "allclear 1\n"),
        ("docs/built/index.html", "x"),
        ("site/assets/copy/.allclear", "allclear 1\n"),
        ("site/assets/copy/index.html", "x"),
    ]);
    let hidden = "a hidden file or folder";
    let written = "a site that allclear has written";
    for (target, expected) in [
        ("../../.git", hidden),
        ("../../.git/config", hidden),
        ("../../.env", hidden),
        ("../../docs/.cache/x.txt", hidden),
        ("../../public", written),
        ("../../public/assets", written),
        ("../../public/assets/old.txt", written),
        ("../../docs/built/index.html", written),
        ("../../docs/plan.txt", "1 bytes"),
    ] {
        let link = root.path().join("site/assets/link");
        symlink(target, &link).unwrap();
        assert_eq!(content_of(root.path(), "site/assets/link"), expected, "{target}");
        fs::remove_file(link).unwrap();
    }
    symlink("../../docs", root.path().join("site/assets/docs")).unwrap();
    assert_eq!(content_of(root.path(), "site/assets/docs/plan.txt"), "1 bytes");
    assert_eq!(content_of(root.path(), "site/assets/docs/built"), written);
    let found = read(root.path(), None).unwrap();
    assert!(found.folder("site/assets/docs/.cache").is_none());
    assert_eq!(content_of(root.path(), "site/assets/copy/index.html"), "1 bytes", "no link leads there");
}

#[test]
fn links_that_lead_to_each_other_end() {
    let root = project(&[("site/assets/a/x.txt", "x"), ("site/assets/b/y.txt", "y")]);
    symlink("../b", root.path().join("site/assets/a/b")).unwrap();
    symlink("../a", root.path().join("site/assets/b/a")).unwrap();
    assert_eq!(content_of(root.path(), "site/assets/a/b/y.txt"), "1 bytes");
}

#[test]
fn a_large_file_that_has_not_changed_keeps_its_identity() {
    let root = project(&[("site/assets/a.bin", &"x".repeat(2 << 20))]);
    let first = read(root.path(), None).unwrap();
    assert!(Arc::ptr_eq(&first, &read(root.path(), Some(&first)).unwrap()));
    write(root.path(), "site/assets/a.bin", "y".repeat(2 << 20).as_bytes());
    assert!(!Arc::ptr_eq(&first, &read(root.path(), Some(&first)).unwrap()));
}

#[test]
fn a_theme_s_fonts_stay_on_disk_and_its_texts_have_a_limit() {
    let large = "x".repeat((1 << 20) + 1);
    let root = project(&[("themes/a/assets/f.woff2", &large), ("themes/a/assets/style.css", &large)]);
    write(root.path(), "themes/a/templates/base.html", "x".repeat((16 << 20) + 1).as_bytes());
    assert_eq!(content_of(root.path(), "themes/a/assets/f.woff2"), "1048577 bytes on disk");
    assert_eq!(content_of(root.path(), "themes/a/assets/style.css"), "1048577 bytes");
    assert_eq!(content_of(root.path(), "themes/a/templates/base.html"), "too large: 16777217");
}

#[test]
fn a_link_to_nothing_in_the_place_of_a_folder_is_not_the_same_as_none() {
    let root = project(&[("site/site.yaml", "a")]);
    assert!(read(root.path(), None).unwrap().file("incidents").is_none());
    symlink("nowhere", root.path().join("incidents")).unwrap();
    assert_eq!(content_of(root.path(), "incidents"), "the link leads to nothing");
}

#[test]
fn a_head_that_was_set_aside_is_a_fact_of_its_folder() {
    let root = project(&[("incidents/a/_incident.yaml", "a"), ("incidents/a/_notes.txt", "b")]);
    let read = read(root.path(), None).unwrap();
    let folder = read.folder("incidents/a").unwrap();
    assert_eq!(folder.set_aside.iter().collect::<Vec<_>>(), ["_incident.yaml"]);
    assert!(folder.files.is_empty());
}

#[test]
fn a_name_that_is_not_utf8_is_kept_as_a_fact() {
    let root = project(&[("site/site.yaml", "a")]);
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.md");
    fs::write(root.path().join("site").join(name), "x").unwrap();
    assert_eq!(content_of(root.path(), "site/caf\u{fffd}.md"), "name");
}

#[test]
fn a_pipe_is_not_waited_for() {
    let root = project(&[("site/site.yaml", "a")]);
    let path = root.path().join("site/pipe.md");
    let made = std::process::Command::new("mkfifo").arg(&path).status();
    assert!(made.is_ok_and(|it| it.success()), "mkfifo makes a pipe");
    assert_eq!(content_of(root.path(), "site/pipe.md"), "neither a file nor a folder");
}

#[test]
fn the_order_of_the_disk_does_not_show() {
    let root = project(&[("incidents/b.md", "1"), ("incidents/a.md", "2"), ("incidents/.hidden.md", "3")]);
    let read = read(root.path(), None).unwrap();
    let names: Vec<&String> = read.folders["incidents"].files.keys().collect();
    assert_eq!(names, ["a.md", "b.md"]);
}
