//! What people change, and where it is seen.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// A file that is saved again and again, each time with another word in it.
pub(crate) struct Edit {
    pub(crate) name: &'static str,
    pub(crate) path: PathBuf,
    /// Where the word is seen.
    pub(crate) page: String,
    /// What it held before; none of a file that is new each time, and removed in between.
    pub(crate) before: Option<String>,
    with_word: fn(before: &str, word: &str) -> String,
}

impl Edit {
    /// The text with a word.
    pub(crate) fn text(&self, word: &str) -> String {
        (self.with_word)(self.before.as_deref().unwrap_or_default(), word)
    }
}

/// Puts what the theme's edits change into the project, as somebody does who makes the theme their own.
pub(crate) fn bring_theme(root: &Path) -> Result<()> {
    let builtin = Path::new(env!("CARGO_MANIFEST_DIR"));
    for path in [STYLE, BASE, COMPONENT] {
        let target = root.join(path);
        fs::create_dir_all(target.parent().context("it lies in the theme")?)?;
        fs::copy(builtin.join(path), target)?;
    }
    Ok(())
}

const STYLE: &str = "themes/default/assets/style.css";
const BASE: &str = "themes/default/templates/base.html";
const COMPONENT: &str = "themes/default/templates/component.html";
const SITE: &str = "site/site.yaml";

/// All edits of a generated project: first what a responder does, then what somebody does who tends the page.
pub(crate) fn all(root: &Path) -> Result<Vec<Edit>> {
    let folders = folders(root)?;
    let (old, open) =
        folders.first().zip(folders.last()).context("the project has no incident in a folder")?;
    let updates = open.join("updates");
    let page = |folder: &Path| format!("incidents/{}.html", folder.file_name().unwrap_or_default().display());
    let last_update = fs::read_dir(&updates)?.map(|it| Ok(it?.path())).collect::<Result<Vec<_>>>()?;
    let last_update = last_update.into_iter().max().context("the open incident has no update")?;
    let beside = open.parent().context("an incident lies in a folder")?;
    let add = |name, path: PathBuf, page, with_word| Edit { name, path, page, before: None, with_word };
    let change = |name, path: PathBuf, page: &str, with_word| -> Result<Edit> {
        let before = Some(fs::read_to_string(&path)?);
        Ok(Edit { name, path, page: page.to_owned(), before, with_word })
    };
    let last_page = page(old);
    let component = "components/storefront.html";
    Ok(vec![
        add("an update more", updates.join("20260601T1155Z-update-hanae.md"), page(open), update),
        change("an update's text", last_update, &page(open), appended)?,
        add(
            "an incident more",
            beside.join("2026-06-01-1150-new.yaml"),
            page(Path::new("2026-06-01-1150-new")),
            incident,
        ),
        change("an old incident's title", old.join("incident.yaml"), &page(old), titled)?,
        change("site.yaml, a description", root.join(SITE), component, described)?,
        change("site.yaml, the title", root.join(SITE), &last_page, titled)?,
        change("the template of components", root.join(COMPONENT), component, in_block)?,
        change("the template of all pages", root.join(BASE), &last_page, in_body)?,
        change("the style sheet", root.join(STYLE), "theme/style.css", ruled)?,
    ])
}

/// The incidents that are folders, oldest first.
fn folders(root: &Path) -> Result<Vec<PathBuf>> {
    let mut folders = Vec::new();
    for entry in walkdir::WalkDir::new(root.join("incidents")) {
        let entry = entry?;
        if entry.file_name() == "incident.yaml" {
            folders.extend(entry.path().parent().map(Path::to_owned));
        }
    }
    folders.sort();
    Ok(folders)
}

fn update(_: &str, word: &str) -> String {
    format!(
        "---\nnext_update: 6h\nauthor: hanae\n---\nThe repair {word} runs on half of all machines. Orders are placed as \
         usual there, and the others follow within the hour. Baskets are kept, and nobody is charged twice.\n"
    )
}

fn appended(before: &str, word: &str) -> String {
    format!("{before}\nWe call this {word} among ourselves.\n")
}

fn incident(_: &str, word: &str) -> String {
    format!(
        "title: Slow pages in {word}\ncomponents: {{storefront: degraded_performance}}\nupdates:\n  \
         - {{at: 2026-06-01T11:50Z, status: investigating, next_update: 6h, body: We are looking into it.}}\n"
    )
}

fn titled(before: &str, word: &str) -> String {
    before.replacen("title: ", &format!("title: {word} "), 1)
}

fn described(before: &str, word: &str) -> String {
    before.replacen("description: \"", &format!("description: \"{word} "), 1)
}

fn in_block(before: &str, word: &str) -> String {
    before_last(before, "{% endblock", &format!("<p>{word}</p>\n"))
}

fn in_body(before: &str, word: &str) -> String {
    before_last(before, "</body>", &format!("<p>{word}</p>\n"))
}

fn ruled(before: &str, word: &str) -> String {
    format!("{before}.{word} {{ color: inherit; }}\n")
}

fn before_last(text: &str, mark: &str, more: &str) -> String {
    let (head, tail) = text.split_at(text.rfind(mark).unwrap_or(text.len()));
    format!("{head}{more}{tail}")
}
