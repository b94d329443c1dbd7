//! Parses a YAML document that stands in a file, and reports what is wrong with it.

use std::ops::Range;
use std::sync::Arc;

use super::node::Yaml;
use super::reading::Reading;
use crate::diag::{Code, Diagnostic};
use crate::source::{Place, SourceFile};
use crate::yaml::{self, Fault, Kind};

/// The document that is `range` of `file`, whose text is `text`.
pub(super) fn parse<'t>(
    file: &Arc<SourceFile>,
    range: Range<usize>,
    text: &'t str,
    reading: &mut Reading,
) -> Option<Yaml<'t>> {
    let start = range.start;
    match yaml::parse(&text[range]) {
        Ok(document) => {
            let yaml = Yaml { file: Arc::clone(file), start, document };
            yaml.document.unused_anchors.iter().for_each(|it| reading.say(unused_anchor(&yaml, text, it)));
            Some(yaml)
        }
        Err(faults) => {
            faults.into_iter().for_each(|it| reading.say(refusal(file, start, it)));
            None
        }
    }
}

fn refusal(file: &Arc<SourceFile>, start: usize, fault: Fault) -> Diagnostic {
    let place = |bytes: Range<usize>| Place::bytes(file, start + bytes.start..start + bytes.end);
    let code = match fault.kind {
        Kind::Syntax => Code::Syntax,
        Kind::RepeatedKey => Code::DuplicateKey,
        Kind::TooLarge => Code::TooDeep,
    };
    let diagnostic = Diagnostic::new(code, place(fault.span), fault.message).help(fault.help);
    match fault.first {
        Some(first) => diagnostic.related(place(first), "first written here"),
        None => diagnostic,
    }
}

/// That YAML takes the beginning of a value for an anchor.
fn unused_anchor(yaml: &Yaml<'_>, text: &str, anchor: &Range<usize>) -> Diagnostic {
    let written = &text[yaml.start + anchor.start..yaml.start + anchor.end];
    let message = format!("YAML reads `{written}` as an anchor, which nothing uses: it is not shown");
    Diagnostic::new(Code::UnusedAnchor, yaml.place(anchor), message)
        .help("quote the value if this is text, or remove the anchor")
}
