//! Which stories a feed carries: all that are open or ahead, and of all others the newest by start.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{ComponentId, Declaration, Kind, State};
use crate::render::view::{self, Voice};
use crate::timeline::Story;

/// How many of the newest stories a feed carries, whether they are over or not.
const NEWEST: usize = 50;

/// A story as the feeds are offered it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Offer {
    /// The components that it is about, by their places in the site.
    subjects: Box<[usize]>,
    is_over: bool,
}

/// The offers of stories.
pub(super) fn offers(voice: &Voice<'_>, stories: &[Arc<Story>]) -> Arc<[Offer]> {
    stories.iter().map(|it| Offer { subjects: subjects(voice, it), is_over: it.phase.is_over() }).collect()
}

/// The stories of each feed by their places among all that are offered, newest first: first those of the feed of all,
/// then those of each component in the order of the site.
pub(super) fn choose<'a>(offers: impl Iterator<Item = &'a Offer>, components: usize) -> Vec<Vec<usize>> {
    let mut feeds = vec![Feed::default(); 1 + components];
    for (place, offer) in offers.enumerate() {
        feeds[0].offer(place, offer);
        for component in &offer.subjects {
            feeds[1 + component].offer(place, offer);
        }
    }
    feeds.into_iter().map(|it| it.taken).collect()
}

/// The components that a story is about, by their places in the site: what it touches, and what it said that it
/// touched. So those who read of it in the feed of a component read there that it was withdrawn.
fn subjects(voice: &Voice<'_>, story: &Story) -> Box<[usize]> {
    let touched = view::touched(voice, story);
    let said = said_of(story).filter(|it| it.state != State::Operational).map(|it| &it.component);
    let named: BTreeSet<&ComponentId> = touched.iter().chain(said).collect();
    let all = voice.site.components.iter().enumerate();
    all.filter(|(_, it)| named.contains(&it.id)).map(|(place, _)| place).collect()
}

/// What the head and the public updates of an incident declare.
fn said_of(story: &Story) -> impl Iterator<Item = &Declaration> {
    let head = match &story.incident.kind {
        Kind::Incident(head) => head.components.as_slice(),
        Kind::Maintenance(_) | Kind::Notice(_) => &[],
    };
    head.iter().chain(story.updates.iter().flat_map(|it| &it.update(story).components))
}

/// The stories that one feed takes, of those that it is offered, newest first.
#[derive(Clone, Debug, Default)]
struct Feed {
    offered: usize,
    taken: Vec<usize>,
}

impl Feed {
    fn offer(&mut self, place: usize, offer: &Offer) {
        if self.offered < NEWEST || !offer.is_over {
            self.taken.push(place);
        }
        self.offered += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Correction, Disruption, Incident};
    use crate::source::{Content, Place, SourceFile};
    use crate::timeline::Phase;
    use crate::words::{Words, sample};

    fn story(change: impl FnOnce(&mut Story)) -> Arc<Story> {
        let mut story = Arc::into_inner(sample::story("A")).unwrap();
        change(&mut story);
        Arc::new(story)
    }

    #[test]
    fn a_feed_carries_the_newest_and_all_that_are_not_over() {
        let offer = |place: usize| Offer {
            subjects: if place.is_multiple_of(2) { [0].into() } else { [].into() },
            is_over: place < 60,
        };
        let offers: Vec<Offer> = (0..120).map(offer).collect();
        let [all, first, second] = &choose(offers.iter(), 2)[..] else { panic!("one a component, and one") };
        assert_eq!(*all, (0..50).chain(60..120).collect::<Vec<_>>());
        assert_eq!(*first, (0..120).step_by(2).filter(|it| *it < 100 || 60 <= *it).collect::<Vec<_>>());
        assert_eq!(second.len(), 0);
    }

    #[test]
    fn what_was_withdrawn_is_still_about_what_it_said() {
        let file = SourceFile { path: "a.yaml".to_owned(), content: Content::of(Vec::new()) };
        let place = Place::file(&Arc::new(file));
        let say = |component, state| Declaration {
            place: place.clone(),
            component: ComponentId::new(component),
            state,
            since: None,
        };
        let withdrawn = story(|it| {
            let components = vec![say("login", State::MajorOutage), say("search", State::Operational)];
            let kind = Kind::Incident(Disruption { components, ..Disruption::default() });
            it.incident = Arc::new(Incident { kind, ..Incident::clone(&it.incident) });
            it.phase = Phase::Retracted;
            it.retracted = Some(Correction { at: it.started_at, note: "A probe was broken".to_owned() });
        });
        let site = sample::site(&[("search", "Search", ""), ("login", "Login", "")]);
        let voice = Voice { site: &site, words: &Words::english() };
        assert_eq!(*subjects(&voice, &withdrawn), [1]);
    }
}
