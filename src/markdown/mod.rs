//! Markdown: one text in, HTML that is safe to show out.
//!
//! CommonMark with tables, strikethrough, task lists, footnotes and anchors at headings. The text
//! comes from many hands, so:
//!
//! 1. Raw HTML is shown as the text it is, and every tag in the output is one that we wrote.
//! 2. Control characters are taken out, wherever they come from: a character reference makes one too.
//! 3. Addresses are http, https, mailto, tel or a way into the site; others stand as words without a link.
//! 4. Nothing asks for another host: an image from outside becomes a link to it.
//!
//! A link into the site names a file of the project or a page of the output. What it points to is a
//! pure function of the two paths; whether that exists is asked later, of the list of links.

mod anchors;
#[cfg(test)]
mod attacks;
mod escape;
mod link;
mod plain;
mod sections;
mod table;
mod writer;

pub use escape::{encode_path, escape_html, is_stray};
pub use sections::{Lack, NearMiss, Section, Sections, sections};

use pulldown_cmark::{Options, Parser};

use crate::model::Prose;
use crate::source::Place;

use writer::Writer;

/// Where a text stands on its page, which decides the level of its topmost headings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outline {
    /// Directly below the page's headline: begins with level 2.
    Page,
    /// Below a heading of the page: begins with level 3.
    Part,
    /// Below the heading of one entry in a list, as an update's: begins with level 4.
    Entry,
}

impl Outline {
    fn top(self) -> usize {
        match self {
            Outline::Page => 2,
            Outline::Part => 3,
            Outline::Entry => 4,
        }
    }
}

/// Reads `markdown`, which stands at `place`: the bytes of a file, or a value in a YAML document.
///
/// `prefix` is put before the anchors of headings and footnotes and before links to them, so that
/// several texts can share a page; it may be empty.
pub fn prose(markdown: &str, place: &Place, outline: Outline, prefix: &str) -> Prose {
    let mut writer = Writer::new(markdown, place, prefix);
    for (event, range) in Parser::new_ext(markdown, options()).into_offset_iter() {
        writer.take(event, range);
    }
    writer.finish(outline.top())
}

