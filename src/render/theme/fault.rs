//! What is wrong with a template, told with its place.

use std::collections::BTreeMap;
use std::error::Error as _;
use std::sync::Arc;

use tera::{Error, ErrorKind, Tera};

use crate::diag::{Code, Diagnostic};
use crate::source::{Place, SourceFile};

/// The templates by name.
type Templates = BTreeMap<String, Arc<SourceFile>>;

/// What the engine says of one template.
pub(super) fn diagnostic(err: &Error, templates: &Templates) -> Diagnostic {
    let (ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report)) = err.kind() else {
        return without_span(err, templates);
    };
    let message = sentence(report.message());
    match templates.get(report.filename()) {
        Some(file) => Diagnostic::new(Code::Theme, Place::bytes(file, report.span().range.clone()), message),
        None => Diagnostic::without_place(Code::Theme, format!("{}: {message}", report.filename())),
    }
}

/// What is wrong with all templates: the engine stops at the first that it cannot parse, so each
/// is tried alone too.
pub(super) fn diagnostics(err: &Error, templates: &Templates) -> Vec<Diagnostic> {
    if let ErrorKind::Msg(report) = err.kind() {
        return reported(report, templates);
    }
    let unparsable: Vec<Diagnostic> = templates
        .iter()
        .filter_map(|(name, file)| {
            let text = std::str::from_utf8(file.bytes()).ok()?;
            let err = Tera::new().add_raw_template(name, text).err()?;
            matches!(err.kind(), ErrorKind::SyntaxError(_)).then(|| diagnostic(&err, templates))
        })
        .collect();
    if unparsable.is_empty() { vec![diagnostic(err, templates)] } else { unparsable }
}

/// That a template is not text.
pub(super) fn not_text(file: &Arc<SourceFile>) -> Diagnostic {
    Diagnostic::new(Code::Theme, Place::file(file), "this template is not UTF-8")
}

/// Templates that extend or include each other in a circle, or one that is not there.
fn without_span(err: &Error, templates: &Templates) -> Diagnostic {
    let message = match err.source() {
        Some(cause) => format!("{err}: {cause}"),
        None => err.to_string(),
    };
    let name = match err.kind() {
        ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => tpl,
        ErrorKind::MissingParent { current, .. } => current,
        _ => "",
    };
    match templates.get(name) {
        Some(file) => Diagnostic::new(Code::Theme, Place::file(file), sentence(&message)),
        None => Diagnostic::without_place(Code::Theme, sentence(&message)),
    }
}

/// What the engine knows of names that nothing has, it gives as a printed report alone: of each a line
/// `error: ..`, then ` --> template:line:column`, and the line of the template between bars.
fn reported(report: &str, templates: &Templates) -> Vec<Diagnostic> {
    let parts = report.split("error: ").map(str::trim).filter(|it| !it.is_empty());
    let told = parts.map(|part| {
        let message = sentence(part);
        match place(part, templates) {
            Some(place) => Diagnostic::new(Code::Theme, place, message),
            None => Diagnostic::without_place(Code::Theme, message),
        }
    });
    told.collect()
}

fn place(part: &str, templates: &Templates) -> Option<Place> {
    let (_, rest) = part.split_once(" --> ")?;
    let mut numbers = rest.lines().next()?.rsplitn(3, ':');
    let column: usize = numbers.next()?.parse().ok()?;
    let line: usize = numbers.next()?.parse().ok()?;
    let file = templates.get(numbers.next()?)?;
    let text = std::str::from_utf8(file.bytes()).ok()?;
    let before: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let within: usize = text[before..].chars().take(column.checked_sub(1)?).map(char::len_utf8).sum();
    let length = rest.lines().nth(3).map_or(0, |it| it.matches('^').count());
    let start = before + within;
    Some(Place::bytes(file, start..(start + length).min(text.len())))
}

/// The engine's words in the form of ours: lowercase, no full stop, one line.
fn sentence(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default().trim_end_matches('.');
    let mut letters = line.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => String::new(),
    }
}
