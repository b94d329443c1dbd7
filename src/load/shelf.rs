//! Which folders and files below incidents/ are one incident each.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::document::unreadable;
use super::names::{beside, git_mv};
use super::parts::{heads, is_incident};
use crate::diag::{Code, Diagnostic};
use crate::source::{Content, Folder, Place, SourceFile};

/// One incident as it lies on disk.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// The name of its folder or file without the ending.
    pub(super) name: String,
    /// Its heads beside the folder, or the file that it is.
    pub(super) heads: Vec<Arc<SourceFile>>,
    /// Its folder.
    pub(super) folder: Option<Arc<Folder>>,
}

/// All incidents below a folder, in order of their paths.
pub(super) fn entries(folder: &Folder, said: &mut Vec<Diagnostic>) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut open = vec![folder];
    while let Some(folder) = open.pop() {
        shelve(folder, &mut entries, &mut open, said);
    }
    entries.sort_by(|left, right| left.path().cmp(right.path()));
    entries
}

impl Entry {
    /// The path of its folder or, without one, of its file.
    pub(super) fn path(&self) -> &str {
        let head = self.heads.first().map(|it| it.path.as_str());
        self.folder.as_ref().map(|it| it.path.as_str()).or(head).unwrap_or_default()
    }

    /// Its first head, or its first file where it has none.
    pub(super) fn place(&self) -> Place {
        let inside = self.folder.as_deref();
        let head = inside.and_then(|it| heads(it).into_iter().next());
        let file = self.heads.first().or(head).or_else(|| inside.and_then(first_file));
        match file {
            Some(file) => Place::file(file),
            None => path_alone(self.path()),
        }
    }
}

/// A place that is only a path: of a folder, which has no text to point into.
pub(super) fn path_alone(path: &str) -> Place {
    Place::file(&Arc::new(SourceFile { path: path.to_owned(), content: Content::Bytes(Vec::new()) }))
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
    let stem = file.name().rsplit_once('.').map_or(file.name(), |(stem, _)| stem);
    let message = format!("the name of this file must end with `.{right}`");
    let mended = beside(&file.path, &format!("{stem}.{right}"));
    Diagnostic::new(Code::InvalidName, Place::file(file), message).help(git_mv(&file.path, &mended))
}

/// Puts what lies directly in `folder` where it belongs.
fn shelve<'a>(
    folder: &'a Folder,
    entries: &mut Vec<Entry>,
    open: &mut Vec<&'a Folder>,
    said: &mut Vec<Diagnostic>,
) {
    let mut alone: BTreeMap<&str, Vec<&Arc<SourceFile>>> = BTreeMap::new();
    for file in folder.files.values() {
        match file.name().rsplit_once('.') {
            Some((stem, "md")) if is_about_files(stem, file) => {
                let hidden = beside(&file.path, &format!("_{}", file.name()));
                said.push(stray(file).help(git_mv(&file.path, &hidden)));
            }
            Some((stem, "md" | "yaml")) => alone.entry(stem).or_default().push(file),
            Some((_, "yml")) => said.push(wrong_ending(file, "yaml")),
            _ => said.push(stray(file).help("an incident is a folder, a .yaml or a .md file")),
        }
    }
    for (name, inside) in &folder.folders {
        if is_incident(inside) {
            let beside = if heads(inside).is_empty() { alone.remove(name.as_str()) } else { None };
            let heads = beside.unwrap_or_default().into_iter().map(Arc::clone).collect();
            entries.push(Entry { name: name.clone(), heads, folder: Some(Arc::clone(inside)) });
        } else if let Some(ending) = [".yaml", ".yml", ".md"].iter().find(|it| name.ends_with(*it)) {
            said.push(folder_named_like_a_file(inside, ending));
        } else {
            open.push(inside);
        }
    }
    let alone = alone.into_iter().flat_map(|(name, files)| files.into_iter().map(move |it| (name, it)));
    entries.extend(alone.map(|(name, file)| Entry {
        name: name.to_owned(),
        heads: vec![Arc::clone(file)],
        folder: None,
    }));
}

/// Whether a Markdown file tells people about the files beside it, as repositories have them.
fn is_about_files(stem: &str, file: &SourceFile) -> bool {
    let names = ["readme", "contributing", "license", "changelog"];
    names.contains(&stem.to_lowercase().as_str()) && !file.bytes().starts_with(b"---")
}

fn folder_named_like_a_file(folder: &Folder, ending: &str) -> Diagnostic {
    let mended = folder.path.strip_suffix(ending).unwrap_or(&folder.path);
    let message = format!("`{}` is a folder that is named like a file", folder.name());
    Diagnostic::new(Code::InvalidName, path_alone(&folder.path), message).help(git_mv(&folder.path, mended))
}
