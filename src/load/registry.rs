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
    claims: BTreeMap<&'a str, Claim<'a>>,
    disputed: BTreeSet<&'a IncidentId>,
}

/// A name that an incident has.
#[derive(Clone, Copy, Debug)]
struct Claim<'a> {
    read: &'a IncidentRead,
    name: &'a str,
    place: &'a Place,
}

impl<'a> Registry<'a> {
    /// Enters all incidents; names that two of them claim are said.
    pub(super) fn new(incidents: &'a [Arc<IncidentRead>], said: &mut Vec<Diagnostic>) -> Self {
        let mut registry = Registry::default();
        for read in incidents {
            let claim = Claim { read, name: read.id.as_str(), place: &read.place };
            registry.claim(&read.claim, claim, said);
        }
        for read in incidents {
            for (alias, form, place) in &read.aliases {
                registry.claim(form, Claim { read, name: alias.as_str(), place }, said);
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

    fn claim(&mut self, form: &'a str, claim: Claim<'a>, said: &mut Vec<Diagnostic>) {
        match self.claims.get(form) {
            Some(first) => {
                said.push(twice(*first, claim));
                self.disputed.extend([&first.read.id, &claim.read.id]);
            }
            None => {
                self.claims.insert(form, claim);
            }
        }
        self.by_name.entry(claim.name).or_insert(claim.read);
    }
}

fn twice(first: Claim<'_>, again: Claim<'_>) -> Diagnostic {
    let name = again.name;
    let message = if first.name != name {
        format!("`{name}` and `{}` are one name where case or accents make no difference", first.name)
    } else if first.read.id == again.read.id {
        format!("two incidents have the id `{name}`")
    } else {
        format!("`{name}` is a name of `{}` already", first.read.id)
    };
    let diagnostic = Diagnostic::new(Code::DuplicateId, again.place.clone(), message);
    diagnostic.related(first.place.clone(), "the other").help("give one of them another name")
}
