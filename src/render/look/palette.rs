//! All colours that follow from the few that a site names.
//!
//! A state has three: the fill of its icon and bars is the one that is named, its words are that one made darker or
//! lighter until they can be read, and they stand on a tint of it. What is named for light pages alone is made
//! lighter for dark ones, no more than it must.

use crate::model::{Colour, Look, Part, State};
use crate::render::theme::{Scheme, Tokens};

/// The contrast that text needs.
const TEXT: f64 = 4.5;
/// The contrast that icons, bars and borders need.
const GRAPHICS: f64 = 3.0;
/// How much of a state's colour is in its tint, in thousandths.
const TINT: u16 = 120;

/// What something stands on: in words, and its colour.
pub(super) type Ground = (&'static str, Colour);

/// The colours of a look on a theme in one scheme.
#[derive(Clone, Copy, Debug)]
pub(super) struct Palette<'a> {
    pub(super) look: &'a Look,
    pub(super) tokens: &'a Tokens,
    pub(super) scheme: Scheme,
}

impl Palette<'_> {
    /// The custom properties that differ from the theme's.
    pub(super) fn properties(&self) -> Vec<(String, Colour)> {
        Part::all().filter_map(|part| Some(self.of(part, self.colour(part)?))).flatten().collect()
    }

    /// The contrast that a part needs with what it stands on.
    pub(super) fn needed(part: Part) -> f64 {
        match part {
            Part::Link => TEXT,
            Part::State(_) => GRAPHICS,
            // What stands on the header is chosen for it.
            Part::Header => 0.0,
        }
    }

    /// What a part stands on, were it of this colour.
    pub(super) fn grounds(&self, part: Part, colour: Colour) -> Vec<Ground> {
        let tints: Vec<Colour> = match part {
            Part::Header => return Vec::new(),
            Part::State(_) => vec![self.tint_of(colour)],
            Part::Link => State::ALL.into_iter().filter_map(|it| self.tint(it)).collect(),
        };
        let surface = self.tokens.get(self.scheme, "surface").map(|it| ("a box", it));
        let tints = tints.into_iter().map(|it| ("a banner", it));
        [("the page", self.page())].into_iter().chain(surface).chain(tints).collect()
    }

    /// The colour nearest to this one that a part can have.
    pub(super) fn nearest(&self, part: Part, colour: Colour) -> Option<Colour> {
        nearest(colour, Self::needed(part), |it| self.grounds(part, it))
    }

    /// What the site says of a part, or what follows for the dark.
    fn colour(&self, part: Part) -> Option<Colour> {
        let Look { light, dark, .. } = self.look;
        let light = light.get(&part).map(|it| it.colour);
        match self.scheme {
            Scheme::Light => light,
            Scheme::Dark => match dark.get(&part) {
                Some(paint) => Some(paint.colour),
                None => light.map(|it| self.nearest(part, it).unwrap_or(it)),
            },
        }
    }

    fn of(&self, part: Part, colour: Colour) -> Vec<(String, Colour)> {
        match part {
            Part::Link => vec![("link".to_owned(), colour)],
            Part::Header => {
                vec![("header".to_owned(), colour), ("header-ink".to_owned(), ink_on(colour))]
            }
            Part::State(state) => {
                let (name, grounds) = (token(state), self.grounds(part, colour));
                let text = nearest(colour, TEXT, |_| grounds.clone()).unwrap_or(colour);
                vec![
                    (name.to_owned(), colour),
                    (format!("{name}-text"), text),
                    (format!("{name}-tint"), self.tint_of(colour)),
                ]
            }
        }
    }

    /// The tint of a state: of the site's colour, or the theme's.
    fn tint(&self, state: State) -> Option<Colour> {
        match self.colour(Part::State(state)) {
            Some(colour) => Some(self.tint_of(colour)),
            None => self.tokens.get(self.scheme, &format!("{}-tint", token(state))),
        }
    }

    fn tint_of(&self, colour: Colour) -> Colour {
        self.page().mixed(colour, TINT)
    }

    /// The page's colour; a theme that does not name one has that of paper, or of a dark room.
    fn page(&self) -> Colour {
        self.tokens.get(self.scheme, "page").unwrap_or(match self.scheme {
            Scheme::Light => Colour::WHITE,
            Scheme::Dark => Colour::BLACK,
        })
    }
}

/// The least contrast of a colour with any of the grounds, and that ground.
pub(super) fn least(colour: Colour, grounds: &[Ground]) -> Option<(f64, Ground)> {
    let ratios = grounds.iter().map(|it| (colour.contrast(it.1), *it));
    ratios.min_by(|(one, _), (other, _)| one.total_cmp(other))
}

/// The colour with the least black or white in it that has the contrast with all that it would stand on.
fn nearest(colour: Colour, needed: f64, grounds: impl Fn(Colour) -> Vec<Ground>) -> Option<Colour> {
    let passes = |it: &Colour| least(*it, &grounds(*it)).is_none_or(|(ratio, _)| needed <= ratio);
    (0..=100).find_map(|step| {
        [Colour::BLACK, Colour::WHITE]
            .map(|end| colour.mixed(end, step * 10))
            .into_iter()
            .find(|it| passes(it))
    })
}

/// White or black, whichever is seen better on the ground.
pub(super) fn ink_on(ground: Colour) -> Colour {
    if ground.contrast(Colour::BLACK) < ground.contrast(Colour::WHITE) {
        Colour::WHITE
    } else {
        Colour::BLACK
    }
}

/// The name of a state's custom properties.
pub(in crate::render) fn token(state: State) -> &'static str {
    match state {
        State::Operational => "operational",
        State::UnderMaintenance => "maintenance",
        State::DegradedPerformance => "degraded",
        State::PartialOutage => "partial",
        State::MajorOutage => "major",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Paint;
    use crate::model::fixture::place;

    const CSS: &str = include_str!("../../../themes/default/assets/style.css");

    /// Whatever a site names for the light, what follows from it in the dark can be read and seen.
    #[test]
    fn what_follows_from_a_colour_has_the_contrast_it_needs() {
        let tokens = Tokens::read(CSS);
        for written in ["#000", "#00005c", "#0a5", "#780016", "#808080", "#ffd400", "#fff"] {
            let paint = Paint { place: place(), colour: Colour::parse(written).unwrap() };
            let light = Part::all().map(|it| (it, paint.clone())).collect();
            let look = Look { light, ..Look::default() };
            let palette = Palette { look: &look, tokens: &tokens, scheme: Scheme::Dark };
            for part in [Part::Link, Part::State(State::Operational)] {
                let colour = palette.colour(part).unwrap();
                let (ratio, ground) = least(colour, &palette.grounds(part, colour)).unwrap();
                assert!(Palette::needed(part) <= ratio, "{written}: {colour} on {ground:?} is {ratio}");
            }
            let properties = palette.properties();
            let found = |name: &str| properties.iter().find(|(it, _)| it == name).unwrap().1;
            let ratio = found("major-text").contrast(found("major-tint"));
            assert!(TEXT <= ratio, "{written}: {ratio}");
            assert!(TEXT <= found("header-ink").contrast(found("header")), "{written}");
        }
    }

    #[test]
    fn a_colour_that_can_be_read_stays_as_it_is() {
        let look = Look::default();
        let palette = Palette { look: &look, tokens: &Tokens::default(), scheme: Scheme::Light };
        let colour = Colour::parse("#1447b8").unwrap();
        assert_eq!(palette.nearest(Part::Link, colour), Some(colour));
    }
}
