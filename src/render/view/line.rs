//! An incident, maintenance or notice in a list.

use jiff::civil::Date;
use serde::Serialize;

use super::{NameView, StateView, TimeView, Voice};
use crate::model::{ComponentId, Impact, Kind, Scope, Status};
use crate::render::path;
use crate::timeline::{Course, Phase, Story};

/// An incident, maintenance or notice in a list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct LineView {
    /// Its headline, with its page.
    pub link: NameView,
    /// What it is shown as: its worst state, or of an incident without components its impact.
    pub badge: StateView,
    /// Where it stands; none where it is over, or nothing was said.
    pub status: Option<String>,
    /// When it began, or is announced to begin.
    pub started: TimeView,
    /// How long it took; none while it is open.
    pub length: Option<String>,
    /// What it touches, named in the order of the site: the first twenty, the last with how many more there are.
    pub components: Vec<NameView>,
    /// What a maintenance has announced; of one that is over, when it really was.
    pub window: Option<WindowView>,
    /// The page of its postmortem.
    pub postmortem: Option<String>,
}

/// The announced window of a maintenance.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct WindowView {
    /// Its begin.
    pub from: TimeView,
    /// Its end.
    pub to: TimeView,
    /// That the end was moved, in words.
    pub moved: Option<String>,
    /// That it is late, in words.
    pub late: Option<String>,
}

/// The lines of one day.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct DayLinesView {
    /// The day.
    pub date: TimeView,
    /// What it is linked by, as in `#day-10`.
    pub anchor: String,
    /// What began on it.
    pub lines: Vec<LineView>,
}

/// A story as one line.
pub(in crate::render) fn line(voice: &Voice<'_>, story: &Story) -> LineView {
    let id = &story.incident.id;
    LineView {
        link: NameView::with_page(story.title.clone(), &path::incident(id)),
        badge: voice.badge(story),
        status: status_to_show(voice, story),
        started: voice.time(story.started_at),
        length: length(voice, story),
        components: first_components(voice, story),
        window: past_window(voice, story).or_else(|| window(voice, story)),
        postmortem: story.has_postmortem.then(|| path::href(&path::postmortem(id))),
    }
}

/// Stories by the day of their start, in the order given.
pub(super) fn by_day<'a>(voice: &Voice<'_>, stories: impl Iterator<Item = &'a Story>) -> Vec<DayLinesView> {
    let mut days: Vec<(Date, DayLinesView)> = Vec::new();
    for story in stories {
        let date = voice.day_of(story.started_at);
        if days.last().is_none_or(|(last, _)| *last != date) {
            days.push((date, empty_day(voice, date)));
        }
        if let Some((_, day)) = days.last_mut() {
            day.lines.push(line(voice, story));
        }
    }
    days.into_iter().map(|(_, day)| day).collect()
}

/// A day on which nothing began.
pub(super) fn empty_day(voice: &Voice<'_>, date: Date) -> DayLinesView {
    DayLinesView { date: voice.date(date), anchor: format!("day-{}", date.day()), lines: Vec::new() }
}

/// How many components a line names. What a broad incident touches is told on its page.
const NAMED: usize = 20;

/// The first components that a story touches; the last of them says how many more there are.
fn first_components(voice: &Voice<'_>, story: &Story) -> Vec<NameView> {
    let touched = touched(voice, story);
    let (first, rest) = touched.split_at(NAMED.min(touched.len()));
    let mut named: Vec<NameView> = first.iter().map(|id| voice.component(id)).collect();
    if let Some(last) = named.last_mut().filter(|_| !rest.is_empty()) {
        let name = voice.words.count("list.more", rest.len() as u64, &[("head", &last.name)]);
        *last = NameView { name, path: None };
    }
    named
}

/// What a story touches: of a maintenance or notice what it names, of an incident what it put in a
/// state.
pub(super) fn components(voice: &Voice<'_>, story: &Story) -> Vec<NameView> {
    touched(voice, story).iter().map(|id| voice.component(id)).collect()
}

/// The announced window of a maintenance.
pub(super) fn window(voice: &Voice<'_>, story: &Story) -> Option<WindowView> {
    let Course::Maintenance(course) = &story.course else { return None };
    Some(WindowView {
        from: voice.time(course.scheduled_for),
        to: voice.time(course.scheduled_until),
        moved: voice.words.moved_end(course, &voice.site.time_zone),
        late: course.late.map(|it| voice.words.late(it).to_owned()),
    })
}

/// When a maintenance really was; none of one that is not over, or was called off before it began.
fn past_window(voice: &Voice<'_>, story: &Story) -> Option<WindowView> {
    let Course::Maintenance(_) = &story.course else { return None };
    let (from, to) = (story.open.first()?.from, story.ended_at?);
    let window = WindowView { from: voice.time(from), to: voice.time(to), moved: None, late: None };
    matches!(story.phase, Phase::Ended | Phase::Cancelled).then_some(window)
}

/// What a story touches, in the order of the site.
pub(in crate::render) fn touched(voice: &Voice<'_>, story: &Story) -> Vec<ComponentId> {
    let listed = || voice.site.components.iter().filter(|it| it.listed);
    let in_order = |named: &[ComponentId]| {
        let found = voice.site.components.iter().filter(|it| named.contains(&it.id));
        found.map(|it| it.id.clone()).collect()
    };
    match (&story.incident.kind, &story.course) {
        (_, Course::Maintenance(course)) => match &course.components {
            Scope::All => listed().map(|it| it.id.clone()).collect(),
            Scope::Components(named) => in_order(named),
        },
        (Kind::Notice(notice), _) => in_order(&notice.components),
        (Kind::Incident(_) | Kind::Maintenance(_), _) => {
            story.tracks_so_far().into_iter().map(|it| it.component).collect()
        }
    }
}

fn status_to_show(voice: &Voice<'_>, story: &Story) -> Option<String> {
    let is_maintenance = matches!(story.incident.kind, Kind::Maintenance(_));
    match story.phase {
        Phase::Open if !is_maintenance => match story.status {
            Some(status) => Some(voice.words.status(status).to_owned()),
            None if story.impact == Impact::None => None,
            None => Some(voice.words.status(Status::Investigating).to_owned()),
        },
        Phase::Ahead | Phase::Open | Phase::Ended | Phase::Cancelled | Phase::Retracted => None,
    }
}

fn length(voice: &Voice<'_>, story: &Story) -> Option<String> {
    let seconds = match &story.course {
        Course::Incident(figures) => figures.length?,
        Course::Maintenance(_) if story.phase == Phase::Ended => {
            story.ended_at?.duration_since(story.started_at).as_secs()
        }
        Course::Maintenance(_) | Course::Notice { .. } => return None,
    };
    Some(voice.words.length(seconds))
}
