//! Diagnostics for people: the message, the line, the mark under it, what to write.

use annotate_snippets::{
    Annotation, AnnotationKind, Element, Group, Level as Heading, Origin, Renderer, Snippet, Title,
};

use super::MOST_PRINTED;
use crate::diag::{Diagnostic, Excerpt, Level, quoted, visible, visible_lines};
use crate::source::Place;

/// Whether the text may carry colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// For a terminal.
    Coloured,
    /// For files, pipes and tests.
    Plain,
}

/// The diagnostics one after another, each followed by an empty line; beyond the first 50 only how
/// many there are. Control characters of the files never get through.
pub fn human(diagnostics: &[Diagnostic], look: Look) -> String {
    let renderer = match look {
        Look::Coloured => Renderer::styled(),
        Look::Plain => Renderer::plain(),
    };
    let mut out = String::new();
    for diagnostic in diagnostics.iter().take(MOST_PRINTED) {
        out.push_str(&renderer.render(&[report(diagnostic)]));
        out.push_str("\n\n");
    }
    if let Some(more) = diagnostics.len().checked_sub(MOST_PRINTED).filter(|it| 0 < *it) {
        out.push_str(&format!("and {more} more\n\n"));
    }
    out
}

fn report(diagnostic: &Diagnostic) -> Group<'static> {
    let mut group = title(diagnostic).elements(diagnostic.place.as_ref().map(|it| snippet(it, None)));
    for (place, why) in &diagnostic.related {
        group = group.element(snippet(place, Some(why)));
    }
    match &diagnostic.help {
        Some(help) => group.element(Heading::HELP.message(visible_lines(help))),
        None => group,
    }
}

fn title(diagnostic: &Diagnostic) -> Title<'static> {
    let heading = match diagnostic.code.level() {
        Level::Error => Heading::ERROR,
        Level::Warning => Heading::WARNING,
    };
    heading.primary_title(visible(&diagnostic.message)).id(diagnostic.code.name())
}

/// The line of `place`: the main one without `why`, a related one with it.
fn snippet(place: &Place, why: Option<&str>) -> Element<'static> {
    let excerpt = Excerpt::of(place);
    let path = quoted(&excerpt.path);
    let Some(line) = excerpt.line else {
        let path = why.map_or_else(|| path.clone(), |why| format!("{path}: {}", visible(why)));
        return Origin::path(path).into();
    };
    let kind = if why.is_some() { AnnotationKind::Context } else { AnnotationKind::Primary };
    let annotation: Annotation<'static> = kind.span(line.marked).label(why.map(visible));
    Snippet::source(line.text).path(path).line_start(line.number).annotation(annotation).into()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diag::Code;
    use crate::source::{Content, SourceFile};

    fn file(path: &str, text: &str) -> Arc<SourceFile> {
        Arc::new(SourceFile { path: path.to_owned(), content: Content::of(text.to_owned()) })
    }

    #[test]
    fn a_diagnostic_shows_the_line_and_what_to_write() {
        let file = file("incidents/api.md", "---\ncomponents: {api: degraded, wbe: major}\n---\n");
        let diagnostic = Diagnostic::new(
            Code::UnknownComponent,
            Place::bytes(&file, 32..35),
            "no component is named `wbe`",
        )
        .help("known components: api, web");
        let expected = "\
error[unknown-component]: no component is named `wbe`
 --> incidents/api.md:2:29
  |
2 | components: {api: degraded, wbe: major}
  |                             ^^^
  |
  = help: known components: api, web

";
        assert_eq!(human(&[diagnostic], Look::Plain), expected);
    }

    #[test]
    fn a_twin_is_shown_with_the_reason() {
        let (one, two) = (file("a.yaml", "id: x\n"), file("b.yaml", ""));
        let diagnostic = Diagnostic::new(Code::DuplicateId, Place::bytes(&one, 4..5), "two are named `x`")
            .related(Place::file(&two), "the other one");
        let expected = "\
error[duplicate-id]: two are named `x`
 --> a.yaml:1:5
  |
1 | id: x
  |     ^
 ::: b.yaml: the other one

";
        assert_eq!(human(&[diagnostic], Look::Plain), expected);
    }

    #[test]
    fn no_control_character_reaches_a_terminal() {
        let file = file("a\u{1b}[2J.yaml", "x: \u{1b}]0;evil\u{7}\u{202e}\n");
        let diagnostic =
            Diagnostic::new(Code::InvalidValue, Place::bytes(&file, 0..1), "bad \u{1b}[31m\u{9b}1m")
                .help("\u{7}");
        let text = human(&[diagnostic], Look::Plain);
        assert!(text.chars().all(|it| it == '\n' || !it.is_control()), "{text:?}");
        assert!(!text.contains('\u{202e}'));
    }

    #[test]
    fn a_line_break_in_a_name_begins_no_line() {
        let file = file("a\nerror: b.yaml", "x: 1\n");
        let diagnostic =
            Diagnostic::new(Code::StrayFile, Place::file(&file), "nothing reads `a\nerror: b.yaml`");
        let expected = "warning[stray-file]: nothing reads `a␊error: b.yaml`\n--> \"a\\nerror: b.yaml\"\n\n";
        assert_eq!(human(&[diagnostic], Look::Plain), expected);
    }

    #[test]
    fn beyond_fifty_the_rest_is_counted() {
        let many = vec![Diagnostic::without_place(Code::NoSite, "no site"); 53];
        assert!(human(&many, Look::Plain).ends_with("and 3 more\n\n"));
    }
}
