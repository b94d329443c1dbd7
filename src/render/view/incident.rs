//! The page of one incident, maintenance or notice.
//!
//! An ended one is of the archive: its view depends on the site, the words, its own story and what
//! stands around it, and on no clock. An open one is seen at an instant, which only its "so far" shows.

use jiff::Timestamp;
use serde::Serialize;

use super::affected::{self, AffectedView, SuggestedView};
use super::figures::{self, FigureView};
use super::line::{self, WindowView};
use super::postmortem::{self, PostmortemView};
use super::reports::{self, ReportsView};
use super::spread::{self, SpreadView};
use super::update::{self, UpdateView};
use super::{LinkView, NameView, PhraseView, StateView, Voice};
use crate::model::{Impact, Kind, State};
use crate::render::{Markup, path};
use crate::timeline::{Course, Phase, Story};

/// `incident.html`: an incident, a maintenance or a notice.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct IncidentView {
    /// The headline in force.
    pub title: String,
    /// `incident`, `maintenance` or `notice`.
    pub kind: &'static str,
    /// What the banner says.
    pub strip: StripView,
    /// That it was withdrawn, and why.
    pub withdrawn: Option<String>,
    /// What readers can do meanwhile; none once it is over.
    pub workaround: Option<Markup>,
    /// The text under the head.
    pub summary: Option<Markup>,
    /// How many users.
    pub share: Option<String>,
    /// Where in the world, joined.
    pub regions: Option<String>,
    /// Components that work though they depend on one that does not.
    pub not_affected: Vec<NameView>,
    /// What a maintenance has announced.
    pub window: Option<WindowView>,
    /// What a maintenance or a notice is about.
    pub about: Vec<NameView>,
    /// What was affected, component by component.
    pub affected: Vec<AffectedView>,
    /// What may have been affected, where that is only suggested.
    pub suggested: Vec<SuggestedView>,
    /// That something is affected, or of what is over that it was.
    pub affected_heading: String,
    /// That something may be affected, or of what is over that it may have been.
    pub suggested_heading: String,
    /// How it spread; none where it stayed with one component.
    pub spread: Option<SpreadView>,
    /// What users reported.
    pub reports: Option<ReportsView>,
    /// Lengths, once it is over.
    pub figures: Vec<FigureView>,
    /// The updates, in the order of the page.
    pub updates: Vec<UpdateView>,
    /// Whether the newest update stands first.
    pub newest_first: bool,
    /// What was put right in the head.
    pub corrections: Vec<PhraseView>,
    /// Further addresses.
    pub links: Vec<LinkView>,
    /// What was learnt.
    pub postmortem: Option<PostmortemView>,
    /// The page of the postmortem alone.
    pub postmortem_path: Option<String>,
    /// What comes before and after it, and what it belongs to.
    pub around: Around,
}

/// The state of an incident in a line.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct StripView {
    /// Its state: of an open incident the worst at the instant, of an ended one the worst ever.
    pub badge: StateView,
    /// Where it stands; none of what was withdrawn.
    pub status: Option<String>,
    /// How much it mattered.
    pub impact: Option<String>,
    /// That no component is named yet, of an open incident.
    pub unnamed: Option<String>,
    /// "Started TIME"; of work that was called off before it began, "Cancelled TIME".
    pub started: PhraseView,
    /// "Ended TIME".
    pub ended: Option<PhraseView>,
    /// How long it took; of an open one "44 min so far".
    pub length: Option<String>,
    /// Since when an open one has lasted: as long ago as its length says. For the page's script.
    pub since: Option<String>,
    /// "Next update by TIME", or that it was due.
    pub promise: Option<PhraseView>,
    /// How far the fix has reached; none once it is over.
    pub rollout: Option<String>,
}

/// What comes before and after an incident, and what it belongs to: nothing that is not public.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Around {
    /// The one that began before it.
    pub previous: Option<NameView>,
    /// The one that began after it.
    pub next: Option<NameView>,
    /// The one it was split from.
    pub continues: Option<NameView>,
    /// Those that were split from it.
    pub continued_by: Vec<NameView>,
    /// The one it was merged into.
    pub merged_into: Option<NameView>,
    /// Those that were merged into it.
    pub merged: Vec<NameView>,
}

/// A story's headline with its state.
pub(super) fn name(voice: &Voice<'_>, story: &Story) -> String {
    let badge = badge(voice, story).word;
    let status = voice.status(story).filter(|_| badge == voice.impact(story.impact));
    let state = status.unwrap_or(badge);
    voice.words.fill("page.incident.title", &[("state", &state), ("title", &story.title)])
}

/// A story's page; `now` shows how long an open one has lasted.
pub fn incident(voice: &Voice<'_>, story: &Story, around: Around, now: Option<Timestamp>) -> IncidentView {
    const ROOT: &str = "../";
    let written = &story.incident;
    let html = |prose: &crate::model::Prose| Markup::of(&prose.html, ROOT);
    let withdrawn = story.retracted.as_ref();
    let is_over = story.phase.is_over();
    IncidentView {
        title: story.title.clone(),
        kind: story.incident.kind.word(),
        strip: strip(voice, story, now),
        withdrawn: withdrawn.map(|it| voice.words.fill("withdrawn", &[("note", &it.note)])),
        workaround: story.workaround.as_ref().filter(|_| story.phase == Phase::Open).and_then(html),
        summary: html(&written.summary),
        share: share(voice, story),
        regions: (!story.regions.is_empty()).then(|| voice.words.list(&story.regions)),
        not_affected: story.not_affected.iter().map(|id| voice.component(id)).collect(),
        window: line::window(voice, story),
        about: about(voice, story),
        affected: affected::affected(voice, story),
        suggested: affected::suggested(voice, story),
        affected_heading: voice.say(if is_over {
            "page.incident.was_affected"
        } else {
            "page.incident.affected"
        }),
        suggested_heading: voice.say(if is_over {
            "page.incident.was_suggested"
        } else {
            "page.incident.suggested"
        }),
        spread: spread::spread(voice, story),
        reports: reports::reports(voice, story),
        figures: figures::figures(voice, story),
        updates: update::updates(voice, story, ROOT),
        newest_first: update::is_newest_first(story),
        corrections: story.passed(&written.corrections).map(|it| voice.correction(it)).collect(),
        links: written.links.iter().map(LinkView::from).collect(),
        postmortem: postmortem::postmortem(voice, story, ROOT),
        postmortem_path: story.has_postmortem.then(|| path::href(&path::postmortem(&written.id))),
        around,
    }
}

