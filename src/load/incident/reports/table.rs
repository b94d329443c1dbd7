//! A CSV text as rows of values, each with the bytes of the file that it was written in.
//!
//! The `csv` crate reads the values. It does not tell where in the text each of them stands, which messages need; that
//! is found by going over the text of a row once more.

use std::ops::Range;

use csv::{ReaderBuilder, StringRecord};

/// The rows of a text that are not blank.
pub(super) struct Table<'a> {
    text: &'a str,
    /// Where `text` begins in the file.
    start: usize,
    reader: csv::Reader<&'a [u8]>,
}

/// A row.
#[derive(Debug, Default)]
pub(super) struct Row {
    /// The row without the end of its line.
    pub(super) bytes: Range<usize>,
    /// The values, without space around them.
    pub(super) fields: Vec<(String, Range<usize>)>,
    /// A value whose quote is not closed.
    pub(super) unclosed: Option<Range<usize>>,
}

impl<'a> Table<'a> {
    /// The rows of the text of a file.
    pub(super) fn new(text: &'a str) -> Self {
        let unmarked = text.strip_prefix('\u{feff}').unwrap_or(text);
        let reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(unmarked.as_bytes());
        Table { text: unmarked, start: text.len() - unmarked.len(), reader }
    }

    fn row(&self, range: Range<usize>, record: &StringRecord) -> Row {
        let written = &self.text[range.clone()];
        // Blank lines before a row are read with it.
        let row = written.trim_matches(['\r', '\n']);
        let start = self.start + range.start + written.len() - written.trim_start_matches(['\r', '\n']).len();
        let (places, is_closed) = places(row);
        let places: Vec<Range<usize>> =
            places.into_iter().map(|it| start + it.start..start + it.end).collect();
        let unclosed = places.last().filter(|_| !is_closed).cloned();
        let values = record.iter().map(|it| it.trim().to_owned());
        Row { bytes: start..start + row.len(), fields: values.zip(places).collect(), unclosed }
    }
}

impl Iterator for Table<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        let mut record = StringRecord::new();
        loop {
            let start = position(&self.reader);
            let is_read =
                self.reader.read_record(&mut record).expect("it is UTF-8 in memory, and rows may differ");
            if !is_read {
                return None;
            }
            if record.len() != 1 || !record[0].trim().is_empty() {
                return Some(self.row(start..position(&self.reader), &record));
            }
        }
    }
}

fn position(reader: &csv::Reader<&[u8]>) -> usize {
    usize::try_from(reader.position().byte()).expect("a document has at most 1 MiB")
}

/// Where the values of a row stand in it without the space around them, and whether the last one's quote is closed.
fn places(row: &str) -> (Vec<Range<usize>>, bool) {
    let (mut places, mut start) = (Vec::new(), 0);
    loop {
        let quoted = quoted(&row[start..]);
        let Some(quoted) = quoted else {
            places.push(start..row.len());
            return (places, false);
        };
        let end = row[start + quoted..].find(',').map(|it| start + quoted + it);
        let field = &row[start..end.unwrap_or(row.len())];
        let from = start + field.len() - field.trim_start().len();
        places.push(from..from + field.trim().len());
        match end {
            Some(end) => start = end + 1,
            None => return (places, true),
        }
    }
}

/// The length of the quoted beginning of a text, 0 if it is not quoted; none where the quote is not closed.
fn quoted(text: &str) -> Option<usize> {
    let Some(inner) = text.strip_prefix('"') else { return Some(0) };
    let mut at = 0;
    loop {
        at += inner[at..].find('"')? + 1;
        match inner[at..].strip_prefix('"') {
            // Two stand for one.
            Some(_) => at += 1,
            None => return Some(1 + at),
        }
    }
}
