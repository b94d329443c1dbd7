//! What is drawn: icons, bars, the graph of a cascade, the chart of reports.
//!
//! Each is plain SVG that says the same without colour: states have a shape and a word of their own,
//! bars a height, lines a dash. It carries classes and no style, so that the stylesheet decides and
//! the page's policy holds, and whole numbers alone, so that every machine draws the same.

mod bars;
mod cascade;
mod chart;
mod icons;
mod label;
mod layout;
mod plot;
mod scale;
mod spread;

pub use bars::bars;
pub use cascade::{Edge, Graph, Node, cascade};
pub use chart::{Chart, Series, chart};
pub use icons::{ICONS, sprite};
pub use spread::spread;

pub(super) use label::cut;

use crate::model::State;

/// The class of a state, and the end of its icon's id: its word in JSON.
fn class(state: Option<State>) -> &'static str {
    state.map_or("no_data", State::word)
}
