//! Printers: the same diagnostics for people, for programs, and for GitHub's pages.

mod github;
mod human;
mod json;

pub use github::github;
pub use human::{Look, human};
pub use json::json;

/// How many diagnostics people are shown before the rest is only counted.
pub const MOST_PRINTED: usize = 50;
