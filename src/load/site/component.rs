//! The components of site.yaml: first each as it is written, then connected by their names.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::plain_id;
use crate::diag::{Code, Diagnostic};
use crate::load::fields::{Fields, wrong_type};
use crate::load::names::slug;
use crate::load::nearest;
use crate::load::node::Node;
use crate::load::reading::Reading;
use crate::load::time::day;
use crate::load::values::{choice, flag, line, list};
use crate::model::{Component, ComponentId, Dependency, Group, GroupId, Rollup, Strength};
use crate::source::Place;
use crate::yaml::Value;

/// A component as it is written, its names not yet looked up.
#[derive(Debug)]
pub(super) struct Written {
    component: Component,
    group: Option<(String, Place)>,
}

/// Reads the list of components.
pub(super) fn components(node: &Node<'_>, reading: &mut Reading) -> Option<Vec<Written>> {
    let bare = match node.value {
        Value::List(elements) => elements.iter().find_map(|it| Some((node.element(it), it.text()?))),
        Value::Map(entries) => entries.iter().find_map(|it| Some((*node, it.key.text()?))),
        Value::Text(name) => Some((*node, name.as_ref())),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Tagged(_) => None,
    };
    let Some((place, name)) = bare else { return list(component)(node, reading) };
    let id = slug(name);
    let diagnostic = wrong_type(&place, place.value, "a list with an id and a name for each component");
    let id = if id.is_empty() { "component".to_owned() } else { id };
    reading.refuse(diagnostic.help(format!("write each as `- {{id: {id}, name: {name}}}`")))
}

/// Reads one component. What it names may stand further down, so nothing is looked up yet.
pub(super) fn component(node: &Node<'_>, reading: &mut Reading) -> Option<Written> {
    let mut fields = Fields::of(node, reading)?.withholding(&["listed"]);
    let id = fields.require("id", reading, plain_id);
    let name = fields.require("name", reading, line);
    let description = fields.read("description", reading, line);
    let group = fields.read("group", reading, |node, reading| Some((line(node, reading)?, node.place())));
    let since = fields.read("since", reading, day);
    let until = fields.read("until", reading, |it, reading| day_after(since, it, reading));
    let critical = fields.read("critical", reading, flag).unwrap_or_default();
    let listed = fields.read("listed", reading, flag).unwrap_or(true);
    let aliases = fields.read("aliases", reading, list(plain_id)).unwrap_or_default();
    let depends_on = fields.read("depends_on", reading, list(dependency)).unwrap_or_default();
    fields.finish(reading);
    let id = id?;
    let component = Component {
        place: node.place(),
        name: name.unwrap_or_else(|| id.clone()),
        id: ComponentId::new(&id),
        description,
        group: None,
        since,
        until,
        critical,
        listed,
        aliases: aliases.iter().map(|it| ComponentId::new(it)).collect(),
        depends_on,
    };
    Some(Written { component, group })
}

/// A dependency: the id alone, or a map. The id is as it is written, perhaps an alias.
fn dependency(node: &Node<'_>, reading: &mut Reading) -> Option<Dependency> {
    if !matches!(node.value, Value::Map(_)) {
        let component = ComponentId::new(&line(node, reading)?);
        let place = node.place();
        return Some(Dependency {
            place,
            component,
            strength: Strength::Hard,
            via: None,
            since: None,
            until: None,
        });
    }
    let words = [("hard", Strength::Hard), ("soft", Strength::Soft)];
    let mut fields = Fields::of(node, reading)?;
    let component =
        fields.require("component", reading, |node, reading| Some((line(node, reading)?, node.place())));
    let strength = fields.read("strength", reading, choice(&words)).unwrap_or(Strength::Hard);
    let via = fields.read("via", reading, line);
    let since = fields.read("since", reading, day);
    let until = fields.read("until", reading, |it, reading| day_after(since, it, reading));
    fields.finish(reading);
    let (component, place) = component?;
    Some(Dependency { place, component: ComponentId::new(&component), strength, via, since, until })
}

