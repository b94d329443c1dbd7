//! The line of a text that holds a byte.

use std::ops::Range;

/// A line without its end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'t> {
    /// Its first byte in the text.
    pub(super) start: usize,
    /// What it says.
    pub(super) text: &'t str,
}

impl<'t> Line<'t> {
    /// The line of `text` that holds the byte `at`.
    pub(super) fn at(text: &'t str, at: usize) -> Self {
        let start = text[..at].rfind('\n').map_or(0, |it| it + 1);
        let end = text[at..].find('\n').map_or(text.len(), |it| at + it);
        Line { start, text: text[start..end].trim_end() }
    }

    /// The line above, passing over empty lines and comments.
    pub(super) fn above(self, text: &'t str) -> Option<Self> {
        let mut line = self;
        while 0 < line.start {
            line = Line::at(text, line.start - 1);
            if !line.words().is_empty() && !line.words().starts_with('#') {
                return Some(line);
            }
        }
        None
    }

    /// What it says from the byte `at` of the text on.
    pub(super) fn from(self, at: usize) -> &'t str {
        at.checked_sub(self.start).and_then(|it| self.text.get(it..)).unwrap_or_default()
    }

    /// What it says before the byte `at` of the text.
    pub(super) fn before(self, at: usize) -> &'t str {
        at.checked_sub(self.start).and_then(|it| self.text.get(..it)).unwrap_or(self.text)
    }

    /// What it says without the space before.
    pub(super) fn words(self) -> &'t str {
        self.text.trim_start()
    }

    /// How many bytes of space it begins with.
    pub(super) fn indent(self) -> usize {
        self.text.len() - self.words().len()
    }

    /// The bytes of its words.
    pub(super) fn span(self) -> Range<usize> {
        self.start + self.indent()..self.start + self.text.len()
    }
}

/// The key and the value of `key: value`, without the dash of a list's element.
pub(super) fn key_and_value(words: &str) -> Option<(&str, &str)> {
    let (key, value) = words.split_once(": ")?;
    Some((key.trim_start_matches("- ").trim(), value.trim()))
}
