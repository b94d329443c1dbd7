//! Whether a site must not be written, because readers would lose what they have.
//!
//! 1. An incident that cannot be read whole, and that the folder's site may show.
//! 2. An update or a postmortem that is withheld, and an earlier form of which the folder's site shows.
//! 3. An incident that the folder's site shows, and that no file names any more, unless site.yaml says that it was
//!    removed. A few that are over may go; what is open may not, nor much at once.
//!
//! A folder without a list of what it shows knows of no removal. There, the last cannot be noticed.

use std::fmt::Write;

use anyhow::Result;
use jiff::Timestamp;

use super::output;
use crate::diag::{Diagnostic, visible};
use crate::emit::{Folder, ShownAs, ShownIncidents};
use crate::model::{IncidentId, Withheld};
use crate::render::path;
use crate::session::{Built, OnErrors, Reading};
use crate::timeline::Phase;

/// Which incidents may be removed though site.yaml does not say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Removals {
    /// All.
    Allow,
    /// A few of those that are over.
    AllowFew,
    /// None: while files have errors, what is gone may be what cannot be read.
    Refuse,
}

/// Why a site must not be written.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// An incident that the page may show cannot be read whole.
    Broken(IncidentId),
    /// These incidents that the page shows are gone.
    Gone {
        /// Their ids.
        ids: Vec<String>,
        /// Whether site.yaml has a list of removals already.
        has_list: bool,
    },
}

impl Removals {
    /// What may be removed by a build that does this about errors.
    pub(super) fn of(on_errors: OnErrors) -> Self {
        match on_errors {
            OnErrors::Refuse => Removals::AllowFew,
            OnErrors::HoldBack => Removals::Refuse,
        }
    }
}

/// The incidents that a site shows.
pub(super) fn shown(built: &Built) -> ShownIncidents {
    let mut shown = ShownIncidents::default();
    for story in built.reading.seen.iter().flat_map(|it| it.board.history.iter()) {
        let how = match story.phase {
            Phase::Open => ShownAs::Open,
            Phase::Ahead | Phase::Ended | Phase::Cancelled | Phase::Retracted => ShownAs::NotOpen,
        };
        shown.add(story.incident.id.as_str(), how);
    }
    shown
}

/// Why the site must not be written to the folder; none where it may be, or where there is no site.
///
/// # Errors
/// The folder holds what we did not write.
pub(super) fn refusal(built: &Built, folder: &Folder, removals: Removals) -> Result<Option<Refusal>> {
    if built.tree.is_none() {
        return Ok(None);
    }
    let Some(before) = folder.shown()? else {
        return Ok(built.reading.left_out.first().cloned().map(Refusal::Broken));
    };
    if let Some(refusal) = compare(&before, &shown(built), &built.reading, removals) {
        return Ok(Some(refusal));
    }
    for incident in built.reading.project.iter().flat_map(|it| it.incidents.iter()) {
        let id = &incident.id;
        let is_shown = |part: &Withheld| Ok(before.contains(id.as_str()) && has_part(folder, id, part)?);
        let shown: Vec<bool> = incident.withheld.iter().map(is_shown).collect::<Result<_>>()?;
        if shown.contains(&true) {
            return Ok(Some(Refusal::Broken(id.clone())));
        }
    }
    Ok(None)
}

/// Whether the folder's site shows an earlier form of a part that is withheld. An update is known by its time, which is
/// part of its anchor; where that cannot be told, it may be any that is shown.
fn has_part(folder: &Folder, id: &IncidentId, part: &Withheld) -> Result<bool> {
    match part {
        Withheld::Postmortem { .. } => folder.holds(&path::postmortem(id), ""),
        Withheld::Update { times, .. } if times.is_empty() => Ok(true),
        Withheld::Update { times, .. } => {
            let anchor = |at: &Timestamp| at.strftime("-%Y%m%dT%H%M%SZ").to_string();
            let shown: Vec<bool> = times
                .iter()
                .map(|at| folder.holds(&path::incident(id), &anchor(at)))
                .collect::<Result<_>>()?;
            Ok(shown.contains(&true))
        }
    }
}

