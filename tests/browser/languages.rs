//! The sample in other languages: words that are longer, and text that runs from the right.

use std::sync::Arc;

use crate::reader::Reader;
use crate::site::{DURING, KINDS, Site, sample_with};

/// The sample in a language.
fn speaking(language: &str) -> Arc<Site> {
    sample_with(&format!("theme: default\nlanguage: {language}"), DURING)
}

#[test]
fn no_page_scrolls_sideways_on_a_phone_in_german_or_arabic() {
    for language in ["de", "ar"] {
        let reader = Reader::of(speaking(language));
        reader.window(320, 640);
        for page in KINDS {
            reader.open(page);
            let fits = reader.eval::<bool>("document.documentElement.scrollWidth <= innerWidth");
            assert!(fits, "{page} in {language}");
        }
    }
}

#[test]
fn arabic_begins_at_the_right() {
    let reader = Reader::of(speaking("ar"));
    reader.window(900, 900);
    reader.open("index.html");
    assert_eq!(reader.eval::<String>("document.documentElement.dir"), "rtl");
    let place = |selector: &str, edge: &str| {
        reader.eval::<f64>(&format!("document.querySelector('{selector}').getBoundingClientRect().{edge}"))
    };
    assert!(900.0 - place(".brand", "right") < 100.0, "the name of the site stands at the right");
    assert!(place(".top nav", "right") < place(".brand", "left"), "the navigation stands left of it");
    assert!(
        place(".banner .icon", "left") > place(".banner h1", "right") - 1.0,
        "the icon stands before the headline"
    );
}

#[test]
fn the_last_day_of_a_bar_is_where_the_text_ends() {
    let reader = Reader::of(speaking("ar"));
    reader.window(900, 900);
    reader.open("index.html");
    let today = "document.querySelector('.bars .major_outage').getBoundingClientRect().left";
    let bars = "document.querySelector('.bars:has(.major_outage)').getBoundingClientRect().left";
    assert!(reader.eval::<f64>(&format!("{today} - {bars}")) < 2.0);
}
