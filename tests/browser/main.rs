//! The pages as readers meet them: built by the real binary, served with the headers that they ask for, opened in Chromium.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod documents;
mod embed;
mod hostile;
mod injection;
mod injections;
mod keyboard;
mod languages;
mod live;
mod loading;
mod markup;
mod preview;
mod printing;
mod reader;
mod reading;
mod schemes;
mod search;
mod server;
mod site;
mod wall;
mod webdriver;
mod widths;
mod witness;
mod zones;
