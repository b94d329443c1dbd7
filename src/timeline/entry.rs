//! A story as a sequence of entries, for whoever tells it one after the other: feeds and the API.

use jiff::Timestamp;

use super::{Course, Story, Telling};
use crate::model::{Correction, Kind, Status};

/// One thing that the public was told, or that came to pass without a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it comes from.
    pub cause: Cause,
    /// When it was so.
    pub at: Timestamp,
    /// When the public could read of it. A head that does not say, and has no update, is taken for read when what
    /// it tells of begins: nothing else of it is dated.
    pub published_at: Timestamp,
    /// The status in force with it; none where none had been said, and of a notice.
    pub status: Option<Status>,
    /// Whether the postmortem could be read by then.
    pub has_postmortem: bool,
}

/// What an entry comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// The head alone: no update says that there is an incident, or that a maintenance is scheduled.
    Head,
    /// The update of this index in the story's updates.
    Update(usize),
    /// A maintenance began or ended by the clock.
    Clock,
    /// The incident ended at the time that its head states, which no update says.
    Ended,
    /// The postmortem was published.
    Postmortem,
    /// All of it was withdrawn.
    Withdrawn,
}

impl Story {
    /// Its entries in order of time: one a public update, and one for each turn that came without one.
    pub fn entries(&self) -> Vec<Entry> {
        let mut entries: Vec<Entry> = self.updates.iter().enumerate().map(|it| said(self, it)).collect();
        entries.extend(by_clock(self));
        entries.extend(ended(self));
        entries.extend(postmortem(self));
        entries.extend(self.retracted.as_ref().map(|it| withdrawn(self, it)));
        entries.extend(head(self, &entries));
        entries.sort_by_key(|it| (it.at, rank(it.cause)));
        let read_from = entries.iter().find(|it| it.cause == Cause::Postmortem).map(|it| it.at);
        for entry in &mut entries {
            entry.has_postmortem = read_from.is_some_and(|at| at <= entry.at);
            if self.retracted.as_ref().is_some_and(|it| it.at <= entry.at) {
                entry.status = last_status(self);
            }
        }
        entries
    }

    /// When the public could first read of it.
    pub fn first_told(&self) -> Timestamp {
        let is_incident = matches!(self.incident.kind, Kind::Incident(_));
        let first_update = self.updates.iter().map(|it| it.published_at).min();
        if let Some(at) = first_update.filter(|_| is_incident && self.incident.published_at.is_none()) {
            // Nothing of it is told before: and this is asked of all history.
            return at;
        }
        let told = self.entries().into_iter().map(|it| it.published_at).min();
        told.or(self.incident.published_at).unwrap_or(self.started_at)
    }

    /// When something last came to what the public can read of it: an entry, a correction, a withdrawal.
    pub fn last_told(&self) -> Timestamp {
        self.last(|_| true)
    }

    /// The same without what the clock did: when somebody last wrote something of it.
    pub fn last_word(&self) -> Timestamp {
        self.last(|cause| cause != Cause::Clock)
    }

    fn last(&self, counts: fn(Cause) -> bool) -> Timestamp {
        let entries = self.entries().into_iter().filter(|it| counts(it.cause)).map(|it| it.published_at);
        let remarks = self.updates.iter().flat_map(|it| {
            let corrected = self.passed(&it.update(self).corrections);
            corrected.chain(it.retracted.as_ref())
        });
        let postmortem = self.incident.postmortem.iter().filter(|_| self.has_postmortem);
        let remarks = remarks.chain(self.passed(&self.incident.corrections));
        let remarks = remarks.chain(postmortem.flat_map(|it| self.passed(&it.corrections)));
        entries.chain(remarks.map(|it| it.at)).max().unwrap_or(self.started_at)
    }
}

/// What stands first of what happened at one instant: an update is heard before the clock acts.
fn rank(cause: Cause) -> u8 {
    match cause {
        Cause::Head => 0,
        Cause::Update(_) => 1,
        Cause::Clock => 2,
        Cause::Ended => 3,
        Cause::Postmortem => 4,
        Cause::Withdrawn => 5,
    }
}

fn entry(cause: Cause, at: Timestamp, status: Option<Status>) -> Entry {
    Entry { cause, at, published_at: at, status, has_postmortem: false }
}

fn said(story: &Story, (index, telling): (usize, &Telling)) -> Entry {
    let status = match story.incident.kind {
        Kind::Incident(_) => in_force(story, index),
        Kind::Maintenance(_) | Kind::Notice(_) => telling.status,
    };
    Entry { published_at: telling.published_at, ..entry(Cause::Update(index), telling.at, status) }
}

