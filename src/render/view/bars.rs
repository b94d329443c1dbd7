//! A component's last days: bars, and the same as text.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{NameView, StateView, TimeView, Voice};
use crate::memo::ById;
use crate::model::{ComponentId, State};
use crate::render::{Markup, path, svg};
use crate::timeline::{Board, ComponentBoard, Day, DayStory, Standing, UptimeWindow};

/// How many days narrow screens show.
const NARROW: usize = 30;

/// A component's last days.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct BarsView {
    /// All days.
    pub wide: BarsWindowView,
    /// The last 30 days, for narrow screens; none where there are no more than that.
    pub narrow: Option<BarsWindowView>,
    /// The days on which something happened, newest first.
    pub days: Vec<DayView>,
    /// The day of the last bar, for the page's script.
    pub today: String,
}

/// As many of the last days as a screen shows, and what is said of them alone.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct BarsWindowView {
    /// The bars, with their text.
    pub bars: Markup,
    /// "90 days ago".
    pub from: String,
    /// "99.87% uptime"; none where nothing was counted.
    pub uptime: Option<String>,
    /// "3 of 90 days with incidents or maintenance".
    pub summary: String,
    /// Whether nothing happened on any of them.
    pub quiet: bool,
}

/// A day on which something happened.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct DayView {
    /// The day.
    pub date: TimeView,
    /// The worst state of it.
    pub state: StateView,
    /// What happened.
    pub stories: Vec<DayStoryView>,
    /// Whether narrow screens do not show its bar.
    pub older: bool,
}

/// What one incident did to a component on a day.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct DayStoryView {
    /// The incident.
    pub link: NameView,
    /// The worst state it put the component in.
    pub state: StateView,
    /// For how long, that day.
    pub length: String,
}

/// The last days of all components.
pub type AllBars = BTreeMap<ComponentId, ById<BarsView>>;

/// What a component is in, and what announced maintenance will put it in.
pub fn state(voice: &Voice<'_>, board: &Board, component: &ComponentBoard) -> StateView {
    let ahead = board
        .foreseen
        .iter()
        .filter_map(|it| Some((it.at, voice.standing(*it.components.get(&component.id)?))));
    voice.standing(component.standing).turning(ahead)
}

/// A component's last days.
pub fn bars(voice: &Voice<'_>, component: &ComponentBoard) -> BarsView {
    let days = &component.days;
    let older = days.len().saturating_sub(NARROW);
    let eventful = days.iter().enumerate().rev().filter(|(_, it)| !it.stories.is_empty());
    BarsView {
        wide: window(voice, component, days),
        narrow: (0 < older).then(|| window(voice, component, &days[older..])),
        days: eventful.map(|(index, it)| DayView { older: index < older, ..day(voice, it) }).collect(),
        today: days.last().map(|it| it.date.to_string()).unwrap_or_default(),
    }
}

/// The last of a component's days, and what is said of them.
fn window(voice: &Voice<'_>, component: &ComponentBoard, days: &[Day]) -> BarsWindowView {
    let count = u16::try_from(days.len()).unwrap_or(u16::MAX);
    let uptime = shown_window(&component.uptime, count).and_then(|it| uptime(voice, it));
    let label = label(voice, &voice.name(&component.id), days, uptime.as_deref());
    BarsWindowView {
        bars: svg::bars(days.iter().map(|it| it.worst), &label),
        from: match count {
            1 => voice.say("page.bars.today"),
            _ => voice.words.count("page.bars.ago", u64::from(count), &[]),
        },
        uptime,
        summary: summary(voice, days),
        quiet: days.iter().all(|it| it.stories.is_empty()),
    }
}

/// The windows of a group over as many days as the bars show: on wide screens, and on narrow ones where
/// those show fewer.
pub(super) fn group_uptime(voice: &Voice<'_>, windows: &[UptimeWindow]) -> (Option<String>, Option<String>) {
    let said = |days| shown_window(windows, days).and_then(|it| uptime(voice, it));
    let days = voice.site.history_days;
    (said(days), if NARROW < usize::from(days) { said(NARROW as u16) } else { None })
}

/// The window over as many days as the bars show.
fn shown_window(windows: &[UptimeWindow], days: u16) -> Option<&UptimeWindow> {
    windows.iter().find(|it| it.days == days)
}

/// "99.87 % uptime"; none where nothing was counted.
fn uptime(voice: &Voice<'_>, window: &UptimeWindow) -> Option<String> {
    window.uptime.percent?;
    let percent = voice.words.percent(&window.uptime, voice.site.uptime.decimals);
    Some(voice.words.fill("uptime.short", &[("percent", &percent)]))
}

/// What the bars mean: the states that a bar can have, worst last, and no data.
pub(super) fn legend(voice: &Voice<'_>) -> Vec<StateView> {
    let states = State::ALL.into_iter().map(|it| voice.state(it));
    states.chain([voice.standing(Standing::NoData)]).collect()
}

/// What happened on the days that have data, counted.
fn summary(voice: &Voice<'_>, days: &[Day]) -> String {
    let watched = days.iter().filter(|it| it.worst.is_some()).count() as u64;
    let eventful = days.iter().filter(|it| !it.stories.is_empty()).count() as u64;
    match (watched, eventful) {
        (0, 0) => voice.say("page.bars.not_watched"),
        (1, 0) => voice.say("page.bars.no_incidents_today"),
        (_, 0) => voice.words.count("page.bars.no_incidents", watched, &[]),
        _ => {
            let watched = watched.max(eventful).to_string();
            voice.words.count("page.bars.days_with_incidents", eventful, &[("days", &watched)])
        }
    }
}

/// "Login, last 90 days: 1 day with major outage, 2 days with degraded performance. 99.87 % uptime."
fn label(voice: &Voice<'_>, name: &str, days: &[Day], uptime: Option<&str>) -> String {
    let in_state = |state: State| days.iter().filter(|it| it.worst == Some(state)).count();
    let counted = State::ALL.into_iter().rev().filter(|it| *it != State::Operational);
    let said = counted.map(|state| (state, in_state(state))).filter(|(_, count)| 0 < *count).map(
        |(state, count)| {
            voice.words.count(
                "page.bars.days_in",
                count as u64,
                &[("state", voice.words.state_in_sentence(state))],
            )
        },
    );
    let without = days.iter().filter(|it| it.worst.is_none()).count() as u64;
    let without = (0 < without).then(|| voice.words.count("page.bars.without_data", without, &[]));
    let said: Vec<String> = said.chain(without).collect();
    let course = if said.is_empty() { voice.say("page.bars.nothing") } else { voice.words.list(&said) };
    let values = [("name", name), ("course", &course), ("uptime", uptime.unwrap_or_default())];
    match days.len() {
        1 => voice.words.fill("page.bars.label_today", &values),
        count => voice.words.count("page.bars.label", count as u64, &values),
    }
}

fn day(voice: &Voice<'_>, day: &Day) -> DayView {
    DayView {
        date: voice.date(day.date),
        state: voice.standing(day.worst.map_or(Standing::NoData, Standing::In)),
        stories: day.stories.iter().map(|it| day_story(voice, it)).collect(),
        older: false,
    }
}

fn day_story(voice: &Voice<'_>, on_day: &DayStory) -> DayStoryView {
    let story = &on_day.story;
    DayStoryView {
        link: NameView::with_page(story.title.clone(), &path::incident(&story.incident.id)),
        state: voice.state(on_day.worst),
        length: voice.words.length(on_day.seconds),
    }
}
