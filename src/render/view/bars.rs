//! A component's last days: bars, and the same as text.

use serde::Serialize;

use super::{NameView, StateView, TimeView, Voice};
use crate::model::State;
use crate::render::{Markup, path, svg};
use crate::timeline::{ComponentBoard, Day, DayStory, Standing, UptimeWindow};

/// How many days narrow screens show.
const NARROW: usize = 30;

/// A component's last days.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct BarsView {
    /// All days, with their text.
    pub wide: Markup,
    /// The last 30 days, for narrow screens; none where there are no more than that.
    pub narrow: Option<Markup>,
    /// "90 days ago".
    pub wide_from: String,
    /// "30 days ago".
    pub narrow_from: String,
    /// "99.87 % uptime", over all the days; none where nothing was counted.
    pub uptime: Option<String>,
    /// "3 days with incidents".
    pub summary: String,
    /// The days on which something happened, newest first.
    pub days: Vec<DayView>,
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

/// A component's last days.
pub(super) fn bars(voice: &Voice<'_>, component: &ComponentBoard) -> BarsView {
    let days = &component.days;
    let recent = &days[days.len().saturating_sub(NARROW)..];
    let window = shown_window(&component.uptime, voice.site.history_days);
    let name = voice.name(&component.id);
    let uptime = window.and_then(|it| uptime(voice, it));
    let draw = |days: &[Day]| {
        let label = label(voice, &name, days, uptime.as_deref());
        svg::bars(days.iter().map(|it| it.worst), &label)
    };
    let eventful: Vec<DayView> =
        days.iter().rev().filter(|it| !it.stories.is_empty()).map(|it| day(voice, it)).collect();
    BarsView {
        wide: draw(days),
        narrow: (NARROW < days.len()).then(|| draw(recent)),
        wide_from: voice.words.count("page.bars.ago", days.len() as u64, &[]),
        narrow_from: voice.words.count("page.bars.ago", recent.len() as u64, &[]),
        summary: summary(voice, &eventful, days.len()),
        uptime,
        days: eventful,
    }
}

/// The window over as many days as the bars show.
pub(super) fn shown_window(windows: &[UptimeWindow], days: u16) -> Option<&UptimeWindow> {
    windows.iter().find(|it| it.days == days)
}

/// "99.87 % uptime"; none where nothing was counted.
pub(super) fn uptime(voice: &Voice<'_>, window: &UptimeWindow) -> Option<String> {
    window.uptime.percent?;
    let percent = voice.words.percent(&window.uptime, voice.site.uptime.decimals);
    Some(voice.words.fill("uptime.short", &[("percent", &percent)]))
}

/// What the bars mean: the states that a bar can have, worst last, and no data.
pub(super) fn legend(voice: &Voice<'_>) -> Vec<StateView> {
    let states = State::ALL.into_iter().map(|it| voice.state(it));
    states.chain([voice.standing(Standing::NoData)]).collect()
}

fn summary(voice: &Voice<'_>, eventful: &[DayView], days: usize) -> String {
    let all = days.to_string();
    match eventful.len() {
        0 => voice.words.count("page.bars.no_incidents", days as u64, &[]),
        count => voice.words.count("page.bars.days_with_incidents", count as u64, &[("days", &all)]),
    }
}

/// "Login, last 90 days: 1 day with major outage, 2 days with degraded performance. 99.87 % uptime."
fn label(voice: &Voice<'_>, name: &str, days: &[Day], uptime: Option<&str>) -> String {
    let in_state = |state: State| days.iter().filter(|it| it.worst == Some(state)).count();
    let counted = State::ALL.into_iter().rev().filter(|it| *it != State::Operational);
    let said: Vec<String> = counted
        .map(|state| (state, in_state(state)))
        .filter(|(_, count)| 0 < *count)
        .map(|(state, count)| {
            voice.words.count(
                "page.bars.days_in",
                count as u64,
                &[("state", voice.words.state_in_sentence(state))],
            )
        })
        .collect();
    let course = if said.is_empty() { voice.say("page.bars.nothing") } else { voice.words.list(&said) };
    let count = days.len() as u64;
    let values = [("name", name), ("course", &course), ("uptime", uptime.unwrap_or_default())];
    voice.words.count("page.bars.label", count, &values)
}

fn day(voice: &Voice<'_>, day: &Day) -> DayView {
    DayView {
        date: voice.date(day.date),
        state: voice.standing(day.worst.map_or(Standing::NoData, Standing::In)),
        stories: day.stories.iter().map(|it| day_story(voice, it)).collect(),
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
