//! The groups of site.yaml.

use std::collections::BTreeMap;

use super::plain_id;
use crate::diag::{Code, Diagnostic};
use crate::load::fields::Fields;
use crate::load::names::slug;
use crate::load::node::Node;
use crate::load::reading::Reading;
use crate::load::values::{choice, flag, line, list};
use crate::model::{Group, GroupId, Rollup};
use crate::source::Place;

/// The groups, each id once.
pub(super) fn groups(node: &Node<'_>, reading: &mut Reading) -> Option<Vec<Group>> {
    let mut firsts: BTreeMap<GroupId, Place> = BTreeMap::new();
    let mut groups = list(group)(node, reading)?;
    groups.retain(|group| match firsts.get(&group.id) {
        None => firsts.insert(group.id.clone(), group.place.clone()).is_none(),
        Some(first) => {
            let message = format!("two groups have the id `{}`", group.id);
            let diagnostic = Diagnostic::new(Code::DuplicateId, group.place.clone(), message);
            reading.say(diagnostic.related(first.clone(), "the first").help("give one another `id`"));
            false
        }
    });
    Some(groups)
}

fn group(node: &Node<'_>, reading: &mut Reading) -> Option<Group> {
    let words = [("worst", Rollup::Worst), ("redundant", Rollup::Redundant)];
    let mut fields = Fields::of(node, reading)?;
    let name = fields.require("name", reading, line);
    let id = fields.read("id", reading, plain_id);
    let collapsed = fields.read("collapsed", reading, flag).unwrap_or_default();
    let rollup = fields.read("rollup", reading, choice(&words)).unwrap_or(Rollup::Worst);
    fields.finish(reading);
    let id = id.unwrap_or_else(|| slug(name.as_deref().unwrap_or_default()));
    if id.is_empty() {
        let message = "the name holds no letter that an id may have";
        reading.say(Diagnostic::new(Code::InvalidName, node.place(), message).help("give the group an `id`"));
    }
    let name = name.unwrap_or_else(|| id.clone());
    Some(Group { place: node.place(), id: GroupId::new(&id), name, collapsed, rollup })
}
