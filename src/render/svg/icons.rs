//! The icons, each with an outline of its own, so that a state is told without colour.

use crate::render::Markup;

/// The icons by the name of what they stand for: the states' words in JSON, and what stands in the
/// place of a state.
pub const ICONS: &[(&str, &str)] = &[
    (
        "operational",
        "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm-1.3 14.2-4-4 1.5-1.5 2.5 2.5 5.2-5.3 1.5 1.5Z",
    ),
    ("under_maintenance", "M3 3h18v18H3Zm4 4v3l7 7h3v-3l-7-7Z"),
    ("degraded_performance", "M12 3 1.5 21h21Zm-1 6h2v6h-2Zm0 7.5h2v2h-2Z"),
    ("partial_outage", "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm0 2v16a8 8 0 0 0 0-16Z"),
    (
        "major_outage",
        "M7.8 2h8.4L22 7.8v8.4L16.2 22H7.8L2 16.2V7.8Zm1.3 5.6L7.6 9.1l2.9 2.9-2.9 2.9 1.5 1.5 2.9-2.9 2.9 2.9 1.5-1.5-2.9-2.9 2.9-2.9-1.5-1.5-2.9 2.9Z",
    ),
    ("no_data", "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm-5 9h10v2H7Z"),
    ("retired", "M4 4h16v4H4Zm1 5h14v11H5Zm4 3v2h6v-2Z"),
    ("notice", "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20Zm-1 5h2v2h-2Zm0 4h2v6h-2Z"),
];

/// All icons as symbols `icon-operational`, .., for a page to use by reference.
pub fn sprite() -> Markup {
    let symbols: String = ICONS.iter().map(|(name, path)| symbol(name, path)).collect();
    Markup::trusted(format!(
        "<svg class=\"icons\" width=\"0\" height=\"0\" aria-hidden=\"true\">{symbols}</svg>"
    ))
}

fn symbol(name: &str, path: &str) -> String {
    // What lies inside an outline is a hole, whichever way it was drawn.
    format!(
        "<symbol id=\"icon-{name}\" viewBox=\"0 0 24 24\"><path fill-rule=\"evenodd\" d=\"{path}\"/></symbol>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::State;

    #[test]
    fn every_state_has_an_icon() {
        for state in State::ALL {
            assert!(sprite().as_str().contains(&format!("id=\"icon-{}\"", state.word())));
        }
    }
}
