//! What the machine does to a preview: a disk that is full, files that may not be read, a system that tells of nothing.
//! Each test says what it could not try where it may not make the fault.

#![expect(clippy::print_stderr, reason = "a test says what it could not try")]

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::preview::{DURING, Preview};

const UPDATE: &str = "incidents/2020-07-10-login-cascade/updates/20200710T1126Z-update-priya.md";
const TEXT: &str = "---\ncomponents: {sign-up: major_outage}\n---\nNow nobody can create an account.\n";
const PAGE: &str = "incidents/2020-07-10-login-cascade.html";
const STILL: [&str; 4] = ["--at", DURING, "--speed", "0"];

/// A small disk, as long as this is kept.
struct Disk {
    folder: tempfile::TempDir,
}

impl Disk {
    /// None where mounting is not permitted.
    fn of_megabytes(number: u32) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let size = format!("size={number}m");
        let mounted =
            succeeds(Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(folder.path()));
        mounted.then_some(Disk { folder })
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Leaves no room for anything.
    fn fill(&self) {
        let mut file = fs::File::create(self.path("filler")).unwrap();
        std::io::copy(&mut std::io::repeat(0), &mut file).unwrap_err();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        succeeds(Command::new("umount").arg(self.folder.path()));
    }
}

fn succeeds(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|it| it.success())
}

/// A starter that makes whoever watches somebody whom permissions bind; none is needed for who is not root.
pub(crate) fn bound_by_permissions() -> &'static [&'static str] {
    let is_root = fs::metadata("/proc/self").unwrap().uid() == 0;
    if is_root { &["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"] } else { &[] }
}

pub(crate) fn permit(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn the_preview_goes_on_though_nothing_can_be_said() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let project = Preview::of_sample();
    let full = || Stdio::from(fs::File::options().write(true).open("/dev/full").unwrap());
    let mut watch = Command::new(env!("CARGO_BIN_EXE_allclear"));
    watch.args(["watch", "--port", &port.to_string(), "--root"]).arg(project.path("")).args(STILL);
    let mut watch = watch.stdout(full()).stderr(full()).spawn().unwrap();
    let shows = |text: &str| {
        let page = format!("http://127.0.0.1:{port}/{PAGE}");
        let shown = Command::new("curl").args(["-s", &page]).output().unwrap().stdout;
        String::from_utf8_lossy(&shown).contains(text)
    };
    let waits_for = |text: &str| {
        (0..400).any(|_| {
            shows(text) || {
                std::thread::sleep(Duration::from_millis(50));
                false
            }
        })
    };
    let came_up = waits_for("</html>");
    fs::write(project.path(UPDATE), TEXT).unwrap();
    let follows = waits_for("Now nobody can create an account");
    let ended = watch.try_wait().unwrap();
    watch.kill().unwrap();
    watch.wait().unwrap();
    assert!(came_up && follows && ended.is_none(), "{came_up} {follows} {ended:?}");
}

#[test]
fn the_preview_goes_on_while_the_disk_that_it_writes_to_is_full() {
    let Some(disk) = Disk::of_megabytes(64) else {
        eprintln!("mounting is not permitted, so a full disk is not tried");
        return;
    };
    let out = disk.path("public");
    let preview = Preview::with(&[&STILL[..], &["--out", out.to_str().unwrap()]].concat());
    preview.is_written_to(&out);
    let before = fs::read(out.join("index.html")).unwrap();

    disk.fill();
    fs::write(preview.path(UPDATE), TEXT).unwrap();
    preview.settles();
    preview.complains("cannot write");
    assert_eq!(fs::read(out.join("index.html")).unwrap(), before, "the page that was written stays whole");

    fs::remove_file(disk.path("filler")).unwrap();
    preview.is_written_to(&out);
}

#[test]
fn a_file_that_may_not_be_read_is_named_and_its_incident_stays_as_it_was() {
    let preview = Preview::started_by(bound_by_permissions(), &STILL);
    let before = preview.get(PAGE);
    permit(&preview.path(UPDATE), 0o000);
    preview.complains(UPDATE);
    preview.complains("no permission to read it");
    assert_eq!(preview.get(PAGE), before, "it is not known what it would say");
    assert_eq!(preview.get("index.html").0, 200);
    permit(&preview.path(UPDATE), 0o644);
    preview.settles();
    assert_eq!(preview.get(PAGE), before);
}

#[test]
fn a_folder_that_may_not_be_read_is_named_and_the_rest_goes_on() {
    let preview = Preview::started_by(bound_by_permissions(), &STILL);
    let before = preview.get(PAGE);
    let updates = preview.path(UPDATE).parent().unwrap().to_owned();
    permit(&updates, 0o000);
    preview.complains("no permission to read it");
    assert_eq!(preview.get("index.html").0, 200);
    permit(&updates, 0o755);
    preview.settles();
    assert_eq!(preview.get(PAGE), before);
    fs::write(preview.path(UPDATE), TEXT).unwrap();
    preview.settles();
}

#[test]
fn where_the_system_watches_no_more_everything_is_looked_at() {
    let limit = "echo 3 > /proc/sys/user/max_inotify_watches && exec \"$0\" \"$@\"";
    let starter = ["unshare", "--user", "--map-root-user", "sh", "-c", limit];
    if !succeeds(Command::new(starter[0]).args(&starter[1..]).arg("true")) {
        eprintln!("a namespace of our own is not permitted, so a limit is not tried");
        return;
    }
    let preview = Preview::started_by(&starter, &STILL);
    preview.complains("the system does not tell of changes");
    preview.settles();
    fs::write(preview.path(UPDATE), TEXT).unwrap();
    preview.settles();
}
