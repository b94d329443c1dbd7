//! A file as a document: its text, and its front matter told apart from what follows.

use std::ops::Range;
use std::sync::Arc;

use super::node::Yaml;
use super::opening;
use super::reading::Reading;
use super::{conflict, yaml};
use crate::diag::{Code, Diagnostic};
use crate::source::{Content, Place, SourceFile};

/// A document whose text could be read.
#[derive(Debug)]
pub(super) struct Document<'a> {
    /// The file.
    pub(super) file: &'a Arc<SourceFile>,
    /// All of its text.
    pub(super) text: &'a str,
    /// Its keys.
    pub(super) head: Head<'a>,
    /// What follows its front matter; empty in a YAML document.
    pub(super) body: Range<usize>,
}

/// The keys of a document.
#[derive(Debug)]
pub(super) enum Head<'a> {
    /// It has no front matter.
    Absent,
    /// It has some, which cannot be read.
    Broken,
    /// They could be read.
    Read(Yaml<'a>),
}

/// Where a front matter stands in a text, and where what follows begins.
struct FrontMatter {
    yaml: Range<usize>,
    body: usize,
}

/// A Markdown file with or without front matter.
pub(super) fn markdown<'a>(file: &'a Arc<SourceFile>, reading: &mut Reading) -> Option<Document<'a>> {
    let text = text(file, reading)?;
    if let Some(conflict) = conflict::find(file, text) {
        reading.say(conflict);
        return Some(Document { file, text, head: Head::Broken, body: text.len()..text.len() });
    }
    let start = after_mark(text);
    let (head, body) = match front_matter(text, start) {
        None => match opening::find(file, text, start) {
            Some(fault) => {
                reading.say(fault);
                (Head::Broken, text.len())
            }
            None => (Head::Absent, start),
        },
        Some(Err(fence)) => {
            let message = "the front matter is not closed";
            let diagnostic = Diagnostic::new(Code::Syntax, Place::bytes(file, fence), message);
            reading.say(diagnostic.help("end it with a line `---`"));
            (Head::Broken, text.len())
        }
        Some(Ok(found)) => {
            let yaml = yaml::parse(file, found.yaml, text, reading);
            // Keys behind the front matter were meant to be in it, as behind a first line that stands there twice.
            let fault = opening::find(file, text, found.body);
            let is_clear = fault.is_none();
            fault.into_iter().for_each(|it| reading.say(it));
            match yaml.filter(|_| is_clear) {
                Some(yaml) => (Head::Read(yaml), found.body),
                None => (Head::Broken, found.body),
            }
        }
    };
    Some(Document { file, text, head, body: body..text.len() })
}

/// A YAML file.
pub(super) fn yaml<'a>(file: &'a Arc<SourceFile>, reading: &mut Reading) -> Option<Document<'a>> {
    let text = text(file, reading)?;
    if let Some(conflict) = conflict::find(file, text) {
        return reading.refuse(conflict);
    }
    let head = match yaml::parse(file, after_mark(text)..text.len(), text, reading) {
        Some(yaml) => Head::Read(yaml),
        None => Head::Broken,
    };
    Some(Document { file, text, head, body: text.len()..text.len() })
}

/// The text of a file, if it is one.
pub(super) fn text<'a>(file: &'a Arc<SourceFile>, reading: &mut Reading) -> Option<&'a str> {
    if let Some(diagnostic) = unreadable(file) {
        return reading.refuse(diagnostic);
    }
    match std::str::from_utf8(file.bytes()) {
        Ok(text) => match text.find('\0') {
            None => Some(text),
            Some(at) => {
                let diagnostic = Diagnostic::new(Code::NotText, Place::bytes(file, at..at + 1), "a NUL byte");
                reading.refuse(diagnostic.help("take it out: a document is text"))
            }
        },
        Err(err) => {
            let at = err.valid_up_to();
            let diagnostic =
                Diagnostic::new(Code::NotText, Place::bytes(file, at..at + 1), "a byte that is not UTF-8");
            reading.refuse(diagnostic.help("save the file in UTF-8"))
        }
    }
}

/// Why the bytes of a file could not be had, if so.
pub(super) fn unreadable(file: &Arc<SourceFile>) -> Option<Diagnostic> {
    let (code, message, help) = match &file.content {
        Content::Bytes(_) | Content::Large(_) => return None,
        Content::TooLarge { bytes } => (
            Code::TooLarge,
            format!("a document may have 1 MiB, and this has {bytes} bytes"),
            "split it, or move what is large to site/assets/",
        ),
        Content::OutsideRoot => (
            Code::OutsideRoot,
            "the link leaves the folder of the project".to_owned(),
            "copy what it points to into the project",
        ),
        Content::PrivateTarget { what } => (
            Code::OutsideRoot,
            format!("the link leads to {what}, which must not be published"),
            "copy what it points to into the project, or remove the link",
        ),
        Content::Unreadable { reason } => {
            (Code::Unreadable, format!("cannot be read: {reason}"), "give it back, or remove it")
        }
        Content::UnreadableName => (
            Code::InvalidName,
            "the file's name is not UTF-8".to_owned(),
            "rename it with letters, digits and dashes",
        ),
    };
    Some(Diagnostic::new(code, Place::file(file), message).help(help))
}

