//! The pages of components, and of their years, with the years' intervals for programs.
//!
//! All of a component holds still as long as its board does; of one that has changed, the years that are over do.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;

use super::edition::{Edition, InEdition, Printed};
use super::memory::{self, PageKey};
use super::path;
use super::view::{self, AllBars, BarsView, Body, ComponentOf, LineView, PageOf, StateView};
use crate::emit::Output;
use crate::memo::{ById, Drawers, Last, Memo, Memory};
use crate::model::{Component, ComponentId, Kind};
use crate::timeline::{Basis, Board, ComponentBoard, ComponentYear, Interval, Story, YearRecord};

/// The last days of components as they were made before. Those that show the same are the same.
pub(super) type BarsMemory = Drawers<ComponentId, InEdition<ComponentBoard>, ById<BarsView>, Last<BarsView>>;

/// What was made of components before: by the component, and within it by the year.
pub(super) type ComponentsMemory = Drawers<ComponentId, ComponentKey, Pages, ComponentMemory>;

/// The pages of a component.
#[derive(Clone, Debug)]
pub(super) struct Pages {
    pub(super) page: Printed,
    pub(super) years: Arc<[Year]>,
}

/// The page of a component's year, and its intervals.
#[derive(Clone, Debug)]
pub(super) struct Year {
    pub(super) page: Printed,
    pub(super) document: Output,
}

/// All that the pages of a component depend on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ComponentKey {
    of: InEdition<ComponentBoard>,
    /// What it is in, and what announced maintenance will put it in.
    state: StateView,
    bars: ById<BarsView>,
    /// The notices about it that are shown.
    notices: Vec<ById<Story>>,
}

/// What was made of one component before.
#[derive(Debug, Default)]
pub(super) struct ComponentMemory {
    years: Drawers<i16, YearKey, Option<Year>, ()>,
    lines: Memo<InEdition<Story>, Arc<LineView>>,
    /// Its page by what it shows: most words in an update are not on it.
    page: Memo<PageKey, Printed>,
}

impl Memory for ComponentMemory {
    fn end_run(&mut self) {
        self.lines.end_run();
        self.page.end_run();
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

/// The last days of all components of a board.
pub(super) fn bars(edition: &ById<Edition>, board: &Board, memory: &mut BarsMemory) -> AllBars {
    let asked = board.components.iter().map(|it| (it.id.clone(), InEdition::of(edition, it)));
    let bars = memory.get_all(asked.collect(), bars_of);
    board.components.iter().map(|it| it.id.clone()).zip(bars).collect()
}

fn bars_of(key: &InEdition<ComponentBoard>, last: &mut Last<BarsView>) -> ById<BarsView> {
    last.or_same(view::bars(&key.voice(), &key.of.0))
}

/// The pages of all listed components.
pub(super) fn pages(
    edition: &ById<Edition>,
    board: &Board,
    bars: &AllBars,
    memory: &mut ComponentsMemory,
) -> Vec<Pages> {
    let listed: BTreeSet<&ComponentId> =
        board.site.components.iter().filter(|it| it.listed).map(|it| &it.id).collect();
    let key = |it: &Arc<ComponentBoard>| ComponentKey {
        of: InEdition::of(edition, it),
        state: view::component_state(&edition.0.voice(), board, it),
        bars: bars[&it.id].clone(),
        notices: notices(board, &it.id),
    };
    let asked = board.components.iter().filter(|it| listed.contains(&it.id));
    memory.get_all(asked.map(|it| (it.id.clone(), key(it))).collect(), print)
}

fn print(key: &ComponentKey, memory: &mut ComponentMemory) -> Pages {
    let (edition, board, voice) = (&key.of.edition, &*key.of.of.0, key.of.voice());
    let component = voice.site.component(&board.id).expect("a board is of a component of its site");
    let body = view::component(
        &voice,
        ComponentOf {
            component,
            board,
            state: &key.state,
            bars: &key.bars,
            notices: key.notices.iter().map(|it| view::line(&voice, &it.0)).collect(),
            lines: lines(key, memory),
        },
    );
    let page = PageOf { head: view::component_head(&voice, board), body: Body::Component(Box::new(body)) };
    let page = PageKey { edition: edition.clone(), path: path::component(&board.id), page };
    let years: Arc<[i16]> = board.years(voice.site).into();
    let year = |record| YearKey { edition: edition.clone(), record, years: Arc::clone(&years) };
    let records = board.year_records(voice.site).into_iter();
    let records = records.map(|it| (it.year(), year(it))).collect();
    Pages {
        page: memory.page.get(page, memory::page),
        years: memory.years.get_all(records, |key, ()| print_year(key)).into_iter().flatten().collect(),
    }
}

/// The notices about a component that are shown, in the order of the board.
fn notices(board: &Board, component: &ComponentId) -> Vec<ById<Story>> {
    let is_about = |it: &&Arc<Story>| match &it.incident.kind {
        Kind::Notice(notice) => notice.components.contains(component),
        Kind::Incident(_) | Kind::Maintenance(_) => false,
    };
    board.notices.iter().filter(is_about).map(|it| ById(Arc::clone(it))).collect()
}

/// What touched a component in the time that its page tells of, newest first.
fn lines(key: &ComponentKey, memory: &mut ComponentMemory) -> Vec<LineView> {
    let since = view::component_since(&key.of.voice(), &key.of.of.0);
    let stories = key.of.of.0.stories_since(since).into_iter();
    let keys = stories.map(|it| InEdition::of(&key.of.edition, it)).collect();
    let lines = memory.lines.get_all(keys, |key| Arc::new(view::line(&key.voice(), &key.of.0)));
    lines.iter().map(|it| LineView::clone(it)).collect()
}

fn print_year(key: &YearKey) -> Option<Year> {
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
    (path::component_year_json(&component.id, year.year).into(), json.into())
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
