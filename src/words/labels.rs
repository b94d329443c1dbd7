//! The words for each of the closed lists.

use jiff::civil::Weekday;

use super::Words;
use crate::model::{ActionKind, ActionStatus, Detection, EventKind, Impact, Kind, State, Status, Strength};
use crate::timeline::{Late, Phase, Standing};

/// The days that a week can begin with, by the names that a list of words has for them.
pub(super) const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

impl Words {
    /// "Major outage".
    pub fn state(&self, state: State) -> &str {
        self.text(&format!("state.{}", state.word()))
    }

    /// "major outage".
    pub fn state_in_sentence(&self, state: State) -> &str {
        self.text(&format!("state_in_sentence.{}", state.word()))
    }

    /// "Major outage", "No data", "Retired".
    pub fn standing(&self, standing: Standing) -> &str {
        match standing {
            Standing::In(state) => self.state(state),
            Standing::NoData => self.text("state.no_data"),
            Standing::Retired => self.text("state.retired"),
        }
    }

    /// "Investigating".
    pub fn status(&self, status: Status) -> &str {
        self.text(&format!("status.{}", status.word()))
    }

    /// The heading of an update: its status, or "Update" where it has none of its own.
    pub fn update(&self, status: Option<Status>) -> &str {
        status.map_or_else(|| self.text("status.update"), |it| self.status(it))
    }

    /// "Critical".
    pub fn impact(&self, impact: Impact) -> &str {
        self.text(&format!("impact.{}", impact.word()))
    }

    /// "Incident".
    pub fn kind(&self, kind: &Kind) -> &str {
        self.text(match kind {
            Kind::Incident(_) => "kind.incident",
            Kind::Maintenance(_) => "kind.maintenance",
            Kind::Notice(_) => "kind.notice",
        })
    }

    /// "Open".
    pub fn phase(&self, phase: Phase) -> &str {
        self.text(match phase {
            Phase::Ahead => "phase.ahead",
            Phase::Open => "phase.open",
            Phase::Ended => "phase.ended",
            Phase::Cancelled => "phase.cancelled",
            Phase::Retracted => "phase.retracted",
        })
    }

    /// "Due to start", "Overrunning".
    pub fn late(&self, late: Late) -> &str {
        self.text(match late {
            Late::DueToStart => "late.due_to_start",
            Late::Overrunning => "late.overrunning",
        })
    }

    /// "hard", "soft".
    pub fn strength(&self, strength: Strength) -> &str {
        self.text(match strength {
            Strength::Hard => "strength.hard",
            Strength::Soft => "strength.soft",
        })
    }

    /// Who noticed: "Monitoring".
    pub fn detection(&self, detection: Detection) -> &str {
        self.text(match detection {
            Detection::Monitoring => "detection.monitoring",
            Detection::Users => "detection.users",
            Detection::Staff => "detection.staff",
        })
    }

    /// The kind of an event in a postmortem: "Detected".
    pub fn event(&self, kind: EventKind) -> &str {
        self.text(match kind {
            EventKind::Trigger => "event.trigger",
            EventKind::Detect => "event.detect",
            EventKind::Escalate => "event.escalate",
            EventKind::Mitigate => "event.mitigate",
            EventKind::Resolve => "event.resolve",
            EventKind::Note => "event.note",
        })
    }

    /// To what end something is done: "Prevent".
    pub fn action(&self, kind: ActionKind) -> &str {
        self.text(match kind {
            ActionKind::Prevent => "action.prevent",
            ActionKind::Detect => "action.detect",
            ActionKind::Mitigate => "action.mitigate",
            ActionKind::Process => "action.process",
        })
    }

    /// How far an action is: "In progress".
    pub fn action_status(&self, status: ActionStatus) -> &str {
        self.text(match status {
            ActionStatus::Open => "action_status.open",
            ActionStatus::InProgress => "action_status.in_progress",
            ActionStatus::Done => "action_status.done",
            ActionStatus::Dropped => "action_status.dropped",
        })
    }

    /// The day that a week begins with where the language is spoken.
    pub fn first_weekday(&self) -> Weekday {
        let first = self.text("weekday.first");
        WEEKDAYS.into_iter().find(|(name, _)| *name == first).map_or(Weekday::Monday, |(_, day)| day)
    }

    /// "Mon".
    pub fn short_weekday(&self, day: Weekday) -> &str {
        self.text(&format!("weekday.short.{}", day.to_monday_one_offset()))
    }

    /// "Monday".
    pub fn weekday(&self, day: Weekday) -> &str {
        self.text(&format!("weekday.long.{}", day.to_monday_one_offset()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_closed_lists_has_words() {
        let words = Words::english();
        for it in State::ALL {
            assert_eq!(words.state(it).to_lowercase(), words.state_in_sentence(it));
        }
        for it in Status::OF_INCIDENT.into_iter().chain(Status::OF_MAINTENANCE) {
            assert!(!words.status(it).is_empty());
        }
        for it in Impact::ALL {
            assert!(!words.impact(it).is_empty());
        }
    }

    #[test]
    fn a_plain_update_has_a_heading() {
        assert_eq!(Words::english().update(None), "Update");
        assert_eq!(Words::english().update(Some(Status::InProgress)), "In progress");
    }

    #[test]
    fn the_week_begins_where_the_language_says() {
        assert_eq!(Words::english().first_weekday(), Weekday::Monday);
        assert_eq!(Words::english().short_weekday(Weekday::Sunday), "Sun");
    }
}
