//! Where in a file words stand that are known only as text.

use std::cmp::Reverse;
use std::ops::Range;

use crate::source::{Place, Spot};

/// The place of a word of `text`, which was written somewhere in the file of `place`; `place` itself if it is not
/// found there as it is.
///
/// The same word may stand elsewhere in the file: in a comment, in a key that is not shown, as a part of a longer
/// word. The one whose surroundings are most like those in the text is taken; of equal ones the first that is not
/// aside.
pub(super) fn spot(place: &Place, text: &str, bytes: Range<usize>) -> Place {
    let word = &text[bytes.clone()];
    let file = String::from_utf8_lossy(place.file.bytes());
    if word.is_empty() || file.len() != place.file.bytes().len() {
        return place.clone();
    }
    let likeness = |at: usize| {
        let before = common(backwards(&file[..at]), backwards(&text[..bytes.start]));
        before + common(forwards(&file[at + word.len()..]), forwards(&text[bytes.end..]))
    };
    let from = match &place.spot {
        Spot::Bytes(range) => range.start,
        Spot::File => 0,
    };
    let found = file.match_indices(word).map(|(at, _)| at).filter(|at| from <= *at);
    let found = found.min_by_key(|at| (Reverse(likeness(*at)), is_aside(&file[..*at])));
    found.map_or_else(|| place.clone(), |at| Place::bytes(&place.file, at..at + word.len()))
}

/// Whether what follows stands in a line that is likely not shown: a comment, or the name of an author.
fn is_aside(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default().trim_start();
    ["#", "author"].iter().any(|it| line.starts_with(it))
}

/// How many characters two texts have in common at their beginnings. Comparing more tells nothing.
fn common(one: impl Iterator<Item = char>, other: impl Iterator<Item = char>) -> usize {
    one.zip(other).take(200).take_while(|(one, other)| one == other).count()
}

fn forwards(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|it| !it.is_whitespace())
}

fn backwards(text: &str) -> impl Iterator<Item = char> {
    text.chars().rev().filter(|it| !it.is_whitespace())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::source::{Content, SourceFile};

    /// Checks in which line of `file` a word of `text` is found.
    #[track_caller]
    fn check(file: &str, text: &str, word: &str, line: usize) {
        let content = Content::of(file.as_bytes().to_vec());
        let place = Place::file(&Arc::new(SourceFile { path: "a.md".to_owned(), content }));
        let at = text.find(word).unwrap();
        let Spot::Bytes(found) = spot(&place, text, at..at + word.len()).spot else { panic!("not found") };
        assert_eq!(&file[found.clone()], word);
        assert_eq!(1 + file[..found.start].matches('\n').count(), line, "{file}");
    }

    #[test]
    fn words_elsewhere_in_the_file_are_passed_over() {
        check("# db.corp\ntitle: On db.corp today\n", "On db.corp today\n", "db.corp", 2);
        check("# On db.corp: why\ntitle: On db.corp\n", "On db.corp\n", "db.corp", 2);
        check("author: a@b.com\n---\nAsk a@b.com.\n", "Ask a@b.com.", "a@b.com", 3);
        check("10.1.2.30 is up.\n10.1.2.3 is down.\n", "10.1.2.30 is up.\n10.1.2.3 is down.", "10.1.2.3 ", 2);
        check("title: x\nOn  db.corp\nand db.corp\n", "On db.corp and db.corp", "db.corp", 2);
    }
}
