//! Names that are nobody's message: hidden files, and what editors, merges and desktops leave.

use crate::source;

/// Whether an entry of this name is passed over, file or folder.
pub(super) fn is_passed_over(name: &str) -> bool {
    name.starts_with(['.', '_']) || is_temporary(name)
}

/// Whether a program would leave a file of this name without being asked: vi tries `4913`, Emacs locks with
/// `#name#`, JetBrains writes beside the file, a merge keeps `.orig`, Windows describes folders.
fn is_temporary(name: &str) -> bool {
    let ends = ["~", ".swp", ".swo", ".swx", ".tmp", ".orig", ".bak", "___jb_tmp___", "___jb_old___"];
    let between_hashes = name.len() > 1 && name.starts_with('#') && name.ends_with('#');
    matches!(name, "4913" | "Thumbs.db" | "desktop.ini")
        || between_hashes
        || ends.iter().any(|it| name.ends_with(it))
}

/// Whether a file that is passed over may be, by its name, the head of an incident that somebody or some program set
/// aside: `_incident.yaml`, `2020-07-10-login.yaml.orig`. Without its head an incident looks public.
pub(super) fn may_be_head(name: &str) -> bool {
    let name = source::without_marks(name);
    let endings = ["yaml", "yml", "md", "markdown", "json"];
    let has_ending =
        name.rsplit_once('.').is_some_and(|(_, it)| endings.contains(&it.to_lowercase().as_str()));
    has_ending && !is_update(name)
}

/// Whether a name begins with a time, as those of updates do.
fn is_update(name: &str) -> bool {
    let bytes = name.as_bytes();
    bytes.get(8) == Some(&b'T') && bytes[..8].iter().all(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_and_temporary_names_are_passed_over() {
        let editors = ["a.md~", ".a.md.swp", "a.swp", "#a.md#", "4913", "a.md___jb_tmp___"];
        let others = [".git", "_drafts", "a.md.orig", "a.md.bak", "Thumbs.db", "desktop.ini"];
        for name in editors.into_iter().chain(others) {
            assert!(is_passed_over(name), "{name}");
        }
    }

    #[test]
    fn other_names_are_read() {
        for name in ["a.md", "49130", "#1.md", "#", "a_b.md", "tmp", "a~b", "bak.md"] {
            assert!(!is_passed_over(name), "{name}");
        }
    }

    #[test]
    fn a_head_that_was_set_aside_is_told_from_what_editors_leave_beside_one() {
        for name in ["_incident.yaml", ".incident.md", "incident.yaml.orig", "incident.md~", "#Incident.yml#"]
        {
            assert!(is_passed_over(name) && may_be_head(name), "{name}");
        }
        for name in
            [".incident.yaml.swp", ".#incident.yaml.1", "_updates", "20200710T1048Z.md~", "_notes.txt"]
        {
            assert!(!may_be_head(name), "{name}");
        }
    }
}
