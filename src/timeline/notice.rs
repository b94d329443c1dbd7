//! The story of a notice: information, shown for a while.

use jiff::{SignedDuration, Timestamp};

use super::lifecycle::statuses;
use super::public::Reading;
use super::span::later;
use super::tell::Outline;
use super::{Course, Phase, Span};
use crate::model::{Impact, Notice, State, Status};

/// How long a notice is shown after its last update, where nothing else is said.
pub(super) const SHOWN_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What of its story only a notice has.
pub(super) fn outline(reading: &Reading, notice: &Notice) -> Outline {
    let resolved = reading.standing().find(|it| it.status() == Some(Status::Resolved)).map(|it| it.at);
    let until = until(reading, notice, resolved);
    let start = reading.updates.first().map(|it| it.at).or(reading.incident.published_at);
    let start = start.unwrap_or_else(|| later(until, -SHOWN_FOR));
    let ended_at = (resolved.is_some() || until <= reading.now).then_some(until);
    let statuses = statuses(reading);
    Outline {
        phase: if ended_at.is_some() { Phase::Ended } else { Phase::Open },
        status: if ended_at.is_some() { Some(Status::Resolved) } else { None },
        statuses,
        started_at: start,
        ended_at,
        open: vec![Span { from: start, to: ended_at }],
        impact: Impact::None,
        stated_impact: None,
        worst: State::Operational,
        tracks: Vec::new(),
        suggested: Vec::new(),
        course: Course::Notice { until },
    }
}

fn until(reading: &Reading, notice: &Notice, resolved: Option<Timestamp>) -> Timestamp {
    let last_word = reading.updates.last().map(|it| it.update.at).or(reading.incident.published_at);
    let planned = notice.ends_at.or_else(|| last_word.map(|at| later(at, SHOWN_FOR)));
    resolved.into_iter().chain(planned).min().unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::Phase;
    use super::super::fixture::{Written, notice};

    #[track_caller]
    fn check(notice: &Written, now: &str, phase: Option<Phase>) {
        assert_eq!(notice.story(now).map(|it| it.phase), phase);
    }

    #[test]
    fn it_is_shown_for_seven_days_after_its_last_update() {
        let notice = notice().says("02T10:00 -").says("03T10:00 -");
        check(&notice, "02T09:57:59", None);
        check(&notice, "10T09:59:59", Some(Phase::Open));
        check(&notice, "10T10:00", Some(Phase::Ended));
    }

    #[test]
    fn it_is_shown_until_its_end_or_until_it_is_resolved() {
        check(&notice().says("02T10:00 -").ends_at("04T00:00"), "04T00:00", Some(Phase::Ended));
        check(&notice().says("02T10:00 -").ends_at("20T00:00"), "15T00:00", Some(Phase::Open));
        check(&notice().says("02T10:00 -").says("02T12:00 resolved"), "02T12:00", Some(Phase::Ended));
    }

    #[test]
    fn it_can_be_planned() {
        let notice = notice().published_at("05T08:00").ends_at("06T08:00");
        check(&notice, "05T07:59:59", None);
        check(&notice, "05T08:00", Some(Phase::Open));
    }
}
