//! The look of site.yaml, laid over the theme: a few custom properties at the end of the theme's style sheet, so that
//! neither a page nor a theme has to know of them.
//!
//! A site names one colour of a thing; the [`palette`] gives all that follow from it. They hold on screens; paper has
//! the theme's own.

mod doubts;
mod palette;

use std::fmt::Write;

use crate::model::{Colour, Look, State};
use crate::render::theme::{Scheme, Tokens};

pub use doubts::doubts;
pub(super) use palette::token;

use palette::Palette;

/// What the look adds to a style sheet with these tokens; nothing where it changes nothing.
pub(super) fn sheet(look: &Look, tokens: &Tokens) -> String {
    let typeface = look.typeface.iter().map(|it| format!("--typeface: {it};"));
    let mut sheet = rule("", typeface.collect());
    for (scheme, screen) in
        [(Scheme::Light, "@media screen "), (Scheme::Dark, "@media screen and (prefers-color-scheme: dark) ")]
    {
        let properties = Palette { look, tokens, scheme }.properties();
        sheet += &rule(screen, properties.iter().map(|(name, it)| format!("--{name}: {it};")).collect());
    }
    sheet
}

/// The colour that words about a state, or about something without one, have on light pages, and white or black to
/// write on it with. Of a theme that names none, that is the colour of ink.
pub(super) fn solid(look: &Look, tokens: &Tokens, state: Option<State>) -> (Colour, Colour) {
    let name = format!("{}-text", state.map_or("none", token));
    let ground = colour(look, tokens, Scheme::Light, &name).unwrap_or(Colour::BLACK);
    (ground, palette::ink_on(ground))
}

/// The colour that a custom property has on a site in one scheme: its own, else the theme's.
pub(super) fn colour(look: &Look, tokens: &Tokens, scheme: Scheme, name: &str) -> Option<Colour> {
    let own = Palette { look, tokens, scheme }.properties();
    let own = own.into_iter().find(|(it, _)| it == name).map(|(_, colour)| colour);
    own.or_else(|| tokens.get(scheme, name))
}

/// A rule with the declarations, where there are any.
fn rule(screen: &str, declarations: Vec<String>) -> String {
    let mut rule = String::new();
    if !declarations.is_empty() {
        let (open, close) = if screen.is_empty() { ("", "") } else { ("{ ", " }") };
        let declarations = declarations.join(" ");
        writeln!(rule, "\n{screen}{open}:root {{ {declarations} }}{close}")
            .expect("a String takes everything");
    }
    rule
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture::place;
    use crate::model::{Paint, Part, State};

    const CSS: &str = ":root { --page: #fff; --surface: #eee; }
        @media (prefers-color-scheme: dark) { :root { --page: #111; --surface: #222; } }";

    fn paint(written: &str) -> Paint {
        Paint { place: place(), colour: Colour::parse(written).unwrap() }
    }

    #[track_caller]
    fn check(look: &Look, expected: &[&str]) {
        let sheet = sheet(look, &Tokens::read(CSS));
        assert_eq!(sheet.lines().filter(|it| !it.is_empty()).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_look_that_says_nothing_adds_nothing() {
        check(&Look::default(), &[]);
    }

    #[test]
    fn a_typeface_holds_on_paper_too() {
        let look = Look { typeface: Some("\"Open Sans\", serif".to_owned()), ..Look::default() };
        check(&look, &[":root { --typeface: \"Open Sans\", serif; }"]);
    }

    #[test]
    fn a_colour_of_the_light_is_lightened_for_the_dark_until_it_can_be_read() {
        let look = Look { light: [(Part::Link, paint("#005a9c"))].into(), ..Look::default() };
        check(
            &look,
            &[
                "@media screen { :root { --link: #005a9c; } }",
                "@media screen and (prefers-color-scheme: dark) { :root { --link: #528fbc; } }",
            ],
        );
    }

    #[test]
    fn a_colour_of_the_dark_changes_nothing_in_the_light() {
        let look = Look { dark: [(Part::Link, paint("#9cf"))].into(), ..Look::default() };
        check(&look, &["@media screen and (prefers-color-scheme: dark) { :root { --link: #99ccff; } }"]);
    }

    #[test]
    fn the_words_on_a_header_are_white_or_black() {
        let header = |it| Look { dark: [(Part::Header, paint(it))].into(), ..Look::default() };
        let expected = |it| format!("@media screen and (prefers-color-scheme: dark) {{ :root {{ {it} }} }}");
        check(&header("#4b3f9e"), &[&expected("--header: #4b3f9e; --header-ink: #ffffff;")]);
        check(&header("#ffd400"), &[&expected("--header: #ffd400; --header-ink: #000000;")]);
    }

    #[test]
    fn the_words_and_the_ground_of_a_state_follow_from_its_colour() {
        let dark = [(Part::State(State::MajorOutage), paint("#d4235f"))].into();
        check(
            &Look { dark, ..Look::default() },
            &[
                "@media screen and (prefers-color-scheme: dark) { :root { --major: #d4235f; --major-text: #df5a87; --major-tint: #28131a; } }",
            ],
        );
    }
}
