//! The structure of the code, held by a test: who may know whom, and where the world is touched.
//!
//! The table is that of `docs/architecture.md`. To widen it, say why in the commit.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Each module with those it may import, in the order in which data runs.
const MODULES: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("memo", &[]),
    ("yaml", &[]),
    ("emit", &[]),
    ("diag", &["source"]),
    ("model", &["source"]),
    ("snapshot", &["source"]),
    ("markdown", &["source", "model"]),
    ("load", &["source", "diag", "model", "markdown", "memo", "yaml"]),
    ("timeline", &["model"]),
    ("advice", &["source", "diag", "model", "timeline"]),
    ("words", &["source", "diag", "model", "timeline", "yaml"]),
    ("render", &["source", "diag", "model", "markdown", "timeline", "words", "memo", "emit"]),
    (
        "session",
        &["source", "diag", "memo", "model", "load", "timeline", "advice", "words", "render", "emit"],
    ),
    ("watch", &["source", "diag", "snapshot", "emit", "session"]),
    ("cli", &[]),
    (
        "commands",
        &[
            "source", "diag", "model", "snapshot", "load", "timeline", "advice", "words", "render", "emit",
            "session", "watch", "cli",
        ],
    ),
    ("main", &["cli", "commands"]),
];

/// The modules that touch the disk.
const TOUCH_THE_DISK: &[&str] = &["snapshot", "emit", "watch"];

#[test]
fn each_module_imports_only_what_lies_above_it() {
    for (module, file, text) in sources() {
        let Some((_, allowed)) = MODULES.iter().find(|(name, _)| *name == module) else {
            assert_eq!(module, "lib", "{} is in no module of the table", file.display());
            continue;
        };
        assert!(!text.contains("use crate::{"), "{}: one `use` per module", file.display());
        for imported in imports(&text) {
            let known = imported == module || allowed.contains(&imported.as_str());
            assert!(known, "{}: `{module}` must not import `{imported}`", file.display());
        }
    }
}

#[test]
fn the_manual_has_the_same_table() {
    let manual = include_str!("../docs/architecture.md");
    for (module, allowed) in MODULES.iter().filter(|(name, _)| *name != "main") {
        let row = manual.lines().find(|it| it.starts_with(&format!("| `{module}` |")));
        let cells: Vec<&str> = row.unwrap_or_default().split('|').collect();
        let [_, _, _, may_import, _] = cells[..] else { panic!("`{module}` has no row in the manual") };
        let told: BTreeSet<&str> = may_import.split_whitespace().filter(|it| *it != "nothing").collect();
        assert_eq!(told, allowed.iter().copied().collect(), "what `{module}` may import");
    }
}

#[test]
fn only_the_two_ends_touch_the_disk() {
    for (module, file, text) in sources() {
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let touches = ["std::fs", "fs::", "walkdir", "File::"].iter().any(|it| has_word(code, it));
        let allowed = TOUCH_THE_DISK.contains(&module.as_str());
        assert!(allowed || !touches, "{} touches the disk", file.display());
    }
}

#[test]
fn no_file_is_longer_than_anybody_reads() {
    for (_, file, text) in sources() {
        let lines = text.lines().count();
        assert!(lines <= 500, "{} has {lines} lines: look for the second noun", file.display());
    }
}

#[test]
fn each_file_says_what_it_is_for() {
    for (_, file, text) in sources() {
        assert!(text.starts_with("//! "), "{} does not open with `//!`", file.display());
    }
}

/// Each source file with the name of the module it belongs to.
fn sources() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files: Vec<_> = walkdir::WalkDir::new(&root)
        .sort_by_file_name()
        .into_iter()
        .map(|it| it.expect("the sources can be read").into_path())
        .filter(|it| it.extension().is_some_and(|it| it == "rs"))
        .map(|path| {
            let inside = path.strip_prefix(&root).expect("it was found below it");
            let first = inside.components().next().expect("a file has a name");
            let module = first.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned();
            let text = std::fs::read_to_string(&path).expect("sources are UTF-8");
            (module, path, text)
        })
        .collect();
    assert!(10 < files.len(), "the sources were not found");
    files
}

/// The modules that a source names as `crate::name` or `allclear::name`.
fn imports(text: &str) -> BTreeSet<String> {
    let code = text.lines().filter(|it| !it.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let named = |root: &str| {
        code.split(root)
            .skip(1)
            .map(|rest| rest.chars().take_while(|it| it.is_alphanumeric() || *it == '_').collect::<String>())
            .filter(|it| it.starts_with(char::is_lowercase))
            .collect::<Vec<_>>()
    };
    named("crate::").into_iter().chain(named("allclear::")).collect()
}

/// Whether `word` stands in the text and is not the end of a longer one.
fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        !before.is_some_and(|it| it.is_alphanumeric() || it == '_')
    })
}
