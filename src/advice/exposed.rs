//! Texts that are public, or will be, with something in them that should not be.

use std::collections::BTreeSet;

use super::secret::{Secret, secrets};
use super::shown::{self, Text};
use super::spot::spot;
use crate::diag::{Code, Diagnostic};
use crate::model::{Incident, Project, Site};
use crate::source::Place;

/// What should not be public in the texts of an incident that readers get to see, or will.
///
/// It is a function of what was written alone, so that it can be remembered.
pub fn exposed_in(site: &Site, incident: &Incident) -> Vec<Diagnostic> {
    told(site, shown::of_incident(site, incident))
}

/// What should not be public in what site.yaml says and on the pages.
pub fn exposed_around(project: &Project) -> Vec<Diagnostic> {
    told(&project.site, shown::of_site(project))
}

/// Each secret of a file once. A mail address that a text or site.yaml links to is meant to be known.
fn told(site: &Site, texts: Vec<Text>) -> Vec<Diagnostic> {
    let mut said = BTreeSet::new();
    let mut advice = Vec::new();
    for (place, text) in texts {
        for secret in secrets(&text) {
            let written = &text[secret.bytes.clone()];
            let is_first = said.insert((place.file.path.clone(), written.to_owned()));
            let link = format!("mailto:{written}");
            let is_linked = text.contains(&link) || site.links.iter().any(|it| it.url == link);
            if is_first && !is_linked {
                advice.push(diagnostic((&place, &text), &secret));
            }
        }
    }
    advice
}

fn diagnostic((place, text): (&Place, &str), secret: &Secret) -> Diagnostic {
    let written = &text[secret.bytes.clone()];
    let message = format!("`{written}` is {}, and the text is for the public", secret.kind.words());
    let place = spot(place, text, secret.bytes.clone());
    Diagnostic::new(Code::NotForPublic, place, message).help(secret.kind.help())
}
