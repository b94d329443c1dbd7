//! Groups: a state rolled up from the members', at each instant and not on the average.

use jiff::Timestamp;

use super::Span;
use super::Standing;
use super::span::{Profile, worst};
use super::uptime::Life;
use crate::model::{Rollup, State};

/// The state of a group whose members with data are in `states`; none where no member has any.
pub(super) fn rolled_up(rollup: Rollup, states: impl Iterator<Item = State> + Clone) -> Option<State> {
    let worst = states.clone().max()?;
    match rollup {
        Rollup::Worst => Some(worst),
        Rollup::Redundant => Some(redundant(states, worst)),
    }
}

/// What a group is in, by what its members are in.
pub(super) fn standing(rollup: Rollup, members: &[Standing]) -> Standing {
    match rolled_up(rollup, members.iter().filter_map(|it| it.state())) {
        Some(state) => Standing::In(state),
        None => Standing::NoData,
    }
}

/// A group's life, ready to be counted: from the lives of those members whose uptime is claimed.
pub(super) fn life(rollup: Rollup, members: &[&Life]) -> Life {
    let members: Vec<&Life> = members.iter().copied().filter(|it| !it.claimed.is_empty()).collect();
    let known = worst(members.iter().flat_map(|it| &it.known).map(|it| (*it, State::Operational)));
    let known: Vec<Span> = known.into_iter().map(|(span, _)| span).collect();
    let excludable = members.iter().flat_map(|it| &it.excludable);
    let excludable = worst(excludable.map(|it| (*it, State::UnderMaintenance)));
    Life {
        claimed: known.clone(),
        known,
        states: states(rollup, &members),
        excludable: excludable.into_iter().map(|(span, _)| span).collect(),
    }
}

fn redundant(states: impl Iterator<Item = State> + Clone, worst: State) -> State {
    let out = states.clone().filter(|it| State::PartialOutage <= *it).count();
    if states.clone().all(|it| it == State::MajorOutage) {
        State::MajorOutage
    } else if states.count() <= 2 * out {
        State::PartialOutage
    } else if 0 < out {
        State::DegradedPerformance
    } else {
        worst
    }
}

/// That at an instant a member begins to have data, or to be in a state; or ends to.
type Step = (Timestamp, usize, Option<State>);

fn states(rollup: Rollup, members: &[&Life]) -> Vec<(Span, State)> {
    let mut steps: Vec<Step> =
        members.iter().enumerate().flat_map(|(member, life)| steps(member, life)).collect();
    steps.sort_by_key(|(at, _, _)| *at);
    let mut current: Vec<Option<State>> = vec![None; members.len()];
    let mut profile = Profile::default();
    for together in steps.chunk_by(|one, other| one.0 == other.0) {
        for (_, member, state) in together {
            current[*member] = *state;
        }
        let known = current.iter().flatten().copied();
        let state = rolled_up(rollup, known).filter(|it| *it != State::Operational);
        profile.turn(together[0].0, state);
    }
    profile.finish()
}

/// A member's changes in order of time; of one instant, the last holds.
fn steps(member: usize, life: &Life) -> Vec<Step> {
    let known = life.known.iter().flat_map(move |span| {
        let end = span.to.map(|to| (to, member, None));
        [Some((span.from, member, Some(State::Operational))), end].into_iter().flatten()
    });
    let impaired = life.states.iter().flat_map(move |(span, state)| {
        let end = span.to.map(|to| (to, member, Some(State::Operational)));
        end.into_iter().chain([(span.from, member, Some(*state))])
    });
    let mut steps: Vec<Step> = known.chain(impaired).collect();
    // An end comes before a begin, and the end of all data last.
    steps.sort_by_key(|(at, _, state)| {
        (*at, state.is_none(), state.is_some_and(|it| it != State::Operational))
    });
    steps
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Written, board, site, state, written};
    use super::super::{Board, Standing};
    use super::*;

    #[track_caller]
    fn check_roll_up(rollup: Rollup, members: &str, expected: &str) {
        let states: Vec<State> = members.split_whitespace().map(state).collect();
        assert_eq!(rolled_up(rollup, states.into_iter()), Some(state(expected)), "{members}");
    }

    fn two_down() -> [Written; 2] {
        [
            written("a").says("01:00 investigating a=major").says("02:00 resolved"),
            written("b").says("01:30 investigating b=major").says("02:30 resolved"),
        ]
    }

    fn group_board(rollup: Rollup, now: &str) -> Board {
        board(site(&["a", "b"]).grouped(rollup), &two_down(), now)
    }

    #[test]
    fn the_worst_member_decides() {
        check_roll_up(Rollup::Worst, "operational partial degraded", "partial");
        check_roll_up(Rollup::Worst, "under_maintenance operational", "under_maintenance");
    }

    #[test]
    fn redundant_members_stand_in_for_each_other() {
        check_roll_up(Rollup::Redundant, "major major", "major");
        check_roll_up(Rollup::Redundant, "major partial", "partial");
        check_roll_up(Rollup::Redundant, "major operational", "partial");
        check_roll_up(Rollup::Redundant, "partial operational operational", "degraded");
        check_roll_up(Rollup::Redundant, "degraded operational", "degraded");
        check_roll_up(Rollup::Redundant, "under_maintenance operational", "under_maintenance");
    }

    #[test]
    fn a_group_without_data_has_no_state() {
        assert_eq!(rolled_up(Rollup::Worst, std::iter::empty()), None);
        assert_eq!(standing(Rollup::Redundant, &[Standing::NoData]), Standing::NoData);
    }

    #[test]
    fn the_uptime_of_a_group_integrates_its_state() {
        for (rollup, percent) in [(Rollup::Worst, 9375), (Rollup::Redundant, 9666)] {
            let board = group_board(rollup, "20:00");
            assert_eq!(board.groups[0].uptime[0].uptime.percent, Some(percent));
        }
        let one = &group_board(Rollup::Worst, "20:00").components[0].uptime[0].uptime;
        assert_eq!(one.percent, Some(9583));
    }

    #[test]
    fn a_group_counts_from_the_first_day_of_any_member() {
        let mut site = site(&["a", "b"]).grouped(Rollup::Worst);
        site.components[0].since = Some("2026-02-27".parse().expect("a day"));
        site.components[1].since = Some("2026-03-01".parse().expect("a day"));
        let board = board(site, &two_down(), "20:00");
        assert_eq!(board.groups[0].uptime[3].counted_days, 3);
        assert_eq!(board.components[1].uptime[3].counted_days, 1);
    }

    #[test]
    fn a_retired_member_is_none() {
        let mut site = site(&["a", "b"]).grouped(Rollup::Worst);
        site.components[1].until = Some("2026-03-01".parse().expect("a day"));
        let group = &board(site, &two_down(), "20:00").groups[0];
        assert_eq!(group.members.len(), 1);
        assert_eq!(group.uptime[0].uptime.percent, Some(9583));
    }
}
