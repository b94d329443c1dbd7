//! A colour of the page, and how well it is seen on another.
//!
//! The arithmetic is that of WCAG 2.2: relative luminance, and the contrast ratio made from it. Text needs 4.5 to
//! what it stands on, icons, bars and borders need 3.

use std::fmt;

/// A colour without transparency, as `#rrggbb` writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Colour {
    red: u8,
    green: u8,
    blue: u8,
}

impl Colour {
    /// The darkest.
    pub const BLACK: Colour = Colour { red: 0, green: 0, blue: 0 };
    /// The lightest.
    pub const WHITE: Colour = Colour { red: 255, green: 255, blue: 255 };

    /// The colour that `#rgb` or `#rrggbb` writes; none of anything else.
    pub fn parse(written: &str) -> Option<Colour> {
        let digits: Vec<u8> = written
            .strip_prefix('#')?
            .chars()
            .map(|it| Some(it.to_digit(16)? as u8))
            .collect::<Option<_>>()?;
        match digits[..] {
            [red, green, blue] => Some(Colour { red: red * 17, green: green * 17, blue: blue * 17 }),
            [r, ed, g, reen, b, lue] => {
                Some(Colour { red: r * 16 + ed, green: g * 16 + reen, blue: b * 16 + lue })
            }
            _ => None,
        }
    }

    /// Its red, green and blue light, from 0 to 1: what sums up as light does.
    pub fn linear(self) -> [f64; 3] {
        [self.red, self.green, self.blue].map(|channel| {
            let channel = f64::from(channel) / 255.0;
            if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
        })
    }

    /// How light it is to the eye, from 0 to 1.
    pub fn luminance(self) -> f64 {
        let [red, green, blue] = self.linear();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The contrast ratio with another colour, from 1 to 21. It does not matter which of them is behind.
    pub fn contrast(self, other: Colour) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// This colour with so much of another in it, in thousandths.
    #[must_use]
    pub fn mixed(self, other: Colour, thousandths: u16) -> Colour {
        let part = u32::from(thousandths.min(1000));
        let mix = |one: u8, other: u8| {
            let sum = u32::from(one) * (1000 - part) + u32::from(other) * part + 500;
            u8::try_from(sum / 1000).expect("between two channels")
        };
        Colour {
            red: mix(self.red, other.red),
            green: mix(self.green, other.green),
            blue: mix(self.blue, other.blue),
        }
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(written: &str) -> Colour {
        Colour::parse(written).unwrap()
    }

    #[track_caller]
    fn check(one: &str, other: &str, ratio: &str) {
        assert_eq!(format!("{:.2}", colour(one).contrast(colour(other))), ratio);
        assert_eq!(format!("{:.2}", colour(other).contrast(colour(one))), ratio);
    }

    #[test]
    fn a_colour_is_written_with_three_digits_or_six() {
        assert_eq!(colour("#0aF").to_string(), "#00aaff");
        assert_eq!(colour("#1447B8").to_string(), "#1447b8");
        for odd in ["1447b8", "#1447b", "#12345678", "red", "#ggg", "#", ""] {
            assert_eq!(Colour::parse(odd), None, "{odd}");
        }
    }

    #[test]
    fn contrast_is_that_of_the_web_guidelines() {
        check("#000", "#fff", "21.00");
        check("#777", "#fff", "4.48");
        check("#767676", "#fff", "4.54");
        check("#123456", "#123456", "1.00");
        check("#14181f", "#ffffff", "17.79");
        check("#b58105", "#fff3d1", "3.11");
        check("#d4235f", "#181f28", "3.32");
    }

    #[test]
    fn a_mixture_goes_from_one_colour_to_the_other() {
        assert_eq!(colour("#102030").mixed(Colour::WHITE, 0), colour("#102030"));
        assert_eq!(colour("#102030").mixed(Colour::WHITE, 1000), Colour::WHITE);
        assert_eq!(Colour::BLACK.mixed(Colour::WHITE, 500).to_string(), "#808080");
    }
}
