//! Pages on paper.

use crate::reader::Reader;
use crate::site::{DURING, QUIET, sample};

#[test]
fn on_paper_details_are_open_and_navigation_is_gone() {
    let reader = Reader::of(sample(DURING));
    reader.open("index.html");
    reader.emulate_print();
    assert_ne!(reader.count("nav, .skip"), 0);
    for gone in ["nav", ".skip"] {
        assert_eq!(reader.text(gone), "", "{gone}");
    }
}

#[test]
fn a_page_is_printed_as_pdf() {
    let reader = Reader::of(sample(QUIET));
    reader.open("postmortems/2020-07-10-login-cascade.html");
    let pdf = reader.pdf();
    assert!(pdf.starts_with(b"%PDF-") && pdf.trim_ascii_end().ends_with(b"%%EOF"));
}
