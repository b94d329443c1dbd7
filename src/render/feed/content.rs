//! All that was told of a story, as HTML for readers of any make: no script, no style, whole addresses.
//!
//! What helps stands first, as on the page: the workaround, the announced window. Then comes what was told, newest
//! first, each with its time and label, and below a line what stands in the head.

use crate::markdown::escape_html;
use crate::model::{Correction, Incident, Prose};
use crate::render::path;
use crate::render::view::{self, PhraseView, Voice};
use crate::timeline::{Cause, Course, Entry, Phase, Story, Telling};
use crate::words::Words;

/// How many components an entry of a feed names. Each component's feed holds each incident that concerns it, so all
/// names in all of them would grow with the cube of what is broken.
pub(super) const COMPONENTS_NAMED: usize = 20;

/// All that was told of a story. Nothing in it changes by the clock alone.
pub(super) fn html(voice: &Voice<'_>, story: &Story) -> String {
    let teller = Teller { voice, story };
    let entries = story.entries();
    let has_head = entries.iter().any(|it| it.cause == Cause::Head);
    let mut parts = [teller.workaround(), teller.window()].concat();
    parts.extend(entries.iter().rev().map(|it| teller.entry(it)));
    parts.push(teller.head(has_head));
    parts.retain(|it| !it.is_empty());
    directed(voice, parts.join("\n"))
}

/// One entry of a story.
pub(super) fn of_entry(voice: &Voice<'_>, story: &Story, entry: &Entry) -> String {
    directed(voice, Teller { voice, story }.entry(entry))
}

/// What an entry says that it is: "Identified", "Update", "Postmortem".
pub(super) fn label<'a>(words: &'a Words, story: &Story, entry: &Entry) -> &'a str {
    match entry.cause {
        Cause::Update(index) => words.update(story.updates[index].update(story).status),
        Cause::Head | Cause::Clock | Cause::Ended => {
            entry.status.map_or_else(|| words.kind(&story.incident.kind), |it| words.status(it))
        }
        Cause::Postmortem => words.text("page.postmortem.heading"),
        Cause::Withdrawn => words.phase(Phase::Retracted),
    }
}

fn directed(voice: &Voice<'_>, html: String) -> String {
    match voice.words.text("direction") {
        "ltr" => html,
        direction => format!("<div dir=\"{direction}\">\n{html}\n</div>"),
    }
}

/// Tells one story.
struct Teller<'a> {
    voice: &'a Voice<'a>,
    story: &'a Story,
}

