//! Diagnostics for programs: one JSON document with all of them.

use serde::Serialize;

use crate::diag::{Diagnostic, Excerpt, Level};

/// One object with the counts of `errors` and `warnings` and the `diagnostics`: `level`, `code`,
/// `message`, `file`, `line`, `column`, `end_column`, `text`, `help` and `related`; absent is `null`.
pub fn json(diagnostics: &[Diagnostic]) -> String {
    let count = |level: Level| diagnostics.iter().filter(|it| it.code.level() == level).count();
    let document = Document {
        errors: count(Level::Error),
        warnings: count(Level::Warning),
        diagnostics: diagnostics.iter().map(Entry::of).collect(),
    };
    let mut text = serde_json::to_string_pretty(&document).expect("strings and numbers are always JSON");
    text.push('\n');
    text
}

#[derive(Serialize)]
struct Document<'a> {
    errors: usize,
    warnings: usize,
    diagnostics: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    level: &'static str,
    code: &'static str,
    message: &'a str,
    #[serde(flatten)]
    at: At,
    help: Option<&'a str>,
    related: Vec<Related<'a>>,
}

#[derive(Serialize)]
struct Related<'a> {
    message: &'a str,
    #[serde(flatten)]
    at: At,
}

#[derive(Serialize, Default)]
struct At {
    file: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
    end_column: Option<usize>,
    text: Option<String>,
}

impl<'a> Entry<'a> {
    fn of(diagnostic: &'a Diagnostic) -> Self {
        Entry {
            level: diagnostic.code.level().word(),
            code: diagnostic.code.name(),
            message: &diagnostic.message,
            at: diagnostic.place.as_ref().map(|it| At::of(Excerpt::of(it))).unwrap_or_default(),
            help: diagnostic.help.as_deref(),
            related: diagnostic
                .related
                .iter()
                .map(|(place, message)| Related { message, at: At::of(Excerpt::of(place)) })
                .collect(),
        }
    }
}

impl At {
    fn of(excerpt: Excerpt) -> Self {
        let Excerpt { path, line } = excerpt;
        match line {
            None => At { file: Some(path), ..At::default() },
            Some(line) => At {
                file: Some(path),
                line: Some(line.number),
                column: Some(line.column),
                end_column: Some(line.end_column),
                text: Some(line.text),
            },
        }
    }
}
