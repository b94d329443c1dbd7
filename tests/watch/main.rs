//! `allclear watch`: the real binary on real folders, asked over HTTP.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod clock;
mod editors;
mod errors;
mod faults;
mod losses;
mod preview;
mod requests;
mod saves;
mod stop;
