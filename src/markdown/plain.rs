//! The words of a text alone.

use pulldown_cmark::{Event, TagEnd};

/// Gathers the words of a text as its events pass by.
#[derive(Debug, Default)]
pub(super) struct Plain {
    text: String,
    /// What stands between what was said and what comes, once something comes.
    gap: &'static str,
}

impl Plain {
    /// How much has been gathered, for [`Plain::since`].
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// What was gathered after `len`.
    pub(super) fn since(&self, len: usize) -> &str {
        self.text[len..].trim_start()
    }

    /// Adds what an event says.
    pub(super) fn take(&mut self, event: &Event<'_>) {
        match event {
            Event::Text(text) | Event::Code(text) => self.say(text),
            Event::SoftBreak => self.part(" "),
            Event::HardBreak => self.part("\n"),
            Event::End(end) => self.part(gap_after(*end)),
            // Raw HTML has become text, and the rest says nothing.
            _ => {}
        }
    }

    /// All words.
    pub(super) fn finish(self) -> String {
        self.text.trim().to_owned()
    }

    fn say(&mut self, text: &str) {
        if !self.text.is_empty() {
            self.text.push_str(self.gap);
        }
        self.gap = "";
        self.text.push_str(text);
    }

    /// The longer of two gaps at one spot holds.
    fn part(&mut self, gap: &'static str) {
        if self.gap.len() < gap.len() || gap == "\n" && self.gap == " " {
            self.gap = gap;
        }
        if gap == "\n\n" {
            let end = self.text.trim_end().len();
            self.text.truncate(end);
        }
    }
}

fn gap_after(end: TagEnd) -> &'static str {
    match end {
        TagEnd::Paragraph
        | TagEnd::Heading(_)
        | TagEnd::BlockQuote(_)
        | TagEnd::CodeBlock
        | TagEnd::List(_)
        | TagEnd::FootnoteDefinition
        | TagEnd::Table => "\n\n",
        TagEnd::Item | TagEnd::TableHead | TagEnd::TableRow => "\n",
        TagEnd::TableCell => " ",
        _ => "",
    }
}
