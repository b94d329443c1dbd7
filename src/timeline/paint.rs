//! What an incident itself says of components: impact is painted.
//!
//! Statements are layers, taken in order; each paints its component to the end of the open span in
//! which it was said, over what lies below. All layers are laid in one sweep: ten thousand updates that each
//! state something else cost no more than to sort them.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::Span;
use super::lifecycle::Lifecycle;
use super::public::Reading;
use super::span::{greatest, worst};
use crate::model::{ComponentId, Declaration, Disruption, State};

/// Stretches of one component in a state, operational among them: in order, never overlapping.
pub(super) type Painted = Vec<(Span, State)>;

/// One statement of one component.
#[derive(Debug)]
pub(super) struct Statement<'a> {
    pub(super) declaration: &'a Declaration,
    /// The time of its update, with the fraction of a second; none of the head's, which come before all.
    pub(super) layer: Option<(Timestamp, u32)>,
    pub(super) from: Timestamp,
}

/// All that the incident says of components, in order.
pub(super) fn statements<'a>(
    reading: &'a Reading,
    disruption: &'a Disruption,
    life: &Lifecycle,
) -> Vec<Statement<'a>> {
    let reaching_back = first_telling(reading, disruption, life);
    let head = disruption.components.iter().map(|declaration| Statement {
        declaration,
        layer: None,
        from: declaration.since.unwrap_or(life.start),
    });
    let told = reading.standing().flat_map(|said| {
        let default = if reaching_back == Some(said.index) { life.start } else { said.at };
        said.update.components.iter().map(move |declaration| Statement {
            declaration,
            layer: Some((said.at, said.update.fraction)),
            from: declaration.since.unwrap_or(default),
        })
    });
    head.chain(told).collect()
}

/// What the statements paint, by component.
pub(super) fn declared<'a>(
    statements: &[Statement<'a>],
    open: &[Span],
) -> BTreeMap<&'a ComponentId, Painted> {
    let mut by_component: BTreeMap<&ComponentId, Vec<&Statement>> = BTreeMap::new();
    for statement in statements {
        by_component.entry(&statement.declaration.component).or_default().push(statement);
    }
    by_component.into_iter().map(|(component, statements)| (component, paint(&statements, open))).collect()
}

/// What was measured afterwards, by component: operational outside of its windows.
pub(super) fn measured<'a>(disruption: &'a Disruption, open: &[Span]) -> BTreeMap<&'a ComponentId, Painted> {
    let mut states: BTreeMap<&ComponentId, Vec<(Span, State)>> = BTreeMap::new();
    for window in &disruption.windows {
        let whole = Span { from: window.from, to: Some(window.to) };
        let inside = open.iter().filter_map(|span| span.meet(&whole)).map(|span| (span, window.state));
        states.entry(&window.component).or_insert_with(|| base(open)).extend(inside);
    }
    states.into_iter().map(|(component, states)| (component, worst(states))).collect()
}

fn base(open: &[Span]) -> Vec<(Span, State)> {
    open.iter().map(|span| (*span, State::Operational)).collect()
}

/// The update whose statements reach back to the start, where the head makes none.
fn first_telling(reading: &Reading, disruption: &Disruption, life: &Lifecycle) -> Option<usize> {
    if !disruption.components.is_empty() {
        return None;
    }
    let first = reading.standing().find(|said| !said.update.components.is_empty())?;
    let first_end = life.open.first().and_then(|span| span.to);
    first_end.is_none_or(|end| first.at < end).then_some(first.index)
}

/// At each instant the last layer counts that reaches it, and of that layer the worst state.
fn paint(statements: &[&Statement], open: &[Span]) -> Painted {
    let layers = statements.chunk_by(|one, other| one.layer == other.layer).enumerate();
    let layered = layers.flat_map(|(number, layer)| {
        layer.iter().map(move |it| (reach(it, open), (number, it.declaration.state)))
    });
    let uppermost = greatest(layered.filter(|(span, _)| span.to.is_none_or(|to| span.from < to)));
    worst(open.iter().flat_map(|open| within(&uppermost, open)).map(|(span, (_, state))| (span, state)))
}

