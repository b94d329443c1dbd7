//! YAML documents as trees whose nodes know the bytes that they come from.
//!
//! 1. `granit-parser` reports events, each with its range of bytes.
//! 2. `builder` puts them together into a tree. An alias is replaced by the node it names, within limits.
//! 3. `scalar` gives plain scalars their types, by the core schema of YAML 1.2 (section 10.3.2).
//! 4. `syntax` says what is wrong with a text that is not YAML, in words for its author.
//!
//! A document is parsed once: the tree holds both what is meant and where it stands, and notes what YAML
//! passes over in silence (comments behind a value, anchors that nothing uses).

mod builder;
mod fault;
mod line;
mod quote;
mod scalar;
mod syntax;

#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;

pub use fault::{Fault, Kind};
pub use quote::quoted;

/// How many lists and maps a document may nest.
pub const DEPTH_LIMIT: usize = 64;
/// How many aliases a document may expand, those within others counted each time.
pub const ALIAS_LIMIT: usize = 100;

/// A document that could be read.
#[derive(Clone, Debug)]
pub struct Document<'t> {
    /// The node that holds all others; null in an empty document.
    pub root: Node<'t>,
    /// The anchors, `&name`, that no alias uses: most are text that was meant to begin with `&`.
    pub unused_anchors: Vec<Range<usize>>,
}

/// A value and where it stands.
#[derive(Clone, Debug)]
pub struct Node<'t> {
    /// What it says.
    pub value: Value<'t>,
    /// Its bytes; of a list or map in block style, the empty range where it begins. Of the copy that stands
    /// for an alias, the bytes of the alias.
    pub span: Range<usize>,
    /// What stands there and is not part of the value: a comment that ends a plain scalar or stands where its text was
    /// meant to begin, or the anchor of a node without text.
    pub passed_over: Option<Range<usize>>,
}

/// What a node says.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'t> {
    /// Nothing, or a word for it, such as `~`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as it is written.
    Number(Cow<'t, str>),
    /// Text.
    Text(Cow<'t, str>),
    /// A list.
    List(Vec<Node<'t>>),
    /// A map, in the order of the document, without repeated keys.
    Map(Vec<Entry<'t>>),
    /// A scalar, list or map with a tag that YAML does not define, such as `!important`.
    Tagged(Cow<'t, str>),
}

/// An entry of a map.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<'t> {
    /// Its key, which may be of any type.
    pub key: Node<'t>,
    /// Its value.
    pub value: Node<'t>,
}

/// Nodes are equal if they say the same, wherever they stand.
impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

/// Reads the one document in `text`, which must not begin with a byte-order mark.
///
/// # Errors
/// All that is wrong: one fault of syntax, or each key that is written twice.
pub fn parse(text: &str) -> Result<Document<'_>, Vec<Fault>> {
    builder::build(text)
}

impl<'t> Node<'t> {
    /// The entry of this map whose key is the text `key`.
    pub fn entry(&self, key: &str) -> Option<&Entry<'t>> {
        let Value::Map(entries) = &self.value else { return None };
        entries.iter().find(|it| it.key.text() == Some(key))
    }

    /// The value of `key` in this map.
    pub fn get(&self, key: &str) -> Option<&Node<'t>> {
        self.entry(key).map(|it| &it.value)
    }

    /// The text that it is.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::List(_)
            | Value::Map(_)
            | Value::Tagged(_) => None,
        }
    }

    /// Whether it says nothing.
    pub fn is_null(&self) -> bool {
        self.value == Value::Null
    }

    /// The whole number that it is, if it lies within 64 bits.
    pub fn integer(&self) -> Option<i64> {
        match &self.value {
            Value::Number(written) => scalar::integer(written),
            Value::Null
            | Value::Bool(_)
            | Value::Text(_)
            | Value::List(_)
            | Value::Map(_)
            | Value::Tagged(_) => None,
        }
    }
}
