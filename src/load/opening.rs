//! How a Markdown document begins that has keys, and does not begin as one that has: its keys would be read
//! as text, and the public would read them too.

use std::ops::Range;
use std::sync::Arc;

use super::nearest::is_slip;
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

/// The keys that decide whether the public may read a text, or say where its incident stands: a line that begins
/// with one, near the top, was meant to be read and not shown.
const DECIDING: [&str; 5] = ["published_at", "draft", "retracted", "status", "at"];

/// How many lines with text are looked at for such a key.
const TOP: usize = 3;

/// What is wrong with a text without front matter, from `start` on, that seems to be meant to have some.
pub(super) fn find(file: &Arc<SourceFile>, text: &str, start: usize) -> Option<Diagnostic> {
    let top: Vec<(usize, &str)> =
        lines(text, start).filter(|(_, it)| !bare(it).is_empty()).take(TOP).collect();
    let (at, first) = *top.first()?;
    let begins_keys = top.get(1).is_some_and(|(_, it)| is_key(bare(it)));
    let key = top.iter().find(|(_, it)| is_deciding(bare(it)));
    let fault = |(at, line): (usize, &str), message: &str, help: &str| {
        let lead = line.len() - line.trim_start().len();
        let place = Place::bytes(file, at + lead..at + line.trim_end().len());
        Some(Diagnostic::new(Code::FrontMatter, place, message).help(help))
    };
    if bare(first) == "---" {
        let (message, help) = match text[at..].split_once('\n') {
            Some((line, _)) if !line.trim_end().contains('\r') => (
                "something stands before the `---` that begins the front matter",
                "begin the file with `---`, without a space, an empty line or an invisible character before it",
            ),
            _ => ("the lines of this file end with CR alone", "save the file with LF or CRLF line endings"),
        };
        return fault((at, first), message, help);
    }
    if is_fence(bare(first)) || (is_nearly_fence(bare(first)) && begins_keys) {
        let message = "this is not how front matter begins";
        return fault(
            (at, first),
            message,
            "begin the file with a line `---`, and end the keys with another",
        );
    }
    if is_key(bare(first)) {
        let help = "begin the file with a line `---`, and end the keys with another";
        return fault((at, first), "this is a key, and it stands outside of the front matter", help);
    }
    let help = "write it between two lines `---` at the top of the file; if it is text, begin the line with another word";
    fault(*key?, "this line looks like a key, and readers would see it", help)
}

/// The lines of a text, whatever they end with.
fn lines(text: &str, start: usize) -> impl Iterator<Item = (usize, &str)> {
    text[start..].split_inclusive(['\n', '\r']).scan(start, |at, line| {
        *at += line.len();
        Some((*at - line.len(), line))
    })
}

/// A line without white space and invisible characters around it.
fn bare(line: &str) -> &str {
    line.trim_matches(|it: char| {
        it.is_whitespace() || it == '\u{feff}' || ('\u{200b}'..='\u{200f}').contains(&it)
    })
}

/// Whether a line is what other tools and keyboards make of `---`.
fn is_fence(line: &str) -> bool {
    let dashes: Range<usize> = 1..4;
    let of_dashes = line.chars().all(|it| matches!(it, '-' | '\u{2013}' | '\u{2014}'));
    line == "+++" || (of_dashes && !line.is_ascii() && dashes.contains(&line.chars().count()))
}

/// Whether a line can have been meant for `---`, and is fine as the beginning of a text.
fn is_nearly_fence(line: &str) -> bool {
    let signs: String = line.split_whitespace().collect();
    let of = |sign: char| 1 < signs.len() && signs.chars().all(|it| it == sign);
    of('-') || of('*') || of('=') || of('_') || ["```", "~~~", "<!--"].iter().any(|it| line.starts_with(it))
}

fn is_key(line: &str) -> bool {
    let Some((key, value)) = line.split_once(':') else { return false };
    let key = key.trim_end();
    let is_known = KEYS.contains(&key) || is_misspelt(key, 5);
    is_known && (value.is_empty() || value.starts_with(char::is_whitespace))
}

