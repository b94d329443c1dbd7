//! The story of a maintenance: its updates and the edges of its clock, played in order of time.

use jiff::Timestamp;

use super::public::{Reading, Said, settled};
use super::tell::Outline;
use super::zone::lifetime;
use super::{Basis, Course, Late, MaintenanceCourse, Phase, Piece, Span, Track};
use crate::model::{Edge, Impact, Maintenance, Scope, Site, State, Status, Update};

/// What of its story only a maintenance has.
pub(super) fn outline(reading: &Reading, maintenance: &Maintenance) -> Outline {
    let play = play(reading, maintenance);
    let began = play.open.first().map(|span| span.from);
    let phase = match play.stage {
        Stage::Waiting => Phase::Ahead,
        Stage::Running { .. } => Phase::Open,
        Stage::Over => Phase::Ended,
        Stage::Cancelled => Phase::Cancelled,
    };
    let excludable =
        began.map_or_else(Vec::new, |began| excludable(reading, maintenance, (began, &play.open)));
    let tracks = tracks(reading.site, maintenance, &play.open);
    let (begins, ends) = play.edges_ahead();
    Outline {
        phase,
        status: Some(play.status()),
        started_at: began.unwrap_or(play.plan.scheduled_for),
        ended_at: play.ended_at,
        impact: Impact::None,
        worst: if tracks.is_empty() { State::Operational } else { State::UnderMaintenance },
        tracks,
        suggested: Vec::new(),
        course: Course::Maintenance(MaintenanceCourse {
            scheduled_for: play.plan.scheduled_for,
            scheduled_until: play.plan.scheduled_until,
            announced_until: play.plan.moved_from(),
            begins,
            ends,
            late: play.late(reading.now),
            by_clock: play.by_clock,
            excludable,
            components: scope(reading.site, &maintenance.components, play.plan),
        }),
        statuses: play.statuses,
        open: play.open,
    }
}

/// Where a maintenance stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Waiting,
    Running { verifying: bool },
    Over,
    Cancelled,
}

/// What is announced at an instant.
#[derive(Clone, Copy, Debug)]
struct Plan {
    scheduled_for: Timestamp,
    scheduled_until: Timestamp,
    /// The end that was announced together with the begin in force.
    first_until: Timestamp,
}

impl Plan {
    fn of(maintenance: &Maintenance) -> Plan {
        let Maintenance { scheduled_for, scheduled_until, begin: _, end: _, components: _ } = maintenance;
        Plan {
            scheduled_for: *scheduled_for,
            scheduled_until: *scheduled_until,
            first_until: *scheduled_until,
        }
    }

    /// Takes what an update announces. A moved begin makes another plan; a moved end, the same one
    /// with another end.
    fn take(&mut self, update: &Update) {
        self.scheduled_until = update.scheduled_until.unwrap_or(self.scheduled_until);
        if let Some(begin) = update.scheduled_for {
            self.scheduled_for = begin;
            self.first_until = self.scheduled_until;
        }
    }

    fn moved_from(&self) -> Option<Timestamp> {
        (self.first_until != self.scheduled_until).then_some(self.first_until)
    }
}

/// A maintenance being played.
struct Play<'a> {
    maintenance: &'a Maintenance,
    plan: Plan,
    stage: Stage,
    /// The last word's time. What it moves, or makes to come, does not come before it.
    heard: Timestamp,
    /// The end that the clock will make, where that is its to make.
    clock_ends: Option<Timestamp>,
    /// The turns that the clock made.
    by_clock: Vec<(Timestamp, Status)>,
    open: Vec<Span>,
    ended_at: Option<Timestamp>,
    /// The status in force with each public update.
    statuses: Vec<Option<Status>>,
}

fn play<'a>(reading: &Reading, maintenance: &'a Maintenance) -> Play<'a> {
    let plan = Plan::of(maintenance);
    let mut play = Play {
        maintenance,
        plan,
        stage: Stage::Waiting,
        heard: Timestamp::MIN,
        clock_ends: None,
        by_clock: Vec::new(),
        open: Vec::new(),
        ended_at: None,
        statuses: Vec::new(),
    };
    for said in &reading.updates {
        play.run_before(said.at);
        play.hear(said);
    }
    play.run_before(reading.now);
    play.run_at(reading.now);
    play
}

