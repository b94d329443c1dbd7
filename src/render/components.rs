//! The pages of components, and of their years, with the years' intervals for programs.
//!
//! A year that is over holds still as long as what the component was in does.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use super::edition::{Edition, InEdition, Printed};
use super::path;
use super::plan::Planned;
use super::view::{self, Body, LineView, PageOf};
use crate::emit::Output;
use crate::memo::{ById, Drawers, Memo};
use crate::model::{Component, ComponentId};
use crate::timeline::{Basis, Board, ComponentYear, Interval, Story, YearRecord};

/// What was made of components before.
#[derive(Debug, Default)]
pub(super) struct ComponentsMemory {
    years: Drawers<(ComponentId, i16), YearKey, Option<Year>, ()>,
    lines: Memo<InEdition<Story>, Arc<LineView>>,
}

impl ComponentsMemory {
    /// Ends a run: what was not asked for since the last end is dropped.
    pub(super) fn end_run(&mut self) {
        self.lines.end_run();
    }
}

/// All that a component's year depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct YearKey {
    edition: ById<Edition>,
    record: YearRecord,
    /// The years of the component that have a page.
    years: Arc<[i16]>,
}

/// What is made of a component's year.
#[derive(Clone, Debug)]
pub(super) struct Year {
    pub(super) page: Printed,
    pub(super) document: Output,
}

/// The years of all listed components.
pub(super) fn years(edition: &ById<Edition>, board: &Board, memory: &mut ComponentsMemory) -> Vec<Year> {
    let records = listed(board).flat_map(|component| {
        let years: Arc<[i16]> = board.years_of(&component.id).into();
        let records = board.year_records(&component.id).into_iter();
        records.map(move |record| YearKey { edition: edition.clone(), record, years: Arc::clone(&years) })
    });
    let asked = records.map(|it| ((it.record.component().clone(), it.record.year()), it)).collect();
    memory.years.get_all(asked, |key, ()| year(key)).into_iter().flatten().collect()
}

/// The pages of all listed components.
pub(super) fn pages(edition: &ById<Edition>, board: &Board, memory: &mut ComponentsMemory) -> Vec<Planned> {
    let voice = edition.0.voice();
    let recent = board.stories_between(view::component_since(board), Date::MAX);
    let keys = recent.iter().map(|it| InEdition::of(edition, it)).collect();
    let lines = memory.lines.get_all(keys, |key| Arc::new(view::line(&key.voice(), &key.of.0)));
    let recent: Vec<(&Arc<Story>, Arc<LineView>)> = recent.iter().zip(lines).collect();
    let page = |component: &Component| {
        let found = board.component(&component.id);
        let found = found.expect("the board holds every component of its site");
        let body = view::component(&voice, board, component, &recent);
        let page =
            PageOf { head: view::component_head(&voice, found), body: Body::Component(Box::new(body)) };
        Planned { path: path::component(&component.id), page }
    };
    listed(board).map(page).collect()
}

fn listed(board: &Board) -> impl Iterator<Item = &Component> {
    board.site.components.iter().filter(|it| it.listed)
}

fn year(key: &YearKey) -> Option<Year> {
    let (edition, record) = (&key.edition.0, &key.record);
    let component = edition.site.component(record.component())?;
    let (found, voice) = (record.tell(&edition.site)?, edition.voice());
    let body = view::component_year(&voice, component, &found, &key.years);
    let head = view::component_year_head(&voice, component, found.year);
    let page = PageOf { head, body: Body::ComponentYear(Box::new(body)) };
    Some(Year {
        page: edition.print(&path::component_year(&component.id, found.year), &page),
        document: document(component, &found),
    })
}

/// A year of a component: its intervals that are not operational.
#[derive(Serialize)]
struct YearDocument<'a> {
    version: u8,
    component: &'a str,
    year: i16,
    intervals: Vec<IntervalEntry<'a>>,
}

#[derive(Serialize)]
struct IntervalEntry<'a> {
    from: Timestamp,
    to: Option<Timestamp>,
    state: &'static str,
    incident: &'a str,
    basis: &'static str,
    counted: bool,
}

fn document(component: &Component, year: &ComponentYear) -> Output {
    let document = YearDocument {
        version: 1,
        component: component.id.as_str(),
        year: year.year,
        intervals: year.intervals.iter().map(interval).collect(),
    };
    let mut json = serde_json::to_string_pretty(&document).expect("its maps have text keys");
    json.push('\n');
    (path::component_year_json(&component.id, year.year).into(), json.into_bytes().into())
}

fn interval(interval: &Interval) -> IntervalEntry<'_> {
    IntervalEntry {
        from: interval.span.from,
        to: interval.span.to,
        state: interval.state.word(),
        incident: interval.story.incident.id.as_str(),
        basis: match interval.basis {
            Basis::Declared | Basis::Maintenance => "declared",
            Basis::Measured => "measured",
            Basis::Derived(_) => "derived",
        },
        counted: interval.counted,
    }
}
