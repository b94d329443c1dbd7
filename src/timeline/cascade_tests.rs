//! How states spread, by the incident and the dependencies of a site.

use super::fixture::{Written, id, site, span, state, written};
use super::{Basis, Track};
use crate::model::{CascadeMode, Site};

fn larkspur() -> Site {
    site(&["login", "library", "playback > login", "speakers > playback ~library", "search"])
        .cascading(CascadeMode::Derive)
}

/// What comes to a component: `["10:00-11:00 major playback login"]`, the way at the end.
#[track_caller]
fn check(tracks: &[Track], component: &str, expected: &[&str]) {
    let track = tracks.iter().find(|it| it.component == id(component));
    let pieces = track.map_or(&[][..], |it| &it.pieces);
    let found: Vec<_> = pieces
        .iter()
        .map(|it| match &it.basis {
            Basis::Derived(path) => (it.span, it.state, path.to_vec()),
            Basis::Declared | Basis::Measured | Basis::Maintenance => (it.span, it.state, Vec::new()),
        })
        .collect();
    let parse = |text: &&str| {
        let words: Vec<&str> = text.split(' ').collect();
        (span(words[0]), state(words[1]), words[2..].iter().map(|it| id(it)).collect())
    };
    assert_eq!(found, expected.iter().map(parse).collect::<Vec<_>>());
}

#[track_caller]
fn check_derived(site: Site, incident: &Written, component: &str, expected: &[&str]) {
    check(&incident.story_on(site, "20:00").expect("it is public").tracks, component, expected);
}

fn login_down() -> Written {
    written("login").says("10:00 investigating login=major").says("11:00 resolved")
}

#[test]
fn speakers_are_down_through_playback_through_login_for_as_long_as_login_is() {
    check_derived(larkspur(), &login_down(), "speakers", &["10:00-11:00 major playback login"]);
    check_derived(larkspur(), &login_down(), "playback", &["10:00-11:00 major login"]);
    check_derived(larkspur(), &login_down(), "search", &[]);
}

#[test]
fn a_soft_dependent_is_degraded_by_a_partial_outage_or_worse() {
    let library = |word: &str| {
        written("library").says(&format!("10:00 investigating library={word}")).says("11:00 resolved")
    };
    check_derived(larkspur(), &library("partial"), "speakers", &["10:00-11:00 degraded library"]);
    check_derived(larkspur(), &library("major"), "speakers", &["10:00-11:00 degraded library"]);
    check_derived(larkspur(), &library("degraded"), "speakers", &[]);
}

#[test]
fn the_worst_way_counts_then_the_shortest_then_the_first_of_the_file() {
    let both = written("both").says("10:00 investigating login=major library=major").says("11:00 resolved");
    check_derived(larkspur(), &both, "speakers", &["10:00-11:00 major playback login"]);
    let twins = site(&["a", "b", "c > b a", "d > c a"]).cascading(CascadeMode::Derive);
    let both = written("both").says("10:00 investigating a=major b=major").says("11:00 resolved");
    check_derived(twins, &both, "c", &["10:00-11:00 major a"]);
    let longer = site(&["a", "c > a", "d > c a"]).cascading(CascadeMode::Derive);
    let one = written("one").says("10:00 investigating a=major").says("11:00 resolved");
    check_derived(longer, &one, "d", &["10:00-11:00 major a"]);
}

#[test]
fn a_softer_state_by_a_shorter_way_is_kept_for_soft_dependents() {
    let soft = site(&["a", "b", "c > a b", "b2 > a", "d > ~c"]).cascading(CascadeMode::Derive);
    let incident = written("x").says("10:00 investigating b2=major a=partial").says("11:00 resolved");
    check_derived(soft, &incident, "d", &["10:00-11:00 degraded c a"]);
}

#[test]
fn what_the_incident_says_itself_wins_from_the_instant_it_is_said() {
    let incident = written("login")
        .start("10:00")
        .head("login=major")
        .says("10:30 identified playback=operational")
        .says("11:00 resolved");
    check_derived(larkspur(), &incident, "playback", &["10:00-10:30 major login"]);
    check_derived(larkspur(), &incident, "speakers", &["10:00-10:30 major playback login"]);
}

#[test]
fn what_the_incident_says_itself_wins_from_the_instant_it_holds() {
    let incident = written("login")
        .start("10:00")
        .head("login=major")
        .says("10:30 identified playback=degraded@10:10")
        .says("11:00 resolved");
    check_derived(larkspur(), &incident, "playback", &["10:00-10:10 major login", "10:10-11:00 degraded"]);
}

