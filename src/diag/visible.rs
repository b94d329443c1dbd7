//! Text from files, safe to print on a terminal.

/// `text` with everything that could steer a terminal or reorder a line shown as a symbol: control
/// characters but for the line break, and the marks that turn the direction of writing (Unicode
/// Standard Annex 9, sections 2.1 to 2.6).
pub fn visible(text: &str) -> String {
    text.chars().map(symbol).collect()
}

fn symbol(letter: char) -> char {
    match letter {
        '\n' => '\n',
        '\t' => ' ',
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(letter)).unwrap_or('\u{fffd}'),
        '\u{7f}'..='\u{9f}' | '\u{200e}' | '\u{200f}' | '\u{61c}' => '\u{fffd}',
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '\u{fffd}',
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn what_steers_a_terminal_becomes_a_symbol() {
        assert_eq!(visible("\u{1b}[2J\u{9b}1m\u{202e}né\tx\n"), "␛[2J\u{fffd}1m\u{fffd}né x\n");
    }
}
