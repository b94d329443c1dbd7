//! What is to be said to the author of the files, and how it is printed.
//!
//! A diagnostic is made where the mistake is noticed, with a [`Place`]; many are gathered in one
//! [`Checked`]; a printer turns them into text, JSON or GitHub's annotations.

mod code;
mod excerpt;
pub mod print;
mod visible;

pub use code::{Code, Level};
pub use excerpt::{Excerpt, Line};
pub use visible::{quoted, visible, visible_lines};

use crate::source::Place;

/// One thing to say of the files.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// What kind of thing; decides its level.
    pub code: Code,
    /// What is, in the words of the file: lowercase, no full stop, names in backticks.
    pub message: String,
    /// Where it is; nowhere for what concerns the project as a whole.
    pub place: Option<Place>,
    /// Other places that matter: the twin of a duplicate, the steps of a cycle.
    pub related: Vec<(Place, String)>,
    /// What to write instead.
    pub help: Option<String>,
}

impl Diagnostic {
    /// Something to say of a place.
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        Diagnostic { code, message: message.into(), place: Some(place), related: Vec::new(), help: None }
    }

    /// Something to say of the project as a whole.
    pub fn without_place(code: Code, message: impl Into<String>) -> Self {
        Diagnostic { code, message: message.into(), place: None, related: Vec::new(), help: None }
    }

    /// Adds what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds another place that matters, and why.
    #[must_use]
    pub fn related(mut self, place: Place, why: impl Into<String>) -> Self {
        self.related.push((place, why.into()));
        self
    }

    /// Whether the text has to change before a build accepts it.
    pub fn is_error(&self) -> bool {
        self.code.level() == Level::Error
    }
}

/// A value and what is to be said of where it came from.
#[derive(Clone, Debug, Default)]
pub struct Checked<T> {
    /// What could be made of it.
    pub value: T,
    /// What is to be said, in the order it was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Checked<T> {
    /// A value of which nothing is to be said.
    pub fn clean(value: T) -> Self {
        Checked { value, diagnostics: Vec::new() }
    }

    /// The value; what was to be said of it is moved to `diagnostics`.
    pub fn into_value(self, diagnostics: &mut Vec<Diagnostic>) -> T {
        diagnostics.extend(self.diagnostics);
        self.value
    }
}
