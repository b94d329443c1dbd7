//! The page of a component.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::Serialize;

use super::bars::{self, BarsView};
use super::head::describe;
use super::line::LineView;
use super::{About, HeadView, NameView, PhraseView, ShareCard, StateView, Voice};
use crate::memo::ById;
use crate::model::{Component, ComponentId, Dependency, MaintenanceCounts};
use crate::render::path;
use crate::timeline::{ComponentBoard, Uptime, UptimeWindow};

/// The windows of the table, in days.
const WINDOWS: [u16; 5] = [1, 7, 30, 90, 365];

/// `component.html`: a component, how it is and how it has been.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ComponentView {
    /// Its name.
    pub name: String,
    /// What it is, in a sentence.
    pub description: Option<String>,
    /// The group it belongs to.
    pub group: Option<String>,
    /// What it is in.
    pub state: StateView,
    /// Through which components that came, or may come, in words.
    pub via: Option<String>,
    /// "Retired since TIME.", where it has.
    pub retired: Option<PhraseView>,
    /// Its last days.
    pub bars: ById<BarsView>,
    /// What the bars mean.
    pub legend: Vec<StateView>,
    /// Uptime over the last 1, 7, 30, 90 and 365 days.
    pub uptime: Vec<UptimeRowView>,
    /// What it needs to work.
    pub depends_on: Vec<DependencyView>,
    /// What needs it.
    pub used_by: Vec<DependencyView>,
    /// The notices about it that are shown, pinned first, then newest first.
    pub notices: Vec<LineView>,
    /// What impaired it in the last twelve months, newest first.
    pub incidents: Vec<LineView>,
    /// Its years, newest first.
    pub years: Vec<NameView>,
    /// The calendar of its maintenance, by its path from the output's root.
    pub calendar: String,
}

/// Uptime over a window, or over a month.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct UptimeRowView {
    /// The window, in words.
    pub label: String,
    /// The percentage, or that there is no data.
    pub percent: String,
    /// How much time was counted.
    pub counted: String,
    /// How long it was in a major outage.
    pub major: String,
    /// How long it was in a partial outage.
    pub partial: String,
    /// How long it was degraded.
    pub degraded: String,
    /// How much time was taken out for maintenance; none where the site does not.
    pub excluded: Option<String>,
}

/// That one component needs another.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct DependencyView {
    /// The other component.
    pub component: NameView,
    /// How much it is needed.
    pub strength: String,
    /// What connects them.
    pub via: Option<String>,
}

/// What a component's page is made from.
#[derive(Debug)]
pub struct ComponentOf<'a> {
    /// The component, as it was written down.
    pub component: &'a Component,
    /// How it is and has been.
    pub board: &'a ComponentBoard,
    /// What it is in, and what announced maintenance will put it in.
    pub state: &'a StateView,
    /// Its last days.
    pub bars: &'a ById<BarsView>,
    /// The notices about it that are shown.
    pub notices: Vec<LineView>,
    /// What impaired it since the first day that is told, newest first.
    pub lines: Vec<LineView>,
}

/// The head of a component's page: its title names the state.
pub fn head(voice: &Voice<'_>, board: &ComponentBoard) -> HeadView {
    let state = voice.standing(board.standing).word;
    let values = [("name", &*voice.name(&board.id)), ("state", &state)];
    let name = voice.words.fill("page.component.title", &values);
    let written = voice.site.component(&board.id);
    let days = voice.over_history(&board.uptime);
    let days = days.filter(|it| it.uptime.percent.is_some());
    let uptime = days.map(|it| voice.words.uptime(it, voice.site.uptime.decimals));
    let facts = [Some(name.clone()), super::banner::via(voice, board), uptime];
    let description =
        describe(voice, &facts, written.and_then(|it| it.description.as_deref()).unwrap_or_default());
    let path = path::component(&board.id);
    let picture = ShareCard::Of(board.standing);
    let about = About { picture, ..About::page(&path, name, description) };
    HeadView::new(voice, &about).with_feeds(voice, written)
}

