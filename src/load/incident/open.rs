//! Opens an incident: finds its head, wherever it is, and reads it with the updates in its document.

use std::sync::Arc;

use super::forms;
use super::head::{self, Head, Sort};
use super::headings;
use super::update::{Around, UpdateRead};
use crate::diag::{Code, Diagnostic};
use crate::load::document::{self, Document};
use crate::load::ending;
use crate::load::fields::{Fields, Foreign};
use crate::load::names::move_command;
use crate::load::parts;
use crate::load::reading::Reading;
use crate::load::shelf::{self, Entry};
use crate::load::values;
use crate::markdown::{self, Outline};
use crate::model::Site;
use crate::source::{Place, SourceFile, without_marks};

/// A head that could be read, with the updates that stand in its document.
pub(super) struct Opened {
    /// Its keys, or its folder's first file where it has none.
    pub(super) place: Place,
    pub(super) head: Head,
    pub(super) sort: Sort,
    pub(super) updates: Vec<UpdateRead>,
    /// Whether the head holds no error.
    pub(super) is_sound: bool,
}

/// Reads the head, wherever it is; none where it cannot be read at all.
pub(super) fn open(entry: &Entry, site: &Site, reading: &mut Reading) -> Option<Opened> {
    let inside = entry.folder().into_iter().flat_map(|it| parts::heads(it));
    let heads: Vec<&Arc<SourceFile>> = entry.heads().chain(inside).collect();
    let [file, others @ ..] = heads.as_slice() else {
        return match super::unnamed_head(entry) {
            Some(name) => reading.refuse(unnamed_head(entry, name)),
            None => Some(without_head(entry, reading)),
        };
    };
    for other in others {
        let message = format!("`{}` has two heads", entry.name());
        let diagnostic = Diagnostic::new(Code::DuplicateId, Place::file(other), message);
        reading.say(diagnostic.related(Place::file(file), "the other").help("keep one of them"));
    }
    // That it has another ending or was set aside has been said where it was found.
    if without_marks(file.name()) != file.name() {
        return None;
    }
    let document = match ending::is_markdown(file.name())? {
        true => document::markdown(file, reading)?,
        false => document::yaml(file, reading)?,
    };
    let mut opened = head_of(&document, site, reading)?;
    opened.is_sound &= others.is_empty();
    Some(opened)
}

/// A title from the folder's name stands in for a head that a colleague has not pushed yet.
fn without_head(entry: &Entry, reading: &mut Reading) -> Opened {
    let title = title_from(entry.name());
    let message = format!("this incident has no head, so it is called \"{title}\"");
    let diagnostic = Diagnostic::new(Code::MissingHead, entry.place(), message);
    reading.say(diagnostic.help(format!("add {}/incident.yaml with its `title`", entry.path())));
    Opened {
        place: entry.place(),
        head: Head::untold(title),
        sort: Sort::Incident,
        updates: Vec::new(),
        is_sound: true,
    }
}

/// `2020-07-10-login-cascade` is "Login cascade".
fn title_from(name: &str) -> String {
    let words = name.trim_start_matches(|it: char| it.is_ascii_digit() || matches!(it, '-' | '_' | '.'));
    let words = if words.is_empty() { name } else { words }.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// That a folder without a head holds what seems to be it.
fn unnamed_head(entry: &Entry, name: &str) -> Diagnostic {
    let meant = without_marks(name);
    let right = match ending::is_markdown(ending::stem(meant)).or(ending::is_markdown(meant)) {
        Some(true) => "incident.md",
        Some(false) | None => parts::HEADS[0],
    };
    let path = |name: &str| format!("{}/{name}", entry.path());
    let message =
        format!("`{name}` seems to be the head of this incident, which has none under its right name");
    let diagnostic = Diagnostic::new(Code::InvalidName, shelf::path_alone(&path(name)), message);
    diagnostic.help(match name == right {
        true => "make it a file".to_owned(),
        false => move_command(&path(name), &path(right)),
    })
}

fn head_of(document: &Document<'_>, site: &Site, reading: &mut Reading) -> Option<Opened> {
    let yaml = match &document.head {
        document::Head::Read(yaml) => yaml,
        document::Head::Broken => return None,
        document::Head::Absent => {
            let message = "an incident begins with its keys, and here are none";
            let diagnostic = Diagnostic::new(Code::MissingKey, Place::file(document.file), message);
            return reading
                .refuse(diagnostic.help("begin with a line `---`, then `title:`, then a line `---`"));
        }
    };
    let root = yaml.root();
    let before = reading.errors();
    let mut fields = Fields::of(&root, reading)?.withholding(&head::WITHHOLDING);
    let sort = head::sort(&mut fields, reading);
    let mut head = head::head(sort, &mut fields, site, reading);
    let around = Around { site, sort };
    let is_markdown = ending::is_markdown(document.file.name()) == Some(true);
    if is_markdown {
        let help = "write the text below the front matter";
        fields.foreign(Foreign { key: "summary", why: "is for heads in YAML", help });
    } else {
        head.summary = fields.read("summary", reading, |node, reading| {
            let text = values::text(node, reading)?;
            Some(markdown::prose(&text, &node.place(), Outline::Part, ""))
        });
    }
    let head_errors = reading.errors() - before;
    let listed = fields.read("updates", reading, |node, reading| forms::listed(node, around, reading));
    let lost = fields.has("updates") && listed.is_none();
    let before_finish = reading.errors();
    fields.finish(reading);
    let mut is_sound = head_errors == 0 && reading.errors() == before_finish && !lost;
    let mut updates = listed.unwrap_or_default();
    if is_markdown {
        let (lead, below) = headings::headings(document, around, reading);
        let place = Place::bytes(document.file, lead.clone());
        head.summary = Some(markdown::prose(&document.text[lead], &place, Outline::Part, ""));
        is_sound &= below.is_some();
        updates.extend(below.unwrap_or_default());
    }
    Some(Opened { place: root.place(), head, sort, updates, is_sound })
}
