//! The theme `wall`, which is two files laid over the default: all of `/` on one screen, and pages that can be used.

use std::sync::Arc;

use crate::reader::Reader;
use crate::site::{DURING, QUIET, Site, sample_with};

/// Work is announced for the days to come.
const AHEAD: &str = "2026-12-05T12:00:00Z";

#[test]
fn all_that_matters_is_on_one_screen() {
    for at in [DURING, QUIET, AHEAD] {
        let reader = Reader::of(sample_on_a_wall(at));
        reader.window(1920, 1080);
        reader.open("index.html");
        assert!(reader.eval::<bool>("document.documentElement.scrollHeight <= innerHeight"), "{at}");
        let cut = "[...document.querySelectorAll('.wall *')].some(it => innerWidth < it.getBoundingClientRect().right)";
        assert!(!reader.eval::<bool>(cut), "{at}");
        assert_eq!(reader.count(".wall h1"), 1, "{at}");
        assert!(14 <= reader.count(".board li"), "{at}");
        assert_eq!(reader.console(), Vec::<String>::new(), "{at}");
    }
}

#[test]
fn a_phone_shows_it_without_scrolling_sideways() {
    let reader = Reader::of(sample_on_a_wall(DURING));
    reader.window(320, 640);
    for page in ["index.html", "history.html", "incidents/2020-07-10-login-cascade.html"] {
        reader.open(page);
        assert!(reader.eval::<bool>("document.documentElement.scrollWidth <= innerWidth"), "{page}");
    }
}

/// The sample of this repository in the theme.
fn sample_on_a_wall(at: &str) -> Arc<Site> {
    sample_with("theme: wall", at)
}
