//! Whatever editors, people and git do to the files: what is served afterwards is what a clean build has.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::preview::Preview;

const UPDATE: &str = "incidents/2020-07-10-login-cascade/updates/20200710T1126Z-update-priya.md";
const TEXT: &str = "---\ncomponents: {sign-up: major_outage}\n---\nNow nobody can create an account.\n";

/// After `change`, what is served is what a clean build has.
#[track_caller]
fn check(change: impl Fn(&Path)) {
    let preview = Preview::of_sample();
    change(preview.root.path());
    preview.settles();
}

#[test]
fn vim_moves_the_old_file_away_and_writes_a_new_one() {
    check(|root| {
        let (file, backup) = (root.join(UPDATE), root.join(format!("{UPDATE}~")));
        fs::write(file.with_file_name("4913"), "").unwrap();
        fs::remove_file(file.with_file_name("4913")).unwrap();
        fs::write(file.with_file_name(".20200710T1126Z-update-priya.md.swp"), "swap").unwrap();
        fs::rename(&file, &backup).unwrap();
        fs::write(&file, TEXT).unwrap();
        fs::remove_file(backup).unwrap();
    });
}

#[test]
fn emacs_locks_with_a_link_to_nothing_and_keeps_the_old_file() {
    check(|root| {
        let file = root.join(UPDATE);
        let lock = file.with_file_name(".#20200710T1126Z-update-priya.md");
        std::os::unix::fs::symlink("amara@laptop.1234:5678", &lock).unwrap();
        fs::write(file.with_file_name("#20200710T1126Z-update-priya.md#"), "unsaved").unwrap();
        fs::rename(&file, root.join(format!("{UPDATE}~"))).unwrap();
        fs::write(&file, TEXT).unwrap();
        fs::remove_file(lock).unwrap();
    });
}

#[test]
fn jetbrains_writes_beside_and_renames() {
    check(|root| {
        let (file, old) = (root.join(UPDATE), root.join(format!("{UPDATE}___jb_old___")));
        let new = root.join(format!("{UPDATE}___jb_tmp___"));
        fs::write(&new, TEXT).unwrap();
        fs::rename(&file, &old).unwrap();
        fs::rename(new, file).unwrap();
        fs::remove_file(old).unwrap();
    });
}

#[test]
fn vs_code_truncates_and_writes_and_what_is_half_written_is_not_judged() {
    let preview = Preview::of_sample();
    let mut file = OpenOptions::new().write(true).truncate(true).open(preview.path(UPDATE)).unwrap();
    file.write_all(b"---\ncomponents: {sign-up: ma").unwrap();
    std::thread::sleep(Duration::from_millis(5));
    file.write_all(b"jor_outage}\n---\nNow nobody can create an account.\n").unwrap();
    drop(file);
    preview.settles();
    let lines = preview.lines();
    assert!(lines.iter().all(|it| it.contains(UPDATE) && !it.contains("stays")), "{lines:?}");
}

#[test]
fn a_new_incident_may_come_as_a_folder_piece_by_piece() {
    check(|root| {
        let folder = root.join("incidents/2020-07-10-new");
        fs::create_dir_all(folder.join("updates")).unwrap();
        fs::write(folder.join("incident.yaml"), "title: New\ncomponents: {search: partial}\n").unwrap();
        fs::write(folder.join("updates/20200710T1120Z-investigating.md"), "We look.\n").unwrap();
    });
}

#[test]
fn a_folder_moves_with_everything_in_it() {
    check(|root| {
        let incident = root.join("incidents/2020-07-10-login-cascade");
        fs::create_dir_all(root.join("incidents/2020/07")).unwrap();
        fs::rename(incident, root.join("incidents/2020/07/2020-07-10-login-cascade")).unwrap();
    });
}

#[test]
fn a_name_changes_in_case_alone() {
    check(|root| {
        let from = root.join("incidents/2020-04-22-covers-missing.md");
        fs::rename(from, root.join("incidents/2020-04-22-Covers-missing.md")).unwrap();
    });
}

#[test]
fn all_incidents_go_and_come_back() {
    let preview = Preview::of_sample();
    fs::rename(preview.path("incidents"), preview.path("aside")).unwrap();
    fs::create_dir(preview.path("incidents")).unwrap();
    preview.settles();
    fs::remove_dir(preview.path("incidents")).unwrap();
    fs::rename(preview.path("aside"), preview.path("incidents")).unwrap();
    preview.settles();
    fs::write(preview.path(UPDATE), TEXT).unwrap();
    preview.settles();
}

#[test]
fn the_root_goes_and_comes_back_and_meanwhile_the_page_stays() {
    let preview = Preview::of_sample();
    let aside = preview.root.path().with_extension("aside");
    fs::rename(preview.root.path(), &aside).unwrap();
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(preview.get("").0, 200);
    fs::rename(&aside, preview.root.path()).unwrap();
    fs::write(preview.path(UPDATE), TEXT).unwrap();
    preview.settles();
}

#[test]
fn a_template_and_a_style_sheet_are_followed() {
    let preview = Preview::of_sample();
    let theme = preview.path("themes/default");
    fs::write(theme.join("templates/404.html"), "<html><head></head><body>gone</body></html>\n").unwrap();
    let style = theme.join("assets/style.css");
    let sheet = fs::read_to_string(&style).unwrap();
    fs::write(style, format!("{sheet}\nbody {{ color: red }}\n")).unwrap();
    preview.settles();
    assert!(preview.get("none").1.starts_with(b"<html>"));
}

#[test]
fn git_changes_hundreds_of_files_at_once() {
    let preview = Preview::of_sample();
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.current_dir(preview.root.path()).args([
            "-c",
            "user.name=a",
            "-c",
            "user.email=a@example.org",
        ]);
        let output = command.args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    git(&["init", "--quiet", "--initial-branch", "main"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "the sample"]);
    git(&["checkout", "--quiet", "-b", "many"]);
    for number in 0..150 {
        let path = preview.path(&format!("incidents/many/2019-{number}.yaml"));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let text = format!(
            "title: Number {number}\nstarted_at: 2019-03-01T10:00Z\nresolved_at: 2019-03-01T10:{:02}Z\n",
            1 + number % 59
        );
        fs::write(path, text).unwrap();
    }
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "many"]);
    git(&["checkout", "--quiet", "main"]);
    preview.settles();
    fs::write(preview.path(UPDATE), TEXT).unwrap();
    git(&["stash", "--quiet"]);
    git(&["checkout", "--quiet", "many"]);
    git(&["stash", "pop", "--quiet"]);
    preview.settles();
    git(&["commit", "--quiet", "--all", "--message", "an update"]);
    git(&["rebase", "--quiet", "main"]);
    preview.settles();
}