/// What an incident's banner says.
pub(super) fn strip(voice: &Voice<'_>, story: &Story, now: Option<Timestamp>) -> StripView {
    let is_incident = matches!(story.incident.kind, Kind::Incident(_));
    let badge = badge(voice, story);
    let impact = voice.impact(story.impact);
    let unnamed = is_incident && story.phase == Phase::Open && !story.names_components();
    let is_known = !unnamed || story.impact != Impact::None;
    let status = voice.status(story).filter(|it| is_incident && *it != badge.word);
    let (started, ended) = edges(voice, story);
    StripView {
        status: status.filter(|_| story.phase != Phase::Retracted),
        impact: (is_incident && is_known && badge.word != impact).then_some(impact),
        unnamed: unnamed.then(|| voice.say("page.incident.unnamed")),
        badge,
        started,
        ended,
        length: length(voice, story, now),
        since: since(story),
        promise: promise(voice, story),
        rollout: story.rollout.filter(|_| story.phase == Phase::Open).map(|it| update::rollout(voice, it)),
    }
}

/// "Started TIME" and "Ended TIME"; of work that was called off before it began, when that was.
fn edges(voice: &Voice<'_>, story: &Story) -> (PhraseView, Option<PhraseView>) {
    let started = |key| voice.phrase(key, story.started_at);
    let ended = |key| story.ended_at.map(|at| voice.phrase(key, at));
    match story.phase {
        Phase::Ahead => (started("page.incident.starts"), None),
        Phase::Cancelled if story.open.is_empty() => {
            let cancelled = ended("page.incident.cancelled");
            (cancelled.unwrap_or_else(|| started("page.incident.starts")), None)
        }
        Phase::Open | Phase::Ended | Phase::Cancelled | Phase::Retracted => {
            (started("page.incident.started"), ended("page.incident.ended"))
        }
    }
}

/// "Next update by TIME", or that it was due.
pub(super) fn promise(voice: &Voice<'_>, story: &Story) -> Option<PhraseView> {
    let promise = story.promise?;
    let key = if promise.overdue { "promise.overdue" } else { "promise.by" };
    Some(voice.phrase(key, promise.by))
}

/// The state to show: of an open incident the worst at the instant, else that of the whole.
fn badge(voice: &Voice<'_>, story: &Story) -> StateView {
    let is_incident = matches!(story.incident.kind, Kind::Incident(_));
    match state_now(story) {
        Some(state) if is_incident && story.phase == Phase::Open => voice.state(state),
        Some(_) | None => voice.badge(story),
    }
}

/// The worst state that an open story puts a component in; none where it names no component.
pub(super) fn state_now(story: &Story) -> Option<State> {
    let running = |track: crate::timeline::Track| {
        track.pieces.iter().filter(|it| it.span.to.is_none()).map(|it| it.state).max()
    };
    let states = story.tracks_so_far().into_iter().map(|track| running(track).unwrap_or(State::Operational));
    states.max()
}

fn about(voice: &Voice<'_>, story: &Story) -> Vec<NameView> {
    match story.course {
        Course::Incident(_) => Vec::new(),
        Course::Maintenance(_) | Course::Notice { .. } => line::components(voice, story),
    }
}

fn share(voice: &Voice<'_>, story: &Story) -> Option<String> {
    let share = story.affected.as_ref()?;
    let note = share.note.as_deref().unwrap_or_default();
    match share.percent {
        Some(percent) if note.is_empty() => {
            Some(voice.words.fill("page.incident.share", &[("percent", &percent.to_string())]))
        }
        Some(percent) => Some(
            voice.words.fill("page.incident.share_of", &[("percent", &percent.to_string()), ("note", note)]),
        ),
        None => share.note.clone(),
    }
}

/// How long it took; of an open one, seen at `now`, "44 min so far".
pub(super) fn length(voice: &Voice<'_>, story: &Story, now: Option<Timestamp>) -> Option<String> {
    match (&story.course, story.phase, now) {
        (Course::Incident(figures), Phase::Ended, _) => Some(voice.words.length(figures.length?)),
        (Course::Incident(_), Phase::Open, Some(now)) => {
            let seconds = now.duration_since(lasting_since(story)?).as_secs();
            let length = voice.words.length(seconds.max(0));
            Some(voice.words.fill("page.incident.so_far", &[("length", &length)]))
        }
        _ => None,
    }
}

/// Since when an open incident has lasted, the time in between that it was over taken out.
fn lasting_since(story: &Story) -> Option<Timestamp> {
    let (running, earlier) = story.open.split_last()?;
    let lasted = earlier.iter().filter_map(|it| Some(it.to?.duration_since(it.from)));
    Some(lasted.fold(running.from, |since, length| since.saturating_sub(length).unwrap_or(since)))
}

fn since(story: &Story) -> Option<String> {
    let is_running = matches!(story.course, Course::Incident(_)) && story.phase == Phase::Open;
    lasting_since(story).filter(|_| is_running).map(|at| at.to_string())
}
