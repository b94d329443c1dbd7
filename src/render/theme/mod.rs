//! A theme: templates, assets and words. `themes/default` is built into the program; the project's
//! `themes/<name>` is laid over it file by file.
//!
//! 1. The files of both are gathered by their paths below the theme's folder, the project's winning.
//! 2. `templates/` is parsed once, all together; `i18n/` becomes the [`Words`]; `assets/` is copied, the further
//!    rules of `more.css` behind those of `style.css`: a page has one style sheet.
//! 3. A theme that cannot be used is told of and replaced by the built-in one, so that the page stays.

mod builtin;
mod fault;
mod printer;
mod squeeze;
mod themes;
mod tokens;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use tera::Context;

use crate::diag::{Checked, Code, Diagnostic};
use crate::source::{Content, Folder, Place, SourceFile};
use crate::words::Words;

use printer::PrinterKey;

pub(super) use printer::Printer;
pub use themes::Themes;
pub use tokens::{Scheme, Tokens};
pub use words::unknown_language;

/// The style sheet, among the assets.
pub(super) const STYLE: &str = "style.css";
/// What a theme adds to the style sheet below it, so that it need not copy all of that.
const MORE: &str = "more.css";

/// What turns views into pages.
#[derive(Debug)]
pub struct Theme {
    pub(super) printer: Arc<Printer>,
    /// The words of the interface.
    pub words: Arc<Words>,
    /// The files to copy, by their path below `theme/` in the output.
    pub assets: BTreeMap<String, Arc<SourceFile>>,
    /// The colours that its style sheet names.
    pub tokens: Tokens,
    /// That of the built-in theme, for pages that a template of this one cannot print.
    pub(super) fallback: Arc<Printer>,
}

/// The files of a theme, by their path below its folder.
type Files = BTreeMap<String, Arc<SourceFile>>;

impl Theme {
    /// The theme `name`, of which the project holds `overlay`, speaking a language.
    pub fn load(overlay: Option<&Folder>, name: &str, language: &str) -> Checked<Theme> {
        let own = Printer::load(&PrinterKey::new(overlay, language));
        let builtin = Printer::load(&PrinterKey::new(None, language));
        Theme::assemble(overlay, name, &own, &builtin)
    }

    /// The theme that is built into the program, speaking a language.
    pub fn builtin(language: &str) -> Theme {
        Theme::load(None, "default", language).value
    }

    /// The theme that prints by its own printer or, where that is wrong, is the built-in one.
    fn assemble(
        overlay: Option<&Folder>,
        name: &str,
        own: &Checked<Option<Arc<Printer>>>,
        builtin: &Checked<Option<Arc<Printer>>>,
    ) -> Checked<Theme> {
        let mut diagnostics = own.diagnostics.clone();
        if overlay.is_none() && name != "default" {
            diagnostics.insert(0, unknown(name));
        }
        diagnostics.extend(overlay.iter().flat_map(|it| unreadable(it)));
        let fallback = builtin.value.as_ref().expect("the tests render every template of the built-in theme");
        let mut files = builtin::files();
        if let (Some(folder), Some(_)) = (overlay, &own.value) {
            gather(folder, "", &mut files);
        }
        let printer = own.value.as_ref().unwrap_or(fallback);
        let mut assets = below(&files, "assets/");
        add_more(&mut assets);
        squeeze(&mut assets);
        let style = assets.get(STYLE).map(|it| String::from_utf8_lossy(it.bytes()));
        let value = Theme {
            printer: Arc::clone(printer),
            words: Arc::clone(&printer.words),
            tokens: Tokens::read(&style.unwrap_or_default()),
            assets,
            fallback: Arc::clone(fallback),
        };
        Checked { value, diagnostics }
    }
}

/// A page by the template of this name. Where the template fails, that of the built-in theme prints the page, and what is
/// wrong is told.
pub(super) fn print(
    (printer, fallback): (&Printer, &Printer),
    template: &str,
    context: &Context,
) -> (Bytes, Option<Box<Diagnostic>>) {
    match printer.print(template, context) {
        Ok(page) => (page, None),
        Err(diag) => (fallback.print(template, context).unwrap_or_default(), Some(diag)),
    }
}

fn unknown(name: &str) -> Diagnostic {
    Diagnostic::without_place(Code::Theme, format!("there is no theme `{name}`"))
        .help(format!("create themes/{name}/, or write `theme: default` in site/site.yaml"))
}

fn gather(folder: &Folder, prefix: &str, files: &mut Files) {
    for (name, file) in folder.files.iter().filter(|(_, file)| is_read(file)) {
        files.insert(format!("{prefix}{name}"), Arc::clone(file));
    }
    for (name, folder) in &folder.folders {
        gather(folder, &format!("{prefix}{name}/"), files);
    }
}

/// The files of a theme that could not be read. In their place stand those of the built-in theme, if it has them.
fn unreadable(folder: &Folder) -> Vec<Diagnostic> {
    let own = folder.files.values().filter(|it| !is_read(it)).map(|file| {
        let message =
            "this file of the theme cannot be read, is too large, or is a link that is not followed";
        Diagnostic::new(Code::Theme, Place::file(file), message)
            .help("put the file itself there, or remove it")
    });
    own.chain(folder.folders.values().flat_map(|it| unreadable(it))).collect()
}

fn is_read(file: &SourceFile) -> bool {
    matches!(file.content, Content::Bytes(_) | Content::Large(_))
}

fn below(files: &Files, prefix: &str) -> Files {
    let matching = files.iter().filter_map(|(path, file)| Some((path.strip_prefix(prefix)?, file)));
    matching.map(|(path, file)| (path.to_owned(), Arc::clone(file))).collect()
}

