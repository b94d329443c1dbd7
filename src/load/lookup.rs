//! Readers of what site.yaml names, and of the words for states.

use super::fields::{Fields, entries, wrong_type};
use super::nearest;
use super::node::Node;
use super::reading::Reading;
use super::time::time;
use super::values::{line, percent, plain, unknown};
use crate::diag::{Code, Diagnostic};
use crate::model::{ComponentId, Correction, Declaration, Share, Site, State};
use crate::yaml::Value;

/// The id of a component that is written as its id or one of its aliases.
pub(super) fn component(site: &Site) -> impl Fn(&Node<'_>, &mut Reading) -> Option<ComponentId> {
    move |node, reading| {
        let written = plain(node, reading)?;
        find(site, written).or_else(|| reading.refuse(unknown_component(site, written, node)))
    }
}

/// Components with their states, and from when, if that is said.
pub(super) fn declarations(site: &Site) -> impl Fn(&Node<'_>, &mut Reading) -> Option<Vec<Declaration>> {
    move |node, reading| {
        if let Some(name) = name_alone(node) {
            let diagnostic = wrong_type(node, node.value, "a map of components and states");
            let (name, state) = name.split_once(':').unwrap_or((name, "major_outage"));
            let name = nearest_component(site, name).unwrap_or(name);
            return reading.refuse(diagnostic.help(format!("write `{}: {{{name}: {state}}}`", node.key())));
        }
        let mut found: Vec<Declaration> = Vec::new();
        for (name, value) in entries(node, reading) {
            if *value.value == Value::Null {
                reading.say(without_state(site, name, &value));
                continue;
            }
            let Some(component) = find(site, name) else {
                let mut diagnostic = unknown_component(site, name, &value);
                diagnostic.place = Some(value.key_place());
                reading.say(diagnostic);
                continue;
            };
            let Some((state, since)) = state_since(&value, reading) else { continue };
            if let Some(first) = found.iter().find(|it| it.component == component) {
                let message = format!("`{name}` and an alias of it stand in one map");
                let diagnostic = Diagnostic::new(Code::DuplicateKey, value.key_place(), message);
                reading.say(diagnostic.related(first.place.clone(), "the first").help("keep one of them"));
                continue;
            }
            found.push(Declaration { place: value.place(), component, state, since });
        }
        found.shrink_to_fit();
        Some(found)
    }
}

/// That a component stands without its state, most likely because a space is missing behind the colon.
fn without_state(site: &Site, name: &str, node: &Node<'_>) -> Diagnostic {
    let (component, state) = name.split_once(':').unwrap_or((name, "major_outage"));
    let message = match name.contains(':') {
        true => format!("a space is missing behind the colon in `{name}`"),
        false => format!("`{name}` has no state"),
    };
    let component = nearest_component(site, component).unwrap_or(component);
    Diagnostic::new(Code::UnknownState, node.key_place(), message)
        .help(format!("write `{component}: {state}`"))
}

/// The id of the component that is written as its id, an alias or its name, or nearly so.
fn nearest_component<'a>(site: &'a Site, written: &str) -> Option<&'a str> {
    let named = site.components.iter().find(|it| it.name.eq_ignore_ascii_case(written));
    let ids: Vec<&str> = site.components.iter().map(|it| it.id.as_str()).collect();
    let found = find(site, written).and_then(|id| site.components.iter().find(|it| it.id == id));
    found.or(named).map(|it| it.id.as_str()).or_else(|| nearest::nearest(written, &ids))
}

/// The short forms of states.
const SHORT: [(&str, State); 4] = [
    ("degraded", State::DegradedPerformance),
    ("partial", State::PartialOutage),
    ("major", State::MajorOutage),
    ("maintenance", State::UnderMaintenance),
];

