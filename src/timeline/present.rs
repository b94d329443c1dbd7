//! The board: all stories side by side at one instant.

use std::sync::Arc;

use jiff::Timestamp;

use super::change::around;
use super::foreseen::Outlook;
use super::life::{Lives, is_own, life, standing};
use super::order::{gravest_first, newest_first, pinned_first, soonest_first};
use super::uptime::{Life, count, window};
use super::zone::{DaySpan, day_of, last_days, lifetime};
use super::{
    Audience, Board, ComponentBoard, GroupBoard, Phase, Standing, Story, UptimeWindow, days, group, moment,
    overall, story,
};
use crate::model::{Component, Group, Incident, Kind, Project, Rollup, Site};

/// The days over which uptime is told, besides the site's own.
const WINDOWS: [u16; 5] = [1, 7, 30, 90, 365];

/// The board of a project at `now`, made from nothing.
pub fn at(project: &Project, now: Timestamp, audience: Audience) -> Board {
    let tell = |it: &Arc<Incident>| story(&project.site, it, moment(it, now, audience));
    let stories = project.incidents.iter().filter_map(tell).collect();
    board(&project.site, &project.incidents, stories, now)
}

/// The board at `now`: `stories` are those of `incidents` that are public, told at `now`.
pub fn board(
    site: &Arc<Site>,
    incidents: &[Arc<Incident>],
    mut stories: Vec<Arc<Story>>,
    now: Timestamp,
) -> Board {
    stories.sort_by(|one, other| newest_first(one, other));
    let today = day_of(&site.time_zone, now);
    let lives = Lives::gather(&stories, now);
    let all_days = last_days(&site.time_zone, today, WINDOWS[4].max(site.history_days));
    let bench = Bench { site, lives, days: all_days, now };
    let components: Vec<(ComponentBoard, Life)> =
        site.components.iter().map(|it| bench.component(it)).collect();
    let groups = site.groups.iter().map(|it| bench.group(it, &components)).collect();
    let uptime = bench.together(Rollup::Worst, &bench.shown(&components, |_| true));
    let components: Vec<ComponentBoard> = components.into_iter().map(|(board, _)| board).collect();
    let open = open(&stories, now);
    let changes = around(site, incidents, now);
    let maintenance = maintenance(&stories);
    let standings: Vec<Standing> = components.iter().map(|it| it.standing).collect();
    Board {
        overall: overall::overall(site, &standings, &open),
        foreseen: Outlook { site, now, maintenance: &maintenance, open: &open }.foreseen(&components),
        components,
        groups,
        uptime,
        open,
        notices: shown(&stories, Phase::Open, is_notice, pinned_first),
        maintenance,
        last_change: changes.last,
        next_change: changes.next,
        next_foreseeable_change: changes.next_foreseeable,
        history: stories,
        site: Arc::clone(site),
        now,
        today,
    }
}

/// What components and groups are made from.
struct Bench<'a> {
    site: &'a Site,
    lives: Lives,
    days: Vec<DaySpan>,
    now: Timestamp,
}

impl Bench<'_> {
    fn component(&self, component: &Component) -> (ComponentBoard, Life) {
        let pieces = self.lives.pieces.get(&component.id).cloned().unwrap_or_default();
        let life = life(self.site, component, &pieces);
        let counts = count(&life, &self.days, self.now);
        let shown = self.days.len() - usize::from(self.site.history_days).min(self.days.len());
        let lifetime = lifetime(self.site, component);
        let declared = standing(lifetime, &pieces, self.now, is_own);
        let board = ComponentBoard {
            id: component.id.clone(),
            standing: standing(lifetime, &pieces, self.now, |_| true),
            declared,
            via: declared.state().and_then(|it| self.lives.via(&component.id, it, self.now)),
            days: days::bars((&self.days[shown..], &counts[shown..]), &life, &pieces, self.now),
            uptime: self.windows(&counts),
            pieces,
        };
        (board, life)
    }

    fn group(&self, group: &Group, components: &[(ComponentBoard, Life)]) -> GroupBoard {
        let members = self.shown(components, |it| it.group.as_ref() == Some(&group.id));
        let standings: Vec<Standing> = members.iter().map(|(board, _)| board.standing).collect();
        GroupBoard {
            id: group.id.clone(),
            members: members.iter().map(|(board, _)| board.id.clone()).collect(),
            standing: group::standing(group.rollup, &standings),
            uptime: self.together(group.rollup, &members),
        }
    }

    /// The components for which `is_meant` holds, as far as the page shows them.
    fn shown<'c>(
        &self,
        components: &'c [(ComponentBoard, Life)],
        is_meant: impl Fn(&Component) -> bool,
    ) -> Vec<&'c (ComponentBoard, Life)> {
        let all = self.site.components.iter().zip(components);
        all.filter(|(it, _)| it.listed && is_meant(it))
            .map(|(_, made)| made)
            .filter(|(board, _)| board.standing != Standing::Retired)
            .collect()
    }

    /// Uptime of several as one, by the state that rolls up from theirs.
    fn together(&self, rollup: Rollup, members: &[&(ComponentBoard, Life)]) -> Vec<UptimeWindow> {
        let lives: Vec<&Life> = members.iter().map(|(_, life)| life).collect();
        self.windows(&count(&group::life(rollup, &lives), &self.days, self.now))
    }

    fn windows(&self, counts: &[super::uptime::DayCount]) -> Vec<UptimeWindow> {
        let own = Some(self.site.history_days).filter(|it| !WINDOWS.contains(it));
        let wanted = WINDOWS.into_iter().chain(own);
        wanted.map(|days| window(counts, days, &self.site.uptime)).collect()
    }
}

