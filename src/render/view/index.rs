//! The first page: the state of everything in one view.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use super::banner::{self, BannerView};
use super::bars::{self, AllBars, BarsView};
use super::card::{self, CardView};
use super::line::{self, DayLinesView, LineView, Listed};
use super::{About, Genre, HeadView, NameView, PhraseView, StateView, Voice};
use crate::memo::ById;
use crate::model::{Component, Group};
use crate::render::path;
use crate::timeline::{Board, Course, Standing, Story};

/// How many components may be shown open; of more, only groups with trouble are.
const OPEN_AT_MOST: usize = 20;
/// Up to so many components `/` shows how each has been. Of more, it would weigh more than a reader on a phone waits for.
const BARS_AT_MOST: usize = 60;
/// How many days ahead a maintenance is shown in full.
const NEAR_DAYS: i32 = 7;
/// How many days the list of what was covers.
const RECENT_DAYS: i32 = 14;

/// `index.html`: the state of everything.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct IndexView {
    /// The page's state in a line.
    pub banner: BannerView,
    /// Open incidents: pinned first, then the worst.
    pub incidents: Vec<CardView>,
    /// Notices that are shown.
    pub notices: Vec<CardView>,
    /// Maintenance under way, and ahead within seven days.
    pub maintenance: Vec<CardView>,
    /// Maintenance further ahead.
    pub later: Vec<LineView>,
    /// The components in their groups, in the order of the site.
    pub groups: Vec<GroupView>,
    /// What the bars mean.
    pub legend: Vec<StateView>,
    /// What ran on each of the last 14 days, newest day first; days without anything among them.
    pub recent: Vec<DayLinesView>,
    /// "Built TIME."
    pub built: PhraseView,
}

/// Components that are shown together; those without a group stand in one without a name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct GroupView {
    /// The group's id; none of components without a group.
    pub id: Option<String>,
    /// The group's name; none of components without a group.
    pub name: Option<String>,
    /// What the group is in.
    pub state: StateView,
    /// Its uptime over the days of the bars, where it counts any.
    pub uptime: Option<String>,
    /// The same over the 30 days that narrow screens show, where they show fewer.
    pub narrow_uptime: Option<String>,
    /// Whether it is shown open.
    pub open: bool,
    /// Its components.
    pub components: Vec<ComponentRowView>,
}

/// A component on `/`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ComponentRowView {
    /// The component.
    pub component: NameView,
    /// What it is, in a sentence.
    pub description: Option<String>,
    /// What it is in.
    pub state: StateView,
    /// Through which components that came, or may come, in words.
    pub via: Option<String>,
    /// How it has been; none of what works on a site with very many components: its own page shows it.
    pub bars: Option<ById<BarsView>>,
}

/// The head of `/`: its title names the state.
pub fn head(voice: &Voice<'_>, board: &Board) -> HeadView {
    let headline = voice.words.headline(&board.overall.headline, voice.site);
    let text = voice.words.fill("page.index.description", &[("site", &voice.site.title)]);
    let about = About {
        picture: banner::picture(board),
        genre: Genre::Front,
        ..About::page("index.html", headline, banner::describe(voice, board, &text))
    };
    let head = HeadView::new(voice, &about).with_feeds(voice, None).with_updates_feed(voice);
    head.in_state(voice, banner::state(voice, board).key)
}

/// The first and the last day of the list of what was.
pub fn recent_days(board: &Board) -> (Date, Date) {
    (board.today.saturating_sub((RECENT_DAYS - 1).days()), board.today)
}

/// The first page; `recent` is what ran on a day of [`recent_days`], newest first.
pub fn index(voice: &Voice<'_>, board: &Board, bars: &AllBars, recent: &[Listed]) -> IndexView {
    let soon = board.today.saturating_add(NEAR_DAYS.days());
    let (near, later): (Vec<_>, Vec<_>) =
        board.maintenance.iter().partition(|it| voice.day_of(it.started_at) <= soon);
    let card = |story: &std::sync::Arc<Story>| card::card(voice, story, board.now);
    IndexView {
        banner: banner::banner(voice, board),
        incidents: board.open.iter().map(card).collect(),
        notices: board.notices.iter().map(card).collect(),
        maintenance: near.into_iter().map(card).collect(),
        later: later.into_iter().map(|it| line::line(voice, it)).collect(),
        groups: groups(voice, board, bars),
        legend: bars::legend(voice),
        recent: self::recent(voice, board, recent),
        built: voice.phrase("page.index.built", board.now),
    }
}

