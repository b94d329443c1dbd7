//! What the public learnt, of incidents written in a line.

use super::fixture::{Written, maintenance, notice, t, written};
use super::{Happening, Origin};
use crate::model::{Correction, Status};

/// What was learnt by an instant, as `published turn status`; the time at which it was so where that is another.
fn told(written: &Written, now: &str) -> Vec<String> {
    let story = written.story(now).expect("it is public");
    let line = |it: &Happening| {
        let [published, at] = [it.published_at, it.at].map(|it| it.strftime("%H:%M").to_string());
        let at = if at == published { String::new() } else { format!("@{at}") };
        format!("{published}{at} {} {}", it.turn.word(), it.status.map_or("-", Status::word))
    };
    story.happenings().iter().map(line).collect()
}

#[track_caller]
fn check(written: &Written, now: &str, expected: &[&str]) {
    assert_eq!(told(written, now), expected);
}

#[test]
fn an_incident_opens_with_its_first_update_and_ends_with_the_one_that_resolves_it() {
    let incident = written("a").says("10:00 investigating").says("10:10 -").says("11:00 resolved");
    check(
        &incident,
        "12:00",
        &[
            "10:00 opened investigating",
            "10:00 update investigating",
            "10:10 update investigating",
            "11:00 resolved resolved",
        ],
    );
}

#[test]
fn there_is_one_end_until_it_is_open_again() {
    let incident = written("a")
        .says("10:00 resolved")
        .says("10:10 resolved")
        .says("10:20 monitoring")
        .says("10:30 identified")
        .says("10:40 resolved");
    check(
        &incident,
        "12:00",
        &[
            "10:00 opened resolved",
            "10:00 resolved resolved",
            "10:10 update resolved",
            "10:20 reopened monitoring",
            "10:30 update identified",
            "10:40 resolved resolved",
        ],
    );
}

#[test]
fn what_is_dated_back_neither_ends_nor_reopens() {
    let incident = written("a")
        .says("10:00 investigating")
        .says("10:10 resolved !published=11:30")
        .says("10:20 identified")
        .says("11:00 resolved")
        .says("11:10 -");
    check(
        &incident,
        "12:00",
        &[
            "10:00 opened investigating",
            "10:00 update investigating",
            "10:20 update identified",
            "11:00 resolved resolved",
            "11:10 update resolved",
            "11:30@10:10 update resolved",
        ],
    );
}

#[test]
fn a_lifted_embargo_tells_all_at_once_and_as_it_was() {
    let incident = written("a").published_at("12:00").says("10:00 investigating").says("11:00 resolved");
    let expected =
        ["12:00@10:00 opened resolved", "12:00@10:00 update investigating", "12:00@11:00 resolved resolved"];
    check(&incident, "12:00", &expected);
    let work = maintenance().published_at("04:00");
    check(
        &work,
        "05:00",
        &[
            "04:00@01:00 maintenance_announced scheduled",
            "04:00@01:00 maintenance_began in_progress",
            "04:00@03:00 maintenance_ended completed",
        ],
    );
    let never_held = maintenance().published_at("04:00").says("00:30 cancelled");
    check(
        &never_held,
        "05:00",
        &["04:00@00:30 maintenance_announced cancelled", "04:00@00:30 maintenance_cancelled cancelled"],
    );
}

#[test]
fn what_is_published_together_is_learnt_in_the_order_in_which_it_was_so() {
    let incident = written("a").published_at("12:00").resolved_at("10:50");
    check(
        &incident.says("11:00 resolved").says("10:00 investigating"),
        "12:00",
        &[
            "12:00@10:00 opened resolved",
            "12:00@10:00 update investigating",
            "12:00@10:50 resolved resolved",
            "12:00@11:00 update resolved",
        ],
    );
}

#[test]
fn an_end_that_the_head_states_is_told_when_it_comes() {
    let incident = written("a")
        .resolved_at("10:50")
        .says("10:00 investigating")
        .says("10:20 resolved")
        .says("11:00 monitoring")
        .says("11:10 resolved");
    check(
        &incident,
        "12:00",
        &[
            "10:00 opened investigating",
            "10:00 update investigating",
            "10:20 update resolved",
            "10:50 resolved resolved",
            "11:00 reopened monitoring",
            "11:10 resolved resolved",
        ],
    );
}

