//! A project in which every field that takes text holds injections.
//!
//! The texts come in heaps, so that a few pages show them all: a list has an entry for each of a heap, and what is one value
//! holds the whole heap. Each field begins with a word of its own, by which it is found again in the output.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Mutex;

use crate::documents;
use crate::injections::{Field, accepted, put, quoted};

/// The instant to look at it.
pub(crate) const AT: &str = "2026-03-10T12:00:00Z";
/// How many texts stand in a heap.
const HEAP: usize = 40;

/// Texts by the fields that take them, and the words of the fields that were written.
pub(crate) struct Hostile {
    texts: Vec<(Field, Vec<String>)>,
    marks: Mutex<BTreeSet<String>>,
}

/// Some of the texts, to stand together.
pub(crate) struct Heap<'a> {
    pub(crate) all: &'a Hostile,
    pub(crate) number: usize,
}

impl Hostile {
    /// Those of the texts that the format lets into its fields.
    pub(crate) fn of(texts: &[String]) -> Self {
        let texts = Field::ALL.map(|field| (field, accepted(field, texts)));
        Hostile { texts: texts.into(), marks: Mutex::default() }
    }

    /// The texts that may stand in this kind of field.
    pub(crate) fn accepted(&self, field: Field) -> &[String] {
        &self.texts.iter().find(|(it, _)| *it == field).expect("all fields were tried").1
    }

    /// The words that mark the fields written so far.
    pub(crate) fn marks(&self) -> BTreeSet<String> {
        self.marks.lock().unwrap().clone()
    }

    /// Writes a project of which all is hostile but the title of the site.
    pub(crate) fn write(&self, root: &Path) {
        let count = self.accepted(Field::Line).len().div_ceil(HEAP);
        let heaps: Vec<Heap<'_>> = (0..count).map(|number| Heap { all: self, number }).collect();
        put(root, "site/site.yaml", &documents::site(&heaps));
        for (path, text) in heaps.iter().flat_map(Heap::documents) {
            assert!(put(root, &path, &text), "{path}");
        }
        for name in self.accepted(Field::Incident) {
            put(root, &format!("incidents/{name}.yaml"), documents::NAMED);
        }
        for name in self.accepted(Field::Asset) {
            put(root, &format!("site/assets/{name}"), "");
        }
    }

    /// Writes a project of which only the title of the site is hostile: it is long, and stands on every page.
    pub(crate) fn write_title(&self, root: &Path) {
        let title = quoted(&format!("{} {}", self.mark("site-title"), self.accepted(Field::Line).join(" ")));
        let site = format!(
            "title: {title}\nurl: https://status.example.com\nsince: 2026-01-01\ncomponents: [{{id: c, name: C}}]\n"
        );
        put(root, "site/site.yaml", &site);
        put(root, "incidents/named.yaml", documents::NAMED);
    }

    /// The word that marks a field.
    pub(crate) fn mark(&self, field: &str) -> String {
        let mark = format!("qq-{field}");
        self.marks.lock().unwrap().insert(mark.clone());
        mark
    }
}

impl Heap<'_> {
    /// The texts of this heap that may stand in a field.
    pub(crate) fn texts(&self, field: Field) -> &[String] {
        let texts = self.all.accepted(field);
        let from = (self.number * HEAP).min(texts.len());
        &texts[from..texts.len().min(from + HEAP)]
    }

    /// The heap as one line.
    pub(crate) fn line(&self, field: &str) -> String {
        quoted(&format!("{} {}", self.all.mark(field), self.texts(Field::Line).join(" ")))
    }

    /// The heap as Markdown, a paragraph each.
    pub(crate) fn markdown(&self, field: &str) -> String {
        format!("{}\n\n{}\n", self.all.mark(field), self.texts(Field::Prose).join("\n\n"))
    }

    pub(crate) fn prose(&self, field: &str) -> String {
        quoted(&self.markdown(field))
    }

    /// The heap as a list of lines.
    pub(crate) fn list(&self, field: &str) -> String {
        self.entries(field, |text, _| text.to_owned())
    }

    /// A list with an entry for each text of the heap, quoted, and its number.
    pub(crate) fn entries(&self, field: &str, entry: impl Fn(&str, usize) -> String) -> String {
        let mark = self.all.mark(field);
        let texts = std::iter::once(&mark).chain(self.texts(Field::Line));
        let entries: Vec<String> = texts.enumerate().map(|(index, it)| entry(&quoted(it), index)).collect();
        format!("[{}]", entries.join(", "))
    }

    pub(crate) fn corrections(&self, field: &str) -> String {
        self.entries(field, |text, _| format!("{{at: 2026-03-10T11:45Z, note: {text}}}"))
    }

    /// Links whose titles are the texts and whose addresses are those that may be one.
    pub(crate) fn links(&self, field: &str) -> String {
        self.entries(field, |text, index| format!("{{title: {text}, url: {}}}", self.address(index)))
    }

    pub(crate) fn address(&self, index: usize) -> String {
        let addresses = self.all.accepted(Field::Address);
        quoted(&addresses[(self.number * HEAP + index) % addresses.len()])
    }
}
