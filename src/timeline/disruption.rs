//! The story of an incident proper: what it says of components, and what follows.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::cascade::{Sources, Spread, spread};
use super::figures::figures;
use super::lifecycle::{Lifecycle, lifecycle, statuses};
use super::paint::{Painted, Statement, declared, measured, statements};
use super::public::Reading;
use super::tell::Outline;
use super::uptime::weight;
use super::zone::lifetime;
use super::{Basis, Course, Lowered, Phase, Piece, Span, Track};
use crate::model::{CascadeMode, ComponentId, Disruption, Impact, Site, State};

/// What of its story only an incident proper has; none where nothing says when it began.
pub(super) fn outline(reading: &Reading, disruption: &Disruption) -> Option<Outline> {
    let life = lifecycle(reading, disruption)?;
    let said = statements(reading, disruption, &life);
    let worst = said.iter().map(|it| it.declaration.state).max().unwrap_or(State::Operational);
    let stated_impact = stated_impact(reading, disruption);
    let impacts = impacts(reading, disruption, &life, &said);
    Some(Outline {
        phase: if life.ended_at().is_some() { Phase::Ended } else { Phase::Open },
        status: life.status,
        statuses: statuses(reading),
        started_at: life.start,
        ended_at: life.ended_at(),
        impact: stated_impact.unwrap_or(impact_of(worst)),
        stated_impact,
        worst,
        tracks: impacts.tracks,
        suggested: impacts.suggested,
        course: Course::Incident(figures(reading, &life)),
        open: life.open,
    })
}

/// The impact that was said last, else the head's.
fn stated_impact(reading: &Reading, disruption: &Disruption) -> Option<Impact> {
    reading.standing().rev().find_map(|it| it.update.impact).or(disruption.impact)
}

struct Impacts {
    tracks: Vec<Track>,
    suggested: Vec<Track>,
}

/// How much a state matters.
pub(super) fn impact_of(worst: State) -> Impact {
    match worst {
        State::Operational | State::UnderMaintenance => Impact::None,
        State::DegradedPerformance => Impact::Minor,
        State::PartialOutage => Impact::Major,
        State::MajorOutage => Impact::Critical,
    }
}

fn impacts(reading: &Reading, disruption: &Disruption, life: &Lifecycle, said: &[Statement]) -> Impacts {
    let site = reading.site;
    let declared = declared(said, &life.open);
    // Windows were measured of what is over, as far as the public knows.
    let is_over = life.ended_at().is_some();
    let measured = if is_over { measured(disruption, &life.open) } else { BTreeMap::new() };
    let own: Vec<Painted> = site
        .components
        .iter()
        .map(|it| {
            let painted = measured.get(&it.id).or(declared.get(&it.id));
            within(painted.map_or(&[], Vec::as_slice), lifetime(site, it))
        })
        .collect();
    let sources =
        Sources { not_affected: not_affected(reading, disruption), modes: modes(reading, disruption), own };
    let Spread { derived, suggested } = spread(site, &sources, &life.open);
    let lowered = |id: &ComponentId| lowered(site, declared.get(id)?, measured.get(id)?);
    let tracks = site.components.iter().zip(&sources.own).zip(derived).map(|((component, own), derived)| {
        let basis = if measured.contains_key(&component.id) { Basis::Measured } else { Basis::Declared };
        Track {
            component: component.id.clone(),
            pieces: pieces(own, &basis, derived),
            lowered: lowered(&component.id),
        }
    });
    Impacts {
        tracks: tracks.filter(|it| !it.pieces.is_empty() || it.lowered.is_some()).collect(),
        suggested: suggestions(site, suggested),
    }
}

fn within(painted: &[(Span, State)], lifetime: Span) -> Painted {
    painted.iter().filter_map(|(span, state)| Some((span.meet(&lifetime)?, *state))).collect()
}

/// The impaired pieces, said and derived, in order of time.
fn pieces(own: &[(Span, State)], basis: &Basis, derived: Vec<Piece>) -> Vec<Piece> {
    let impaired = own.iter().filter(|(_, state)| *state != State::Operational);
    let own = impaired.map(|(span, state)| Piece { span: *span, state: *state, basis: basis.clone() });
    let mut pieces: Vec<Piece> = own.chain(derived).collect();
    pieces.sort_by_key(|piece| piece.span.from);
    pieces
}

fn suggestions(site: &Site, suggested: Vec<Vec<Piece>>) -> Vec<Track> {
    let tracks = site.components.iter().zip(suggested).filter(|(_, pieces)| !pieces.is_empty());
    tracks.map(|(it, pieces)| Track { component: it.id.clone(), pieces, lowered: None }).collect()
}

/// Windows stand on ended incidents, so both have an end.
fn lowered(site: &Site, declared: &Painted, measured: &Painted) -> Option<Lowered> {
    let down = |painted: &Painted| -> i64 {
        let counted = painted.iter().filter(|(_, state)| 0 < weight(&site.uptime, *state));
        counted.map(|(span, _)| span.seconds(Timestamp::MAX)).sum()
    };
    let lowered = Lowered { declared: down(declared), measured: down(measured) };
    (lowered.measured < lowered.declared).then_some(lowered)
}

/// The mode of the cascade at each time: the head's or the site's, until an update says another.
fn modes(reading: &Reading, disruption: &Disruption) -> Vec<(Span, CascadeMode)> {
    let first = disruption.cascade.unwrap_or(reading.site.cascade);
    let told = reading.standing().filter_map(|said| Some((said.at, said.update.cascade?)));
    stretches(std::iter::once((Timestamp::MIN, first)).chain(told).collect())
}

/// When each component is said to work, by its number: throughout by the head, and by an update until
/// another one says which.
fn not_affected(reading: &Reading, disruption: &Disruption) -> Vec<Vec<(Span, ())>> {
    let told = reading.standing().filter_map(|it| Some((it.at, it.update.not_affected.as_ref()?)));
    let lists = stretches(told.collect());
    let spared = |id: &ComponentId| -> Vec<(Span, ())> {
        if disruption.not_affected.contains(id) {
            return vec![(Span { from: Timestamp::MIN, to: None }, ())];
        }
        lists.iter().filter(|(_, list)| list.contains(id)).map(|(span, _)| (*span, ())).collect()
    };
    reading.site.components.iter().map(|it| spared(&it.id)).collect()
}

/// Each value holds until the next is said.
fn stretches<T>(said: Vec<(Timestamp, T)>) -> Vec<(Span, T)> {
    let ends: Vec<Option<Timestamp>> = said.iter().skip(1).map(|(at, _)| Some(*at)).chain([None]).collect();
    said.into_iter().zip(ends).map(|((from, value), to)| (Span { from, to }, value)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Written, written};
    use crate::model::Impact;

    #[track_caller]
    fn check(incident: &Written, now: &str, expected: Impact) {
        assert_eq!(incident.story(now).expect("it is public").impact, expected);
    }

    #[test]
    fn an_impact_holds_from_its_update_on() {
        let incident = written("login")
            .disruption(|it| it.impact = Some(Impact::Minor))
            .says("10:00 investigating login=degraded")
            .says("10:30 identified !impact=critical")
            .says("10:40 - !impact=major !retracted=10:50");
        check(&incident, "10:10", Impact::Minor);
        check(&incident, "10:30", Impact::Critical);
        check(&incident, "10:45", Impact::Major);
        check(&incident, "10:50", Impact::Critical);
    }
}
