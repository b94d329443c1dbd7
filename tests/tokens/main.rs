//! The colours of the default theme keep what they promise, in both schemes: text has a contrast of 4.5 to whatever
//! it stands on, graphics have 3, and no two fills of states look alike, whatever colours the reader can see.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod difference;

use allclear::model::Colour;
use allclear::render::{Scheme, Tokens};

use difference::{EYES, difference, seen};

const CSS: &str = include_str!("../../themes/default/assets/style.css");
const SCHEMES: [Scheme; 2] = [Scheme::Light, Scheme::Dark];
const STATES: [&str; 6] = ["operational", "degraded", "partial", "major", "maintenance", "none"];

/// What text and graphics need, by the web's guidelines for accessibility.
const TEXT: f64 = 4.5;
const GRAPHICS: f64 = 3.0;

/// The smallest difference between two fills.
const APART: f64 = 13.0;

#[test]
fn text_can_be_read_on_whatever_it_stands() {
    for name in ["ink", "muted", "link", "visited"] {
        check(name, &everywhere(), TEXT);
    }
    for state in STATES {
        check(&format!("{state}-text"), &grounds(state), TEXT);
    }
}

#[test]
fn graphics_can_be_seen_on_whatever_they_stand() {
    check("focus", &everywhere(), GRAPHICS);
    for state in STATES {
        check(state, &grounds(state), GRAPHICS);
    }
}

#[test]
fn no_two_fills_look_alike_to_anybody() {
    for scheme in SCHEMES {
        for (eyes, _) in EYES {
            let (distance, pair) = closest(scheme, eyes);
            assert!(APART <= distance, "{pair} are {distance:.1} apart in {scheme:?} with {eyes}");
        }
    }
}

/// Checks the contrast of a token with each of those it may stand on.
#[track_caller]
fn check(name: &str, grounds: &[String], needed: f64) {
    for scheme in SCHEMES {
        for ground in grounds {
            let ratio = colour(scheme, name).contrast(colour(scheme, ground));
            assert!(needed <= ratio, "--{name} on --{ground} is {ratio:.2} in {scheme:?}, needs {needed}");
        }
    }
}

/// What the colours of a state stand on.
fn grounds(state: &str) -> Vec<String> {
    ["page".to_owned(), "surface".to_owned(), format!("{state}-tint")].into()
}

/// What text of no state may stand on: the page, and every banner.
fn everywhere() -> Vec<String> {
    let tints = STATES.iter().map(|it| format!("{it}-tint"));
    ["page".to_owned(), "surface".to_owned()].into_iter().chain(tints).collect()
}

/// The two fills that look most alike to these eyes.
fn closest(scheme: Scheme, eyes: &str) -> (f64, String) {
    let (_, matrix) = EYES.iter().find(|(name, _)| *name == eyes).unwrap();
    let pairs = STATES.iter().enumerate().flat_map(|(index, one)| {
        STATES[..index].iter().map(move |other| {
            let [left, right] = [one, other].map(|it| seen(colour(scheme, it), matrix));
            (difference(left, right), format!("--{one} and --{other}"))
        })
    });
    pairs.min_by(|(one, _), (other, _)| one.total_cmp(other)).unwrap()
}

#[track_caller]
fn colour(scheme: Scheme, name: &str) -> Colour {
    Tokens::read(CSS).get(scheme, name).unwrap_or_else(|| panic!("style.css names no colour --{name}"))
}
