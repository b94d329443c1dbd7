//! What announced maintenance will do by the clock, if nothing more is said.
//!
//! Readers keep a page open over the instants at which a maintenance begins and ends. So the page knows
//! beforehand what it will look like from each of them on. Only what is public at `now` is looked at.

use std::sync::Arc;

use jiff::Timestamp;

use super::zone::lifetime;
use super::{
    Basis, ComponentBoard, Course, Foreseen, MaintenanceCourse, OwnedPiece, Phase, Standing, Story, group,
    life, overall,
};
use crate::model::{Component, Site, State};

/// What is known of the time to come.
pub(super) struct Outlook<'a> {
    pub(super) site: &'a Site,
    pub(super) now: Timestamp,
    /// Maintenance under way or ahead.
    pub(super) maintenance: &'a [Arc<Story>],
    /// Open incidents.
    pub(super) open: &'a [Arc<Story>],
}

impl Outlook<'_> {
    /// What everything will be in from each edge on, in order of time.
    pub(super) fn foreseen(&self, components: &[Arc<ComponentBoard>]) -> Vec<Foreseen> {
        let edges = self.courses().flat_map(|(_, course)| [course.begins, course.ends]).flatten();
        let mut ahead: Vec<Timestamp> = edges.filter(|at| self.now < *at).collect();
        ahead.sort();
        ahead.dedup();
        if ahead.is_empty() {
            return Vec::new();
        }
        let running: Vec<Vec<OwnedPiece>> = components.iter().map(|it| running(&it.pieces)).collect();
        ahead.into_iter().map(|at| self.at(at, &running)).collect()
    }

    fn at(&self, at: Timestamp, running: &[Vec<OwnedPiece>]) -> Foreseen {
        let all = self.site.components.iter().zip(running);
        let standings: Vec<Standing> = all.map(|(it, running)| self.standing(it, running, at)).collect();
        let with_state = || self.site.components.iter().zip(&standings);
        let groups = self.site.groups.iter().map(|it| {
            let members =
                with_state().filter(|(member, _)| member.listed && member.group.as_ref() == Some(&it.id));
            let members: Vec<Standing> = members.map(|(_, standing)| *standing).collect();
            (it.id.clone(), group::standing(it.rollup, &members))
        });
        Foreseen {
            at,
            groups: groups.collect(),
            overall: overall::overall(self.site, &standings, self.open),
            components: with_state().map(|(it, standing)| (it.id.clone(), *standing)).collect(),
        }
    }

    /// The worst of what incidents have put a component in and of maintenance that is under way `at`.
    fn standing(&self, component: &Component, running: &[OwnedPiece], at: Timestamp) -> Standing {
        let by_incidents = |basis: &Basis| *basis != Basis::Maintenance;
        let life = lifetime(self.site, component);
        let standing = life::standing(life, running, at, by_incidents);
        let mut courses = self.courses();
        let worked_on = courses.any(|(story, it)| runs(story, it, at) && it.components.names(&component.id));
        match standing {
            Standing::In(state) if worked_on => Standing::In(state.max(State::UnderMaintenance)),
            Standing::In(_) | Standing::NoData | Standing::Retired => standing,
        }
    }

    fn courses(&self) -> impl Iterator<Item = (&Story, &MaintenanceCourse)> {
        self.maintenance.iter().filter_map(|it| match &it.course {
            Course::Maintenance(course) => Some((it.as_ref(), course)),
            Course::Incident(_) | Course::Notice { .. } => None,
        })
    }
}

/// Of the pieces that have begun, those that have no end: no other reaches an instant ahead.
fn running(pieces: &[OwnedPiece]) -> Vec<OwnedPiece> {
    pieces.iter().filter(|it| it.span.to.is_none()).cloned().collect()
}

/// Whether the clock alone has a maintenance under way at an instant ahead.
fn runs(story: &Story, course: &MaintenanceCourse, at: Timestamp) -> bool {
    let begun = story.phase == Phase::Open || course.begins.is_some_and(|begins| begins <= at);
    begun && course.ends.is_none_or(|ends| at < ends)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Written, board, id, maintenance, site, t, written};
    use super::super::{Headline, Indicator};
    use super::*;
    use crate::model::{Edge, Rollup};

    /// Login's state from each edge on, as `02:00 operational`.
    #[track_caller]
    fn check(written: &[Written], now: &str, expected: &[(&str, State)]) {
        let board = board(site(&["login", "search"]), written, now);
        let login = |it: &Foreseen| (it.at, it.components[&id("login")]);
        let found: Vec<_> = board.foreseen.iter().map(login).collect();
        let expected: Vec<_> = expected.iter().map(|(at, state)| (t(at), Standing::In(*state))).collect();
        assert_eq!(found, expected);
    }

    const FINE: State = State::Operational;
    const WORK: State = State::UnderMaintenance;

    #[test]
    fn the_clock_begins_and_ends_what_is_announced() {
        check(&[maintenance()], "00:30", &[("01:00", WORK), ("03:00", FINE)]);
        check(&[maintenance()], "01:00", &[("03:00", FINE)]);
        check(&[maintenance()], "03:00", &[]);
    }

    #[test]
    fn what_waits_for_a_word_is_not_foreseen() {
        let manual = maintenance().maintenance(|it| (it.begin, it.end) = (Edge::Manual, Edge::Manual));
        check(std::slice::from_ref(&manual), "00:30", &[("03:00", FINE)]);
        check(&[manual.says("01:00 in_progress")], "01:30", &[]);
        let begins = maintenance().maintenance(|it| it.end = Edge::Manual);
        check(&[begins], "00:30", &[("01:00", WORK)]);
    }

    #[test]
    fn what_is_worse_stays_and_what_still_runs_goes_on() {
        let outage = written("a").says("00:10 investigating login=partial");
        let partial = State::PartialOutage;
        check(&[maintenance(), outage], "00:30", &[("01:00", partial), ("03:00", partial)]);
        let longer = maintenance().with(|it| it.id = crate::model::IncidentId::new("longer"));
        let longer = longer.maintenance(|it| it.scheduled_until = t("04:00"));
        check(&[maintenance(), longer], "02:00", &[("03:00", WORK), ("04:00", FINE)]);
    }

    #[test]
    fn what_is_not_public_is_not_foreseen() {
        check(&[maintenance().published_at("00:45")], "00:30", &[]);
        let secret = maintenance().says("00:05 scheduled").says("00:10 - !until=05:00 !published=02:00");
        check(&[secret], "00:30", &[("01:00", WORK), ("03:00", FINE)]);
    }

    #[test]
    fn the_banner_and_the_groups_turn_too() {
        let board = board(site(&["login", "search"]).grouped(Rollup::Worst), &[maintenance()], "00:30");
        let headlines: Vec<_> =
            board.foreseen.iter().map(|it| (it.overall.indicator, it.overall.headline.clone())).collect();
        let work = (Indicator::Maintenance, Headline::Maintenance(vec![id("login")]));
        assert_eq!(headlines, [work, (Indicator::None, Headline::AllOperational)]);
        let groups: Vec<_> = board.foreseen.iter().flat_map(|it| it.groups.values()).collect();
        assert_eq!(groups, [&Standing::In(WORK), &Standing::In(FINE)]);
    }
}
