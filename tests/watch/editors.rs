//! Editors themselves, as far as they are installed: each saves an update that is there, and writes one that is not.
//! What they leave beside the files is set to be the most that they can leave.

#![expect(clippy::print_stderr, reason = "a test says what it could not try")]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::preview::Preview;

const OLD: &str = "incidents/2020-07-10-login-cascade/updates/20200710T1126Z-update-priya.md";
const NEW: &str = "incidents/2020-07-10-login-cascade/updates/20200710T1128Z-update-ana.md";
const WORDS: &str = "These words stand at the end.";

/// After each save by the editor, what is served is what a clean build has, and it has the words. One that needs a
/// terminal is given these keys as soon as it shows what they do.
#[track_caller]
fn check(editor: &str, command: impl Fn(&Path) -> Command, keys: &str) {
    if Command::new(editor).arg("--version").stdout(Stdio::null()).status().is_err() {
        eprintln!("{editor} is not installed, so it is not tried");
        return;
    }
    let preview = Preview::of_sample();
    for path in [OLD, NEW] {
        let mut command = command(&preview.path(path));
        command.env("TERM", "xterm").env("HOME", preview.root.path());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut running = command.spawn().unwrap();
        let mut keyboard = running.stdin.take().unwrap();
        let mut screen = BufReader::new(running.stdout.take().unwrap());
        if !keys.is_empty() {
            screen.skip_until(b'^').unwrap();
            keyboard.write_all(keys.as_bytes()).unwrap();
        }
        assert!(running.wait().unwrap().success(), "{editor} did not save {path}");
        preview.settles();
        let saved = fs::read_to_string(preview.path(path)).unwrap();
        assert!(saved.trim_end().ends_with(WORDS), "{saved:?}");
    }
    let (_, page) = preview.get("incidents/2020-07-10-login-cascade.html");
    let of_updates = format!("<p>{WORDS}</p>");
    assert!(String::from_utf8(page).unwrap().contains(&of_updates), "{editor}: {of_updates}");
}

#[test]
fn vim_with_a_swap_file_and_a_backup() {
    for (how, backup_copy) in [("renames", "no"), ("copies", "yes")] {
        let vim = |file: &Path| {
            let mut command = Command::new("vim");
            let set = format!("set swapfile backup writebackup undofile backupcopy={backup_copy}");
            command.args(["-es", "-u", "NONE", "-N", "--cmd", &set]).arg(file);
            command.args(["-c", &format!("$put ='{WORDS}'"), "-c", "preserve", "-c", "wq"]);
            command
        };
        eprintln!("vim {how}");
        check("vim", vim, "");
    }
}

#[test]
fn neovim_with_a_swap_file_and_a_backup() {
    let neovim = |file: &Path| {
        let mut command = Command::new("nvim");
        command
            .args(["--headless", "-u", "NONE", "--cmd", "set swapfile backup writebackup undofile"])
            .arg(file);
        command.args(["-c", &format!("$put ='{WORDS}'"), "-c", "preserve", "-c", "wq"]);
        command
    };
    check("nvim", neovim, "");
}

#[test]
fn emacs_with_a_lock_an_auto_save_and_a_backup() {
    let emacs = |file: &Path| {
        let save = format!(
            "(progn (setq make-backup-files t create-lockfiles t auto-save-default t) (find-file {file:?}) \
             (goto-char (point-max)) (insert \"{WORDS}\\n\") (do-auto-save) (save-buffer))"
        );
        let mut command = Command::new("emacs");
        command.args(["--batch", "--quick", "--eval", &save]);
        command
    };
    check("emacs", emacs, "");
}

#[test]
fn nano_with_a_lock_and_a_backup() {
    let nano = |file: &Path| {
        let mut command = Command::new("script");
        let nano = format!("nano --ignorercfiles --backup --locking {}", file.display());
        command.args(["--quiet", "--return", "--command", &nano, "/dev/null"]);
        command
    };
    // To the end, the words, write, the name as it is, leave.
    check("nano", nano, &format!("\u{1b}/{WORDS}\r\u{f}\r\u{18}"));
}
