//! reports.csv: what users reported, as rows of a time, a region and a count.

mod table;

use std::ops::Range;
use std::sync::Arc;

use jiff::Timestamp;

use self::table::{Row, Table};
use crate::diag::{Code, Diagnostic};
use crate::load::reading::Reading;
use crate::load::time::{digits, explain, instant};
use crate::load::{conflict, document};
use crate::markdown::is_stray;
use crate::model::{Report, Reports};
use crate::source::{Place, SourceFile};

/// The columns, in the order in which we write them.
const COLUMNS: [&str; 3] = ["at", "region", "count"];

/// Reads the rows. A file with a mistake is left out whole: a chart with holes would tell a falsehood.
pub(super) fn read(file: &Arc<SourceFile>, source: Option<String>, reading: &mut Reading) -> Option<Reports> {
    let text = document::text(file, reading)?;
    if let Some(conflict) = conflict::find(file, text) {
        return reading.refuse(conflict);
    }
    let mut table = Table::new(text);
    let columns = header(&table.next().unwrap_or_default(), file, reading)?;
    let before = reading.errors();
    let reader = Reader { file, columns };
    let mut rows: Vec<Report> = table.filter_map(|row| reader.report(&row, reading)).collect();
    rows.sort_by(|left, right| (left.at, &left.region).cmp(&(right.at, &right.region)));
    let reports = Reports { place: Place::file(file), source, rows };
    Some(reports).filter(|_| reading.errors() == before)
}

/// The index of each of `COLUMNS` in a row.
fn header(row: &Row, file: &Arc<SourceFile>, reading: &mut Reading) -> Option<[usize; 3]> {
    let known = |it: &str| COLUMNS.contains(&it);
    if !row.fields.iter().any(|(it, _)| known(it)) {
        let place = Place::bytes(file, row.bytes.clone());
        let diagnostic = Diagnostic::new(Code::InvalidValue, place, "the first line must name the columns");
        let by_semicolons = row.fields.len() == 1 && row.fields[0].0.contains(';');
        let help = if by_semicolons {
            "separate the columns by commas"
        } else {
            "begin with a line `at,region,count`"
        };
        return reading.refuse(diagnostic.help(help));
    }
    let before = reading.errors();
    for (index, (name, bytes)) in row.fields.iter().enumerate() {
        let is_second = row.fields[..index].iter().any(|(it, _)| it == name);
        let message = match (known(name), is_second) {
            (true, false) => continue,
            (true, true) => format!("the column `{name}` is there twice"),
            (false, _) => format!("no column is named `{name}`"),
        };
        let diagnostic = Diagnostic::new(Code::InvalidValue, Place::bytes(file, bytes.clone()), message);
        reading.say(diagnostic.help("known columns: at, region, count"));
    }
    let indices = COLUMNS.map(|name| {
        row.fields.iter().position(|(it, _)| it == name).or_else(|| {
            let place = Place::bytes(file, row.bytes.clone());
            let diagnostic =
                Diagnostic::new(Code::InvalidValue, place, format!("the column `{name}` is missing"));
            reading
                .refuse(diagnostic.help(format!("add `{name}` to the first line, and its value to each row")))
        })
    });
    let [at, region, count] = indices;
    Some([at?, region?, count?]).filter(|_| reading.errors() == before)
}

/// Reads rows below a header.
struct Reader<'a> {
    file: &'a Arc<SourceFile>,
    columns: [usize; 3],
}

