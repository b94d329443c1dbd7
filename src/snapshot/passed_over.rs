//! Names that are nobody's message: hidden files, and what editors, merges and desktops leave.

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

/// Whether a file that is passed over is, by its name, the head of an incident that somebody or some program
/// set aside: `_incident.yaml`, `incident.yaml.orig`. Without its head an incident looks public.
pub(super) fn is_head(name: &str) -> bool {
    let ends = ["~", ".tmp", ".orig", ".bak", "#", "___jb_tmp___", "___jb_old___"];
    let name = name.trim_start_matches(['.', '_', '#']).to_lowercase();
    let name = ends.iter().find_map(|it| name.strip_suffix(it)).unwrap_or(&name);
    let endings = ["yaml", "yml", "md", "markdown", "json"];
    name.split_once('.').is_some_and(|(stem, ending)| stem == "incident" && endings.contains(&ending))
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
            assert!(is_passed_over(name) && is_head(name), "{name}");
        }
        for name in [".incident.yaml.swp", ".#incident.yaml.1", "_updates", "a.md~", "_incident-notes.yaml"] {
            assert!(!is_head(name), "{name}");
        }
    }
}
