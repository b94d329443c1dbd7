//! The groups of site.yaml.

use super::plain_id;
use crate::diag::{Code, Diagnostic};
use crate::load::fields::Fields;
use crate::load::names::slug;
use crate::load::node::Node;
use crate::load::reading::Reading;
use crate::load::values::{choice, flag, line, list};
use crate::model::{Group, GroupId, Rollup};

/// The groups, each id once.
pub(super) fn groups(node: &Node<'_>, reading: &mut Reading) -> Option<Vec<Group>> {
    let mut groups: Vec<Group> = Vec::new();
    for group in list(group)(node, reading)? {
        if let Some(first) = groups.iter().find(|it| it.id == group.id) {
            let message = format!("two groups have the id `{}`", group.id);
            let diagnostic = Diagnostic::new(Code::DuplicateId, group.place.clone(), message);
            reading.say(diagnostic.related(first.place.clone(), "the first").help("give one another `id`"));
        } else {
            groups.push(group);
        }
    }
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
