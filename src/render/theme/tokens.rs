//! The colours that a style sheet gives names: custom properties of `:root`, light and dark.
//!
//! This is no parser of CSS. It follows the braces, and believes the rules for `:root` that stand at the top or in
//! `@media (prefers-color-scheme: dark)`. What it cannot read, it does not know.

use std::collections::BTreeMap;

use crate::model::Colour;

/// What the reader has asked for: the system's setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Dark on light, or nothing asked for.
    Light,
    /// Light on dark.
    Dark,
}

/// The named colours of a style sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tokens {
    light: BTreeMap<String, Colour>,
    dark: BTreeMap<String, Colour>,
}

impl Tokens {
    /// Reads a style sheet.
    pub fn read(css: &str) -> Tokens {
        let mut tokens = Tokens::default();
        let mut around: Vec<String> = Vec::new();
        let mut piece = String::new();
        for letter in without_comments(css).chars() {
            match letter {
                '{' => around.push(words(&std::mem::take(&mut piece))),
                ';' => tokens.declare(&around, &std::mem::take(&mut piece)),
                '}' => {
                    tokens.declare(&around, &std::mem::take(&mut piece));
                    around.pop();
                }
                _ => piece.push(letter),
            }
        }
        tokens
    }

    /// The colour of this name, without the two dashes. One that is not said of the dark is that of the light.
    pub fn get(&self, scheme: Scheme, name: &str) -> Option<Colour> {
        let dark = self.dark.get(name).filter(|_| scheme == Scheme::Dark);
        dark.or_else(|| self.light.get(name)).copied()
    }

    fn declare(&mut self, around: &[String], declaration: &str) {
        let around: Vec<&str> = around.iter().map(String::as_str).collect();
        let colours = match around[..] {
            [":root"] => &mut self.light,
            ["@media (prefers-color-scheme: dark)", ":root"] => &mut self.dark,
            _ => return,
        };
        let named = declaration.split_once(':').and_then(|(name, value)| {
            Some((name.trim().strip_prefix("--")?.to_owned(), Colour::parse(value.trim())?))
        });
        colours.extend(named);
    }
}

fn without_comments(css: &str) -> String {
    let mut parts = css.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.filter_map(|it| it.split_once("*/")).fold(first, |text, (_, rest)| text + rest)
}

/// The text with one space wherever there is any.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(css: &str, light: Option<&str>, dark: Option<&str>) {
        let tokens = Tokens::read(css);
        let found = |scheme| tokens.get(scheme, "link").map(|it| it.to_string());
        assert_eq!((found(Scheme::Light).as_deref(), found(Scheme::Dark).as_deref()), (light, dark));
    }

    #[test]
    fn a_colour_has_a_name_in_both_schemes() {
        let css =
            ":root { --link: #111111; } @media (prefers-color-scheme: dark) { :root { --link: #eeeeee } }";
        check(css, Some("#111111"), Some("#eeeeee"));
        check(":root {\n  color-scheme: light dark;\n  --link:#111\n}", Some("#111111"), Some("#111111"));
    }

    #[test]
    fn the_last_word_counts_and_comments_do_not() {
        check(":root { --link: #111; } p { } :root { --link: #222; }", Some("#222222"), Some("#222222"));
        check(":root { /* --link: #111; { */ --link: #222; /* } */ }", Some("#222222"), Some("#222222"));
    }

    #[test]
    fn what_holds_only_somewhere_or_is_no_plain_colour_is_not_known() {
        check("p { --link: #111; } @media print { :root { --link: #000; } }", None, None);
        check(":root { --link: rgb(1 2 3); } } }", None, None);
    }
}
