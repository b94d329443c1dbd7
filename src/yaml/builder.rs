//! Builds the tree of a document from the events of the parser.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, StructureStyle, Tag};

use super::fault::Fault;
use super::{ALIAS_LIMIT, DEPTH_LIMIT, Document, Entry, Node, Value, scalar, syntax};

/// The tree of `text`.
pub(super) fn build(text: &str) -> Result<Document<'_>, Vec<Fault>> {
    let options = granit_parser::options! {
        emit_anchor_events: true,
        flow_nesting_limit: DEPTH_LIMIT,
        block_nesting_limit: DEPTH_LIMIT,
    };
    let mut builder = Builder { text, ..Builder::default() };
    for event in Parser::new_from_str_with_options(text, options) {
        let taken = match event {
            Ok((event, span)) => builder.take(event, bytes(&span)),
            Err(err) => Err(syntax::explain(text, &err)),
        };
        if let Err(fault) = taken {
            builder.faults.push(fault);
            break;
        }
    }
    builder.finish()
}

/// The bytes of a node, with its tag.
fn bytes(span: &granit_parser::Span) -> Range<usize> {
    let bytes = span.byte_range().unwrap_or_default();
    let tag = span.tag_start().and_then(|it| it.byte_offset());
    tag.unwrap_or(bytes.start).min(bytes.start)..bytes.end
}

#[derive(Default)]
struct Builder<'t> {
    text: &'t str,
    root: Option<Node<'t>>,
    open: Vec<Collection<'t>>,
    /// The nodes that have an anchor, by its number, once they are complete.
    anchored: HashMap<usize, Anchored<'t>>,
    /// The anchors that no alias has used yet, by their numbers.
    unused: HashMap<usize, Range<usize>>,
    expanded: usize,
    documents: usize,
    faults: Vec<Fault>,
}

/// A node that aliases stand for.
struct Anchored<'t> {
    node: Node<'t>,
    /// How many aliases were expanded within it.
    expanded: usize,
}

/// A list or map that is being filled.
struct Collection<'t> {
    content: Content<'t>,
    start: usize,
    is_flow: bool,
    tag: Option<Cow<'t, str>>,
    anchor: usize,
    /// How many aliases had been expanded before it.
    expanded_before: usize,
}

enum Content<'t> {
    List(Vec<Node<'t>>),
    Map { entries: Vec<Entry<'t>>, key: Option<Node<'t>> },
}