/// What of stretches, which are in order and never overlap, lies inside another one.
fn within<'a, T: Copy>(stretches: &'a [(Span, T)], whole: &'a Span) -> impl Iterator<Item = (Span, T)> + 'a {
    let first = stretches.partition_point(|(span, _)| span.to.is_some_and(|to| to <= whole.from));
    let begun = stretches[first..].iter().take_while(|(span, _)| whole.to.is_none_or(|to| span.from < to));
    begun.filter_map(|(span, value)| Some((span.meet(whole)?, *value)))
}

/// How far a statement reaches: to the end of the open span in which it was said.
fn reach(statement: &Statement, open: &[Span]) -> Span {
    let said = statement.layer.map_or(statement.from, |(at, _)| at.max(statement.from));
    let last = open[..open.partition_point(|span| span.from <= said)].last().or(open.first());
    Span { from: statement.from, to: last.and_then(|span| span.to) }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Written, board, id, site, span, state, written};
    use crate::model::State;

    /// What the incident puts a component in: `["10:00-10:30 partial"]`.
    #[track_caller]
    fn check(incident: &Written, component: &str, expected: &[&str]) {
        let story = incident.story("23:59").expect("it is public");
        let track = story.tracks.iter().find(|it| it.component == id(component));
        let pieces = track.map_or(&[][..], |it| &it.pieces);
        let pieces: Vec<_> = pieces.iter().map(|it| (it.span, it.state)).collect();
        let parse = |text: &&str| {
            let (stretch, word) = text.split_once(' ').expect("a stretch and a state");
            (span(stretch), state(word))
        };
        assert_eq!(pieces, expected.iter().map(parse).collect::<Vec<_>>());
    }

    /// The downtime of a component in thousandths of a second.
    #[track_caller]
    fn check_downtime(incident: &Written, component: &str, seconds: i64) {
        let board = board(site(&["login", "playback"]), std::slice::from_ref(incident), "23:59");
        let component = board.components.iter().find(|it| it.id == id(component)).expect("it is there");
        let uptime = component.uptime[0].uptime;
        assert_eq!(10 * uptime.major + 3 * uptime.partial, 10 * seconds);
    }

    #[test]
    fn each_statement_paints_over_what_was_said_before() {
        let incident = written("login")
            .says("19:40 investigating login=degraded")
            .says("20:04 identified login=partial")
            .says("20:41 monitoring login=degraded")
            .says("21:05 resolved");
        check(&incident, "login", &["19:40-20:04 degraded", "20:04-20:41 partial", "20:41-21:05 degraded"]);
        check_downtime(&incident, "login", 666);
    }

    #[test]
    fn only_the_heads_statements_reach_back_where_it_makes_any() {
        let incident = written("login")
            .start("02:02")
            .head("login=major")
            .says("02:45 identified playback=partial")
            .says("04:00 resolved");
        check_downtime(&incident, "playback", 1350);
        check(&incident, "login", &["02:02-04:00 major"]);
    }

    #[test]
    fn without_them_the_first_update_that_names_any_reaches_back() {
        let incident = written("login")
            .start("10:00")
            .says("10:10 investigating")
            .says("10:20 identified login=major playback=partial@10:15")
            .says("10:30 - playback=major")
            .says("11:00 resolved");
        check(&incident, "login", &["10:00-11:00 major"]);
        check(&incident, "playback", &["10:15-10:30 partial", "10:30-11:00 major"]);
    }

    #[test]
    fn what_is_first_said_after_the_first_end_does_not_reach_back() {
        let incident = written("login")
            .says("09:00 investigating")
            .says("10:00 resolved")
            .says("11:00 investigating login=partial")
            .says("11:30 resolved");
        check(&incident, "login", &["11:00-11:30 partial"]);
    }

    #[test]
    fn a_since_paints_over_what_was_said_of_that_time() {
        let incident = written("login")
            .start("10:30")
            .says("10:48 investigating login=major")
            .says("11:05 identified login=partial@10:30")
            .says("11:30 resolved");
        check_downtime(&incident, "login", 1080);
    }

    #[test]
    fn after_a_reopening_a_component_works_until_a_state_is_said() {
        let incident = written("login")
            .says("09:00 investigating login=major")
            .says("10:00 resolved")
            .says("11:00 investigating")
            .says("11:15 identified login=partial")
            .says("11:30 resolved");
        check(&incident, "login", &["09:00-10:00 major", "11:15-11:30 partial"]);
    }

    #[test]
    fn downtime_leaves_out_the_time_between_an_end_and_a_reopening() {
        let incident = written("login")
            .says("09:00 investigating login=partial")
            .says("10:00 resolved")
            .says("11:00 investigating login=partial@09:30")
            .says("11:30 resolved");
        check(&incident, "login", &["09:00-10:00 partial", "11:00-11:30 partial"]);
    }

    #[test]
    fn a_stated_end_cuts_what_was_painted() {
        let incident = written("login")
            .start("11:00")
            .resolved_at("11:52")
            .head("login=major")
            .says("12:10 monitoring")
            .says("13:00 resolved");
        check_downtime(&incident, "login", 3120);
    }

    #[test]
    fn statements_of_one_time_are_one_layer_of_which_the_worst_counts() {
        let incident = written("login")
            .says("10:00 investigating login=degraded")
            .says("10:30 identified login=major@10:40")
            .says("10:30 identified login=partial")
            .says("11:00 resolved");
        let expected = ["10:00-10:30 degraded", "10:30-10:40 partial", "10:40-11:00 major"];
        check(&incident, "login", &expected);
    }

    #[test]
    fn fractions_of_a_second_order_statements() {
        let incident = written("login")
            .says("10:00 investigating login=major")
            .says("10:30:00.2 identified login=major")
            .says("10:30:00.7 - login=degraded")
            .says("11:00 resolved");
        check(&incident, "login", &["10:00-10:30 major", "10:30-11:00 degraded"]);
    }

    #[test]
    fn the_head_is_painted_over_even_by_an_update_of_the_start() {
        let incident = written("login")
            .start("10:00")
            .head("login=major")
            .says("10:00 investigating login=degraded")
            .says("11:00 resolved");
        check(&incident, "login", &["10:00-11:00 degraded"]);
    }

    #[test]
    fn windows_replace_what_was_declared_of_their_components() {
        let incident = written("login")
            .says("10:00 investigating login=major playback=partial")
            .says("12:00 resolved")
            .window("login=partial 10:10-10:30")
            .window("login=major 10:20-10:41");
        check(&incident, "login", &["10:10-10:20 partial", "10:20-10:41 major"]);
        check(&incident, "playback", &["10:00-12:00 partial"]);
        let story = incident.story("12:00").expect("it is public");
        let lowered = story.tracks[0].lowered.expect("it was measured");
        assert_eq!((lowered.declared, lowered.measured), (7200, 31 * 60));
        assert_eq!(story.worst, State::MajorOutage);
    }

    #[test]
    fn windows_hold_while_it_is_over_as_far_as_the_public_knows() {
        let incident = written("login")
            .says("10:00 investigating login=major")
            .says("11:00 resolved")
            .says("12:00 investigating login=major")
            .says("13:00 resolved")
            .window("login=major 10:00-10:10");
        let pieces = |now| incident.story(now).expect("it is public").tracks[0].pieces.clone();
        assert_eq!(pieces("12:57")[0].span, span("10:00-11:00"));
        assert_eq!(pieces("11:30")[0].span, span("10:00-10:10"));
        assert_eq!(pieces("13:00").iter().map(|it| it.span).collect::<Vec<_>>(), [span("10:00-10:10")]);
    }

    #[test]
    fn ten_thousand_updates_are_painted_in_one_pass() {
        let mut incident = written("login");
        for second in 0..10_000 {
            let (minutes, seconds) = (second / 60, second % 60);
            let state = ["partial", "major"][second % 2];
            let at = format!("{:02}:{:02}:{seconds:02}", minutes / 60, minutes % 60);
            incident = incident.says(&format!("{at} investigating login={state}"));
        }
        let story = incident.story("23:59").expect("it is public");
        assert_eq!(story.tracks[0].pieces.len(), 10_000);
    }
}
