//! The ids of a story's events.
//!
//! An id says where its event comes from and nothing of what it does or how it is worded, so a late
//! merge or a mended text leaves it as it is.

use jiff::Timestamp;

use crate::model::Correction;
use crate::render::ident::{ident, of_incident, of_updates};
use crate::timeline::{Origin, Part, Story};

/// The ids of a story's events.
pub(super) struct Idents<'a> {
    story: &'a Story,
    incident: String,
    /// Of the updates, which other documents call by the same.
    updates: Vec<String>,
}

impl<'a> Idents<'a> {
    /// Those of a story.
    pub(super) fn of(story: &'a Story) -> Self {
        Idents { story, incident: of_incident(&story.incident), updates: of_updates(story) }
    }

    /// The same with other ids of its updates.
    pub(super) fn with_updates(self, updates: Vec<String>) -> Self {
        Idents { updates, ..self }
    }

    /// The id of what comes from there at an instant.
    pub(super) fn id(&self, origin: Origin, at: Timestamp) -> String {
        let second = at.as_second().to_string();
        match origin {
            Origin::Opening => ident(&["opened", &self.incident]),
            Origin::Update(index) => self.updates[index].clone(),
            Origin::Clock { status, number } => {
                ident(&["clock", &self.incident, status.word(), &second, &number.to_string()])
            }
            Origin::End => ident(&["resolved_at", &self.incident]),
            Origin::Correction { of, index } => {
                let number = self.number(of, index).to_string();
                ident(&["correction", &self.part(of), &second, &number])
            }
            Origin::Retraction(of) => ident(&["retraction", &self.part(of)]),
            Origin::Postmortem => ident(&["postmortem", &self.incident]),
        }
    }

    fn part(&self, part: Part) -> String {
        match part {
            Part::Whole => self.incident.clone(),
            Part::Update(index) => self.updates[index].clone(),
            Part::Postmortem => ident(&["postmortem", &self.incident]),
        }
    }

    /// Which one a correction is among those of its part and second.
    fn number(&self, part: Part, index: usize) -> usize {
        let corrections = self.corrections(part);
        let second = corrections[index].at.as_second();
        corrections[..index].iter().filter(|it| it.at.as_second() == second).count()
    }

    fn corrections(&self, part: Part) -> &'a [Correction] {
        let incident = &self.story.incident;
        match part {
            Part::Whole => &incident.corrections,
            Part::Update(index) => &self.story.updates[index].update(self.story).corrections,
            Part::Postmortem => incident.postmortem.as_ref().map_or(&[], |it| &it.corrections),
        }
    }
}