/// The status in force with an update of an incident, where `resolved_at` is heard too.
fn in_force(story: &Story, index: usize) -> Option<Status> {
    let telling = &story.updates[index];
    let is_open = story.is_open_at(telling.at);
    let has_ended = story.open.first().and_then(|it| it.to).is_some_and(|to| to <= telling.at);
    let is_plain = telling.update(story).status.is_none();
    match telling.status {
        Some(Status::Resolved) if is_open => {
            let before = story.updates[..index].iter().rev().filter_map(|it| it.status);
            before.into_iter().find(|it| *it != Status::Resolved)
        }
        _ if is_plain && has_ended && !is_open => Some(Status::Resolved),
        status => status,
    }
}

fn by_clock(story: &Story) -> Vec<Entry> {
    let turns = match &story.course {
        Course::Maintenance(course) => course.by_clock.as_slice(),
        Course::Incident(_) | Course::Notice { .. } => &[],
    };
    let turn = |(at, status): &(Timestamp, Status)| public(story, entry(Cause::Clock, *at, Some(*status)));
    turns.iter().map(turn).collect()
}

/// That it ended at the time which its head states, where no update says so.
fn ended(story: &Story) -> Option<Entry> {
    let Kind::Incident(head) = &story.incident.kind else { return None };
    let at = head.resolved_at?;
    let ends = story.open.iter().any(|it| it.to == Some(at));
    let is_said = story.updates.iter().any(|it| it.at == at && it.status == Some(Status::Resolved));
    (ends && !is_said).then(|| public(story, entry(Cause::Ended, at, Some(Status::Resolved))))
}

fn postmortem(story: &Story) -> Option<Entry> {
    let written = story.incident.postmortem.as_ref().filter(|_| story.has_postmortem)?;
    let at = written.published_at.or(story.ended_at).unwrap_or(story.started_at);
    let is_incident = matches!(story.incident.kind, Kind::Incident(_));
    let status = if is_incident && !story.is_open_at(at) { Some(Status::Resolved) } else { story.status };
    Some(public(story, entry(Cause::Postmortem, at, status)))
}

fn withdrawn(story: &Story, withdrawal: &Correction) -> Entry {
    public(story, entry(Cause::Withdrawn, withdrawal.at, last_status(story)))
}

/// The status that a story is left in by its withdrawal.
pub(super) fn last_status(story: &Story) -> Option<Status> {
    match story.incident.kind {
        Kind::Incident(_) => Some(Status::Resolved),
        Kind::Maintenance(_) => Some(Status::Cancelled),
        Kind::Notice(_) => None,
    }
}

/// The head's own entry, where no update says what it does.
fn head(story: &Story, entries: &[Entry]) -> Option<Entry> {
    let stated = story.incident.published_at;
    let (at, status) = match &story.incident.kind {
        Kind::Maintenance(written) => {
            let is_said = story.updates.iter().any(|it| it.status == Some(Status::Scheduled));
            // It was scheduled before it was anything else, even if it was published afterwards.
            let others = entries.iter().map(|it| it.at).chain([written.scheduled_for]);
            (others.chain(stated).min().filter(|_| !is_said), Some(Status::Scheduled))
        }
        Kind::Incident(_) => (Some(story.started_at), None),
        Kind::Notice(_) => (stated.or(Some(story.started_at)), None),
    };
    let is_alone = story.updates.is_empty() || matches!(story.incident.kind, Kind::Maintenance(_));
    at.filter(|_| is_alone).map(|at| public(story, entry(Cause::Head, at, status)))
}

