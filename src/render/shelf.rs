//! The history on shelves: the stories that began in one month of the site's zone stand together.
//!
//! A shelf on which nothing has changed is the same `Arc` as in the run before, so that all that is made of a month is
//! known to hold still without a look at its stories. What lists pick out of the history is noted on each shelf.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use super::path;
use super::view::{Listed, Voice};
use crate::model::{IncidentId, Kind, Site};
use crate::timeline::{Board, Phase, Story, calendar_months};

/// The stories that began in one month, and what lists pick out of them.
#[derive(Debug)]
pub(super) struct Shelf {
    /// The first day of the month.
    pub(super) month: Date,
    /// The stories, newest first.
    pub(super) stories: Vec<Arc<Story>>,
    /// Their places by their ids.
    pub(super) places: BTreeMap<IncidentId, usize>,
    /// The places of what is under way, which tells for how long.
    pub(super) open: Vec<usize>,
    /// The places of maintenance.
    pub(super) maintenance: Vec<usize>,
    /// The places of stories whose postmortem can be read.
    pub(super) postmortems: Vec<usize>,
    /// The places of stories that were split from another, or merged into one.
    pub(super) tied: Vec<usize>,
    /// The places of stories that mark days of other months, with the first and the last month that they do;
    /// without a last one they still run.
    pub(super) elsewhere: Vec<(usize, Date, Option<Date>)>,
    /// Pages of former ids, with the pages that took their places.
    pub(super) aliases: Vec<(String, String)>,
}

/// The shelves of the run before.
#[derive(Debug, Default)]
pub(super) struct Shelves {
    site: Option<Arc<Site>>,
    /// Newest first.
    shelves: Vec<Arc<Shelf>>,
}

impl Shelves {
    /// The history of a board, newest shelf first.
    pub(super) fn of(&mut self, voice: &Voice<'_>, board: &Board) -> &[Arc<Shelf>] {
        let is_same_site = self.site.as_ref().is_some_and(|it| Arc::ptr_eq(it, &board.site));
        let before = std::mem::take(&mut self.shelves).into_iter().filter(|_| is_same_site);
        let mut before: BTreeMap<Date, Arc<Shelf>> = before.map(|it| (it.month, it)).collect();
        let mut rest = &board.history[..];
        while let Some(story) = rest.first() {
            let month = voice.day_of(story.started_at).first_of_month();
            let (stories, older) = rest.split_at(board.stories_of_month(month.year(), month.month()).len());
            let same = before.remove(&month).filter(|it| it.holds(stories));
            self.shelves.push(same.unwrap_or_else(|| Arc::new(Shelf::new(&board.site, month, stories))));
            rest = older;
        }
        self.site = Some(Arc::clone(&board.site));
        &self.shelves
    }
}

impl Shelf {
    pub(super) fn new(site: &Site, month: Date, stories: &[Arc<Story>]) -> Self {
        let stories = stories.to_vec();
        let noted = |is_meant: fn(&Story) -> bool| -> Vec<usize> {
            (0..stories.len()).filter(|place| is_meant(&stories[*place])).collect()
        };
        let elsewhere = stories.iter().enumerate().filter_map(|(place, story)| {
            let (first, last) = calendar_months(site, story)?;
            (first != month || last != Some(month)).then_some((place, first, last))
        });
        Shelf {
            month,
            places: stories.iter().enumerate().map(|(place, it)| (it.incident.id.clone(), place)).collect(),
            open: noted(is_open),
            maintenance: noted(|it| matches!(it.incident.kind, Kind::Maintenance(_))),
            postmortems: noted(|it| it.has_postmortem),
            tied: noted(|it| it.incident.continues.is_some() || merged_into(it).is_some()),
            elsewhere: elsewhere.collect(),
            aliases: stories.iter().flat_map(|it| aliases(it)).collect(),
            stories,
        }
    }

    /// The stories at these places.
    pub(super) fn at<'a>(&'a self, places: &'a [usize]) -> impl Iterator<Item = &'a Arc<Story>> {
        places.iter().map(|it| &self.stories[*it])
    }

    /// The places of the stories that may have run in a month from the first to the last.
    fn places_between(&self, first: Date, last: Date) -> Vec<usize> {
        if first <= self.month && self.month <= last {
            return (0..self.stories.len()).collect();
        }
        let ran = |it: &&(usize, Date, Option<Date>)| it.1 <= last && it.2.is_none_or(|end| first <= end);
        self.elsewhere.iter().filter(ran).map(|it| it.0).collect()
    }

    fn holds(&self, stories: &[Arc<Story>]) -> bool {
        self.stories.len() == stories.len()
            && self.stories.iter().zip(stories).all(|(one, other)| Arc::ptr_eq(one, other))
    }
}

/// What ran on a day from the first to the last, newest first, as it is known at an instant.
pub(super) fn ran_between(
    shelves: &[Arc<Shelf>],
    (first, last): (Date, Date),
    (site, at): (&Site, Timestamp),
) -> Vec<Listed> {
    let months = (first.first_of_month(), last.first_of_month());
    let places = shelves.iter().map(|it| (it, it.places_between(months.0, months.1)));
    let stories = places.flat_map(|(shelf, places)| places.into_iter().map(|it| &shelf.stories[it]));
    stories.map(|it| Listed::new(site, it, at)).filter(|it| it.days.touch(first, last)).collect()
}

/// Where the story of this id stands: the number of its shelf, and its place on that.
pub(super) fn find(shelves: &[Arc<Shelf>], id: &IncidentId) -> Option<(usize, usize)> {
    let found = |(number, shelf): (usize, &Arc<Shelf>)| Some((number, *shelf.places.get(id)?));
    shelves.iter().enumerate().find_map(found)
}

/// The incident that a story was merged into, if an update that stands says so.
pub(super) fn merged_into(story: &Story) -> Option<&IncidentId> {
    let public = story.updates.iter().filter(|it| it.retracted.is_none());
    public.rev().find_map(|it| it.update(story).continues_in.as_ref())
}

/// Whether a story is under way: its page tells for how long, and that there is news. What is ahead, and
/// a notice, holds still as long as nobody writes.
fn is_open(story: &Story) -> bool {
    story.phase == Phase::Open && !matches!(story.incident.kind, Kind::Notice(_))
}

fn aliases(story: &Story) -> Vec<(String, String)> {
    let incident = &story.incident;
    let mut aliases = Vec::new();
    for alias in &incident.aliases {
        aliases.push((path::incident(alias), path::incident(&incident.id)));
        if story.has_postmortem {
            aliases.push((path::postmortem(alias), path::postmortem(&incident.id)));
        }
    }
    aliases
}
