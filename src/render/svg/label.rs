//! Fitting words into a box without measuring a font.

/// `text` in at most two lines of about `width` characters, broken between words; what does not fit is
/// cut off with an ellipsis.
pub(super) fn two_lines(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("there is always a line");
        if line.is_empty() {
            line.push_str(word);
        } else if length(line) + 1 + length(word) <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    if 2 < lines.len() {
        let rest = lines.split_off(1).join(" ");
        lines.push(rest);
    }
    lines.into_iter().map(|it| cut(&it, width)).collect()
}

/// `text` in one line of at most `width` characters.
pub(in crate::render) fn cut(text: &str, width: usize) -> String {
    if length(text) <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

fn length(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, lines: &[&str]) {
        assert_eq!(two_lines(text, 10), lines);
    }

    #[test]
    fn long_names_are_broken_between_words_and_then_cut() {
        check("Login", &["Login"]);
        check("Speakers and TVs", &["Speakers", "and TVs"]);
        check("Donaudampfschiff", &["Donaudamp…"]);
        check("For artists and developers too", &["For", "artists a…"]);
        check("", &[""]);
    }
}
