//! Whether pages show the present.

use jiff::Timestamp;

use crate::timeline::Audience;

/// Whether pages show the present. Those that do not say so on top and are not to be found by search engines, so that
/// nobody takes them for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The present.
    Present,
    /// Another instant: ages stand still, and nothing is asked for.
    Instant(Timestamp),
    /// What a preview shows whose clock was set to this instant and runs on.
    From(Timestamp),
}

/// Whether search engines may list the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Indexing {
    /// They may.
    Allowed,
    /// They may not: the pages show drafts, or another instant than the present.
    Forbidden,
}

impl Indexing {
    pub(super) fn of(audience: Audience, shown: Shown) -> Self {
        match (audience, shown) {
            (Audience::Public, Shown::Present) => Indexing::Allowed,
            (Audience::Public | Audience::Writers, _) => Indexing::Forbidden,
        }
    }
}
