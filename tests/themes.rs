//! The contract with themes, `docs/themes.md`, held against the views and the templates.
//!
//! Each view is a struct whose fields have a sentence each. The manual repeats them, so that themes can
//! be written without reading Rust; what it repeats is made from the code here and must stand in it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write;
use std::path::{Path, PathBuf};

/// A view as its source declares it.
struct View {
    name: String,
    text: String,
    fields: Vec<Field>,
}

struct Field {
    name: String,
    of: String,
    text: String,
}

#[test]
fn the_manual_tells_every_field_of_every_view() {
    let views = views();
    let (pages, parts): (Vec<&View>, Vec<&View>) = views.iter().partition(|it| it.text.starts_with('`'));
    assert!(10 < pages.len() && 10 < parts.len(), "views are found by how they are written");
    let mut expected = String::from("## Views of pages\n\n");
    expected.extend(pages.into_iter().map(section));
    expected += "## Views within them\n\n";
    expected.extend(parts.into_iter().map(section));
    check(&expected);
}

#[test]
fn the_manual_tells_every_component() {
    let mut expected =
        String::from("## Components\n\n| file | components | what they print |\n|---|---|---|\n");
    for file in files("themes/default/templates/parts") {
        let text = std::fs::read_to_string(&file).unwrap();
        let about =
            text.strip_prefix("{# ").and_then(|it| it.split_once(" #}")).expect("it says what it is").0;
        let name = file.file_name().unwrap().to_str().unwrap();
        let components = text.split("{% component ").skip(1);
        let signatures: Vec<String> =
            components.map(|it| format!("`{}`", it.split(" -%}").next().unwrap())).collect();
        writeln!(expected, "| `parts/{name}` | {} | {about} |", signatures.join(", ")).unwrap();
    }
    check(&expected);
}

#[track_caller]
fn check(expected: &str) {
    let manual = std::fs::read_to_string(root().join("docs/themes.md")).unwrap();
    assert!(manual.contains(expected.trim_end()), "docs/themes.md should hold\n\n{expected}");
}

fn section(view: &View) -> String {
    let mut text = format!("### {}\n{}\n\n| field | what it is | |\n|---|---|---|\n", view.name, view.text);
    for Field { name, of, text: about } in &view.fields {
        writeln!(text, "| `{name}` | {of} | {about} |").unwrap();
    }
    text + "\n"
}

fn views() -> Vec<View> {
    let sources = files("src/render/view").into_iter().map(|it| std::fs::read_to_string(it).unwrap());
    sources.flat_map(|source| views_of(&source)).collect()
}

fn views_of(source: &str) -> Vec<View> {
    let mut views = Vec::new();
    let mut comment = String::new();
    let mut view: Option<View> = None;
    let mut is_view = false;
    for line in source.lines().map(str::trim) {
        if let Some(text) = line.strip_prefix("/// ") {
            comment += if comment.is_empty() { "" } else { " " };
            comment += text;
        } else if line.starts_with("#[derive(") {
            is_view = line.contains("Serialize");
        } else if let Some(name) = line.strip_prefix("pub struct ").filter(|_| is_view) {
            let (name, text) = (shown(name.split([' ', '{']).next().unwrap()), std::mem::take(&mut comment));
            view = Some(View { name, text, fields: Vec::new() });
            if line.ends_with("{}") {
                views.extend(view.take());
            }
        } else if let (Some(view), Some(field)) = (&mut view, line.strip_prefix("pub ")) {
            let (name, of) = field.trim_end_matches(',').split_once(": ").unwrap();
            let text = std::mem::take(&mut comment);
            view.fields.push(Field { name: name.to_owned(), of: kind(of), text });
        } else if line == "}" {
            views.extend(view.take());
            comment.clear();
        } else if view.is_none() {
            comment.clear();
        }
    }
    views
}

/// A type in the manual's words.
fn kind(of: &str) -> String {
    let inside = |prefix: &str| of.strip_prefix(prefix).and_then(|it| it.strip_suffix('>'));
    if let Some(inner) = inside("Option<") {
        return format!("{} or none", kind(inner));
    }
    if let Some(inner) = inside("Vec<") {
        return format!("list of {}", kind(inner));
    }
    // A theme cannot tell what is shared from what is not.
    if let Some(inner) = inside("ById<") {
        return kind(inner);
    }
    match of {
        "String" | "&'static str" => "text".to_owned(),
        "Markup" => "markup".to_owned(),
        "bool" => "true or false".to_owned(),
        "u64" | "i8" => "number".to_owned(),
        view => format!("[{}](#{})", shown(view), shown(view).to_lowercase()),
    }
}

fn shown(name: &str) -> String {
    name.strip_suffix("View").unwrap_or(name).to_owned()
}

fn files(folder: &str) -> Vec<PathBuf> {
    let all = walkdir::WalkDir::new(root().join(folder)).sort_by_file_name().into_iter().map(Result::unwrap);
    all.filter(|it| it.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
