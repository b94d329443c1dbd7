//! HTML in a text: readers see the tags themselves.

use crate::diag::{Code, Diagnostic};
use crate::model::{HtmlTag, Incident, Project, Prose, Update};

/// HTML in the texts of an incident. It is a function of what was written alone, so that it can be remembered.
pub fn html_in(incident: &Incident) -> Vec<Diagnostic> {
    let head = [&incident.summary].into_iter().chain(&incident.workaround);
    let postmortem = incident.postmortem.iter().map(|it| &it.body);
    diagnostics(head.chain(incident.updates.iter().flat_map(of_update)).chain(postmortem))
}

/// HTML on the pages of the site.
pub fn html_around(project: &Project) -> Vec<Diagnostic> {
    diagnostics(project.pages.iter().map(|it| &it.body))
}

fn of_update(update: &Update) -> impl Iterator<Item = &Prose> {
    std::iter::once(&update.body).chain(&update.workaround)
}

fn diagnostics<'a>(texts: impl Iterator<Item = &'a Prose>) -> Vec<Diagnostic> {
    texts.flat_map(|it| &it.html_tags).filter_map(diagnostic).collect()
}

/// A word in angle brackets that is no element of HTML is meant to be read.
fn diagnostic(tag: &HtmlTag) -> Option<Diagnostic> {
    let help = instead(&tag.name)?;
    let (what, help) = match tag.name.as_str() {
        HtmlTag::COMMENT => ("an HTML comment".to_owned(), help.to_owned()),
        name => (format!("`<{name}>`"), format!("write Markdown: {help}")),
    };
    let message = format!("{what} is shown as text");
    Some(Diagnostic::new(Code::HtmlAsText, tag.place.clone(), message).help(help))
}

/// The Markdown for an element of HTML; none of what is no element that a text may hold.
fn instead(name: &str) -> Option<&'static str> {
    Some(match name {
        HtmlTag::COMMENT => "take it out: everybody can read it",
        "br" => "a backslash at the end of the line, or an empty line",
        "p" | "div" | "section" | "center" => "an empty line between paragraphs",
        "b" | "strong" => "`**bold**`",
        "i" | "em" | "u" => "`*emphasis*`",
        "s" | "del" | "strike" => "`~~no longer so~~`",
        "code" | "tt" | "kbd" | "samp" => "`` `code` ``",
        "pre" => "the lines between two lines of three backticks",
        "a" => "`[words](https://example.com)`",
        "img" | "picture" | "video" => "`![words](/assets/picture.png)`, with the file in site/assets/",
        "ul" | "ol" | "li" | "dl" | "dt" | "dd" => "`- ` or `1. ` before each entry of a list",
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "`### ` before a heading",
        "hr" => "`---` between two empty lines",
        "blockquote" | "q" => "`> ` before each line of a quotation",
        "table" | "thead" | "tbody" | "tr" | "th" | "td" => {
            "`| a | b |`, with `| - | - |` below the first row"
        }
        "details" | "summary" | "span" | "font" | "small" | "big" | "sub" | "sup" | "mark" => {
            "it has nothing for this, so leave the tags out"
        }
        "script" | "style" | "iframe" | "link" | "meta" | "object" | "embed" | "form" | "input"
        | "button" | "svg" => "no page can hold this, so leave it out",
        _ => return None,
    })
}
