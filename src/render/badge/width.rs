//! How wide a text is in Verdana, which DejaVu Sans is made after: what browsers draw badges in.
//!
//! The picture says how wide its words are to be, and a browser stretches them to it. So an estimate will do for what
//! the table does not hold, and the words fit whatever letters a machine has.

/// Space to tilde, in thousandths of the height.
const ASCII: [u16; 95] = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636,
    636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295,
    295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838,
    500, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521,
    392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
];

/// The letters and marks of western Europe, from the space that does not break to ÿ.
const LATIN: [u16; 96] = [
    318, 401, 636, 636, 636, 636, 337, 500, 500, 1000, 471, 612, 838, 361, 1000, 500, 500, 838, 401, 401,
    500, 636, 636, 318, 500, 401, 471, 612, 969, 969, 969, 531, 684, 684, 684, 684, 684, 684, 974, 698, 632,
    632, 632, 632, 295, 295, 295, 295, 775, 748, 787, 787, 787, 787, 787, 838, 787, 732, 732, 732, 732, 611,
    605, 630, 613, 613, 613, 613, 613, 613, 982, 550, 615, 615, 615, 615, 278, 278, 278, 278, 612, 634, 612,
    612, 612, 612, 612, 838, 612, 634, 634, 634, 634, 592, 635, 592,
];

/// A letter of another alphabet, on the average.
const OTHER: u16 = 640;
/// The same of Arabic, whose letters are joined.
const ARABIC: u16 = 520;
/// A sign of Chinese, Japanese or Korean, a picture, or an ellipsis.
const SQUARE: u16 = 1000;

/// The width of a text in letters of so many pixels, in whole pixels.
pub(super) fn width(text: &str, size: usize) -> usize {
    let thousandths: usize = text.chars().map(|it| usize::from(width_of(it))).sum();
    (thousandths * size).div_ceil(1000)
}

/// Whether the width of each letter is known.
pub(super) fn is_known(text: &str) -> bool {
    text.chars().all(|it| measured(it).is_some())
}

fn width_of(letter: char) -> u16 {
    measured(letter).unwrap_or(match u32::from(letter) {
        // What stands over or under another letter, and marks that are not seen.
        0x0300..=0x036f | 0x0591..=0x05c7 | 0x064b..=0x065f | 0x200b..=0x200f | 0x202a..=0x202e => 0,
        0x2060..=0x2069 | 0xfe00..=0xfe0f => 0,
        0x0600..=0x06ff => ARABIC,
        0x2026 | 0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff => SQUARE,
        0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x1f300.. => SQUARE,
        _ => OTHER,
    })
}

fn measured(letter: char) -> Option<u16> {
    let from = |first: u32, table: &[u16]| {
        let index = u32::from(letter).checked_sub(first)?;
        table.get(usize::try_from(index).ok()?).copied()
    };
    from(0x20, &ASCII).or_else(|| from(0xa0, &LATIN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_have_the_width_of_the_font() {
        assert_eq!(width("", 11), 0);
        assert_eq!(width("W", 1000), 989);
        assert_eq!(width("il", 1000), 556);
        assert_eq!(width("ÿ", 1000), 592);
        assert_eq!(width("Operational", 11), 65);
    }

    #[test]
    fn what_is_not_in_the_table_is_estimated() {
        assert_eq!(width("障害", 1000), 2000);
        assert_eq!(width("Ж", 1000), 640);
        assert_eq!(width("e\u{301}\u{2068}", 1000), 615);
        assert!(is_known("Größe: 99.93 %"));
        assert!(!is_known("عربي") && !is_known("障害"));
    }
}
