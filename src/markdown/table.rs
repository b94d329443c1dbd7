//! The tags of a table. The parser's own writer aligns columns with a `style`, which the page's
//! policy forbids; these carry a class.

use pulldown_cmark::{Alignment, Tag, TagEnd};

/// The table being written; tables do not nest.
#[derive(Debug, Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    cell: &'static str,
}

impl Table {
    /// The tags for the begin of a part of a table; none where the tag is no such part.
    pub(super) fn start(&mut self, tag: &Tag<'_>) -> Option<String> {
        match tag {
            Tag::Table(alignments) => {
                self.alignments.clone_from(alignments);
                Some("<table>\n".to_owned())
            }
            Tag::TableHead => Some(self.row("th", "<thead><tr>")),
            Tag::TableRow => Some(self.row("td", "<tr>")),
            Tag::TableCell => Some(self.cell()),
            _ => None,
        }
    }

    /// The tags for the end of a part of a table.
    pub(super) fn end(&self, tag: TagEnd) -> Option<String> {
        match tag {
            TagEnd::Table => Some("</tbody></table>\n".to_owned()),
            TagEnd::TableHead => Some("</tr></thead>\n<tbody>\n".to_owned()),
            TagEnd::TableRow => Some("</tr>\n".to_owned()),
            TagEnd::TableCell => Some(format!("</{}>", self.cell)),
            _ => None,
        }
    }

    fn row(&mut self, cell: &'static str, tags: &str) -> String {
        self.cell = cell;
        self.column = 0;
        tags.to_owned()
    }

    fn cell(&mut self) -> String {
        let alignment = self.alignments.get(self.column).copied().unwrap_or(Alignment::None);
        self.column += 1;
        match alignment {
            Alignment::None | Alignment::Left => format!("<{}>", self.cell),
            Alignment::Center => format!("<{} class=\"center\">", self.cell),
            Alignment::Right => format!("<{} class=\"right\">", self.cell),
        }
    }
}
