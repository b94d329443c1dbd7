//! Names that are read from files and from the names of files: what an id may be, and the command that
//! mends a name.

use unicode_normalization::UnicodeNormalization;

use crate::markdown::is_stray;

/// The longest id of an incident, in bytes: a file system takes 255 for a name, with its ending.
const LONGEST: usize = 200;

/// Whether `id` can be the id of a component, a group or a page.
pub(super) fn is_plain_id(id: &str) -> bool {
    let letters = id.bytes().all(|it| matches!(it, b'a'..=b'z' | b'0'..=b'9' | b'-'));
    letters && !id.is_empty() && id.len() <= 80
}

/// Whether `id` can be an incident's: a name that every file system and address takes.
pub(super) fn is_incident_id(id: &str) -> bool {
    let odd = |it: char| is_stray(it) || it.is_whitespace() || "/\\<>:\"'`|?*#%&".contains(it);
    !id.is_empty()
        && id.len() <= LONGEST
        && !id.contains(odd)
        && !id.ends_with('.')
        && !id.starts_with(['.', '_'])
}

/// A name in the form that is stored and shown.
pub(super) fn normal(name: &str) -> String {
    name.nfc().collect()
}

/// What two names share that some file systems or readers would take for one.
pub(super) fn confusable(name: &str) -> String {
    name.nfc().flat_map(char::to_lowercase).nfc().collect()
}

/// A plain id made of a name's letters and digits; empty where it has none.
pub(super) fn slug(name: &str) -> String {
    let plain = name.nfkd().filter(char::is_ascii).flat_map(char::to_lowercase);
    let dashed: String = plain.map(|it| if it.is_ascii_alphanumeric() { it } else { '-' }).collect();
    let words: Vec<&str> = dashed.split('-').filter(|it| !it.is_empty()).collect();
    words.join("-").chars().take(80).collect()
}

/// The command that renames a file, to be run in the project's root.
pub(super) fn move_command(from: &str, to: &str) -> String {
    format!("mv {} {}", quoted(from), quoted(to))
}

/// The path of `name` beside the file at `path`.
pub(super) fn beside(path: &str, name: &str) -> String {
    match path.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{name}"),
        None => name.to_owned(),
    }
}

fn quoted(path: &str) -> String {
    let plain = |it: char| it.is_alphanumeric() || "/._-+".contains(it);
    let dashed = if path.starts_with('-') { format!("./{path}") } else { path.to_owned() };
    if dashed.chars().all(plain) { dashed } else { format!("'{}'", dashed.replace('\'', "'\\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slug_holds_what_an_id_may() {
        for (name, expected) in
            [("Smart speakers", "smart-speakers"), ("Café & Bar", "cafe-bar"), ("日本", "")]
        {
            assert_eq!(slug(name), expected);
        }
    }

    #[test]
    fn ids_stay_within_the_output() {
        for id in ["2020-07-10-login", "störung", "日本", "a.b", "A_b"] {
            assert!(is_incident_id(id), "{id}");
        }
        for id in ["", "..", ".a", "a/b", "a b", "a\u{1}", "a.", "a#b", "a%20b", &"x".repeat(201)] {
            assert!(!is_incident_id(id), "{id}");
        }
    }

    #[test]
    fn a_name_in_two_unicode_forms_is_one() {
        assert_eq!(confusable("Sto\u{308}rung"), confusable("st\u{f6}rung"));
    }

    #[test]
    fn a_command_can_be_pasted() {
        assert_eq!(move_command("a/b c.md", "a/it's.md"), r"mv 'a/b c.md' 'a/it'\''s.md'");
    }
}
