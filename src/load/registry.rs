//! The incidents of a project by their names: which names two of them claim, and which nobody has.
//!
//! Every run looks at every incident here, so no more is done than comparing names; what each incident
//! names was listed when it was read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::incident::IncidentRead;
use super::nearest;
use crate::diag::{Code, Diagnostic};
use crate::model::IncidentId;
use crate::source::Place;

/// Incidents by their names.
#[derive(Debug, Default)]
pub(super) struct Registry<'a> {
    /// By their ids and aliases as they are written.
    by_name: BTreeMap<&'a str, &'a IncidentRead>,
    /// By the form in which no two names may be alike, with the place of the name.
    claims: BTreeMap<&'a str, (&'a IncidentRead, &'a Place)>,
    disputed: BTreeSet<&'a IncidentId>,
}

impl<'a> Registry<'a> {
    /// Enters all incidents; names that two of them claim are said.
    pub(super) fn new(incidents: &'a [Arc<IncidentRead>], said: &mut Vec<Diagnostic>) -> Self {
        let mut registry = Registry::default();
        for read in incidents {
            registry.claim(read, (read.id.as_str(), &read.claim, &read.place), said);
        }
        for read in incidents {
            for (alias, claim, place) in &read.aliases {
                registry.claim(read, (alias.as_str(), claim, place), said);
            }
        }
        registry
    }

    /// The incident of this name.
    pub(super) fn find(&self, name: &str) -> Option<&'a IncidentRead> {
        self.by_name.get(name).copied()
    }

    /// Whether another incident claims a name of this one: neither can be shown then.
    pub(super) fn is_disputed(&self, id: &IncidentId) -> bool {
        self.disputed.contains(id)
    }

    /// The incidents that `read` names, each with the one that is meant; those that nobody has are said.
    pub(super) fn meant(
        &self,
        read: &IncidentRead,
        said: &mut Vec<Diagnostic>,
    ) -> Vec<(IncidentId, Option<IncidentId>)> {
        let named = read.named.iter();
        named
            .map(|(name, place)| match self.find(name.as_str()) {
                Some(found) if found.id != read.id => (name.clone(), Some(found.id.clone())),
                found => {
                    said.push(self.unknown(name, place, found.is_some()));
                    (name.clone(), None)
                }
            })
            .collect()
    }

    /// The name that was probably meant by one that nobody has.
    pub(super) fn nearest(&self, name: &str) -> Option<&'a str> {
        let known: Vec<&'a str> = self.by_name.keys().copied().collect();
        nearest::nearest(name, &known)
    }

    fn unknown(&self, name: &IncidentId, place: &Place, is_itself: bool) -> Diagnostic {
        if is_itself {
            let message = "an incident cannot continue itself";
            return Diagnostic::new(Code::InvalidValue, place.clone(), message)
                .help("name the other incident");
        }
        let diagnostic =
            Diagnostic::new(Code::UnknownIncident, place.clone(), format!("no incident is named `{name}`"));
        match self.nearest(name.as_str()) {
            Some(nearest) => diagnostic.help(format!("did you mean `{nearest}`?")),
            None => diagnostic.help("write the name of its folder or file without the ending"),
        }
    }

    fn claim(
        &mut self,
        read: &'a IncidentRead,
        (name, claim, place): (&'a str, &'a str, &'a Place),
        said: &mut Vec<Diagnostic>,
    ) {
        if let Some((first, first_place)) = self.claims.get(claim) {
            let message = if first.id == read.id && first.id.as_str() == name {
                format!("two incidents have the id `{name}`")
            } else {
                format!("`{name}` names two incidents, of which one is `{}`", first.id)
            };
            let diagnostic = Diagnostic::new(Code::DuplicateId, place.clone(), message);
            let why = "the other; upper and lower case, and ways to write an accent, make no difference";
            said.push(diagnostic.related((*first_place).clone(), why).help("give one of them another name"));
            self.disputed.extend([&first.id, &read.id]);
        } else {
            self.claims.insert(claim, (read, place));
        }
        self.by_name.entry(name).or_insert(read);
    }
}
