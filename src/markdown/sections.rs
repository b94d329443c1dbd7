//! A Markdown document in parts: an incident in one file tells each update below a heading of
//! level 2 that begins with a digit.
//!
//! Headings are found as CommonMark sees them, so that a `##` in a code block or in a quote is none.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Parser, Tag, TagEnd};

/// The parts of a document, as ranges of its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sections {
    /// What stands before the first update.
    pub lead: Range<usize>,
    /// The updates, as they stand.
    pub sections: Vec<Section>,
    /// What nearly is an update or its keys, and is text.
    pub near_misses: Vec<NearMiss>,
}

/// What was most likely meant as an update or its keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearMiss {
    /// Where it stands.
    pub range: Range<usize>,
    /// What it lacks.
    pub lacks: Lack,
}

/// What something lacks to be an update or its keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// A heading that begins with a time is of another level than 2.
    Level,
    /// A line that begins with `#` and a time has no space between.
    Space,
    /// A block directly below an update's heading is marked `yaml`; it is read as if it were marked `status`.
    Mark,
    /// A block marked `status` does not stand directly below an update's heading.
    Heading,
}

/// One update of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The heading's words, without its `##`.
    pub heading: Range<usize>,
    /// The YAML of a fenced block marked `status` directly below the heading.
    pub status: Option<Range<usize>>,
    /// The text.
    pub body: Range<usize>,
}

impl Section {
    /// Whether these bytes lie within the update.
    pub fn holds(&self, range: &Range<usize>) -> bool {
        self.heading.start <= range.start && range.start < self.body.end
    }
}

/// The parts of `markdown`.
pub fn sections(markdown: &str) -> Sections {
    let mut reader = Reader { markdown, ..Reader::default() };
    for (event, range) in Parser::new_ext(markdown, super::options()).into_offset_iter() {
        reader.take(&event, range);
    }
    reader.finish()
}

#[derive(Debug, Default)]
struct Reader<'a> {
    markdown: &'a str,
    lead: usize,
    sections: Vec<Section>,
    near_misses: Vec<NearMiss>,
    depth: usize,
    /// The words of the heading that is being read.
    words: Option<Range<usize>>,
    /// The content of the block marked `status` that is being read.
    status: Option<Range<usize>>,
    /// Whether nothing has followed the last section's heading.
    after_heading: bool,
}

impl Reader<'_> {
    fn take(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => {
                self.look_closely(tag, &range);
                if self.depth == 0 {
                    self.start_block(tag, &range);
                } else {
                    self.inside(&range);
                }
                self.depth += 1;
            }
            Event::End(end) => {
                self.depth -= 1;
                if self.depth == 0 {
                    self.end_block(*end, &range);
                }
            }
            _ => self.inside(&range),
        }
    }

    fn start_block(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        let after_heading = std::mem::take(&mut self.after_heading);
        match tag {
            Tag::Heading { level: HeadingLevel::H2, .. } => self.words = Some(range.start..range.start),
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) if after_heading && is_keys(info) => {
                // The content begins below the line of the fence.
                let below =
                    self.markdown[range.clone()].find('\n').map_or(range.end, |it| range.start + it + 1);
                self.status = Some(below..below);
            }
            _ => {}
        }
    }

    /// Notes what nearly is an update or its keys.
    fn look_closely(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        let at_top = self.depth == 0;
        match tag {
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                let is_status = info.trim() == "status";
                let is_below = at_top && self.after_heading;
                self.miss_if(is_below && is_keys(info) && !is_status, range.start, Lack::Mark);
                self.miss_if(is_status && !is_below, range.start, Lack::Heading);
            }
            Tag::Heading { level, .. } if at_top && *level != HeadingLevel::H2 => {
                let words = self.markdown[range.clone()].trim_start_matches('#').trim_start();
                self.miss_if(begins_with_time(words), range.start, Lack::Level);
            }
            Tag::Paragraph if at_top => {
                let mut start = range.start;
                for line in self.markdown[range.clone()].split_inclusive('\n') {
                    let words = line.trim_start_matches('#');
                    self.miss_if(words != line && begins_with_time(words), start, Lack::Space);
                    start += line.len();
                }
            }
            _ => {}
        }
    }

    fn miss_if(&mut self, is_miss: bool, start: usize, lacks: Lack) {
        if !is_miss {
            return;
        }
        let line = self.markdown[start..].lines().next().unwrap_or_default();
        self.near_misses.push(NearMiss { range: start..start + line.trim_end().len(), lacks });
    }

    /// What stands in a block widens the words of a heading or the content of a status.
    fn inside(&mut self, range: &Range<usize>) {
        if let Some(words) = &mut self.words {
            let start = if words.start == words.end { range.start } else { words.start };
            *words = start..range.end.max(words.end);
        }
        if let Some(status) = &mut self.status {
            status.end = range.end.max(status.end);
        }
    }

    fn end_block(&mut self, end: TagEnd, range: &Range<usize>) {
        if let (TagEnd::Heading(_), Some(words)) = (end, self.words.take())
            && self.markdown[words.clone()].starts_with(|it: char| it.is_ascii_digit())
        {
            self.end_part(range.start);
            let body = range.end..range.end;
            self.sections.push(Section { heading: words, status: None, body });
            self.after_heading = true;
        }
        if let (TagEnd::CodeBlock, Some(status)) = (end, self.status.take())
            && let Some(section) = self.sections.last_mut()
        {
            section.status = Some(status);
            section.body = range.end..range.end;
        }
    }

    /// Ends the lead or the last section before `end`.
    fn end_part(&mut self, end: usize) {
        match self.sections.last_mut() {
            Some(section) => section.body.end = end,
            None => self.lead = end,
        }
    }

    fn finish(mut self) -> Sections {
        self.end_part(self.markdown.len());
        Sections { lead: 0..self.lead, sections: self.sections, near_misses: self.near_misses }
    }
}

