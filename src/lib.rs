//! Allclear turns a git repository of small files into a status page.
//!
//! Data runs one way, and each module knows only those above it:
//!
//! ```text
//! snapshot → load → Project → timeline → Board → render → Tree → emit
//! ```
//!
//! [`session::Session::build`] is that way. `docs/architecture.md` tells the rest.

pub mod advice;
pub mod cli;
pub mod commands;
pub mod diag;
pub mod emit;
pub mod load;
pub mod markdown;
pub mod memo;
pub mod model;
pub mod render;
pub mod session;
pub mod snapshot;
pub mod source;
pub mod timeline;
pub mod watch;
pub mod words;
pub mod yaml;
