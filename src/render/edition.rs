//! What all pages of a site are printed with: its words, its templates, and what stands around every page.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use bytes::Bytes;
use tera::Value;

use super::theme::{self, Printer, Theme};
use super::view::{PageOf, ShellView, Voice};
use crate::diag::Diagnostic;
use crate::memo::ById;
use crate::model::Site;

/// What all pages of a site are printed with. Compared by identity: pages of one edition differ by what they show.
#[derive(Debug)]
pub(super) struct Edition {
    pub(super) site: Arc<Site>,
    printer: Arc<Printer>,
    /// For pages that a template cannot print.
    fallback: Arc<Printer>,
    /// What stands around every page, as templates take it.
    shell: Value,
}

/// All that an edition depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct EditionKey {
    printer: ById<Printer>,
    fallback: ById<Printer>,
    site: ById<Site>,
    shell: ShellView,
}

impl EditionKey {
    /// Of a site in a theme, of which its style sheets and pictures do not matter.
    pub(super) fn new(theme: &Theme, site: &Arc<Site>, shell: ShellView) -> Self {
        EditionKey {
            printer: ById(Arc::clone(&theme.printer)),
            fallback: ById(Arc::clone(&theme.fallback)),
            site: ById(Arc::clone(site)),
            shell,
        }
    }
}

/// All that depends on one thing, as it is printed in an edition.
#[derive(Debug)]
pub(super) struct InEdition<T> {
    pub(super) edition: ById<Edition>,
    pub(super) of: ById<T>,
}

/// A printed page, and what was wrong with its template: then the built-in theme has printed it.
#[derive(Clone, Debug)]
pub(super) struct Printed {
    pub(super) path: Arc<str>,
    pub(super) bytes: Bytes,
    pub(super) fault: Option<Arc<Diagnostic>>,
}

impl Edition {
    /// The edition of a key.
    pub(super) fn of(key: &EditionKey) -> ById<Edition> {
        ById(Arc::new(Edition {
            site: Arc::clone(&key.site.0),
            printer: Arc::clone(&key.printer.0),
            fallback: Arc::clone(&key.fallback.0),
            shell: Value::from_serializable(&key.shell),
        }))
    }

    /// How facts are said in it.
    pub(super) fn voice(&self) -> Voice<'_> {
        Voice { site: &self.site, words: &self.printer.words }
    }

    /// The page at `path`.
    pub(super) fn print(&self, path: &str, page: &PageOf) -> Printed {
        let printers = (&*self.printer, &*self.fallback);
        let (bytes, fault) = theme::print(printers, page.body.template(), &page.context(&self.shell));
        Printed { path: path.into(), bytes, fault: fault.map(|it| Arc::new(*it)) }
    }
}

impl<T> InEdition<T> {
    /// Of this thing.
    pub(super) fn of(edition: &ById<Edition>, of: &Arc<T>) -> Self {
        InEdition { edition: edition.clone(), of: ById(Arc::clone(of)) }
    }

    /// How facts are said of it.
    pub(super) fn voice(&self) -> Voice<'_> {
        self.edition.0.voice()
    }
}

// Derived, these would ask the same of the thing.
impl<T> Clone for InEdition<T> {
    fn clone(&self) -> Self {
        InEdition { edition: self.edition.clone(), of: self.of.clone() }
    }
}

impl<T> PartialEq for InEdition<T> {
    fn eq(&self, other: &Self) -> bool {
        self.edition == other.edition && self.of == other.of
    }
}

impl<T> Eq for InEdition<T> {}

impl<T> Hash for InEdition<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.edition.hash(state);
        self.of.hash(state);
    }
}
