//! Projects that nobody writes by accident, made on the spot because git would not carry them.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![cfg(unix)]

use std::ffi::OsStr;
use std::fs::{self, File};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::Path;

use allclear::diag::Diagnostic;
use allclear::load::{self, Memory};
use allclear::snapshot;

const SITE: &str = "\
title: Example
url: https://status.example.com
since: 2018-01-01
components: [{id: login, name: Login}]
";

/// What is said of a project in which `make` has put something, as `code path`.
#[track_caller]
fn check(make: impl FnOnce(&Path), expected: &[&str]) {
    let root = tempfile::tempdir().unwrap();
    put(root.path(), "site/site.yaml", SITE);
    make(root.path());
    let folder = snapshot::read(root.path(), None).unwrap();
    let loaded = load::project(&folder, &mut Memory::default());
    let path = |it: &Diagnostic| it.place.as_ref().map_or(String::new(), |it| format!(" {}", it.file.path));
    let said: Vec<String> =
        loaded.diagnostics.iter().map(|it| format!("{}{}", it.code.name(), path(it))).collect();
    assert_eq!(said, expected);
}

fn put(root: &Path, path: &str, bytes: impl AsRef<[u8]>) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_line_of_100_megabytes_is_not_read() {
    check(
        |root| {
            put(root, "incidents/a.yaml", "");
            File::create(root.join("incidents/a.yaml")).unwrap().set_len(100 << 20).unwrap();
        },
        &["too-large incidents/a.yaml"],
    );
}

#[test]
fn a_line_of_a_megabyte_is_read() {
    let line = "x".repeat((1 << 20) - 40);
    check(|root| put(root, "incidents/a.yaml", format!("title: {line}\ndraft: true\n")), &[]);
    check(|root| put(root, "incidents/a.md", format!("---\ntitle: T\ndraft: true\n---\n{line}")), &[]);
}

#[test]
fn nesting_is_refused_before_it_costs_anything() {
    for deep in ["[".repeat(10_000), "{a: ".repeat(10_000), "- ".repeat(10_000), "[".repeat(1_000_000)] {
        check(|root| put(root, "incidents/a.yaml", &deep), &["too-deep incidents/a.yaml"]);
    }
    let deep = |it: &str| format!("---\ntitle: T\ndraft: true\n---\n{}", it.repeat(10_000));
    for markdown in ["> ", "- ", "[", "*", "`", "![", "<"] {
        check(|root| put(root, "incidents/a.md", deep(markdown)), &[]);
    }
}

#[test]
fn links_out_of_the_root_are_refused() {
    let outside = tempfile::tempdir().unwrap();
    put(outside.path(), "secret/a.md", "secret");
    check(
        |root| {
            put(root, "incidents/b.yaml", "title: T\ndraft: true\n");
            symlink(outside.path().join("secret/a.md"), root.join("incidents/a.md")).unwrap();
            symlink(outside.path().join("secret"), root.join("incidents/folder")).unwrap();
            symlink("/etc/hostname", root.join("site/assets")).unwrap();
        },
        &["outside-root incidents/a.md", "outside-root incidents/folder", "outside-root site/assets"],
    );
}

#[test]
fn links_in_a_circle_and_pipes_are_told() {
    check(
        |root| {
            put(root, "incidents/b.yaml", "title: T\ndraft: true\n");
            symlink("a.md", root.join("incidents/a.md")).unwrap();
            symlink("..", root.join("incidents/up")).unwrap();
            let made = std::process::Command::new("mkfifo").arg(root.join("incidents/pipe.yaml")).status();
            assert!(made.is_ok_and(|it| it.success()), "mkfifo makes a pipe");
        },
        &["unreadable incidents/a.md", "unreadable incidents/pipe.yaml", "unreadable incidents/up"],
    );
}

#[test]
fn a_name_that_is_no_text_is_told() {
    check(
        |root| {
            put(root, "incidents/b.yaml", "title: T\ndraft: true\n");
            fs::write(
                root.join("incidents").join(OsStr::from_bytes(b"caf\xe9.yaml")),
                "title: T\ndraft: true\n",
            )
            .unwrap();
        },
        &["invalid-name incidents/caf\u{fffd}.yaml"],
    );
}

#[test]
fn a_name_in_two_unicode_forms_is_one_name() {
    check(
        |root| {
            put(root, "incidents/caf\u{e9}.yaml", "title: T\ndraft: true\n");
            put(root, "incidents/cafe\u{301}/incident.yaml", "title: T\ndraft: true\n");
        },
        &["duplicate-id incidents/caf\u{e9}.yaml"],
    );
}

#[test]
fn a_folder_named_like_a_file_is_told() {
    check(
        |root| put(root, "incidents/a.yaml/b.md", "---\ntitle: T\ndraft: true\n---\n"),
        &["invalid-name incidents/a.yaml"],
    );
    check(
        |root| {
            fs::remove_file(root.join("site/site.yaml")).unwrap();
            put(root, "site/site.yaml/x.yaml", "x");
        },
        &["no-site", "stray-file site/site.yaml/x.yaml"],
    );
    check(
        |root| {
            put(root, "incidents/a/incident.yaml/x", "x");
            put(root, "incidents/a/updates/20200710T1000Z.md/x", "x");
        },
        &[
            "invalid-name incidents/a/incident.yaml",
            "stray-file incidents/a/incident.yaml/x",
            "invalid-name incidents/a/updates/20200710T1000Z.md/x",
        ],
    );
}

#[test]
fn a_file_in_the_place_of_a_folder_is_told() {
    check(
        |root| {
            put(root, "incidents", "x");
            put(root, "site/pages", "x");
        },
        &["no-incidents incidents", "stray-file site/pages"],
    );
}

#[test]
fn folders_without_end_are_cut_off() {
    check(
        |root| put(root, &format!("incidents/{}/a.yaml", vec!["d"; 80].join("/")), "title: T\ndraft: true\n"),
        &[&format!("unreadable incidents/{}", vec!["d"; 64].join("/"))],
    );
}

#[test]
fn bytes_that_are_no_text_are_told_wherever_they_stand() {
    for bytes in [&b"title: \xff\n"[..], b"title: T\0\n", b"\xff\xfet\0i\0"] {
        check(|root| put(root, "incidents/a.yaml", bytes), &["not-text incidents/a.yaml"]);
    }
    check(
        |root| put(root, "incidents/a/reports.csv", b"at\0"),
        &[
            "never-shown incidents/a/reports.csv",
            "missing-head incidents/a/reports.csv",
            "not-text incidents/a/reports.csv",
        ],
    );
}
