//! The chart of what users reported: a step for each count, a line for each region.
//!
//! What is shown is gathered here and drawn in `plot`.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::plot;
use crate::model::Report;
use crate::render::Markup;
use crate::words::Words;

/// What a chart shows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Chart {
    /// The times of the counts, in order.
    pub times: Vec<Timestamp>,
    /// The regions, in order of their names.
    pub series: Vec<Series>,
}

/// The counts of one region.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Series {
    /// The region.
    pub name: String,
    /// How many, time by time; none where nothing was counted.
    pub counts: Vec<Option<u64>>,
}

/// Arranges the rows of a report by region; what is counted twice for one time is added up.
pub fn chart(rows: &[Report]) -> Chart {
    let mut times: Vec<Timestamp> = rows.iter().map(|it| it.at).collect();
    times.sort_unstable();
    times.dedup();
    let mut regions: Vec<&str> = rows.iter().map(|it| it.region.as_str()).collect();
    regions.sort_unstable();
    regions.dedup();
    let mut series: Vec<Series> =
        regions.iter().map(|it| Series { name: (*it).to_owned(), counts: vec![None; times.len()] }).collect();
    for row in rows {
        let region = regions.binary_search(&row.region.as_str());
        if let (Ok(region), Ok(time)) = (region, times.binary_search(&row.at)) {
            let count = &mut series[region].counts[time];
            *count = Some(count.unwrap_or(0).saturating_add(row.count));
        }
    }
    Chart { times, series }
}

impl Chart {
    /// Draws the chart; none where nothing was counted.
    pub fn draw(&self, words: &Words, zone: &TimeZone) -> Option<Markup> {
        plot::plot(self, words, zone).map(Markup::trusted)
    }

    /// For how long the last count holds: as long as the shortest before it.
    pub(super) fn step(&self) -> i64 {
        let steps = self.times.windows(2).map(|it| it[1].as_second() - it[0].as_second());
        steps.min().unwrap_or(3_600)
    }
}

impl Series {
    /// The highest count, the first of equal ones, with the index of its time.
    pub(super) fn peak(&self) -> Option<(usize, u64)> {
        let counted = self.counts.iter().enumerate().filter_map(|(index, it)| Some((index, (*it)?)));
        counted.reduce(|best, it| if best.1 < it.1 { it } else { best })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[(&str, &str, u64)]) -> Vec<Report> {
        let row = |&(at, region, count): &(&str, &str, u64)| Report {
            at: at.parse().unwrap(),
            region: region.to_owned(),
            count,
        };
        rows.iter().map(row).collect()
    }

    fn draw(given: &[(&str, &str, u64)]) -> Option<String> {
        chart(&rows(given)).draw(&Words::english(), &TimeZone::UTC).map(|it| it.as_str().to_owned())
    }

    const DAY: &[(&str, &str, u64)] = &[
        ("2020-07-10T10:00Z", "eu", 3),
        ("2020-07-10T10:00Z", "us", 1),
        ("2020-07-10T10:15Z", "eu", 10),
        ("2020-07-10T10:30Z", "eu", 4),
        ("2020-07-10T10:30Z", "us", 2),
    ];

    #[test]
    fn what_was_not_counted_is_a_gap() {
        let chart = chart(&rows(DAY));
        assert_eq!(chart.series[1].counts, [Some(1), None, Some(2)]);
        assert_eq!(
            draw(DAY).unwrap().matches("class=\"line\" stroke-dasharray=\"7 4\" d=\"M52 192H266M").count(),
            1
        );
    }

    #[test]
    fn the_text_says_where_each_region_was_highest() {
        let svg = draw(DAY).unwrap();
        assert!(svg.contains("eu: at most 10, at 10:15 UTC."), "{svg}");
        assert!(svg.contains("us: at most 2, at 10:30 UTC."), "{svg}");
    }

    #[test]
    fn one_count_and_huge_counts_can_be_drawn() {
        assert!(draw(&[("2020-07-10T10:00Z", "eu", 0)]).is_some());
        assert!(draw(&[("2020-07-10T10:00Z", "eu", u64::MAX), ("2020-07-10T10:00Z", "eu", 1)]).is_some());
        assert!(draw(&[]).is_none());
    }

    #[test]
    fn a_region_is_shown_as_text() {
        let svg = draw(&[("2020-07-10T10:00Z", "<script>", 1)]).unwrap();
        assert!(!svg.contains("<script"));
    }
}
