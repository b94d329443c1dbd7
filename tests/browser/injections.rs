//! The list of injections, and which of them the format lets into which kind of field.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// The texts of `injections.txt`.
pub(crate) fn all() -> Vec<String> {
    let lines = include_str!("injections.txt").lines();
    lines.filter(|it| !it.is_empty() && !it.starts_with("# ")).map(unescaped).collect()
}

/// What the format asks of a text depends on where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    /// A line of text: a title, a name, a note.
    Line,
    /// Markdown.
    Prose,
    /// An address.
    Address,
    /// A region in reports.csv.
    Region,
    /// The id of an incident, which is the name of its file.
    Incident,
    /// The words at the end of the name of an update's file.
    Update,
    /// The name of a file in site/assets.
    Asset,
}

impl Field {
    pub(crate) const ALL: [Field; 7] = [
        Field::Line,
        Field::Prose,
        Field::Address,
        Field::Region,
        Field::Incident,
        Field::Update,
        Field::Asset,
    ];

    /// The file that tries a text: its path below a folder of its own, and what is in it.
    fn trial(self, text: &str) -> (String, String) {
        let file = |path: &str, text: String| (path.to_owned(), text);
        match self {
            Field::Line => {
                file("incident.yaml", format!("title: {}\nstarted_at: 2026-03-01T10:00Z\n", quoted(text)))
            }
            Field::Prose => {
                // In YAML a control character can be escaped, so that it is taken out before Markdown is read.
                let both = format!("---\nworkaround: {}\n---\n{text}", quoted(text));
                file("updates/20260301T1000Z-update.md", both)
            }
            Field::Address => {
                file("incident.yaml", format!("{HEAD}links: [{{title: T, url: {}}}]", quoted(text)))
            }
            Field::Region => file("reports.csv", format!("at,region,count\n2026-03-01T10:00Z,{text},1\n")),
            Field::Incident => (format!("{text}.yaml"), HEAD.to_owned()),
            Field::Update => (format!("updates/20260301T1000Z-update-{text}.md"), "T".to_owned()),
            Field::Asset => (text.to_owned(), String::new()),
        }
    }

    fn folder(self) -> &'static str {
        if self == Field::Asset { "site/assets" } else { "incidents" }
    }
}

/// The head of an incident that readers see.
const HEAD: &str = "title: T\nstarted_at: 2026-03-01T10:00Z\n";

/// The texts that may stand in a field of this kind; of all others the program says what is wrong with them.
pub(crate) fn accepted(field: Field, texts: &[String]) -> Vec<String> {
    let project = tempfile::tempdir().unwrap();
    put(project.path(), "site/site.yaml", "title: T\nurl: https://status.example.com\ncomponents: []\n");
    put(project.path(), "incidents/.gitkeep", "");
    let written = |(index, text): (usize, &String)| {
        let (path, content) = field.trial(text);
        // A name with a slash is another path, and one with a NUL, or none at all, is no name.
        let named =
            !matches!(field, Field::Incident | Field::Update | Field::Asset) || !text.contains(['/', '\0']);
        if field == Field::Region {
            put(project.path(), &format!("incidents/{index}/incident.yaml"), HEAD);
        }
        (named && put(project.path(), &format!("{}/{index}/{path}", field.folder()), &content))
            .then_some(index)
    };
    let written: Vec<usize> = texts.iter().enumerate().filter_map(written).collect();
    let refused = refused(project.path());
    written.into_iter().filter(|it| !refused.contains(it)).map(|it| texts[it].clone()).collect()
}

/// The numbers of the folders in which the program finds an error.
fn refused(project: &Path) -> BTreeSet<usize> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_allclear"));
    command.args(["check", "--format", "json", "--at", "2026-03-10T12:00Z", "--root"]).arg(project);
    let output = command.output().unwrap();
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let errors = found["diagnostics"].as_array().unwrap().iter().filter(|it| it["level"] == "error");
    let folder = |it: &Value| {
        assert!(it["help"].is_string(), "an error without a way out: {it}");
        let file = it["file"].as_str().unwrap_or_else(|| panic!("an error without a place: {it}"));
        let inside = file.strip_prefix("incidents/").or_else(|| file.strip_prefix("site/assets/"));
        let index = inside.and_then(|it| it.split('/').next()).and_then(|it| it.parse().ok());
        index.unwrap_or_else(|| panic!("an error elsewhere: {it}"))
    };
    errors.map(folder).collect()
}

/// Writes a file and says whether the system takes its name.
pub(crate) fn put(root: &Path, path: &str, content: &str) -> bool {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).is_ok()
}

/// Text as a value of YAML, on one line and in ASCII.
pub(crate) fn quoted(text: &str) -> String {
    let escaped = text.chars().map(|it| match it {
        '"' | '\\' => format!("\\{it}"),
        ' '..='~' => it.to_string(),
        _ => format!("\\U{:08x}", u32::from(it)),
    });
    format!("\"{}\"", escaped.collect::<String>())
}

fn unescaped(line: &str) -> String {
    let mut parts = line.split("\\u{");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let (code, rest) = part.split_once('}').expect("an escape ends");
        let code = u32::from_str_radix(code, 16).expect("an escape is a number");
        format!("{text}{}{rest}", char::from_u32(code).expect("it is the number of a character"))
    })
}
