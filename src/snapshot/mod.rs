//! Reads a project from disk: the one place where its files are opened.
//!
//! Everything after this works on the value that comes out, so nothing else can depend on the
//! disk. What cannot be read becomes part of the value too: it is the author's to hear of, with
//! all other mistakes, and not a reason to stop.
//!
//! A file whose bytes are those of the snapshot before keeps its `Arc`, and so does a folder in
//! which nothing changed. That is what makes the next build short.

mod again;
mod content;
mod passed_over;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use anyhow::Context;
use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use crate::source::{Content, Folder, SourceFile};

pub use again::{Look, Snapshots};

/// The folders of a project that are read; nothing else below its root is looked at.
pub const FOLDERS: [&str; 3] = ["incidents", "site", "themes"];
/// What is read too, for its author to hear that it is named wrong or lies in the wrong place.
const MISPLACED: [&str; 5] = ["Incidents", "incident", "Incident", "site.yaml", "site.yml"];
/// What every folder holds that a site was written into.
const OUTPUT_MARK: &str = ".allclear";
/// What such a folder is to a link.
const WRITTEN_SITE: &str = "a site that allclear has written";
/// How deep folders may be nested.
const DEPTH_LIMIT: usize = 64;
/// How many links to folders are followed: links side by side could otherwise unfold without end.
const FOLDER_LINK_LIMIT: usize = 1000;

/// The project below `root`, read whole; what is equal to `before` is taken from there.
///
/// # Errors
/// If `root` is not a folder that can be listed.
pub fn read(root: &Path, before: Option<&Arc<Folder>>) -> anyhow::Result<Arc<Folder>> {
    Ok(read_with(&mut reader(root)?, before))
}

/// Whether an entry at this path from the root is read, as far as its names tell.
pub fn is_read(path: &str) -> bool {
    let mut names = path.split('/');
    let first = names.next().unwrap_or_default();
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let is_passed_over = |name: &str| passed_over::is_passed_over(name) && !is_set_aside(folder, name);
    (FOLDERS.contains(&first) || MISPLACED.contains(&first)) && !names.any(is_passed_over)
}

/// Whether a file that is passed over, directly in the folder at `path`, may be the head of an incident.
fn is_set_aside(path: &str, name: &str) -> bool {
    let is_elsewhere = path.starts_with("site") || path.starts_with("themes") || path.ends_with("/updates");
    !is_elsewhere && passed_over::may_be_head(name)
}

fn reader(root: &Path) -> anyhow::Result<Reader> {
    let unreadable = || format!("cannot read the folder `{}`", root.display());
    fs::read_dir(root).with_context(unreadable)?;
    let root = root.canonicalize().with_context(unreadable)?;
    Ok(Reader::new(root, Pace::SideBySide))
}

/// The project below the reader's root. Where there are too many links, one after the other is followed, so that
/// it does not depend on the threads which of them are.
fn read_with(reader: &mut Reader, before: Option<&Arc<Folder>>) -> Arc<Folder> {
    let found = read_project(reader, before);
    if *reader.folder_links.get_mut() <= FOLDER_LINK_LIMIT {
        return found;
    }
    *reader = Reader::new(std::mem::take(&mut reader.root), Pace::OneByOne);
    read_project(reader, before)
}

fn read_project(reader: &Reader, before: Option<&Arc<Folder>>) -> Arc<Folder> {
    let mut found = Folder::default();
    for name in FOLDERS {
        reader.add_named(name, before, &mut found);
    }
    for name in MISPLACED {
        // Where case makes no difference, this would be the right folder under another name.
        let is_taken = name == "Incidents" && found.folders.contains_key("incidents")
            || name == "Incident" && found.folders.contains_key("incident");
        if !is_taken {
            reader.add_named(name, before, &mut found);
        }
    }
    kept(found, before)
}

/// What one reading of a project carries along.
struct Reader {
    /// The root without links in its path, to tell what lies below it.
    root: PathBuf,
    /// How the entries of a folder are read.
    pace: Pace,
    /// How many links to folders were to be followed.
    folder_links: AtomicUsize,
    /// Whether there was a link at all.
    has_links: AtomicBool,
}