impl Reader<'_> {
    fn report(&self, row: &Row, reading: &mut Reading) -> Option<Report> {
        if let Some(quote) = &row.unclosed {
            let message = "this quote is not closed";
            let diagnostic = Diagnostic::new(Code::InvalidValue, self.place(quote), message);
            return reading
                .refuse(diagnostic.help("end the value with `\"`, and write a quote within it twice"));
        }
        if row.fields.len() != COLUMNS.len() {
            let message = format!("a row has 3 columns, and this one has {}", row.fields.len());
            let diagnostic = Diagnostic::new(Code::InvalidValue, self.place(&row.bytes), message);
            return reading.refuse(diagnostic.help(
                "write one value a column, as `2020-07-10T10:50Z,eu,118`; put one with a comma in quotes",
            ));
        }
        let [at, region, count] = self.columns.map(|it| &row.fields[it]);
        let region = region.0.chars().filter(|it| !is_stray(*it)).collect::<String>();
        let region = region.split_whitespace().collect::<Vec<_>>().join(" ");
        let (at, count) = (self.time(at, reading), self.count(count, reading));
        Some(Report { at: at?, region, count: count? })
    }

    fn count(&self, (written, bytes): &(String, Range<usize>), reading: &mut Reading) -> Option<u64> {
        digits(Some(written.as_str()).filter(|it| !it.is_empty())).or_else(|| {
            let message = format!("`{written}` is not a count");
            let diagnostic = Diagnostic::new(Code::InvalidValue, self.place(bytes), message);
            reading.refuse(diagnostic.help("write a whole number"))
        })
    }

    fn time(&self, (written, bytes): &(String, Range<usize>), reading: &mut Reading) -> Option<Timestamp> {
        instant(written)
            .map_err(|fault| {
                let (message, help) = explain(&fault, written, "the column `at`", &reading.zone);
                reading.say(Diagnostic::new(Code::InvalidTime, self.place(bytes), message).help(help));
            })
            .ok()
    }

    fn place(&self, bytes: &Range<usize>) -> Place {
        Place::bytes(self.file, bytes.clone())
    }
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;
    use crate::source::{Content, Spot};

    /// Reads a table: its rows as `region count`, or what is said of it, each with the text that it is said of.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let content = Content::of(text.as_bytes().to_vec());
        let file = Arc::new(SourceFile { path: "reports.csv".to_owned(), content });
        let mut reading = Reading::new(TimeZone::UTC);
        let reports = read(&file, None, &mut reading);
        let said = reading.into_said().into_iter().map(|it| {
            let Some(Spot::Bytes(bytes)) = it.place.map(|it| it.spot) else { panic!("without a place") };
            format!("{} | {}", &text[bytes], it.message)
        });
        let rows = reports.iter().flat_map(|it| &it.rows).map(|it| format!("{} {}", it.region, it.count));
        assert_eq!(said.chain(rows).collect::<Vec<_>>(), expected, "{text:?}");
    }

    #[test]
    fn spreadsheets_write_tables_in_many_ways() {
        let expected = ["eu 118", "us 7"];
        check("at,region,count\n2020-07-10T10:50Z,eu,118\n2020-07-10T10:55Z,us,7\n", &expected);
        check("\u{feff}count,at,region\r\n118,2020-07-10T10:50Z,eu\r\n\r\n7,2020-07-10T10:55Z,us", &expected);
        check(
            "\"at\", region ,count\n\"2020-07-10T10:50Z\",\"eu\",\"118\"\n   \n2020-07-10T10:55Z, us , 7\n",
            &expected,
        );
        check("at,region,count\r2020-07-10T10:50Z,eu,118\r2020-07-10T10:55Z,us,7\r", &expected);
        check(
            "at,region,count\n2020-07-10T10:50Z,\"Paris, \"\"Nord\"\"\nand Lille\",1\n",
            &["Paris, \"Nord\" and Lille 1"],
        );
        check("at,region,count\n", &[]);
    }

    #[test]
    fn a_mistake_is_shown_in_its_column() {
        check("count,at,region\nmany,2020-07-10T10:50Z,\"a, b\"\n", &["many | `many` is not a count"]);
        check("at,region,count\n\n2020-07-10T10:50Z,eu,\"-1\"\n", &["\"-1\" | `-1` is not a count"]);
        check(
            "at,region,count\n2020-07-10T10:50Z,a,b,1\n",
            &["2020-07-10T10:50Z,a,b,1 | a row has 3 columns, and this one has 4"],
        );
        check("at,region,count\n2020-07-10T10:50Z,\"eu,1\n", &["\"eu,1 | this quote is not closed"]);
    }

    #[test]
    fn a_header_names_each_column_once() {
        check("", &[" | the first line must name the columns"]);
        check("at;region;count\n", &["at;region;count | the first line must name the columns"]);
        let missing = "at,where,count | the column `region` is missing";
        check("at,where,count\n", &["where | no column is named `where`", missing]);
        check("at,region,count,at\n", &["at | the column `at` is there twice"]);
    }
}
