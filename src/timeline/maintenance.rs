//! The story of a maintenance: its updates and the edges of its clock, played in order of time.

use jiff::{SignedDuration, Timestamp};

use super::play::{Plan, Play, Stage};
use super::public::{Reading, Said, settled};
use super::span::later;
use super::tell::Outline;
use super::zone::lifetime;
use super::{Basis, Course, MaintenanceCourse, Phase, Piece, Span, Track};
use crate::model::{Impact, Maintenance, Scope, Site, State, Update};

/// What of its story only a maintenance has.
pub(super) fn outline(reading: &Reading, maintenance: &Maintenance) -> Outline {
    let mut play = Play::new(maintenance);
    for said in &reading.updates {
        // An update that lies a little ahead is shown already; the clock has not come so far.
        if reading.now < said.at {
            play.run_to(reading.now);
        } else {
            play.run_before(said.at);
        }
        play.hear(said);
    }
    play.run_to(reading.now);
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
    let components = scope(reading, &maintenance.components, &play);
    Outline {
        phase,
        status: Some(play.status()),
        started_at: began.unwrap_or(play.plan.scheduled_for),
        ended_at: play.ended_at,
        impact: Impact::None,
        stated_impact: None,
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
            components,
        }),
        statuses: play.statuses,
        open: play.open,
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

/// What is worked on. Of `all` that is what is listed and lives while it is, as the states have it: of a maintenance
/// that is over, while it ran; else from now on, up to its announced end at least.
fn scope(reading: &Reading, written: &Scope, play: &Play) -> Scope {
    let Scope::All = written else { return written.clone() };
    let site = reading.site;
    let plan = Span { from: play.plan.scheduled_for, to: Some(play.plan.scheduled_until) };
    let times: Vec<Span> = match play.stage {
        Stage::Waiting => vec![Span { from: plan.from.max(reading.now), ..plan }],
        Stage::Running { .. } => vec![running(reading, play)],
        Stage::Over | Stage::Cancelled if play.open.is_empty() => vec![plan],
        Stage::Over | Stage::Cancelled => play.open.clone(),
    };
    let listed = site.components.iter().filter(|it| it.listed);
    let worked_on = listed.filter(|it| times.iter().any(|time| time.meet(&lifetime(site, it)).is_some()));
    Scope::Components(worked_on.map(|it| it.id.clone()).collect())
}

/// The time from now on of a maintenance that is under way: to its announced end, or if that has passed, this instant.
fn running(reading: &Reading, play: &Play) -> Span {
    let now = reading.settled_at();
    let just_after = later(now, SignedDuration::from_nanos(1));
    Span { from: now, to: Some(play.plan.scheduled_until.max(just_after)) }
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
    use super::super::fixture::{Written, board, id, maintenance, site, span, t};
    use super::super::{Course, Late, MaintenanceCourse, Phase, Standing};
    use crate::model::{Edge, Scope, State, Status};

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

    /// What a maintenance of all works on, and what is under maintenance, on a site where `new` starts and `old`
    /// retires on the 2nd.
    #[track_caller]
    fn check_all(until: &str, now: &str, worked_on: &[&str], states: &[&str]) {
        let mut site = site(&["login", "new", "old"]);
        let second = Some("2026-03-02".parse().expect("a day"));
        (site.components[1].since, site.components[2].until) = (second, second);
        let (end, until) = (Edge::Manual, t(until));
        let all = maintenance().maintenance(move |it| {
            (it.components, it.end) = (Scope::All, end);
            (it.scheduled_for, it.scheduled_until) = (t("22:00"), until);
        });
        let board = board(site, &[all.says("00:05 scheduled").says("02T03:00 completed")], now);
        let Course::Maintenance(course) = &board.history[0].course else { panic!("it is a maintenance") };
        let names = |ids: &[&str]| ids.iter().map(|it| id(it)).collect::<Vec<_>>();
        assert_eq!(course.components, Scope::Components(names(worked_on)));
        let under = board.components.iter().filter(|it| it.standing == Standing::In(State::UnderMaintenance));
        assert_eq!(under.map(|it| it.id.clone()).collect::<Vec<_>>(), names(states));
    }

    #[test]
    fn all_are_those_that_have_the_state_while_components_come_and_go() {
        check_all("23:00", "21:00", &["login", "old"], &[]);
        check_all("23:00", "22:30", &["login", "old"], &["login", "old"]);
        check_all("23:00", "23:30", &["login", "old"], &["login", "old"]);
        // It overruns its announced end, beyond midnight.
        check_all("23:00", "02T01:00", &["login", "new"], &["login", "new"]);
        check_all("23:00", "02T03:00", &["login", "new", "old"], &[]);
        // It is announced beyond midnight.
        check_all("02T02:00", "22:30", &["login", "new", "old"], &["login", "old"]);
        check_all("02T02:00", "02T01:00", &["login", "new"], &["login", "new"]);
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
