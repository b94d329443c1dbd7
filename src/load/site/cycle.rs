//! Components that need each other in a circle: nobody could say where an outage came from.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic};
use crate::load::reading::Reading;
use crate::model::{Component, ComponentId, Dependency};

/// Says each circle once, with the way around it.
pub(super) fn check(components: &[Component], reading: &mut Reading) {
    let by_id = components.iter().enumerate().map(|(index, it)| (&it.id, index)).collect();
    let mut search = Search { components, by_id, done: vec![false; components.len()], way: Vec::new() };
    for index in 0..components.len() {
        search.visit(index, reading);
    }
}

struct Search<'a> {
    components: &'a [Component],
    by_id: BTreeMap<&'a ComponentId, usize>,
    done: Vec<bool>,
    /// The components on the way down to where the search is, each with the dependency that leads on.
    way: Vec<(usize, &'a Dependency)>,
}

impl<'a> Search<'a> {
    /// Looks at what a component depends on. The way down is kept by hand: a chain of thousands of
    /// components is no reason to run out of stack.
    fn visit(&mut self, start: usize, reading: &mut Reading) {
        let mut open: Vec<(usize, usize)> = vec![(start, 0)];
        while let Some((index, next)) = open.pop() {
            self.way.truncate(open.len());
            let Some(dependency) = self.components[index].depends_on.get(next).filter(|_| !self.done[index])
            else {
                self.done[index] = true;
                continue;
            };
            open.push((index, next + 1));
            self.way.push((index, dependency));
            let target = self.by_id.get(&dependency.component).copied();
            match target {
                Some(target) if self.way.iter().any(|(it, _)| *it == target) => self.say(target, reading),
                Some(target) if !self.done[target] => open.push((target, 0)),
                _ => {}
            }
        }
        self.way.clear();
    }

    fn say(&self, first: usize, reading: &mut Reading) {
        let from = self.way.iter().position(|(it, _)| *it == first).unwrap_or_default();
        let circle = &self.way[from..];
        let mut names: Vec<&str> = circle.iter().map(|(it, _)| self.components[*it].id.as_str()).collect();
        names.push(self.components[first].id.as_str());
        let message = format!("components depend on each other in a circle: {}", names.join(" → "));
        let (last, before) = circle.split_last().expect("a circle has at least one step");
        let mut diagnostic = Diagnostic::new(Code::DependencyCycle, last.1.place.clone(), message);
        for (index, dependency) in before {
            let why = format!("`{}` depends on `{}`", self.components[*index].id, dependency.component);
            diagnostic = diagnostic.related(dependency.place.clone(), why);
        }
        reading.say(diagnostic.help("take one of the dependencies out"));
    }
}
