//! The anchors of headings: made from their words, each used once.

use std::collections::{BTreeMap, BTreeSet};

/// The anchors given so far in one text.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    taken: BTreeSet<String>,
    /// For each slug the number last tried, so that a thousand equal headings cost a thousand steps.
    last: BTreeMap<String, usize>,
}

impl Anchors {
    /// An anchor for a heading of these words that no other heading of the text has.
    pub(super) fn anchor(&mut self, words: &str) -> String {
        let slug = slug(words);
        if self.taken.insert(slug.clone()) {
            return slug;
        }
        let last = self.last.entry(slug.clone()).or_insert(1);
        loop {
            *last += 1;
            let anchor = format!("{slug}-{last}");
            if self.taken.insert(anchor.clone()) {
                return anchor;
            }
        }
    }
}

/// Letters and digits in lower case, one `-` for whatever stands between them.
fn slug(words: &str) -> String {
    let lower = words.to_lowercase();
    let parts: Vec<&str> =
        lower.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
    match parts.is_empty() {
        true => "section".to_owned(),
        false => parts.join("-"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_headings_get_anchors_of_their_own() {
        let mut anchors = Anchors::default();
        let given = ["A b", "a-b", "A b 2", "a  B!", "☃"].map(|it| anchors.anchor(it));
        assert_eq!(given, ["a-b", "a-b-2", "a-b-2-2", "a-b-3", "section"]);
    }

    #[test]
    fn letters_of_all_alphabets_count() {
        assert_eq!(slug("Störung: что"), "störung-что");
    }
}
