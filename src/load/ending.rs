//! What the ending of a file's name says: whether somebody may have written an incident into the file.

use super::names::{beside, move_command};
use crate::diag::{Code, Diagnostic};
use crate::source::{Content, Place, SourceFile};
use std::sync::Arc;

/// The endings of files that people write text into, in any case.
const TEXT: [&str; 6] = ["md", "yaml", "yml", "json", "txt", "markdown"];
/// The names of files that tell people about the files beside them, as repositories have them.
const ABOUT_FILES: [&str; 5] = ["readme", "contributing", "license", "changelog", "codeowners"];

/// Whether a file has an ending that people give to text.
pub(super) fn is_text(name: &str) -> bool {
    split(name).is_some()
}

/// The name without the endings that people give to text: `x` of `x.md`, `X.YAML` is `X`, `x.yaml.txt` is `x`.
pub(super) fn stem(name: &str) -> &str {
    match split(name) {
        Some((stem, "md" | "yaml")) => stem,
        Some((rest, _)) => stem(rest),
        None => name,
    }
}

/// Whether a document of this name is Markdown; none if it is neither that nor YAML, whatever its case.
pub(super) fn is_markdown(name: &str) -> Option<bool> {
    match split(name)?.1.to_lowercase().as_str() {
        "md" | "markdown" => Some(true),
        "yaml" | "yml" => Some(false),
        _ => None,
    }
}

/// Whether a document of this name is Markdown, or may be: some editors add `.txt`.
pub(super) fn may_be_markdown(name: &str) -> bool {
    split(name).is_some_and(|(_, it)| is_markdown(name) == Some(true) || it.eq_ignore_ascii_case("txt"))
}

/// Whether a file tells people about the files beside it. One that begins with keys tells of an incident.
pub(super) fn is_about_files(file: &SourceFile) -> bool {
    let stem = file.name().split('.').next().unwrap_or_default();
    ABOUT_FILES.iter().any(|it| it.eq_ignore_ascii_case(stem)) && !file.bytes().starts_with(b"---")
}

/// Whether what stands in a file may be lost to readers because the file cannot be read.
pub(super) fn is_lost(file: &SourceFile) -> bool {
    match file.content {
        Content::Bytes(_) | Content::Large(_) | Content::TooLarge { .. } => false,
        Content::OutsideRoot
        | Content::PrivateTarget { .. }
        | Content::Unreadable { .. }
        | Content::UnreadableName => true,
    }
}

/// That a file which may be an incident has an ending under which it is none.
pub(super) fn misnamed(file: &Arc<SourceFile>) -> Diagnostic {
    let right = right_name(file);
    let message = match right.starts_with('_') {
        true => format!("`{}` is not read: an incident is a folder, a .yaml or a .md file", file.name()),
        false => format!("`{}` must be named `{right}`", file.name()),
    };
    let help = move_command(&file.path, &beside(&file.path, &right));
    Diagnostic::new(Code::InvalidName, Place::file(file), message).help(help)
}

/// The name that the content asks for; of what is no incident, one that is passed over.
fn right_name(file: &SourceFile) -> String {
    let stem = stem(file.name());
    match is_markdown(file.name()) {
        Some(true) => format!("{stem}.md"),
        Some(false) => format!("{stem}.yaml"),
        None if file.bytes().starts_with(b"---") => format!("{stem}.md"),
        None if file.name().to_lowercase().ends_with(".json") || has_title(file) => format!("{stem}.yaml"),
        None => format!("_{}", file.name()),
    }
}

/// Whether a line gives a title, as that of an incident in YAML does.
fn has_title(file: &SourceFile) -> bool {
    file.bytes().split(|it| *it == b'\n').any(|it| it.starts_with(b"title:"))
}

fn split(name: &str) -> Option<(&str, &str)> {
    let (stem, ending) = name.rsplit_once('.')?;
    let is_text = !stem.is_empty() && TEXT.iter().any(|it| it.eq_ignore_ascii_case(ending));
    is_text.then_some((stem, ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stem_has_no_ending_that_people_give_to_text() {
        for (name, expected) in [
            ("x.md", "x"),
            ("X.YAML", "X"),
            ("x.yaml.txt", "x"),
            ("x.v2.md", "x.v2"),
            ("x.yaml.md", "x.yaml"),
            ("2020", "2020"),
            ("x.png", "x.png"),
        ] {
            assert_eq!(stem(name), expected);
        }
    }

    #[track_caller]
    fn check(name: &str, text: &str, right: &str) {
        let content = Content::of(text.as_bytes().to_vec());
        assert_eq!(right_name(&SourceFile { path: format!("incidents/{name}"), content }), right);
    }

    #[test]
    fn the_right_name_follows_from_ending_and_content() {
        check("a.yml", "", "a.yaml");
        check("a.YAML", "", "a.yaml");
        check("a.markdown", "", "a.md");
        check("a.json", "{}", "a.yaml");
        check("a.yaml.txt", "title: A\n", "a.yaml");
        check("a.txt", "---\ntitle: A\n---\n", "a.md");
        check("notes.txt", "Remember the milk.\n", "_notes.txt");
    }
}
