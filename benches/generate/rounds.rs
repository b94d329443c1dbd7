//! What incidents look like: twenty plans that come again and again for ten years.

use Form::{Folder, Markdown, MarkdownHead, Yaml};
use Kind::{Incident, Maintenance, Notice};

/// What an incident is by its form, whatever it is about.
#[derive(Clone, Copy)]
pub(super) struct Plan {
    pub(super) kind: Kind,
    pub(super) form: Form,
    pub(super) updates: usize,
    pub(super) has_postmortem: bool,
    /// The newest ones are open, still ahead, or still shown.
    pub(super) is_open: bool,
}

/// What it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Incident,
    Maintenance,
    Notice,
}

/// How it is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A folder with a file an update, and the head in YAML.
    Folder,
    /// The same with a head in Markdown.
    MarkdownHead,
    Yaml,
    Markdown,
}

/// Kind, form and number of updates, a hundred in all, the newest first.
const ROUND: [(Kind, Form, usize); 20] = [
    (Incident, Folder, 5),
    (Incident, Folder, 7),
    (Incident, Folder, 4),
    (Maintenance, Yaml, 3),
    (Notice, Yaml, 1),
    (Incident, Folder, 6),
    (Incident, MarkdownHead, 5),
    (Incident, Yaml, 3),
    (Incident, Folder, 5),
    (Incident, Markdown, 4),
    (Incident, Folder, 7),
    (Incident, Folder, 6),
    (Maintenance, Folder, 5),
    (Incident, Folder, 5),
    (Incident, Folder, 9),
    (Incident, Yaml, 4),
    (Incident, MarkdownHead, 5),
    (Incident, Folder, 6),
    (Incident, Markdown, 4),
    (Incident, Folder, 6),
];
/// The places in the round of those with a postmortem.
const EXAMINED: [usize; 2] = [5, 14];
/// How many of the newest are open: three incidents, a maintenance and a notice.
const OPEN: usize = 5;

/// The plan of the incident that has so many newer than itself.
pub(super) fn plan(age: usize) -> Plan {
    let place = age % ROUND.len();
    let (kind, form, updates) = ROUND[place];
    Plan { kind, form, updates, has_postmortem: EXAMINED.contains(&place), is_open: age < OPEN }
}
