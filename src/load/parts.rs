//! What an incident's folder holds, by the names that its parts have and by those that they nearly have.
//!
//! A part under nearly the right name is an error, and it is read all the same: passing it over would hide
//! what somebody wrote while something burns.

use std::sync::Arc;

use super::names::{beside, move_command};
use crate::diag::{Code, Diagnostic};
use crate::source::{Folder, Place, SourceFile};

/// The names of a head within its folder, the first being the one to keep.
pub(super) const HEADS: [&str; 2] = ["incident.yaml", "incident.md"];

/// Whether a folder is one incident, so that nothing in it is another.
pub(super) fn is_incident(folder: &Folder) -> bool {
    let files = ["postmortem.md", "reports.csv"];
    !heads(folder).is_empty()
        || updates(folder).is_some()
        || files.iter().any(|it| folder.files.contains_key(*it))
}

/// The heads in a folder: those with the right name, else those with nearly the right one.
pub(super) fn heads(folder: &Folder) -> Vec<&Arc<SourceFile>> {
    let named_right: Vec<_> = HEADS.iter().filter_map(|it| folder.files.get(*it)).collect();
    if named_right.is_empty() { misnamed_heads(folder).collect() } else { named_right }
}

/// The folder with the files of the updates.
pub(super) fn updates(folder: &Folder) -> Option<&Arc<Folder>> {
    folder.folders.get("updates").or_else(|| misnamed_updates(folder).next())
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