/// A state that something can be in while an incident is open: one of the words or a short form.
pub(super) fn state(node: &Node<'_>, reading: &mut Reading) -> Option<State> {
    let word = plain(node, reading)?;
    let full = State::ALL.into_iter().map(|it| (it.word(), it));
    match full.chain(SHORT).find(|(it, _)| *it == word) {
        Some((_, State::UnderMaintenance)) => {
            let message = "an incident puts nothing under maintenance";
            let diagnostic = Diagnostic::new(Code::WrongKind, node.place(), message);
            reading.refuse(diagnostic.help("announce a maintenance instead, with `kind: maintenance`"))
        }
        Some((_, state)) => Some(state),
        None => {
            let message = format!("no state is named `{word}`");
            reading.refuse(unknown(Code::UnknownState, node, message, nearest_state(word)))
        }
    }
}

/// What to write for a word that is no state: that of an incident that is meant by it or near to it.
fn nearest_state(word: &str) -> Option<String> {
    let meant = match word.to_lowercase().as_str() {
        "down" | "outage" | "offline" => Some(State::MajorOutage),
        "up" | "ok" => Some(State::Operational),
        _ => None,
    };
    if let Some(state) = meant {
        return Some(format!("did you mean `{}`?", state.word()));
    }
    let known: Vec<&str> =
        State::ALL.into_iter().filter(|it| *it != State::UnderMaintenance).map(State::word).collect();
    let all: Vec<&str> = known.iter().copied().chain(SHORT.map(|(word, _)| word)).collect();
    match nearest::nearest(word, &all) {
        Some(nearest) => Some(format!("did you mean `{nearest}`?")),
        None => nearest::help(word, known, "states"),
    }
}

/// How many users, in percent or words.
pub(super) fn share(node: &Node<'_>, reading: &mut Reading) -> Option<Share> {
    if matches!(node.value, Value::List(_)) {
        let diagnostic = wrong_type(node, node.value, "a map with `percent` or `note`");
        return reading
            .refuse(diagnostic.help("write what is affected as `components: {login: major_outage}`"));
    }
    if let Value::Text(written) | Value::Number(written) = node.value {
        let help = match written.trim_end_matches('%').trim_end().parse::<u8>() {
            Ok(percent) => format!("write `{}: {{percent: {percent}}}`", node.key()),
            Err(_) => format!("write `{}: {{note: {written}}}`", node.key()),
        };
        return reading.refuse(wrong_type(node, node.value, "a map with `percent` or `note`").help(help));
    }
    let mut fields = Fields::of(node, reading)?;
    let share =
        Share { percent: fields.read("percent", reading, percent), note: fields.read("note", reading, line) };
    fields.finish(reading);
    Some(share)
}

/// A dated remark.
pub(super) fn correction(node: &Node<'_>, reading: &mut Reading) -> Option<Correction> {
    let mut fields = Fields::of(node, reading)?;
    let at = fields.require("at", reading, time);
    let note = fields.require("note", reading, line);
    fields.finish(reading);
    Some(Correction { at: at?, note: note? })
}

/// The first name where components stand without their states.
fn name_alone<'a>(node: &Node<'a>) -> Option<&'a str> {
    let name = match node.value {
        Value::Text(name) => Some(name.as_ref()),
        Value::List(names) => names.first().and_then(|it| it.text()),
        _ => None,
    };
    name.filter(|it| *it != "all")
}

fn state_since(node: &Node<'_>, reading: &mut Reading) -> Option<(State, Option<jiff::Timestamp>)> {
    if !matches!(node.value, Value::Map(_)) {
        return Some((state(node, reading)?, None));
    }
    let mut fields = Fields::of(node, reading)?;
    let state = fields.require("state", reading, state);
    let since = fields.read("since", reading, time);
    fields.finish(reading);
    Some((state?, since))
}

fn find(site: &Site, name: &str) -> Option<ComponentId> {
    let named = |it: &&crate::model::Component| {
        it.id.as_str() == name || it.aliases.iter().any(|alias| alias.as_str() == name)
    };
    site.components.iter().find(named).map(|it| it.id.clone())
}

fn unknown_component(site: &Site, written: &str, node: &Node<'_>) -> Diagnostic {
    let known = site.components.iter().map(|it| it.id.as_str());
    let help = nearest::help(written, known, "components")
        .unwrap_or_else(|| "see `components` in site/site.yaml".to_owned());
    let message = format!("no component is named `{written}`");
    unknown(Code::UnknownComponent, node, message, Some(help))
}
