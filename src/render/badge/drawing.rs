//! A badge as a picture.
//!
//! It is shown on pages of others, light and dark, so that it brings its own grounds: what is written on them can be
//! read wherever they stand. Opened by itself it is under the policy of the site, which allows no style in it: so it is
//! drawn with attributes alone. Whole numbers only, so that every machine draws the same.

use super::width::{is_known, width};
use crate::markdown::escape_html;
use crate::model::Colour;
use crate::render::svg::cut;

const HEIGHT: usize = 20;
/// The height of letters.
const LETTERS: usize = 11;
/// Left and right of words.
const SPACE: usize = 6;
/// How round a corner is.
const ROUND: usize = 3;
/// How many letters of a name are shown. All are told.
const LONGEST: usize = 40;
/// What a name stands on, with white words.
const LABEL: &str = "#484d55";

/// Which way words run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// The name stands at the left.
    FromTheLeft,
    /// The name stands at the right.
    FromTheRight,
}

/// What a badge shows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Drawing<'a> {
    /// What it is about.
    pub(super) label: &'a str,
    /// What it says.
    pub(super) message: &'a str,
    /// All of it, to be heard.
    pub(super) sentence: &'a str,
    /// What the message stands on.
    pub(super) ground: Colour,
    /// What it is written in.
    pub(super) ink: Colour,
    /// Which way it is read.
    pub(super) reading: Reading,
}

/// The picture.
pub(super) fn draw(drawing: &Drawing<'_>) -> String {
    let Drawing { label, message, sentence, ground, ink, reading } = *drawing;
    let label = Words { text: reading.shown(label), ink: "#ffffff".to_owned(), ground: LABEL.to_owned() };
    let message = Words { text: reading.shown(message), ink: ink.to_string(), ground: ground.to_string() };
    let (left, right, direction) = match reading {
        Reading::FromTheLeft => (label, message, "ltr"),
        Reading::FromTheRight => (message, label, "rtl"),
    };
    let (middle, width) = (left.width(), left.width() + right.width());
    let sentence = escape_html(sentence);
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{HEIGHT}\" viewBox=\"0 0 {width} {HEIGHT}\" \
         role=\"img\" aria-label=\"{sentence}\"><title>{sentence}</title>\
         <path fill=\"{}\" d=\"M{middle} 0H{ROUND}a{ROUND} {ROUND} 0 0 0-{ROUND} {ROUND}v{side}\
         a{ROUND} {ROUND} 0 0 0 {ROUND} {ROUND}H{middle}z\"/>\
         <path fill=\"{}\" d=\"M{middle} 0H{far}a{ROUND} {ROUND} 0 0 1 {ROUND} {ROUND}v{side}\
         a{ROUND} {ROUND} 0 0 1-{ROUND} {ROUND}H{middle}z\"/>\
         <g font-family=\"Verdana,Geneva,DejaVu Sans,sans-serif\" font-size=\"{LETTERS}\" text-anchor=\"middle\" \
         direction=\"{direction}\">{}{}</g></svg>\n",
        left.ground,
        right.ground,
        left.at(0),
        right.at(middle),
        side = HEIGHT - 2 * ROUND,
        far = width - ROUND,
    )
}

impl Reading {
    /// A text as it is shown: where words run from the right, set apart, so that one of another script keeps its marks.
    fn shown(self, text: &str) -> String {
        let text = cut(text, LONGEST);
        match self {
            Reading::FromTheLeft => text,
            Reading::FromTheRight => format!("\u{2068}{text}\u{2069}"),
        }
    }
}

/// One of the two halves.
struct Words {
    text: String,
    ink: String,
    ground: String,
}

impl Words {
    fn width(&self) -> usize {
        width(&self.text, LETTERS) + 2 * SPACE
    }

    /// The words, in the middle of a half that begins at `left`. Letters whose width is an estimate are stretched
    /// themselves, since those of some scripts must not come apart.
    fn at(&self, left: usize) -> String {
        let (middle, length) = (left + self.width() / 2, width(&self.text, LETTERS));
        let adjust = if is_known(&self.text) { "" } else { " lengthAdjust=\"spacingAndGlyphs\"" };
        let text = escape_html(&self.text);
        format!(
            "<text x=\"{middle}\" y=\"14\" fill=\"{}\" textLength=\"{length}\"{adjust}>{text}</text>",
            self.ink
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing<'a>(label: &'a str, message: &'a str) -> Drawing<'a> {
        let (ground, ink) = (Colour::BLACK, Colour::WHITE);
        Drawing { label, message, sentence: "A: B", ground, ink, reading: Reading::FromTheLeft }
    }

    /// Each text of a picture: where its middle is, how wide it is, and the words.
    fn texts(svg: &str) -> Vec<(usize, usize, String)> {
        let texts = svg.split("<text ").skip(1).map(|it| {
            let value = |name: &str| it.split(&format!("{name}=\"")).nth(1)?.split('"').next()?.parse().ok();
            let words = it.split('>').nth(1).unwrap().trim_end_matches("</text").to_owned();
            (value("x").unwrap(), value("textLength").unwrap(), words)
        });
        texts.collect()
    }

    #[test]
    fn both_halves_have_room_for_their_words() {
        let svg = draw(&drawing("Login", "Operational"));
        assert!(
            svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"119\" height=\"20\""),
            "{svg}"
        );
        let expected = [(21, 30, "Login".to_owned()), (80, 65, "Operational".to_owned())];
        assert_eq!(texts(&svg), expected, "{svg}");
    }

    #[test]
    fn what_is_read_from_the_right_has_its_name_there() {
        let drawing = Drawing { reading: Reading::FromTheRight, ..drawing("<b>", "x") };
        let svg = draw(&drawing);
        let words: Vec<String> = texts(&svg).into_iter().map(|(_, _, words)| words).collect();
        assert_eq!(words, ["\u{2068}x\u{2069}", "\u{2068}&lt;b&gt;\u{2069}"]);
        assert!(svg.contains(" direction=\"rtl\">"));
    }

    #[test]
    fn a_long_name_is_cut_and_told_in_full() {
        let long = "Donaudampfschifffahrt ".repeat(5);
        let svg = draw(&Drawing { sentence: &long, ..drawing(&long, "x") });
        assert_eq!(texts(&svg)[0].2.chars().count(), LONGEST);
        assert!(svg.contains(&format!("aria-label=\"{long}\"><title>{long}</title>")));
    }

    #[test]
    fn nothing_but_attributes_says_how_it_looks() {
        let svg = draw(&drawing("<script>\"", "&"));
        for forbidden in ["<style", "style=", "<script", "url(", "class="] {
            assert!(!svg.contains(forbidden), "{forbidden} in {svg}");
        }
        assert!(Colour::parse(LABEL).unwrap().contrast(Colour::WHITE) >= 4.5);
    }
}
