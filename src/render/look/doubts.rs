//! Colours of a site's own that many readers would not see.

use super::palette::{Palette, least};
use crate::diag::{Code, Diagnostic};
use crate::model::{Look, Paint, Part};
use crate::render::theme::{Scheme, Theme};

/// What is to be said of the colours of a look on this theme. What follows from them can always be read.
pub fn doubts(look: &Look, theme: &Theme) -> Vec<Diagnostic> {
    let palette = |scheme| Palette { look, tokens: &theme.tokens, scheme };
    let light = look.light.iter().map(|named| (palette(Scheme::Light), named));
    let dark = look.dark.iter().map(|named| (palette(Scheme::Dark), named));
    light.chain(dark).filter_map(|(palette, (part, paint))| doubt(palette, *part, paint)).collect()
}

fn doubt(palette: Palette<'_>, part: Part, paint: &Paint) -> Option<Diagnostic> {
    let Paint { place, colour } = paint;
    let (ratio, (name, ground)) = least(*colour, &palette.grounds(part, *colour))?;
    let needed = Palette::needed(part);
    if needed <= ratio {
        return None;
    }
    let what = match part {
        Part::Link => "text",
        Part::Header | Part::State(_) => "an icon or a bar",
    };
    let ratio = shown(ratio);
    let message =
        format!("`{colour}` has a contrast of {ratio} on {name} (`{ground}`), and {what} needs {needed}");
    let diagnostic = Diagnostic::new(Code::LowContrast, place.clone(), message);
    Some(match palette.nearest(part, *colour) {
        Some(better) => {
            let least = least(better, &palette.grounds(part, better));
            let ratio = least.map_or(needed, |(ratio, _)| ratio);
            diagnostic.help(format!("`\"{better}\"` would have {}", shown(ratio)))
        }
        None => diagnostic,
    })
}

/// A ratio with one decimal, floored: what is short of 4.5 is never called that.
fn shown(ratio: f64) -> String {
    format!("{:.1}", (ratio * 10.0).floor() / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::fixture::place;
    use crate::model::{Colour, State};

    #[track_caller]
    fn check(scheme: Scheme, part: Part, written: &str, expected: &[&str]) {
        let paint = Paint { place: place(), colour: Colour::parse(written).unwrap() };
        let mut look = Look::default();
        let colours = if scheme == Scheme::Light { &mut look.light } else { &mut look.dark };
        colours.insert(part, paint);
        let said = doubts(&look, &Theme::builtin("en"));
        let said: Vec<String> =
            said.iter().map(|it| format!("{} | {}", it.message, it.help.as_deref().unwrap())).collect();
        assert_eq!(said, expected);
    }

    #[test]
    fn a_link_that_is_hard_to_read_comes_with_the_ratio_and_one_that_is_not() {
        check(
            Scheme::Light,
            Part::Link,
            "#0a5",
            &[
                "`#00aa55` has a contrast of 2.5 on a banner (`#fde3e7`), and text needs 4.5 | `\"#00793c\"` would have 4.5",
            ],
        );
        check(
            Scheme::Dark,
            Part::Link,
            "#1447b8",
            &[
                "`#1447b8` has a contrast of 1.8 on a banner (`#2c260c`), and text needs 4.5 | `\"#6d8dd3\"` would have 4.6",
            ],
        );
    }

    #[test]
    fn a_state_needs_less_than_text() {
        check(Scheme::Light, Part::State(State::DegradedPerformance), "#b58105", &[]);
        check(
            Scheme::Light,
            Part::State(State::DegradedPerformance),
            "#ffd400",
            &[
                "`#ffd400` has a contrast of 1.3 on a box (`#f5f6f8`), and an icon or a bar needs 3 | `\"#a38800\"` would have 3.0",
            ],
        );
    }

    #[test]
    fn what_can_be_read_is_not_doubted_and_a_header_never_is() {
        check(Scheme::Light, Part::Link, "#1447b8", &[]);
        check(Scheme::Light, Part::Header, "#808080", &[]);
        check(Scheme::Dark, Part::Link, "#8ab4ff", &[]);
    }
}
