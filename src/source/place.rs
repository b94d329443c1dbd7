//! Where in a file something stands.

use std::ops::Range;
use std::sync::Arc;

use super::SourceFile;

/// A file and a spot in it.
#[derive(Clone, Debug)]
pub struct Place {
    /// The file.
    pub file: Arc<SourceFile>,
    /// The spot in it.
    pub spot: Spot,
}

/// A spot in a file. A YAML path is kept as a path until something is to be said of it: finding
/// its line costs a second parse, which files without mistakes never pay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The file as a whole.
    File,
    /// A range of bytes of the file.
    Bytes(Range<usize>),
    /// A node of a YAML document that stands in the file.
    Yaml {
        /// The bytes of the file that are the document: all of it, its front matter, or a fenced block.
        document: Range<usize>,
        /// The way from the document's root to the node.
        path: Vec<Step>,
        /// Whether the node's key or its value is meant.
        aim: Aim,
    },
}

/// A step down into a YAML document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// To the value of a key.
    Key(String),
    /// To an element of a list, counted from 0.
    Index(usize),
}

/// Which half of a map's entry a place means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aim {
    /// The key, as for one that is unknown.
    Key,
    /// The value.
    Value,
}

impl Place {
    /// The file as a whole.
    pub fn file(file: &Arc<SourceFile>) -> Self {
        Place { file: Arc::clone(file), spot: Spot::File }
    }

    /// A range of bytes of `file`.
    pub fn bytes(file: &Arc<SourceFile>, range: Range<usize>) -> Self {
        Place { file: Arc::clone(file), spot: Spot::Bytes(range) }
    }

    /// The root of `file`, which is a YAML document as a whole.
    pub fn document(file: &Arc<SourceFile>) -> Self {
        let spot = Spot::Yaml { document: 0..file.bytes().len(), path: Vec::new(), aim: Aim::Value };
        Place { file: Arc::clone(file), spot }
    }

    /// The value below this one at `step`. Of a place that is no YAML, the place itself.
    #[must_use]
    pub fn at(&self, step: Step) -> Self {
        let mut place = self.clone();
        if let Spot::Yaml { path, aim, .. } = &mut place.spot {
            // Most places are kept as long as the project is, and never grow.
            path.reserve_exact(1);
            path.push(step);
            *aim = Aim::Value;
        }
        place
    }

    /// The value of `key` in the map at this place.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        self.at(Step::Key(key.to_owned()))
    }

    /// The element `index` of the list at this place.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.at(Step::Index(index))
    }

    /// The key of this entry rather than its value.
    #[must_use]
    pub fn aimed_at_key(mut self) -> Self {
        if let Spot::Yaml { aim, .. } = &mut self.spot {
            *aim = Aim::Key;
        }
        self
    }
}
