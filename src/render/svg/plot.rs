//! Draws a chart on a frame with scales, lines and a legend.
//!
//! A line is told from others by its dash, by a mark at its highest point and by its entry in the
//! legend; colour comes on top.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::chart::{Chart, Series};
use super::label::cut;
use super::scale;
use crate::markdown::escape_html;
use crate::words::Words;

const WIDTH: i64 = 720;
const LEFT: i64 = 52;
/// The last label of the axis is centred here and must fit in.
const RIGHT: i64 = 696;
const TOP: i64 = 12;
const BOTTOM: i64 = 212;
const LEGEND: i64 = 262;
const LEGEND_ENTRY: i64 = 164;
const LEGEND_ROW: i64 = 24;

/// Told apart by the gaps of the line; the first has none.
const DASHES: &[&str] = &["", "7 4", "2 3", "10 3 2 3", "14 4", "5 2 2 2 2 2"];

/// Told apart by a mark, drawn around its middle.
const MARKS: &[&str] = &[
    "m-4-4h8v8h-8z",
    "m0-6 6 10h-12z",
    "m0-6 6 6-6 6-6-6z",
    "m-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",
    "m0 6-6-10h12z",
];

/// The SVG of `chart`; none where nothing was counted.
pub(super) fn plot(chart: &Chart, words: &Words, zone: &TimeZone) -> Option<String> {
    let (&first, &last) = (chart.times.first()?, chart.times.last()?);
    let most = chart.series.iter().flat_map(|it| &it.counts).flatten().max()?;
    let levels = scale::counts(*most);
    let frame = Frame {
        chart,
        first,
        end: last.as_second().saturating_add(chart.step()),
        most: levels.last().copied().unwrap_or(1),
        words,
        zone,
    };
    Some(frame.draw(&levels))
}

/// A chart with its scales.
struct Frame<'a> {
    chart: &'a Chart,
    first: Timestamp,
    /// The second that the last step ends with.
    end: i64,
    most: u64,
    words: &'a Words,
    zone: &'a TimeZone,
}

impl Frame<'_> {
    fn draw(&self, levels: &[u64]) -> String {
        let series: String =
            self.chart.series.iter().enumerate().map(|(index, it)| self.series(index, it)).collect();
        let legend: String =
            self.chart.series.iter().enumerate().map(|(index, it)| legend(index, it)).collect();
        let rows = i64::try_from(self.chart.series.len().div_ceil(4)).unwrap_or(1);
        let height = LEGEND + rows * LEGEND_ROW - 12;
        format!(
            "<svg class=\"chart\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-labelledby=\"reports-title reports-text\">\
             <title id=\"reports-title\">{}</title><desc id=\"reports-text\">{}</desc>{}{}{series}{legend}</svg>",
            escape_html(self.words.text("reports.chart")),
            escape_html(&self.description()),
            self.levels(levels),
            self.times(),
        )
    }

    fn x(&self, second: i64) -> i64 {
        let length = (self.end - self.first.as_second()).max(1);
        LEFT + (second - self.first.as_second()) * (RIGHT - LEFT) / length
    }

    fn y(&self, count: u64) -> i64 {
        let height = i128::from(BOTTOM - TOP) * i128::from(count) / i128::from(self.most.max(1));
        BOTTOM - i64::try_from(height).expect("it is within the chart")
    }

    fn levels(&self, levels: &[u64]) -> String {
        let level = |&count: &u64| {
            let (y, number) = (self.y(count), self.words.number(count));
            format!(
                "<path class=\"grid\" d=\"M{LEFT} {y}H{RIGHT}\"/><text class=\"count\" x=\"{}\" y=\"{}\" text-anchor=\"end\">{number}</text>",
                LEFT - 8,
                y + 4
            )
        };
        levels.iter().map(level).collect()
    }

    fn times(&self) -> String {
        let end = Timestamp::from_second(self.end).unwrap_or(self.first);
        let times = scale::times(self.first, end, 8, self.zone);
        let shows_days = times.windows(2).any(|it| 86_400 <= it[1].as_second() - it[0].as_second());
        let mark = |&at: &Timestamp| {
            let x = self.x(at.as_second());
            let words = match shows_days {
                true => self.words.short_date(at.to_zoned(self.zone.clone()).date()),
                false => self.words.time_of_day(at, self.zone),
            };
            format!(
                "<path class=\"grid\" d=\"M{x} {BOTTOM}v6\"/><text class=\"time\" x=\"{x}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
                BOTTOM + 22,
                escape_html(&words),
            )
        };
        times.iter().map(mark).collect()
    }

    fn series(&self, index: usize, series: &Series) -> String {
        let mark = series.peak().map_or_else(String::new, |(time, count)| {
            let x = (self.x(self.from(time)) + self.x(self.until(time))) / 2;
            mark(index, x, self.y(count))
        });
        format!(
            "<g class=\"series {}\"><title>{}</title><path class=\"line\"{} d=\"{}\"/>{mark}</g>",
            class(index),
            escape_html(&series.name),
            dash(index),
            self.steps(series),
        )
    }

    /// The line of a region; it has a gap where nothing was counted.
    fn steps(&self, series: &Series) -> String {
        let mut path = String::new();
        let mut height = None;
        for (index, count) in series.counts.iter().enumerate() {
            let Some(y) = count.map(|it| self.y(it)) else {
                height = None;
                continue;
            };
            match height {
                None => path += &format!("M{} {y}", self.x(self.from(index))),
                Some(before) if before != y => path += &format!("V{y}"),
                Some(_) => {}
            }
            path += &format!("H{}", self.x(self.until(index)));
            height = Some(y);
        }
        path
    }

    fn from(&self, time: usize) -> i64 {
        self.chart.times[time].as_second()
    }

    fn until(&self, time: usize) -> i64 {
        self.chart.times.get(time + 1).map_or(self.end, |it| it.as_second())
    }

    fn description(&self) -> String {
        let peak = |series: &Series| {
            let (time, count) = series.peak()?;
            let at = self.words.time(self.chart.times[time], self.zone);
            let values = [("region", series.name.as_str()), ("time", &at)];
            Some(self.words.count("reports.peak", count, &values))
        };
        let peaks: Vec<String> = self.chart.series.iter().filter_map(peak).collect();
        let range = self.words.range(self.first, Timestamp::from_second(self.end).ok(), self.zone);
        self.words.fill("reports.description", &[("range", &range), ("peaks", &peaks.join(" "))])
    }
}

/// An entry of the legend: a piece of the line with its mark, and the region.
fn legend(index: usize, series: &Series) -> String {
    let place = i64::try_from(index).unwrap_or(0);
    let (x, y) = (LEFT + place % 4 * LEGEND_ENTRY, LEGEND + place / 4 * LEGEND_ROW);
    format!(
        "<g class=\"series {}\"><title>{}</title><path class=\"line\"{} d=\"M{x} {y}h36\"/>{}<text x=\"{}\" y=\"{}\">{}</text></g>",
        class(index),
        escape_html(&series.name),
        dash(index),
        mark(index, x + 18, y),
        x + 44,
        y + 5,
        escape_html(&cut(&series.name, 15)),
    )
}

fn class(index: usize) -> String {
    format!("series-{}", index % DASHES.len() + 1)
}

fn dash(index: usize) -> String {
    match DASHES[index % DASHES.len()] {
        "" => String::new(),
        dash => format!(" stroke-dasharray=\"{dash}\""),
    }
}

fn mark(index: usize, x: i64, y: i64) -> String {
    format!("<path class=\"mark\" d=\"M{x} {y}{}\"/>", MARKS[index % MARKS.len()])
}
