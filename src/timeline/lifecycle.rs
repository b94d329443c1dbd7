//! When an incident began, when it was open, and when it ended.

use jiff::Timestamp;

use super::Span;
use super::public::{Reading, written_start};
use crate::model::{Disruption, Status};

/// An incident from its begin to its end.
pub(super) struct Lifecycle {
    pub(super) start: Timestamp,
    /// More than one where it was reopened; the last one has no end while it is open.
    pub(super) open: Vec<Span>,
    /// What it is in, as said or as follows from `resolved_at`.
    pub(super) status: Option<Status>,
}

impl Lifecycle {
    /// When it ended, where it has.
    pub(super) fn ended_at(&self) -> Option<Timestamp> {
        self.open.last().and_then(|span| span.to)
    }
}

/// The lifecycle as far as it is public; none where nothing says when it began.
pub(super) fn lifecycle(reading: &Reading, disruption: &Disruption) -> Option<Lifecycle> {
    let start = start(reading, disruption)?;
    let said: Vec<(Timestamp, Status)> =
        reading.standing().filter_map(|it| Some((it.at, it.status()?))).collect();
    let open = open_spans(start, &said, disruption.resolved_at.filter(|at| *at <= reading.now));
    let open = if is_ahead(disruption.resolved_at, reading.now) { reopened(open) } else { open };
    let ended = open.last().is_some_and(|span| span.to.is_some());
    let last_open = said.iter().rev().map(|(_, status)| *status).find(|it| *it != Status::Resolved);
    let status = if ended { Some(Status::Resolved) } else { last_open };
    Some(Lifecycle { start, open, status })
}

/// The status in force with each public update: a plain one leaves it as it was.
pub(super) fn statuses(reading: &Reading) -> Vec<Option<Status>> {
    let mut in_force = None;
    let said = reading.updates.iter();
    said.map(|it| {
        in_force = it.status().or(in_force);
        in_force
    })
    .collect()
}

fn start(reading: &Reading, disruption: &Disruption) -> Option<Timestamp> {
    let of_updates = reading.standing().flat_map(|it| {
        let since = it.update.components.iter().filter_map(|declaration| declaration.since);
        since.chain([it.at])
    });
    let withdrawn = reading.updates.first().map(|it| it.at);
    let earliest = written_start(disruption).into_iter().chain(of_updates).min();
    disruption.started_at.or(earliest).or(withdrawn).or(reading.incident.published_at)
}

/// When it was open. `resolved_at`, once it has passed, ends it there and stands for whatever `resolved` was said
/// later; an open status after the last of those is the last word.
fn open_spans(start: Timestamp, said: &[(Timestamp, Status)], resolved_at: Option<Timestamp>) -> Vec<Span> {
    let Some(end) = resolved_at.filter(|end| start <= *end) else { return spans(start, said) };
    let (before, after) = said.split_at(said.partition_point(|(at, _)| *at <= end));
    let mut open = spans(start, before);
    if let Some(last) = open.last_mut() {
        last.to = Some(end);
    }
    let replaced = after.iter().rposition(|(_, status)| *status == Status::Resolved).map_or(0, |it| it + 1);
    let reopening = after[replaced..].first();
    open.extend(reopening.map(|(at, _)| Span { from: *at, to: None }));
    open
}

/// When it was open by what was said alone.
fn spans(start: Timestamp, said: &[(Timestamp, Status)]) -> Vec<Span> {
    let mut open = vec![Span { from: start, to: None }];
    for (at, status) in said {
        let last = open.last_mut().expect("an incident is open at first");
        match (status, last.to) {
            (Status::Resolved, None) => last.to = Some(start.max(*at)),
            (Status::Resolved, Some(_)) | (_, None) => {}
            (_, Some(_)) => open.push(Span { from: *at, to: None }),
        }
    }
    open
}

fn is_ahead(resolved_at: Option<Timestamp>, now: Timestamp) -> bool {
    resolved_at.is_some_and(|at| now < at)
}

