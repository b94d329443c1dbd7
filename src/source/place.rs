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

/// A spot in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The file as a whole.
    File,
    /// A range of bytes of the file.
    Bytes(Range<usize>),
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
}