/// Where the text begins behind a byte-order mark.
fn after_mark(text: &str) -> usize {
    if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 }
}

/// The front matter of a text that begins at `start`; as an error, the fence that is never closed.
fn front_matter(text: &str, start: usize) -> Option<Result<FrontMatter, Range<usize>>> {
    let mut lines = text[start..].split_inclusive('\n');
    let fence = lines.next().filter(|it| is_fence(it))?;
    let begin = start + fence.len();
    let mut at = begin;
    for line in lines {
        if is_fence(line) {
            return Some(Ok(FrontMatter { yaml: begin..at, body: at + line.len() }));
        }
        at += line.len();
    }
    Some(Err(start..start + 3))
}

fn is_fence(line: &str) -> bool {
    line.trim_end() == "---"
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::TimeZone;

    /// What a text is read as: its keys, its body and the names of what was said.
    #[track_caller]
    fn check(bytes: &[u8], head: &str, body: &str, said: &[&str]) {
        let content = Content::of(bytes.to_vec());
        let file = Arc::new(SourceFile { path: "a.md".to_owned(), content });
        let mut reading = Reading::new(TimeZone::UTC);
        let (found, text) = match markdown(&file, &mut reading) {
            None => ("unreadable".to_owned(), ""),
            Some(document) => {
                let head = match document.head {
                    Head::Absent => "absent".to_owned(),
                    Head::Broken => "broken".to_owned(),
                    Head::Read(yaml) => shown(&yaml.document.root),
                };
                (head, &document.text[document.body])
            }
        };
        let names: Vec<&str> = reading.into_said().iter().map(|it| it.code.name()).collect();
        assert_eq!((found.as_str(), text, names.as_slice()), (head, body, said));
    }

    /// A map of texts in a line.
    fn shown(root: &crate::yaml::Node<'_>) -> String {
        match &root.value {
            crate::yaml::Value::Map(entries) => {
                let entry = |it: &crate::yaml::Entry<'_>| {
                    format!("{}: {}", it.key.text().unwrap_or("?"), it.value.text().unwrap_or("?"))
                };
                entries.iter().map(entry).collect::<Vec<_>>().join(", ")
            }
            _ => "null".to_owned(),
        }
    }

    #[test]
    fn front_matter_stands_between_two_fences_at_the_top() {
        check(b"---\na: b\n---\ntext\n", "a: b", "text\n", &[]);
        check(b"text\n---\na: b\n---\n", "absent", "text\n---\na: b\n---\n", &[]);
        check(b"---\n---\n", "null", "", &[]);
        check(b"", "absent", "", &[]);
    }

    #[test]
    fn a_mark_and_both_line_endings_are_read() {
        check("\u{feff}---\r\na: b\r\n---\r\ntext".as_bytes(), "a: b", "text", &[]);
        check("\u{feff}text".as_bytes(), "absent", "text", &[]);
    }

    #[test]
    fn broken_front_matter_leaves_the_text() {
        check(b"---\na: [\n---\ntext", "broken", "text", &["syntax"]);
        check(
            b"---\na: 1\na: 2\nb: 1\nb: 2\n---\ntext",
            "broken",
            "text",
            &["duplicate-key", "duplicate-key"],
        );
        check(b"---\na: b\n", "broken", "", &["syntax"]);
    }

    #[test]
    fn keys_behind_the_front_matter_are_refused() {
        let text = "published_at: 2030-01-01T00:00Z\n---\ntext";
        check(format!("---\n---\n{text}").as_bytes(), "broken", text, &["front-matter"]);
        check(
            format!("---\na: b\n---\n\n{text}").as_bytes(),
            "broken",
            &format!("\n{text}"),
            &["front-matter"],
        );
    }

    #[test]
    fn what_is_no_text_is_refused() {
        check(b"a\xffb", "unreadable", "", &["not-text"]);
        check(b"a\0b", "unreadable", "", &["not-text"]);
    }

    #[test]
    fn what_would_grow_without_bound_is_refused_at_once() {
        let document = |yaml: &str| format!("---\n{yaml}\n---\n").into_bytes();
        for deep in ["[".repeat(10_000), "[".repeat(500_000), "{a: ".repeat(10_000), "- ".repeat(10_000)] {
            check(&document(&deep), "broken", "", &["too-deep"]);
        }
        let levels = ('b'..='i').map(|it| {
            let below = char::from_u32(u32::from(it) - 1).unwrap();
            format!("{it}: &{it} [{}]\n", vec![format!("*{below}"); 10].join(", "))
        });
        let bomb: String = std::iter::once("a: &a x\n".to_owned()).chain(levels).collect();
        check(&document(&bomb), "broken", "", &["too-deep"]);
    }
}
