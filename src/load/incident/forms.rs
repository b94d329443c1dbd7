//! The three forms in which updates are written: files in a folder, a list, and headings in a text.

use std::ops::Range;
use std::sync::Arc;

use serde_yaml::Value;

use super::head::{Sort, prose};
use super::update::{Around, Origin, UpdateRead, anchor, bare, find_status, update};
use super::update_name;
use crate::diag::{Code, Diagnostic};
use crate::load::document::{self, Document, Head};
use crate::load::fields::{Fields, Foreign};
use crate::load::node::Node;
use crate::load::reading::Reading;
use crate::load::shelf::first_file;
use crate::load::time::instant;
use crate::load::yaml;
use crate::markdown::{self, Outline, Section};
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
    let origin =
        Origin { place: Place::file(file), name: file.name().to_owned(), at: name.at, status: name.status };
    let Some(document) = document::markdown(file, reading) else {
        return bare(origin);
    };
    let text = &document.text[document.body.clone()];
    if text.trim().is_empty() && matches!(document.head, Head::Absent) {
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
fn keys(origin: Origin, root: &Node<'_>, around: Around<'_>, reading: &mut Reading) -> Option<UpdateRead> {
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

/// The text of a Markdown document before its first update, and the updates under its headings, unless
/// there are too many.
pub(super) fn headings(
    document: &Document<'_>,
    around: Around<'_>,
    reading: &mut Reading,
) -> (Range<usize>, Option<Vec<UpdateRead>>) {
    let start = document.body.start;
    let shift = |range: &Range<usize>| start + range.start..start + range.end;
    let parts = markdown::sections(&document.text[document.body.clone()]);
    if LIMIT < parts.sections.len() {
        reading.say(too_many(Place::file(document.file)));
        return (shift(&parts.lead), None);
    }
    let numbered = parts.sections.iter().enumerate();
    let updates = numbered.filter_map(|(index, part)| {
        let part = Section {
            heading: shift(&part.heading),
            status: part.status.as_ref().map(&shift),
            body: shift(&part.body),
        };
        section(document, index, &part, around, reading)
    });
    let updates = updates.collect();
    (shift(&parts.lead), Some(updates))
}

fn section(
    document: &Document<'_>,
    index: usize,
    part: &Section,
    around: Around<'_>,
    reading: &mut Reading,
) -> Option<UpdateRead> {
    let Document { file, text, .. } = document;
    let origin = heading(file, part.heading.clone(), text, around.sort, reading)?;
    let origin = Origin { name: format!("{index:05}"), ..origin };
    if part.status.is_none() && text[part.body.clone()].trim().is_empty() {
        let place = Place::bytes(file, part.heading.clone());
        let diagnostic = Diagnostic::new(Code::EmptyUpdate, place, "the update is empty");
        return reading.refuse(diagnostic.help("write its text below the heading"));
    }
    let yaml = part.status.as_ref().and_then(|it| yaml::parse(file, it.clone(), text, reading));
    let mut read = match &yaml {
        Some(yaml) => keys(origin, &yaml.root(), around, reading),
        None => bare(origin),
    }?;
    let place = Place::bytes(file, part.body.clone());
    read.update.body =
        markdown::prose(&text[part.body.clone()], &place, Outline::Entry, &anchor(&read.update));
    Some(read)
}

/// What a heading says: `TIME [STATUS]`. The time may hold a space, so the status is the last word
/// that begins with a letter.
fn heading(
    file: &Arc<SourceFile>,
    range: Range<usize>,
    text: &str,
    sort: Sort,
    reading: &mut Reading,
) -> Option<Origin> {
    let words = text[range.clone()].trim();
    let place = Place::bytes(file, range);
    let is_word = |it: &&str| it.len() != 1 && it.starts_with(|it: char| it.is_ascii_lowercase());
    let (time, word) = match words.rsplit_once(' ').filter(|(_, last)| is_word(last)) {
        Some((time, word)) => (time.trim_end(), Some(word)),
        None => (words, None),
    };
    let at = match instant(time) {
        Ok(at) => at,
        Err(fault) => {
            let diagnostic = crate::load::time::explain(&fault, time, "a heading", &reading.zone);
            let (message, help) = diagnostic;
            let diagnostic = Diagnostic::new(Code::InvalidTime, place, message).help(help);
            return reading.refuse(diagnostic);
        }
    };
    let status = word.filter(|it| *it != "update").and_then(|word| {
        find_status(word, sort)
            .map_err(|(code, message, help)| {
                let diagnostic = Diagnostic::new(code, place.clone(), message);
                reading.say(match help {
                    Some(help) => diagnostic.help(help),
                    None => diagnostic,
                });
            })
            .ok()
    });
    Some(Origin { place, name: String::new(), at: Some(at), status })
}
