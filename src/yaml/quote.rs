//! Quotes: those of a scalar that the parser could not read, and those that a text needs.

/// A text between quotes that keep it as it is.
pub fn quoted(text: &str) -> String {
    match text.contains(['"', '\\']) {
        true => format!("'{}'", text.replace('\'', "''")),
        false => format!("\"{text}\""),
    }
}

/// The last quote before the byte `at` that opens or closes a scalar: one that no backslash and no second
/// quote makes a letter.
pub(super) fn last_before(text: &str, at: usize, quote: char) -> Option<usize> {
    let mut end = at;
    loop {
        let found = text[..end].rfind(quote)?;
        let before = &text[..found];
        let backslashes = before.len() - before.trim_end_matches('\\').len();
        match quote {
            '"' if backslashes % 2 == 1 => end = found,
            '\'' if before.ends_with('\'') && !opens(&before[..found - 1]) => end = found - 1,
            _ => return Some(found),
        }
    }
}

/// The last quote of either kind before the byte `at`, with its sign.
pub(super) fn last_of_any(text: &str, at: usize) -> Option<(usize, char)> {
    ['"', '\''].into_iter().filter_map(|quote| Some((last_before(text, at, quote)?, quote))).max()
}

/// Whether a value begins behind `before`.
fn opens(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.trim().is_empty() || line.ends_with([' ', '[', '{', ','])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_quotes_are_letters() {
        assert_eq!(last_before(r#"a: "b \" c"#, 10, '"'), Some(3));
        assert_eq!(last_before("a: 'it''s", 9, '\''), Some(3));
        assert_eq!(last_before("a: '' b", 6, '\''), Some(4));
        assert_eq!(last_of_any("a: \"it's", 8), Some((6, '\'')));
        assert_eq!(last_of_any("a: b", 4), None);
    }
}