/// Puts the further rules behind the style sheet.
fn add_more(assets: &mut Files) {
    let Some(more) = assets.remove(MORE) else { return };
    let style = assets.get(STYLE).expect("the built-in theme has one");
    let bytes = [style.bytes(), b"\n", more.bytes()].concat();
    let both = SourceFile { path: style.path.clone(), content: Content::of(bytes) };
    assets.insert(STYLE.to_owned(), Arc::new(both));
}

/// Makes style sheets and scripts as light as they travel.
fn squeeze(assets: &mut Files) {
    for (path, file) in assets {
        let squeezed = std::str::from_utf8(file.bytes()).ok().and_then(|it| squeeze::squeezed(path, it));
        if let Some(text) = squeezed {
            let content = Content::of(text.into_bytes());
            *file = Arc::new(SourceFile { path: file.path.clone(), content });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Level;
    use crate::source::Spot;

    fn project(files: &[(&str, &str)]) -> Folder {
        let mut theme = Folder::default();
        for (path, text) in files {
            let (folder, name) = path.split_once('/').unwrap();
            let file = SourceFile {
                path: format!("themes/house/{path}"),
                content: Content::of(text.as_bytes().to_vec()),
            };
            let folder = theme.folders.entry(folder.to_owned()).or_default();
            Arc::get_mut(folder).unwrap().files.insert(name.to_owned(), Arc::new(file));
        }
        theme
    }

    #[track_caller]
    fn check(files: &[(&str, &str)], said: &[(&str, usize)]) {
        let checked = Theme::load(Some(&project(files)), "house", "en");
        let found: Vec<(String, usize)> = checked
            .diagnostics
            .iter()
            .map(|it| {
                assert_eq!((it.code, it.code.level()), (Code::Theme, Level::Error));
                let place = it.place.as_ref().unwrap();
                let Spot::Bytes(range) = &place.spot else { panic!("{:?}", place.spot) };
                (place.file.path.clone(), range.start)
            })
            .collect();
        let said: Vec<(String, usize)> =
            said.iter().map(|(path, at)| (format!("themes/house/{path}"), *at)).collect();
        assert_eq!(found, said);
    }

    #[test]
    fn a_theme_replaces_single_files_of_the_default() {
        check(&[("templates/404.html", "gone"), ("assets/style.css", "p {}")], &[]);
        let theme = Theme::load(Some(&project(&[("assets/style.css", "p {}")])), "house", "en").value;
        assert_eq!(theme.assets["style.css"].bytes(), b"p {}\n");
        assert!(theme.assets.contains_key("favicon.svg"));
        let theme = Theme::load(Some(&project(&[("templates/404.html", "gone")])), "house", "en").value;
        assert_eq!(&*theme.printer.print("404.html", &Context::new()).unwrap(), b"gone");
    }

    #[test]
    fn further_rules_stand_behind_the_style_sheet_and_can_name_colours_anew() {
        let load = |files: &[(&str, &str)]| Theme::load(Some(&project(files)), "house", "en").value;
        let theme = load(&[("assets/more.css", ":root { --page: #123456; }")]);
        let style = theme.assets["style.css"].bytes();
        assert!(style.starts_with(Theme::builtin("en").assets["style.css"].bytes()));
        assert!(style.ends_with(b"}\n:root { --page: #123456; }\n"));
        assert!(!theme.assets.contains_key("more.css"));
        assert_eq!(theme.tokens.get(Scheme::Light, "page").unwrap().to_string(), "#123456");
        let theme = load(&[("assets/style.css", "p {}"), ("assets/more.css", "a {}")]);
        assert_eq!(theme.assets["style.css"].bytes(), b"p {}\na {}\n");
    }

    #[test]
    fn a_template_that_cannot_be_parsed_is_told_with_its_place() {
        check(&[("templates/404.html", "{% if %}")], &[("templates/404.html", 6)]);
        check(&[("templates/404.html", "a {{ b | nosuch }}")], &[("templates/404.html", 9)]);
    }

    #[test]
    fn all_broken_templates_are_told() {
        let broken = [("templates/404.html", "{% if %}"), ("templates/alias.html", "{{ }}")];
        check(&broken, &[("templates/404.html", 6), ("templates/alias.html", 3)]);
    }

    #[test]
    fn a_template_that_asks_for_what_is_not_there_is_told_with_its_place() {
        let theme =
            Theme::load(Some(&project(&[("templates/404.html", "ab{{ nope }}")])), "house", "en").value;
        let diag = theme.printer.print("404.html", &Context::new()).unwrap_err();
        assert_eq!(diag.place.unwrap().spot, Spot::Bytes(5..9));
    }

    #[test]
    fn a_file_that_cannot_be_read_is_an_error_and_the_built_in_one_stands_in_its_place() {
        let mut folder = project(&[("templates/404.html", "gone")]);
        let file =
            SourceFile { path: "themes/house/templates/404.html".to_owned(), content: Content::OutsideRoot };
        let templates = Arc::get_mut(folder.folders.get_mut("templates").unwrap()).unwrap();
        templates.files.insert("404.html".to_owned(), Arc::new(file));
        let checked = Theme::load(Some(&folder), "house", "en");
        assert_eq!(checked.diagnostics.len(), 1);
        assert_eq!(checked.diagnostics[0].code, Code::Theme);
        assert!(checked.diagnostics[0].message.contains("cannot be read"));
        // The built-in template asks for views; an empty one in its place would ask for nothing.
        assert!(checked.value.printer.print("404.html", &Context::new()).is_err());
    }

    #[test]
    fn an_unknown_theme_is_told() {
        let checked = Theme::load(None, "nosuch", "en");
        assert_eq!(checked.diagnostics[0].message, "there is no theme `nosuch`");
    }
}
