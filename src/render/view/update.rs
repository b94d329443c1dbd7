//! An update as a page shows it.

use serde::Serialize;

use super::{NameView, PhraseView, StateView, TimeView, Voice};
use crate::model::State;
use crate::render::Markup;
use crate::timeline::{Phase, Story, Telling};

/// What a responder said at a time.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct UpdateView {
    /// What it is linked by: its time and status, so that no name leaks.
    pub anchor: String,
    /// The status it set, or that of a plain update.
    pub status: String,
    /// When it was so.
    pub time: TimeView,
    /// Who wrote it, where the site shows authors.
    pub author: Option<String>,
    /// Its text; none of a mere change of status.
    pub body: Option<Markup>,
    /// That it was withdrawn, and why; then it has no text.
    pub withdrawn: Option<String>,
    /// The states it declared.
    pub changes: Vec<ChangeView>,
    /// How far the fix had reached.
    pub rollout: Option<String>,
    /// What was put right in it.
    pub corrections: Vec<PhraseView>,
}

/// That a component is in a state.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ChangeView {
    /// The component.
    pub component: NameView,
    /// The state.
    pub state: StateView,
}

/// The updates of a story in the order of the page: newest first while it is open, else oldest first.
pub(super) fn updates(voice: &Voice<'_>, story: &Story, root: &str) -> Vec<UpdateView> {
    let mut updates: Vec<UpdateView> =
        story.updates.iter().map(|it| update(voice, story, it, root)).collect();
    make_anchors_unique(&mut updates);
    if is_newest_first(story) {
        updates.reverse();
    }
    updates
}

/// Whether a story's updates stand newest first.
pub(super) fn is_newest_first(story: &Story) -> bool {
    matches!(story.phase, Phase::Open | Phase::Ahead)
}

fn update(voice: &Voice<'_>, story: &Story, telling: &Telling, root: &str) -> UpdateView {
    let written = telling.update(story);
    let withdrawn = telling.retracted.as_ref();
    let shown = withdrawn.is_none();
    UpdateView {
        anchor: anchor(telling, written.status.map_or("update", |it| it.word())),
        status: voice.words.update(written.status).to_owned(),
        time: voice.time(telling.at),
        author: written.author.clone().filter(|_| voice.site.show.authors),
        body: Markup::of(&written.body.html, root).filter(|_| shown),
        withdrawn: withdrawn.map(|it| voice.words.fill("withdrawn", &[("note", &it.note)])),
        changes: if shown { changes(voice, story, telling) } else { Vec::new() },
        rollout: written.rollout.filter(|_| shown).map(|percent| rollout(voice, percent)),
        corrections: story.passed(&written.corrections).map(|it| voice.correction(it)).collect(),
    }
}

/// "Fix rolled out to 25 %".
pub(in crate::render) fn rollout(voice: &Voice<'_>, percent: u8) -> String {
    voice.words.fill("page.update.rollout", &[("percent", &percent.to_string())])
}

fn changes(voice: &Voice<'_>, story: &Story, telling: &Telling) -> Vec<ChangeView> {
    let declared = telling.update(story).components.iter();
    declared.map(|it| change(voice, &it.component, it.state)).collect()
}

fn change(voice: &Voice<'_>, component: &crate::model::ComponentId, state: State) -> ChangeView {
    ChangeView { component: voice.component(component), state: voice.state(state) }
}

fn anchor(telling: &Telling, status: &str) -> String {
    let time = telling.at.strftime("%Y%m%dT%H%M%SZ");
    format!("{}-{time}", status.replace('_', "-"))
}

/// Two updates of one time and status are told apart by their number.
fn make_anchors_unique(updates: &mut [UpdateView]) {
    let mut last = String::new();
    let mut same = 1;
    for update in updates {
        if update.anchor == last {
            same += 1;
            update.anchor = format!("{last}-{same}");
        } else {
            same = 1;
            last.clone_from(&update.anchor);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(anchor: &str) -> UpdateView {
        UpdateView {
            anchor: anchor.to_owned(),
            status: String::new(),
            time: TimeView { datetime: String::new(), text: String::new() },
            author: None,
            body: None,
            withdrawn: None,
            changes: Vec::new(),
            rollout: None,
            corrections: Vec::new(),
        }
    }

    #[test]
    fn updates_of_one_time_and_status_have_anchors_of_their_own() {
        let mut updates = ["update-1", "update-1", "update-1", "resolved-1"].map(view);
        make_anchors_unique(&mut updates);
        let anchors: Vec<&str> = updates.iter().map(|it| it.anchor.as_str()).collect();
        assert_eq!(anchors, ["update-1", "update-1-2", "update-1-3", "resolved-1"]);
    }
}
