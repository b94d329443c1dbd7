//! The page's state in a line.

use std::sync::Arc;

use super::{Headline, Indicator, Overall, Standing, Story};
use crate::model::{ComponentId, Site, State};

/// What the banner says of the listed components, and of the open incidents where all of those work:
/// `standings` are those of all components, in the order of the site.
pub(super) fn overall(site: &Site, standings: &[Standing], open: &[Arc<Story>]) -> Overall {
    let listed = || site.components.iter().zip(standings).filter(|(component, _)| component.listed);
    let waits = listed().any(|(_, standing)| *standing == Standing::NoData);
    let known: Vec<(&ComponentId, bool, State)> = listed()
        .filter_map(|(component, standing)| Some((&component.id, component.critical, standing.state()?)))
        .collect();
    let worst = known.iter().map(|(_, _, state)| *state).max();
    let in_it: Vec<ComponentId> =
        known.iter().filter(|(_, _, state)| Some(*state) == worst).map(|(id, _, _)| (*id).clone()).collect();
    let critical = known.iter().any(|(_, critical, state)| *critical && *state == State::MajorOutage);
    let (indicator, headline) = match worst {
        None if waits && open.is_empty() => (Indicator::None, Headline::NoData),
        None | Some(State::Operational) => (Indicator::None, all_work(open)),
        Some(State::UnderMaintenance) => (Indicator::Maintenance, Headline::Maintenance(in_it)),
        Some(State::DegradedPerformance) => (Indicator::Minor, Headline::Degraded(in_it)),
        Some(State::PartialOutage) => (Indicator::Major, Headline::Partial(in_it)),
        Some(State::MajorOutage) if in_it.len() == known.len() => (Indicator::Critical, Headline::MajorAll),
        Some(State::MajorOutage) if critical => (Indicator::Critical, Headline::Major(in_it)),
        Some(State::MajorOutage) => (Indicator::Major, Headline::Partial(in_it)),
    };
    Overall { indicator, state: worst, headline }
}

fn all_work(open: &[Arc<Story>]) -> Headline {
    open.first().map_or(Headline::AllOperational, |story| Headline::Incident {
        status: story.status,
        title: story.title.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Written, board, id, maintenance, notice, site, written};
    use super::*;
    use crate::model::{Site, Status};

    fn named(ids: &[&str]) -> Vec<ComponentId> {
        ids.iter().map(|it| id(it)).collect()
    }

    fn with(states: &str) -> Vec<Written> {
        vec![written("a").says(&format!("02:00 investigating {states}"))]
    }

    #[track_caller]
    fn check(site: Site, written: &[Written], (indicator, headline): (Indicator, Headline)) {
        let overall = board(site, written, "02:10").overall;
        assert_eq!((overall.indicator, overall.headline), (indicator, headline));
    }

    fn three() -> Site {
        site(&["login", "playback", "search"])
    }

    fn critical() -> Site {
        let mut site = three();
        site.components[0].critical = true;
        site
    }

    #[test]
    fn all_is_well_where_nothing_is_open() {
        check(three(), &[], (Indicator::None, Headline::AllOperational));
        check(three(), &[notice().says("01:00 -")], (Indicator::None, Headline::AllOperational));
    }

    #[test]
    fn before_anything_is_watched_nothing_is_said_to_work() {
        let unwatched = || {
            let mut site = three();
            site.components.iter_mut().for_each(|it| it.since = Some("2026-03-02".parse().expect("a day")));
            site
        };
        check(unwatched(), &[], (Indicator::None, Headline::NoData));
        let headline = Headline::Incident { status: Some(Status::Investigating), title: "a".to_owned() };
        check(unwatched(), &with("login=major"), (Indicator::None, headline));
    }

    #[test]
    fn an_open_incident_never_shows_that_all_is_well() {
        let headline = Headline::Incident { status: Some(Status::Investigating), title: "a".to_owned() };
        check(three(), &with(""), (Indicator::None, headline));
        let untold = written("a").start("01:00");
        let headline = Headline::Incident { status: None, title: "a".to_owned() };
        check(three(), &[untold], (Indicator::None, headline));
    }

    #[test]
    fn the_worst_state_decides_and_those_in_it_are_named_in_the_order_of_the_file() {
        check(three(), &[maintenance()], (Indicator::Maintenance, Headline::Maintenance(named(&["login"]))));
        let degraded = with("search=degraded login=degraded");
        check(three(), &degraded, (Indicator::Minor, Headline::Degraded(named(&["login", "search"]))));
        let partial = with("playback=partial login=degraded");
        check(three(), &partial, (Indicator::Major, Headline::Partial(named(&["playback"]))));
    }

    #[test]
    fn a_major_outage_is_the_pages_if_the_component_is_critical_or_all_are_down() {
        check(three(), &with("login=major"), (Indicator::Major, Headline::Partial(named(&["login"]))));
        check(critical(), &with("login=major"), (Indicator::Critical, Headline::Major(named(&["login"]))));
        check(critical(), &with("search=major"), (Indicator::Major, Headline::Partial(named(&["search"]))));
        let all = with("login=major playback=major search=major");
        check(three(), &all, (Indicator::Critical, Headline::MajorAll));
    }

    #[test]
    fn what_is_unlisted_retired_or_without_data_does_not_count() {
        let mut site = three();
        site.components[1].listed = false;
        site.components[2].since = Some("2026-03-02".parse().expect("a day"));
        check(site, &with("login=major"), (Indicator::Critical, Headline::MajorAll));
        let mut none = three();
        none.components.iter_mut().for_each(|it| it.until = Some("2026-03-01".parse().expect("a day")));
        let overall = board(none, &[], "02:10").overall;
        assert_eq!((overall.state, overall.indicator), (None, Indicator::None));
    }
}
