//! The content lines of RFC 5545: names with values, folded, each ended by CRLF.

use jiff::Timestamp;

/// The longest line, in octets and without its end.
const LONGEST: usize = 75;

/// What is written of a calendar, line by line.
#[derive(Debug, Default)]
pub(in crate::render) struct Lines(String);

impl Lines {
    /// A value that stands as it is: a word, a number, an address.
    pub(super) fn put(&mut self, name: &str, value: &str) {
        self.fold(&format!("{name}:{value}"));
    }

    /// A text.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        self.put(name, &escaped(text));
    }

    /// Texts, where there are any: commas part them.
    pub(super) fn texts(&mut self, name: &str, texts: &[String]) {
        let all: Vec<String> = texts.iter().map(|it| escaped(it)).collect();
        if !all.is_empty() {
            self.put(name, &all.join(","));
        }
    }

    /// An instant. It is in UTC, which is right in every zone: nobody has to know the rules of one, so no `VTIMEZONE`
    /// goes with it, which could only be wrong once a country changes them.
    pub(super) fn instant(&mut self, name: &str, at: Timestamp) {
        self.put(name, &at.strftime("%Y%m%dT%H%M%SZ").to_string());
    }

    /// Lines that were written before.
    pub(super) fn append(&mut self, lines: &Lines) {
        self.0.push_str(&lines.0);
    }

    /// All of it.
    pub(super) fn finish(self) -> String {
        self.0
    }

    /// Cuts a line between two characters, never within one; the space that a further line begins with counts.
    fn fold(&mut self, line: &str) {
        let mut length = 0;
        for letter in line.chars() {
            if LONGEST < length + letter.len_utf8() {
                self.0.push_str("\r\n ");
                length = 1;
            }
            self.0.push(letter);
            length += letter.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// A text with what means something in a value made harmless. Other control characters may not stand in it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push(letter),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let mut lines = Lines::default();
        lines.text("SUMMARY", text);
        assert_eq!(lines.finish(), expected);
    }

    #[test]
    fn what_means_something_in_a_value_is_escaped() {
        check("a, b; c: \\d\r\ne\u{7}", "SUMMARY:a\\, b\\; c: \\\\d\\ne\r\n");
    }

    #[test]
    fn a_line_is_folded_at_75_octets() {
        let name = "SUMMARY:".len();
        check(&"x".repeat(75 - name), &format!("SUMMARY:{}\r\n", "x".repeat(75 - name)));
        let folded = format!("SUMMARY:{}\r\n {}\r\n y\r\n", "x".repeat(75 - name), "y".repeat(74));
        check(&("x".repeat(75 - name) + &"y".repeat(75)), &folded);
    }

    #[test]
    fn a_character_is_never_cut() {
        for letter in ["é", "日", "🎵"] {
            for shift in 0..letter.len() {
                let text = "x".repeat(shift) + &letter.repeat(60);
                let mut lines = Lines::default();
                lines.text("SUMMARY", &text);
                let written = lines.finish();
                assert!(written.split("\r\n").all(|it| it.len() <= 75), "{written}");
                assert_eq!(written.replace("\r\n ", ""), format!("SUMMARY:{text}\r\n"));
            }
        }
    }

    #[test]
    fn an_instant_is_in_utc() {
        let mut lines = Lines::default();
        lines.instant("DTSTART", "2026-03-29T03:30+02:00".parse().unwrap());
        assert_eq!(lines.finish(), "DTSTART:20260329T013000Z\r\n");
    }

    #[test]
    fn nothing_is_said_of_a_list_without_texts() {
        let mut lines = Lines::default();
        lines.texts("CATEGORIES", &[]);
        lines.texts("CATEGORIES", &["A, B".to_owned(), "C".to_owned()]);
        assert_eq!(lines.finish(), "CATEGORIES:A\\, B,C\r\n");
    }
}