fn day_after(since: Option<Date>, node: &Node<'_>, reading: &mut Reading) -> Option<Date> {
    let until = day(node, reading)?;
    match since {
        Some(since) if until <= since => {
            let message = format!("`until` is {until}, which is not after `since`, {since}");
            reading.refuse(Diagnostic::new(Code::TimeOrder, node.place(), message).help("write a later day"))
        }
        _ => Some(until),
    }
}

/// Looks up what the components name: groups, each other, and the site's `since` for all. Without a
/// list of groups, those that are named are the groups, in that order.
pub(super) fn connect(
    groups: Option<Vec<Group>>,
    written: Vec<Written>,
    since: Option<Date>,
    reading: &mut Reading,
) -> (Vec<Group>, Vec<Component>) {
    let known = names(&written, reading);
    let stated = groups.is_some();
    let mut groups = groups.unwrap_or_default();
    let mut components = Vec::with_capacity(written.len());
    for Written { mut component, group } in written {
        component.since = component.since.or(since);
        component.group = group.and_then(|(name, place)| match find(&groups, &name) {
            Some(id) => Some(id),
            None if stated => unknown_group(&groups, &name, place, reading),
            None => Some(named(&mut groups, &name, place)),
        });
        component.depends_on.retain_mut(|it| resolve(it, &known, reading));
        if component.since.is_none() && component.listed {
            let message = format!("nothing says from when the uptime of `{}` counts", component.id);
            let diagnostic = Diagnostic::new(Code::MissingSince, component.place.clone(), message);
            reading.say(diagnostic.help("add `since:` with a day, here or for the whole site"));
        }
        components.push(component);
    }
    (groups, components)
}

/// All ids and aliases with the id that each means.
fn names(written: &[Written], reading: &mut Reading) -> BTreeMap<String, ComponentId> {
    let mut known: BTreeMap<String, (ComponentId, Place)> = BTreeMap::new();
    let ids = written.iter().map(|it| (&it.component.id, &it.component));
    let aliases =
        written.iter().flat_map(|it| it.component.aliases.iter().map(move |alias| (alias, &it.component)));
    for (name, component) in ids.chain(aliases) {
        match known.get(name.as_str()) {
            Some((_, first)) => {
                let message = format!("two components are named `{name}`");
                let diagnostic = Diagnostic::new(Code::DuplicateId, component.place.clone(), message);
                reading.say(
                    diagnostic.related(first.clone(), "the first").help("give one of them another name"),
                );
            }
            None => {
                known.insert(name.as_str().to_owned(), (component.id.clone(), component.place.clone()));
            }
        }
    }
    known.into_iter().map(|(name, (id, _))| (name, id)).collect()
}

/// Whether what is depended on is known; then its id stands for whatever name was written.
fn resolve(
    dependency: &mut Dependency,
    known: &BTreeMap<String, ComponentId>,
    reading: &mut Reading,
) -> bool {
    let written = dependency.component.as_str();
    if let Some(id) = known.get(written) {
        dependency.component = id.clone();
        return true;
    }
    let message = format!("no component is named `{written}`");
    let diagnostic = Diagnostic::new(Code::UnknownComponent, dependency.place.clone(), message);
    let help = nearest::help(written, known.keys().map(String::as_str), "components");
    reading.say(diagnostic.help(help.unwrap_or_else(|| "add it to `components`".to_owned())));
    false
}

fn find(groups: &[Group], name: &str) -> Option<GroupId> {
    groups.iter().find(|it| it.id.as_str() == name || it.name == name).map(|it| it.id.clone())
}

fn unknown_group(groups: &[Group], name: &str, place: Place, reading: &mut Reading) -> Option<GroupId> {
    let diagnostic = Diagnostic::new(Code::UnknownGroup, place, format!("no group is named `{name}`"));
    let help = nearest::help(name, groups.iter().map(|it| it.id.as_str()), "groups");
    reading.refuse(diagnostic.help(help.unwrap_or_else(|| "add it to `groups`".to_owned())))
}

fn named(groups: &mut Vec<Group>, name: &str, place: Place) -> GroupId {
    let id = GroupId::new(&slug(name));
    if groups.iter().all(|it| it.id != id) {
        let (id, name) = (id.clone(), name.to_owned());
        groups.push(Group { place, id, name, collapsed: false, rollup: Rollup::Worst });
    }
    id
}