/// Whether a word is nearly a key of so many letters that decides whether the public may read a text.
fn is_misspelt(word: &str, letters: usize) -> bool {
    let is_plain = !word.contains(|it: char| it.is_uppercase() || it.is_whitespace());
    is_plain && DECIDING.iter().any(|it| letters <= it.len() && *it != "status" && is_slip(word, it))
}

/// Whether a line begins with a key that no text is likely to begin with; `status` and `at` are words, too.
fn is_deciding(line: &str) -> bool {
    let Some((key, value)) = line.split_once(':') else { return false };
    let key = key.trim_end();
    let is_word = matches!(key, "status" | "at");
    // Short keys are near to many words.
    is_misspelt(key, 8) || (DECIDING.contains(&key) && (!is_word || !value.starts_with(char::is_alphabetic)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Content, Spot};

    /// The line that is refused, and the message.
    #[track_caller]
    fn check(text: &str, expected: Option<(&str, &str)>) {
        let content = Content::of(text.as_bytes().to_vec());
        let file = Arc::new(SourceFile { path: "a.md".to_owned(), content });
        let found = find(&file, text, 0);
        let told = found.as_ref().map(|it| {
            let Spot::Bytes(bytes) = &it.place.as_ref().unwrap().spot else { panic!("without bytes") };
            (&text[bytes.clone()], it.message.as_str())
        });
        assert_eq!(told, expected, "{text:?}");
    }

    const OUTSIDE: &str = "this is a key, and it stands outside of the front matter";
    const NOT_SO: &str = "this is not how front matter begins";

    #[test]
    fn keys_without_their_fence_are_refused() {
        check("components: {web: major}\n\nText.\n", Some(("components: {web: major}", OUTSIDE)));
        check("\nnext_update: 30m\n---\nText.\n", Some(("next_update: 30m", OUTSIDE)));
        check("status:\n", Some(("status:", OUTSIDE)));
    }

    #[test]
    fn other_fences_are_refused() {
        for fence in ["\u{2014}--", "\u{2013}--", "\u{2014}-", "\u{2014}", "+++"] {
            check(&format!("{fence}\nstatus: a\n---\nText.\n"), Some((fence, NOT_SO)));
        }
        for fence in ["----", "--", "--\t-", "***", "```", "```yaml", "~~~", "<!--", "==="] {
            check(&format!("{fence}\npublished_at: 2030-01-01T00:00Z\n---\nText.\n"), Some((fence, NOT_SO)));
        }
    }

    #[test]
    fn what_stands_before_the_fence_is_refused() {
        let before = "something stands before the `---` that begins the front matter";
        for lead in ["\n", " ", "\u{200b}", "\u{feff}"] {
            let text = format!("{lead}---\nstatus: a\n---\nText.\n");
            let shown = if lead.trim().is_empty() { "---".to_owned() } else { format!("{lead}---") };
            check(&text, Some((shown.as_str(), before)));
        }
        check("---\rstatus: a\r---\rText.\r", Some(("---", "the lines of this file end with CR alone")));
    }

    #[test]
    fn a_key_near_the_top_that_decides_who_may_read_is_refused() {
        let message = "this line looks like a key, and readers would see it";
        check(
            "We look.\n\npublished_at: 2030-01-01T00:00Z\n",
            Some(("published_at: 2030-01-01T00:00Z", message)),
        );
        check("We look.\nInto it.\ndraft:true\n", Some(("draft:true", message)));
        check("We look.\nstatus: resolved\n", Some(("status: resolved", message)));
        check(
            "publishd_at: 2030-01-01T00:00Z\n\nWe look.\n",
            Some(("publishd_at: 2030-01-01T00:00Z", OUTSIDE)),
        );
        check("<!--\nrerated: {at: 2030-01-01T00:00Z}\n", Some(("<!--", NOT_SO)));
        check("One.\nTwo.\nThree.\nstatus: resolved\n", None);
    }

    #[test]
    fn prose_is_let_be() {
        for text in [
            "Update: we look.",
            "status page: gone",
            "Status: fine",
            "at:home",
            "",
            "\n",
            "\u{2014} a",
            "- a",
            "***\nText.",
            "```\ncurl\n```",
            "----\nText.",
        ] {
            check(text, None);
        }
    }
}
