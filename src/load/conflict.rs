//! The marks that git leaves in a document where two changes met and nobody chose.

use std::sync::Arc;

use crate::diag::{Code, Diagnostic};
use crate::source::{Place, SourceFile};

/// What is to be said of the first such mark. The line of equal signs between the two sides is none: in
/// Markdown it underlines a heading.
pub(super) fn find(file: &Arc<SourceFile>, text: &str) -> Option<Diagnostic> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if is_mark(line) {
            let place = Place::bytes(file, start..start + line.trim_end().len());
            let message = "git could not merge two changes of this document, and both stand here";
            let diagnostic = Diagnostic::new(Code::ConflictMarker, place, message);
            return Some(diagnostic.help("resolve the merge: keep what is right, and take out the marks"));
        }
        start += line.len();
    }
    None
}

fn is_mark(line: &str) -> bool {
    let behind = ["<<<<<<<", ">>>>>>>"].iter().find_map(|it| line.strip_prefix(it));
    behind.is_some_and(|it| it.is_empty() || it.starts_with([' ', '\r', '\n']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::testing::told;
    use crate::source::Content;

    /// The line and column of the mark that is found.
    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let content = Content::of(text.as_bytes().to_vec());
        let file = Arc::new(SourceFile { path: "a.md".to_owned(), content });
        let told = find(&file, text).map(|it| told(&it));
        let place = told.as_ref().and_then(|it| it.split(' ').nth(1));
        assert_eq!(place, expected, "{text}");
    }

    #[test]
    fn the_first_mark_at_the_beginning_of_a_line_is_told() {
        check("a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> main\n", Some("2:1"));
        check("a\r\n>>>>>>> main\r\n", Some("2:1"));
        check("<<<<<<<", Some("1:1"));
    }

    #[test]
    fn other_lines_are_none() {
        for text in [
            "Heading\n=======\n",
            " <<<<<<< HEAD",
            "<<<<<<<<",
            "> > quoted",
            ">>>>>>> deep".get(1..).unwrap(),
        ] {
            check(text, None);
        }
    }
}