/// The instant from which on a component's page tells what touched it.
pub fn since(voice: &Voice<'_>, board: &ComponentBoard) -> Timestamp {
    let first = voice.day_of(board.seen_at).saturating_sub(12.months());
    first.to_zoned(voice.site.time_zone.clone()).map_or(Timestamp::MIN, |it| it.timestamp())
}

/// A component's page.
pub fn component(voice: &Voice<'_>, of: ComponentOf<'_>) -> ComponentView {
    let ComponentOf { component, board, state, bars, notices, lines } = of;
    let (today, years) = (voice.day_of(board.seen_at), board.years(voice.site));
    let group = component.group.as_ref().and_then(|it| voice.site.group(it));
    let year = |it: i16| NameView::with_page(voice.words.year(it), &path::component_year(&component.id, it));
    ComponentView {
        name: component.name.clone(),
        description: component.description.clone(),
        group: group.map(|it| it.name.clone()),
        state: state.clone(),
        via: super::banner::via(voice, board),
        retired: component.until.filter(|it| *it <= today).map(|it| retired(voice, it)),
        bars: bars.clone(),
        legend: bars::legend(voice),
        uptime: windows(voice, &board.uptime),
        depends_on: depends_on(voice, today, component),
        used_by: used_by(voice, today, component),
        notices,
        incidents: lines,
        years: years.iter().rev().map(|it| year(*it)).collect(),
        calendar: path::of_component(&component.id, path::CALENDAR),
    }
}

fn retired(voice: &Voice<'_>, until: Date) -> PhraseView {
    voice.phrase_with("page.component.retired", voice.date(until), &[])
}

/// Uptime as a row of a table.
pub(super) fn uptime_row(voice: &Voice<'_>, label: String, uptime: &Uptime) -> UptimeRowView {
    let excludes = voice.site.uptime.maintenance == MaintenanceCounts::Exclude;
    let length =
        |seconds| if seconds == 0 { voice.say("page.component.zero") } else { voice.words.length(seconds) };
    UptimeRowView {
        label,
        percent: voice.words.percent(uptime, voice.site.uptime.decimals),
        counted: length(uptime.counted),
        major: length(uptime.major),
        partial: length(uptime.partial),
        degraded: length(uptime.degraded),
        excluded: excludes.then(|| length(uptime.excluded)),
    }
}

fn windows(voice: &Voice<'_>, windows: &[UptimeWindow]) -> Vec<UptimeRowView> {
    let found = WINDOWS.iter().filter_map(|days| windows.iter().find(|it| it.days == *days));
    found
        .map(|it| {
            let label = match it.days {
                1 => voice.say("page.bars.today"),
                days => voice.words.count("page.component.last_days", u64::from(days), &[]),
            };
            uptime_row(voice, label, &it.uptime)
        })
        .collect()
}

fn depends_on(voice: &Voice<'_>, today: Date, component: &Component) -> Vec<DependencyView> {
    let needed = component.depends_on.iter().filter(|it| it.holds(today));
    needed.map(|it| dependency(voice, &it.component, it)).collect()
}

fn used_by(voice: &Voice<'_>, today: Date, component: &Component) -> Vec<DependencyView> {
    let all = voice.site.components.iter();
    all.flat_map(|user| user.depends_on.iter().map(move |it| (user, it)))
        .filter(|(_, it)| it.component == component.id && it.holds(today))
        .map(|(user, it)| dependency(voice, &user.id, it))
        .collect()
}

fn dependency(voice: &Voice<'_>, other: &ComponentId, dependency: &Dependency) -> DependencyView {
    DependencyView {
        component: voice.component(other),
        strength: voice.words.strength(dependency.strength).to_owned(),
        via: dependency.via.clone(),
    }
}
