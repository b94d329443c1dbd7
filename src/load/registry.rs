//! The incidents of a project by their names: which names two of them claim, and which nobody has.
//!
//! Most edits leave all names as they are. So what follows from names alone stays the same value until one
//! comes, goes or changes, and all that was found out with its help stays true.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::incident::{IncidentRead, Named};
use super::nearest;
use crate::diag::{Code, Diagnostic};
use crate::memo::Quick;
use crate::model::IncidentId;
use crate::source::Place;

/// What an incident is called, and what else of it matters to those that link to it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Naming {
    /// Its path, which decides who had a name first.
    pub(super) path: String,
    /// Its id.
    pub(super) id: IncidentId,
    /// Its id in the form in which no two may be alike.
    pub(super) claim: String,
    /// Former ids, each in that form too.
    pub(super) aliases: Vec<(IncidentId, String)>,
    /// Whether a postmortem is written, be it sound or not.
    pub(super) has_postmortem: bool,
}

/// Incidents by their names.
#[derive(Debug, Default)]
pub(super) struct Registry {
    /// By their ids and aliases as they are written.
    by_name: HashMap<IncidentId, Arc<Naming>, Quick>,
    /// The places of the incidents in the list, in order of their ids.
    order: Vec<usize>,
    disputed: BTreeSet<IncidentId>,
}

/// The registry of the run before, with the names that it was made from.
#[derive(Debug, Default)]
pub(super) struct Register {
    names: Vec<Arc<Naming>>,
    registry: Arc<Registry>,
}

impl Register {
    /// The registry of these incidents.
    pub(super) fn enter(&mut self, incidents: &[Named]) -> Arc<Registry> {
        let mut same = self.names.len() == incidents.len();
        for (known, Named { naming, read: _ }) in self.names.iter_mut().zip(incidents) {
            if !Arc::ptr_eq(known, naming) {
                same &= known == naming;
                *known = Arc::clone(naming);
            }
        }
        if !same {
            self.names = incidents.iter().map(|it| Arc::clone(&it.naming)).collect();
            self.registry = Arc::new(Registry::new(&self.names));
        }
        Arc::clone(&self.registry)
    }
}

impl Registry {
    fn new(names: &[Arc<Naming>]) -> Self {
        let mut registry = Registry {
            by_name: HashMap::with_capacity_and_hasher(names.len(), Quick::default()),
            order: (0..names.len()).collect(),
            disputed: BTreeSet::new(),
        };
        registry.order.sort_by(|one, other| names[*one].id.cmp(&names[*other].id));
        let mut claims: HashMap<&str, &IncidentId, Quick> =
            HashMap::with_capacity_and_hasher(names.len(), Quick::default());
        let names = in_order(names);
        let ids = names.iter().map(|it| (&it.id, it.claim.as_str(), *it));
        let aliases =
            names.iter().flat_map(|it| it.aliases.iter().map(|(id, form)| (id, form.as_str(), *it)));
        for (name, form, naming) in ids.chain(aliases) {
            if let Some(first) = claims.insert(form, &naming.id) {
                registry.disputed.extend([first.clone(), naming.id.clone()]);
            }
            registry.by_name.entry(name.clone()).or_insert_with(|| Arc::clone(naming));
        }
        registry
    }

    /// The incident of this name.
    pub(super) fn find(&self, name: &IncidentId) -> Option<&Naming> {
        self.by_name.get(name).map(Arc::as_ref)
    }

    /// The places of the incidents in the list that it was made from, in order of their ids.
    pub(super) fn by_id(&self) -> &[usize] {
        &self.order
    }

    /// Whether another incident claims a name of this one: neither can be shown then.
    pub(super) fn is_disputed(&self, id: &IncidentId) -> bool {
        self.disputed.contains(id)
    }

    /// Says which names two of the incidents claim.
    pub(super) fn check(&self, incidents: &[Named], said: &mut Vec<Diagnostic>) {
        if !self.disputed.is_empty() {
            said.extend(disputes(incidents));
        }
    }

    /// The incidents that `read` names, each with the one that is meant; those that nobody has are said.
    pub(super) fn meant(
        &self,
        read: &IncidentRead,
        said: &mut Vec<Diagnostic>,
    ) -> Vec<(IncidentId, Option<IncidentId>)> {
        let named = read.named.iter();
        named
            .map(|(name, place)| match self.find(name) {
                Some(found) if found.id != read.id => (name.clone(), Some(found.id.clone())),
                found => {
                    said.push(self.unknown(name, place, found.is_some()));
                    (name.clone(), None)
                }
            })
            .collect()
    }

    /// The name that was probably meant by one that nobody has.
    pub(super) fn nearest(&self, name: &str) -> Option<&str> {
        let mut known: Vec<&str> = self.by_name.keys().map(IncidentId::as_str).collect();
        known.sort_unstable();
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
}

fn in_order(names: &[Arc<Naming>]) -> Vec<&Arc<Naming>> {
    let mut names: Vec<&Arc<Naming>> = names.iter().collect();
    names.sort_by(|one, other| one.path.cmp(&other.path));
    names
}

/// A name that an incident has.
#[derive(Clone, Copy, Debug)]
struct Claim<'a> {
    read: &'a IncidentRead,
    name: &'a str,
    place: &'a Place,
}

/// What is to be said of each name that is claimed once more.
fn disputes(incidents: &[Named]) -> Vec<Diagnostic> {
    let mut incidents: Vec<&Named> = incidents.iter().collect();
    incidents.sort_by(|one, other| one.naming.path.cmp(&other.naming.path));
    let ids = incidents.iter().map(|Named { naming, read }| {
        (naming.claim.as_str(), Claim { read, name: read.id.as_str(), place: &read.place })
    });
    let aliases = incidents.iter().flat_map(|Named { naming, read }| {
        let forms = naming.aliases.iter().map(|(_, form)| form.as_str());
        let claims = read.aliases.iter().map(|(id, place)| Claim { read, name: id.as_str(), place });
        forms.zip(claims)
    });
    let mut claims: HashMap<&str, Claim<'_>, Quick> = HashMap::default();
    let mut said = Vec::new();
    for (form, claim) in ids.chain(aliases) {
        match claims.get(form) {
            Some(first) => said.push(twice(*first, claim)),
            None => {
                claims.insert(form, claim);
            }
        }
    }
    said
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