impl<'t> Builder<'t> {
    fn finish(self) -> Result<Document<'t>, Vec<Fault>> {
        if !self.faults.is_empty() {
            return Err(self.faults);
        }
        let mut unused_anchors: Vec<Range<usize>> = self.unused.into_values().collect();
        unused_anchors.sort_by_key(|it| it.start);
        let empty = || Node { value: Value::Null, span: 0..0, passed_over: None };
        Ok(Document { root: self.root.unwrap_or_else(empty), unused_anchors })
    }

    fn take(&mut self, event: Event<'t>, span: Range<usize>) -> Result<(), Fault> {
        match event {
            Event::DocumentStart(..) => return self.start_document(span),
            Event::Scalar(written, style, anchor, tag) => {
                let node = self.scalar(written, style, tag.as_deref(), span);
                self.put(node, anchor, 0);
            }
            Event::Alias(anchor) => return self.expand(anchor, span),
            Event::Anchor(anchor, _) => {
                if let Some(node) = self.last().filter(|it| it.value == Value::Null && it.span.is_empty()) {
                    node.passed_over = Some(span.clone());
                }
                self.unused.insert(anchor, span);
            }
            Event::SequenceStart(style, anchor, tag) => {
                return self.enter(Content::List(Vec::new()), style, anchor, tag.as_deref(), span);
            }
            Event::MappingStart(style, anchor, tag) => {
                let content = Content::Map { entries: Vec::new(), key: None };
                return self.enter(content, style, anchor, tag.as_deref(), span);
            }
            Event::SequenceEnd | Event::MappingEnd => self.leave(span.end),
            _ => {}
        }
        Ok(())
    }

    fn start_document(&mut self, span: Range<usize>) -> Result<(), Fault> {
        self.documents += 1;
        if self.documents == 1 { Ok(()) } else { Err(Fault::second_document(span)) }
    }

    fn scalar(
        &self,
        written: Cow<'t, str>,
        style: ScalarStyle,
        tag: Option<&Tag>,
        span: Range<usize>,
    ) -> Node<'t> {
        let is_plain = style == ScalarStyle::Plain;
        let passed_over = if is_plain && !span.is_empty() { comment_at(self.text, span.end) } else { None };
        let value = match tag.map(|it| it.core_suffix().unwrap_or("")) {
            None if is_plain => scalar::plain(written),
            None | Some("str") => Value::Text(written),
            Some("null" | "bool" | "int" | "float") => scalar::plain(written),
            Some(_) if tag.is_some_and(|it| it.original() == "!") => Value::Text(written),
            Some(_) => Value::Tagged(tag.map(Tag::original).unwrap_or_default().into()),
        };
        Node { value, span, passed_over }
    }

    fn enter(
        &mut self,
        content: Content<'t>,
        style: StructureStyle,
        anchor: usize,
        tag: Option<&Tag>,
        span: Range<usize>,
    ) -> Result<(), Fault> {
        if self.open.len() == DEPTH_LIMIT {
            return Err(Fault::too_deep(span));
        }
        let custom = tag.filter(|it| !matches!(it.core_suffix(), Some("seq" | "map")));
        self.open.push(Collection {
            content,
            start: span.start,
            is_flow: style == StructureStyle::Flow,
            tag: custom.map(|it| it.original().into()),
            anchor,
            expanded_before: self.expanded,
        });
        Ok(())
    }

    fn leave(&mut self, end: usize) {
        let Some(collection) = self.open.pop() else { return };
        let Collection { content, start, is_flow, tag, anchor, expanded_before } = collection;
        let value = match (tag, content) {
            (Some(tag), _) => Value::Tagged(tag),
            (None, Content::List(elements)) => Value::List(elements),
            (None, Content::Map { entries, .. }) => Value::Map(self.without_repeated(entries)),
        };
        let end = if is_flow { end } else { start };
        let expanded = self.expanded - expanded_before;
        self.put(Node { value, span: start..end, passed_over: None }, anchor, expanded);
    }

    /// Reports each entry whose key an earlier one has.
    fn without_repeated(&mut self, entries: Vec<Entry<'t>>) -> Vec<Entry<'t>> {
        let mut firsts: HashMap<&str, &Range<usize>> = HashMap::with_capacity(entries.len());
        let mut repeated = Vec::new();
        for entry in &entries {
            let Some(key) = written(&entry.key, self.text) else { continue };
            match firsts.get(key) {
                None => _ = firsts.insert(key, &entry.key.span),
                Some(first) => {
                    repeated.push(Fault::repeated_key(key, (*first).clone(), entry.key.span.clone()))
                }
            }
        }
        self.faults.extend(repeated);
        entries
    }

    fn put(&mut self, node: Node<'t>, anchor: usize, expanded: usize) {
        if anchor != 0 {
            self.anchored.insert(anchor, Anchored { node: node.clone(), expanded });
        }
        match self.open.last_mut().map(|it| &mut it.content) {
            None => self.root = Some(node),
            Some(Content::List(elements)) => elements.push(node),
            Some(Content::Map { entries, key }) => match key.take() {
                None => *key = Some(node),
                Some(key) => entries.push(entry(self.text, key, node)),
            },
        }
    }

    /// The node that was put last, if it is a value.
    fn last(&mut self) -> Option<&mut Node<'t>> {
        match self.open.last_mut().map(|it| &mut it.content) {
            None => self.root.as_mut(),
            Some(Content::List(elements)) => elements.last_mut(),
            Some(Content::Map { entries, key: None }) => entries.last_mut().map(|it| &mut it.value),
            Some(Content::Map { key: Some(_), .. }) => None,
        }
    }

    fn expand(&mut self, anchor: usize, span: Range<usize>) -> Result<(), Fault> {
        self.unused.remove(&anchor);
        let Some(Anchored { node, expanded }) = self.anchored.get(&anchor) else {
            return Err(Fault::alias_of_itself(span));
        };
        let (value, expanded) = (node.value.clone(), 1 + expanded);
        self.expanded += expanded;
        if ALIAS_LIMIT < self.expanded {
            return Err(Fault::too_many_aliases(span));
        }
        self.put(Node { value, span, passed_over: None }, 0, 0);
        Ok(())
    }
}

/// An entry, whose value may have a comment between it and the key.
fn entry<'t>(text: &str, key: Node<'t>, mut value: Node<'t>) -> Entry<'t> {
    let is_plain = match &value.value {
        Value::Null => value.span.is_empty(),
        Value::Text(_) => !text[value.span.start..].starts_with(['"', '\'', '|', '>']),
        Value::Bool(_) | Value::Number(_) | Value::List(_) | Value::Map(_) | Value::Tagged(_) => false,
    };
    if is_plain && value.passed_over.is_none() {
        let colon = text[key.span.end..].find(':').map_or(key.span.end, |it| key.span.end + it + 1);
        value.passed_over =
            comment_at(text, colon).filter(|it| value.span.is_empty() || it.end <= value.span.start);
    }
    Entry { key, value }
}

/// The comment that follows the byte `at` on its line.
fn comment_at(text: &str, at: usize) -> Option<Range<usize>> {
    let line = text.get(at..)?.split('\n').next()?;
    let lead = line.len() - line.trim_start_matches([' ', '\t']).len();
    let comment = line[lead..].trim_end();
    (0 < lead && comment.starts_with('#')).then(|| at + lead..at + lead + comment.len())
}

/// A key as it is compared with others: its text or, of another scalar, how it is written.
fn written<'a>(key: &'a Node<'_>, text: &'a str) -> Option<&'a str> {
    match &key.value {
        Value::Text(key) => Some(key),
        Value::Null | Value::Bool(_) | Value::Number(_) => text.get(key.span.clone()),
        Value::List(_) | Value::Map(_) | Value::Tagged(_) => None,
    }
}
