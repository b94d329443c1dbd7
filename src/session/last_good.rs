//! The incidents as they were last whole, for builds that hold back what is broken.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;

use crate::load::Names;
use crate::model::{Incident, IncidentId, Project, Update, Withheld, sort_updates};

/// Each incident as it was when its head could last be read, by id.
#[derive(Debug, Default)]
pub(super) struct LastGood(Arc<[Arc<Incident>]>);

impl LastGood {
    /// Puts the incidents whose heads are broken back as they were last whole; returns those that never were. A head
    /// decides whether its incident is public at all, so it is never guessed at.
    ///
    /// One that never was whole may be any that has no file now: it has another name, or lies within what cannot be
    /// read. So while there is one, these are put back too.
    pub(super) fn put_back(
        &mut self,
        project: &mut Project,
        held: Vec<IncidentId>,
        names: &Names,
    ) -> Vec<IncidentId> {
        let unknown: Vec<IncidentId> = held.iter().filter(|it| self.find(it).is_none()).cloned().collect();
        let is_removed = |it: &Incident| project.removed.iter().any(|removal| removal.id == it.id);
        let is_missing = |it: &Incident| !names.contains(&it.id) && !is_removed(it);
        let back: Vec<Arc<Incident>> = match (held.as_slice(), unknown.as_slice()) {
            ([], _) => Vec::new(),
            (held, []) => held.iter().filter_map(|it| self.find(it)).cloned().collect(),
            (held, _) => {
                let is_back = |it: &&Arc<Incident>| held.contains(&it.id) || is_missing(it);
                self.0.iter().filter(is_back).cloned().collect()
            }
        };
        if !back.is_empty() {
            merge(project, back);
        }
        self.0 = Arc::clone(&project.incidents);
        unknown
    }

    /// Puts the parts that are withheld back as the public could read them at `now`, where they are known.
    ///
    /// Called before `put_back`, which remembers the project.
    pub(super) fn put_back_parts(&self, project: &mut Project, now: Timestamp) {
        if project.incidents.iter().all(|it| it.withheld.is_empty()) {
            return;
        }
        let restored = project.incidents.iter().map(|incident| match self.find(&incident.id) {
            Some(before) if !incident.withheld.is_empty() => Arc::new(with_parts(incident, before, now)),
            Some(_) | None => Arc::clone(incident),
        });
        project.incidents = restored.collect();
    }

    fn find(&self, id: &IncidentId) -> Option<&Arc<Incident>> {
        self.0.binary_search_by(|it| it.id.cmp(id)).ok().map(|place| &self.0[place])
    }
}

/// The incident with the parts that are withheld as they were before.
fn with_parts(incident: &Incident, before: &Incident, now: Timestamp) -> Incident {
    let mut restored = Incident::clone(incident);
    restored.withheld.retain(|part| match part {
        Withheld::Postmortem { .. } => {
            restored.postmortem.clone_from(&before.postmortem);
            before.postmortem.is_none()
        }
        Withheld::Update { place, times } => {
            let is_it = |it: &&Update| {
                it.place.file.path == place.file.path && (times.is_empty() || times.contains(&it.at))
            };
            let is_there = |it: &Update| restored.updates.iter().any(|there| there.name == it.name);
            let back: Vec<Update> = before
                .updates
                .iter()
                .filter(is_it)
                .filter(|it| it.published.at() <= now && !is_there(it))
                .cloned()
                .collect();
            let is_unknown = back.is_empty();
            restored.updates.extend(back);
            is_unknown
        }
    });
    sort_updates(&mut restored.updates);
    restored
}

/// Adds incidents to those of the project. A former name that another incident has by now, or that was removed, is
/// left out: no two pages have one address.
fn merge(project: &mut Project, back: Vec<Arc<Incident>>) {
    let names = project.incidents.iter().flat_map(|it| std::iter::once(&it.id).chain(&it.aliases));
    let taken: BTreeSet<&IncidentId> = names.chain(project.removed.iter().map(|it| &it.id)).collect();
    let freed = back.into_iter().map(|it| match it.aliases.iter().any(|it| taken.contains(it)) {
        true => {
            let mut incident = Incident::clone(&it);
            incident.aliases.retain(|it| !taken.contains(it));
            Arc::new(incident)
        }
        false => it,
    });
    let mut all: Vec<Arc<Incident>> = project.incidents.iter().cloned().chain(freed).collect();
    all.sort_by(|one, other| one.id.cmp(&other.id));
    project.incidents = all.into();
}