#[test]
fn a_component_that_needs_all_earlier_ones_takes_the_shortest_way() {
    let names: Vec<String> = (0..60).map(|it| format!("c{it}")).collect();
    let needing: Vec<String> =
        names.iter().enumerate().map(|(at, it)| format!("{it} > {}", names[..at].join(" "))).collect();
    let needing: Vec<&str> = needing.iter().map(String::as_str).collect();
    let incident = written("c0").says("10:00 investigating c0=major").says("11:00 resolved");
    let dense = site(&needing).cascading(CascadeMode::Derive);
    check_derived(dense, &incident, "c59", &["10:00-11:00 major c0"]);
}

#[test]
fn a_chain_of_many_is_followed_to_its_end() {
    let needing: Vec<String> = (1..5000).map(|it| format!("c{it} > c{}", it - 1)).collect();
    let needing: Vec<&str> = needing.iter().map(String::as_str).collect();
    let chain = site(&[&["c0"], needing.as_slice()].concat()).cascading(CascadeMode::Derive);
    let incident = written("c0").says("10:00 investigating c4990=major").says("11:00 resolved");
    let path = "c4998 c4997 c4996 c4995 c4994 c4993 c4992 c4991 c4990";
    check_derived(chain, &incident, "c4999", &[&format!("10:00-11:00 major {path}")]);
}

#[test]
fn not_affected_holds_throughout_or_from_its_update_on() {
    let head = login_down().disruption(|it| it.not_affected = vec![id("playback")]);
    check_derived(larkspur(), &head, "playback", &[]);
    check_derived(larkspur(), &head, "speakers", &[]);
    let told = written("login")
        .says("10:00 investigating login=major")
        .says("10:20 identified !spared=playback")
        .says("11:00 resolved");
    check_derived(larkspur(), &told, "playback", &["10:00-10:20 major login"]);
}

#[test]
fn windows_cascade_like_declared_states() {
    let measured = login_down().window("login=partial 10:10-10:40");
    check_derived(larkspur(), &measured, "speakers", &["10:10-10:40 partial playback login"]);
}

#[test]
fn a_declared_maintenance_does_not_cascade() {
    let incident =
        written("login").says("10:00 investigating login=under_maintenance").says("11:00 resolved");
    check_derived(larkspur(), &incident, "playback", &[]);
}

#[test]
fn a_suggestion_changes_no_state() {
    let suggest = larkspur().cascading(CascadeMode::Suggest);
    let story = login_down().story_on(suggest, "20:00").expect("it is public");
    check(&story.tracks, "playback", &[]);
    check(&story.suggested, "playback", &["10:00-11:00 major login"]);
    let off = login_down().story_on(larkspur().cascading(CascadeMode::Off), "20:00").expect("it is public");
    check(&off.suggested, "playback", &[]);
}

#[test]
fn the_mode_can_change_while_it_burns() {
    let incident = written("login")
        .says("10:00 investigating login=major")
        .says("10:30 identified !derive=")
        .says("11:00 resolved");
    let story = incident.story_on(larkspur().cascading(CascadeMode::Suggest), "20:00").expect("public");
    check(&story.tracks, "playback", &["10:30-11:00 major login"]);
    check(&story.suggested, "playback", &["10:00-10:30 major login"]);
}

#[test]
fn a_dependency_holds_from_day_to_day_of_the_sites_zone() {
    let incident = written("login").says("01T10:00 investigating login=major").says("04T10:00 resolved");
    let mut site = larkspur().in_zone("Europe/Stockholm");
    let dependency = &mut site.components[2].depends_on[0];
    dependency.since = Some("2026-03-02".parse().expect("a day"));
    dependency.until = Some("2026-03-03".parse().expect("a day"));
    let story = incident.story_on(site, "05T00:00").expect("it is public");
    check(&story.tracks, "playback", &["01T23:00-02T23:00 major login"]);
}

#[test]
fn what_is_retired_passes_nothing_on() {
    let incident = written("login").says("01T10:00 investigating login=major").says("04T10:00 resolved");
    let mut site = larkspur();
    site.components[2].until = Some("2026-03-02".parse().expect("a day"));
    let story = incident.story_on(site, "05T00:00").expect("it is public");
    check(&story.tracks, "playback", &["01T10:00-02T00:00 major login"]);
    check(&story.tracks, "speakers", &["01T10:00-02T00:00 major playback login"]);
}
