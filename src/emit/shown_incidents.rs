//! The incidents that a site shows, for a later build to tell that one of them is gone.

use std::collections::BTreeMap;

/// The ids of the incidents that a site shows, each with how it shows them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShownIncidents(BTreeMap<String, ShownAs>);

/// How a site shows an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ShownAs {
    /// It is over, or ahead.
    NotOpen,
    /// It is open.
    Open,
}

impl ShownIncidents {
    /// Adds an incident. Of two entries of one id, the open one stays: where a site was written in part, either may
    /// be what readers see.
    pub fn add(&mut self, id: &str, shown: ShownAs) {
        let known = self.0.entry(id.to_owned()).or_insert(shown);
        *known = shown.max(*known);
    }

    /// Whether an incident is shown.
    pub fn contains(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }

    /// All incidents, by id.
    pub fn iter(&self) -> impl Iterator<Item = (&str, ShownAs)> {
        self.0.iter().map(|(id, shown)| (id.as_str(), *shown))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
