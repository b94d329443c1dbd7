//! reports.csv: what users reported, as rows of `at,region,count`.

use std::ops::Range;
use std::sync::Arc;

use jiff::Timestamp;

use crate::diag::{Code, Diagnostic};
use crate::load::reading::Reading;
use crate::load::time::{digits, explain, instant};
use crate::load::{conflict, document};
use crate::markdown::is_stray;
use crate::model::{Report, Reports};
use crate::source::{Place, SourceFile};

/// The first line, which names the columns.
const HEADER: &str = "at,region,count";

/// Reads the rows. A file with a mistake is left out whole: a chart with holes would tell a falsehood.
pub(super) fn read(file: &Arc<SourceFile>, source: Option<String>, reading: &mut Reading) -> Option<Reports> {
    let before = reading.errors();
    let text = document::text(file, reading)?;
    if let Some(conflict) = conflict::find(file, text) {
        return reading.refuse(conflict);
    }
    let mut rows = Vec::new();
    let mut start = 0;
    for (index, whole) in text.split_inclusive('\n').enumerate() {
        let line = whole.trim_end();
        let place = Place::bytes(file, start..start + line.len());
        start += whole.len();
        if index == 0 {
            header(line, place, reading);
        } else if !line.is_empty() {
            rows.extend(row(line, &place, reading));
        }
    }
    if text.is_empty() {
        header("", Place::file(file), reading);
    }
    rows.sort_by(|left, right| (left.at, &left.region).cmp(&(right.at, &right.region)));
    let reports = Reports { place: Place::file(file), source, rows };
    Some(reports).filter(|_| reading.errors() == before)
}

fn header(line: &str, place: Place, reading: &mut Reading) {
    if line.trim_start_matches('\u{feff}') != HEADER {
        let diagnostic = Diagnostic::new(Code::InvalidValue, place, "the first line must name the columns");
        reading.say(diagnostic.help(format!("begin with a line `{HEADER}`")));
    }
}

fn row(line: &str, place: &Place, reading: &mut Reading) -> Option<Report> {
    let columns: Vec<&str> = line.split(',').map(str::trim).collect();
    let [at, region, count] = columns[..] else {
        let message = format!("a row has 3 columns, and this one has {}", columns.len());
        let diagnostic = Diagnostic::new(Code::InvalidValue, place.clone(), message);
        return reading.refuse(diagnostic.help("write `at,region,count`, as `2020-07-10T10:50Z,eu,118`"));
    };
    let at = time(at, place, reading);
    let count: Option<u64> = digits(Some(count).filter(|it| !it.is_empty())).or_else(|| {
        let message = format!("`{count}` is not a count");
        let diagnostic = Diagnostic::new(Code::InvalidValue, place.clone(), message);
        reading.refuse(diagnostic.help("write a whole number"))
    });
    let region: String = region.chars().filter(|it| !is_stray(*it)).collect();
    Some(Report { at: at?, region, count: count? })
}

fn time(written: &str, place: &Place, reading: &mut Reading) -> Option<Timestamp> {
    instant(written)
        .map_err(|fault| {
            let (message, help) = explain(&fault, written, "the column `at`", &reading.zone);
            let bytes: Range<usize> = match &place.spot {
                crate::source::Spot::Bytes(range) => range.start..range.start + written.len(),
                crate::source::Spot::File => 0..0,
            };
            reading.say(
                Diagnostic::new(Code::InvalidTime, Place::bytes(&place.file, bytes), message).help(help),
            );
        })
        .ok()
}
