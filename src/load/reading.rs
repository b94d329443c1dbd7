//! What a document is read with: the zone that its times may have been meant in, and what is to be
//! said of it so far.

use jiff::tz::TimeZone;

use crate::diag::Diagnostic;

/// One reading of one document, or of the few that make up an incident.
#[derive(Debug)]
pub(super) struct Reading {
    /// The site's zone.
    pub(super) zone: TimeZone,
    said: Vec<Diagnostic>,
}

impl Reading {
    /// A reading of which nothing has been said.
    pub(super) fn new(zone: TimeZone) -> Self {
        Reading { zone, said: Vec::new() }
    }

    /// Notes what is to be said.
    pub(super) fn say(&mut self, diagnostic: Diagnostic) {
        self.said.push(diagnostic);
    }

    /// Notes what is to be said, and gives nothing: for readers whose value it stands in for.
    pub(super) fn refuse<T>(&mut self, diagnostic: Diagnostic) -> Option<T> {
        self.say(diagnostic);
        None
    }

    /// How many errors have been noted.
    pub(super) fn errors(&self) -> usize {
        self.said.iter().filter(|it| it.is_error()).count()
    }

    /// All that was noted.
    pub(super) fn into_said(self) -> Vec<Diagnostic> {
        self.said
    }
}
