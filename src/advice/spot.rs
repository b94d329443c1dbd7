//! Where in a file words stand that are known only as text.

use crate::source::Place;

/// The first place in the file where the words stand as they are, else `place` itself.
pub(super) fn spot(place: &Place, words: &str) -> Place {
    if words.is_empty() {
        return place.clone();
    }
    let found = place.file.bytes().windows(words.len()).position(|it| it == words.as_bytes());
    found.map_or_else(|| place.clone(), |at| Place::bytes(&place.file, at..at + words.len()))
}
