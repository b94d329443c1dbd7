//! How components are named in sentences.

use super::Words;
use crate::model::{Component, ComponentId, Site};
use crate::timeline::Basis;

/// The longest way that is named step by step.
const STEPS_SHOWN: usize = 8;

impl Words {
    /// The component's name, or "Group: Name" where another listed one has the same.
    pub fn component(&self, id: &ComponentId, site: &Site) -> String {
        let Some(component) = site.component(id) else {
            return id.to_string();
        };
        let is_twin = |it: &&Component| it.listed && it.name == component.name && it.id != component.id;
        let group = component.group.as_ref().and_then(|it| site.group(it));
        match (site.components.iter().find(is_twin), group) {
            (Some(_), Some(group)) => {
                self.fill("component.in_group", &[("group", &group.name), ("name", &component.name)])
            }
            _ => component.name.clone(),
        }
    }

    /// The names of components, in the order given.
    pub fn components(&self, ids: &[ComponentId], site: &Site) -> Vec<String> {
        ids.iter().map(|id| self.component(id, site)).collect()
    }

    /// "A", "A and B", "A, B and 1 more".
    pub fn first_names(&self, ids: &[ComponentId], site: &Site) -> String {
        match ids {
            [_, _, _, ..] => self.names_up_to(2, ids, site),
            few => self.list(&self.components(few, site)),
        }
    }

    /// "A, B, C", at most so many, and how many more there are.
    pub fn names_up_to(&self, most: usize, ids: &[ComponentId], site: &Site) -> String {
        let (first, rest) = ids.split_at(most.min(ids.len()));
        let names = self.enumerate(&self.components(first, site));
        match rest.len() {
            0 => names,
            more => self.count("list.more", more as u64, &[("head", &names)]),
        }
    }

    /// How a state is known: "declared", "measured", "through Playback through Login".
    pub fn basis(&self, basis: &Basis, site: &Site) -> String {
        match basis {
            Basis::Declared => self.text("basis.declared").to_owned(),
            Basis::Measured => self.text("basis.measured").to_owned(),
            Basis::Maintenance => self.text("basis.maintenance").to_owned(),
            Basis::Derived(path) => self.through(path, site),
        }
    }

    /// "through Playback through Login", for the way that a state took, nearest first. Of a long way the first two
    /// steps and the last.
    pub fn through(&self, path: &[ComponentId], site: &Site) -> String {
        let name = |id| self.item(&self.component(id, site));
        let names: Vec<String> = match path {
            // On a page with many components, all of each long way would be more than anyone reads.
            [first, second, .., last] if STEPS_SHOWN < path.len() => {
                vec![name(first), name(second), "…".to_owned(), name(last)]
            }
            path => path.iter().map(name).collect(),
        };
        let (first, rest) = names.split_first().map_or(("", names.as_slice()), |(it, rest)| (it, rest));
        let path = rest
            .iter()
            .fold(first.to_owned(), |path, next| self.fill("basis.step", &[("path", &path), ("next", next)]));
        self.fill("basis.derived", &[("path", &path)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::sample::{ids, site};

    #[track_caller]
    fn check(named: &[&str], expected: &str) {
        let site = site(&[("a", "A", ""), ("b", "B", ""), ("c", "C", "x"), ("d", "C", "y"), ("e", "E", "y")]);
        assert_eq!(Words::english().first_names(&ids(named), &site), expected);
    }

    #[test]
    fn two_are_named_and_more_are_counted() {
        check(&["a"], "A");
        check(&["a", "b"], "A and B");
        check(&["a", "b", "e"], "A, B and 1 more");
        check(&["a", "b", "c", "e"], "A, B and 2 more");
    }

    #[test]
    fn twins_are_named_with_their_group() {
        check(&["c"], "X: C");
        check(&["d", "e"], "Y: C and E");
    }

    #[test]
    fn a_derived_state_tells_its_way() {
        let site = site(&[("playback", "Playback", ""), ("login", "Login", "")]);
        let basis = |basis| Words::english().basis(&basis, &site);
        assert_eq!(
            basis(Basis::Derived(ids(&["playback", "login"]).into())),
            "through Playback through Login"
        );
        assert_eq!(basis(Basis::Derived(ids(&["login"]).into())), "through Login");
        assert_eq!(
            [Basis::Declared, Basis::Measured, Basis::Maintenance].map(basis),
            ["declared", "measured", "announced"]
        );
    }

    #[test]
    fn a_long_way_is_shortened() {
        let named: Vec<String> = (1..=9).map(|it| format!("c{it}")).collect();
        let named: Vec<&str> = named.iter().map(String::as_str).collect();
        let site = site(&named.iter().map(|it| (*it, *it, "")).collect::<Vec<_>>());
        let through = |path: &[&str]| Words::english().through(&ids(path), &site);
        assert_eq!(through(&named), "through c1 through c2 through … through c9");
        assert_eq!(through(&named[..8]).matches("through").count(), 8);
    }
}
