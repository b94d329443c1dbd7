//! When something changes with no new file.
//!
//! Days begin and end with midnight of the site's zone, and so do the lives of components and
//! dependencies. Of what lies between two midnights, each instant that an incident names is a change
//! if it makes another story.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::moment::instants;
use super::public::{public_from, readable_from};
use super::zone::{day_after, day_of, day_start};
use super::{Audience, Basis, Course, Grace, Phase, Promise, Span, Story, Visibility, moment, story};
use crate::model::{ComponentId, Incident, IncidentId, Site, State, Status};

/// The changes next to an instant.
pub(super) struct Changes {
    /// The last one that is not after it.
    pub(super) last: Option<Timestamp>,
    /// The first one after it.
    pub(super) next: Option<Timestamp>,
    /// The first one after it that readers may know of beforehand.
    pub(super) next_foreseeable: Option<Timestamp>,
}

/// The changes next to `now` of what an audience sees. What can be foreseen is what the public can, whoever looks.
pub(super) fn around(
    site: &Arc<Site>,
    incidents: &[Arc<Incident>],
    now: Timestamp,
    visibility: Visibility,
) -> Changes {
    let grace = visibility.grace;
    let today = day_of(&site.time_zone, now);
    let midnight = day_start(&site.time_zone, today);
    let next_midnight = day_start(&site.time_zone, day_after(today));
    let named = named_between(incidents, (midnight, next_midnight), grace);
    let is_change =
        |(at, incident): &(Timestamp, &Arc<Incident>), visibility| differs(site, incident, *at, visibility);
    let (passed, ahead) = named.split_at(named.partition_point(|(at, _)| *at <= now));
    let naming: BTreeMap<&IncidentId, &Arc<Incident>> = ahead.iter().map(|(_, it)| (&it.id, *it)).collect();
    let public: Vec<Arc<Incident>> =
        naming.into_values().filter_map(|it| known_part(it, now, grace)).collect();
    let foreseen = named_between(&public, (now, next_midnight), grace);
    let to_public = Visibility { audience: Audience::Public, grace };
    let end = Some(next_midnight).filter(|at| now < *at && *at < Timestamp::MAX);
    let at = |found: Option<&(Timestamp, &Arc<Incident>)>| found.map(|(at, _)| *at);
    Changes {
        last: at(passed.iter().rev().find(|it| is_change(it, visibility))).or(Some(midnight)),
        next: at(ahead.iter().find(|it| is_change(it, visibility))).or(end),
        next_foreseeable: at(foreseen.iter().find(|it| is_change(it, to_public))).or(end),
    }
}

/// The incident as if what is not public at `now` were not written; none of what is not public at all.
fn known_part(incident: &Arc<Incident>, now: Timestamp, grace: Grace) -> Option<Arc<Incident>> {
    if incident.draft || now < public_from(incident, grace)? {
        return None;
    }
    let mut known = Incident::clone(incident);
    known.updates.retain(|it| readable_from(it, grace) <= now);
    known.corrections.retain(|it| it.at <= now);
    known.retracted = known.retracted.filter(|it| it.at <= now);
    known.postmortem = known.postmortem.filter(|it| it.published_at.is_none_or(|at| at <= now));
    for update in &mut known.updates {
        update.corrections.retain(|it| it.at <= now);
        update.retracted = update.retracted.take().filter(|it| it.at <= now);
    }
    if let Some(postmortem) = &mut known.postmortem {
        postmortem.corrections.retain(|it| it.at <= now);
    }
    if let Some(reports) = &mut known.reports {
        reports.rows.retain(|it| it.at <= now);
    }
    Some(Arc::new(known))
}

/// The instants between two others that incidents name, in order of time.
fn named_between(
    incidents: &[Arc<Incident>],
    (from, to): (Timestamp, Timestamp),
    grace: Grace,
) -> Vec<(Timestamp, &Arc<Incident>)> {
    let all = incidents
        .iter()
        .flat_map(|incident| instants(incident, grace).into_iter().map(move |at| (at, incident)));
    let mut named: Vec<(Timestamp, &Arc<Incident>)> = all.filter(|(at, _)| from < *at && *at < to).collect();
    named.sort_by_key(|(at, _)| *at);
    named
}

/// Whether an audience sees another story from `at` on.
fn differs(site: &Arc<Site>, incident: &Arc<Incident>, at: Timestamp, visibility: Visibility) -> bool {
    let look = |at| {
        let story = story(site, incident, moment(site, incident, at, visibility))?;
        Some(Look::at(&story, at))
    };
    let just_before = at.checked_sub(SignedDuration::from_nanos(1)).unwrap_or(Timestamp::MIN);
    look(just_before) != look(at)
}

