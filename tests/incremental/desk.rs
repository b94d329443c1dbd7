//! A project on disk that edits are done to, and what they touched.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use jiff::{Timestamp, ToSpan};
use proptest::sample::Index;
use walkdir::WalkDir;

use crate::menu::{BODIES, BROKEN, FILES, FIRST, Kind, STATUSES};
use crate::step::{Edit, Told};

/// A project on disk.
pub(crate) struct Desk {
    root: tempfile::TempDir,
    /// What stood in files before they were broken.
    before: Vec<(String, Vec<u8>)>,
    touched: BTreeSet<String>,
    /// What was done, for somebody who has to understand a failure.
    pub(crate) done: Vec<String>,
}

impl Desk {
    pub(crate) fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        let mut desk = Desk { root, before: Vec::new(), touched: BTreeSet::new(), done: Vec::new() };
        FIRST.iter().for_each(|(path, text)| desk.put(path, text.as_bytes()));
        desk.touched.clear();
        desk.done.clear();
        desk
    }

    pub(crate) fn root(&self) -> &Path {
        self.root.path()
    }

    pub(crate) fn edit(&mut self, edit: &Edit) {
        match edit {
            Edit::Line { of, file, line } => self.line(*of, *file, *line),
            Edit::Body { file, body } => self.body(*file, BODIES[body.index(BODIES.len())]),
            Edit::Write { file } => {
                let (path, text) = FILES[file.index(FILES.len())];
                self.put(path, text.as_bytes());
            }
            Edit::Update { incident, minute, status, line } => {
                self.update(*incident, *minute, *status, *line)
            }
            Edit::Remove { entry } => self.remove(*entry),
            Edit::Move { entry, to } => self.move_into(*entry, *to),
            Edit::Case { entry } => self.change_case(*entry),
            Edit::Break { file, how } => self.break_file(*file, *how, |_| true),
            Edit::BreakHead { file, how } => {
                self.break_file(*file, *how, |it| Kind::of(it) == Kind::Incident);
            }
            Edit::Mend => self.mend(),
            Edit::Swap { one, other } => self.swap(*one, *other),
            Edit::Link { file } => self.link(*file),
            Edit::Away => self.go_or_come("incidents", "aside"),
            Edit::Restore => self.restore(),
        }
    }

    /// The paths that a watcher hears of, one look after the other; those that were touched are forgotten.
    pub(crate) fn tell(&mut self, told: &Told) -> Vec<BTreeSet<String>> {
        let touched = std::mem::take(&mut self.touched);
        match told {
            Told::Exactly => vec![touched],
            Told::TooMany(more) => {
                let others = self.entries();
                let more = more.iter().filter(|_| !others.is_empty()).map(|it| it.get(&others).clone());
                let never = ["incidents/none/incident.yaml", "incidents/2026/.x.swp"].map(str::to_owned);
                vec![touched.into_iter().chain(more).chain(never).collect()]
            }
            Told::Parents => {
                let parent =
                    |it: String| it.rsplit_once('/').map_or(it.clone(), |(folder, _)| folder.to_owned());
                vec![touched.into_iter().map(parent).collect()]
            }
            Told::InHalves => {
                let half = touched.len() / 2;
                let first = touched.iter().take(half).cloned().collect();
                vec![first, touched.into_iter().skip(half).collect()]
            }
            Told::Nothing => Vec::new(),
        }
    }

    fn line(&mut self, of: Kind, file: Index, line: Index) {
        let Some(path) = self.file(file, |it| Kind::of(it) == of) else { return };
        let line = of.lines()[line.index(of.lines().len())];
        self.set(&path, line);
    }

    /// Sets a line of a file; one without a value takes it away.
    fn set(&mut self, path: &str, line: &str) {
        let Ok(text) = fs::read_to_string(self.root().join(path)) else { return };
        let (key, value) = line.split_once(':').unwrap();
        let (opening, rest) = match text.strip_prefix("---\n") {
            Some(rest) => ("---\n", rest.to_owned()),
            None if path.ends_with(".md") => ("---\n", format!("---\n{text}")),
            None => ("", text),
        };
        let kept: String =
            rest.split_inclusive('\n').filter(|it| !it.starts_with(&format!("{key}:"))).collect();
        let said = if value.is_empty() { String::new() } else { format!("{line}\n") };
        self.put(path, format!("{opening}{said}{kept}").as_bytes());
    }

    fn body(&mut self, file: Index, body: &str) {
        let Some(path) = self.file(file, |it| it.ends_with(".md")) else { return };
        let text = fs::read_to_string(self.root().join(&path)).unwrap_or_default();
        let front = text.find("\n---\n").map_or("", |at| &text[..at + 5]);
        self.put(&path, format!("{front}{body}").as_bytes());
    }

    fn update(&mut self, incident: Index, minute: u16, status: Index, line: Index) {
        let is_head = |it: &str| it.starts_with("incidents/") && it.ends_with("/incident.yaml");
        let Some(head) = self.file(incident, is_head) else { return };
        let first: Timestamp = "2025-12-31T18:00Z".parse().unwrap();
        let at = (first + i64::from(minute).minutes()).strftime("%Y%m%dT%H%MZ").to_string();
        let status = STATUSES[status.index(STATUSES.len())];
        let path = format!("{}updates/{at}-{status}.md", head.strip_suffix("incident.yaml").unwrap());
        self.put(&path, b"---\n---\nWords.\n");
        let lines = Kind::Update.lines();
        self.set(&path, lines[line.index(lines.len())]);
    }

    fn remove(&mut self, entry: Index) {
        let Some(path) = self.entry(entry) else { return };
        let on_disk = self.root().join(&path);
        let is_folder = fs::symlink_metadata(&on_disk).unwrap().is_dir();
        if is_folder { fs::remove_dir_all(on_disk) } else { fs::remove_file(on_disk) }.unwrap();
        self.touch(format!("removed {path}"), &[&path]);
    }

    fn move_into(&mut self, entry: Index, to: Index) {
        let Some(path) = self.entry(entry) else { return };
        let mut folders = self.entries();
        folders.retain(|it| self.root().join(it).is_dir());
        folders.extend(["incidents", "incidents/2025/12", "site/pages"].map(str::to_owned));
        let name = path.rsplit('/').next().unwrap();
        let folder = to.get(&folders);
        if !self.root().join(folder).exists() {
            fs::create_dir_all(self.root().join(folder)).unwrap();
            self.touch(format!("made {folder}"), &[folder]);
        }
        self.rename(&path, &format!("{folder}/{name}"));
    }

    fn change_case(&mut self, entry: Index) {
        let Some(path) = self.entry(entry) else { return };
        let (folder, name) = path.rsplit_once('/').unwrap();
        let upper = name.to_uppercase();
        let name = if upper == name { name.to_lowercase() } else { upper };
        self.rename(&path, &format!("{folder}/{name}"));
    }

    fn break_file(&mut self, file: Index, how: Index, is_meant: impl Fn(&str) -> bool) {
        let Some(path) = self.file(file, is_meant) else { return };
        let before = fs::read(self.root().join(&path)).unwrap_or_default();
        self.before.push((path.clone(), before));
        self.put(&path, BROKEN[how.index(BROKEN.len())]);
    }

    fn mend(&mut self) {
        if let Some((path, before)) = self.before.pop() {
            self.put(&path, &before);
        }
    }

    fn swap(&mut self, one: Index, other: Index) {
        let (Some(one), Some(other)) = (self.file(one, |_| true), self.file(other, |_| true)) else { return };
        let read = |path: &str| fs::read(self.root().join(path)).unwrap_or_default();
        let (first, second) = (read(&one), read(&other));
        self.put(&one, &second);
        self.put(&other, &first);
    }

    fn link(&mut self, file: Index) {
        let Some(path) = self.file(file, |it| it.starts_with("incidents/2")) else { return };
        let (folder, name) = path.rsplit_once('/').unwrap();
        let link = format!("{folder}/linked-{name}");
        if symlink(name, self.root().join(&link)).is_ok() {
            self.touch(format!("linked {link}"), &[&link]);
        }
    }

    fn go_or_come(&mut self, path: &str, aside: &str) {
        let (from, to) = if self.root().join(path).exists() { (path, aside) } else { (aside, path) };
        self.rename(from, to);
        self.touched.remove(aside);
    }

    fn restore(&mut self) {
        let is_known = |path: &str| FIRST.iter().any(|it| it.0.starts_with(path));
        for path in self.entries().into_iter().filter(|it| !is_known(it)) {
            let on_disk = self.root().join(&path);
            // What lies in a folder that is gone already is gone too.
            drop(fs::remove_file(&on_disk).or_else(|_| fs::remove_dir_all(&on_disk)));
            self.touch(format!("removed {path}"), &[&path]);
        }
        FIRST.iter().for_each(|(path, text)| self.put(path, text.as_bytes()));
    }

    fn rename(&mut self, from: &str, to: &str) {
        let (old, new) = (self.root().join(from), self.root().join(to));
        if fs::symlink_metadata(&new).is_err() && fs::rename(old, new).is_ok() {
            self.touch(format!("renamed {from} to {to}"), &[from, to]);
        }
    }

    /// Writes a file as most programs do; one that cannot be, since a file stands where a folder would have to be, is
    /// not written.
    fn put(&mut self, path: &str, bytes: &[u8]) {
        let on_disk = self.root().join(path);
        let written = fs::create_dir_all(on_disk.parent().unwrap()).and_then(|()| fs::write(on_disk, bytes));
        if written.is_ok() {
            self.touch(format!("wrote {path}: {}", String::from_utf8_lossy(bytes)), &[path]);
        }
    }

    fn touch(&mut self, done: String, paths: &[&str]) {
        self.done.push(done);
        self.touched.extend(paths.iter().map(|it| (*it).to_owned()));
    }

    fn file(&self, index: Index, is_meant: impl Fn(&str) -> bool) -> Option<String> {
        let mut files = self.entries();
        files.retain(|it| is_meant(it) && self.root().join(it).is_file());
        (!files.is_empty()).then(|| index.get(&files).clone())
    }

    fn entry(&self, index: Index) -> Option<String> {
        let entries = self.entries();
        (!entries.is_empty()).then(|| index.get(&entries).clone())
    }

    /// What there is besides the folders of the root, in the order of the names.
    fn entries(&self) -> Vec<String> {
        let folders = ["incidents", "site", "themes"].map(|it| self.root().join(it));
        let found = folders.iter().flat_map(|it| WalkDir::new(it).min_depth(1).sort_by_file_name());
        let found = found.filter_map(Result::ok);
        found.map(|it| it.path().strip_prefix(self.root()).unwrap().to_str().unwrap().to_owned()).collect()
    }
}
