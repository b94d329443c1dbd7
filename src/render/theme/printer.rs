//! The part of a theme that pages are printed with: its templates and words. Its style sheets can change without it.

use std::sync::Arc;

use bytes::Bytes;
use tera::{Context, Tera};

use super::{Files, below, builtin, fault, gather, words};
use crate::diag::{Checked, Diagnostic};
use crate::memo::ById;
use crate::render::svg;
use crate::source::Folder;
use crate::words::Words;

/// Templates, and the words that they and the views speak.
#[derive(Debug)]
pub(in crate::render) struct Printer {
    tera: Tera,
    pub(in crate::render) words: Arc<Words>,
    /// What the templates were made from, to point at what is wrong in them.
    sources: Files,
}

/// All that a printer depends on: what the project has of its own, and the language.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct PrinterKey {
    pub(super) templates: Option<ById<Folder>>,
    pub(super) words: Option<ById<Folder>>,
    pub(super) language: String,
}

impl PrinterKey {
    /// Of a theme of which the project holds `overlay`.
    pub(super) fn new(overlay: Option<&Folder>, language: &str) -> Self {
        let inside = |name| overlay.and_then(|it| it.folders.get(name)).map(|it| ById(Arc::clone(it)));
        PrinterKey { templates: inside("templates"), words: inside("i18n"), language: language.to_owned() }
    }
}

impl Printer {
    /// The printer of a key; none where something in its files is wrong.
    pub(super) fn load(key: &PrinterKey) -> Arc<Checked<Option<Arc<Printer>>>> {
        let mut files = builtin::files();
        for (folder, prefix) in [(&key.templates, "templates/"), (&key.words, "i18n/")] {
            folder.iter().for_each(|it| gather(&it.0, prefix, &mut files));
        }
        let mut diagnostics = Vec::new();
        let words = words::read(&files, &key.language).into_value(&mut diagnostics);
        let sources = below(&files, "templates/");
        let tera = parse(&sources, &words).unwrap_or_else(|found| {
            diagnostics.extend(found);
            Tera::new()
        });
        let sound = !diagnostics.iter().any(Diagnostic::is_error);
        let printer = sound.then(|| Arc::new(Printer { tera, words: Arc::new(words), sources }));
        Arc::new(Checked { value: printer, diagnostics })
    }

    /// A page by the template of this name, or what is wrong with that.
    pub(super) fn print(&self, template: &str, context: &Context) -> Result<Bytes, Box<Diagnostic>> {
        let mut page = Vec::with_capacity(16 << 10);
        match self.tera.render_to(template, context, &mut page) {
            Ok(()) => Ok(Bytes::copy_from_slice(&page)),
            Err(err) => Err(Box::new(fault::diagnostic(&err, &self.sources))),
        }
    }
}

fn parse(templates: &Files, words: &Words) -> Result<Tera, Vec<Diagnostic>> {
    let mut diagnostics = Vec::new();
    let mut texts = Vec::new();
    for (name, file) in templates {
        match std::str::from_utf8(file.bytes()) {
            Ok(text) => texts.push((name.as_str(), text)),
            Err(_) => diagnostics.push(fault::not_text(file)),
        }
    }
    let mut tera = Tera::new();
    tera.autoescape_on([".html", ".xml", ".svg"]);
    tera.global_context().insert("words", &words::for_templates(words));
    tera.global_context().insert("icons", &svg::sprite());
    match tera.add_raw_templates(texts.iter().copied()) {
        Ok(()) if diagnostics.is_empty() => Ok(tera),
        Ok(()) => Err(diagnostics),
        Err(err) => {
            diagnostics.extend(fault::diagnostics(&err, templates));
            Err(diagnostics)
        }
    }
}