impl Play<'_> {
    /// Lets the clock act as long as its next edge lies before `at`.
    fn run_before(&mut self, at: Timestamp) {
        while let Some(edge) = self.next_edge().filter(|edge| *edge < at) {
            self.act(edge);
        }
    }

    fn run_at(&mut self, now: Timestamp) {
        while let Some(edge) = self.next_edge().filter(|edge| *edge <= now) {
            self.act(edge);
        }
    }

    /// When the clock will act, if nothing more is said.
    fn next_edge(&self) -> Option<Timestamp> {
        let edge = match (self.stage, self.maintenance.begin) {
            (Stage::Waiting, Edge::Automatic) => Some(self.plan.scheduled_for),
            // What nobody began is over with its end.
            (Stage::Waiting, Edge::Manual) => Some(self.plan.scheduled_until),
            (Stage::Running { .. }, _) => self.clock_ends,
            (Stage::Over | Stage::Cancelled, _) => None,
        };
        edge.map(|it| it.max(self.heard))
    }

    /// When the clock will begin and end it, if nothing more is said.
    fn edges_ahead(&self) -> (Option<Timestamp>, Option<Timestamp>) {
        match (self.stage, self.maintenance.begin) {
            (Stage::Waiting, Edge::Automatic) => {
                let begins = self.plan.scheduled_for;
                (Some(begins), self.end_by_clock(begins))
            }
            (Stage::Waiting, Edge::Manual) => (None, Some(self.plan.scheduled_until)),
            (Stage::Running { .. }, _) => (None, self.clock_ends),
            (Stage::Over | Stage::Cancelled, _) => (None, None),
        }
    }

    /// When the clock ends what begins at `at`. An edge that has passed does not pass again.
    fn end_by_clock(&self, at: Timestamp) -> Option<Timestamp> {
        let again = !self.open.is_empty() || self.stage == Stage::Over;
        let ahead = at < self.plan.scheduled_until;
        let by_clock = self.maintenance.end == Edge::Automatic && (ahead || !again);
        by_clock.then_some(self.plan.scheduled_until.max(at))
    }

    fn act(&mut self, edge: Timestamp) {
        match (self.stage, self.maintenance.begin) {
            (Stage::Waiting, Edge::Automatic) => self.begin(edge),
            (Stage::Waiting, Edge::Manual) | (Stage::Running { .. }, _) => self.end(edge, Stage::Over),
            (Stage::Over | Stage::Cancelled, _) => return,
        }
        self.by_clock.push((edge, self.status()));
    }

    fn begin(&mut self, at: Timestamp) {
        self.clock_ends = self.end_by_clock(at);
        self.stage = Stage::Running { verifying: false };
        self.open.push(Span { from: at, to: None });
        self.ended_at = None;
    }

    fn end(&mut self, at: Timestamp, stage: Stage) {
        self.stage = stage;
        self.clock_ends = None;
        self.ended_at = Some(at);
        if let Some(last) = self.open.last_mut().filter(|span| span.to.is_none()) {
            last.to = Some(at);
        }
    }

    /// Takes an update: its announcement, then its status.
    fn hear(&mut self, said: &Said) {
        self.heard = said.at;
        if said.retracted.is_none() {
            self.plan.take(said.update);
            self.replan(said.update);
        }
        if let Some(status) = said.status() {
            self.turn(status, said.at);
        }
        self.statuses.push(Some(self.status()));
    }

    /// An edge cannot be moved to before the word that moves it, and none moves that is not named.
    fn replan(&mut self, update: &Update) {
        match self.stage {
            Stage::Waiting if update.scheduled_for.is_some() => {
                self.plan.scheduled_for = self.plan.scheduled_for.max(update.at);
            }
            Stage::Running { .. } if update.scheduled_until.is_some() => {
                let by_clock = self.maintenance.end == Edge::Automatic;
                self.clock_ends = by_clock.then_some(self.plan.scheduled_until.max(update.at));
            }
            Stage::Waiting | Stage::Running { .. } | Stage::Over | Stage::Cancelled => {}
        }
    }

    fn turn(&mut self, status: Status, at: Timestamp) {
        match (status, self.stage) {
            (Status::InProgress | Status::Verifying, Stage::Waiting | Stage::Over | Stage::Cancelled) => {
                self.begin(at);
            }
            (Status::Completed | Status::Resolved, Stage::Waiting | Stage::Running { .. }) => {
                self.end(at, Stage::Over);
            }
            (Status::Cancelled, Stage::Waiting | Stage::Running { .. }) => self.end(at, Stage::Cancelled),
            (Status::Scheduled, Stage::Cancelled) => {
                self.stage = Stage::Waiting;
                self.ended_at = None;
            }
            _ => {}
        }
        if let Stage::Running { verifying } = &mut self.stage {
            *verifying = status == Status::Verifying;
        }
    }

    fn status(&self) -> Status {
        match self.stage {
            Stage::Waiting => Status::Scheduled,
            Stage::Running { verifying: false } => Status::InProgress,
            Stage::Running { verifying: true } => Status::Verifying,
            Stage::Over => Status::Completed,
            Stage::Cancelled => Status::Cancelled,
        }
    }

    fn late(&self, now: Timestamp) -> Option<Late> {
        match self.stage {
            Stage::Waiting if self.plan.scheduled_for <= now => Some(Late::DueToStart),
            Stage::Running { .. } if self.plan.scheduled_until <= now => Some(Late::Overrunning),
            Stage::Waiting | Stage::Running { .. } | Stage::Over | Stage::Cancelled => None,
        }
    }
}

