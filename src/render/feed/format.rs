//! The formats that feeds are written in.

/// A format that feeds are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::render) enum Format {
    /// RFC 4287.
    Atom,
    /// RSS 2.0.
    Rss,
    /// JSON Feed 1.1.
    Json,
}

impl Format {
    /// All of them, the one to be recommended first.
    pub(in crate::render) const ALL: [Format; 3] = [Format::Atom, Format::Rss, Format::Json];

    /// The name that people know it by, in any language.
    pub(in crate::render) fn name(self) -> &'static str {
        match self {
            Format::Atom => "Atom",
            Format::Rss => "RSS",
            Format::Json => "JSON Feed",
        }
    }

    /// Its media type.
    pub(in crate::render) fn media_type(self) -> &'static str {
        match self {
            Format::Atom => "application/atom+xml",
            Format::Rss => "application/rss+xml",
            Format::Json => "application/feed+json",
        }
    }

    /// The name of the file that holds a feed in it.
    pub(in crate::render) fn file(self) -> &'static str {
        match self {
            Format::Atom => "history.atom",
            Format::Rss => "history.rss",
            Format::Json => "feed.json",
        }
    }
}
