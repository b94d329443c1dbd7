//! From the board to the finished site.
//!
//! 1. Put the history on shelves, one a month. What is made of a month that is over, and of its stories, is made once.
//! 2. Plan which other pages there are, and make the view of each; those whose view is new are printed through the
//!    theme's templates, side by side.
//! 3. Add the documents for programs and for hosts, and the files to be copied.
//!
//! Nothing here reads a clock or a file: the board says what is true, and when.

mod almanac;
mod api;
mod archive;
mod badge;
mod calendar;
mod components;
mod documents;
mod edition;
mod embed;
pub mod events;
mod feed;
mod headers;
mod hosts;
mod ident;
mod lists;
mod look;
mod markup;
mod memory;
mod metrics;
pub mod path;
mod picture;
mod plan;
mod reached;
mod search;
mod shelf;
mod shown;
mod site;
mod sitemap;
pub mod status;
pub mod svg;
mod theme;
mod update_key;
pub mod view;

pub use look::doubts;
pub use markup::Markup;
pub use memory::Memory;
pub use shown::Shown;
pub use site::{RenderInput, site, status_document};
pub use theme::{Scheme, Theme, Themes, Tokens, unknown_language};

/// The policy of every page. `frame-ancestors`, which works in a header alone, is
/// added there.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
                      connect-src 'self'; base-uri 'none'; form-action 'none'";