/// How the entries of a folder are read.
#[derive(Clone, Copy)]
enum Pace {
    SideBySide,
    OneByOne,
}

/// What an entry of a folder turned out to be.
enum Found {
    Folder(Arc<Folder>),
    File(Content),
    /// A file that is passed over and may be the head of an incident.
    SetAside,
}

impl Reader {
    fn new(root: PathBuf, pace: Pace) -> Self {
        Reader { root, pace, folder_links: AtomicUsize::new(0), has_links: AtomicBool::new(false) }
    }

    /// The folder on disk at `dir`, whose path below the root is `path`; an unreadable file in its place if
    /// its entries cannot all be listed, since a part of a folder would pass for the whole of it, or if a link leads
    /// there to a site that was written. A copy of one may lie among the sources.
    fn folder(&self, dir: &Path, path: &str, before: Option<&Arc<Folder>>) -> Found {
        let entries = WalkDir::new(dir).min_depth(1).max_depth(1).sort_by_file_name();
        let entries: Vec<DirEntry> = match entries.into_iter().collect() {
            Ok(entries) => entries,
            Err(err) => return Found::File(unreadable(reason(err))),
        };
        let is_output = entries.iter().any(|it| it.file_name() == OUTPUT_MARK);
        if is_output && dir.canonicalize().is_ok_and(|it| it != self.root.join(path)) {
            return Found::File(Content::PrivateTarget { what: WRITTEN_SITE });
        }
        let read = |entry: DirEntry| self.read(&entry, path, before);
        let found: Vec<Option<(String, Found)>> = match self.pace {
            Pace::SideBySide => entries.into_par_iter().map(read).collect(),
            Pace::OneByOne => entries.into_iter().map(read).collect(),
        };
        let mut folder = Folder { path: path.to_owned(), ..Folder::default() };
        found.into_iter().flatten().for_each(|(name, it)| put(name, it, before, &mut folder));
        Found::Folder(kept(folder, before))
    }

    /// Adds what has this name directly below the root, if anything has.
    fn add_named(&self, name: &str, before: Option<&Arc<Folder>>, into: &mut Folder) {
        self.add_entry(&self.root.join(name), before, into);
    }

    /// Adds what stands at a path on disk, if anything does. That it cannot be read is a fact about it, and not
    /// the same as that it is absent.
    fn add_entry(&self, on_disk: &Path, before: Option<&Arc<Folder>>, into: &mut Folder) {
        match WalkDir::new(on_disk).follow_root_links(false).max_depth(0).into_iter().next() {
            Some(Ok(entry)) => self.add(&entry, before, into),
            Some(Err(err)) if err.io_error().is_some_and(|it| it.kind() == io::ErrorKind::NotFound) => {}
            Some(Err(err)) => {
                let name = on_disk.file_name().unwrap_or_default().to_string_lossy().into_owned();
                put(name, Found::File(unreadable(reason(err))), before, into);
            }
            None => {}
        }
    }

    fn add(&self, entry: &DirEntry, before: Option<&Arc<Folder>>, into: &mut Folder) {
        if let Some((name, found)) = self.read(entry, &into.path, before) {
            put(name, found, before, into);
        }
    }

    /// What an entry of the folder at `path` is, with its name; none of one that is passed over.
    fn read(&self, entry: &DirEntry, path: &str, before: Option<&Arc<Folder>>) -> Option<(String, Found)> {
        let Some(name) = entry.file_name().to_str() else {
            let name = entry.file_name().to_string_lossy().into_owned();
            return Some((name, Found::File(Content::UnreadableName)));
        };
        if passed_over::is_passed_over(name) {
            return is_set_aside(path, name).then(|| (name.to_owned(), Found::SetAside));
        }
        let found = self.entry(entry, &join(path, name), before.and_then(|it| it.folders.get(name)));
        Some((name.to_owned(), found))
    }

