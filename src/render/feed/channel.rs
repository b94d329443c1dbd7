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
    /// The component that it is about; none where it is about all.
    component: Option<ComponentId>,
}

/// The name of the feed of one component, or of all.
pub(in crate::render) fn title(voice: &Voice<'_>, component: Option<&Component>) -> String {
    let site = &voice.site.title;
    match component {
        None => site.clone(),
        Some(it) => voice.words.fill("page.title", &[("title", &voice.name(&it.id)), ("site", site)]),
    }
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
            component: component.map(|it| it.id.clone()),
        }
    }

    /// Its path in a format.
    pub(super) fn path(&self, format: Format) -> String {
        path::feed(self.component.as_ref(), format.file())
    }

    /// Its address in a format.
    pub(super) fn address(&self, format: Format) -> String {
        path::address(&self.site, &self.path(format))
    }
}
