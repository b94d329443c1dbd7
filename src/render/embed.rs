//! `/embed.js`: the theme's script for products' own pages, as a call with what it says and how it looks.
//!
//! Words, icons and colours are part of the script, for it is all that a product's page loads of us.

use serde::Serialize;

use super::svg::ICONS;
use super::theme::{Scheme, Tokens};
use super::view::Voice;
use super::{RenderInput, look};
use crate::emit::Output;
use crate::model::{Look, State};

/// The script within the theme.
pub(super) const SCRIPT: &str = "embed.js";

/// What the bar can show: its class in the script, and the state that it looks like.
const SHOWN: [(&str, State); 4] = [
    (".maintenance", State::UnderMaintenance),
    (".none,.minor", State::DegradedPerformance),
    (".major", State::PartialOutage),
    (".critical", State::MajorOutage),
];

/// What the script is called with.
#[derive(Serialize)]
struct Call<'a> {
    lang: &'a str,
    dir: String,
    title: &'a str,
    close: String,
    dash: String,
    style: String,
}

/// `/embed.js`.
pub(super) fn script(input: &RenderInput<'_>) -> Output {
    let site = &input.project.site;
    let voice = Voice { site, words: &input.theme.words };
    let call = Call {
        lang: voice.words.language(),
        dir: voice.say("direction"),
        title: &site.title,
        close: voice.say("page.embed.close"),
        dash: voice.say("mark.dash"),
        style: style(&site.look, &input.theme.tokens),
    };
    let call = serde_json::to_string(&call).expect("a struct of texts");
    let file = input.theme.assets.get(SCRIPT).expect("the built-in theme has it");
    let function = String::from_utf8_lossy(file.bytes());
    let text = format!("({})({call});\n", function.trim_end().trim_end_matches(';'));
    (SCRIPT.into(), text.into())
}

/// The icons, and the colours of the site in both schemes.
fn style(look: &Look, tokens: &Tokens) -> String {
    let colour = |scheme, (state, of): (State, &str), usual: &str| {
        let name = format!("{}-{of}", look::token(state));
        look::colour(look, tokens, scheme, &name).map_or_else(|| usual.to_owned(), |it| it.to_string())
    };
    let colours = |scheme| {
        SHOWN.map(|(class, state)| {
            let text = colour(scheme, (state, "text"), "CanvasText");
            let tint = colour(scheme, (state, "tint"), "Canvas");
            format!("{class}{{--text:{text};--tint:{tint}}}")
        })
    };
    let icons = SHOWN.map(|(class, state)| {
        let path = ICONS.iter().find(|(name, _)| *name == state.word()).map(|(_, path)| *path);
        format!("{class}{{--icon:path(evenodd,\"{}\")}}", path.expect("every state has an icon"))
    });
    let [light, dark] = [colours(Scheme::Light), colours(Scheme::Dark)].map(|it| it.concat());
    format!("{}{light}@media (prefers-color-scheme:dark){{{dark}}}", icons.concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture::place;
    use crate::model::{Colour, Paint, Part};

    const CSS: &str = ":root { --page: #ffffff; --major-text: #123456; --major-tint: #fedcba; }
        @media (prefers-color-scheme: dark) { :root { --page: #000000; --major-tint: #654321; } }";

    #[test]
    fn the_bar_has_the_colours_of_the_theme_in_both_schemes() {
        let style = style(&Look::default(), &Tokens::read(CSS));
        let (light, dark) = style.split_once("@media (prefers-color-scheme:dark)").unwrap();
        assert!(light.contains(".critical{--text:#123456;--tint:#fedcba}"), "{light}");
        assert!(dark.contains(".critical{--text:#123456;--tint:#654321}"), "{dark}");
        assert!(light.contains(".major{--text:CanvasText;--tint:Canvas}"), "{light}");
    }

    #[test]
    fn the_sites_own_colours_stand_over_those_of_the_theme() {
        let paint = Paint { place: place(), colour: Colour::parse("#d4235f").unwrap() };
        let own = [(Part::State(State::MajorOutage), paint)].into();
        let style = style(&Look { light: own, ..Look::default() }, &Tokens::read(CSS));
        assert!(!style.contains("#123456") && style.contains(".critical{--text:#"), "{style}");
    }
}
