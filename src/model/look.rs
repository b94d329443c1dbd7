//! What a site says of its look. Everything else is the theme's.

use std::collections::BTreeMap;

use super::{Colour, State};
use crate::source::Place;

/// The look of site.yaml.
#[derive(Debug, Default)]
pub struct Look {
    /// The picture beside the title.
    pub logo: Option<Picture>,
    /// The icon of the browser's tab.
    pub favicon: Option<Picture>,
    /// The names of typefaces as CSS writes them, with none of the characters that could end a declaration.
    pub typeface: Option<String>,
    /// Colours on a light page.
    pub light: Colours,
    /// Colours on a dark page; those that are left out follow from the light ones.
    pub dark: Colours,
}

/// The colours that a site names, of one scheme.
pub type Colours = BTreeMap<Part, Paint>;

/// A colour and where it is named.
#[derive(Clone, Debug)]
pub struct Paint {
    /// Where it is named.
    pub place: Place,
    /// The colour.
    pub colour: Colour,
}

/// What can have a colour of the site's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Words that lead elsewhere.
    Link,
    /// What the title and the navigation stand on.
    Header,
    /// A state: its icon, its bars and, from it, its words and what they stand on.
    State(State),
}

/// A file of site/assets that a page shows.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Where it is named.
    pub place: Place,
    /// Its path below site/assets.
    pub path: String,
}

impl Part {
    /// The word for it in site.yaml.
    pub fn word(self) -> &'static str {
        match self {
            Part::Link => "link",
            Part::Header => "header",
            Part::State(state) => state.word(),
        }
    }

    /// All parts, in the order in which they are told.
    pub fn all() -> impl Iterator<Item = Part> {
        [Part::Link, Part::Header].into_iter().chain(State::ALL.map(Part::State))
    }
}
