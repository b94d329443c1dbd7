//! Public texts that link to documents which are not public: a dead link, and a hint at a secret.

use crate::diag::{Code, Diagnostic};
use crate::model::{IncidentId, LinkTarget, Project, Prose, ProseLink};
use crate::timeline::{Board, Story};

/// Links in public texts to incidents and postmortems that nobody can read yet.
pub(super) fn hidden(project: &Project, board: &Board) -> Vec<Diagnostic> {
    let stories = board.history.iter().flat_map(|it| texts(it));
    let pages = project.pages.iter().map(|it| &it.body);
    stories
        .chain(pages)
        .flat_map(|it| &it.links)
        .filter(|it| is_hidden(it, project, board))
        .map(|link| {
            let message = format!("`{}` links to a document that is not public", link.written);
            Diagnostic::new(Code::HiddenLink, link.place.clone(), message)
                .help("take the link out until the document is public")
        })
        .collect()
}

/// The texts of a story that the public can read.
fn texts(story: &Story) -> Vec<&Prose> {
    let updates = story.updates.iter().map(|it| &it.update(story).body);
    let postmortem = story.incident.postmortem.iter().filter(|_| story.has_postmortem).map(|it| &it.body);
    updates.chain(postmortem).chain([&story.incident.summary]).chain(&story.workaround).collect()
}

/// A document that is nowhere is a dead link, which `load` tells of.
fn is_hidden(link: &ProseLink, project: &Project, board: &Board) -> bool {
    let (name, postmortem) = match &link.target {
        LinkTarget::Incident(name) => (name, false),
        LinkTarget::Postmortem(name) => (name, true),
        LinkTarget::Component(_)
        | LinkTarget::Page(_)
        | LinkTarget::Asset(_)
        | LinkTarget::Output(_)
        | LinkTarget::Nothing(_)
        | LinkTarget::Unsafe(_) => return false,
    };
    let id = IncidentId::new(name);
    let written = project.incidents.binary_search_by(|it| it.id.cmp(&id)).is_ok();
    let story = written.then(|| board.history.iter().find(|it| it.incident.id == id));
    story.is_some_and(|story| story.is_none_or(|it| postmortem && !it.has_postmortem))
}