/// Whether a block directly below a heading holds keys by its mark.
fn is_keys(info: &str) -> bool {
    matches!(info.trim(), "status" | "yaml" | "yml")
}

/// Whether a text begins with a day and an hour: `2020-07-10T1`.
fn begins_with_time(text: &str) -> bool {
    let pattern = b"0000-00-00T0";
    let fits = |(sign, like): (u8, &u8)| match like {
        b'0' => sign.is_ascii_digit(),
        b'T' => matches!(sign, b'T' | b't' | b' '),
        _ => sign == *like,
    };
    pattern.len() <= text.len() && text.bytes().zip(pattern).all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The parts of a document as (heading, status, body), the lead first.
    #[track_caller]
    fn check(markdown: &str, lead: &str, expected: &[(&str, Option<&str>, &str)]) {
        let parts = sections(markdown);
        assert_eq!(markdown[parts.lead].trim(), lead);
        let found: Vec<_> = parts
            .sections
            .into_iter()
            .map(|it| (&markdown[it.heading], it.status.map(|it| &markdown[it]), markdown[it.body].trim()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn each_heading_with_a_digit_begins_an_update() {
        check(
            "Lead.\n\n## 2020-07-10T10:48Z investigating\n\nA.\n\n## Words\n\nB.\n\n2020-07-10T11:00Z resolved\n---\nC.",
            "Lead.",
            &[
                ("2020-07-10T10:48Z investigating", None, "A.\n\n## Words\n\nB."),
                ("2020-07-10T11:00Z resolved", None, "C."),
            ],
        );
        check("Only a lead.", "Only a lead.", &[]);
        check("", "", &[]);
    }

    #[test]
    fn keys_stand_in_a_block_directly_below() {
        check(
            "## 1 a ##\n\n```status\nrollout: 25%\nnext_update: 30m\n```\nA.\n",
            "",
            &[("1 a", Some("rollout: 25%\nnext_update: 30m\n"), "A.")],
        );
        check("## 1 a\n~~~ status\n~~~\nA.", "", &[("1 a", Some(""), "A.")]);
        check("## 1 a\nA.\n```status\nb: c\n```", "", &[("1 a", None, "A.\n```status\nb: c\n```")]);
        check("## 1 a\r\n```status\r\nb: c\r\n```\r\nA.\r\n", "", &[("1 a", Some("b: c\r\n"), "A.")]);
    }

    #[test]
    fn a_heading_in_code_a_quote_or_a_list_is_text() {
        let text = "```\n## 1 a\n```\n\n> ## 2 b\n\n- ## 3 c\n\n    ## 4 d\n\n### 5 e";
        check(text, text, &[]);
    }

    #[test]
    fn what_nearly_is_an_update_is_told() {
        #[track_caller]
        fn check(markdown: &str, expected: &[(&str, Lack)]) {
            let found: Vec<_> = sections(markdown).near_misses;
            let found: Vec<_> = found.into_iter().map(|it| (&markdown[it.range], it.lacks)).collect();
            assert_eq!(found, expected);
        }
        check("### 2020-07-10T10:48Z a\n\nB.", &[("### 2020-07-10T10:48Z a", Lack::Level)]);
        check("A.\n##2020-07-10 10:48Z a\nB.", &[("##2020-07-10 10:48Z a", Lack::Space)]);
        check("## 1 a\n```yaml\nb: c\n```\nD.", &[("```yaml", Lack::Mark)]);
        check("## 1 a\nA.\n```status\nb: c\n```", &[("```status", Lack::Heading)]);
        check("```status\nb: c\n```", &[("```status", Lack::Heading)]);
        check("### 2020-07-10\n\n#1 a\n\n## 1 a\n```status\n```\n```yaml\n```\n", &[]);
    }

    #[test]
    fn a_heading_in_words_is_cut_off_nowhere() {
        check("## 1 *a* `b` c\nd", "", &[("1 *a* `b` c", None, "d")]);
        check("## 1\n## 2", "", &[("1", None, ""), ("2", None, "")]);
    }
}
