//! Lengths of an incident that is over.

use serde::Serialize;

use super::Voice;
use crate::timeline::{Course, Phase, Story};

/// One figure.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct FigureView {
    /// Of what.
    pub label: String,
    /// How much, in words.
    pub value: String,
    /// Where it comes from; none of what is derived from the files.
    pub source: Option<String>,
}

/// The derived figures of an incident; those of communication only where the site shows them. What was
/// withdrawn did not happen and has none.
pub(super) fn figures(voice: &Voice<'_>, story: &Story) -> Vec<FigureView> {
    let Course::Incident(figures) = &story.course else { return Vec::new() };
    if story.phase == Phase::Retracted {
        return Vec::new();
    }
    let mut lengths = vec![
        ("page.figure.length", figures.length),
        ("page.figure.time_to_detect", figures.time_to_detect),
        ("page.figure.time_to_acknowledge", figures.time_to_acknowledge),
        ("page.figure.time_to_mitigate", figures.time_to_mitigate),
        ("page.figure.time_to_resolve", figures.time_to_resolve),
    ];
    let mut promises = None;
    if voice.site.show.communication_figures {
        lengths.push(("page.figure.time_to_first_update", figures.time_to_first_update));
        lengths.push(("page.figure.longest_silence", figures.longest_silence));
        promises = figures.promises.map(|(kept, all)| promises_kept(voice, kept, all));
    }
    let said = lengths.into_iter().filter_map(|(key, seconds)| Some((key, seconds?)));
    said.map(|(key, seconds)| figure(voice.say(key), voice.words.length(seconds))).chain(promises).collect()
}

fn promises_kept(voice: &Voice<'_>, kept: u32, all: u32) -> FigureView {
    let value =
        voice.words.fill("page.figure.kept_of", &[("kept", &kept.to_string()), ("all", &all.to_string())]);
    figure(voice.say("page.figure.promises"), value)
}

fn figure(label: String, value: String) -> FigureView {
    FigureView { label, value, source: None }
}
