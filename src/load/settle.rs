//! What an incident comes to among the others: whether what it names and links to is there, and ids in the
//! place of the names by which it names others.
//!
//! An incident is read without knowing the others, so it can hold a former name, or one that nobody
//! has. Nearly none does; those that do are copied once and remembered.

use std::sync::Arc;

use super::incident::{IncidentRead, Named};
use super::links::Targets;
use crate::diag::Diagnostic;
use crate::memo::{ById, Question};
use crate::model::{Incident, IncidentId};

/// An incident, and all that is around it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Settling {
    read: ById<IncidentRead>,
    targets: ById<Targets>,
}

/// Asks what an incident comes to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'a> {
    /// The incident.
    pub(super) named: &'a Named,
    /// What is around it.
    pub(super) targets: &'a Arc<Targets>,
}

impl Question for Asked<'_> {
    type Key = Settling;

    fn is_answered_by(&self, key: &Settling) -> bool {
        Arc::ptr_eq(&self.named.read, &key.read.0) && Arc::ptr_eq(self.targets, &key.targets.0)
    }

    fn key(&self) -> Settling {
        Settling { read: ById(Arc::clone(&self.named.read)), targets: ById(Arc::clone(self.targets)) }
    }
}

/// What an incident came to.
#[derive(Debug)]
pub(super) struct Settled {
    /// The incident; none where it is left out.
    pub(super) incident: Option<Arc<Incident>>,
    /// All that is to be said of it.
    pub(super) said: Vec<Diagnostic>,
}

/// Sees what an incident comes to.
pub(super) fn settle(settling: &Settling) -> Settled {
    let (read, targets) = (&settling.read.0, &settling.targets.0);
    let registry = &targets.incidents.0;
    let mut said = read.said.clone();
    targets.check(&read.links, &mut said);
    let meant = registry.meant(read, &mut said);
    let incident = read.incident.as_ref().filter(|_| !registry.is_disputed(&read.id));
    Settled { incident: incident.map(|it| with_ids(it, &meant)), said }
}

/// The incident with ids for names; a name that nobody has is left out.
fn with_ids(incident: &Arc<Incident>, meant: &[(IncidentId, Option<IncidentId>)]) -> Arc<Incident> {
    if meant.iter().all(|(name, id)| id.as_ref() == Some(name)) {
        return Arc::clone(incident);
    }
    let mean = |name: &mut Option<IncidentId>| {
        let found = meant.iter().find(|(it, _)| Some(it) == name.as_ref());
        *name = found.and_then(|(_, id)| id.clone());
    };
    let mut incident = Incident::clone(incident);
    mean(&mut incident.continues);
    for update in &mut incident.updates {
        mean(&mut update.continues_in);
    }
    Arc::new(incident)
}
