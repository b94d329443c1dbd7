//! What the tests of this module share.

use std::sync::Arc;

use super::{Loaded, Memory, project};
use crate::diag::{Diagnostic, Excerpt};
use crate::source::{Content, Folder, SourceFile};

/// A site with two components, one with an alias, in Stockholm.
pub(super) const SITE: &str = "\
title: Example
url: https://status.example.com
time_zone: Europe/Stockholm
since: 2018-01-01
components:
  - {id: login, name: Login, aliases: [auth]}
  - {id: search, name: Search, depends_on: [login]}
";

/// The folder that holds these files, and a folder for incidents in any case.
pub(super) fn folder(files: &[(&str, &str)]) -> Arc<Folder> {
    let mut root = Folder::default();
    for (path, text) in files {
        let content = Content::of(text.as_bytes().to_vec());
        put(&mut root, path, Arc::new(SourceFile { path: (*path).to_owned(), content }));
    }
    let incidents = || Arc::new(Folder { path: "incidents".to_owned(), ..Folder::default() });
    root.folders.entry("incidents".to_owned()).or_insert_with(incidents);
    Arc::new(root)
}

/// What a project of `SITE` and these files is loaded as.
pub(super) fn load(files: &[(&str, &str)]) -> Loaded {
    let site = ("site/site.yaml", SITE);
    project(&folder(&[&[site], files].concat()), &mut Memory::default())
}

/// A diagnostic in a line: `code line:column message | help`, without a place where it has none.
pub(super) fn told(diagnostic: &Diagnostic) -> String {
    let line = diagnostic.place.as_ref().and_then(|it| Excerpt::of(it).line);
    let place = line.map(|it| format!(" {}:{}", it.number, it.column)).unwrap_or_default();
    let help = diagnostic.help.as_ref().map(|it| format!(" | {it}")).unwrap_or_default();
    format!("{}{place} {}{help}", diagnostic.code.name(), diagnostic.message)
}

/// All that is said, each in a line behind its path.
pub(super) fn said(loaded: &Loaded) -> Vec<String> {
    let path = |it: &Diagnostic| it.place.as_ref().map_or(String::new(), |it| format!("{}: ", it.file.path));
    loaded.diagnostics.iter().map(|it| format!("{}{}", path(it), told(it))).collect()
}

fn put(folder: &mut Folder, rest: &str, file: Arc<SourceFile>) {
    match rest.split_once('/') {
        None => {
            folder.files.insert(rest.to_owned(), file);
        }
        Some((name, rest)) => {
            let path =
                if folder.path.is_empty() { name.to_owned() } else { format!("{}/{name}", folder.path) };
            let inner = folder.folders.entry(name.to_owned()).or_default();
            let inner = Arc::get_mut(inner).expect("nobody else holds a folder that is being filled");
            inner.path = path;
            put(inner, rest, file);
        }
    }
}