/// What readers see of a story at an instant, ages left out.
#[derive(PartialEq)]
struct Look {
    phase: Phase,
    status: Option<Status>,
    ended_at: Option<Timestamp>,
    /// When it was open and no longer is: downtime that runs is an age.
    closed: Vec<Span>,
    promise: Option<Promise>,
    has_postmortem: bool,
    course: Course,
    /// Each public update, and whether it is withdrawn.
    updates: Vec<(usize, bool)>,
    /// How many times that are shown lie ahead: of each the page shows that it comes.
    ahead: usize,
    /// How many corrections and reports have been made.
    remarks: usize,
    states: Vec<(ComponentId, State, Basis)>,
}

impl Look {
    fn at(story: &Story, at: Timestamp) -> Look {
        let tracks = story.tracks.iter().chain(&story.suggested);
        let effective = story.effective(at);
        let states = tracks.filter_map(|track| {
            let running = track.pieces.iter().find(|it| it.span.contains(effective))?;
            Some((track.component.clone(), running.state, running.basis.clone()))
        });
        Look {
            phase: story.phase,
            status: story.status,
            ended_at: story.ended_at,
            closed: story.open.iter().filter(|it| it.to.is_some()).copied().collect(),
            promise: story.promise,
            has_postmortem: story.has_postmortem,
            course: story.course.clone(),
            updates: story.updates.iter().map(|it| (it.index, it.retracted.is_some())).collect(),
            ahead: shown_ahead(story, at),
            remarks: remarks(story),
            states: states.collect(),
        }
    }
}

/// How many times of the story are shown a little before they come.
fn shown_ahead(story: &Story, at: Timestamp) -> usize {
    let start = matches!(story.course, Course::Incident(_)).then_some(story.started_at);
    let shown = |it: &Timestamp| at < *it && *it <= story.settled_at;
    story.updates.iter().map(|it| it.at).chain(start).filter(shown).count()
}

