//! What a document is read with: the zone that its times may have been meant in, and what is to be
//! said of it so far.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::tz::TimeZone;

use super::names::{beside, move_command};
use crate::diag::Diagnostic;
use crate::model::Withheld;
use crate::source::Folder;

/// One reading of one document, or of the few that make up an incident.
#[derive(Debug)]
pub(super) struct Reading {
    /// The site's zone.
    pub(super) zone: TimeZone,
    /// The folder whose files are read.
    pub(super) folder: Option<Arc<Folder>>,
    /// The folder that is to be renamed, and its new path: what is suggested for files in it comes after that.
    renamed: Option<(String, String)>,
    /// The paths that were suggested for files, so that no two get one.
    suggested: BTreeSet<String>,
    said: Vec<Diagnostic>,
    withheld: Vec<Withheld>,
}

impl Reading {
    /// A reading of which nothing has been said.
    pub(super) fn new(zone: TimeZone) -> Self {
        Reading {
            zone,
            folder: None,
            renamed: None,
            suggested: BTreeSet::new(),
            said: Vec::new(),
            withheld: Vec::new(),
        }
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

    /// Notes that a folder is to be renamed.
    pub(super) fn rename(&mut self, from: &str, to: &str) {
        self.renamed = Some((from.to_owned(), to.to_owned()));
    }

    /// The command that gives the file at `from` the name `stem` with this ending, or one with a number where another
    /// file has that name or is to have it.
    pub(super) fn suggest_name(&mut self, from: &str, stem: &str, ending: &str) -> String {
        let numbered = |number: usize| match number {
            1 => format!("{stem}{ending}"),
            _ => format!("{stem}-{number}{ending}"),
        };
        let is_free = |it: &String| {
            let path = beside(from, it);
            let is_there = self.folder.as_ref().is_some_and(|folder| folder.files.contains_key(it));
            !is_there && !self.suggested.contains(&path)
        };
        let name = (1..).map(numbered).find(is_free).expect("numbers do not end");
        let to = beside(from, &name);
        self.suggested.insert(to.clone());
        move_command(&self.after_renaming(from), &self.after_renaming(&to))
    }

    fn after_renaming(&self, path: &str) -> String {
        let inside =
            self.renamed.as_ref().and_then(|(from, to)| Some((path.strip_prefix(from.as_str())?, to)));
        inside.map_or_else(|| path.to_owned(), |(rest, to)| format!("{to}{rest}"))
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
