//! What of an incident the public can know at an instant.
//!
//! Everything else in `timeline` reads incidents through a [`Reading`], so what is not yet public is
//! as if it were not written.

use std::sync::Arc;

use jiff::Timestamp;

use super::span::later;
use super::{Audience, Grace, Moment, Visibility};
use crate::model::{
    Correction, Disruption, Incident, Kind, PostmortemStatus, Publication, Site, Status, Update,
};

/// An incident with that of it which is public at an instant.
pub(super) struct Reading<'a> {
    pub(super) site: &'a Site,
    pub(super) incident: &'a Arc<Incident>,
    /// The instant, as far as this incident can tell it from others.
    pub(super) now: Timestamp,
    pub(super) visibility: Visibility,
    /// The public updates, oldest first.
    pub(super) updates: Vec<Said<'a>>,
}

/// A public update.
#[derive(Clone, Copy)]
pub(super) struct Said<'a> {
    pub(super) index: usize,
    pub(super) update: &'a Update,
    /// When it was so; later than `now` where it lies a little ahead.
    pub(super) at: Timestamp,
    /// Its withdrawal, where that is public.
    pub(super) retracted: Option<&'a Correction>,
}

impl<'a> Reading<'a> {
    /// None while there must be no trace of the incident.
    pub(super) fn open(site: &'a Site, incident: &'a Arc<Incident>, moment: Moment) -> Option<Self> {
        let Moment { last, visibility } = moment;
        let now = last.unwrap_or(Timestamp::MIN);
        let secret = incident.draft && visibility.audience == Audience::Public;
        if secret || now < public_from(incident, visibility.grace)? {
            return None;
        }
        let all = incident.updates.iter().enumerate();
        let updates = all.filter(|(_, update)| readable_from(update, visibility.grace) <= now);
        let updates = updates.map(|(index, update)| Said {
            index,
            update,
            at: update.at,
            retracted: update.retracted.as_ref().filter(|it| it.at <= now),
        });
        Some(Reading { site, incident, now, visibility, updates: updates.collect() })
    }

    /// The last time of what is public: later than `now` where that lies a little ahead.
    pub(super) fn settled_at(&self) -> Timestamp {
        let soon = later(self.now, self.visibility.grace.length());
        let start = announced_start(self.incident).filter(|at| *at <= soon);
        self.updates.iter().map(|it| it.at).chain(start).fold(self.now, Timestamp::max)
    }

    /// The updates that have not been withdrawn.
    pub(super) fn standing(&self) -> impl DoubleEndedIterator<Item = &Said<'a>> {
        self.updates.iter().filter(|said| said.retracted.is_none())
    }

    /// The incident's withdrawal, where that is public.
    pub(super) fn retracted(&self) -> Option<&'a Correction> {
        self.incident.retracted.as_ref().filter(|it| it.at <= self.now)
    }

    /// Whether its postmortem can be read. Writers read each that there is.
    pub(super) fn has_postmortem(&self) -> bool {
        self.incident.postmortem.as_ref().is_some_and(|postmortem| match self.visibility.audience {
            Audience::Writers => true,
            Audience::Public => {
                postmortem.status == PostmortemStatus::Published
                    && postmortem.published_at.is_none_or(|at| at <= self.now)
            }
        })
    }

    /// When the public could read an update: not before it could read of the incident at all.
    pub(super) fn published(&self, update: &Update) -> Timestamp {
        let own = update.published.at().max(update.at);
        self.incident.published_at.map_or(own, |head| own.max(head))
    }
}

impl Said<'_> {
    /// The status that it says, if it says one and stands. To be continued elsewhere is an end.
    pub(super) fn status(&self) -> Option<Status> {
        match (self.retracted, &self.update.continues_in) {
            (Some(_), _) => None,
            (None, Some(_)) => Some(Status::Resolved),
            (None, None) => self.update.status,
        }
    }
}

/// When an update becomes public.
pub(super) fn readable_from(update: &Update, grace: Grace) -> Timestamp {
    match update.published {
        Publication::Stated(published) => published.max(update.at),
        Publication::Implied(published) => later(published.max(update.at), -grace.length()),
    }
}

