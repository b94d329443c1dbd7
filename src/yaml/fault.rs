//! Why a document cannot be read, in words for its author.

use std::ops::Range;

use super::{ALIAS_LIMIT, DEPTH_LIMIT};

/// Why a document cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What kind of fault.
    pub kind: Kind,
    /// The bytes that are wrong.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: String,
    /// Of a repeated key, the bytes of the first one.
    pub first: Option<Range<usize>>,
}

/// The kinds of faults.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The text is not YAML, or more than one document.
    Syntax,
    /// A key is written twice in one map.
    RepeatedKey,
    /// Lists and maps are nested too deep, or aliases expanded too often.
    TooLarge,
}

impl Fault {
    pub(super) fn syntax(span: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Fault { kind: Kind::Syntax, span, message: message.into(), help: help.into(), first: None }
    }

    pub(super) fn too_deep(span: Range<usize>) -> Self {
        let message = format!("lists and maps are nested more than {DEPTH_LIMIT} deep");
        Fault { kind: Kind::TooLarge, ..Fault::syntax(span, message, "use fewer levels") }
    }

    pub(super) fn too_many_aliases(span: Range<usize>) -> Self {
        let message = format!("aliases are expanded more than {ALIAS_LIMIT} times");
        Fault { kind: Kind::TooLarge, ..Fault::syntax(span, message, "write the values out") }
    }

    pub(super) fn alias_of_itself(span: Range<usize>) -> Self {
        Fault::syntax(span, "this alias is part of what it stands for", "write the value out")
    }

    pub(super) fn second_document(span: Range<usize>) -> Self {
        let help = "remove the line `---`, or move what follows to a file of its own";
        Fault::syntax(span, "a second document begins here", help)
    }

    pub(super) fn repeated_key(key: &str, first: Range<usize>, again: Range<usize>) -> Self {
        let fault = Fault::syntax(again, format!("the key `{key}` is written twice"), "keep one of them");
        Fault { kind: Kind::RepeatedKey, first: Some(first), ..fault }
    }
}
