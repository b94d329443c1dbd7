//! The board: all stories side by side at one instant.

use std::sync::Arc;

use jiff::Timestamp;

use super::case::{Case, Counted, Days, Union, component, together};
use super::change::around;
use super::foreseen::Outlook;
use super::life::suggestions;
use super::order::{gravest_first, pinned_first, soonest_first};
use super::zone::day_of;
use super::{
    Board, ComponentBoard, GroupBoard, Phase, Span, Standing, Stories, Story, UptimeWindow, Visibility,
    group, moment, overall, story,
};
use crate::model::{Component, Group, Incident, Kind, Project, Rollup, Site};

/// The board of a project at `now`, made from nothing.
pub fn at(project: &Project, now: Timestamp, visibility: Visibility) -> Board {
    let tell = |it: &Arc<Incident>| story(&project.site, it, moment(&project.site, it, now, visibility));
    let told: Vec<Arc<Story>> = project.incidents.iter().filter_map(tell).collect();
    let mut stories = Stories::default();
    stories.replace(&[], &told);
    let scene = Scene::new(&project.site, &stories, now, visibility);
    let components: Vec<Arc<Counted>> = scene.cases().iter().map(component).collect();
    let uptimes = scene.unions(&components).iter().map(together).collect();
    scene.board(components, uptimes, &project.incidents)
}

/// What is told at an instant, before it is counted.
///
/// 1. `cases` are what the boards of the components follow from.
/// 2. `unions` are what the uptime of several of them follows from: of the whole page, then of each group.
/// 3. `board` is what comes of both.
///
/// Between the steps stands whoever remembers what came of a case before.
#[derive(Debug)]
pub struct Scene<'a> {
    site: &'a Arc<Site>,
    stories: &'a Stories,
    now: Timestamp,
    visibility: Visibility,
    days: Days,
}

impl<'a> Scene<'a> {
    /// The stories, told at `now`.
    pub fn new(site: &'a Arc<Site>, stories: &'a Stories, now: Timestamp, visibility: Visibility) -> Self {
        Scene { site, stories, now, visibility, days: Days::until(day_of(&site.time_zone, now), site) }
    }

    /// The day of the site's zone that is told.
    pub fn day(&self) -> Span {
        self.days.today()
    }

    /// All that the board of each component follows from, in the order of site.yaml.
    pub fn cases(&self) -> Vec<Case> {
        let mut suggested = suggestions(&self.stories.current, self.now);
        let components = self.site.components.iter().enumerate();
        components
            .map(|(number, it)| {
                let pieces = self.stories.lives.begun(&it.id, self.now);
                let suggested = suggested.remove(&it.id).unwrap_or_default();
                Case::new((self.site, number), &self.days, pieces, (suggested, self.now))
            })
            .collect()
    }

    /// All that the uptime of several components follows from: of the page as a whole, then of the groups in the
    /// order of site.yaml.
    pub fn unions(&self, components: &[Arc<Counted>]) -> Vec<Union> {
        let union = |rollup, members: Vec<&Arc<Counted>>| Union {
            site: Arc::clone(self.site),
            days: self.days.clone(),
            rollup,
            members: members.into_iter().cloned().collect(),
        };
        let whole = union(Rollup::Worst, self.shown(components, |_| true));
        let groups = self.site.groups.iter().map(|it| union(it.rollup, self.members(it, components)));
        std::iter::once(whole).chain(groups).collect()
    }

    /// The board, by what was counted: `uptimes` are those of the unions, in their order. Of `incidents` those
    /// matter that name an instant of the day.
    pub fn board(
        &self,
        components: Vec<Arc<Counted>>,
        uptimes: Vec<Vec<UptimeWindow>>,
        incidents: &[Arc<Incident>],
    ) -> Board {
        let Scene { site, stories: Stories { history, current, lives: _ }, now, visibility, days: _ } = *self;
        let mut uptimes = uptimes.into_iter();
        let uptime = uptimes.next().unwrap_or_default();
        let groups = site.groups.iter().zip(uptimes);
        let groups = groups.map(|(it, uptime)| self.group(it, uptime, &components)).collect();
        let components: Vec<Arc<ComponentBoard>> =
            components.into_iter().map(|it| Arc::clone(&it.board)).collect();
        let open = open(current, now);
        let changes = around(site, incidents, now, visibility);
        let maintenance = maintenance(current);
        let standings: Vec<Standing> = components.iter().map(|it| it.standing).collect();
        Board {
            overall: overall::overall(site, &standings, &open),
            foreseen: Outlook { site, now, maintenance: &maintenance, open: &open }.foreseen(&components),
            components,
            groups,
            uptime,
            open,
            notices: shown(current, Phase::Open, is_notice, pinned_first),
            maintenance,
            last_change: changes.last,
            next_change: changes.next,
            next_foreseeable_change: changes.next_foreseeable,
            history: Arc::clone(history),
            site: Arc::clone(site),
            now,
            today: day_of(&site.time_zone, now),
        }
    }

    fn group(&self, group: &Group, uptime: Vec<UptimeWindow>, components: &[Arc<Counted>]) -> GroupBoard {
        let members = self.members(group, components);
        let standings: Vec<Standing> = members.iter().map(|it| it.board.standing).collect();
        GroupBoard {
            id: group.id.clone(),
            members: members.iter().map(|it| it.board.id.clone()).collect(),
            standing: group::standing(group.rollup, &standings),
            uptime,
        }
    }

    fn members<'c>(&self, group: &Group, components: &'c [Arc<Counted>]) -> Vec<&'c Arc<Counted>> {
        self.shown(components, |it| it.group.as_ref() == Some(&group.id))
    }

    /// The components for which `is_meant` holds, as far as the page shows them.
    fn shown<'c>(
        &self,
        components: &'c [Arc<Counted>],
        is_meant: impl Fn(&Component) -> bool,
    ) -> Vec<&'c Arc<Counted>> {
        let all = self.site.components.iter().zip(components);
        all.filter(|(it, _)| it.listed && is_meant(it))
            .map(|(_, made)| made)
            .filter(|it| it.board.standing != Standing::Retired)
            .collect()
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
