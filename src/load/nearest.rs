//! The word that was probably meant.

/// How many known words are listed when none of them is near.
const FEW: usize = 12;

/// What to write instead of `word`: the nearest of `known`, or all of them where they are few.
/// `things` is what they are, in the plural.
pub(super) fn help<'a>(word: &str, known: impl IntoIterator<Item = &'a str>, things: &str) -> Option<String> {
    let known: Vec<&str> = known.into_iter().collect();
    if let Some(nearest) = nearest(word, &known) {
        return Some(format!("did you mean `{nearest}`?"));
    }
    let few = !known.is_empty() && known.len() <= FEW;
    few.then(|| format!("known {things}: {}", known.join(", ")))
}

/// The one of `known` that is nearest to `word`, if it is near at all: one slip in three letters.
pub(super) fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let plain = plain(word);
    let limit = plain.len() / 3;
    known
        .iter()
        .map(|&it| (distance(&plain, &self::plain(it)), it))
        .filter(|&(slips, _)| slips <= limit)
        .min_by_key(|&(slips, _)| slips)
        .map(|(_, it)| it)
}

/// Whether `word` is probably `known`, misspelt: two slips, or one in a word of two letters. Two slips in one place, a
/// letter that is left out between two that are swapped, count as three.
pub(super) fn is_slip(word: &str, known: &str) -> bool {
    let limit = match known.len() {
        0..=2 => 1,
        3..=7 => 2,
        _ => 3,
    };
    distance(&plain(word), &plain(known)) <= limit
}

/// The letters that are compared: `In Progress` is `in_progress`, and nobody's word is endless.
fn plain(word: &str) -> Vec<char> {
    let letters = word.chars().take(80).flat_map(char::to_lowercase);
    letters.map(|it| if matches!(it, ' ' | '-') { '_' } else { it }).collect()
}

/// How many letters must be put in, taken out, changed or swapped with their neighbour.
fn distance(from: &[char], to: &[char]) -> usize {
    let mut rows = vec![vec![0; to.len() + 1]; from.len() + 1];
    rows[0] = (0..=to.len()).collect();
    for i in 1..=from.len() {
        rows[i][0] = i;
        for j in 1..=to.len() {
            let changed = usize::from(from[i - 1] != to[j - 1]);
            let mut best = (rows[i - 1][j] + 1).min(rows[i][j - 1] + 1).min(rows[i - 1][j - 1] + changed);
            if 1 < i && 1 < j && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = best;
        }
    }
    rows[from.len()][to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, known: &[&str], expected: Option<&str>) {
        assert_eq!(help(word, known.iter().copied(), "words").as_deref(), expected);
    }

    #[test]
    fn a_slip_is_mended() {
        check("moniotring", &["identified", "monitoring"], Some("did you mean `monitoring`?"));
        check("In Progress", &["in_progress"], Some("did you mean `in_progress`?"));
        check("wbe", &["api", "web"], Some("did you mean `web`?"));
    }

    #[test]
    fn without_a_near_word_the_few_are_listed_and_the_many_are_not() {
        check("checkout", &["api", "web"], Some("known words: api, web"));
        check("checkout", &["x"; 13], None);
        check("checkout", &[], None);
    }

    #[test]
    fn a_word_with_two_slips_is_the_same() {
        for slip in ["published_at", "publishd_at", "pluished_at", "publish_at"] {
            assert!(is_slip(slip, "published_at"), "{slip}");
        }
        assert!(is_slip("drfat", "draft") && is_slip("a", "at"));
        assert!(!is_slip("author", "at") && !is_slip("public", "published_at"));
    }

    #[test]
    fn an_endless_word_is_compared_in_no_time() {
        check(&"x".repeat(1 << 20), &["api"], Some("known words: api"));
    }
}