    fn entry(&self, entry: &DirEntry, path: &str, before: Option<&Arc<Folder>>) -> Found {
        let on_disk = entry.path();
        if entry.path_is_symlink() {
            self.has_links.store(true, Ordering::Relaxed);
            if let Err(content) = self.follow(on_disk) {
                return Found::File(content);
            }
        }
        match fs::metadata(on_disk) {
            Ok(metadata) if metadata.is_dir() && path.split('/').count() > DEPTH_LIMIT => {
                Found::File(unreadable(format!("folders are nested more than {DEPTH_LIMIT} deep")))
            }
            Ok(metadata) if metadata.is_dir() => self.folder(on_disk, path, before),
            Ok(metadata) if metadata.is_file() => Found::File(content::read(on_disk, path)),
            Ok(_) => Found::File(unreadable("neither a file nor a folder")),
            Err(err) => Found::File(unreadable(reason(err))),
        }
    }

    /// Whether the link at `link` may be followed; else what stands in its place.
    fn follow(&self, link: &Path) -> Result<(), Content> {
        let target = link.canonicalize().map_err(|err| unreadable(reason(err)))?;
        let Ok(path) = target.strip_prefix(&self.root) else { return Err(Content::OutsideRoot) };
        if let Some(what) = private(&self.root, path) {
            return Err(Content::PrivateTarget { what });
        }
        if !target.is_dir() {
            return Ok(());
        }
        let parent = link.parent().unwrap_or(link).canonicalize().map_err(|err| unreadable(reason(err)))?;
        if parent.starts_with(&target) {
            return Err(unreadable("the link leads back to a folder that it stands in"));
        }
        if self.folder_links.fetch_add(1, Ordering::Relaxed) >= FOLDER_LINK_LIMIT {
            return Err(unreadable(format!("more than {FOLDER_LINK_LIMIT} links to folders")));
        }
        Ok(())
    }
}

/// What lies at a path below the root, if a link must not publish it: something hidden, such as `.git` or `.env`, or
/// a site that was written here.
fn private(root: &Path, path: &Path) -> Option<&'static str> {
    let mut folders = path.ancestors().filter(|it| !it.as_os_str().is_empty());
    if path.iter().any(|it| it.as_encoded_bytes().starts_with(b".")) {
        return Some("a hidden file or folder");
    }
    folders.any(|it| root.join(it).join(OUTPUT_MARK).exists()).then_some(WRITTEN_SITE)
}

/// Puts what was found under a name into its folder.
fn put(name: String, found: Found, before: Option<&Arc<Folder>>, into: &mut Folder) {
    match found {
        Found::Folder(folder) => {
            into.folders.insert(name, folder);
        }
        Found::File(content) => {
            let known = before.and_then(|it| it.files.get(&name));
            let file = same_or_new(known, &join(&into.path, &name), content);
            into.files.insert(name, file);
        }
        Found::SetAside => {
            into.set_aside.insert(name);
        }
    }
}

fn unreadable(reason: impl Into<String>) -> Content {
    Content::Unreadable { reason: reason.into() }
}

/// The system's reason in its own words, without the number and the path that would differ from
/// machine to machine.
fn reason(err: impl Into<io::Error>) -> String {
    let err: io::Error = err.into();
    match err.kind() {
        io::ErrorKind::NotFound => "the link leads to nothing".to_owned(),
        io::ErrorKind::PermissionDenied => "no permission to read it".to_owned(),
        kind => kind.to_string(),
    }
}

fn file(path: &str, content: Content) -> Arc<SourceFile> {
    Arc::new(SourceFile { path: path.to_owned(), content })
}

fn same_or_new(before: Option<&Arc<SourceFile>>, path: &str, content: Content) -> Arc<SourceFile> {
    match before {
        Some(before) if before.content == content => Arc::clone(before),
        _ => file(path, content),
    }
}

/// The folder before, if nothing in it differs from `found`.
fn kept(found: Folder, before: Option<&Arc<Folder>>) -> Arc<Folder> {
    match before {
        Some(before) if is_same(&found, before) => Arc::clone(before),
        _ => Arc::new(found),
    }
}

fn is_same(found: &Folder, before: &Folder) -> bool {
    same(&found.folders, &before.folders)
        && same(&found.files, &before.files)
        && found.set_aside == before.set_aside
}

fn same<T>(left: &BTreeMap<String, Arc<T>>, right: &BTreeMap<String, Arc<T>>) -> bool {
    left.len() == right.len()
        && left.iter().zip(right).all(|((a, one), (b, other))| a == b && Arc::ptr_eq(one, other))
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

#[cfg(test)]
mod tests;
