//! What users reported: a chart, and the same as a table.

use jiff::Timestamp;
use serde::Serialize;

use super::{TimeView, Voice};
use crate::model::Report;
use crate::render::{Markup, svg};
use crate::timeline::Story;

/// What users reported.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ReportsView {
    /// What is counted.
    pub source: Option<String>,
    /// The chart, with its text.
    pub chart: Markup,
    /// The regions: the table's columns.
    pub regions: Vec<String>,
    /// The table's rows, in order of time.
    pub rows: Vec<ReportRowView>,
}

/// What was counted at one time.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ReportRowView {
    /// The time.
    pub time: TimeView,
    /// How many, region by region; none where nothing was counted.
    pub counts: Vec<Option<String>>,
}

/// What users had reported when the story was told; none where nothing.
pub(super) fn reports(voice: &Voice<'_>, story: &Story) -> Option<ReportsView> {
    let written = story.incident.reports.as_ref().filter(|_| story.retracted.is_none())?;
    let rows: Vec<Report> = written.rows.iter().filter(|it| story.has_passed(it.at)).cloned().collect();
    let chart = svg::chart(&rows);
    let row = |(index, at): (usize, &Timestamp)| ReportRowView {
        time: voice.time(*at),
        counts: chart.series.iter().map(|it| it.counts[index].map(|it| voice.words.number(it))).collect(),
    };
    Some(ReportsView {
        source: written.source.clone(),
        chart: chart.draw(voice.words, &voice.site.time_zone)?,
        regions: chart.series.iter().map(|it| it.name.clone()).collect(),
        rows: chart.times.iter().enumerate().map(row).collect(),
    })
}