fn open(stories: &[Arc<Story>], now: Timestamp) -> Vec<Arc<Story>> {
    let by_gravity = |one: &Story, other: &Story| gravest_first(one, other, now);
    shown(stories, Phase::Open, is_incident, by_gravity)
}

fn maintenance(stories: &[Arc<Story>]) -> Vec<Arc<Story>> {
    let mut all = shown(stories, Phase::Open, is_maintenance, soonest_first);
    all.extend(shown(stories, Phase::Ahead, is_maintenance, soonest_first));
    all.sort_by(|one, other| soonest_first(one, other));
    all
}

fn shown(
    stories: &[Arc<Story>],
    phase: Phase,
    is_kind: fn(&Kind) -> bool,
    order: impl Fn(&Story, &Story) -> std::cmp::Ordering,
) -> Vec<Arc<Story>> {
    let mut shown: Vec<Arc<Story>> =
        stories.iter().filter(|it| it.phase == phase && is_kind(&it.incident.kind)).cloned().collect();
    shown.sort_by(|one, other| order(one, other));
    shown
}

fn is_incident(kind: &Kind) -> bool {
    matches!(kind, Kind::Incident(_))
}

fn is_maintenance(kind: &Kind) -> bool {
    matches!(kind, Kind::Maintenance(_))
}

fn is_notice(kind: &Kind) -> bool {
    matches!(kind, Kind::Notice(_))
}

#[cfg(test)]
mod tests {
    use super::super::Phase;
    use super::super::fixture::{board, id, maintenance, site, span, state, written};
    use crate::model::State;

    /// The state of a component at an instant, said of itself and in all.
    #[track_caller]
    fn check_state(board: &super::Board, component: &str, expected: &str) {
        let found = board.components.iter().find(|it| it.id == id(component)).expect("it is there");
        assert_eq!(found.standing.state(), Some(state(expected)));
    }

    #[test]
    fn a_component_is_in_the_worst_that_open_incidents_give_it() {
        let both = [
            written("a").says("10:00 investigating login=partial").says("11:00 resolved"),
            written("b").says("10:30 investigating login=major").says("11:30 resolved"),
        ];
        for (now, expected) in [
            ("09:57", "operational"),
            ("10:00", "partial"),
            ("10:30", "major"),
            ("11:29:59", "operational"),
            ("11:27", "major"),
        ] {
            check_state(&board(site(&["login"]), &both, now), "login", expected);
        }
    }

    #[test]
    fn an_outage_during_a_maintenance_shows_and_the_maintenance_after_it() {
        let both =
            [maintenance(), written("a").says("02:00 investigating login=degraded").says("02:30 resolved")];
        for (now, expected) in [
            ("01:00", "under_maintenance"),
            ("02:00", "degraded"),
            ("02:30", "under_maintenance"),
            ("03:00", "operational"),
        ] {
            check_state(&board(site(&["login"]), &both, now), "login", expected);
        }
    }

    #[test]
    fn a_withdrawn_incident_has_a_page_and_nothing_else() {
        let false_alarm = written("a").head("login=major").says("10:00 investigating").retracted("11:00");
        let before = board(site(&["login"]), std::slice::from_ref(&false_alarm), "10:59");
        check_state(&before, "login", "major");
        let after = board(site(&["login"]), std::slice::from_ref(&false_alarm), "11:00");
        check_state(&after, "login", "operational");
        assert!(after.open.is_empty());
        assert_eq!(after.components[0].uptime[0].uptime.percent, Some(10_000));
        assert_eq!(after.components[0].days[89].worst, Some(State::Operational));
        let story = &after.history[0];
        assert_eq!((story.phase, &story.open), (Phase::Retracted, &vec![span("10:00-11:00")]));
    }

    #[test]
    fn what_still_runs_has_no_end() {
        let open = [written("a").says("10:00 investigating login=major")];
        let board = board(site(&["login"]), &open, "11:00");
        assert_eq!(board.components[0].pieces[0].span, span("10:00-"));
        assert_eq!(board.components[0].uptime[0].uptime.major, 3600);
    }
}