fn options() -> Options {
    // Heading attributes stay off: they put any attribute, and so any script, into the output.
    Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::LinkTarget;
    use crate::source::{Content, SourceFile, Spot};
    use std::sync::Arc;

    fn file(path: &str) -> Arc<SourceFile> {
        Arc::new(SourceFile { path: path.to_owned(), content: Content::of(Vec::new()) })
    }

    fn read(markdown: &str) -> Prose {
        let place = Place::bytes(&file("incidents/x/incident.md"), 0..markdown.len());
        prose(markdown, &place, Outline::Page, "u1")
    }

    #[track_caller]
    fn check(markdown: &str, html: &str) {
        assert_eq!(read(markdown).html.at("../").trim_end(), html);
    }

    #[track_caller]
    fn check_plain(markdown: &str, plain: &str) {
        assert_eq!(read(markdown).plain, plain);
    }

    #[test]
    fn raw_html_is_shown_as_text() {
        check("a <b>b</b>", "<p>a &lt;b&gt;b&lt;/b&gt;</p>");
        check("<div onclick=x>\nhi\n</div>", "<p>&lt;div onclick=x&gt;\nhi\n&lt;/div&gt;</p>");
    }

    #[test]
    fn headings_have_anchors_of_their_own_and_begin_below_the_page() {
        check(
            "# Why?\n\n## Why?\n\n### *A* `b` ☃",
            "<h2 id=\"u1-why\">Why?</h2>\n<h3 id=\"u1-why-2\">Why?</h3>\n<h4 id=\"u1-a-b\"><em>A</em> <code>b</code> ☃</h4>",
        );
        check("## Impact", "<h2 id=\"u1-impact\">Impact</h2>");
        let place = Place::file(&file("incidents/x/updates/u.md"));
        let html = prose("## A\n\n#### B", &place, Outline::Entry, "").html.at("");
        assert_eq!(html, "<h4 id=\"a\">A</h4>\n<h6 id=\"b\">B</h6>\n");
    }

    #[test]
    fn footnotes_of_two_texts_do_not_collide() {
        check(
            "a[^n]\n\n[^n]: b",
            "<p>a<sup class=\"footnote-reference\"><a href=\"#u1-note.1\">1</a></sup></p>\n\
             <div class=\"footnote-definition\" id=\"u1-note.1\"><sup class=\"footnote-definition-label\">1</sup>\n<p>b</p>\n</div>",
        );
    }

    #[test]
    fn a_note_that_is_written_twice_has_two_anchors() {
        let html = read("a[^n]\n\n[^n]: b\n\n[^n]: c").html.at("");
        assert_eq!(html.matches("id=\"u1-note.1\"").count(), 1, "{html}");
        assert_eq!(html.matches("id=\"u1-note.2\"").count(), 1, "{html}");
    }

    #[test]
    fn tables_carry_classes_and_no_styles() {
        check(
            "|a|b|\n|-|-:|\n|c|d|",
            "<table>\n<thead><tr><th>a</th><th class=\"right\">b</th></tr></thead>\n<tbody>\n<tr><td>c</td><td class=\"right\">d</td></tr>\n</tbody></table>",
        );
    }

    #[test]
    fn tasks_and_strikethrough_are_text() {
        check("- [x] ~~a~~\n- [ ] b", "<ul>\n<li>☑\u{a0}<del>a</del></li>\n<li>☐\u{a0}b</li>\n</ul>");
    }

    #[test]
    fn links_go_to_pages_wherever_the_text_is_shown() {
        check("[a](../y/postmortem.md#root)", "<p><a href=\"../postmortems/y.html#root\">a</a></p>");
        check("[a](#why \"t\")", "<p><a href=\"#u1-why\" title=\"t\">a</a></p>");
        check(
            "<https://a.example/?q=1&r=2>",
            "<p><a href=\"https://a.example/?q=1&amp;r=2\">https://a.example/?q=1&amp;r=2</a></p>",
        );
        check("<a@b.example>", "<p><a href=\"mailto:a@b.example\">a@b.example</a></p>");
    }

    #[test]
    fn images_are_ours_or_become_links() {
        check("![a *b*](/assets/c.png)", "<p><img src=\"../assets/c.png\" alt=\"a b\" loading=\"lazy\"></p>");
        check("![a](https://b.example/c.png)", "<p><a href=\"https://b.example/c.png\">a</a></p>");
        check(
            "[![a](https://b.example/c.png)](https://d.example)",
            "<p><a href=\"https://d.example\">a</a></p>",
        );
        assert_eq!(
            read("![a](../y/)").links[0].target,
            LinkTarget::Nothing("incidents/y.html".to_owned()),
            "a page is no image"
        );
    }

    #[test]
    fn links_know_where_they_stand() {
        let markdown = "front\nsee [a](nowhere.md)";
        let in_file = Place::bytes(&file("incidents/x.md"), 6..markdown.len());
        let links = prose(&markdown[6..], &in_file, Outline::Page, "").links;
        assert_eq!(links[0].place.spot, Spot::Bytes(10..25));
        assert_eq!(links[0].written, "nowhere.md");
        assert_eq!(links[0].target, LinkTarget::Incident("nowhere".to_owned()));
    }

    #[test]
    fn plain_text_keeps_the_words_and_paragraphs() {
        check_plain(
            "# A\n\nb *c*\nd[^1]\n\n- e\n- f\n\n|g|h|\n|-|-|\n|i|j|\n\n[^1]: k",
            "A\n\nb c d\n\ne\nf\n\ng h\ni j\n\nk",
        );
        check_plain("![a](/assets/b.png) <i>c</i>\n\n```sh\nd\ne\n```", "a <i>c</i>\n\nd\ne");
    }

    #[test]
    fn control_characters_are_taken_out() {
        for markdown in
            ["a\u{1}b", "a&#1;b", "`a\u{7}b`", "```\u{1}x\na\u{1b}b\n```", "![a\u{1}b](/assets/c)"]
        {
            let html = read(markdown).html.at("ROOT");
            let stray = html.replace("ROOTassets", "").contains("ROOT") || html.contains(['\u{7}', '\u{1b}']);
            assert!(!stray, "{markdown:?} gave {html}");
        }
    }

    #[test]
    fn an_unsafe_link_is_told_and_leaves_its_words() {
        let prose = read("[x](JavaScript:alert(1))");
        assert_eq!(prose.html.at(""), "<p>x</p>\n");
        assert_eq!(prose.links[0].target, LinkTarget::Unsafe("JavaScript:alert(1)".to_owned()));
    }
}
