//! Two forms in which updates are written: files in a folder, and a list.

use std::sync::Arc;

use serde_yaml::Value;

use super::head::prose;
use super::update::{Around, Origin, UpdateRead, anchor, bare, update};
use super::update_name;
use crate::diag::{Code, Diagnostic};
use crate::load::document::{self, Head};
use crate::load::fields::{Fields, Foreign};
use crate::load::node::Node;
use crate::load::reading::Reading;
use crate::load::shelf::first_file;
use crate::load::time::ExactTime;
use crate::markdown::{self, Outline};
use crate::source::{Folder, Place, SourceFile};

/// The most updates that an incident may have.
pub(super) const LIMIT: usize = 10_000;

/// The files below updates/.
pub(super) fn files(folder: &Folder, around: Around<'_>, reading: &mut Reading) -> Vec<UpdateRead> {
    for inside in folder.folders.values() {
        if let Some(first) = first_file(inside) {
            let message = format!("a folder, `{}`, where only updates can be", inside.name());
            let diagnostic = Diagnostic::new(Code::InvalidName, Place::file(first), message);
            reading.say(diagnostic.help(format!("put its files directly into {}/", folder.path)));
        }
    }
    folder.files.values().filter_map(|it| file(it, around, reading)).collect()
}

fn file(file: &Arc<SourceFile>, around: Around<'_>, reading: &mut Reading) -> Option<UpdateRead> {
    if !file.name().ends_with(".md") {
        return reading.refuse(document::unreadable(file).unwrap_or_else(|| update_name::not_markdown(file)));
    }
    let name = update_name::read(file, around.sort.statuses(), reading);
    let origin = Origin {
        place: Place::file(file),
        name: file.name().to_owned(),
        at: name.at.map(ExactTime::whole),
        status: name.status,
    };
    let Some(document) = document::markdown(file, reading) else {
        return bare(origin);
    };
    let text = &document.text[document.body.clone()];
    let has_keys = match &document.head {
        Head::Absent => false,
        Head::Broken => true,
        Head::Read(yaml) => !yaml.value.is_null(),
    };
    if text.trim().is_empty() && !has_keys {
        let diagnostic = Diagnostic::new(Code::EmptyUpdate, Place::file(file), "the update is empty");
        return reading.refuse(diagnostic.help("write its text and save it again, or remove the file"));
    }
    let mut read = match &document.head {
        Head::Read(yaml) => keys(origin, &yaml.root(), around, reading),
        Head::Absent | Head::Broken => bare(origin),
    }?;
    let place = Place::bytes(file, document.body.clone());
    read.update.body = markdown::prose(text, &place, Outline::Entry, &anchor(&read.update));
    Some(read)
}

/// The keys of an update whose text stands elsewhere.
pub(super) fn keys(
    origin: Origin,
    root: &Node<'_>,
    around: Around<'_>,
    reading: &mut Reading,
) -> Option<UpdateRead> {
    let Some(mut fields) = Fields::of(root, reading) else {
        return bare(origin);
    };
    let read = update(origin, &mut fields, around, reading);
    fields.foreign(Foreign { key: "body", why: "is for updates in a list", help: "write the text below" });
    fields.finish(reading);
    read
}

/// The list under `updates:` of a head.
pub(super) fn listed(node: &Node<'_>, around: Around<'_>, reading: &mut Reading) -> Option<Vec<UpdateRead>> {
    let Value::Sequence(elements) = node.value else {
        let diagnostic = Diagnostic::new(Code::WrongType, node.place(), "`updates` takes a list");
        return reading.refuse(diagnostic.help("begin each update with `- at:` and its time"));
    };
    if LIMIT < elements.len() {
        reading.say(too_many(node.place()));
        return None;
    }
    let elements = elements.iter().enumerate();
    Some(
        elements
            .filter_map(|(index, it)| element(&node.below_index(index, it), index, around, reading))
            .collect(),
    )
}

/// That an incident has more updates than can be meant.
pub(super) fn too_many(place: Place) -> Diagnostic {
    let message = format!("an incident may have {LIMIT} updates, and this one has more");
    Diagnostic::new(Code::TooManyUpdates, place, message).help("go on in another incident, with `continues`")
}

fn element(node: &Node<'_>, index: usize, around: Around<'_>, reading: &mut Reading) -> Option<UpdateRead> {
    let mut fields = Fields::of(node, reading)?;
    let origin = Origin { place: node.place(), name: format!("{index:05}"), at: None, status: None };
    let mut read = update(origin, &mut fields, around, reading);
    let prefix = read.as_ref().map(|it| anchor(&it.update)).unwrap_or_default();
    let body = fields.read("body", reading, prose(&prefix));
    if let Some(read) = &mut read {
        read.update.body = body.unwrap_or_default();
    }
    fields.finish(reading);
    read
}
