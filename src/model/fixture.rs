//! What tests need of the model where nothing was read from disk.

use std::sync::Arc;

use crate::source::{Content, Place, SourceFile};

/// A place in a file that is nowhere.
pub(crate) fn place() -> Place {
    let content = Content::of(Vec::new());
    Place::file(&Arc::new(SourceFile { path: "incidents/test.yaml".to_owned(), content }))
}
