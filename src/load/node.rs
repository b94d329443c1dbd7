//! A node of a YAML document with what its readers need to report a mistake: its key and its place.

use std::ops::Range;
use std::sync::Arc;

use crate::source::{Place, SourceFile};
use crate::yaml::{self, Document, Entry, Value};

/// A YAML document that stands in a file.
#[derive(Debug)]
pub(super) struct Yaml<'t> {
    /// The file.
    pub(super) file: Arc<SourceFile>,
    /// Where in the file the document begins: behind a byte-order mark, in front matter or in a fenced block.
    pub(super) start: usize,
    /// What it says.
    pub(super) document: Document<'t>,
}

/// A node of a document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node<'a> {
    /// What it says.
    pub(super) value: &'a Value<'a>,
    tree: &'a yaml::Node<'a>,
    /// The name of the key that it is the value of, or is in a list of.
    name: &'a str,
    /// The key that it is the value of.
    key: Option<&'a yaml::Node<'a>>,
    yaml: &'a Yaml<'a>,
}

impl<'t> Yaml<'t> {
    /// The document's root.
    pub(super) fn root(&self) -> Node<'_> {
        let root = &self.document.root;
        Node { value: &root.value, tree: root, name: self.file.name(), key: None, yaml: self }
    }

    /// The place of these bytes of the document.
    pub(super) fn place(&self, bytes: &Range<usize>) -> Place {
        Place::bytes(&self.file, self.start + bytes.start..self.start + bytes.end)
    }
}

impl<'a> Node<'a> {
    /// The value of an entry of this map.
    pub(super) fn below(&self, entry: &'a Entry<'a>) -> Node<'a> {
        let name = entry.key.text().unwrap_or_default();
        Node { value: &entry.value.value, tree: &entry.value, name, key: Some(&entry.key), yaml: self.yaml }
    }

    /// The value of `key` in this map.
    pub(super) fn get(&self, key: &str) -> Option<Node<'a>> {
        self.tree.entry(key).map(|it| self.below(it))
    }

    /// An element of this list.
    pub(super) fn element(&self, element: &'a yaml::Node<'a>) -> Node<'a> {
        Node { value: &element.value, tree: element, key: None, ..*self }
    }

    /// Where it stands; of a value without bytes of its own, where its key does.
    pub(super) fn place(&self) -> Place {
        match self.key {
            Some(_) if self.tree.span.is_empty() => self.key_place(),
            Some(_) | None => self.yaml.place(&self.tree.span),
        }
    }

    /// Where its key stands.
    pub(super) fn key_place(&self) -> Place {
        self.yaml.place(&self.key.unwrap_or(self.tree).span)
    }

    /// What stands there and is not part of it, and where that stands.
    pub(super) fn passed_over(&self) -> Option<(&'a str, Place)> {
        let range = self.tree.passed_over.as_ref()?;
        let place = self.yaml.place(range);
        let file = self.yaml.file.bytes().get(self.yaml.start + range.start..self.yaml.start + range.end)?;
        Some((std::str::from_utf8(file).ok()?, place))
    }

    /// Its text in the file.
    pub(super) fn written(&self) -> &'a str {
        let bytes = self.yaml.start + self.tree.span.start..self.yaml.start + self.tree.span.end;
        self.yaml.file.bytes().get(bytes).and_then(|it| std::str::from_utf8(it).ok()).unwrap_or_default()
    }

    /// Its whole number, if it is one.
    pub(super) fn integer(&self) -> Option<i64> {
        self.tree.integer()
    }

    /// The key that it is the value of, or is in a list of; of a document's root, its file's name.
    pub(super) fn key(&self) -> &'a str {
        self.name
    }
}