fn remarks(story: &Story) -> usize {
    let incident = &story.incident;
    let postmortem = incident.postmortem.iter().filter(|_| story.has_postmortem);
    let of_updates = story.updates.iter().flat_map(|it| &it.update(story).corrections);
    let corrections = incident.corrections.iter().chain(postmortem.flat_map(|it| &it.corrections));
    let reports = incident.reports.iter().flat_map(|it| &it.rows);
    let made = corrections.chain(of_updates).map(|it| it.at).chain(reports.map(|it| it.at));
    made.filter(|at| *at <= story.told_at).count()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{
        Written, board, board_for, board_seen, maintenance, notice, site, t, written,
    };
    use super::super::{Audience, Grace, Visibility};

    /// The last and the next change of a page with one thing on it.
    #[track_caller]
    fn check(written: Written, now: &str, expected: (&str, &str)) {
        let board = board(site(&["login"]), &[written], now);
        let expected = (Some(t(expected.0)), Some(t(expected.1)));
        assert_eq!((board.last_change, board.next_change), expected);
    }

    #[test]
    fn days_begin_at_midnight_of_the_sites_zone() {
        let stockholm = board(site(&["login"]).in_zone("Europe/Stockholm"), &[], "12:00");
        assert_eq!(stockholm.last_change, Some(t("2026-02-28T23:00")));
        assert_eq!(stockholm.next_change, Some(t("23:00")));
        let at_midnight = board(site(&["login"]), &[], "02T00:00");
        assert_eq!(at_midnight.last_change, Some(t("02T00:00")));
        assert_eq!(at_midnight.next_change, Some(t("03T00:00")));
    }

    #[test]
    fn a_maintenance_begins_and_ends() {
        check(maintenance(), "00:30", ("00:00", "01:00"));
        check(maintenance(), "01:00", ("01:00", "03:00"));
        check(maintenance(), "03:00", ("03:00", "02T00:00"));
        check(maintenance().says("00:10 cancelled"), "00:30", ("00:10", "02T00:00"));
    }

    #[test]
    fn an_end_a_little_ahead_is_counted_to_its_own_time() {
        let ended = written("a").says("10:00 investigating a=partial").says("11:00 resolved");
        check(ended.clone(), "10:58:30", ("10:58", "11:00"));
        check(ended, "11:00", ("11:00", "02T00:00"));
    }

    #[test]
    fn what_nobody_can_know_of_takes_no_change_away() {
        let followed = written("a").says("10:00 investigating !next=10:30").says("10:20 -");
        let board = board(site(&["login"]), &[followed], "10:10");
        assert_eq!(board.next_change, Some(t("10:18")));
        assert_eq!(board.next_foreseeable_change, Some(t("10:30")));
    }

    #[test]
    fn what_is_yet_to_be_published_is_not_foreseeable() {
        let planned = written("a").says("10:00 investigating").says("11:00 resolved");
        let board = board(site(&["login"]), &[planned], "10:30");
        assert_eq!(board.next_change, Some(t("10:58")));
        assert_eq!(board.next_foreseeable_change, Some(t("02T00:00")));
    }

    #[test]
    fn a_promise_runs_out_unless_it_was_followed() {
        let promised = written("a").says("10:00 investigating !next=10:30");
        check(promised.clone(), "10:10", ("10:00", "10:30"));
        check(promised.clone().says("10:20 -"), "10:25", ("10:20", "02T00:00"));
    }

    #[test]
    fn a_promise_after_the_end_changes_nothing() {
        let told =
            written("a").says("10:00 investigating").says("11:00 resolved").says("12:00 - !next=12:30");
        let board = board(site(&["login"]), &[told], "12:10");
        assert_eq!(board.next_change, Some(t("02T00:00")));
        assert_eq!(board.next_foreseeable_change, Some(t("02T00:00")));
    }

    #[test]
    fn what_is_not_yet_public_will_be() {
        check(written("a").published_at("12:00").says("10:00 investigating"), "11:00", ("00:00", "12:00"));
        let planned = written("a").says("10:00 investigating").says("11:00 identified !published=11:30");
        check(planned, "11:10", ("10:00", "11:30"));
        check(written("a").says("10:00 investigating"), "09:00", ("00:00", "09:58"));
    }

    #[test]
    fn its_own_time_is_a_change_for_what_was_shown_before() {
        let started = written("a").says("10:00 investigating login=major");
        check(started.clone(), "09:58", ("09:58", "10:00"));
        check(started.clone(), "09:59", ("09:58", "10:00"));
        check(started.clone(), "10:00", ("10:00", "02T00:00"));
        let board = board(site(&["login"]), &[started], "09:59");
        assert_eq!(board.next_foreseeable_change, Some(t("10:00")));
        check(written("a").start("10:00").head("login=major"), "09:59", ("09:58", "10:00"));
    }

    #[test]
    fn at_another_instant_than_the_present_only_its_own_time_is_a_change() {
        let started = [written("a").says("10:00 investigating login=major")];
        let at = |now| {
            let visibility = Visibility { grace: Grace::None, ..Visibility::default() };
            let board = board_seen(visibility, site(&["login"]), &started, now);
            (board.last_change, board.next_change, board.open.len())
        };
        assert_eq!(at("09:59"), (Some(t("00:00")), Some(t("10:00")), 0));
        assert_eq!(at("10:00"), (Some(t("10:00")), Some(t("02T00:00")), 1));
    }

    #[test]
    fn an_end_ahead_is_a_change() {
        let ending = written("a").says("10:00 investigating login=major").resolved_at("12:00");
        check(ending, "11:00", ("10:00", "12:00"));
    }

    #[test]
    fn a_notice_ends_and_a_withdrawal_comes() {
        check(notice().says("00:10 -").ends_at("20:00"), "19:00", ("00:10", "20:00"));
        let withdrawn = written("a").says("10:00 investigating login=major").retracted("15:00");
        check(withdrawn, "14:00", ("10:00", "15:00"));
    }

    #[test]
    fn a_correction_is_a_change() {
        let corrected = written("a").says("10:00 investigating").with(|it| {
            let note = "It was not only Europe".to_owned();
            it.corrections.push(crate::model::Correction { at: t("12:00"), note });
        });
        check(corrected, "11:00", ("10:00", "12:00"));
    }

    /// The last, the next and the next foreseeable change of a page with a draft of a maintenance from 1 to 3.
    #[track_caller]
    fn check_draft(audience: Audience, now: &str, expected: [&str; 3]) {
        let draft = maintenance().with(|it| it.draft = true);
        let board = board_for(audience, site(&["login"]), &[draft], now);
        let found = [board.last_change, board.next_change, board.next_foreseeable_change];
        assert_eq!(found, expected.map(|it| Some(t(it))));
    }

    #[test]
    fn a_draft_changes_nothing_for_the_public() {
        check_draft(Audience::Public, "00:30", ["00:00", "02T00:00", "02T00:00"]);
        check_draft(Audience::Public, "02:00", ["00:00", "02T00:00", "02T00:00"]);
    }

    #[test]
    fn a_draft_changes_for_its_writers_and_nobody_can_foresee_it() {
        check_draft(Audience::Writers, "00:30", ["00:00", "01:00", "02T00:00"]);
        check_draft(Audience::Writers, "01:00", ["01:00", "03:00", "02T00:00"]);
        check_draft(Audience::Writers, "03:00", ["03:00", "02T00:00", "02T00:00"]);
    }

    #[test]
    fn what_is_no_draft_is_foreseeable_beside_drafts() {
        let both = [maintenance(), written("b").says("00:40 investigating").with(|it| it.draft = true)];
        let board = board_for(Audience::Writers, site(&["login"]), &both, "00:30");
        assert_eq!(board.next_change, Some(t("00:38")));
        assert_eq!(board.next_foreseeable_change, Some(t("01:00")));
    }
}