fn tracks(site: &Site, maintenance: &Maintenance, open: &[Span]) -> Vec<Track> {
    let named = site.components.iter().filter(|it| match &maintenance.components {
        Scope::All => it.listed,
        Scope::Components(named) => named.contains(&it.id),
    });
    let tracks = named.map(|component| {
        let spans = open.iter().filter_map(|span| span.meet(&lifetime(site, component)));
        let pieces =
            spans.map(|span| Piece { span, state: State::UnderMaintenance, basis: Basis::Maintenance });
        Track { component: component.id.clone(), pieces: pieces.collect(), lowered: None }
    });
    tracks.filter(|it| !it.pieces.is_empty()).collect()
}

/// What is worked on. Of `all` that is what is listed, and lives in the announced window.
fn scope(site: &Site, written: &Scope, plan: Plan) -> Scope {
    let Scope::All = written else { return written.clone() };
    let window = Span { from: plan.scheduled_for, to: Some(plan.scheduled_until) };
    let listed = site.components.iter().filter(|it| it.listed);
    let living = listed.filter(|it| window.meet(&lifetime(site, it)).is_some());
    Scope::Components(living.map(|it| it.id.clone()).collect())
}

/// What was announced in public before it began, as far as it came so.
fn excludable(
    reading: &Reading,
    maintenance: &Maintenance,
    (began, open): (Timestamp, &[Span]),
) -> Vec<Span> {
    let head = reading.incident.published_at;
    let told_before = |update: &Update| {
        let published = settled(update).unwrap_or_else(|| reading.published(update));
        published < began
    };
    let before: Vec<&Said> = reading.standing().filter(|it| told_before(it.update)).collect();
    let head_is_told = match head {
        Some(published) => published < began,
        None => {
            reading.incident.updates.is_empty() || reading.updates.iter().any(|it| told_before(it.update))
        }
    };
    if !head_is_told {
        return Vec::new();
    }
    let mut plan = Plan::of(maintenance);
    before.iter().for_each(|said| plan.take(said.update));
    let announced = Span { from: plan.scheduled_for, to: Some(plan.scheduled_until) };
    open.iter().filter_map(|span| span.meet(&announced)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Written, maintenance, span, t};
    use super::super::{Course, Late, MaintenanceCourse, Phase};
    use crate::model::{Edge, Status};

    fn manual() -> Written {
        maintenance().maintenance(|it| (it.begin, it.end) = (Edge::Manual, Edge::Manual))
    }

    #[track_caller]
    fn course(written: &Written, now: &str) -> MaintenanceCourse {
        let story = written.story(now).expect("it is public");
        let Course::Maintenance(course) = &story.course else { panic!("it is a maintenance") };
        course.clone()
    }

    #[track_caller]
    fn check(written: &Written, now: &str, phase: Phase, open: &[&str]) {
        let story = written.story(now).expect("it is public");
        let expected: Vec<_> = open.iter().map(|it| span(it)).collect();
        assert_eq!((story.phase, &story.open), (phase, &expected));
    }

    #[test]
    fn it_runs_by_the_clock() {
        check(&maintenance(), "00:59:59", Phase::Ahead, &[]);
        check(&maintenance(), "01:00", Phase::Open, &["01:00-"]);
        check(&maintenance(), "03:00", Phase::Ended, &["01:00-03:00"]);
        assert_eq!(maintenance().story("02:00").expect("public").status, Some(Status::InProgress));
    }

    #[test]
    fn its_updates_act_at_their_own_time_and_end_the_clocks_say() {
        let early = maintenance().says("00:30 in_progress").says("02:00 completed");
        check(&early, "01:30", Phase::Open, &["00:30-"]);
        check(&early, "05:00", Phase::Ended, &["00:30-02:00"]);
        let cancelled = maintenance().says("00:30 cancelled");
        check(&cancelled, "02:00", Phase::Cancelled, &[]);
        let broken_off = maintenance().says("01:30 cancelled");
        check(&broken_off, "05:00", Phase::Cancelled, &["01:00-01:30"]);
        let early_only = maintenance().says("00:30 in_progress");
        check(&early_only, "05:00", Phase::Ended, &["00:30-03:00"]);
    }

    #[test]
    fn verifying_is_still_in_progress() {
        let verifying = maintenance().says("02:30 verifying");
        check(&verifying, "02:45", Phase::Open, &["01:00-"]);
        assert_eq!(verifying.story("02:45").expect("public").status, Some(Status::Verifying));
        check(&verifying, "03:00", Phase::Ended, &["01:00-03:00"]);
    }

    #[test]
    fn an_end_can_be_moved_before_it_has_come() {
        let extended = maintenance().says("02:30 - !until=05:00");
        check(&extended, "04:00", Phase::Open, &["01:00-"]);
        check(&extended, "05:00", Phase::Ended, &["01:00-05:00"]);
        assert_eq!(course(&extended, "04:00").announced_until, Some(t("03:00")));
        let at_the_end = maintenance().says("03:00 - !until=05:00");
        check(&at_the_end, "04:00", Phase::Open, &["01:00-"]);
    }

    #[test]
    fn an_edge_that_has_passed_is_not_moved() {
        let too_late = maintenance().says("03:10 - !until=05:00");
        check(&too_late, "04:00", Phase::Ended, &["01:00-03:00"]);
        let begun = maintenance().says("01:30 - !for=02:00");
        check(&begun, "01:40", Phase::Open, &["01:00-"]);
    }

    #[test]
    fn after_an_automatic_end_completed_changes_nothing_and_in_progress_begins_again() {
        check(&maintenance().says("03:30 completed"), "04:00", Phase::Ended, &["01:00-03:00"]);
        let again = maintenance().says("03:30 in_progress");
        check(&again, "06:00", Phase::Open, &["01:00-03:00", "03:30-"]);
        let again_done = again.clone().says("04:00 completed");
        check(&again_done, "06:00", Phase::Ended, &["01:00-03:00", "03:30-04:00"]);
        let again_announced = again.says("03:40 - !until=05:00");
        check(&again_announced, "06:00", Phase::Ended, &["01:00-03:00", "03:30-05:00"]);
        let announced_with_it = maintenance().says("03:30 in_progress !until=05:00");
        check(&announced_with_it, "06:00", Phase::Ended, &["01:00-03:00", "03:30-05:00"]);
    }

    #[test]
    fn manual_edges_wait_for_a_word() {
        check(&manual(), "01:30", Phase::Ahead, &[]);
        assert_eq!(course(&manual(), "00:59:59").late, None);
        assert_eq!(course(&manual(), "01:00").late, Some(Late::DueToStart));
        check(&manual(), "03:00", Phase::Ended, &[]);
        let begun = manual().says("01:10 in_progress");
        check(&begun, "03:30", Phase::Open, &["01:10-"]);
        assert_eq!(course(&begun, "02:59:59").late, None);
        assert_eq!(course(&begun, "03:00").late, Some(Late::Overrunning));
        check(&begun.says("03:20 completed"), "04:00", Phase::Ended, &["01:10-03:20"]);
    }

    #[test]
    fn it_can_be_moved_as_a_whole() {
        let moved = maintenance().says("00:10 - !for=04:00 !until=06:00");
        check(&moved, "02:00", Phase::Ahead, &[]);
        check(&moved, "05:00", Phase::Open, &["04:00-"]);
        assert_eq!(course(&moved, "02:00").announced_until, None);
        assert_eq!(moved.story("02:00").expect("public").started_at, t("04:00"));
    }

    #[test]
    fn only_what_was_announced_before_it_began_can_be_taken_out() {
        let extended = maintenance().says("02:30 - !until=05:00").published_at("00:00");
        assert_eq!(course(&extended, "06:00").excludable, [span("01:00-03:00")]);
        let before = maintenance().says("00:30 - !until=05:00");
        assert_eq!(course(&before, "06:00").excludable, [span("01:00-05:00")]);
        let early = maintenance().says("00:30 in_progress").published_at("00:00");
        assert_eq!(course(&early, "06:00").excludable, [span("01:00-03:00")]);
        let afterwards = maintenance().published_at("04:00");
        assert_eq!(course(&afterwards, "06:00").excludable, []);
    }

    #[test]
    fn what_is_announced_again_does_not_begin_before_it_is_said() {
        let again = maintenance().says("01:30 cancelled").says("02:00 scheduled");
        check(&again, "02:30", Phase::Open, &["01:00-01:30", "02:00-"]);
        check(&again, "04:00", Phase::Ended, &["01:00-01:30", "02:00-03:00"]);
        let shortened = manual().says("02:00 - !until=01:30");
        assert_eq!(shortened.story("02:30").expect("it is public").ended_at, Some(t("02:00")));
    }

    #[test]
    fn a_withdrawn_update_moves_nothing() {
        let written = maintenance().says("00:10 cancelled !retracted=00:20");
        check(&written, "02:00", Phase::Open, &["01:00-"]);
    }
}
