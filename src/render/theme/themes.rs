//! Themes that were loaded before.

use std::sync::Arc;

use super::Theme;
use super::printer::{Printer, PrinterKey};
use crate::diag::Checked;
use crate::memo::{ById, Memo};
use crate::source::Folder;

/// Themes that were loaded before, and what they print with.
#[derive(Debug, Default)]
pub struct Themes {
    themes: Memo<ThemeKey, Arc<Checked<Arc<Theme>>>>,
    printers: Memo<PrinterKey, Arc<Checked<Option<Arc<Printer>>>>>,
}

/// All that a theme depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct ThemeKey {
    /// The project's own part of it, where there is one.
    overlay: Option<ById<Folder>>,
    name: String,
    own: ById<Checked<Option<Arc<Printer>>>>,
    builtin: ById<Checked<Option<Arc<Printer>>>>,
}

impl Themes {
    /// The theme `name`, of which the project holds `overlay`, speaking a language.
    pub fn load(&mut self, overlay: Option<&Arc<Folder>>, name: &str, language: &str) -> Checked<Arc<Theme>> {
        let own = self.printers.get(PrinterKey::new(overlay.map(|it| &**it), language), Printer::load);
        let builtin = self.printers.get(PrinterKey::new(None, language), Printer::load);
        let key = ThemeKey {
            overlay: overlay.map(|it| ById(Arc::clone(it))),
            name: name.to_owned(),
            own: ById(own),
            builtin: ById(builtin),
        };
        Checked::clone(&self.themes.get(key, assemble))
    }

    /// Ends a run: what was not asked for since the last end is dropped.
    pub fn end_run(&mut self) {
        self.themes.end_run();
        self.printers.end_run();
    }
}

fn assemble(key: &ThemeKey) -> Arc<Checked<Arc<Theme>>> {
    let overlay = key.overlay.as_ref().map(|it| &*it.0);
    let Checked { value, diagnostics } = Theme::assemble(overlay, &key.name, &key.own.0, &key.builtin.0);
    Arc::new(Checked { value: Arc::new(value), diagnostics })
}
