//! The promise of a next update.

use super::public::Reading;
use super::{Phase, Promise};

/// The promise that stands: that of the last word, while there is something to wait for.
pub(super) fn promise(reading: &Reading, phase: Phase) -> Option<Promise> {
    match phase {
        Phase::Ahead | Phase::Open => {}
        Phase::Ended | Phase::Cancelled | Phase::Retracted => return None,
    }
    let last = reading.updates.last().filter(|it| it.retracted.is_none())?;
    let by = last.update.next_update?;
    Some(Promise { by, overdue: by <= reading.now })
}

#[cfg(test)]
mod tests {
    use super::super::Promise;
    use super::super::fixture::{Written, t, written};

    #[track_caller]
    fn check(incident: &Written, now: &str, expected: Option<(&str, bool)>) {
        let story = incident.story(now).expect("it is public");
        assert_eq!(story.promise, expected.map(|(by, overdue)| Promise { by: t(by), overdue }));
    }

    #[test]
    fn it_runs_out_at_its_instant() {
        let incident = written("login").says("02:45 investigating !next=03:15");
        check(&incident, "03:14:59", Some(("03:15", false)));
        check(&incident, "03:15", Some(("03:15", true)));
    }

    #[test]
    fn it_is_gone_when_resolved_or_followed_by_an_update() {
        let incident = written("login").says("02:45 investigating !next=03:15");
        check(&incident.clone().says("03:20 -"), "03:20", None);
        check(&incident.clone().says("03:20 -"), "03:17", Some(("03:15", true)));
        check(&incident.clone().says("03:00 resolved !next=04:00"), "03:10", None);
        check(&incident.resolved_at("03:05"), "03:05", None);
    }
}