/// The own time of an update that may be shown before it; none where its publication is stated.
pub(super) fn settled(update: &Update) -> Option<Timestamp> {
    match update.published {
        Publication::Stated(_) => None,
        Publication::Implied(published) => Some(published.max(update.at)),
    }
}

/// The time at which the head says that an incident began, where its publication is not stated.
pub(super) fn announced_start(incident: &Incident) -> Option<Timestamp> {
    match &incident.kind {
        Kind::Incident(disruption) if incident.published_at.is_none() => written_start(disruption),
        Kind::Incident(_) | Kind::Maintenance(_) | Kind::Notice(_) => None,
    }
}

/// The earliest instant that the head names.
pub(super) fn written_start(disruption: &Disruption) -> Option<Timestamp> {
    disruption.started_at.or_else(|| disruption.components.iter().filter_map(|it| it.since).min())
}

/// When the incident becomes public; never where nothing says when it was.
pub(super) fn public_from(incident: &Incident, grace: Grace) -> Option<Timestamp> {
    let first_update = incident.updates.iter().map(|it| readable_from(it, grace)).min();
    match (incident.published_at, &incident.kind) {
        (Some(published), Kind::Incident(disruption)) => {
            Some(written_start(disruption).map_or(published, |start| published.max(start)))
        }
        (Some(published), Kind::Maintenance(_) | Kind::Notice(_)) => Some(published),
        (None, Kind::Incident(disruption)) => {
            first_update.or_else(|| Some(later(written_start(disruption)?, -grace.length())))
        }
        (None, Kind::Maintenance(_) | Kind::Notice(_)) => Some(first_update.unwrap_or(Timestamp::MIN)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Written, board, board_seen, maintenance, site, span, t, written};
    use super::*;
    use crate::model::State;

    /// How many updates are public; none where there is no trace of the incident.
    #[track_caller]
    fn check(written: &Written, now: &str, updates: Option<usize>) {
        assert_eq!(written.story(now).map(|it| it.updates.len()), updates);
    }

    #[test]
    fn before_its_publication_there_is_no_trace() {
        let embargoed = written("a").published_at("12:00").says("10:00 investigating");
        check(&embargoed, "11:59:59", None);
        check(&embargoed, "12:00", Some(1));
    }

    #[test]
    fn a_head_that_states_its_publication_waits_for_no_update() {
        let told_later = written("a").published_at("10:00").says("09:50 investigating !published=11:00");
        check(&told_later, "09:59:59", None);
        check(&told_later, "10:30", Some(0));
        check(&told_later, "11:00", Some(1));
    }

    #[test]
    fn a_start_a_little_ahead_does_not_run_with_the_clock() {
        let written = written("a").says("10:00 investigating !published=10:20").says("10:10 -");
        for now in ["10:08:31", "10:09"] {
            assert_eq!(written.story(now).expect("it is public").started_at, t("10:10"));
        }
    }

    #[test]
    fn a_start_at_the_very_instant_is_not_taken_for_what_lies_ahead() {
        let written = written("a").says("10:00 investigating").says("10:01 identified");
        for now in ["10:00", "10:00:30", "10:01"] {
            assert_eq!(written.story(now).expect("it is public").started_at, t("10:00"));
        }
    }

    #[test]
    fn a_head_is_public_with_its_first_public_update() {
        let told_late = written("a").start("10:00").says("10:00 investigating !published=10:30");
        check(&told_late, "10:29:59", None);
        check(&told_late, "10:30", Some(1));
    }

    #[test]
    fn without_updates_it_is_public_from_its_start_and_maintenance_always() {
        check(&written("a").start("10:00"), "09:57:59", None);
        check(&written("a").start("10:00"), "10:00", Some(0));
        check(&maintenance(), "2020-01-01T00:00", Some(0));
    }

    #[test]
    fn an_update_is_public_from_its_publication_and_not_before_its_time() {
        let written = written("a")
            .says("10:00 investigating")
            .says("10:30 identified !published=11:00")
            .says("12:00 resolved !published=11:30");
        check(&written, "10:59:59", Some(1));
        check(&written, "11:00", Some(2));
        check(&written, "11:59:59", Some(2));
        check(&written, "12:00", Some(3));
    }

    #[test]
    fn what_is_two_minutes_ahead_is_shown_and_tells_its_own_time() {
        let ahead = written("a").says("10:00 investigating login=major").says("11:00 resolved");
        check(&ahead, "09:57:59", None);
        check(&ahead, "09:58", Some(1));
        for now in ["09:58:30", "09:59", "10:00", "10:30"] {
            let story = ahead.story(now).expect("it is public");
            assert_eq!(story.open, [span("10:00-")], "{now}");
            assert_eq!((story.started_at, story.updates[0].at), (t("10:00"), t("10:00")));
            let board = board(site(&["login"]), std::slice::from_ref(&ahead), now);
            let login = &board.components[0];
            assert_eq!(login.standing.state(), Some(State::MajorOutage), "{now}");
            assert_eq!(login.pieces[0].span, span("10:00-"));
            assert_eq!(login.days[89].worst, Some(State::MajorOutage));
            assert_eq!((board.open.len(), board.history.len()), (1, 1));
        }
    }

    #[test]
    fn an_end_a_little_ahead_ends_it_and_tells_its_own_time() {
        let ahead = written("a").says("10:00 investigating login=major").says("11:00 resolved");
        for now in ["10:58", "10:59:30", "11:00", "12:00"] {
            let story = ahead.story(now).expect("it is public");
            assert_eq!(
                (&story.open, story.ended_at),
                (&vec![span("10:00-11:00")], Some(t("11:00"))),
                "{now}"
            );
            let board = board(site(&["login"]), std::slice::from_ref(&ahead), now);
            assert_eq!(board.components[0].standing.state(), Some(State::Operational), "{now}");
            assert_eq!(board.components[0].uptime[0].uptime.major, 3600);
            assert!(board.open.is_empty());
        }
    }

    #[test]
    fn a_maintenance_that_is_begun_a_little_ahead_tells_its_own_time() {
        let begun = maintenance().says("00:30 in_progress");
        let board = board(site(&["login"]), &[begun], "00:29");
        assert_eq!(board.components[0].standing.state(), Some(State::UnderMaintenance));
        assert_eq!(board.components[0].pieces[0].span, span("00:30-"));
    }

    #[test]
    fn at_another_instant_than_the_present_nothing_is_shown_before_its_time() {
        let written = [written("a").says("10:00 investigating"), maintenance().says("10:00 -")];
        let shown = |grace, now| {
            let visibility = Visibility { grace, ..Visibility::default() };
            board_seen(visibility, site(&["login"]), &written, now).history.len()
        };
        assert_eq!((shown(Grace::None, "09:59:59"), shown(Grace::TwoMinutes, "09:59:59")), (0, 2));
        assert_eq!(shown(Grace::None, "10:00"), 2);
    }

    #[test]
    fn drafts_are_for_writers() {
        let draft = written("a").says("10:00 investigating").with(|it| it.draft = true);
        check(&draft, "11:00", None);
        assert!(draft.story_for(Audience::Writers, "11:00").is_some());
    }

    #[test]
    fn a_postmortem_can_be_read_once_it_is_published() {
        let incident = written("a").says("10:00 investigating").says("11:00 resolved");
        let incident = incident.postmortem("10:01", "10:02", "10:30").with(|it| {
            it.postmortem.as_mut().expect("it has one").published_at = Some(t("02T00:00"));
        });
        let readable = |written: &Written, now| written.story(now).is_some_and(|it| it.has_postmortem);
        assert!(!readable(&incident, "23:59:59"));
        assert!(readable(&incident, "02T00:00"));
        let review = incident.with(|it| {
            it.postmortem.as_mut().expect("it has one").status = PostmortemStatus::Review;
        });
        assert!(!readable(&review, "03T00:00"));
        assert!(review.story_for(Audience::Writers, "03T00:00").is_some_and(|it| it.has_postmortem));
    }
}
