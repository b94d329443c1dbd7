//! Pages on paper.

use crate::reader::Reader;
use crate::site::{DURING, QUIET, sample};

const POSTMORTEM: &str = "postmortems/2020-07-10-login-cascade.html";

#[test]
fn on_paper_details_are_open_and_navigation_is_gone() {
    let reader = Reader::of(sample(DURING));
    for path in ["index.html", "incidents/2020-07-10-login-cascade.html"] {
        reader.open(path);
        reader.emulate_print();
        for gone in ["header nav", ".skip"] {
            assert_eq!(reader.text(gone), "", "{gone} of {path}");
        }
        let closed = "[...document.querySelectorAll('main summary')]
            .filter(it => it.parentElement.checkVisibility() && !it.nextElementSibling.checkVisibility())
            .map(it => it.parentElement.outerHTML.slice(0, 160))";
        assert_eq!(reader.eval::<Vec<String>>(closed), [""; 0], "closed in {path}");
    }
}

#[test]
fn a_postmortem_is_printed_whole() {
    let reader = Reader::of(sample(QUIET));
    reader.open(POSTMORTEM);
    let pdf = String::from_utf8_lossy(&reader.pdf()).into_owned();
    assert!(pdf.starts_with("%PDF-") && pdf.trim_end().ends_with("%%EOF"));
    assert!(2 < pdf.matches("/Type /Page\n").count(), "a long text has several pages");
    reader.emulate_print();
    let paper = reader.text("main");
    for heading in ["In short", "Why it spread to everything", "Contributing factors", "Actions", "Sources"] {
        assert!(pdf.contains(&format!("/Title ({heading})")), "the PDF has no {heading}");
        assert!(paper.contains(heading), "{heading} is hidden on paper");
    }
}
