//! The line that a diagnostic is about, in the terms of an editor.

use std::ops::Range;

use super::visible;
use crate::source::{Place, Spot};

/// A place as people and editors name it: lines and columns are counted from 1, columns in characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// Path from the project's root.
    pub path: String,
    /// What of the file is meant; none where it is the file as a whole.
    pub line: Option<Line>,
}

/// One line of a file and the part of it that is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The line's number.
    pub number: usize,
    /// The first column that is meant.
    pub column: usize,
    /// The first column after what is meant; equal to `column` for a point between two characters.
    pub end_column: usize,
    /// The line itself, without its ending; bytes that are no text and control characters are replaced.
    pub text: String,
    /// The bytes of `text` that are meant.
    pub marked: Range<usize>,
}

impl Excerpt {
    /// What an editor would show of `place`. Of a range over several lines, the first counts.
    pub fn of(place: &Place) -> Self {
        let line = match &place.spot {
            Spot::Bytes(range) => Some(line(place.file.bytes(), range)),
            Spot::File => None,
        };
        Excerpt { path: place.file.path.clone(), line }
    }
}

fn line(bytes: &[u8], range: &Range<usize>) -> Line {
    let start = range.start.min(bytes.len());
    let first = bytes[..start].iter().rposition(|it| *it == b'\n').map_or(0, |it| it + 1);
    let end = bytes[start..].iter().position(|it| *it == b'\n').map_or(bytes.len(), |it| start + it);
    let marked_end = range.end.clamp(start, end);
    let before = text(&bytes[first..start]);
    let marked = text(&bytes[start..marked_end]);
    let after = text(&bytes[marked_end..end]);
    let column = before.chars().count() + 1;
    Line {
        number: bytes[..first].iter().filter(|it| **it == b'\n').count() + 1,
        column,
        end_column: column + marked.chars().count(),
        marked: before.len()..before.len() + marked.len(),
        text: format!("{before}{marked}{after}"),
    }
}

fn text(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    visible(text.trim_end_matches('\r').trim_start_matches('\u{feff}'))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::source::{Content, SourceFile};

    #[track_caller]
    fn check(bytes: &[u8], range: Range<usize>, expected: (usize, usize, usize, &str)) {
        let content = Content::of(bytes.to_vec());
        let file = Arc::new(SourceFile { path: "a.yaml".to_owned(), content });
        let line = Excerpt::of(&Place::bytes(&file, range)).line.unwrap();
        assert_eq!((line.number, line.column, line.end_column, line.text.as_str()), expected);
    }

    #[test]
    fn lines_and_columns_are_counted_from_one() {
        check(b"a: 1\nb: 2\n", 0..1, (1, 1, 2, "a: 1"));
        check(b"a: 1\r\nb: 2\r\n", 9..10, (2, 4, 5, "b: 2"));
    }

    #[test]
    fn columns_count_characters() {
        check("é: x".as_bytes(), 4..5, (1, 4, 5, "é: x"));
    }

    #[test]
    fn a_range_over_lines_shows_the_first() {
        check(b"ab\ncd", 1..5, (1, 2, 3, "ab"));
    }

    #[test]
    fn a_place_behind_the_end_is_the_end() {
        check(b"ab\n", 99..100, (2, 1, 1, ""));
    }

    #[test]
    fn bytes_that_are_no_text_are_shown_replaced() {
        check(b"a: \xff!", 3..4, (1, 4, 5, "a: \u{fffd}!"));
    }
}
