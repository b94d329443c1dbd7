//! What is wrong with a text that is not YAML.
//!
//! The parser tells the kind of fault and where it noticed it. The author has to know what was meant to be
//! written, which often stands earlier: a quote that was never closed, a space that is missing behind a
//! colon in the line above.

use granit_parser::{ErrorKind, ScanError};

use super::fault::Fault;
use super::line::{Line, key_and_value};
use super::quote::{self, quoted};

/// What is wrong where the parser gave up.
pub(super) fn explain(text: &str, err: &ScanError) -> Fault {
    let at = err.marker().byte_offset().unwrap_or_default().min(text.len());
    let at = text.floor_char_boundary(at);
    match err.kind() {
        ErrorKind::MappingValueNotAllowed => colon(text, at),
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => no_key(Line::at(text, at)),
        ErrorKind::ExpectedBlockMappingKey | ErrorKind::InvalidIndentation => indentation(text, at),
        ErrorKind::ExpectedDocumentStart => first_line(text),
        ErrorKind::BlockSequenceEntryNotAllowed => list_behind_key(text, at),
        ErrorKind::ExpectedBlockSequenceEntry => no_element(Line::at(text, at)),
        ErrorKind::UnclosedFlowCollection { open } => unclosed_bracket(text, at, *open),
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
            let message = format!("`{open}` is closed by `{close}`");
            Fault::syntax(at..at + open.len_utf8(), message, format!("close it with `{}`", closing(*open)))
        }
        ErrorKind::MisplacedFlowCollectionEnd => stray_bracket(text, at),
        ErrorKind::InvalidColonPlacement
        | ErrorKind::ExpectedFlowMappingSeparator
        | ErrorKind::ExpectedFlowSequenceSeparator
        | ErrorKind::BlockEntryInFlowCollection
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofImplicitFlowMapping => separator(text, at),
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent
        | ErrorKind::DocumentIndicatorInQuotedScalar => unclosed_quote(text, at),
        ErrorKind::InvalidTrailingSingleQuotedScalar => behind_quote(text, at, '\''),
        ErrorKind::InvalidTrailingDoubleQuotedScalar => behind_quote(text, at, '"'),
        ErrorKind::UnknownQuotedScalarEscape
        | ErrorKind::InvalidQuotedScalarHexEscape
        | ErrorKind::InvalidUnicodeEscape => escape(text, at),
        ErrorKind::UnknownAnchor => unknown_anchor(text, at),
        ErrorKind::InvalidBlockScalarHeader | ErrorKind::ZeroBlockScalarIndent => block_header(text, at),
        ErrorKind::TabInBlockIndentation
        | ErrorKind::TabNotAllowed
        | ErrorKind::TabInIndentation
        | ErrorKind::TabInPlainScalar
        | ErrorKind::TabAtBlockScalarStart => tab(text, at),
        ErrorKind::UnexpectedCharacter { character } if character.is_control() => {
            control(text, at, *character)
        }
        ErrorKind::BomInsideDocument => control(text, at, '\u{feff}'),
        ErrorKind::RecursionLimitExceeded => Fault::too_deep(at..at),
        _ => first_sign(text, at),
    }
}

/// `: ` where no value may begin: within a value, behind a line that is deeper than it may be, or below a
/// line that was meant to be `key: value`.
fn colon(text: &str, at: usize) -> Fault {
    let line = Line::at(text, at);
    let before = line.before(at).trim_start();
    if let Some((key, _)) = key_and_value(before) {
        let value = key_and_value(line.text).map_or("", |(_, value)| value);
        let help = format!("quote the value: `{key}: {}`", quoted(value));
        return Fault::syntax(at..at + 1, "`: ` stands in a value without quotes", help);
    }
    let Some(above) = line.above(text) else { return first_sign(text, at) };
    if key_and_value(above.words()).is_some() || above.words().ends_with(':') {
        let message = "this line is indented deeper than the line above, which has a value";
        let help = format!("indent it with {}, like the line above", spaces(above.indent()));
        return Fault::syntax(line.span(), message, help);
    }
    no_key(above)
}

/// A line that was meant to be `key: value`.
fn no_key(line: Line<'_>) -> Fault {
    let words = line.words();
    if let Some((key, value)) = words.split_once(':').filter(|(_, value)| !value.starts_with(' ')) {
        let message = format!("a space is missing behind the colon in `{words}`");
        return Fault::syntax(line.span(), message, format!("write `{key}: {value}`"));
    }
    let first = words.split_whitespace().next().unwrap_or_default().trim_start_matches('-');
    let help = match first {
        "" => "write each key with its value, as `key: value`".to_owned(),
        first => format!("write `{first}: …`, or indent the line if it belongs to the value above"),
    };
    Fault::syntax(line.span(), format!("`{words}` is not a key with a value"), help)
}

