//! Parses a YAML document that stands in a file, within limits that keep it small.

use std::ops::Range;
use std::sync::Arc;

use serde_yaml::Value;

use super::node::Yaml;
use super::outline::{ALIAS_LIMIT, Beyond, DEPTH_LIMIT, outline};
use super::reading::Reading;
use crate::diag::{Code, Diagnostic};
use crate::source::{Place, SourceFile};

/// The document that is `range` of `file`, whose text is `text`.
pub(super) fn parse(
    file: &Arc<SourceFile>,
    range: Range<usize>,
    text: &str,
    reading: &mut Reading,
) -> Option<Yaml> {
    let written = &text[range.clone()];
    let refusal = match guard(written) {
        Some(refusal) => vec![refusal],
        None => match serde_yaml::from_str::<Value>(written) {
            Ok(value) => return Some(Yaml { file: Arc::clone(file), range, value }),
            Err(err) => explain(written, &err),
        },
    };
    for it in refusal {
        let place = |at: Range<usize>| Place::bytes(file, range.start + at.start..range.start + at.end);
        let diagnostic = Diagnostic::new(it.code, place(it.at), it.message);
        let diagnostic = match it.first {
            Some(first) => diagnostic.related(place(first), "first written here"),
            None => diagnostic,
        };
        reading.say(match it.help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        });
    }
    None
}

/// Why a document is refused, in terms of its own bytes.
struct Refusal {
    code: Code,
    at: Range<usize>,
    message: String,
    help: Option<String>,
    first: Option<Range<usize>>,
}

/// Refuses what would take the parser time or memory out of proportion. Counting signs is enough to
/// know that nearly all documents are harmless.
fn guard(text: &str) -> Option<Refusal> {
    let brackets = deepest_brackets(text);
    if brackets <= DEPTH_LIMIT / 2
        && widest_indent(text) <= DEPTH_LIMIT / 2
        && !(text.contains('&') && text.contains('*'))
    {
        return None;
    }
    let outline = outline(text);
    let (at, message) = match outline.beyond {
        Some(Beyond::Depth(at)) => (at, nested()),
        Some(Beyond::Aliases(at)) => (at, format!("aliases are expanded more than {ALIAS_LIMIT} times")),
        // The outline's own parser gives up on brackets that open and open.
        None if DEPTH_LIMIT < brackets && !outline.whole => (0, nested()),
        None => return None,
    };
    let at = at..(at + 1).min(text.len());
    Some(Refusal {
        code: Code::TooDeep,
        at,
        message,
        help: Some("write it out plainly".to_owned()),
        first: None,
    })
}

fn nested() -> String {
    format!("lists and maps are nested more than {DEPTH_LIMIT} deep")
}

/// How many brackets are open at once, at most, those in quotes counted as well.
fn deepest_brackets(text: &str) -> usize {
    let mut open = 0_usize;
    let mut deepest = 0;
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => continue,
        }
        deepest = deepest.max(open);
    }
    deepest
}

/// The most signs before the first word of a line, each of which can open a list or a map.
fn widest_indent(text: &str) -> usize {
    let width = |line: &str| line.bytes().take_while(|it| matches!(it, b' ' | b'-' | b'?' | b':')).count();
    text.lines().map(width).max().unwrap_or_default()
}

fn explain(text: &str, err: &serde_yaml::Error) -> Vec<Refusal> {
    let outline = outline(text);
    let duplicates: Vec<Refusal> = outline.duplicates.into_iter().map(duplicate).collect();
    if !duplicates.is_empty() {
        return duplicates;
    }
    let message = err.to_string();
    let at = err.location().map_or(0, |it| it.index()).min(text.len());
    let (at, message, help) = match outline.second {
        Some(second) => {
            (second, "a second document begins here".to_owned(), Some("one file holds one document"))
        }
        None => (at, without_positions(&message).to_owned(), hint(&message)),
    };
    let help = help.map(str::to_owned);
    vec![Refusal { code: Code::Syntax, at: at..at, message, help, first: None }]
}

fn duplicate((key, first, again): (String, Range<usize>, Range<usize>)) -> Refusal {
    let message = format!("the key `{key}` is written twice");
    let help = Some("keep one of them".to_owned());
    Refusal { code: Code::DuplicateKey, at: again, message, help, first: Some(first) }
}

/// The parser's message up to where it begins to tell lines and columns, which are told by the place.
fn without_positions(message: &str) -> &str {
    let end = [" at line ", " at position ", ", while "].iter().filter_map(|it| message.find(it)).min();
    &message[..end.unwrap_or(message.len())]
}

/// What usually is behind a message of the parser.
fn hint(message: &str) -> Option<&'static str> {
    let hints = [
        ("mapping values are not allowed", "quote the value if it holds `: `"),
        ("cannot start any token", "quote the value, or use spaces for a tab"),
        ("unknown anchor", "quote the value if it begins with `*`"),
        ("unexpected end of stream", "close the quote"),
        ("expected node content", "finish what is begun here: a list, a map or a value"),
        ("did not find expected key", "look at the indentation, and quote a value that holds quotes"),
        ("did not find expected ',' or ']'", "close the list with `]`"),
        (
            "did not find expected ',' or '}'",
            "close the map with `}`, and quote a value that holds `: ` or begins with a quote",
        ),
        ("control characters", "take the control character out"),
    ];
    hints.iter().find(|(part, _)| message.contains(part)).map(|(_, hint)| *hint)
}
