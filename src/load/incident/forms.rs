//! Two forms in which updates are written: files in a folder, and a list.

use std::sync::Arc;

use jiff::Timestamp;

use super::head::prose;
use super::update::{Around, Origin, UpdateRead, WITHHOLDING, anchor, bare, update};
use super::update_name;
use super::written_time::WrittenTime;
use crate::diag::{Code, Diagnostic};
use crate::load::document::{self, Head};
use crate::load::ending;
use crate::load::fields::{Fields, Foreign, wrong_type};
use crate::load::node::Node;
use crate::load::reading::Reading;
use crate::load::shelf::first_file;
use crate::load::time::{ExactTime, instant};
use crate::markdown::{self, Outline};
use crate::model::Withheld;
use crate::source::{Folder, Place, SourceFile};
use crate::yaml::{Value, quoted};

/// The most updates that an incident may have.
pub(super) const LIMIT: usize = 10_000;

/// The files below updates/.
pub(super) fn files(folder: &Arc<Folder>, around: Around<'_>, reading: &mut Reading) -> Vec<UpdateRead> {
    for inside in folder.folders.values() {
        if let Some(first) = first_file(inside) {
            let message = format!("a folder, `{}`, where only updates can be", inside.name());
            let diagnostic = Diagnostic::new(Code::InvalidName, Place::file(first), message);
            reading.say(diagnostic.help(format!("put its files directly into {}/", folder.path)));
        }
    }
    reading.folder = Some(Arc::clone(folder));
    let mut updates = Vec::with_capacity(folder.files.len());
    for it in folder.files.values() {
        match file(it, around, reading) {
            Some(read) => updates.push(read),
            None => reading.withhold(Withheld::Update { place: Place::file(it), times: times(it) }),
        }
    }
    updates
}

/// The times that an earlier form of an update's file can have had; none where the file states one that cannot be
/// read.
fn times(file: &SourceFile) -> Vec<Timestamp> {
    let text = std::str::from_utf8(file.bytes()).unwrap_or_default();
    let stated = text.lines().filter_map(|it| it.trim_start().strip_prefix("at:"));
    let stated = stated.map(|it| instant(it.trim().trim_matches(['"', '\''])).ok());
    let named = WrittenTime::read(file.name()).map(|it| it.instant());
    named.into_iter().chain(stated).collect::<Option<_>>().unwrap_or_default()
}

/// The update in a file.
pub(super) fn file(file: &Arc<SourceFile>, around: Around<'_>, reading: &mut Reading) -> Option<UpdateRead> {
    if !file.name().ends_with(".md") && (ending::is_lost(file) || !ending::may_be_markdown(file.name())) {
        let fault = match document::unreadable(file) {
            Some(unreadable) => unreadable,
            None => update_name::not_markdown(file, reading),
        };
        return reading.refuse(fault);
    }
    let name = update_name::read(file, around.sort.statuses(), reading);
    let origin = Origin {
        place: Place::file(file),
        name: file.name().to_owned(),
        at: name.at.map(ExactTime::whole),
        status: name.status,
    };
    let document = document::markdown(file, reading)?;
    let text = &document.text[document.body.clone()];
    let has_keys = match &document.head {
        Head::Absent => false,
        Head::Broken => true,
        Head::Read(yaml) => !yaml.document.root.is_null(),
    };
    if text.trim().is_empty() && !has_keys {
        let diagnostic = Diagnostic::new(Code::EmptyUpdate, Place::file(file), "the update is empty");
        return reading.refuse(diagnostic.help("write its text and save it again, or remove the file"));
    }
    let mut read = match &document.head {
        Head::Read(yaml) => keys(origin, &yaml.root(), around, reading),
        Head::Absent => bare(origin),
        Head::Broken => None,
    }?;
    let place = Place::bytes(file, document.body.clone());
    read.update.body = markdown::prose(text, &place, Outline::Entry, &anchor(&read.update));
    Some(read)
}

/// The keys of an update whose text stands elsewhere. None where they do not say for certain that the public may
/// read it.
pub(super) fn keys(
    origin: Origin,
    root: &Node<'_>,
    around: Around<'_>,
    reading: &mut Reading,
) -> Option<UpdateRead> {
    let mut fields = Fields::of(root, reading)?.withholding(&WITHHOLDING);
    let read = update(origin, &mut fields, around, reading);
    fields.foreign(Foreign { key: "body", why: "is for updates in a list", help: "write the text below" });
    let is_clear = fields.finish(reading);
    read.filter(|_| is_clear)
}

/// The list under `updates:` of a head.
pub(super) fn listed(node: &Node<'_>, around: Around<'_>, reading: &mut Reading) -> Option<Vec<UpdateRead>> {
    let Value::List(elements) = node.value else {
        let diagnostic = Diagnostic::new(Code::WrongType, node.place(), "`updates` takes a list");
        return reading.refuse(diagnostic.help("begin each update with `- at:` and its time"));
    };
    if LIMIT < elements.len() {
        reading.say(too_many(node.place()));
        return None;
    }
    let mut updates = Vec::with_capacity(elements.len());
    for (index, it) in elements.iter().enumerate() {
        let node = node.element(it);
        match element(&node, index, around, reading) {
            Some(read) => updates.push(read),
            None => {
                let at = it.get("at").and_then(|it| instant(it.text()?).ok());
                let times = at.into_iter().collect();
                reading.withhold(Withheld::Update { place: node.place(), times });
            }
        }
    }
    Some(updates)
}

/// That an incident has more updates than can be meant.
pub(super) fn too_many(place: Place) -> Diagnostic {
    let message = format!("an incident may have {LIMIT} updates, and this one has more");
    Diagnostic::new(Code::TooManyUpdates, place, message).help("go on in another incident, with `continues`")
}

fn element(node: &Node<'_>, index: usize, around: Around<'_>, reading: &mut Reading) -> Option<UpdateRead> {
    if let Value::Text(_) = node.value {
        let diagnostic = wrong_type(node, node.value, "a list of updates");
        let body = quoted(node.written());
        let help = format!("write it as `- {{at: 2020-07-10T10:48Z, status: investigating, body: {body}}}`");
        return reading.refuse(diagnostic.help(help));
    }
    let mut fields = Fields::of(node, reading)?.withholding(&WITHHOLDING);
    let origin = Origin { place: node.place(), name: format!("{index:05}"), at: None, status: None };
    let mut read = update(origin, &mut fields, around, reading);
    let prefix = read.as_ref().map(|it| anchor(&it.update)).unwrap_or_default();
    let body = fields.read("body", reading, prose(&prefix));
    if let Some(read) = &mut read {
        read.update.body = body.unwrap_or_default();
    }
    let is_clear = fields.finish(reading);
    read.filter(|_| is_clear)
}
