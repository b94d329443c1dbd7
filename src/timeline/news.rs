//! All that can be read of a story, each with the instant from which the public could read it.

use jiff::Timestamp;

use super::{Part, Story};
use crate::model::{Correction, Kind};

/// Something that can be read of a story, or that comes to pass by what is read.
#[derive(Clone, Copy, Debug)]
pub(super) enum News<'a> {
    /// The update of this index.
    Update(usize),
    /// The update of this index was withdrawn.
    Withdrawn(usize, &'a Correction),
    /// Something was put right: the part, and the index among the corrections of that.
    Corrected(Part, usize, &'a Correction),
    /// The end that the head states has come.
    Ended,
    /// A postmortem that states when it was published.
    Postmortem,
    /// The whole story was withdrawn.
    Retracted(&'a Correction),
}

/// When the public could first read of the story. A maintenance whose head says nothing of it is taken for read when
/// it begins: nothing else of it is dated.
pub(super) fn opened_at(story: &Story) -> Timestamp {
    let first_update = || story.updates.iter().map(|it| it.published_at).min();
    let begins = match &story.incident.kind {
        Kind::Maintenance(maintenance) => maintenance.scheduled_for,
        Kind::Incident(_) | Kind::Notice(_) => story.started_at,
    };
    story.incident.published_at.or_else(first_update).unwrap_or(begins)
}

/// All that can be read of the story, in order.
pub(super) fn news(story: &Story) -> Vec<(Timestamp, News<'_>)> {
    let opened_at = opened_at(story);
    let mut news = Vec::with_capacity(2 * story.updates.len());
    for (index, telling) in story.updates.iter().enumerate() {
        let readable = telling.published_at;
        news.push((readable, News::Update(index)));
        news.extend(telling.retracted.as_ref().map(|it| (it.at.max(readable), News::Withdrawn(index, it))));
        let corrections = &telling.update(story).corrections;
        news.extend(corrected(story, Part::Update(index), corrections, readable));
    }
    news.extend(corrected(story, Part::Whole, &story.incident.corrections, opened_at));
    news.extend(postmortem(story, opened_at));
    news.extend(ended(story).map(|at| (at.max(opened_at), News::Ended)));
    news.extend(story.retracted.as_ref().map(|it| (it.at.max(opened_at), News::Retracted(it))));
    news.sort_by_key(|(readable, it)| (*readable, at(story, *it).min(*readable), rank(*it)));
    news
}

fn corrected<'a>(
    story: &'a Story,
    of: Part,
    corrections: &'a [Correction],
    readable: Timestamp,
) -> impl Iterator<Item = (Timestamp, News<'a>)> {
    let made = corrections.iter().enumerate().filter(|(_, it)| story.has_passed(it.at));
    made.map(move |(index, it)| (it.at.max(readable), News::Corrected(of, index, it)))
}

fn postmortem(story: &Story, opened_at: Timestamp) -> Vec<(Timestamp, News<'_>)> {
    let Some(written) = story.incident.postmortem.as_ref().filter(|_| story.has_postmortem) else {
        return Vec::new();
    };
    let published = written.published_at.map(|at| at.max(opened_at));
    let readable = published.unwrap_or(opened_at);
    let corrections = corrected(story, Part::Postmortem, &written.corrections, readable);
    published.map(|at| (at, News::Postmortem)).into_iter().chain(corrections).collect()
}

/// When the end came that the head states.
fn ended(story: &Story) -> Option<Timestamp> {
    let Kind::Incident(head) = &story.incident.kind else { return None };
    head.resolved_at.filter(|it| story.has_passed(*it))
}

/// When it was so; of what follows an update, not before that.
fn at(story: &Story, news: News<'_>) -> Timestamp {
    let of_update = |index: usize| story.updates[index].at;
    match news {
        News::Update(index) => of_update(index),
        News::Withdrawn(index, remark) | News::Corrected(Part::Update(index), _, remark) => {
            remark.at.max(of_update(index))
        }
        News::Corrected(Part::Whole | Part::Postmortem, _, remark) | News::Retracted(remark) => remark.at,
        News::Ended => ended(story).unwrap_or(Timestamp::MAX),
        News::Postmortem => Timestamp::MAX,
    }
}

/// What is read first of what can be read from one instant on and was so at one.
fn rank(news: News) -> u8 {
    match news {
        News::Update(_) => 0,
        News::Withdrawn(..) => 1,
        News::Ended => 2,
        News::Postmortem => 3,
        News::Corrected(..) => 4,
        News::Retracted(_) => 5,
    }
}
