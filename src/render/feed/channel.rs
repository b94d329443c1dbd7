//! What a feed says of itself, in whichever format.

use super::Format;
use crate::model::{Component, ComponentId};
use crate::render::path;
use crate::render::view::Voice;

/// The program that writes feeds, as they name it.
pub(super) const GENERATOR: &str = "Allclear";

/// A feed besides its items.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Channel {
    /// Its name.
    pub(super) title: String,
    /// What it holds, in a sentence.
    pub(super) description: String,
    /// Who speaks in it.
    pub(super) author: String,
    /// The language of its words.
    pub(super) language: String,
    /// The address of the site, without a slash at the end.
    pub(super) site: String,
    /// The address of the page that shows the same.
    pub(super) home: String,
    subject: Subject,
}

/// What a feed is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Subject {
    /// All stories.
    All,
    /// Those of one component.
    Component(ComponentId),
    /// Each update by itself.
    Updates,
}

/// The name of the feed of one component, or of all.
pub(in crate::render) fn title(voice: &Voice<'_>, component: Option<&Component>) -> String {
    let site = &voice.site.title;
    match component {
        None => site.clone(),
        Some(it) => voice.words.fill("page.title", &[("title", &voice.name(&it.id)), ("site", site)]),
    }
}

/// The name of the feed with an entry for each update.
pub(in crate::render) fn updates_title(voice: &Voice<'_>) -> String {
    voice.words.fill("feed.updates_title", &[("site", &voice.site.title)])
}

impl Channel {
    /// The feed of one component, or of all.
    pub(super) fn of(voice: &Voice<'_>, component: Option<&Component>) -> Self {
        let site = voice.site;
        let description = match component {
            None => voice.words.fill("feed.site", &[("site", &site.title)]),
            Some(it) => voice.words.fill("feed.component", &[("name", &voice.name(&it.id))]),
        };
        let home = component.map_or_else(String::new, |it| path::component(&it.id));
        Channel {
            title: title(voice, component),
            description,
            author: site.title.clone(),
            language: voice.words.language().to_owned(),
            site: site.url.clone(),
            home: path::address(&site.url, &home),
            subject: component.map_or(Subject::All, |it| Subject::Component(it.id.clone())),
        }
    }

    /// The feed with an entry for each update.
    pub(super) fn of_updates(voice: &Voice<'_>) -> Self {
        Channel {
            title: updates_title(voice),
            description: voice.words.fill("feed.updates", &[("site", &voice.site.title)]),
            subject: Subject::Updates,
            ..Channel::of(voice, None)
        }
    }

    /// Its path in a format.
    pub(super) fn path(&self, format: Format) -> String {
        match &self.subject {
            Subject::All => path::feed(None, format.file()),
            Subject::Component(id) => path::feed(Some(id), format.file()),
            Subject::Updates => path::UPDATES.to_owned(),
        }
    }

    /// Its address in a format.
    pub(super) fn address(&self, format: Format) -> String {
        path::address(&self.site, &self.path(format))
    }
}
