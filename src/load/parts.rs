//! What an incident's folder holds, by the names that its parts have and by those that they nearly have.
//!
//! A part under nearly the right name is an error, and it is read all the same: passing it over would hide
//! what somebody wrote while something burns.

use std::sync::Arc;

use super::ending;
use super::names::{beside, move_command};
use crate::diag::{Code, Diagnostic};
use crate::source::{self, Folder, Place, SourceFile};

/// The names of a head within its folder, the first being the one to keep.
pub(super) const HEADS: [&str; 2] = ["incident.yaml", "incident.md"];

/// Whether a folder is one incident, so that nothing in it is another.
pub(super) fn is_incident(folder: &Folder) -> bool {
    let files = ["postmortem.md", "reports.csv"];
    !heads(folder).is_empty()
        || updates(folder).next().is_some()
        || files.iter().any(|it| folder.files.contains_key(*it))
        || folder.files.keys().any(|it| is_updates(it))
}

/// The heads in a folder: those with the right name, else those with nearly the right one.
pub(super) fn heads(folder: &Folder) -> Vec<&Arc<SourceFile>> {
    let named_right: Vec<_> = HEADS.iter().filter_map(|it| folder.files.get(*it)).collect();
    if named_right.is_empty() { misnamed_heads(folder).collect() } else { named_right }
}

/// The folders with the files of the updates: the one with the right name, and those with nearly that.
pub(super) fn updates(folder: &Folder) -> impl Iterator<Item = &Arc<Folder>> {
    folder.folders.get("updates").into_iter().chain(misnamed_updates(folder))
}

/// The updates that lie beside the head instead of in updates/.
pub(super) fn misplaced_updates(folder: &Folder) -> impl Iterator<Item = &Arc<SourceFile>> {
    folder.files.values().filter(|it| is_named_like_an_update(it.name()))
}

/// Whether a name begins with the time of an update, `20200710T1048`, and ends as that of a Markdown file.
pub(super) fn is_named_like_an_update(name: &str) -> bool {
    let bytes = name.as_bytes();
    let is_digit = |it: &u8| it.is_ascii_digit();
    let has_time =
        13 <= bytes.len() && bytes[..8].iter().chain(&bytes[9..13]).all(is_digit) && bytes[8] == b'T';
    has_time && ending::is_markdown(name) == Some(true)
}

/// What seems to be the head of a folder that has none: a file under another name, or one that was set aside.
/// Without the head nobody knows whether the updates are public.
pub(super) fn unnamed_head(folder: &Folder) -> Option<&str> {
    let files = folder.files.values().filter(|it| is_like_a_head(it)).map(|it| it.name());
    let folders = folder.folders.values().map(|it| it.name()).filter(|it| head_name(it).is_some());
    let set_aside = folder.set_aside.iter().filter(|it| head_name(source::without_marks(it)).is_some());
    files.chain(folders).chain(set_aside.map(String::as_str)).next()
}

fn is_like_a_head(file: &SourceFile) -> bool {
    let name = file.name().to_lowercase();
    let is_other_part = matches!(file.name(), "postmortem.md" | "reports.csv") || is_updates(&name);
    if is_other_part || ending::is_about_files(file) || is_named_like_an_update(&name) {
        return false;
    }
    let is_data = [".yaml", ".yml", ".json", ".toml"].iter().any(|it| name.ends_with(it));
    is_data || name.starts_with("incident") || name.starts_with("head") || file.bytes().starts_with(b"---")
}

/// Whether a part of the incident cannot be read, so that what is left would pass for the whole of it: a
/// reopening or a state may stand there.
pub(super) fn is_incomplete(folder: &Folder) -> bool {
    let is_part = |it: &SourceFile| {
        head_name(it.name()).is_some()
            || is_updates(it.name())
            || matches!(it.name(), "postmortem.md" | "reports.csv")
    };
    let mut parts = folder.files.values().filter(|it| is_part(it));
    let is_unread = |it: &Arc<SourceFile>| {
        ending::is_lost(it) || ending::is_text(it.name()) && !ending::may_be_markdown(it.name())
    };
    parts.any(|it| ending::is_lost(it) || is_updates(it.name()))
        || updates(folder).any(|it| it.files.values().any(is_unread) || !it.folders.is_empty())
}

/// The name that a head should have; none of a file that is no head.
pub(super) fn head_name(name: &str) -> Option<&'static str> {
    match name.to_lowercase().as_str() {
        "incident.yaml" | "incident.yml" => Some("incident.yaml"),
        "incident.md" | "incident.markdown" => Some("incident.md"),
        _ => None,
    }
}

/// Whether a folder within an incident's has the name of the updates' or nearly that.
pub(super) fn is_updates(name: &str) -> bool {
    matches!(name.to_lowercase().as_str(), "updates" | "update")
}

/// What is to be said of the parts that have nearly their name.
pub(super) fn misnamed(folder: &Folder) -> Vec<Diagnostic> {
    let heads = misnamed_heads(folder).map(|file| {
        let right = head_name(file.name()).unwrap_or(HEADS[0]);
        let message = format!("`{}` must be named `{right}`", file.name());
        let diagnostic = Diagnostic::new(Code::InvalidName, Place::file(file), message);
        diagnostic.help(move_to(&file.path, right, folder.files.contains_key(right)))
    });
    let updates = misnamed_updates(folder).map(|inside| {
        let message = format!("the folder `{}` must be named `updates`", inside.name());
        let place = super::shelf::place_of_folder(inside);
        let taken = folder.folders.contains_key("updates");
        Diagnostic::new(Code::InvalidName, place, message).help(move_to(&inside.path, "updates", taken))
    });
    heads.chain(updates).collect()
}

/// The command that gives the right name, or what to do where something else has it.
pub(super) fn move_to(path: &str, right: &str, taken: bool) -> String {
    match taken {
        true => format!("move what is in it to {}, and remove it", beside(path, right)),
        false => move_command(path, &beside(path, right)),
    }
}

fn misnamed_heads(folder: &Folder) -> impl Iterator<Item = &Arc<SourceFile>> {
    folder.files.values().filter(|it| head_name(it.name()).is_some() && !HEADS.contains(&it.name()))
}

fn misnamed_updates(folder: &Folder) -> impl Iterator<Item = &Arc<Folder>> {
    folder.folders.values().filter(|it| it.name() != "updates" && is_updates(it.name()))
}