#[test]
fn a_maintenance_is_announced_moved_begun_and_ended() {
    let work = maintenance().says("00:10 scheduled").says("00:20 - !for=01:30").says("02:00 - !until=04:00");
    check(
        &work,
        "05:00",
        &[
            "00:10 maintenance_announced scheduled",
            "00:10 update scheduled",
            "00:20 maintenance_moved scheduled",
            "01:30 maintenance_began in_progress",
            "02:00 maintenance_moved in_progress",
            "04:00 maintenance_ended completed",
        ],
    );
    let by_hand = maintenance().says("00:10 in_progress").says("02:00 verifying").says("02:10 completed");
    check(
        &by_hand,
        "05:00",
        &[
            "00:10 maintenance_announced in_progress",
            "00:10 maintenance_began in_progress",
            "02:00 update verifying",
            "02:10 maintenance_ended completed",
        ],
    );
}

#[test]
fn what_the_clock_did_stays_told_whatever_is_learnt_later() {
    let extended_late = maintenance().says("00:10 -").says("02:30 - !until=05:00 !published=03:10");
    let before = [
        "00:10 maintenance_announced scheduled",
        "00:10 update scheduled",
        "01:00 maintenance_began in_progress",
        "03:00 maintenance_ended completed",
    ];
    check(&extended_late, "03:05", &before);
    let mut after = before.to_vec();
    after.extend(["03:10@02:30 maintenance_moved in_progress", "05:00 maintenance_ended completed"]);
    check(&extended_late, "06:00", &after);
    let called_off_in_error = maintenance().says("00:10 -").says("00:30 cancelled !retracted=02:00");
    check(
        &called_off_in_error,
        "04:00",
        &[
            "00:10 maintenance_announced scheduled",
            "00:10 update scheduled",
            "00:30 maintenance_cancelled cancelled",
            "02:00@01:00 maintenance_began in_progress",
            "02:00 retraction in_progress",
            "03:00 maintenance_ended completed",
        ],
    );
}

#[test]
fn after_a_withdrawal_the_clock_is_silent() {
    let work = maintenance().says("00:10 -").retracted("02:00").says("02:30 completed");
    check(
        &work,
        "04:00",
        &[
            "00:10 maintenance_announced scheduled",
            "00:10 update scheduled",
            "01:00 maintenance_began in_progress",
            "02:00 retraction cancelled",
            "02:30 update completed",
        ],
    );
}

#[test]
fn a_withdrawn_end_opens_the_incident_until_the_next() {
    let incident = written("a")
        .says("10:00 investigating")
        .says("10:30 resolved !retracted=10:40")
        .says("11:00 resolved");
    check(
        &incident,
        "12:00",
        &[
            "10:00 opened investigating",
            "10:00 update investigating",
            "10:30 resolved resolved",
            "10:40 retraction investigating",
            "11:00 resolved resolved",
        ],
    );
}

#[test]
fn a_notice_is_published_and_ends() {
    let notice = notice().says("10:00 -").says("11:00 resolved");
    check(&notice, "12:00", &["10:00 notice_published -", "10:00 update -", "11:00 notice_ended resolved"]);
}

#[test]
fn a_postmortem_without_a_time_is_told_at_the_first_end() {
    let incident =
        written("a").says("10:00 investigating").says("11:00 resolved").says("11:10 investigating");
    let incident = incident.postmortem("10:01", "10:02", "10:30").with(|it| {
        it.corrections.push(Correction { at: t("11:30"), note: "It was Europe alone".to_owned() });
    });
    let before = ["10:00 opened investigating", "10:00 update investigating"];
    check(&incident, "10:30", &before);
    let mut after = before.to_vec();
    after.extend([
        "11:00 resolved resolved",
        "11:00 postmortem resolved",
        "11:10 reopened investigating",
        "11:30 correction investigating",
    ]);
    check(&incident, "12:00", &after);
}

#[test]
fn what_opens_a_story_is_what_could_be_read_with_it() {
    let incident = written("a")
        .head("login=degraded search=partial")
        .says("10:00 investigating login=major@09:50")
        .says("10:10 - playback=major");
    let story = incident.story("12:00").expect("it is public");
    let happenings = story.happenings();
    let opening = happenings.iter().find(|it| it.origin == Origin::Opening).expect("each story opens");
    let named: Vec<_> =
        opening.components.iter().map(|(id, state)| (id.as_str(), state.map(|it| it.word()))).collect();
    assert_eq!(named, [("login", Some("major_outage")), ("search", Some("partial_outage"))]);
    assert_eq!(opening.at, t("09:50"));
}
