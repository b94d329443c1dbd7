//! One story as feeds carry it: the same in each format and in each feed.
//!
//! Its id is the address of its page by the oldest name it ever had. That page is there for ever, for former
//! names lead on; the id changes neither with the title nor with a time nor when a name is added; and JSON Feed and
//! RSS ask for just that, an address. A `tag:` would need a day on which somebody held the domain, which
//! nobody can know here.

use jiff::Timestamp;

use super::content::{self, COMPONENTS_NAMED};
use crate::model::{IncidentId, Kind, Status};
use crate::render::path;
use crate::render::view::{self, Voice};
use crate::timeline::{Phase, Story};

/// What feeds carry of a story.
pub(super) struct Item {
    /// What it is known by for ever.
    pub(super) id: String,
    /// The address of its page.
    pub(super) url: String,
    /// Its headline, as plain text.
    pub(super) title: String,
    /// When the public could first read of it.
    pub(super) published: Timestamp,
    /// When something last came to what the public can read of it.
    pub(super) updated: Timestamp,
    /// What it can be sorted by.
    pub(super) categories: Vec<Category>,
    /// All that was told, as HTML; its addresses are whole.
    pub(super) content: String,
}

/// Something that stories can be sorted by.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Category {
    /// For programs: it stays as it is.
    pub(super) term: String,
    /// For people.
    pub(super) label: String,
}

impl Category {
    /// A term with its label.
    pub(super) fn new(term: &str, label: &str) -> Self {
        Category { term: term.to_owned(), label: label.to_owned() }
    }
}

impl Item {
    /// What feeds carry of a story.
    pub(super) fn of(voice: &Voice<'_>, story: &Story) -> Self {
        let incident = &story.incident;
        Item {
            id: page(voice, incident.aliases.first().unwrap_or(&incident.id)),
            url: page(voice, &incident.id),
            title: title(voice, story),
            published: story.first_told(),
            updated: story.last_told(),
            categories: categories(voice, story),
            content: content::html(voice, story),
        }
    }
}

/// The headline, with how it ended where it is over: readers list titles alone.
fn title(voice: &Voice<'_>, story: &Story) -> String {
    match standing(voice, story) {
        Some((_, label)) if story.phase.is_over() => titled(voice, label, story),
        _ => story.title.clone(),
    }
}

/// "Resolved: Login failures".
pub(super) fn titled(voice: &Voice<'_>, label: &str, story: &Story) -> String {
    voice.words.fill("feed.titled", &[("label", label), ("title", &story.title)])
}

/// Where a story stands, as a word for programs and one for people; none of a notice that is shown.
fn standing<'a>(voice: &Voice<'a>, story: &Story) -> Option<(&'static str, &'a str)> {
    let of_status = |it: Status| (it.word(), voice.words.status(it));
    match (story.phase, &story.incident.kind) {
        (Phase::Retracted, _) => Some(("withdrawn", voice.words.phase(Phase::Retracted))),
        (Phase::Cancelled, _) => Some(of_status(Status::Cancelled)),
        (Phase::Ended, Kind::Incident(_)) => Some(of_status(Status::Resolved)),
        (Phase::Ended, Kind::Maintenance(_)) => Some(of_status(Status::Completed)),
        (Phase::Ended, Kind::Notice(_)) => Some(("ended", voice.words.phase(Phase::Ended))),
        (Phase::Ahead | Phase::Open, Kind::Incident(_)) => {
            Some(of_status(story.status.unwrap_or(Status::Investigating)))
        }
        (Phase::Ahead | Phase::Open, Kind::Maintenance(_)) => {
            Some(of_status(story.status.unwrap_or(Status::Scheduled)))
        }
        (Phase::Ahead | Phase::Open, Kind::Notice(_)) => None,
    }
}

pub(super) fn page(voice: &Voice<'_>, id: &IncidentId) -> String {
    path::address(&voice.site.url, &path::incident(id))
}

/// Its kind, its status, its impact, the first of the components on the board and its tags, each once.
fn categories(voice: &Voice<'_>, story: &Story) -> Vec<Category> {
    let incident = &story.incident;
    let mut all = vec![Category::new(incident.kind.word(), voice.words.kind(&incident.kind))];
    let standing = standing(voice, story);
    all.extend(standing.map(|(word, label)| Category::new(&format!("status-{word}"), label)));
    if matches!(incident.kind, Kind::Incident(_)) {
        all.push(Category::new(&format!("impact-{}", story.impact.word()), &voice.impact(story.impact)));
    }
    let touched = view::touched(voice, story).into_iter();
    let listed = touched.filter(|id| voice.site.component(id).is_some_and(|it| it.listed));
    all.extend(listed.take(COMPONENTS_NAMED).map(|it| Category::new(it.as_str(), &voice.name(&it))));
    all.extend(incident.tags.iter().map(|it| Category::new(it, it)));
    let mut unique: Vec<Category> = Vec::new();
    for category in all {
        if unique.iter().all(|it| it.term != category.term) {
            unique.push(category);
        }
    }
    unique
}
