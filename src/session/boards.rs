//! What is remembered of stories and boards, so that of a board most is that of the one before.
//!
//! 1. A story holds still between two of its incident's own instants; it is told again only beyond them.
//! 2. Those that were told again are put among the others.
//! 3. A component is counted again if its stories are others, or while something of it runs.

use std::sync::Arc;

use jiff::Timestamp;

use crate::memo::{ById, Memo, Question, Rows};
use crate::model::{Incident, Project, Site};
use crate::timeline::{
    self, Board, Case, Counted, Moment, Scene, Span, Stories, Story, Union, UptimeWindow, Visibility,
};

/// The memory of stories and boards, and the stories that were told last.
#[derive(Debug, Default)]
pub(super) struct Boards {
    stories: Rows<StoryKey, Option<Arc<Story>>>,
    /// Stories as they were a little before.
    earlier: Memo<StoryKey, Option<Arc<Story>>>,
    /// All that are told, when and to whom.
    told: Stories,
    now: Timestamp,
    visibility: Visibility,
    site: Option<Arc<Site>>,
    components: Memo<Case, Arc<Counted>>,
    unions: Memo<Union, Vec<UptimeWindow>>,
}

/// All that one incident's story depends on, and the stretch of time in which it does.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct StoryKey {
    site: ById<Site>,
    incident: ById<Incident>,
    moment: Moment,
    stretch: Span,
}

/// Asks for an incident's story at an instant.
#[derive(Clone, Copy)]
struct Asked<'a> {
    site: &'a Arc<Site>,
    incident: &'a Arc<Incident>,
    now: Timestamp,
    visibility: Visibility,
}

impl Question for Asked<'_> {
    type Key = StoryKey;

    fn is_answered_by(&self, key: &StoryKey) -> bool {
        Arc::ptr_eq(self.incident, &key.incident.0)
            && Arc::ptr_eq(self.site, &key.site.0)
            && self.visibility == key.moment.visibility
            && key.stretch.contains(self.now)
    }

    fn key(&self) -> StoryKey {
        StoryKey {
            site: ById(Arc::clone(self.site)),
            incident: ById(Arc::clone(self.incident)),
            moment: timeline::moment(self.site, self.incident, self.now, self.visibility),
            stretch: timeline::stretch(self.site, self.incident, self.now, self.visibility.grace),
        }
    }
}

impl Boards {
    /// Tells the stories of a project's incidents at `now`.
    pub(super) fn tell(&mut self, project: &Project, now: Timestamp, visibility: Visibility) {
        let asked = |incident| Asked { site: &project.site, incident, now, visibility };
        let turnover = self.stories.ask(&project.incidents.iter().map(asked).collect::<Vec<_>>(), tell);
        let gone: Vec<Arc<Story>> = turnover.gone.into_iter().flatten().collect();
        let made = turnover.made.iter().filter_map(|place| self.stories.values()[*place].clone());
        self.told.replace(&gone, &made.collect::<Vec<_>>());
        self.site = Some(Arc::clone(&project.site));
        self.now = now;
        self.visibility = visibility;
    }

    /// The story of each incident, in the order of the incidents.
    pub(super) fn stories(&self) -> &[Option<Arc<Story>>] {
        self.stories.values()
    }

    /// The incidents that name an instant after the one that is told.
    pub(super) fn ahead(&self) -> Vec<Arc<Incident>> {
        let ahead = self.stories.keys().iter().filter(|it| it.stretch.to.is_some());
        ahead.map(|it| Arc::clone(&it.incident.0)).collect()
    }

    /// The board at the instant that is told.
    pub(super) fn board(&mut self) -> Board {
        let (told, now) = (self.told.clone(), self.now);
        self.count(&told, now)
    }

    /// The board at an earlier instant of the same day.
    pub(super) fn board_at(&mut self, at: Timestamp) -> Board {
        let mut stories = self.told.clone();
        let told = self.stories.keys().iter().zip(self.stories.values());
        let others = told.filter(|(key, _)| !key.stretch.contains(at));
        let (gone, come): (Vec<_>, Vec<_>) = others
            .map(|(key, story)| {
                let visibility = key.moment.visibility;
                let asked = Asked { site: &key.site.0, incident: &key.incident.0, now: at, visibility };
                (story.clone(), self.earlier.get(asked.key(), tell))
            })
            .unzip();
        let told = |stories: Vec<Option<Arc<Story>>>| stories.into_iter().flatten().collect::<Vec<_>>();
        stories.replace(&told(gone), &told(come));
        self.count(&stories, at)
    }

    /// Ends a run: what it did not ask for is dropped.
    pub(super) fn end_run(&mut self) {
        self.earlier.end_run();
        self.components.end_run();
        self.unions.end_run();
    }

    fn count(&mut self, stories: &Stories, now: Timestamp) -> Board {
        let site = self.site.as_ref().expect("stories are told before a board is made of them");
        let scene = Scene::new(site, stories, now, self.visibility);
        let components = self.components.get_all(scene.cases(), timeline::component);
        let uptimes = self.unions.get_all(scene.unions(&components), timeline::together);
        let day = scene.day();
        let busy = self.stories.keys().iter().filter(|it| it.stretch.meet(&day) != Some(day));
        let busy: Vec<Arc<Incident>> = busy.map(|it| Arc::clone(&it.incident.0)).collect();
        scene.board(components, uptimes, &busy)
    }
}

fn tell(key: &StoryKey) -> Option<Arc<Story>> {
    timeline::story(&key.site.0, &key.incident.0, key.moment)
}
