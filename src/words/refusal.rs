//! Why an entry of a list of words cannot be used.

use super::OWN;
use crate::diag::{Code, Diagnostic};
use crate::source::Place;

/// Why an entry cannot be used.
#[derive(Debug)]
pub(super) enum Refusal {
    /// No words have this key.
    Unknown(String),
    /// What depends on a number is said without its forms, or the reverse.
    OtherForm(String),
    /// The forms lack the one that serves all other numbers.
    NoOther(String),
    /// A form that the language does not have.
    Form { form: &'static str, known: Vec<&'static str> },
    /// A value that is no text.
    NotText(String),
    /// A word that chooses one of a few ways, and names none of them.
    Choice { written: String, known: Vec<&'static str> },
    /// A name that nothing is filled in for.
    Placeholder { extra: String, known: Vec<String> },
}

impl Refusal {
    /// The reason, told at the place of the entry.
    pub(super) fn at(self, place: Place) -> Diagnostic {
        let say = |message: String| Diagnostic::new(Code::Theme, place.clone(), message);
        match self {
            Refusal::Unknown(key) => say(format!("nothing reads the words `{key}`"))
                .help(format!("words for templates of your own stand below `{OWN}`")),
            Refusal::OtherForm(key) => say(format!("`{key}` has another form in the built-in words"))
                .help("write `one` and `other` for what depends on a number, and a text else"),
            Refusal::NoOther(key) => say(format!("`{key}` lacks the form `other`"))
                .help("add `other:`, for all numbers that have no form of their own"),
            Refusal::Form { form, known } => say(format!("the language has no form `{form}`"))
                .help(format!("its `plural` knows {}", quoted(&known))),
            Refusal::NotText(key) => say(format!("`{key}` is no text")).help("put it in quotes"),
            Refusal::Choice { written, known } => {
                say(format!("`{written}` is no choice here")).help(format!("write one of {}", quoted(&known)))
            }
            Refusal::Placeholder { extra, known } => {
                let diag = say(format!("nothing is filled in for `{{{extra}}}`"));
                match known.is_empty() {
                    true => diag.help("these words have nothing that is filled in"),
                    false => diag.help(format!("what is filled in here: {}", known.join(", "))),
                }
            }
        }
    }
}

fn quoted(words: &[&str]) -> String {
    words.iter().map(|it| format!("`{it}`")).collect::<Vec<_>>().join(", ")
}
