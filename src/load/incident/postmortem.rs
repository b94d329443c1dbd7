//! postmortem.md: its front matter and its narrative.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diag::{Code, Diagnostic};
use crate::load::document::{self, Head};
use crate::load::fields::Fields;
use crate::load::lookup::correction;
use crate::load::node::Node;
use crate::load::reading::Reading;
use crate::load::time::{day, time};
use crate::load::values::{choice, flag, line, link, list, url};
use crate::markdown::{self, Outline};
use crate::model::{
    Action, ActionKind, ActionStatus, Detection, EventKind, Figure, Postmortem, PostmortemEvent,
    PostmortemStatus, PostmortemTimes, Prose,
};
use crate::source::{Place, SourceFile};

const STATUS: [(&str, PostmortemStatus); 3] = [
    ("draft", PostmortemStatus::Draft),
    ("review", PostmortemStatus::Review),
    ("published", PostmortemStatus::Published),
];
const DETECTION: [(&str, Detection); 3] =
    [("monitoring", Detection::Monitoring), ("users", Detection::Users), ("staff", Detection::Staff)];
const EVENT: [(&str, EventKind); 6] = [
    ("trigger", EventKind::Trigger),
    ("detect", EventKind::Detect),
    ("escalate", EventKind::Escalate),
    ("mitigate", EventKind::Mitigate),
    ("resolve", EventKind::Resolve),
    ("note", EventKind::Note),
];
const ACTION_KIND: [(&str, ActionKind); 4] = [
    ("prevent", ActionKind::Prevent),
    ("detect", ActionKind::Detect),
    ("mitigate", ActionKind::Mitigate),
    ("process", ActionKind::Process),
];
const ACTION_STATUS: [(&str, ActionStatus); 4] = [
    ("open", ActionStatus::Open),
    ("in_progress", ActionStatus::InProgress),
    ("done", ActionStatus::Done),
    ("dropped", ActionStatus::Dropped),
];

/// Reads a postmortem. One with a mistake is left out whole: half a postmortem would be another one.
pub(super) fn read(file: &Arc<SourceFile>, reading: &mut Reading) -> Option<Postmortem> {
    let before = reading.errors();
    let document = document::markdown(file, reading)?;
    let mut postmortem = match &document.head {
        Head::Read(yaml) => keys(file, &yaml.root(), reading)?,
        Head::Broken => return None,
        Head::Absent => {
            let message = "this postmortem has no front matter, so it is a draft";
            let diagnostic = Diagnostic::new(Code::UnmarkedDraft, Place::file(file), message);
            reading.say(diagnostic.help("begin with a line `---`, then `status: draft`, then a line `---`"));
            draft(file)
        }
    };
    let place = Place::bytes(file, document.body.clone());
    postmortem.body =
        markdown::prose(&document.text[document.body.clone()], &place, Outline::Part, "postmortem");
    Some(postmortem).filter(|_| reading.errors() == before)
}

fn keys(file: &Arc<SourceFile>, root: &Node<'_>, reading: &mut Reading) -> Option<Postmortem> {
    let mut fields = Fields::of(root, reading)?.withholding(&["status", "published_at"]);
    let status = fields.require("status", reading, choice(&STATUS));
    let mut lines =
        |key: &'static str, reading: &mut Reading| fields.read(key, reading, list(line)).unwrap_or_default();
    let authors = lines("authors", reading);
    let contributing_factors = lines("contributing_factors", reading);
    let went_well = lines("went_well", reading);
    let went_badly = lines("went_badly", reading);
    let got_lucky = lines("got_lucky", reading);
    let mut timeline = fields.read("timeline", reading, list(event)).unwrap_or_default();
    timeline.sort_by_key(|it| it.at);
    let postmortem = Postmortem {
        place: Place::file(file),
        status: status.unwrap_or(PostmortemStatus::Draft),
        authors,
        published_at: fields.read("published_at", reading, time),
        times: fields.read("times", reading, times).unwrap_or_default(),
        root_cause: fields.read("root_cause", reading, line),
        trigger: fields.read("trigger", reading, line),
        detection: fields.read("detection", reading, choice(&DETECTION)),
        contributing_factors,
        went_well,
        went_badly,
        got_lucky,
        timeline,
        actions: fields.read("actions", reading, actions).unwrap_or_default(),
        numbers: fields.read("numbers", reading, list(figure)).unwrap_or_default(),
        sources: fields.read("sources", reading, list(link)).unwrap_or_default(),
        corrections: fields.read("corrections", reading, list(correction)).unwrap_or_default(),
        body: Prose::default(),
    };
    fields.finish(reading);
    Some(postmortem)
}