/// An entry of the story, which nobody could read before the story was public.
fn public(story: &Story, entry: Entry) -> Entry {
    let from = story.incident.published_at.or(story.updates.iter().map(|it| it.published_at).min());
    let from = from.filter(|_| entry.cause != Cause::Head || story.incident.published_at.is_some());
    Entry { published_at: from.map_or(entry.at, |from| from.max(entry.at)), ..entry }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Written, maintenance, notice, t, written};
    use super::*;

    /// What the story tells at an instant: time, status and cause of each entry.
    #[track_caller]
    fn check(written: &Written, now: &str, expected: &[&str]) {
        let story = written.story(now).expect("it is public");
        let told = |it: &Entry| {
            let status = it.status.map_or("-", Status::word);
            let cause = match it.cause {
                Cause::Update(_) => "update".to_owned(),
                cause => format!("{cause:?}").to_lowercase(),
            };
            format!("{} {status} {cause}", it.at.strftime("%H:%M"))
        };
        assert_eq!(story.entries().iter().map(told).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn each_update_is_an_entry_with_the_status_in_force() {
        let incident = written("a").says("10:00 investigating").says("10:10 -").says("11:00 resolved");
        check(
            &incident,
            "12:00",
            &["10:00 investigating update", "10:10 investigating update", "11:00 resolved update"],
        );
    }

    #[test]
    fn a_head_alone_is_an_entry() {
        check(&written("a").start("10:00"), "11:00", &["10:00 - head"]);
        check(&maintenance(), "00:10", &["01:00 scheduled head"]);
        check(&notice().published_at("00:05"), "00:10", &["00:05 - head"]);
    }

    #[test]
    fn what_the_clock_does_is_told_until_it_is_withdrawn() {
        let turns = ["01:00 scheduled head", "01:00 in_progress clock", "03:00 completed clock"];
        check(&maintenance(), "04:00", &turns);
        check(&maintenance().published_at("00:10"), "01:30", &["00:10 scheduled head", turns[1]]);
        check(&maintenance().published_at("05:00"), "06:00", &turns);
        let announced = maintenance().says("00:30 scheduled").says("02:00 -");
        let said = ["00:30 scheduled update", turns[1], "02:00 in_progress update", turns[2]];
        check(&announced, "04:00", &said);
    }

    #[test]
    fn an_end_that_no_update_says_is_an_entry() {
        let incident = written("a").start("10:00").resolved_at("10:52").says("10:00 investigating");
        let expected = ["10:00 investigating update", "10:52 resolved ended"];
        check(&incident, "12:00", &expected);
        check(
            &incident.clone().says("11:00 -"),
            "12:00",
            &[expected[0], expected[1], "11:00 resolved update"],
        );
        check(&incident.says("10:52 resolved"), "12:00", &[expected[0], "10:52 resolved update"]);
    }

    #[test]
    fn what_was_resolved_too_early_is_still_open() {
        let incident = written("a").resolved_at("11:00").says("09:00 identified").says("10:00 resolved");
        check(&incident, "10:30", &["09:00 identified update", "10:00 identified update"]);
    }

    #[test]
    fn a_postmortem_follows_what_it_is_about() {
        let incident = written("a").says("10:00 investigating").says("11:00 resolved");
        let story = incident.postmortem("10:01", "10:02", "10:30").with(|it| {
            it.postmortem.as_mut().expect("it has one").published_at = Some(t("11:30"));
        });
        check(&story, "11:10", &["10:00 investigating update", "11:00 resolved update"]);
        let entries = story.story("12:00").expect("it is public").entries();
        assert_eq!(entries[2].cause, Cause::Postmortem);
        assert_eq!(entries.iter().map(|it| it.has_postmortem).collect::<Vec<_>>(), [false, false, true]);
    }

    #[test]
    fn a_postmortem_stands_in_what_was_over_though_it_has_come_back() {
        let incident =
            written("a").says("10:00 investigating").says("11:00 resolved").says("12:00 identified");
        let story = incident.postmortem("10:01", "10:02", "10:30").with(|it| {
            it.postmortem.as_mut().expect("it has one").published_at = Some(t("11:30"));
        });
        let expected = [
            "10:00 investigating update",
            "11:00 resolved update",
            "11:30 resolved postmortem",
            "12:00 identified update",
        ];
        check(&story, "13:00", &expected);
    }

    #[test]
    fn a_withdrawal_ends_it() {
        let withdrawn = |written: Written, at: &'static str| {
            written.with(move |it| {
                it.retracted = Some(Correction { at: t(at), note: "A probe was broken".to_owned() });
            })
        };
        let incident = withdrawn(written("a").says("10:00 investigating"), "10:30");
        check(&incident, "11:00", &["10:00 investigating update", "10:30 resolved withdrawn"]);
        let work = withdrawn(maintenance().published_at("00:10"), "02:00");
        check(
            &work,
            "04:00",
            &["00:10 scheduled head", "01:00 in_progress clock", "02:00 cancelled withdrawn"],
        );
    }

    #[test]
    fn what_was_told_last_moves_with_what_comes() {
        let incident = written("a").says("10:00 investigating !published=10:20").says("11:00 resolved");
        let corrected = incident.with(|it| {
            it.corrections.push(Correction { at: t("13:00"), note: "It was Europe alone".to_owned() });
        });
        let told = |now| corrected.story(now).map(|it| (it.first_told(), it.last_told()));
        assert_eq!(told("10:30"), Some((t("10:20"), t("10:20"))));
        assert_eq!(told("12:00"), Some((t("10:20"), t("11:00"))));
        assert_eq!(told("13:00"), Some((t("10:20"), t("13:00"))));
    }

    #[test]
    fn nobody_writes_what_the_clock_does() {
        let story = maintenance().says("00:30 scheduled").story("04:00").expect("it is public");
        assert_eq!((story.last_told(), story.last_word()), (t("03:00"), t("00:30")));
    }
}