impl Teller<'_> {
    /// What readers can do, while there is a need for it.
    fn workaround(&self) -> Vec<String> {
        let workaround = self.story.workaround.as_ref().filter(|_| self.story.phase == Phase::Open);
        let heading = strong(self.voice.words.text("page.incident.workaround"));
        workaround.map(|it| self.behind(&heading, it)).into_iter().collect()
    }

    /// When a maintenance is announced to be.
    fn window(&self) -> Vec<String> {
        let Course::Maintenance(course) = &self.story.course else { return Vec::new() };
        let Voice { site, words } = self.voice;
        let range = words.range(course.scheduled_for, Some(course.scheduled_until), &site.time_zone);
        let moved = words.moved_end(course, &site.time_zone).map(|it| format!("<br>\n{}", escape_html(&it)));
        vec![format!("<p>{}{}</p>", strong(&range), moved.unwrap_or_default())]
    }

    /// What was told at a time.
    fn entry(&self, entry: &Entry) -> String {
        let label = self.labelled(entry);
        match entry.cause {
            Cause::Update(index) => self.update(&label, &self.story.updates[index]),
            Cause::Head => self.behind(&label, &self.story.incident.summary),
            Cause::Clock | Cause::Ended => format!("<p>{label}</p>"),
            Cause::Postmortem => self.postmortem(&label),
            Cause::Withdrawn => {
                let note = self.story.retracted.as_ref().map_or("", |it| it.note.as_str());
                format!("<p>{label}{}{}</p>", self.dash(), escape_html(note))
            }
        }
    }

    fn update(&self, label: &str, telling: &Telling) -> String {
        let written = telling.update(self.story);
        let text = match &telling.retracted {
            Some(withdrawn) => {
                let note = self.voice.words.fill("withdrawn", &[("note", &withdrawn.note)]);
                format!("<p>{label}{}<em>{}</em></p>", self.dash(), escape_html(&note))
            }
            None => self.behind(label, &written.body) + &self.facts(telling),
        };
        text + &self.corrections(&written.corrections)
    }

    /// The states that an update declared, and how far it says that the fix has reached.
    fn facts(&self, telling: &Telling) -> String {
        let Voice { words, .. } = self.voice;
        let written = telling.update(self.story);
        let changes = written.components.iter().map(|it| {
            let (name, state) = (self.voice.name(&it.component), words.state(it.state));
            format!("{name}{}{state}", words.text("mark.colon"))
        });
        let facts: Vec<String> =
            changes.chain(written.rollout.map(|it| view::rollout(self.voice, it))).collect();
        match facts.is_empty() {
            true => String::new(),
            false => format!("\n<p><small>{}</small></p>", escape_html(&words.enumerate(&facts))),
        }
    }

    /// What was learnt in a sentence, and where the rest of it is read.
    fn postmortem(&self, label: &str) -> String {
        let Incident { id, postmortem, .. } = &*self.story.incident;
        let words = self.voice.words;
        let cause = postmortem.as_ref().and_then(|it| it.root_cause.as_deref());
        let cause = cause.map_or_else(String::new, |it| format!("{}<br>\n", escape_html(it)));
        let address = path::address(&self.voice.site.url, &path::postmortem(id));
        let link = link(&address, words.text("page.postmortem.learnt"));
        format!("<p>{label}{}{cause}{link}</p>", self.dash())
    }

    /// What the head says of all of it: the text, unless an entry has told it, what it touches, what was put right
    /// in it, where there is more.
    fn head(&self, summary_is_told: bool) -> String {
        let Incident { summary, corrections, links, .. } = &*self.story.incident;
        let summary = Some(summary).filter(|_| !summary_is_told).map(|it| self.text(it));
        let links: Vec<String> = links.iter().map(|it| link(&it.url, &it.title)).collect();
        let links = links.join(", ");
        let related =
            format!("<p>{}{}{links}</p>", self.say("page.incident.related"), self.say("mark.colon"));
        let related = Some(related).filter(|_| !links.is_empty());
        let parts = [summary, self.touched(), Some(self.corrections(corrections)), related];
        let parts: Vec<String> = parts.into_iter().flatten().filter(|it| !it.is_empty()).collect();
        match parts.is_empty() {
            true => String::new(),
            false => format!("<hr>\n{}", parts.join("\n")),
        }
    }

    fn touched(&self) -> Option<String> {
        let touched = view::touched(self.voice, self.story);
        let is_over = self.story.phase.is_over();
        let heading = match &self.story.course {
            Course::Maintenance(_) | Course::Notice { .. } => self.say("page.incident.about"),
            Course::Incident(_) if is_over => {
                self.say("page.incident.was_affected") + &self.say("mark.colon")
            }
            Course::Incident(_) => self.say("page.incident.affected") + &self.say("mark.colon"),
        };
        let names = self.voice.words.names_up_to(COMPONENTS_NAMED, &touched, self.voice.site);
        let names = escape_html(&names);
        (!touched.is_empty()).then(|| format!("<p>{} {names}</p>", heading.trim_end()))
    }

    fn corrections(&self, corrections: &[Correction]) -> String {
        let edited = self.story.passed(corrections).map(|it| {
            let PhraseView { before, time, after } = self.voice.correction(it);
            format!("\n<p><em>{}</em></p>", escape_html(&format!("{before}{}{after}", time.text)))
        });
        edited.collect()
    }

    /// When it was, and what it is.
    fn labelled(&self, entry: &Entry) -> String {
        let label = label(self.voice.words, self.story, entry);
        let time = escape_html(&self.voice.time(entry.at).text);
        format!("<small>{time}</small><br>\n{}", strong(label))
    }

    /// A text behind its label: in one paragraph with it where it begins with one.
    fn behind(&self, label: &str, prose: &Prose) -> String {
        let text = self.text(prose);
        match text.strip_prefix("<p>") {
            Some(rest) => format!("<p>{label}{}{rest}", self.dash()),
            None => format!("<p>{label}</p>\n{text}").trim_end().to_owned(),
        }
    }

    /// A text whose addresses are whole: also those of places within it, which only the page has.
    fn text(&self, prose: &Prose) -> String {
        let url = &self.voice.site.url;
        let page = path::address(url, &path::incident(&self.story.incident.id));
        let html = prose.html.at(&format!("{url}/"));
        html.trim().replace("<a href=\"#", &format!("<a href=\"{page}#"))
    }

    fn dash(&self) -> &str {
        self.voice.words.text("mark.dash")
    }

    fn say(&self, key: &str) -> String {
        escape_html(self.voice.words.text(key))
    }
}

fn strong(text: &str) -> String {
    format!("<strong>{}</strong>", escape_html(text))
}

fn link(address: &str, words: &str) -> String {
    format!("<a href=\"{}\">{}</a>", escape_html(address), escape_html(words))
}
