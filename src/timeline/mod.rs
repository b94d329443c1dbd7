//! What is true at an instant: (Project, now) → [`Board`]. Nothing here reads a clock or a file, and
//! answers are values and enums, never sentences.

mod board;
mod calendar;
mod cascade;
#[cfg(test)]
mod cascade_tests;
mod case;
mod change;
mod chronicle;
#[cfg(test)]
mod chronicle_tests;
mod days;
mod disruption;
mod entry;
mod figures;
#[cfg(test)]
mod fixture;
mod foreseen;
mod group;
mod happening;
mod index;
mod known;
mod life;
mod lifecycle;
mod maintenance;
mod moment;
mod news;
mod notice;
mod opening;
mod order;
mod overall;
mod paint;
mod play;
mod present;
mod promise;
mod public;
mod rehearsal;
mod span;
mod stories;
mod story;
mod story_days;
mod tell;
mod turned;
mod uptime;
mod year;
mod zone;

pub use board::{
    Board, ComponentBoard, Day, DayStory, Foreseen, GroupBoard, Headline, Indicator, Overall, OwnedPiece,
    Standing, Uptime, UptimeWindow, Via,
};
pub use calendar::{CalendarDay, calendar, calendar_months, month_end, worst_on};
pub use case::{Case, Counted, Union, component, together};
pub use entry::{Cause, Entry};
pub use happening::{Happening, Origin, Part, Turn};
pub use moment::{moment, stretch};
pub use present::{Scene, at};
pub use stories::Stories;
pub use story::{
    Audience, Basis, Course, Figures, Grace, Late, Lowered, MaintenanceCourse, Moment, Phase, Piece, Promise,
    Span, Story, Telling, Track, Visibility,
};
pub use story_days::StoryDays;
pub use tell::story;
pub use year::{ComponentYear, Interval, Month, YearRecord};
