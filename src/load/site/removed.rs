//! Which incidents were removed on purpose, and why.

use crate::diag::{Code, Diagnostic};
use crate::load::fields::Fields;
use crate::load::names::{is_incident_id, normal};
use crate::load::node::Node;
use crate::load::reading::Reading;
use crate::load::values::{line, list, plain};
use crate::model::{IncidentId, Removal};

/// What `removed` says.
pub(super) fn removed(node: &Node<'_>, reading: &mut Reading) -> Option<Vec<Removal>> {
    let mut removed: Vec<Removal> = Vec::new();
    for removal in list(removal)(node, reading)? {
        match removed.iter().find(|it| it.id == removal.id) {
            Some(first) => reading.say(twice(first, &removal)),
            None => removed.push(removal),
        }
    }
    Some(removed)
}

fn removal(node: &Node<'_>, reading: &mut Reading) -> Option<Removal> {
    let mut fields = Fields::of(node, reading)?;
    let id = fields.require("id", reading, id);
    let note = fields.require("note", reading, line);
    fields.finish(reading);
    Some(Removal { place: node.place(), id: id?, note: note? })
}

fn id(node: &Node<'_>, reading: &mut Reading) -> Option<IncidentId> {
    let id = normal(plain(node, reading)?);
    if is_incident_id(&id) {
        return Some(IncidentId::new(&id));
    }
    let message = format!("`{id}` cannot be the id of an incident");
    let diagnostic = Diagnostic::new(Code::InvalidName, node.place(), message);
    reading.refuse(diagnostic.help("write the name that its folder or file had, without the ending"))
}

fn twice(first: &Removal, again: &Removal) -> Diagnostic {
    let message = format!("`{}` is removed twice", again.id);
    let diagnostic = Diagnostic::new(Code::DuplicateId, again.place.clone(), message);
    diagnostic.related(first.place.clone(), "the first").help("keep one of them")
}

#[cfg(test)]
mod tests {
    use crate::load::testing::{SITE, folder, said};
    use crate::load::{Memory, project};

    /// What is said of a site with this `removed`, and which incidents it takes for removed.
    #[track_caller]
    fn check(removed: &str, expected: &[&str], ids: &[&str]) {
        let site = format!("{SITE}removed: {removed}\n");
        let head = "title: T\nstarted_at: 2026-01-01T00:00Z\naliases: [old]\n";
        let files = [("site/site.yaml", site.as_str()), ("incidents/there.yaml", head)];
        let loaded = project(&folder(&files), &mut Memory::default());
        assert_eq!(said(&loaded), expected);
        let removed = loaded.project.map(|it| it.removed).unwrap_or_default();
        assert_eq!(removed.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(), ids);
    }

    #[test]
    fn an_incident_without_a_file_is_removed() {
        check("[{id: gone, note: It was a test.}]", &[], &["gone"]);
    }

    #[test]
    fn what_has_a_file_or_is_an_alias_is_not_removed() {
        for name in ["there", "old"] {
            let message = format!("`{name}` is said to be removed, and incidents/there.yaml has that name");
            let help = format!("remove incidents/there.yaml, or take `{name}` out of `removed`");
            let expected = format!("site/site.yaml: still-there 8:11 {message} | {help}");
            check(&format!("[{{id: {name}, note: N}}]"), &[&expected], &[]);
        }
    }

    #[test]
    fn an_id_that_no_incident_can_have_is_refused() {
        let help = "write the name that its folder or file had, without the ending";
        let expected =
            format!("site/site.yaml: invalid-name 8:16 `../x` cannot be the id of an incident | {help}");
        check("[{id: ../x, note: N}]", &[&expected], &[]);
    }
}
