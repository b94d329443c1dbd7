//! Ids for machines: twelve characters that stay for ever.
//!
//! They are derived from the first name of a thing, and of an update from its [`UpdateKey`]; never from a text or a
//! place, so that a mended text changes none of them, and never from anything that is not shown, so that nothing can
//! be guessed and then confirmed by an id. The form is that of Atlassian's Statuspage.

use xxhash_rust::xxh3::xxh3_128;

use super::update_key::{UpdateKey, update_keys};
use crate::model::{Component, GroupId, Incident, Site, Status};
use crate::timeline::{Cause, Entry, Story};

const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
const LENGTH: usize = 12;

/// The id of what these names identify together: twelve characters of `[0-9a-z]`.
pub(super) fn ident(names: &[&str]) -> String {
    // No name holds this character, so none can run into the next.
    let mut rest = xxh3_128(names.join("\0").as_bytes());
    let digit = |_| {
        let digit = DIGITS[usize::try_from(rest % 36).expect("it is below 36")];
        rest /= 36;
        char::from(digit)
    };
    (0..LENGTH).map(digit).collect()
}

/// Whether a text has the form of an id.
pub fn is_ident(text: &str) -> bool {
    text.len() == LENGTH && text.bytes().all(|it| DIGITS.contains(&it))
}

/// The id of the page as a whole.
pub(super) fn of_page(site: &Site) -> String {
    ident(&["page", &site.url])
}

/// The id of a component, by its first name.
pub(super) fn of_component(component: &Component) -> String {
    own("component", component.aliases.first().unwrap_or(&component.id).as_str())
}

/// The id of a group.
pub(super) fn of_group(group: &GroupId) -> String {
    own("group", group.as_str())
}

/// The id of an incident, maintenance or notice, by its first name.
pub(super) fn of_incident(incident: &Incident) -> String {
    own("incident", incident.aliases.first().unwrap_or(&incident.id).as_str())
}

/// The ids of a story's updates, in their order.
pub(super) fn of_updates(story: &Story) -> Vec<String> {
    let incident = of_incident(&story.incident);
    let id = |it: UpdateKey| {
        let (second, number) = (it.second.to_string(), it.number.to_string());
        ident(&["update", &incident, &second, it.status, &number])
    };
    update_keys(story).into_iter().map(id).collect()
}

/// The ids of a story's entries. The clock may do the same thing twice; of the other entries without an update there is
/// one of each.
pub(super) fn of_entries(story: &Story, entries: &[Entry]) -> Vec<String> {
    let (incident, updates) = (of_incident(&story.incident), of_updates(story));
    let id = |entry: &Entry| match entry.cause {
        Cause::Update(index) => updates[index].clone(),
        Cause::Clock => {
            let status = entry.status.map_or("", Status::word);
            ident(&["clock", &incident, status, &entry.at.as_second().to_string()])
        }
        Cause::Head => ident(&["head", &incident]),
        Cause::Ended => ident(&["ended", &incident]),
        Cause::Postmortem => ident(&["postmortem", &incident]),
        Cause::Withdrawn => ident(&["withdrawn", &incident]),
    };
    entries.iter().map(id).collect()
}

/// A name that has the form of an id is one: history that was imported keeps the ids that clients know.
fn own(kind: &str, name: &str) -> String {
    if is_ident(name) { name.to_owned() } else { ident(&[kind, name]) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn an_id_has_twelve_characters_and_is_the_same_everywhere() {
        assert_eq!(ident(&["incident", "2020-07-10-login-cascade"]), "dhgmy7wqu4ph");
        let many: BTreeSet<String> = (0..10_000).map(|it| ident(&["incident", &it.to_string()])).collect();
        assert_eq!(many.len(), 10_000);
        assert!(many.iter().all(|it| it.len() == LENGTH && it.bytes().all(|it| DIGITS.contains(&it))));
    }

    #[test]
    fn names_do_not_run_into_each_other() {
        assert_ne!(ident(&["a", "bc"]), ident(&["ab", "c"]));
    }

    #[test]
    fn a_name_that_has_the_form_of_an_id_is_one() {
        assert_eq!(own("incident", "p31zjtct2jer"), "p31zjtct2jer");
        assert_ne!(own("incident", "P31zjtct2jer"), "P31zjtct2jer");
        assert_ne!(own("incident", "login"), own("component", "login"));
    }
}