/// The components in their groups. Those without a group stand where the first of them does.
fn groups(voice: &Voice<'_>, board: &Board, bars: &AllBars) -> Vec<GroupView> {
    let shown: Vec<&Component> = voice.site.components.iter().filter(|it| is_shown(board, it)).collect();
    let all_open = shown.len() <= OPEN_AT_MOST;
    let row = |it: &&Component| row(voice, board, bars, it);
    let grouped = voice.site.groups.iter().map(|group| {
        let members = shown.iter().filter(|it| it.group.as_ref() == Some(&group.id));
        named_group(voice, board, group, members.map(row).collect())
    });
    let loose = shown.iter().filter(|it| it.group.is_none()).map(row).collect();
    let mut groups: Vec<GroupView> = std::iter::once(unnamed_group(voice, loose))
        .chain(grouped)
        .filter(|it| !it.components.is_empty())
        .collect();
    for group in &mut groups {
        group.open = group.name.is_none() || (all_open && group.open) || group.state.key != "operational";
    }
    if BARS_AT_MOST < shown.len() {
        let rows = groups.iter_mut().flat_map(|it| &mut it.components);
        rows.filter(|it| it.state.key == "operational").for_each(|it| it.bars = None);
    }
    groups
}

fn is_shown(board: &Board, component: &Component) -> bool {
    let standing = board.component(&component.id).map(|it| it.standing);
    component.listed && standing != Some(Standing::Retired)
}

fn named_group(
    voice: &Voice<'_>,
    board: &Board,
    group: &Group,
    components: Vec<ComponentRowView>,
) -> GroupView {
    let found = board.group(&group.id);
    let (uptime, narrow_uptime) = bars::group_uptime(voice, found.map_or(&[], |it| &it.uptime));
    GroupView {
        id: Some(group.id.to_string()),
        name: Some(group.name.clone()),
        state: group_state(voice, board, group),
        uptime,
        narrow_uptime,
        open: !group.collapsed,
        components,
    }
}

/// What a group is in, and what announced maintenance will put it in.
fn group_state(voice: &Voice<'_>, board: &Board, group: &Group) -> StateView {
    let standing = board.group(&group.id).map_or(Standing::NoData, |it| it.standing);
    let ahead =
        board.foreseen.iter().filter_map(|it| Some((it.at, voice.standing(*it.groups.get(&group.id)?))));
    voice.standing(standing).turning(ahead)
}

fn unnamed_group(voice: &Voice<'_>, components: Vec<ComponentRowView>) -> GroupView {
    let state = voice.standing(Standing::NoData);
    GroupView { id: None, name: None, state, uptime: None, narrow_uptime: None, open: true, components }
}

fn row(voice: &Voice<'_>, board: &Board, bars: &AllBars, component: &Component) -> ComponentRowView {
    let found = board.component(&component.id);
    let found = found.expect("the board holds every component of its site");
    ComponentRowView {
        component: NameView::with_page(component.name.clone(), &path::component(&component.id)),
        description: component.description.clone(),
        state: bars::state(voice, board, found),
        via: banner::via(voice, found),
        bars: bars.get(&component.id).cloned(),
    }
}

/// The last 14 days, today first, each with what ran on it. What is ahead has not begun, and of days
/// before anything was watched it is not said that nothing happened.
fn recent(voice: &Voice<'_>, board: &Board, stories: &[Listed]) -> Vec<DayLinesView> {
    let begun: Vec<Listed> = stories.iter().filter(|it| has_begun(board, &it.story)).cloned().collect();
    let (first, last) = recent_days(board);
    let mut eventful = line::by_day(voice, &begun, (first, last)).into_iter().peekable();
    let dates = (0..RECENT_DAYS).map(|back| last.saturating_sub(back.days()));
    let days = dates.filter_map(|date| {
        let empty = line::empty_day(voice, date);
        let found = eventful.next_if(|it| it.date == empty.date);
        found.or_else(|| is_watched(voice, date).then_some(empty))
    });
    days.collect()
}

/// Whether some component counted on a day. One without `since` always did.
fn is_watched(voice: &Voice<'_>, date: Date) -> bool {
    let mut listed = voice.site.components.iter().filter(|it| it.listed);
    listed.any(|it| it.since.is_none_or(|since| since <= date))
}

fn has_begun(board: &Board, story: &Story) -> bool {
    let is_notice = matches!(story.course, Course::Notice { .. });
    story.started_at <= story.effective(board.now) && !is_notice
}
