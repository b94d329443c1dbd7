//! Finds the bytes of what a diagnostic is about.
//!
//! Places in YAML are kept as paths until something is said of them. One parse finds all the places
//! of a document, so that a file full of mistakes costs no more than a file with one.

use std::collections::HashMap;
use std::ops::Range;

use super::outline::{Outline, Spans, outline};
use crate::diag::Diagnostic;
use crate::source::{Aim, Place, Spot};

/// Turns the places of one diagnostic into bytes.
pub fn resolve(diagnostic: &mut Diagnostic) {
    resolve_all(std::slice::from_mut(diagnostic));
}

/// Turns the places of many diagnostics into bytes.
pub fn resolve_all(diagnostics: &mut [Diagnostic]) {
    let mut outlines = Outlines::default();
    for diagnostic in diagnostics {
        let related = diagnostic.related.iter_mut().map(|(place, _)| place);
        for place in diagnostic.place.iter_mut().chain(related) {
            outlines.resolve(place);
        }
    }
}

/// The outlines of the documents that were asked about, by path and range.
#[derive(Default)]
struct Outlines(HashMap<(String, Range<usize>), Outline>);

impl Outlines {
    fn resolve(&mut self, place: &mut Place) {
        let Spot::Yaml { document, path, aim } = &place.spot else { return };
        let outline = self.0.entry((place.file.path.clone(), document.clone())).or_insert_with(|| {
            let text = place.file.bytes().get(document.clone()).unwrap_or_default();
            outline(std::str::from_utf8(text).unwrap_or_default())
        });
        // A node that an alias stands for has no place of its own: the nearest above it has.
        let found = (0..=path.len()).rev().find_map(|length| outline.nodes.get(&path[..length]));
        let bytes = found.map_or(0..0, |it| aimed(it, *aim));
        place.spot = Spot::Bytes(document.start + bytes.start..document.start + bytes.end);
    }
}

/// The half that is meant; of a value without bytes of its own, its key.
fn aimed(spans: &Spans, aim: Aim) -> Range<usize> {
    match (aim, &spans.key) {
        (Aim::Key, Some(key)) => key.clone(),
        (Aim::Value, Some(key)) if spans.value.is_empty() => key.clone(),
        (Aim::Key | Aim::Value, _) => spans.value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;
    use crate::source::{Content, SourceFile};
    use std::sync::Arc;

    const TEXT: &str = "---\ntïtle: a\ncomponents:\n  - {id: x, name: 'y z'}\n---\ntext";

    #[track_caller]
    fn check(place: impl Fn(Place) -> Place, expected: &str) {
        let content = Content::of(TEXT.as_bytes().to_vec());
        let file = Arc::new(SourceFile { path: "a.md".to_owned(), content });
        let end = TEXT.find("---\ntext").unwrap();
        let spot = Spot::Yaml { document: 4..end, path: Vec::new(), aim: Aim::Value };
        let mut diagnostic = Diagnostic::new(Code::Syntax, place(Place { file, spot }), "");
        resolve(&mut diagnostic);
        let Spot::Bytes(bytes) = diagnostic.place.unwrap().spot else { panic!("not resolved") };
        assert_eq!(&TEXT[bytes], expected);
    }

    #[test]
    fn keys_and_values_are_found() {
        check(|root| root.key("tïtle"), "a");
        check(|root| root.key("tïtle").aimed_at_key(), "tïtle");
        check(|root| root.key("components").index(0).key("name"), "'y z'");
    }

    #[test]
    fn a_value_without_bytes_is_shown_at_its_key_and_a_lost_one_at_what_is_around_it() {
        check(|root| root.key("components"), "components");
        check(|root| root.key("tïtle").key("lost"), "a");
        check(|root| root, "");
    }
}