fn indentation(text: &str, at: usize) -> Fault {
    let line = Line::at(text, at);
    if line.words().starts_with("- ") {
        let help = "write the key that the list belongs to in the line above it, or remove the `- `";
        return Fault::syntax(line.span(), "a list where a key is expected", help);
    }
    let levels = levels_above(line, text);
    let message = format!("no line above is indented with {}, like this one", spaces(line.indent()));
    let help = match levels.as_slice() {
        [] => "indent it like the key that it belongs beside".to_owned(),
        [only] => format!("indent it with {}", spaces(*only)),
        [levels @ .., last] => {
            let levels: Vec<String> = levels.iter().map(usize::to_string).collect();
            format!("indent it with {} or {}", levels.join(", "), spaces(*last))
        }
    };
    Fault::syntax(line.span(), message, help)
}

/// The indentations of the lines above that a line may go on with, from the left.
fn levels_above(line: Line<'_>, text: &str) -> Vec<usize> {
    let mut levels: Vec<usize> = Vec::new();
    let mut above = line.above(text);
    while let Some(line) = above {
        if levels.last().is_none_or(|it| line.indent() < *it) {
            levels.push(line.indent());
        }
        above = line.above(text).filter(|_| 0 < line.indent());
    }
    levels.reverse();
    levels
}

fn first_line(text: &str) -> Fault {
    let first = text.find(|it: char| !it.is_whitespace()).unwrap_or_default();
    let line = Line::at(text, first);
    if line.indent() == 0 {
        return no_key(line);
    }
    let message = "the first line is indented, and a line below it is not";
    Fault::syntax(line.span(), message, format!("write `{}` without the space before it", line.words()))
}

fn list_behind_key(text: &str, at: usize) -> Fault {
    let line = Line::at(text, at);
    let elements = line.from(at).trim_start_matches("- ");
    let key = line.before(at).trim().trim_end_matches(':');
    let help = format!("begin the list in the next line, or write `{key}: [{elements}]`");
    Fault::syntax(at..line.span().end, "a list cannot begin in the line of its key", help)
}

fn no_element(line: Line<'_>) -> Fault {
    let help = "begin it with `- `, or indent it differently if it does not belong to the list";
    Fault::syntax(line.span(), "the line above is an element of a list, and this line is not", help)
}

fn unclosed_bracket(text: &str, at: usize, open: char) -> Fault {
    let close = closing(open);
    let line = Line::at(text, at);
    let hidden = line.from(at).split_once(" #").filter(|(_, comment)| comment.contains(close));
    let help = match hidden {
        Some(_) => format!("` #` begins a comment: quote the value that holds it, so that `{close}` is read"),
        None => format!("close it with `{close}`"),
    };
    Fault::syntax(at..at + open.len_utf8(), format!("`{open}` is never closed"), help)
}

fn stray_bracket(text: &str, at: usize) -> Fault {
    let sign = text[at..].chars().next().unwrap_or(']');
    let help = format!("remove `{sign}`, or quote the value that holds it");
    Fault::syntax(at..at + sign.len_utf8(), format!("`{sign}` closes nothing"), help)
}

/// A list or map in brackets that goes on where a comma or its end is expected.
fn separator(text: &str, at: usize) -> Fault {
    let Some((open, bracket)) = open_bracket(text, at) else { return first_sign(text, at) };
    let close = closing(bracket);
    if Line::at(text, open).start < Line::at(text, at).start {
        return unclosed_bracket(text, open, bracket);
    }
    let message = format!("a comma or `{close}` is expected here");
    let help = format!(
        "write `, ` between two elements, close with `{close}`, and quote a value that holds a quote, `: ` or `, `"
    );
    Fault::syntax(at..at, message, help)
}

/// The last bracket before `at` that is not closed before it.
fn open_bracket(text: &str, at: usize) -> Option<(usize, char)> {
    let mut closed = 0_usize;
    for (place, sign) in text[..at].char_indices().rev() {
        match sign {
            ']' | '}' => closed += 1,
            '[' | '{' if closed == 0 => return Some((place, sign)),
            '[' | '{' => closed -= 1,
            _ => {}
        }
    }
    None
}

fn closing(open: char) -> char {
    if open == '[' { ']' } else { '}' }
}

