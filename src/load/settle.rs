//! Puts ids in the place of the names by which incidents name each other.
//!
//! An incident is read without knowing the others, so it can hold a former name, or one that nobody
//! has. Nearly none does; those that do are copied once and remembered.

use std::sync::Arc;

use crate::memo::ById;
use crate::model::{Incident, IncidentId};

/// An incident, and what each name in it means.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Settling {
    incident: ById<Incident>,
    meant: Vec<(IncidentId, Option<IncidentId>)>,
}

impl Settling {
    /// What has to be settled in `incident`; nothing where every name is an id already.
    pub(super) fn of(incident: &Arc<Incident>, meant: Vec<(IncidentId, Option<IncidentId>)>) -> Option<Self> {
        let settled = meant.iter().all(|(name, id)| id.as_ref() == Some(name));
        (!settled).then(|| Settling { incident: ById(Arc::clone(incident)), meant })
    }
}

/// The incident with ids for names; a name that nobody has is left out.
pub(super) fn settle(settling: &Settling) -> Arc<Incident> {
    let mean = |name: &mut Option<IncidentId>| {
        let found = settling.meant.iter().find(|(it, _)| Some(it) == name.as_ref());
        *name = found.and_then(|(_, id)| id.clone());
    };
    let mut incident = Incident::clone(&settling.incident.0);
    mean(&mut incident.continues);
    for update in &mut incident.updates {
        mean(&mut update.continues_in);
    }
    Arc::new(incident)
}