/// A draft that says nothing.
fn draft(file: &Arc<SourceFile>) -> Postmortem {
    Postmortem {
        place: Place::file(file),
        status: PostmortemStatus::Draft,
        authors: Vec::new(),
        published_at: None,
        times: PostmortemTimes::default(),
        root_cause: None,
        trigger: None,
        detection: None,
        contributing_factors: Vec::new(),
        went_well: Vec::new(),
        went_badly: Vec::new(),
        got_lucky: Vec::new(),
        timeline: Vec::new(),
        actions: Vec::new(),
        numbers: Vec::new(),
        sources: Vec::new(),
        corrections: Vec::new(),
        body: Prose::default(),
    }
}

fn times(node: &Node<'_>, reading: &mut Reading) -> Option<PostmortemTimes> {
    let mut fields = Fields::of(node, reading)?;
    let times = PostmortemTimes {
        detected_at: fields.read("detected_at", reading, time),
        acknowledged_at: fields.read("acknowledged_at", reading, time),
        mitigated_at: fields.read("mitigated_at", reading, time),
    };
    fields.finish(reading);
    Some(times)
}

fn event(node: &Node<'_>, reading: &mut Reading) -> Option<PostmortemEvent> {
    let mut fields = Fields::of(node, reading)?;
    let at = fields.require("at", reading, time);
    let kind = fields.read("kind", reading, choice(&EVENT)).unwrap_or(EventKind::Note);
    let text = fields.require("text", reading, line);
    fields.finish(reading);
    Some(PostmortemEvent { at: at?, kind, text: text? })
}

/// The actions, each id once.
fn actions(node: &Node<'_>, reading: &mut Reading) -> Option<Vec<Action>> {
    let mut firsts: BTreeMap<String, Place> = BTreeMap::new();
    let mut actions = list(action)(node, reading)?;
    actions.retain(|(action, place)| match firsts.get(&action.id) {
        None => firsts.insert(action.id.clone(), place.clone()).is_none(),
        Some(first) => {
            let message = format!("two actions have the id `{}`", action.id);
            let diagnostic = Diagnostic::new(Code::DuplicateId, place.clone(), message);
            reading.say(diagnostic.related(first.clone(), "the first").help("give one another `id`"));
            false
        }
    });
    Some(actions.into_iter().map(|(it, _)| it).collect())
}

fn action(node: &Node<'_>, reading: &mut Reading) -> Option<(Action, Place)> {
    let mut fields = Fields::of(node, reading)?.withholding(&["internal"]);
    let id = fields.require("id", reading, |node, reading| Some((line(node, reading)?, node.place())));
    let text = fields.require("text", reading, line);
    let kind = fields.read("kind", reading, choice(&ACTION_KIND));
    let owner = fields.read("owner", reading, line);
    let priority = fields.read("priority", reading, line);
    let status = fields.read("status", reading, choice(&ACTION_STATUS)).unwrap_or(ActionStatus::Open);
    let due = fields.read("due", reading, day);
    let link = fields.read("link", reading, url);
    let internal = fields.read("internal", reading, flag).unwrap_or_default();
    fields.finish(reading);
    let (id, place) = id?;
    Some((Action { id, text: text?, kind, owner, priority, status, due, link, internal }, place))
}

fn figure(node: &Node<'_>, reading: &mut Reading) -> Option<Figure> {
    let mut fields = Fields::of(node, reading)?;
    let label = fields.require("label", reading, line);
    let value = fields.require("value", reading, line);
    let source = fields.read("source", reading, url);
    fields.finish(reading);
    Some(Figure { label: label?, value: value?, source })
}