fn unclosed_quote(text: &str, at: usize) -> Fault {
    match quote::last_of_any(text, at) {
        Some((open, sign)) => open_quote(text, open, sign),
        None => first_sign(text, at),
    }
}

fn open_quote(text: &str, open: usize, sign: char) -> Fault {
    let line = Line::at(text, open);
    let message = format!("the quote `{sign}` that begins here is not closed in its line");
    let help = format!("close it: `{}{sign}`", line.from(open));
    Fault::syntax(open..line.span().end.max(open + 1), message, help)
}

/// Something behind a closing quote: an apostrophe ended the text too early, or the quote was opened lines
/// before.
fn behind_quote(text: &str, at: usize, sign: char) -> Fault {
    let close = quote::last_before(text, at, sign);
    let open = close.and_then(|it| quote::last_before(text, it, sign));
    let line = Line::at(text, at);
    match open {
        Some(open) if open < line.start => open_quote(text, open, sign),
        Some(open) => {
            let written = line.from(open);
            let inside = written.trim_matches(sign);
            let help = match sign {
                '\'' if written.ends_with('\'') => {
                    format!("write an apostrophe twice: `'{}'`", inside.replace('\'', "''"))
                }
                _ => format!("quote all of it: `'{}'`", written.replace('\'', "''")),
            };
            Fault::syntax(at..line.span().end, format!("the quote `{sign}` ends before this"), help)
        }
        None => first_sign(text, at),
    }
}

fn escape(text: &str, at: usize) -> Fault {
    let known = "0abtnvfre \"/\\N_LPxuU\t\n";
    let mut signs = text[at..].char_indices();
    while let Some((place, sign)) = signs.next() {
        let Some((_, next)) = (sign == '\\').then(|| signs.next()).flatten() else { continue };
        if !known.contains(next) || "xuU".contains(next) {
            let message = format!("`\\{next}` is not an escape that double quotes allow");
            let place = at + place;
            let help = "write `\\\\` for a backslash, or use single quotes";
            return Fault::syntax(place..place + 1 + next.len_utf8(), message, help);
        }
    }
    first_sign(text, at)
}

fn unknown_anchor(text: &str, at: usize) -> Fault {
    let line = Line::at(text, at);
    let value = line.from(at);
    let name = value.split([' ', ',', ']', '}']).next().unwrap_or(value);
    let message = format!("`{name}` is an alias, and nothing is named `&{}`", name.trim_start_matches('*'));
    let help = format!("quote the value if it is text: `{}`", quoted(value));
    Fault::syntax(at..at + name.len(), message, help)
}

fn block_header(text: &str, at: usize) -> Fault {
    let line = Line::at(text, at);
    let value = line.from(at);
    let sign = value.chars().next().unwrap_or('>');
    let message = format!("`{sign}` begins a block of text, which starts in the next line");
    Fault::syntax(at..line.span().end, message, format!("quote the value: `{}`", quoted(value)))
}

fn tab(text: &str, at: usize) -> Fault {
    let line = Line::at(text, at);
    let found = text[line.start..at].rfind('\t').map(|it| line.start + it);
    let found = found.or_else(|| text[at..].find('\t').map(|it| at + it)).unwrap_or(at);
    Fault::syntax(found..found + 1, "a tab in the indentation", "indent with spaces: YAML takes no tabs")
}

fn control(text: &str, at: usize, sign: char) -> Fault {
    // The parser counts characters here, not bytes.
    let at = text[at..].find(sign).map_or(at, |it| at + it);
    let message =
        format!("a character that nobody sees, U+{:04X}, which YAML does not take", u32::from(sign));
    Fault::syntax(at..at + sign.len_utf8(), message, "remove it")
}

/// A value that begins with a sign that means something to YAML.
fn first_sign(text: &str, at: usize) -> Fault {
    let line = Line::at(text, at);
    let value = line.from(at);
    match value.chars().next() {
        Some(sign) if !sign.is_alphanumeric() => {
            let help = format!("quote the value: `{}`", quoted(value));
            Fault::syntax(at..line.span().end, format!("a value cannot begin with `{sign}`"), help)
        }
        _ => {
            let help = "check the indentation, and quote a value that holds `: `, ` #` or quotes";
            Fault::syntax(at..at, "this is not YAML", help)
        }
    }
}

fn spaces(count: usize) -> String {
    match count {
        0 => "no space".to_owned(),
        1 => "1 space".to_owned(),
        _ => format!("{count} spaces"),
    }
}
