//! The shape of a YAML document as its text has it: where each node stands, which keys are written
//! twice, how deep it goes.
//!
//! The parser that gives us values forgets all of this. It is read by a second one, from events, and
//! only when something is to be said or a document looks as if it could grow without bound.

use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{Event, Parser};

use crate::source::Step;

/// How deep a document may be nested.
pub(super) const DEPTH_LIMIT: usize = 64;
/// How many aliases may be expanded, those within others counted each time.
pub(super) const ALIAS_LIMIT: usize = 100;

/// What was found on the way through a document.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// The nodes by their paths.
    pub(super) nodes: HashMap<Vec<Step>, Spans>,
    /// The keys written twice: the first time and the next.
    pub(super) duplicates: Vec<(String, Range<usize>, Range<usize>)>,
    /// Where the limit of nesting or of expansion was passed; the rest was not looked at.
    pub(super) beyond: Option<Beyond>,
    /// Whether the text could be read to its end.
    pub(super) whole: bool,
    /// Where a second document begins.
    pub(super) second: Option<usize>,
}

/// Where a node stands.
#[derive(Clone, Debug)]
pub(super) struct Spans {
    /// The bytes of its key, if it has one.
    pub(super) key: Option<Range<usize>>,
    /// Its own bytes; of a map or a list, where it begins.
    pub(super) value: Range<usize>,
}

/// A limit that was passed, and at which byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beyond {
    /// The limit of nesting.
    Depth(usize),
    /// The limit of alias expansion.
    Aliases(usize),
}

/// The outline of `text`, as far as it can be read.
pub(super) fn outline(text: &str) -> Outline {
    let mut walk = Walk::default();
    for event in Parser::new_from_str(text) {
        let Ok((event, span)) = event else { return walk.found };
        walk.take(&event, span.byte_range().unwrap_or_default());
        if walk.found.beyond.is_some() {
            return walk.found;
        }
    }
    Outline { whole: true, ..walk.found }
}

#[derive(Default)]
struct Walk {
    found: Outline,
    open: Vec<Collection>,
    path: Vec<Step>,
    documents: usize,
    /// How many aliases the node of each anchor expands to.
    anchors: HashMap<usize, usize>,
    expanded: usize,
}

/// A list or a map that is being walked through.
struct Collection {
    kind: Inside,
    anchor: usize,
    /// How many aliases had been expanded before it.
    expanded_before: usize,
}

enum Inside {
    List { next: usize },
    Map { keys: HashMap<String, Range<usize>>, key: Option<(String, Range<usize>)> },
}

impl Walk {
    fn take(&mut self, event: &Event<'_>, span: Range<usize>) {
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents == 2 {
                    self.found.second = Some(span.start);
                }
            }
            Event::Scalar(value, ..) => self.leaf(value, span),
            Event::Alias(anchor) => {
                self.expanded += 1 + self.anchors.get(anchor).copied().unwrap_or_default();
                if ALIAS_LIMIT < self.expanded {
                    self.found.beyond = Some(Beyond::Aliases(span.start));
                }
                self.leaf("", span);
            }
            Event::SequenceStart(_, anchor, _) => self.enter(Inside::List { next: 0 }, *anchor, span),
            Event::MappingStart(_, anchor, _) => {
                self.enter(Inside::Map { keys: HashMap::new(), key: None }, *anchor, span);
            }
            Event::SequenceEnd | Event::MappingEnd => self.leave(),
            _ => {}
        }
    }

    fn leaf(&mut self, value: &str, span: Range<usize>) {
        if !self.take_as_key(value, &span) && self.step_to(span) {
            self.path.pop();
        }
    }

    fn enter(&mut self, kind: Inside, anchor: usize, span: Range<usize>) {
        if self.open.len() == DEPTH_LIMIT {
            self.found.beyond = Some(Beyond::Depth(span.start));
        }
        // A collection as a key is refused when its map is read; here it only keeps its place.
        if !self.take_as_key("", &span) {
            self.step_to(span);
        } else {
            self.path.push(Step::Key(String::new()));
        }
        self.open.push(Collection { kind, anchor, expanded_before: self.expanded });
    }

    fn leave(&mut self) {
        if let Some(collection) = self.open.pop() {
            self.anchors.insert(collection.anchor, self.expanded - collection.expanded_before);
        }
        self.path.pop();
    }

    /// Whether the node was a key of the map around it.
    fn take_as_key(&mut self, value: &str, span: &Range<usize>) -> bool {
        let Some(Collection { kind: Inside::Map { keys, key: key @ None }, .. }) = self.open.last_mut()
        else {
            return false;
        };
        if let Some(first) = keys.get(value) {
            self.found.duplicates.push((value.to_owned(), first.clone(), span.clone()));
        } else {
            keys.insert(value.to_owned(), span.clone());
        }
        *key = Some((value.to_owned(), span.clone()));
        true
    }

    /// Goes down to a value and notes where it stands. False at the root, which is no step.
    fn step_to(&mut self, span: Range<usize>) -> bool {
        let (step, key) = match self.open.last_mut().map(|it| &mut it.kind) {
            Some(Inside::List { next }) => {
                *next += 1;
                (Step::Index(*next - 1), None)
            }
            Some(Inside::Map { key, .. }) => {
                let (key, place) = key.take().unwrap_or_default();
                (Step::Key(key), Some(place))
            }
            None => {
                self.found.nodes.insert(Vec::new(), Spans { key: None, value: span });
                return false;
            }
        };
        self.path.push(step);
        self.found.nodes.insert(self.path.clone(), Spans { key, value: span });
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_node_is_found_where_it_stands() {
        let text = "é: {k: [1, two]}\nb:\n  - x: |\n      t\n    y:\n";
        let outline = outline(text);
        let at = |path: &[Step]| {
            let Spans { key, value } = &outline.nodes[path];
            (key.clone().map(|it| &text[it]), &text[value.clone()])
        };
        let key = |it: &str| Step::Key(it.to_owned());
        assert_eq!(at(&[key("é"), key("k"), Step::Index(1)]), (None, "two"));
        assert_eq!(at(&[key("b"), Step::Index(0), key("x")]), (Some("x"), "t\n    "));
        assert_eq!(at(&[key("b"), Step::Index(0), key("y")]), (Some("y"), ""));
        assert_eq!(outline.nodes.len(), 9);
    }

    #[test]
    fn keys_written_twice_are_found_in_every_map() {
        let outline = outline("a: 1\nb: {k: 1, k: 2}\na: 3\n");
        let keys: Vec<_> =
            outline.duplicates.iter().map(|(key, _, again)| (key.as_str(), again.start)).collect();
        assert_eq!(keys, [("k", 15), ("a", 21)]);
    }

    #[test]
    fn aliases_are_counted_as_often_as_they_expand() {
        let within = format!("a: &a x\nb: [{}]", vec!["*a"; 100].join(", "));
        assert_eq!(outline(&within).beyond, None);
        let beyond = format!("a: &a x\nb: [{}]", vec!["*a"; 101].join(", "));
        assert!(matches!(outline(&beyond).beyond, Some(Beyond::Aliases(_))));
        let bomb =
            "a: &a [x]\nb: &b [*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c,*c]\n";
        assert!(matches!(outline(bomb).beyond, Some(Beyond::Aliases(_))));
    }

    #[test]
    fn depth_is_counted_in_both_styles() {
        let flow = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(outline(&flow(64)).beyond, None);
        assert_eq!(outline(&flow(65)).beyond, Some(Beyond::Depth(64)));
        let block: String = (0..65).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
        assert!(matches!(outline(&block).beyond, Some(Beyond::Depth(_))));
    }
}
