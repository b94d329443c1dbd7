//! Texts that are public, or will be, with something in them that should not be.

use std::collections::BTreeSet;

use super::secret::{Secret, secrets};
use super::spot::spot;
use crate::diag::{Code, Diagnostic};
use crate::model::{Correction, Incident, Link, Postmortem, Project, Prose, Site, Update};
use crate::source::Place;

/// What should not be public in the texts of an incident that readers get to see, or will.
///
/// It is a function of what was written alone, so that it can be remembered.
pub fn exposed_in(site: &Site, incident: &Incident) -> Vec<Diagnostic> {
    told(site, of_incident(incident))
}

/// What should not be public in the descriptions of components and on the pages.
pub fn exposed_around(project: &Project) -> Vec<Diagnostic> {
    told(&project.site, of_site(project))
}

/// Each secret of a file once. A mail address that a text or site.yaml links to is meant to be known.
fn told(site: &Site, texts: Vec<Text>) -> Vec<Diagnostic> {
    let mut said = BTreeSet::new();
    let mut advice = Vec::new();
    for (place, text) in texts {
        for secret in secrets(&text) {
            let is_first = said.insert((place.file.path.clone(), secret.text.clone()));
            let link = format!("mailto:{}", secret.text);
            let is_linked = text.contains(&link) || site.links.iter().any(|it| it.url == link);
            if is_first && !is_linked {
                advice.push(diagnostic(&place, &secret));
            }
        }
    }
    advice
}

/// A text and where it was written.
type Text = (Place, String);

fn of_site(project: &Project) -> Vec<Text> {
    let site = &project.site;
    let components = site.components.iter();
    let described = components.filter_map(|it| Some((it.place.clone(), it.description.clone()?)));
    let pages = project.pages.iter().map(|it| (it.place.clone(), of_prose(&it.body)));
    described.chain(pages).collect()
}

fn of_incident(incident: &Incident) -> Vec<Text> {
    let head = [incident.title.clone(), of_prose(&incident.summary)];
    let mut head: Vec<String> = head.into_iter().chain(incident.workaround.iter().map(of_prose)).collect();
    head.extend(notes(&incident.corrections));
    head.extend(incident.retracted.iter().map(|it| it.note.clone()));
    head.extend(addresses(&incident.links));
    let head = (incident.place.clone(), head.join("\n"));
    let updates = incident.updates.iter().map(of_update);
    std::iter::once(head).chain(updates).chain(incident.postmortem.as_ref().map(of_postmortem)).collect()
}

fn of_update(update: &Update) -> Text {
    let mut parts = vec![of_prose(&update.body)];
    parts.extend(update.title.clone());
    parts.extend(update.workaround.as_ref().map(of_prose));
    parts.extend(notes(&update.corrections));
    parts.extend(update.retracted.iter().map(|it| it.note.clone()));
    (update.place.clone(), parts.join("\n"))
}

/// Owners of actions and internal actions are not among what readers see.
fn of_postmortem(postmortem: &Postmortem) -> Text {
    let Postmortem { root_cause, trigger, contributing_factors, went_well, went_badly, got_lucky, .. } =
        postmortem;
    let lists = [contributing_factors, went_well, went_badly, got_lucky].into_iter().flatten();
    let mut parts: Vec<String> = lists.chain(root_cause).chain(trigger).cloned().collect();
    parts.push(of_prose(&postmortem.body));
    parts.extend(postmortem.timeline.iter().map(|it| it.text.clone()));
    parts.extend(postmortem.actions.iter().filter(|it| !it.internal).map(|it| it.text.clone()));
    parts.extend(postmortem.numbers.iter().map(|it| it.value.clone()));
    parts.extend(notes(&postmortem.corrections));
    parts.extend(addresses(&postmortem.sources));
    (postmortem.place.clone(), parts.join("\n"))
}

/// The words and, in the HTML, the addresses behind them.
fn of_prose(prose: &Prose) -> String {
    format!("{}\n{}", prose.plain, prose.html.at(""))
}

fn notes(corrections: &[Correction]) -> impl Iterator<Item = String> {
    corrections.iter().map(|it| it.note.clone())
}

fn addresses(links: &[Link]) -> impl Iterator<Item = String> {
    links.iter().map(|it| it.url.clone())
}

fn diagnostic(place: &Place, secret: &Secret) -> Diagnostic {
    let message = format!("`{}` is {}, and the text is for the public", secret.text, secret.kind.words());
    Diagnostic::new(Code::NotForPublic, spot(place, &secret.text), message).help(secret.kind.help())
}
