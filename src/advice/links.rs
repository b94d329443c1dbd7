//! Public texts that link to documents which are not public: a dead link, and a hint at a secret.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Matter;
use crate::diag::{Code, Diagnostic};
use crate::model::{LinkTarget, Prose, ProseLink};
use crate::timeline::Story;

/// The links to incidents and postmortems in the texts of a story that the public can read.
pub(super) fn to_documents(story: &Story) -> Vec<ProseLink> {
    texts(story).flat_map(|it| &it.links).filter(|it| document(it).is_some()).cloned().collect()
}

/// Links in public texts to incidents and postmortems that nobody can read yet.
pub(super) fn hidden(matter: &Matter<'_>) -> Vec<Diagnostic> {
    let secrets = Secrets::of(matter);
    let linking = matter.remarked().flat_map(|(story, it)| it.links.iter().map(move |link| (story, link)));
    let mut in_stories: Vec<_> = linking.filter(|(_, link)| secrets.hold(link)).collect();
    in_stories.sort_by(|(one, _), (other, _)| super::newest_first(one).cmp(&super::newest_first(other)));
    let on_pages = matter.project.pages.iter().flat_map(|it| &it.body.links);
    let on_pages = on_pages.filter(|it| secrets.hold(it));
    in_stories
        .into_iter()
        .map(|(_, link)| link)
        .chain(on_pages)
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

/// What was written and is not public.
struct Secrets<'a> {
    matter: &'a Matter<'a>,
    /// The incidents without a story, which are few. The others, which are many, are not looked into for it.
    untold: BTreeSet<&'a str>,
}

impl<'a> Secrets<'a> {
    fn of(matter: &'a Matter<'a>) -> Self {
        let all = matter.project.incidents.iter().zip(matter.stories);
        let untold = all.filter(|(_, story)| story.is_none()).map(|(it, _)| it.id.as_str()).collect();
        Secrets { matter, untold }
    }

    /// Whether a link leads to one. A document that is nowhere is a dead link, which `load` tells of.
    fn hold(&self, link: &ProseLink) -> bool {
        match document(link) {
            None => false,
            Some(Document::Incident(name)) => self.untold.contains(name),
            Some(Document::Postmortem(name)) => {
                self.untold.contains(name) || self.story(name).is_some_and(|it| !it.has_postmortem)
            }
        }
    }

    fn story(&self, name: &str) -> Option<&Arc<Story>> {
        let place = self.matter.project.incidents.binary_search_by(|it| it.id.as_str().cmp(name)).ok()?;
        self.matter.stories[place].as_ref()
    }
}