/// An incident whose end is stated and has not come is open, even if somebody resolved it before.
fn reopened(mut open: Vec<Span>) -> Vec<Span> {
    if let Some(last) = open.last_mut() {
        last.to = None;
    }
    open
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Written, span, written};
    use crate::model::Status;

    #[track_caller]
    fn check(incident: &Written, now: &str, open: &[&str], status: Option<Status>) {
        let story = incident.story(now).expect("it is public");
        let expected: Vec<_> = open.iter().map(|it| span(it)).collect();
        assert_eq!(story.open, expected);
        assert_eq!(story.status, status);
    }

    #[test]
    fn an_incident_ends_at_the_first_resolved_of_the_last_run() {
        let incident =
            written("login").says("09:00 investigating").says("10:00 resolved").says("10:30 resolved");
        check(&incident, "12:00", &["09:00-10:00"], Some(Status::Resolved));
        check(&incident, "09:57:59", &["09:00-"], Some(Status::Investigating));
    }

    #[test]
    fn a_plain_update_leaves_the_status_as_it_is() {
        let incident = written("login").says("09:00 investigating").says("10:00 resolved").says("12:00 -");
        check(&incident, "13:00", &["09:00-10:00"], Some(Status::Resolved));
        let story = incident.story("13:00").expect("it is public");
        assert_eq!(story.updates[2].status, Some(Status::Resolved));
    }

    #[test]
    fn an_open_status_reopens() {
        let incident = written("login")
            .says("09:00 investigating")
            .says("10:00 resolved")
            .says("11:00 investigating")
            .says("11:30 resolved");
        check(&incident, "11:15", &["09:00-10:00", "11:00-"], Some(Status::Investigating));
        check(&incident, "12:00", &["09:00-10:00", "11:00-11:30"], Some(Status::Resolved));
    }

    #[test]
    fn to_be_continued_elsewhere_is_an_end() {
        let incident = written("login").says("09:00 investigating").says("10:00 - continues");
        check(&incident, "12:00", &["09:00-10:00"], Some(Status::Resolved));
    }

    #[test]
    fn resolved_at_replaces_the_time_of_the_resolved_that_follows() {
        let incident = written("login")
            .start("11:00")
            .resolved_at("11:52")
            .says("11:00 investigating")
            .says("12:10 monitoring")
            .says("13:00 resolved");
        check(&incident, "11:51:59", &["11:00-"], Some(Status::Investigating));
        check(&incident, "11:52", &["11:00-11:52"], Some(Status::Resolved));
        check(&incident, "12:30", &["11:00-11:52", "12:10-"], Some(Status::Monitoring));
        check(&incident, "13:00", &["11:00-11:52"], Some(Status::Resolved));
    }

    #[test]
    fn what_resolved_at_ended_stays_ended_when_it_is_reopened() {
        let incident = written("login")
            .start("10:00")
            .resolved_at("10:52")
            .says("10:00 investigating")
            .says("11:10 monitoring")
            .says("12:00 resolved")
            .says("13:00 investigating");
        check(&incident, "12:30", &["10:00-10:52"], Some(Status::Resolved));
        check(&incident, "13:30", &["10:00-10:52", "13:00-"], Some(Status::Investigating));
    }

    #[test]
    fn resolved_at_moves_an_end_back_or_on() {
        let incident = written("login").says("09:00 investigating").says("10:00 resolved");
        check(&incident.clone().resolved_at("09:40"), "12:00", &["09:00-09:40"], Some(Status::Resolved));
        let longer = incident.resolved_at("11:00");
        check(&longer, "10:30", &["09:00-"], Some(Status::Investigating));
        check(&longer, "11:00", &["09:00-11:00"], Some(Status::Resolved));
    }

    #[test]
    fn the_start_is_the_earliest_time_of_the_updates_unless_it_is_stated() {
        let incident = written("login").says("09:30 investigating login=major@09:10").says("10:00 resolved");
        check(&incident, "12:00", &["09:10-10:00"], Some(Status::Resolved));
        check(&incident.start("09:00"), "12:00", &["09:00-10:00"], Some(Status::Resolved));
    }

    #[test]
    fn a_withdrawn_update_says_nothing() {
        let incident = written("login")
            .says("09:00 investigating")
            .says("10:00 resolved !retracted=10:20")
            .says("11:00 resolved");
        check(&incident, "10:10", &["09:00-10:00"], Some(Status::Resolved));
        check(&incident, "10:20", &["09:00-"], Some(Status::Investigating));
        check(&incident, "11:00", &["09:00-11:00"], Some(Status::Resolved));
    }
}
