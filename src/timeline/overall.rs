//! The page's state in a line.

use std::sync::Arc;

use super::{Headline, Indicator, Overall, Standing, Story};
use crate::model::{ComponentId, Impact, Site, State};

/// What the banner says of the listed components, and of the open incidents where all of those work:
/// `standings` are those of all components, in the order of the site.
pub(super) fn overall(site: &Site, standings: &[Standing], open: &[Arc<Story>]) -> Overall {
    let listed = site.components.iter().zip(standings).filter(|(component, _)| component.listed);
    let known: Vec<(&ComponentId, bool, State)> = listed
        .filter_map(|(component, standing)| Some((&component.id, component.critical, standing.state()?)))
        .collect();
    let worst = known.iter().map(|(_, _, state)| *state).max();
    let in_it: Vec<ComponentId> =
        known.iter().filter(|(_, _, state)| Some(*state) == worst).map(|(id, _, _)| (*id).clone()).collect();
    let all_down = in_it.len() == known.len();
    let critical = known.iter().any(|(_, critical, state)| *critical && *state == State::MajorOutage);
    let (of_components, headline) = match worst {
        None if open.is_empty() => (Indicator::None, Headline::NoData),
        None | Some(State::Operational) => (Indicator::None, all_work(open)),
        Some(State::UnderMaintenance) => (Indicator::Maintenance, Headline::Maintenance(in_it)),
        Some(State::DegradedPerformance) => (Indicator::Minor, Headline::Degraded(in_it)),
        Some(State::PartialOutage) => (Indicator::Major, Headline::Partial(in_it)),
        Some(State::MajorOutage) if all_down => (Indicator::Critical, Headline::MajorAll),
        Some(State::MajorOutage) if critical => (Indicator::Critical, Headline::Major(in_it)),
        Some(State::MajorOutage) => (Indicator::Major, Headline::Major(in_it)),
    };
    let of_incidents = open.iter().map(|it| of_incident(it)).max().unwrap_or(Indicator::None);
    Overall { indicator: of_components.max(of_incidents), of_components, state: worst, headline }
}

/// How much an open incident matters by what was said of it. Where nothing was, its components tell, and something is
/// wrong all the same.
fn of_incident(story: &Story) -> Indicator {
    match story.stated_impact {
        None | Some(Impact::None | Impact::Minor) => Indicator::Minor,
        Some(Impact::Major) => Indicator::Major,
        Some(Impact::Critical) => Indicator::Critical,
    }
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
    use crate::model::{Impact, Site, Status};

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
    fn where_no_component_has_data_nothing_is_said_to_work() {
        let without_data = |since: &str, until: Option<&str>| {
            let day = |it: &str| it.parse().expect("a day");
            let mut site = three();
            for component in &mut site.components {
                (component.since, component.until) = (Some(day(since)), until.map(day));
            }
            site
        };
        let unwatched = || without_data("2026-03-02", None);
        check(unwatched(), &[], (Indicator::None, Headline::NoData));
        check(without_data("2026-02-01", Some("2026-03-01")), &[], (Indicator::None, Headline::NoData));
        let headline = Headline::Incident { status: Some(Status::Investigating), title: "a".to_owned() };
        check(unwatched(), &with("login=major"), (Indicator::Minor, headline));
    }

    #[test]
    fn an_open_incident_never_shows_that_all_is_well() {
        let headline = || Headline::Incident { status: Some(Status::Investigating), title: "a".to_owned() };
        check(three(), &with(""), (Indicator::Minor, headline()));
        let untold = written("a").start("01:00");
        let silent = Headline::Incident { status: None, title: "a".to_owned() };
        check(three(), &[untold], (Indicator::Minor, silent));
        for (impact, indicator) in [
            (Impact::None, Indicator::Minor),
            (Impact::Minor, Indicator::Minor),
            (Impact::Major, Indicator::Major),
            (Impact::Critical, Indicator::Critical),
        ] {
            let stated = with("").remove(0).disruption(move |it| it.impact = Some(impact));
            check(three(), std::slice::from_ref(&stated), (indicator, headline()));
            let overall = board(three(), &[stated], "02:10").overall;
            assert_eq!(overall.of_components, Indicator::None);
        }
    }

    #[test]
    fn the_indicator_is_the_worse_of_components_and_stated_impact() {
        let stated = |states: &str, impact| {
            vec![with(states).remove(0).disruption(move |it| it.impact = Some(impact))]
        };
        let partial = || Headline::Partial(named(&["login"]));
        check(three(), &stated("login=partial", Impact::Minor), (Indicator::Major, partial()));
        check(three(), &stated("login=partial", Impact::Critical), (Indicator::Critical, partial()));
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
    fn a_major_outage_is_called_one_and_is_critical_if_the_component_is_or_all_are_down() {
        check(three(), &with("login=major"), (Indicator::Major, Headline::Major(named(&["login"]))));
        check(critical(), &with("login=major"), (Indicator::Critical, Headline::Major(named(&["login"]))));
        check(critical(), &with("search=major"), (Indicator::Major, Headline::Major(named(&["search"]))));
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
