//! An update as a page shows it.

use jiff::Timestamp;
use serde::Serialize;

use super::{NameView, PhraseView, StateView, TimeView, Voice};
use crate::model::State;
use crate::render::Markup;
use crate::render::update_key::{UpdateKey, update_keys};
use crate::timeline::{Story, Telling};

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
    let told = story.updates.iter().zip(anchors(story));
    let mut updates: Vec<UpdateView> =
        told.map(|(it, anchor)| update(voice, story, (it, anchor), root)).collect();
    if is_newest_first(story) {
        updates.reverse();
    }
    updates
}

/// What the updates of a story are linked by, in their order.
pub(in crate::render) fn anchors(story: &Story) -> Vec<String> {
    let keys = update_keys(story);
    story.updates.iter().zip(keys).map(|(it, key)| anchor(it.at, key)).collect()
}

/// Whether a story's updates stand newest first.
pub(super) fn is_newest_first(story: &Story) -> bool {
    !story.phase.is_over()
}

fn update(voice: &Voice<'_>, story: &Story, (telling, anchor): (&Telling, String), root: &str) -> UpdateView {
    let written = telling.update(story);
    let withdrawn = telling.retracted.as_ref();
    let shown = withdrawn.is_none();
    UpdateView {
        anchor,
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

/// `investigating-20200710T104800Z`, and a second update with both the same has `-2` at its end.
fn anchor(at: Timestamp, UpdateKey { status, number, .. }: UpdateKey) -> String {
    let anchor = format!("{}-{}", status.replace('_', "-"), at.strftime("%Y%m%dT%H%M%SZ"));
    if number == 0 { anchor } else { format!("{anchor}-{}", number + 1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn updates_of_one_time_and_status_have_anchors_of_their_own() {
        let at: Timestamp = "2026-03-01T10:00:00.5Z".parse().unwrap();
        let anchor = |status, number| anchor(at, UpdateKey { second: at.as_second(), status, number });
        assert_eq!(anchor("in_progress", 0), "in-progress-20260301T100000Z");
        assert_eq!(anchor("update", 1), "update-20260301T100000Z-2");
    }
}
