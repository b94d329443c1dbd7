//! When a component last turned from one state into another.

use jiff::Timestamp;

use super::span::worst;
use super::{ComponentBoard, OwnedPiece};

/// How many of the last pieces are looked at first: ten years have hundreds, and the last ones tell nearly always.
const LAST: usize = 16;

impl ComponentBoard {
    /// When its state last changed; none while it has only ever worked.
    pub fn turned_at(&self) -> Option<Timestamp> {
        let last = self.pieces.len().saturating_sub(LAST);
        let since = self.pieces.get(last)?.span.from;
        // What has ended by then does not touch what came after it.
        let touching = self.pieces[..last].iter().filter(|it| it.span.to.is_none_or(|to| since < to));
        let turned = last_turn(touching.chain(&self.pieces[last..]));
        turned.filter(|at| since < *at).or_else(|| last_turn(self.pieces.iter()))
    }
}

fn last_turn<'a>(pieces: impl Iterator<Item = &'a OwnedPiece>) -> Option<Timestamp> {
    let states = worst(pieces.map(|it| (it.span, it.state)));
    states.last().map(|(span, _)| span.to.unwrap_or(span.from))
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Written, board, maintenance, site, t, written};

    #[track_caller]
    fn check(written: &[Written], now: &str, expected: Option<&str>) {
        let board = board(site(&["login"]), written, now);
        assert_eq!(board.components[0].turned_at(), expected.map(t));
    }

    #[test]
    fn a_component_turns_when_its_worst_state_does() {
        let both = [
            written("a").says("10:00 investigating login=partial").says("11:00 resolved"),
            written("b").says("10:30 investigating login=degraded").says("11:30 resolved"),
        ];
        check(&both, "09:00", None);
        check(&both, "10:10", Some("10:00"));
        check(&both, "10:40", Some("10:00"));
        check(&both, "11:10", Some("11:00"));
        check(&both, "12:00", Some("11:30"));
        check(&[maintenance()], "02:00", Some("01:00"));
        check(&[maintenance()], "12:00", Some("03:00"));
    }

    #[test]
    fn an_outage_that_outlasts_many_others_is_not_forgotten() {
        let long = written("long").says("01T01:00 investigating login=major").says("01T23:00 resolved");
        let short = |hour: usize| {
            let (from, to) = (format!("01T{hour:02}:00"), format!("01T{hour:02}:10"));
            let short =
                written(&format!("short-{hour:02}")).says(&format!("{from} investigating login=degraded"));
            short.says(&format!("{to} resolved"))
        };
        let mut all: Vec<Written> = (2..=21).map(short).collect();
        all.push(long);
        check(&all, "01T22:00", Some("01T01:00"));
        check(&all, "02T00:00", Some("01T23:00"));
    }

    #[test]
    fn what_lies_a_little_ahead_turns_it_at_the_written_time() {
        let ahead = [written("a").says("10:00 investigating login=major").says("11:00 resolved")];
        for (now, expected) in [("09:58:30", "10:00"), ("09:59", "10:00"), ("10:58:30", "11:00")] {
            check(&ahead, now, Some(expected));
        }
    }

    #[test]
    fn what_is_of_this_very_instant_is_not_taken_for_what_lies_ahead() {
        let both = [written("a").says("10:00 investigating login=major").says("10:01 identified")];
        for now in ["10:00", "10:00:30", "10:01", "10:30"] {
            check(&both, now, Some("10:00"));
        }
    }
}
