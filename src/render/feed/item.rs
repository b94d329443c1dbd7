//! One story as feeds carry it: the same in each format and in each feed.
//!
//! Its id is the address of its page by the oldest name it ever had. That page is there for ever, for former
//! names lead on; the id changes neither with the title nor with a time nor when a name is added; and JSON Feed and
//! RSS ask for just that, an address. A `tag:` would need a day on which somebody held the domain, which
//! nobody can know here.

use jiff::Timestamp;

use super::content::{self, COMPONENTS_NAMED};
use crate::model::{IncidentId, Kind};
use crate::render::path;
use crate::render::view::{self, Voice};
use crate::timeline::Story;

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

impl Item {
    /// What feeds carry of a story.
    pub(super) fn of(voice: &Voice<'_>, story: &Story) -> Self {
        let incident = &story.incident;
        Item {
            id: page(voice, incident.aliases.first().unwrap_or(&incident.id)),
            url: page(voice, &incident.id),
            title: story.title.clone(),
            published: story.first_told(),
            updated: story.last_told(),
            categories: categories(voice, story),
            content: content::html(voice, story),
        }
    }
}

fn page(voice: &Voice<'_>, id: &IncidentId) -> String {
    path::address(&voice.site.url, &path::incident(id))
}

/// Its kind, its impact, the first of the components on the board and its tags, each once.
fn categories(voice: &Voice<'_>, story: &Story) -> Vec<Category> {
    let category = |term: &str, label: String| Category { term: term.to_owned(), label };
    let incident = &story.incident;
    let mut all = vec![category(incident.kind.word(), voice.words.kind(&incident.kind).to_owned())];
    if matches!(incident.kind, Kind::Incident(_)) {
        all.push(category(&format!("impact-{}", story.impact.word()), voice.impact(story.impact)));
    }
    let touched = view::touched(voice, story).into_iter();
    let listed = touched.filter(|id| voice.site.component(id).is_some_and(|it| it.listed));
    all.extend(listed.take(COMPONENTS_NAMED).map(|it| category(it.as_str(), voice.name(&it))));
    all.extend(incident.tags.iter().map(|it| category(it, it.clone())));
    let mut unique: Vec<Category> = Vec::new();
    for category in all {
        if unique.iter().all(|it| it.term != category.term) {
            unique.push(category);
        }
    }
    unique
}
