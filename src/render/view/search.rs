//! Search over all incidents: the page, and what of each incident is searched.

use serde::Serialize;

use super::{NameView, StateView, Voice, line};
use crate::model::Postmortem;
use crate::render::path;
use crate::timeline::{Phase, Story};

/// `search.html`: search over all incidents, and the way to them without it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct SearchView {
    /// The years that have a part of the index, newest first, with a space between: `search/2020.json`
    /// is that of 2020.
    pub index: String,
    /// The years that have a page, newest first.
    pub years: Vec<NameView>,
}

/// An entry of the index: an incident, maintenance or notice as it is searched and listed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct EntryView {
    /// Its headline, with its page.
    pub link: NameView,
    /// What it is shown as.
    pub badge: StateView,
    /// The day it began, or is announced to begin.
    pub date: String,
    /// What it touches, in the order of the site.
    pub components: String,
    /// Further words to find it by: kind and status, tags, regions, its id and former ones.
    pub words: String,
    /// What was written: the summary, the updates in order of time, the postmortem.
    pub text: String,
}

/// What of a story is searched. Nothing in it changes by the clock alone.
pub fn entry(voice: &Voice<'_>, story: &Story) -> EntryView {
    let components: Vec<String> = line::components(voice, story).into_iter().map(|it| it.name).collect();
    EntryView {
        link: NameView::with_page(story.title.clone(), &path::incident(&story.incident.id)),
        badge: voice.badge(story),
        date: voice.words.date(voice.day_of(story.started_at)),
        components: voice.words.enumerate(&components),
        words: words(voice, story).join(" "),
        text: text(voice, story),
    }
}

fn words(voice: &Voice<'_>, story: &Story) -> Vec<String> {
    let incident = &story.incident;
    let mut words = vec![voice.words.kind(&incident.kind).to_owned()];
    words.extend(voice.status(story).filter(|_| story.phase != Phase::Retracted));
    words.extend(story.has_postmortem.then(|| voice.say("page.postmortem.heading")));
    words.extend(incident.tags.iter().chain(&story.regions).cloned());
    words.extend([&incident.id].into_iter().chain(&incident.aliases).map(ToString::to_string));
    words
}

/// All texts, a line each.
fn text(voice: &Voice<'_>, story: &Story) -> String {
    let withdrawn = |note: &str| voice.words.fill("withdrawn", &[("note", note)]);
    let mut texts: Vec<String> = story.retracted.iter().map(|it| withdrawn(&it.note)).collect();
    texts.push(story.incident.summary.plain.clone());
    texts.extend(story.updates.iter().map(|it| match &it.retracted {
        Some(retracted) => withdrawn(&retracted.note),
        None => it.update(story).body.plain.clone(),
    }));
    let postmortem = story.incident.postmortem.as_ref().filter(|_| story.has_postmortem);
    texts.extend(postmortem.into_iter().flat_map(postmortem_texts).map(str::to_owned));
    let texts = texts.iter().map(|it| on_one_line(it)).filter(|it| !it.is_empty());
    texts.collect::<Vec<String>>().join("\n")
}

/// What a postmortem says to everybody.
fn postmortem_texts(written: &Postmortem) -> impl Iterator<Item = &str> {
    let Postmortem { root_cause, trigger, body, timeline, actions, .. } = written;
    let lists = [&written.contributing_factors, &written.went_well, &written.went_badly, &written.got_lucky];
    let sentences = root_cause.iter().chain(trigger).chain(lists.into_iter().flatten());
    let actions = actions.iter().filter(|it| !it.internal).map(|it| &it.text);
    let events = timeline.iter().map(|it| &it.text);
    sentences.chain([&body.plain]).chain(events).chain(actions).map(String::as_str)
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<&str>>().join(" ")
}
