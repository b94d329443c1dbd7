//! Which folders and files below incidents/ are one incident each.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::document::unreadable;
use super::ending;
use super::names::{beside, move_command};
use super::parts::{heads, is_incident};
use crate::diag::{Code, Diagnostic};
use crate::memo::{ById, Rows};
use crate::source::{Content, Folder, Place, SourceFile, without_marks};

/// One incident as it lies on disk; all of it is compared by identity.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Entry {
    /// Its heads beside the folder, or the file that it is.
    heads: [Option<ById<SourceFile>>; 2],
    /// Its folder.
    folder: Option<ById<Folder>>,
}

/// The shelves of the run before by their paths, so that only what changed is looked into.
#[derive(Debug, Default)]
pub(super) struct Shelves(BTreeMap<String, Shelf>);

impl Shelves {
    /// All incidents below these folders.
    pub(super) fn entries<'s>(
        &'s mut self,
        folders: &[&Arc<Folder>],
        said: &mut Vec<Diagnostic>,
    ) -> Vec<&'s Entry> {
        let mut before = std::mem::take(&mut self.0);
        let mut open: Vec<Arc<Folder>> = folders.iter().map(|it| Arc::clone(it)).collect();
        while let Some(folder) = open.pop() {
            let mut shelf = before.remove(&folder.path).unwrap_or_default();
            shelf.hold(&folder);
            open.extend(shelf.below.iter().cloned());
            said.extend(shelf.said.iter().cloned());
            self.0.insert(folder.path.clone(), shelf);
        }
        self.0.values().flat_map(|it| &it.entries).collect()
    }
}

impl Entry {
    /// The name of its folder or file without the ending.
    pub(super) fn name(&self) -> &str {
        let stem = self.heads().next().map(|it| ending::stem(it.name()));
        self.folder().map(|it| it.name()).or(stem).unwrap_or_default()
    }

    /// Its heads beside the folder, or the file that it is.
    pub(super) fn heads(&self) -> impl Iterator<Item = &Arc<SourceFile>> {
        self.heads.iter().flatten().map(|it| &it.0)
    }

    /// Its folder.
    pub(super) fn folder(&self) -> Option<&Arc<Folder>> {
        self.folder.as_ref().map(|it| &it.0)
    }

    /// The path of its folder or, without one, of its file.
    pub(super) fn path(&self) -> &str {
        let head = self.heads().next().map(|it| it.path.as_str());
        self.folder().map(|it| it.path.as_str()).or(head).unwrap_or_default()
    }

    /// Its first head, or its first file where it has none.
    pub(super) fn place(&self) -> Place {
        let inside = self.folder().map(Arc::as_ref);
        let head = inside.and_then(|it| heads(it).into_iter().next());
        let file = self.heads().next().or(head).or_else(|| inside.and_then(first_file));
        match file {
            Some(file) => Place::file(file),
            None => path_alone(self.path()),
        }
    }
}

/// A place that is only a path: of a folder, which has no text to point into.
pub(super) fn path_alone(path: &str) -> Place {
    Place::file(&Arc::new(SourceFile { path: path.to_owned(), content: Content::of(Vec::new()) }))
}

/// The place of a folder: its first file or, without one, its path.
pub(super) fn place_of_folder(folder: &Folder) -> Place {
    first_file(folder).map_or_else(|| path_alone(&folder.path), Place::file)
}

/// The first file in a folder or below it.
pub(super) fn first_file(folder: &Folder) -> Option<&Arc<SourceFile>> {
    folder.files.values().next().or_else(|| folder.folders.values().find_map(|it| first_file(it)))
}

/// That a file means nothing where it stands.
pub(super) fn stray(file: &Arc<SourceFile>) -> Diagnostic {
    unreadable(file).unwrap_or_else(|| {
        let message = format!("nothing reads `{}` here", file.name());
        Diagnostic::new(Code::StrayFile, Place::file(file), message)
    })
}

/// That a file has nearly the right ending.
pub(super) fn wrong_ending(file: &Arc<SourceFile>, right: &str) -> Diagnostic {
    let message = format!("the name of this file must end with `.{right}`");
    let mended = beside(&file.path, &format!("{}.{right}", ending::stem(file.name())));
    Diagnostic::new(Code::InvalidName, Place::file(file), message).help(move_command(&file.path, &mended))
}

/// What lies directly in one folder, put where it belongs.
#[derive(Debug, Default)]
struct Shelf {
    folder: Option<Arc<Folder>>,
    kinds: Rows<ById<Folder>, FolderKind>,
    entries: Vec<Entry>,
    /// The folders in it that are no incidents.
    below: Vec<Arc<Folder>>,
    said: Vec<Diagnostic>,
}

/// Files by their names without the ending, at most one for each ending.
type Alone<'a> = BTreeMap<&'a str, [Option<ById<SourceFile>>; 2]>;

/// What a folder below incidents/ is, by what is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FolderKind {
    Incident { has_head: bool },
    Plain,
}

