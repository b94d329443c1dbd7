//! Diagnostics as annotations in the logs of GitHub Actions.
//!
//! Format: "Workflow commands for GitHub Actions", setting an error or a warning message.

use crate::diag::{Diagnostic, Excerpt, visible_lines};

/// One workflow command a line, each of which marks the line of a file in a pull request.
pub fn github(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(command).collect()
}

fn command(diagnostic: &Diagnostic) -> String {
    let at = diagnostic.place.as_ref().map(|it| position(&Excerpt::of(it))).unwrap_or_default();
    let help = diagnostic.help.as_ref().map(|it| format!("\nhelp: {it}")).unwrap_or_default();
    let level = diagnostic.code.level().word();
    let message = data(&format!("{}{help}", diagnostic.message));
    format!("::{level} {at}title={}::{message}\n", diagnostic.code.name())
}

fn position(excerpt: &Excerpt) -> String {
    let file = property(&excerpt.path);
    match &excerpt.line {
        None => format!("file={file},"),
        Some(line) => format!("file={file},line={},col={},", line.number, line.column),
    }
}

/// Text as a command takes it; the log that it stands in is shown by terminals too.
fn data(text: &str) -> String {
    visible_lines(text).replace('%', "%25").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diag::Code;
    use crate::source::{Content, Place, SourceFile};

    #[test]
    fn an_annotation_names_file_line_and_column() {
        let content = Content::of(b"a: 1\nb: 2\n".to_vec());
        let file = Arc::new(SourceFile { path: "incidents/a,b.yaml".to_owned(), content });
        let diagnostic =
            Diagnostic::new(Code::UnknownKey, Place::bytes(&file, 5..6), "100% wrong").help("write `c`");
        assert_eq!(
            github(&[diagnostic]),
            "::error file=incidents/a%2Cb.yaml,line=2,col=1,title=unknown-key::100%25 wrong%0Ahelp: write `c`\n"
        );
    }

    #[test]
    fn no_control_character_reaches_a_log() {
        let diagnostic = Diagnostic::without_place(Code::InvalidValue, "bad \u{1b}[31m\r");
        assert_eq!(github(&[diagnostic]), "::error title=invalid-value::bad ␛[31m␍\n");
    }
}
