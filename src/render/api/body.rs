//! The text of an entry, plain: what was written, or a sentence of the interface where nothing was.

use crate::model::Status;
use crate::render::path;
use crate::render::view::Voice;
use crate::timeline::{Cause, Entry, Story, Telling};

/// What an entry says.
pub(super) fn body(voice: &Voice<'_>, story: &Story, entry: &Entry) -> String {
    match entry.cause {
        Cause::Update(index) => of_update(voice, story, &story.updates[index]),
        Cause::Head => of_head(story),
        Cause::Clock if entry.status == Some(Status::Completed) => voice.say("entry.completed"),
        Cause::Clock => voice.say("entry.begun"),
        Cause::Ended => voice.say("entry.resolved"),
        Cause::Postmortem => {
            let address = path::address(&voice.site.url, &path::postmortem(&story.incident.id));
            voice.words.fill("entry.postmortem", &[("address", &address)])
        }
        Cause::Withdrawn => {
            story.retracted.as_ref().map_or_else(String::new, |it| withdrawn(voice, &it.note))
        }
    }
}

fn of_update(voice: &Voice<'_>, story: &Story, telling: &Telling) -> String {
    let written = telling.update(story);
    match (&telling.retracted, written.status) {
        (Some(retracted), _) => withdrawn(voice, &retracted.note),
        (None, Some(Status::Cancelled)) if written.body.plain.is_empty() => voice.say("status.cancelled"),
        (None, Some(Status::Cancelled)) => {
            voice.words.fill("entry.cancelled", &[("text", &written.body.plain)])
        }
        (None, _) => written.body.plain.clone(),
    }
}

/// A head alone says what its summary says, or its title.
fn of_head(story: &Story) -> String {
    let summary = &story.incident.summary.plain;
    if summary.is_empty() { story.title.clone() } else { summary.clone() }
}

fn withdrawn(voice: &Voice<'_>, note: &str) -> String {
    voice.words.fill("withdrawn", &[("note", note)])
}
