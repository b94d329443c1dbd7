//! What loading remembers from one run to the next.

use std::sync::Arc;

use super::incident::{IncidentRead, Sources};
use super::page::PageRead;
use super::settle::Settling;
use super::site::SiteRead;
use crate::memo::{ById, Memo};
use crate::model::Incident;
use crate::source::SourceFile;

/// The documents that were read, by what they were read from.
#[derive(Debug, Default)]
pub struct Memory {
    pub(super) site: Memo<ById<SourceFile>, SiteRead>,
    pub(super) pages: Memo<ById<SourceFile>, Arc<PageRead>>,
    pub(super) incidents: Memo<Sources, Arc<IncidentRead>>,
    pub(super) settled: Memo<Settling, Arc<Incident>>,
}

impl Memory {
    /// Ends a run: what it did not ask for is dropped.
    pub fn end_run(&mut self) {
        self.site.end_run();
        self.pages.end_run();
        self.incidents.end_run();
        self.settled.end_run();
    }
}
