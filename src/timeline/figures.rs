//! Lengths of an incident: how long it took, and how well it was told.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::lifecycle::Lifecycle;
use super::public::Reading;
use super::span::{seconds, span_at};
use super::{Figures, Span};
use crate::model::PostmortemTimes;

/// The figures as far as they are public; what a postmortem tells, once it can be read.
pub(super) fn figures(reading: &Reading, life: &Lifecycle) -> Figures {
    let postmortem = reading.incident.postmortem.as_ref().filter(|_| reading.has_postmortem());
    let times = postmortem.map_or_else(PostmortemTimes::default, |it| it.times);
    let ended_at = life.ended_at();
    let milestones = [times.detected_at, times.acknowledged_at, times.mitigated_at, ended_at];
    let [time_to_detect, time_to_acknowledge, time_to_mitigate, time_to_resolve] =
        std::array::from_fn(|number| time_to(life.start, &milestones[number..]));
    let told = reading.updates.first().map(|it| seconds(life.start, reading.published(it.update)));
    Figures {
        length: ended_at.map(|end| life.open.iter().map(|span| span.seconds(end)).sum()),
        time_to_detect,
        time_to_acknowledge,
        time_to_mitigate,
        time_to_resolve,
        time_to_first_update: told.filter(|it| 0 <= *it),
        longest_silence: longest_silence(reading, &life.open),
        promises: promises(reading, &life.open),
    }
}

/// The time from the start to the first of the milestones, unless it lies before the start or after one
/// that follows it.
fn time_to(start: Timestamp, milestones: &[Option<Timestamp>]) -> Option<i64> {
    let at = milestones[0]?;
    let in_order = start <= at && milestones.iter().flatten().all(|it| at <= *it);
    in_order.then(|| seconds(start, at))
}

fn longest_silence(reading: &Reading, open: &[Span]) -> Option<i64> {
    let mut told: Vec<Timestamp> = reading.updates.iter().map(|it| reading.published(it.update)).collect();
    told.sort_unstable();
    let silences = told.windows(2).filter(|pair| {
        // The word that ends an incident still belongs to it.
        span_at(open, pair[0]).is_some_and(|span| span.to.is_none_or(|to| pair[1] <= to))
    });
    silences.map(|pair| seconds(pair[0], pair[1])).max()
}

/// How many promises were kept, of those that are decided. What is promised while it is over is text: nobody waits for
/// it.
///
/// From the last update back, so that for each promise all later updates are known already.
fn promises(reading: &Reading, open: &[Span]) -> Option<(u32, u32)> {
    let ended_at = open.last().and_then(|it| it.to);
    let mut answers: BTreeSet<Timestamp> = ended_at.into_iter().collect();
    let (mut kept, mut decided) = (0, 0);
    for said in reading.updates.iter().rev() {
        let made = reading.published(said.update);
        let promised =
            said.update.next_update.filter(|_| said.retracted.is_none() && span_at(open, said.at).is_some());
        if let Some(by) = promised {
            let in_time = answers.range(made..).next().is_some_and(|at| *at <= by);
            kept += u32::from(in_time);
            decided += u32::from(in_time || by <= reading.now);
        }
        answers.insert(made);
    }
    (0 < decided).then_some((kept, decided))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Written, written};
    use super::super::{Course, Figures};

    #[track_caller]
    fn figures(incident: &Written, now: &str) -> Figures {
        let story = incident.story(now).expect("it is public");
        let Course::Incident(figures) = &story.course else { panic!("it is an incident") };
        figures.clone()
    }

    #[test]
    fn the_length_is_the_sum_of_what_was_open_and_the_time_to_resolve_runs_to_the_last_end() {
        let incident = written("login")
            .says("09:00 investigating")
            .says("10:00 resolved")
            .says("11:00 investigating")
            .says("11:30 resolved");
        let figures = figures(&incident, "12:00");
        assert_eq!(figures.length, Some(90 * 60));
        assert_eq!(figures.time_to_resolve, Some(150 * 60));
    }

    #[test]
    fn nothing_is_said_of_the_length_while_it_is_open() {
        let figures = figures(&written("login").says("09:00 investigating"), "12:00");
        assert_eq!((figures.length, figures.time_to_resolve), (None, None));
    }

    #[test]
    fn milestones_run_from_the_start_and_are_left_out_where_they_contradict() {
        let incident = written("login").start("09:00").says("09:10 investigating").says("11:00 resolved");
        let told = figures(&incident.clone().postmortem("09:05", "09:10", "10:00"), "12:00");
        assert_eq!(told.time_to_detect, Some(5 * 60));
        assert_eq!(told.time_to_acknowledge, Some(10 * 60));
        assert_eq!(told.time_to_mitigate, Some(60 * 60));
        let odd = figures(&incident.postmortem("08:50", "11:30", "10:00"), "12:00");
        assert_eq!((odd.time_to_detect, odd.time_to_acknowledge), (None, None));
    }

    #[test]
    fn communication_counts_by_what_the_public_could_read() {
        let incident = written("login")
            .start("09:00")
            .says("09:10 investigating !published=09:20 !next=09:40")
            .says("10:00 identified !next=10:30")
            .says("10:30 resolved");
        let figures = figures(&incident, "12:00");
        assert_eq!(figures.time_to_first_update, Some(20 * 60));
        assert_eq!(figures.longest_silence, Some(40 * 60));
        assert_eq!(figures.promises, Some((1, 2)));
    }

    #[test]
    fn what_is_promised_after_the_end_is_no_promise() {
        let incident =
            written("login").says("10:00 investigating").says("11:00 resolved").says("12:00 - !next=12:30");
        let before = figures(&incident, "12:10");
        assert_eq!(before.promises, None);
        assert_eq!(figures(&incident, "12:30"), before);
    }
}