fn compare(
    before: &ShownIncidents,
    after: &ShownIncidents,
    reading: &Reading,
    removals: Removals,
) -> Option<Refusal> {
    let is_removed =
        |id: &IncidentId| reading.project.as_ref().is_some_and(|it| it.removed.iter().any(|it| it.id == *id));
    let broken = reading.left_out.iter().find(|it| before.contains(it.as_str()));
    let missing = before.iter().filter(|(id, _)| !after.contains(id));
    let missing: Vec<(IncidentId, ShownAs)> =
        missing.map(|(id, how)| (IncidentId::new(id), how)).filter(|(id, _)| !is_removed(id)).collect();
    let lost =
        || missing.iter().find(|(id, how)| *how == ShownAs::Open && has_errors(reading, id)).map(|it| &it.0);
    if let Some(id) = broken.or_else(lost) {
        return Some(Refusal::Broken(id.clone()));
    }
    let gone: Vec<&(IncidentId, ShownAs)> =
        missing.iter().filter(|(id, _)| !reading.names.contains(id)).collect();
    let is_open = gone.iter().any(|(_, how)| *how == ShownAs::Open);
    let is_much = 3 <= gone.len() && before.len() < gone.len() * 10;
    let is_refused = match removals {
        Removals::Allow => false,
        Removals::AllowFew => is_open || is_much,
        Removals::Refuse => !gone.is_empty(),
    };
    let has_list = reading.project.as_ref().is_some_and(|it| !it.site.removed.is_empty());
    let ids = || gone.iter().map(|(id, _)| id.as_str().to_owned()).collect();
    is_refused.then(|| Refusal::Gone { ids: ids(), has_list })
}

/// Whether something is wrong in the files of the incident of this name, so that it may be out of sight by mistake.
fn has_errors(reading: &Reading, name: &IncidentId) -> bool {
    let Some(own) = reading.names.path(name) else { return false };
    let is_own = |path: &str| path.strip_prefix(own).is_some_and(|it| it.is_empty() || it.starts_with('/'));
    let errors = reading.diagnostics.iter().filter(|it: &&Diagnostic| it.is_error());
    errors.filter_map(|it| it.place.as_ref()).any(|it| is_own(&it.file.path))
}

impl Refusal {
    /// The reason, and what to do.
    pub(super) fn to_text(&self) -> String {
        match self {
            Refusal::Broken(id) => format!(
                "`{}` cannot be read whole, and the page may show that incident already\n",
                visible(id.as_str())
            ),
            Refusal::Gone { ids, has_list } => gone(ids, *has_list),
        }
    }
}

fn gone(ids: &[String], has_list: bool) -> String {
    let number = output::plural(ids.len(), "incident");
    let verb = if ids.len() == 1 { "is" } else { "are" };
    let mut text = format!(
        "{number} that the page shows {verb} gone: no file has the id, or has it among its `aliases`\n"
    );
    text += "If that is meant, add to site/site.yaml";
    text += if has_list { ", to the list that is there:\n\n" } else { ":\n\nremoved:\n" };
    for id in ids {
        let written = writeln!(text, "  - {{id: \"{}\", note: \"It is no longer published.\"}}", visible(id));
        written.expect("a string takes any text");
    }
    text + "\nor use --allow-removal once. Of one that was renamed, add the old name to its `aliases`.\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::Names;

    fn shown(over: usize, open: &[&str]) -> ShownIncidents {
        let mut shown = ShownIncidents::default();
        (0..over).for_each(|it| shown.add(&format!("over-{it}"), ShownAs::NotOpen));
        open.iter().for_each(|it| shown.add(it, ShownAs::Open));
        shown
    }

    /// The incidents whose removal is refused where `kept` of `before`, which are over, have files.
    #[track_caller]
    fn check(before: &ShownIncidents, kept: usize, removals: Removals, refused: &[&str]) {
        let reading = Reading {
            project: None,
            seen: None,
            diagnostics: Vec::new(),
            left_out: Vec::new(),
            names: Names::default(),
        };
        let found = match compare(before, &shown(kept, &[]), &reading, removals) {
            Some(Refusal::Gone { ids, .. }) => ids,
            Some(Refusal::Broken(id)) => panic!("{id} is broken"),
            None => Vec::new(),
        };
        assert_eq!(found, refused);
    }

    #[test]
    fn what_is_open_may_not_go() {
        check(&shown(100, &["outage"]), 100, Removals::AllowFew, &["outage"]);
        check(&shown(100, &["outage"]), 100, Removals::Allow, &[]);
    }

    #[test]
    fn a_few_that_are_over_may_go() {
        check(&shown(2, &[]), 0, Removals::AllowFew, &[]);
        check(&shown(30, &[]), 27, Removals::AllowFew, &[]);
        check(&shown(29, &[]), 26, Removals::AllowFew, &["over-26", "over-27", "over-28"]);
        check(&shown(3, &[]), 0, Removals::AllowFew, &["over-0", "over-1", "over-2"]);
    }

    #[test]
    fn none_may_go_while_errors_are_held_back() {
        check(&shown(30, &[]), 29, Removals::Refuse, &["over-29"]);
    }
}
