//! What lies in an incident's folder and is no part of it.

use std::sync::Arc;

use super::super::reading::Reading;
use super::super::{ending, names, parts, shelf};
use crate::diag::{Code, Diagnostic};
use crate::source::{Folder, Place, SourceFile};

/// Says which files in an incident's folder are no part of it, but for one that seems to be its head. Where somebody may
/// have written what the public should read, that is an error.
pub(super) fn say(folder: &Folder, unnamed_head: Option<&str>, reading: &mut Reading) {
    parts::misnamed(folder).into_iter().for_each(|it| reading.say(it));
    let known = |it: &str| parts::head_name(it).is_some() || matches!(it, "postmortem.md" | "reports.csv");
    let is_stray = |it: &&Arc<SourceFile>| !known(it.name()) && Some(it.name()) != unnamed_head;
    for file in folder.files.values().filter(is_stray) {
        reading.say(stray(file));
    }
    for inside in folder.folders.values().filter(|it| !parts::is_updates(it.name())) {
        let help = "a folder within an incident's is not read";
        match first_text(inside) {
            Some(text) => reading.say(misplaced(text).help(help)),
            None => {
                shelf::first_file(inside).into_iter().for_each(|it| reading.say(shelf::stray(it).help(help)))
            }
        }
    }
}

fn stray(file: &Arc<SourceFile>) -> Diagnostic {
    let name = file.name();
    if name == "updates" && !ending::is_lost(file) {
        return misplaced(file).help("make `updates` a folder with a file for each update");
    }
    if parts::is_named_like_an_update(name) {
        let in_updates = names::beside(&file.path, &format!("updates/{}.md", ending::stem(name)));
        let message = format!("the update `{name}` must lie in the folder `updates`");
        let diagnostic = Diagnostic::new(Code::MisplacedFile, Place::file(file), message);
        return diagnostic.help(names::move_command(&file.path, &in_updates));
    }
    if is_picture(name) {
        let help = format!("move it to site/assets/, and link to it from the text as `/assets/{name}`");
        return shelf::stray(file).help(help);
    }
    let help = "an incident's folder holds its head, updates/, postmortem.md and reports.csv";
    match is_text(file) {
        true => misplaced(file).help(help),
        false => shelf::stray(file).help(help),
    }
}

fn is_picture(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, it)| it.to_ascii_lowercase()).unwrap_or_default();
    ["gif", "jpeg", "jpg", "png", "svg", "webp"].contains(&ending.as_str())
}

fn is_text(file: &SourceFile) -> bool {
    ending::is_text(file.name()) && !ending::is_about_files(file)
}

/// That somebody may have written something for the public into a file that is not read.
fn misplaced(file: &Arc<SourceFile>) -> Diagnostic {
    let unreadable = ending::is_lost(file).then(|| shelf::stray(file));
    unreadable.unwrap_or_else(|| {
        let message =
            format!("nothing reads `{}` here, and it may hold what readers should know", file.name());
        Diagnostic::new(Code::MisplacedFile, Place::file(file), message)
    })
}

fn first_text(folder: &Folder) -> Option<&Arc<SourceFile>> {
    let mut files = folder.files.values();
    let found = files.find(|it| is_text(it) || ending::is_lost(it));
    found.or_else(|| folder.folders.values().find_map(|it| first_text(it)))
}
