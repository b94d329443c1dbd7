//! What goes missing or cannot be read while it is watched does not turn the page green.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;

use crate::faults::{bound_by_permissions, permit};
use crate::preview::{DURING, Preview};

const STILL: [&str; 4] = ["--at", DURING, "--speed", "0"];
const OUTAGE: &str = "incidents/2020-07-10-login-cascade";

/// Whether a page tells of the outage.
fn tells(page: &[u8]) -> bool {
    String::from_utf8_lossy(page).contains("2020-07-10-login-cascade.html")
}

/// While what `lose` does lasts, the page that is served is the one from before; when it is undone, all is well.
#[track_caller]
fn check(lose: impl Fn(&Path), mend: impl Fn(&Path), says: &str) {
    let preview = Preview::started_by(bound_by_permissions(), &STILL);
    let before = preview.get("");
    assert!(tells(&before.1));
    lose(preview.root.path());
    preview.complains(says);
    assert!(preview.get("") == before, "the page is another");
    mend(preview.root.path());
    preview.complains("all errors fixed");
    preview.settles();
    assert!(tells(&preview.get("").1));
}

#[test]
fn the_last_good_page_stays_while_the_folder_of_the_incidents_is_gone() {
    let away = |root: &Path| fs::rename(root.join("incidents"), root.join("elsewhere")).unwrap();
    let back = |root: &Path| fs::rename(root.join("elsewhere"), root.join("incidents")).unwrap();
    check(away, back, "no-incidents");
    let link = |root: &Path| {
        away(root);
        symlink("nowhere", root.join("incidents")).unwrap();
    };
    let unlink = |root: &Path| {
        fs::remove_file(root.join("incidents")).unwrap();
        back(root);
    };
    check(link, unlink, "the link leads to nothing");
}

#[test]
fn the_last_good_page_stays_while_folders_may_not_be_read() {
    for path in ["incidents", OUTAGE, &format!("{OUTAGE}/updates")] {
        let forbid = |root: &Path| permit(&root.join(path), 0o000);
        check(forbid, |root| permit(&root.join(path), 0o755), "no permission to read it");
    }
}

#[test]
fn an_incident_whose_file_gets_a_name_that_is_none_stays() {
    let (from, to) = (OUTAGE.to_owned(), "incidents/2020-07-10 login-cascade".to_owned());
    let away = |root: &Path| fs::rename(root.join(&from), root.join(&to)).unwrap();
    check(away, |root| fs::rename(root.join(&to), root.join(&from)).unwrap(), "cannot be the id");
}

#[test]
fn a_site_without_an_open_incident_is_not_written_until_it_is_back() {
    let out = tempfile::tempdir().unwrap();
    let preview = Preview::with(&[&STILL[..], &["--out", out.path().to_str().unwrap()]].concat());
    preview.is_written_to(out.path());
    let before = fs::read(out.path().join("index.html")).unwrap();
    fs::rename(preview.path(OUTAGE), preview.path("elsewhere")).unwrap();
    preview.complains("1 incident that the page shows is gone");
    assert_eq!(fs::read(out.path().join("index.html")).unwrap(), before);
    fs::rename(preview.path("elsewhere"), preview.path(OUTAGE)).unwrap();
    preview.complains("the site is written again");
    preview.is_written_to(out.path());
}

#[test]
fn to_watch_does_not_begin_where_an_open_incident_is_gone() {
    let out = tempfile::tempdir().unwrap();
    let arguments = [&STILL[..], &["--out", out.path().to_str().unwrap()]].concat();
    let preview = Preview::with(&arguments);
    preview.is_written_to(out.path());
    let project = preview.stopped();
    fs::remove_dir_all(project.path().join(OUTAGE)).unwrap();
    let mut watch = Command::new(env!("CARGO_BIN_EXE_allclear"));
    watch.args(["watch", "--port", "0", "--root"]).arg(project.path()).args(&arguments);
    let output = watch.output().unwrap();
    assert_eq!(output.status.code(), Some(3), "{output:?}");
    assert!(tells(&fs::read(out.path().join("index.html")).unwrap()));
    let preview = Preview::watching(project, &[], &[&arguments[..], &["--allow-removal"]].concat());
    preview.is_written_to(out.path());
}
