//! Public texts that link to documents which are not public: a dead link, and a hint at a secret.

use super::Matter;
use crate::diag::{Code, Diagnostic};
use crate::model::{IncidentId, LinkTarget, Prose, ProseLink};
use crate::timeline::Story;

/// The links to incidents and postmortems in the texts of a story that the public can read.
pub(super) fn to_documents(story: &Story) -> Vec<ProseLink> {
    texts(story).flat_map(|it| &it.links).filter(|it| document(it).is_some()).cloned().collect()
}

/// Links in public texts to incidents and postmortems that nobody can read yet.
pub(super) fn hidden(matter: &Matter<'_>) -> Vec<Diagnostic> {
    let mut linking: Vec<_> = matter.remarked().filter(|(_, it)| !it.links.is_empty()).collect();
    linking.sort_by(|(one, _), (other, _)| super::newest_first(one).cmp(&super::newest_first(other)));
    let in_stories = linking.into_iter().flat_map(|(_, it)| &it.links);
    let on_pages = matter.project.pages.iter().flat_map(|it| &it.body.links);
    in_stories
        .chain(on_pages)
        .filter(|it| is_hidden(it, matter))
        .map(|link| {
            let message = format!("`{}` links to a document that is not public", link.written);
            Diagnostic::new(Code::HiddenLink, link.place.clone(), message)
                .help("take the link out until the document is public")
        })
        .collect()
}

/// The texts of a story that the public can read.
fn texts(story: &Story) -> impl Iterator<Item = &Prose> {
    let updates = story.updates.iter().map(|it| &it.update(story).body);
    let postmortem = story.incident.postmortem.iter().filter(|_| story.has_postmortem).map(|it| &it.body);
    updates.chain(postmortem).chain([&story.incident.summary]).chain(&story.workaround)
}

/// A document that a link may lead to.
enum Document<'a> {
    Incident(&'a str),
    Postmortem(&'a str),
}

fn document(link: &ProseLink) -> Option<Document<'_>> {
    match &link.target {
        LinkTarget::Incident(name) => Some(Document::Incident(name)),
        LinkTarget::Postmortem(name) => Some(Document::Postmortem(name)),
        LinkTarget::Component(_)
        | LinkTarget::Page(_)
        | LinkTarget::Asset(_)
        | LinkTarget::Output(_)
        | LinkTarget::Nothing(_)
        | LinkTarget::Unsafe(_) => None,
    }
}

/// A document that is nowhere is a dead link, which `load` tells of.
fn is_hidden(link: &ProseLink, matter: &Matter<'_>) -> bool {
    let (name, postmortem) = match document(link) {
        None => return false,
        Some(Document::Incident(name)) => (name, false),
        Some(Document::Postmortem(name)) => (name, true),
    };
    let id = IncidentId::new(name);
    let place = matter.project.incidents.binary_search_by(|it| it.id.cmp(&id));
    let story = place.ok().map(|it| matter.stories[it].as_ref());
    story.is_some_and(|it| it.is_none_or(|it| postmortem && !it.has_postmortem))
}
