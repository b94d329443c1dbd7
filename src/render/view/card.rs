//! An incident, maintenance or notice on `/`.

use jiff::Timestamp;
use serde::Serialize;

use super::incident::{self, StripView};
use super::line::{self, WindowView};
use super::update::{self, UpdateView};
use super::{NameView, Voice};
use crate::render::{Markup, path};
use crate::timeline::{Course, Story};

/// How many updates stand in full on `/`.
const UPDATES_IN_FULL: usize = 2;

/// An incident, maintenance or notice on `/`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct CardView {
    /// Its headline, with its page.
    pub link: NameView,
    /// Its state in a line.
    pub strip: StripView,
    /// Whether its components are affected, or what a notice is about.
    pub touches: String,
    /// What it touches.
    pub components: Vec<NameView>,
    /// What a maintenance has announced.
    pub window: Option<WindowView>,
    /// What readers can do meanwhile.
    pub workaround: Option<Markup>,
    /// The text under the head; none of an incident whose updates say more.
    pub summary: Option<Markup>,
    /// The last two updates, newest first.
    pub updates: Vec<UpdateView>,
    /// "3 earlier updates".
    pub earlier: Option<String>,
}

/// A story on `/` as it is at `now`.
pub(super) fn card(voice: &Voice<'_>, story: &Story, now: Timestamp) -> CardView {
    const ROOT: &str = "";
    let mut updates = update::updates(voice, story, ROOT);
    let earlier = updates.len().saturating_sub(UPDATES_IN_FULL);
    updates.truncate(UPDATES_IN_FULL);
    let is_incident = matches!(story.course, Course::Incident(_));
    let summary = Markup::of(&story.incident.summary.html, ROOT);
    let summary = summary.filter(|_| !is_incident || updates.is_empty());
    CardView {
        link: NameView::with_page(story.title.clone(), &path::incident(&story.incident.id)),
        strip: incident::strip(voice, story, Some(now)),
        touches: voice.say(match story.course {
            Course::Incident(_) | Course::Maintenance(_) => "page.index.affects",
            Course::Notice { .. } => "page.index.about",
        }),
        components: line::components(voice, story),
        window: line::window(voice, story),
        workaround: story.workaround.as_ref().and_then(|it| Markup::of(&it.html, ROOT)),
        summary,
        updates,
        earlier: (0 < earlier).then(|| voice.words.count("page.index.earlier", earlier as u64, &[])),
    }
}
