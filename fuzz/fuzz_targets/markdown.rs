//! Any text gives HTML of ours alone, words without control characters, and parts in order.
#![no_main]

mod markup;

use std::sync::Arc;

use allclear::markdown::{Outline, prose, sections};
use allclear::model::{Html, Prose};
use allclear::source::{Content, Place, SourceFile, Spot};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|markdown: &str| {
    for (path, outline, prefix) in [
        ("incidents/2020/x/updates/20200710T1048Z.md", Outline::Entry, "u1"),
        ("site/pages/a.md", Outline::Page, ""),
    ] {
        let content = Content::of(markdown.as_bytes().to_vec());
        let file = Arc::new(SourceFile { path: path.to_owned(), content });
        let text = prose(markdown, &Place::bytes(&file, 0..markdown.len()), outline, prefix);
        check_prose(&text, markdown);
    }
    check_sections(markdown);
});

fn check_prose(text: &Prose, markdown: &str) {
    for root in ["", "../", "https://status.example/"] {
        let html = text.html.at(root);
        markup::check(&html);
        assert!(!html.contains(Html::ROOT));
    }
    let is_stray = |it: char| it.is_control() && it != '\n' && it != '\t';
    assert!(!text.plain.contains(is_stray), "{:?}", text.plain);
    for link in &text.links {
        let Spot::Bytes(range) = &link.place.spot else { panic!("a link without its bytes") };
        assert!(markdown.get(range.clone()).is_some_and(|it| !it.is_empty()));
    }
}

fn check_sections(markdown: &str) {
    let parts = sections(markdown);
    let mut end = parts.lead.end;
    assert!(markdown.get(parts.lead).is_some());
    for section in parts.sections {
        let ranges = [Some(section.heading), section.status, Some(section.body)];
        for range in ranges.into_iter().flatten() {
            assert!(end <= range.start && range.start <= range.end, "parts overlap");
            assert!(markdown.get(range.clone()).is_some());
            end = range.end;
        }
    }
}
