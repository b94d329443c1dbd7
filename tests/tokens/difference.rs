//! How different two colours look: CIEDE2000, to everybody and to those who see fewer colours.
//!
//! The formula and the pairs that check it: G. Sharma, W. Wu, E. N. Dalal, "The CIEDE2000 Color-Difference Formula:
//! Implementation Notes, Supplementary Test Data, and Mathematical Observations", Color Research and Application 30
//! (2005), table 1. The matrices: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, "A Physiologically-based Model
//! for Simulation of Color Vision Deficiency", IEEE Transactions on Visualization and Computer Graphics 15 (2009),
//! table 1, severity 1.0. They are applied to linear light.

use allclear::model::Colour;

/// Rows that turn linear light into the light that is seen.
type Matrix = [[f64; 3]; 3];

/// A colour in CIELAB, under the light D65.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lab {
    lightness: f64,
    a: f64,
    b: f64,
}

/// Whose eyes they are.
pub(crate) const EYES: [(&str, Matrix); 4] = [
    ("normal vision", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protanopia",
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    ),
    (
        "deuteranopia",
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    ),
    (
        "tritanopia",
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
    ),
];

/// The colour as these eyes see it.
pub(crate) fn seen(colour: Colour, eyes: &Matrix) -> Lab {
    let light = times(eyes, colour.linear()).map(|it| it.clamp(0.0, 1.0));
    let srgb_to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]];
    let [x, y, z] = times(&srgb_to_xyz, light);
    let [x, y, z] = [x / 0.95047, y, z / 1.08883].map(|it| {
        if it <= (6.0 / 29.0_f64).powi(3) {
            it * (29.0 / 6.0_f64).powi(2) / 3.0 + 4.0 / 29.0
        } else {
            it.cbrt()
        }
    });
    Lab { lightness: 116.0 * y - 16.0, a: 500.0 * (x - y), b: 200.0 * (y - z) }
}

fn times(matrix: &Matrix, vector: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(vector).map(|(factor, it)| factor * it).sum())
}

/// The distance ΔE00: about 1 is just seen side by side.
pub(crate) fn difference(one: Lab, other: Lab) -> f64 {
    let stretch = a_stretch(one, other);
    let [one, other] = [one, other].map(|it| Polar::of(Lab { a: it.a * stretch, ..it }));
    let lightness = other.lightness - one.lightness;
    let chroma = other.chroma - one.chroma;
    let turn = turn(one, other);
    let hue = 2.0 * (one.chroma * other.chroma).sqrt() * (turn.to_radians() / 2.0).sin();

    let mean_lightness = f64::midpoint(one.lightness, other.lightness);
    let mean_chroma = f64::midpoint(one.chroma, other.chroma);
    let mean_hue = mean_hue(one, other);
    let off_middle = (mean_lightness - 50.0).powi(2);
    let weight_lightness = 1.0 + 0.015 * off_middle / (20.0 + off_middle).sqrt();
    let weight_chroma = 1.0 + 0.045 * mean_chroma;
    let weight_hue = 1.0 + 0.015 * mean_chroma * unevenness(mean_hue);

    let (lightness, chroma, hue) = (lightness / weight_lightness, chroma / weight_chroma, hue / weight_hue);
    let rotated = rotation(mean_chroma, mean_hue) * chroma * hue;
    (lightness.powi(2) + chroma.powi(2) + hue.powi(2) + rotated).sqrt()
}

/// A colour by hue, in degrees, and chroma.
#[derive(Clone, Copy)]
struct Polar {
    lightness: f64,
    chroma: f64,
    hue: f64,
}

impl Polar {
    fn of(Lab { lightness, a, b }: Lab) -> Self {
        Polar { lightness, chroma: a.hypot(b), hue: b.atan2(a).to_degrees().rem_euclid(360.0) }
    }

    fn is_grey(self) -> bool {
        self.chroma == 0.0
    }
}

/// Greys differ more along the a axis than the space says.
fn a_stretch(one: Lab, other: Lab) -> f64 {
    let chroma = f64::midpoint(one.a.hypot(one.b), other.a.hypot(other.b));
    1.5 - 0.5 * saturation(chroma)
}

