//! What loading remembers from one run to the next.

use std::sync::Arc;

use super::incident::{Named, Sources};
use super::links::Targets;
use super::page::PageRead;
use super::registry::Register;
use super::settle::{Settled, Settling};
use super::shelf::Shelves;
use super::site::SiteRead;
use crate::memo::{ById, Memo, Rows};
use crate::model::Incident;
use crate::source::SourceFile;

/// The documents that were read, by what they were read from.
#[derive(Debug, Default)]
pub struct Memory {
    pub(super) site: Memo<ById<SourceFile>, SiteRead>,
    pub(super) pages: Memo<ById<SourceFile>, Arc<PageRead>>,
    pub(super) incidents: Incidents,
}

/// What is remembered of the incidents, step by step.
#[derive(Debug, Default)]
pub(super) struct Incidents {
    pub(super) shelves: Shelves,
    pub(super) named: Rows<Sources, Named>,
    pub(super) register: Register,
    pub(super) targets: Memo<Targets, Arc<Targets>>,
    pub(super) settled: Rows<Settling, Settled>,
    /// Those that could be believed, by id.
    pub(super) whole: Arc<[Arc<Incident>]>,
}

impl Memory {
    /// Ends a run: what it did not ask for is dropped.
    pub fn end_run(&mut self) {
        self.site.end_run();
        self.pages.end_run();
        self.incidents.targets.end_run();
    }
}
