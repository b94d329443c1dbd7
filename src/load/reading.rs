//! What a document is read with: the zone that its times may have been meant in, and what is to be
//! said of it so far.

use jiff::tz::TimeZone;

use crate::diag::Diagnostic;
use crate::model::Withheld;

/// One reading of one document, or of the few that make up an incident.
#[derive(Debug)]
pub(super) struct Reading {
    /// The site's zone.
    pub(super) zone: TimeZone,
    said: Vec<Diagnostic>,
    withheld: Vec<Withheld>,
}

impl Reading {
    /// A reading of which nothing has been said.
    pub(super) fn new(zone: TimeZone) -> Self {
        Reading { zone, said: Vec::new(), withheld: Vec::new() }
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

    /// Notes a part of an incident that is left out, because it may not be public.
    pub(super) fn withhold(&mut self, withheld: Withheld) {
        self.withheld.push(withheld);
    }

    /// The parts that were left out so far, which are forgotten here.
    pub(super) fn take_withheld(&mut self) -> Vec<Withheld> {
        std::mem::take(&mut self.withheld)
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
