//! What was learnt from an incident: part of its page, and a page of its own.

use jiff::civil::Date;
use serde::Serialize;

use super::figures::{self, FigureView};
use super::incident::{self, StripView};
use super::{LinkView, NameView, PhraseView, TimeView, Voice};
use crate::model::{Action, ActionStatus, Figure, Postmortem, PostmortemEvent};
use crate::render::{Markup, path};
use crate::timeline::Story;

/// `postmortem.html`: a postmortem alone.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct PostmortemPageView {
    /// "Postmortem: Login failures".
    pub heading: String,
    /// The incident, with its page.
    pub incident: NameView,
    /// The incident's state in a line.
    pub strip: StripView,
    /// Lengths derived from the files.
    pub figures: Vec<FigureView>,
    /// The postmortem.
    pub postmortem: PostmortemView,
}

/// What was learnt.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct PostmortemView {
    /// Who wrote it, joined, where the site shows authors.
    pub authors: Option<String>,
    /// "Published TIME".
    pub published: Option<PhraseView>,
    /// In a sentence.
    pub root_cause: Option<String>,
    /// In a sentence.
    pub trigger: Option<String>,
    /// Who noticed.
    pub detection: Option<String>,
    /// The narrative.
    pub body: Option<Markup>,
    /// Figures that the author states.
    pub numbers: Vec<FigureView>,
    /// What happened, in order of time.
    pub timeline: Vec<EventView>,
    /// Lists, each with its heading: contributing factors, what went well, badly, where luck helped.
    pub lists: Vec<ListView>,
    /// What is done about it.
    pub actions: Vec<ActionView>,
    /// Whether the owners of actions are shown.
    pub shows_owners: bool,
    /// Where the facts come from.
    pub sources: Vec<LinkView>,
    /// What was put right in it.
    pub corrections: Vec<PhraseView>,
}

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct EventView {
    /// When.
    pub time: TimeView,
    /// What kind of thing.
    pub kind: String,
    /// What.
    pub text: String,
}

/// A heading and its points.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ListView {
    /// The heading.
    pub title: String,
    /// The points.
    pub points: Vec<String>,
}

/// Something to do about it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ActionView {
    /// Its name within the postmortem.
    pub id: String,
    /// What.
    pub text: String,
    /// To what end.
    pub kind: Option<String>,
    /// Which team, where the site shows owners.
    pub owner: Option<String>,
    /// How urgent.
    pub priority: Option<String>,
    /// How far it is: `open`, `in_progress`, `done` or `dropped`.
    pub status_key: &'static str,
    /// How far it is, in words.
    pub status: String,
    /// By when: the day alone, so that nothing changes by itself.
    pub due: Option<TimeView>,
    /// Where it is tracked.
    pub link: Option<String>,
}

/// The page of a postmortem alone; none where it cannot be read.
pub fn page(voice: &Voice<'_>, story: &Story) -> Option<PostmortemPageView> {
    Some(PostmortemPageView {
        heading: heading(voice, story),
        incident: NameView::with_page(story.title.clone(), &path::incident(&story.incident.id)),
        strip: incident::strip(voice, story, None),
        figures: figures::figures(voice, story),
        postmortem: postmortem(voice, story, "../")?,
    })
}

/// What is over it.
pub(super) fn heading(voice: &Voice<'_>, story: &Story) -> String {
    voice.words.fill("page.postmortem.page_title", &[("title", &story.title)])
}

/// The postmortem of a story; none where it cannot be read.
pub(super) fn postmortem(voice: &Voice<'_>, story: &Story, root: &str) -> Option<PostmortemView> {
    let written = story.incident.postmortem.as_ref().filter(|_| story.has_postmortem)?;
    Some(PostmortemView {
        authors: authors(voice, &written.authors),
        published: written.published_at.map(|at| voice.phrase("page.postmortem.published", at)),
        root_cause: written.root_cause.clone(),
        trigger: written.trigger.clone(),
        detection: written.detection.map(|it| voice.words.detection(it).to_owned()),
        body: Markup::of(&written.body.html, root),
        numbers: written.numbers.iter().map(stated).collect(),
        timeline: written.timeline.iter().map(|it| event(voice, it)).collect(),
        lists: lists(voice, written),
        actions: written.actions.iter().filter(|it| !it.internal).map(|it| action(voice, it)).collect(),
        shows_owners: voice.site.show.action_owners,
        sources: written.sources.iter().map(LinkView::from).collect(),
        corrections: story.passed(&written.corrections).map(|it| voice.correction(it)).collect(),
    })
}

fn authors(voice: &Voice<'_>, written: &[String]) -> Option<String> {
    (voice.site.show.authors && !written.is_empty()).then(|| voice.words.list(written))
}

fn stated(figure: &Figure) -> FigureView {
    FigureView { label: figure.label.clone(), value: figure.value.clone(), source: figure.source.clone() }
}

fn event(voice: &Voice<'_>, event: &PostmortemEvent) -> EventView {
    EventView {
        time: voice.time(event.at),
        kind: voice.words.event(event.kind).to_owned(),
        text: event.text.clone(),
    }
}

fn lists(voice: &Voice<'_>, written: &Postmortem) -> Vec<ListView> {
    let all = [
        ("page.postmortem.contributing_factors", &written.contributing_factors),
        ("page.postmortem.went_well", &written.went_well),
        ("page.postmortem.went_badly", &written.went_badly),
        ("page.postmortem.got_lucky", &written.got_lucky),
    ];
    let filled = all.into_iter().filter(|(_, points)| !points.is_empty());
    filled.map(|(key, points)| ListView { title: voice.say(key), points: points.clone() }).collect()
}

fn action(voice: &Voice<'_>, action: &Action) -> ActionView {
    ActionView {
        id: action.id.clone(),
        text: action.text.clone(),
        kind: action.kind.map(|it| voice.words.action(it).to_owned()),
        owner: action.owner.clone().filter(|_| voice.site.show.action_owners),
        priority: action.priority.clone(),
        status_key: status_key(action.status),
        status: voice.words.action_status(action.status).to_owned(),
        due: action.due.map(|due: Date| voice.date(due)),
        link: action.link.clone(),
    }
}

fn status_key(status: ActionStatus) -> &'static str {
    match status {
        ActionStatus::Open => "open",
        ActionStatus::InProgress => "in_progress",
        ActionStatus::Done => "done",
        ActionStatus::Dropped => "dropped",
    }
}