impl Shelf {
    /// Makes this the shelf of `folder`. Of the folders in it, those that it held before are known.
    fn hold(&mut self, folder: &Arc<Folder>) {
        if self.folder.as_ref().is_some_and(|it| Arc::ptr_eq(it, folder)) {
            return;
        }
        self.folder = Some(Arc::clone(folder));
        (self.entries, self.below, self.said) = (Vec::new(), Vec::new(), Vec::new());
        let inside: Vec<&Arc<Folder>> = folder.folders.values().collect();
        self.kinds.ask(&inside, |it| kind_of(&it.0));
        let (mut alone, misnamed) = self.files(folder);
        for file in misnamed {
            // Its name is taken all the same: a page that shows this incident must not go because its file has
            // another ending.
            let has_head = |it: &Arc<Folder>| kind_of(it) == FolderKind::Incident { has_head: true };
            let stem = ending::stem(file.name());
            if !alone.contains_key(stem) && !folder.folders.get(stem).is_some_and(has_head) {
                alone.insert(stem, [Some(ById(Arc::clone(file))), None]);
            }
        }
        for (index, (name, inside)) in folder.folders.iter().enumerate() {
            match self.kinds.values()[index] {
                FolderKind::Incident { has_head } => {
                    let beside = if has_head { None } else { alone.remove(name.as_str()) };
                    let beside = beside.or_else(|| self.set_aside(folder, name).filter(|_| !has_head));
                    let folder = Some(ById(Arc::clone(inside)));
                    self.entries.push(Entry { heads: beside.unwrap_or_default(), folder });
                }
                FolderKind::Plain => {
                    let ending = [".yaml", ".yml", ".md"].iter().find(|it| name.ends_with(*it));
                    self.said.extend(ending.map(|it| folder_named_like_a_file(inside, it)));
                    self.below.push(Arc::clone(inside));
                }
            }
        }
        let alone = alone.into_values().flatten().flatten();
        self.entries.extend(alone.map(|it| Entry { heads: [Some(it), None], folder: None }));
    }

    /// The head that was set aside beside the folder of this name, as a file that cannot be read. Without it nobody
    /// knows whether the updates are public.
    fn set_aside(&mut self, folder: &Folder, name: &str) -> Option<[Option<ById<SourceFile>>; 2]> {
        let is_head = |it: &&String| {
            let meant = without_marks(it);
            ending::is_markdown(meant).is_some() && ending::stem(meant) == name
        };
        let found = folder.set_aside.iter().find(is_head)?;
        let path = format!("{}/{found}", folder.path);
        let reason = "its name says that it was set aside".to_owned();
        let file = Arc::new(SourceFile { path, content: Content::Unreadable { reason } });
        let message =
            format!("`{found}` seems to be the head of `{name}/`, which has none under its right name");
        let help = move_command(&file.path, &beside(&file.path, without_marks(found)));
        self.said.push(Diagnostic::new(Code::InvalidName, Place::file(&file), message).help(help));
        Some([Some(ById(file)), None])
    }

    /// The files that may be incidents or heads, by their names without the ending, and those that may be meant to
    /// be; what is wrong with the others is said.
    fn files<'a>(&mut self, folder: &'a Folder) -> (Alone<'a>, Vec<&'a Arc<SourceFile>>) {
        let mut alone = Alone::new();
        let mut misnamed = Vec::new();
        for file in folder.files.values() {
            match file.name().rsplit_once('.') {
                Some((_, "md")) if ending::is_about_files(file) => {
                    let hidden = beside(&file.path, &format!("_{}", file.name()));
                    self.said.push(stray(file).help(move_command(&file.path, &hidden)));
                }
                Some((stem, "md" | "yaml")) => {
                    let free = alone.entry(stem).or_default().iter_mut().find(|it| it.is_none());
                    *free.expect("a stem has two files, one for each ending") = Some(ById(Arc::clone(file)));
                }
                _ if ending::is_lost(file) => {
                    self.said.push(stray(file));
                    misnamed.push(file);
                }
                _ if ending::is_text(file.name()) && !ending::is_about_files(file) => {
                    self.said.push(ending::misnamed(file));
                    misnamed.push(file);
                }
                _ => self.said.push(stray(file).help("an incident is a folder, a .yaml or a .md file")),
            }
        }
        (alone, misnamed)
    }
}

fn kind_of(folder: &Folder) -> FolderKind {
    if is_incident(folder) {
        FolderKind::Incident { has_head: !heads(folder).is_empty() }
    } else {
        FolderKind::Plain
    }
}

fn folder_named_like_a_file(folder: &Folder, ending: &str) -> Diagnostic {
    let mended = folder.path.strip_suffix(ending).unwrap_or(&folder.path);
    let message = format!("`{}` is a folder that is named like a file", folder.name());
    Diagnostic::new(Code::InvalidName, path_alone(&folder.path), message)
        .help(move_command(&folder.path, mended))
}
