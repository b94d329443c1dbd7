//! How a Markdown document begins that has keys, and does not begin as one that has: its keys would be read
//! as text, and the public would read them too.

use std::ops::Range;
use std::sync::Arc;

use crate::diag::{Code, Diagnostic};
use crate::source::{Place, SourceFile};

/// The keys of an update, and those with which other documents may begin.
const KEYS: [&str; 24] = [
    "affected",
    "at",
    "author",
    "body",
    "cascade",
    "components",
    "continues_in",
    "corrections",
    "draft",
    "impact",
    "kind",
    "nav",
    "next_update",
    "not_affected",
    "published_at",
    "regions",
    "retracted",
    "rollout",
    "scheduled_for",
    "scheduled_until",
    "started_at",
    "status",
    "title",
    "workaround",
];

/// What is to be said of a text without front matter, from `start` on, that seems to be meant to have some; and
/// where behind it the text begins.
pub(super) fn find(file: &Arc<SourceFile>, text: &str, start: usize) -> Option<(Diagnostic, usize)> {
    let mut lines = lines(text, start).skip_while(|(_, line)| line.trim().is_empty());
    let (at, first) = lines.next()?;
    let message = if is_fence(first) {
        "the front matter must begin with `---` in the first line"
    } else if is_key(first) {
        "this is a key, and it stands outside of the front matter"
    } else {
        return None;
    };
    let lead = first.len() - first.trim_start().len();
    let place = Place::bytes(file, at + lead..at + first.trim_end().len());
    let help = match is_fence(first) {
        true => "begin the file with a line `---`",
        false => "begin the file with a line `---`, and end the keys with another",
    };
    let diagnostic = Diagnostic::new(Code::FrontMatter, place, message).help(help);
    Some((diagnostic, body(&lines.collect::<Vec<_>>(), text.len())))
}

/// Behind the fence that ends the keys or, without one, behind the first empty line.
fn body(lines: &[(usize, &str)], end: usize) -> usize {
    let closing = lines.iter().find(|(_, line)| is_fence(line));
    let closing = closing.or_else(|| lines.iter().find(|(_, line)| line.trim().is_empty()));
    closing.map_or(end, |(at, line)| at + line.len())
}

fn lines(text: &str, start: usize) -> impl Iterator<Item = (usize, &str)> {
    text[start..].split_inclusive('\n').scan(start, |at, line| {
        *at += line.len();
        Some((*at - line.len(), line))
    })
}

/// Whether a line is a fence, or what keyboards and other tools make of one.
fn is_fence(line: &str) -> bool {
    let line = line.trim();
    let dashes: Range<usize> = 2..4;
    let of_dashes = line.chars().all(|it| matches!(it, '-' | '\u{2013}' | '\u{2014}'));
    matches!(line, "---" | "+++") || (of_dashes && !line.is_ascii() && dashes.contains(&line.chars().count()))
}

fn is_key(line: &str) -> bool {
    let Some((key, value)) = line.split_once(':') else { return false };
    KEYS.contains(&key.trim_end()) && value.starts_with(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Content;

    /// The text that is left where the beginning is refused.
    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let content = Content::of(text.as_bytes().to_vec());
        let file = Arc::new(SourceFile { path: "a.md".to_owned(), content });
        assert_eq!(find(&file, text, 0).map(|(_, body)| &text[body..]), expected, "{text}");
    }

    #[test]
    fn keys_without_their_fence_are_refused() {
        check("components: {web: major}\n\nText.\n", Some("Text.\n"));
        check("\nnext_update: 30m\n---\nText.\n", Some("Text.\n"));
        check("status:\n", Some(""));
    }

    #[test]
    fn other_fences_are_refused() {
        for fence in ["\n---", " ---", "\u{2014}--", "\u{2013}--", "\u{2014}-", "+++"] {
            check(&format!("{fence}\nstatus: a\n---\nText.\n"), Some("Text.\n"));
        }
    }

    #[test]
    fn prose_is_let_be() {
        for text in
            ["Update: we look.", "status page: gone", "Status: fine", "at:home", "", "\n", "\u{2014}", "- a"]
        {
            check(text, None);
        }
    }
}
