//! A node of a YAML document, and the way to it.
//!
//! The way is a chain of borrowed steps. It becomes a [`Place`] only when something is to be said,
//! so that documents without mistakes pay nothing for knowing where they are.

use std::ops::Range;
use std::sync::Arc;

use serde_yaml::Value;

use crate::source::{Aim, Place, SourceFile, Spot, Step};

/// A YAML document that stands in a file.
#[derive(Debug)]
pub(super) struct Yaml {
    /// The file.
    pub(super) file: Arc<SourceFile>,
    /// The bytes of the file that are the document.
    pub(super) range: Range<usize>,
    /// What it says.
    pub(super) value: Value,
}

/// A node of a document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node<'a> {
    /// What it says.
    pub(super) value: &'a Value,
    way: Way<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Way<'a> {
    Root(&'a Yaml),
    Key(&'a Node<'a>, &'a str),
    Index(&'a Node<'a>, usize),
}

impl Yaml {
    /// The document's root.
    pub(super) fn root(&self) -> Node<'_> {
        Node { value: &self.value, way: Way::Root(self) }
    }
}

impl<'a> Node<'a> {
    /// The value of `key` in this map.
    pub(super) fn below_key(&'a self, key: &'a str, value: &'a Value) -> Node<'a> {
        Node { value, way: Way::Key(self, key) }
    }

    /// The element `index` of this list.
    pub(super) fn below_index(&'a self, index: usize, value: &'a Value) -> Node<'a> {
        Node { value, way: Way::Index(self, index) }
    }

    /// Where it stands.
    pub(super) fn place(&self) -> Place {
        match self.way {
            Way::Root(yaml) => Place {
                file: Arc::clone(&yaml.file),
                spot: Spot::Yaml { document: yaml.range.clone(), path: Vec::new(), aim: Aim::Value },
            },
            Way::Key(parent, key) => parent.place().at(Step::Key(key.to_owned())),
            Way::Index(parent, index) => parent.place().at(Step::Index(index)),
        }
    }

    /// The key that it is the value of, or is in a list of; of a document's root, its file's name.
    pub(super) fn key(&self) -> &str {
        match self.way {
            Way::Root(yaml) => yaml.file.name(),
            Way::Key(_, key) => key,
            Way::Index(parent, _) => parent.key(),
        }
    }
}
