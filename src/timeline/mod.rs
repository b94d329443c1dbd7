//! What is true at an instant: (Project, now) → [`Board`]. Nothing here reads a clock or a file, and
//! answers are values and enums, never sentences.

mod board;
mod story;

pub use board::{
    Board, ComponentBoard, Day, DayStory, GroupBoard, Headline, Indicator, Overall, OwnedPiece, Standing,
    Uptime, UptimeWindow, Via,
};
pub use story::{
    Audience, Basis, Course, Figures, Late, Lowered, MaintenanceCourse, Moment, Phase, Piece, Promise, Span,
    Story, Telling, Track,
};
