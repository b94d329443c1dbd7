//! Text from files, safe to print on a terminal.

/// `text` in one line, with everything that could steer a terminal or reorder a line shown as a symbol: control
/// characters, line breaks among them, and the marks that turn the direction of writing (Unicode Standard Annex 9,
/// sections 2.1 to 2.6).
pub fn visible(text: &str) -> String {
    text.chars().map(symbol).collect()
}

/// As [`visible`], of text that we wrote in several lines.
pub fn visible_lines(text: &str) -> String {
    text.split('\n').map(visible).collect::<Vec<_>>().join("\n")
}

/// The name of a file or a path. One that holds what could steer a terminal stands in quotes, with escapes.
pub fn quoted(path: &str) -> String {
    if path.chars().all(|it| symbol(it) == it) {
        return path.to_owned();
    }
    let escaped = |it: char| {
        let stays = symbol(it) == it && it != '"' && it != '\\';
        if stays { it.to_string() } else { it.escape_default().to_string() }
    };
    format!("\"{}\"", path.chars().map(escaped).collect::<String>())
}

fn symbol(letter: char) -> char {
    match letter {
        '\t' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(letter)).unwrap_or('\u{fffd}'),
        '\u{7f}'..='\u{9f}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{2028}' | '\u{2029}' => '\u{fffd}',
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_becomes_a_symbol() {
        assert_eq!(visible("\u{1b}[2J\u{9b}1m\u{202e}né\tx\n"), "␛[2J\u{fffd}1m\u{fffd}né x␊");
        assert_eq!(visible_lines("a\u{7}\nb\r"), "a␇\nb␍");
    }

    #[test]
    fn a_name_that_could_steer_a_terminal_stands_in_quotes() {
        for (name, expected) in [
            ("incidents/a b\"é.md", "incidents/a b\"é.md"),
            ("a\nerror: b.md", r#""a\nerror: b.md""#),
            ("é\u{1b}[2J\\\u{202e}.md", r#""é\u{1b}[2J\\\u{202e}.md""#),
            ("a\tb", r#""a\tb""#),
        ] {
            assert_eq!(quoted(name), expected);
        }
    }
}
