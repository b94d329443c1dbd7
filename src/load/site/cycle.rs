//! Components that need each other in a circle: nobody could say where an outage came from.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostic};
use crate::load::reading::Reading;
use crate::model::{Component, ComponentId, Dependency};

/// How many circles are said, and how many steps of each: enough to begin mending, whatever a file holds.
const MOST_SAID: usize = 20;

/// Says each circle once, with the way around it.
pub(super) fn check(components: &[Component], reading: &mut Reading) {
    let by_id = components.iter().enumerate().map(|(index, it)| (&it.id, index)).collect();
    let none = vec![false; components.len()];
    let mut search = Search { components, by_id, done: none.clone(), on_way: none, way: Vec::new(), said: 0 };
    for index in 0..components.len() {
        search.visit(index, reading);
    }
}

struct Search<'a> {
    components: &'a [Component],
    by_id: BTreeMap<&'a ComponentId, usize>,
    done: Vec<bool>,
    /// Whether each component is on the way.
    on_way: Vec<bool>,
    /// The components on the way down to where the search is, each with the dependency that leads on.
    way: Vec<(usize, &'a Dependency)>,
    said: usize,
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
                self.on_way[index] = false;
                continue;
            };
            self.on_way[index] = true;
            open.push((index, next + 1));
            self.way.push((index, dependency));
            match self.by_id.get(&dependency.component) {
                Some(&target) if self.on_way[target] => self.say(target, reading),
                Some(&target) if !self.done[target] => open.push((target, 0)),
                Some(_) | None => {}
            }
        }
        self.way.clear();
    }

    fn say(&mut self, first: usize, reading: &mut Reading) {
        self.said += 1;
        if MOST_SAID < self.said {
            return;
        }
        let from = self.way.iter().position(|(it, _)| *it == first).unwrap_or_default();
        let circle = &self.way[from..];
        let id = |index: usize| self.components[index].id.as_str();
        let mut names: Vec<&str> = circle.iter().take(MOST_SAID).map(|(it, _)| id(*it)).collect();
        if MOST_SAID < circle.len() {
            names.push("…");
        }
        names.push(id(first));
        let message = format!("components depend on each other in a circle: {}", names.join(" → "));
        let (last, before) = circle.split_last().expect("a circle has at least one step");
        let mut diagnostic = Diagnostic::new(Code::DependencyCycle, last.1.place.clone(), message);
        for (index, dependency) in before.iter().take(MOST_SAID) {
            let why = format!("`{}` depends on `{}`", id(*index), dependency.component);
            diagnostic = diagnostic.related(dependency.place.clone(), why);
        }
        reading.say(diagnostic.help("take one of the dependencies out"));
    }
}