fn saturation(chroma: f64) -> f64 {
    (chroma.powi(7) / (chroma.powi(7) + 25.0_f64.powi(7))).sqrt()
}

/// From one hue to the other, the short way round.
fn turn(one: Polar, other: Polar) -> f64 {
    match other.hue - one.hue {
        _ if one.is_grey() || other.is_grey() => 0.0,
        turn if 180.0 < turn => turn - 360.0,
        turn if turn < -180.0 => turn + 360.0,
        turn => turn,
    }
}

fn mean_hue(one: Polar, other: Polar) -> f64 {
    let sum = one.hue + other.hue;
    match (one.hue - other.hue).abs() {
        _ if one.is_grey() || other.is_grey() => sum,
        apart if apart <= 180.0 => sum / 2.0,
        _ if sum < 360.0 => (sum + 360.0) / 2.0,
        _ => (sum - 360.0) / 2.0,
    }
}

/// How unevenly the space spreads hues: T.
fn unevenness(hue: f64) -> f64 {
    let wave = |degrees: f64| degrees.to_radians().cos();
    1.0 - 0.17 * wave(hue - 30.0) + 0.24 * wave(2.0 * hue) + 0.32 * wave(3.0 * hue + 6.0)
        - 0.20 * wave(4.0 * hue - 63.0)
}

/// In blue, chroma and hue work on each other: R_T.
fn rotation(chroma: f64, hue: f64) -> f64 {
    let angle = 60.0 * (-((hue - 275.0) / 25.0).powi(2)).exp();
    -angle.to_radians().sin() * 2.0 * saturation(chroma)
}

#[test]
fn the_formula_gives_the_published_differences() {
    let published = [
        ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
        ([50.0, -1.3802, -84.2814], [50.0, 0.0, -82.7485], 1.0),
        ([50.0, 0.0, 0.0], [50.0, -1.0, 2.0], 2.3669),
        ([50.0, 2.49, -0.001], [50.0, -2.49, 0.001], 7.1792),
        ([50.0, 2.49, -0.001], [50.0, -2.49, 0.0011], 7.2195),
        ([50.0, -0.001, 2.49], [50.0, 0.0009, -2.49], 4.8045),
        ([50.0, -0.001, 2.49], [50.0, 0.0011, -2.49], 4.7461),
        ([50.0, 2.5, 0.0], [50.0, 0.0, -2.5], 4.3065),
        ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
        ([50.0, 2.5, 0.0], [56.0, -27.0, -3.0], 31.9030),
        ([50.0, 2.5, 0.0], [58.0, 24.0, 15.0], 19.4535),
        ([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644),
        ([63.0109, -31.0961, -5.8663], [62.8187, -29.7946, -4.0864], 1.2630),
        ([22.7233, 20.0904, -46.6940], [23.0331, 14.9730, -42.5619], 2.0373),
        ([36.4612, 47.8580, 18.3852], [36.2715, 50.5065, 21.2231], 1.4146),
        ([2.0776, 0.0795, -1.1350], [0.9033, -0.0636, -0.5514], 0.9082),
    ];
    let lab = |[lightness, a, b]: [f64; 3]| Lab { lightness, a, b };
    for (one, other, expected) in published {
        for (one, other) in [(one, other), (other, one)] {
            let found = difference(lab(one), lab(other));
            assert!((found - expected).abs() < 0.000_05, "{one:?} {other:?}: {found}, published {expected}");
        }
    }
}

/// The figures were reckoned from colours of 256 steps, as a screen shows them; here light is not rounded.
#[test]
fn the_eyes_see_the_differences_that_the_palette_was_designed_with() {
    let designed = [
        ("#780016", "#a8450c", 20.9),
        ("#a8450c", "#237a5b", 16.4),
        ("#a8450c", "#b58105", 14.1),
        ("#2b4fc7", "#237a5b", 13.7),
    ];
    for ((eyes, matrix), (one, other, expected)) in EYES.iter().zip(designed) {
        let [one, other] = [one, other].map(|it| seen(Colour::parse(it).unwrap(), matrix));
        let found = difference(one, other);
        assert!((found - expected).abs() < 0.2, "{found} with {eyes}, designed {expected}");
    }
}
