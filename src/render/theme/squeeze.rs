//! Style sheets and scripts as they travel: without the comments and the indentation that those who write them need.
//! That is a seventh of what a reader loads before anything is shown.
//!
//! Nothing is parsed. A comment goes where it begins a line, and a line loses the space around it; what stands within
//! a line stays as it is, so that no text in quotes is ever taken for a comment.

/// The file of this name as it travels: text of any other kind as it is.
pub(super) fn squeezed(name: &str, text: &str) -> Option<String> {
    match name.rsplit_once('.')? {
        (_, "css") => Some(lines(text, |_| false)),
        (_, "js") => Some(lines(text, |line| line.starts_with("//"))),
        _ => None,
    }
}

/// The lines that say something.
fn lines(text: &str, is_comment: fn(&str) -> bool) -> String {
    let mut squeezed = String::with_capacity(text.len());
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        rest = match rest.strip_prefix("/*").map(|it| it.split_once("*/")) {
            Some(Some((_, after))) => after,
            Some(None) => "",
            None => {
                let (line, after) = rest.split_once('\n').unwrap_or((rest, ""));
                if !is_comment(line) {
                    squeezed.extend([line.trim_end(), "\n"]);
                }
                after
            }
        };
        rest = rest.trim_start();
    }
    squeezed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, text: &str, expected: &str) {
        assert_eq!(squeezed(name, text).as_deref(), Some(expected));
    }

    #[test]
    fn comments_and_indentation_stay_at_home() {
        check(
            "a.css",
            "/* One\n   and more */\n\n:root {\n  --a: b; /* c */\n}\n",
            ":root {\n--a: b; /* c */\n}\n",
        );
        check("a.js", "// one\nif (a) {\n  // two\n  b();\n}", "if (a) {\nb();\n}\n");
        check("a.css", "/* a *//* b */ p {}", "p {}\n");
    }

    #[test]
    fn what_stands_within_a_line_is_not_touched() {
        check("a.css", "p { content: \"/* \"; }\n//p {}", "p { content: \"/* \"; }\n//p {}\n");
        check("a.js", "const a = 'https://a'; // b\n", "const a = 'https://a'; // b\n");
    }

    #[test]
    fn a_comment_without_an_end_ends_the_file() {
        check("a.css", "p {}\n/* a", "p {}\n");
        assert_eq!(squeezed("a.svg", "  <svg/>"), None);
    }
}
