//! What the page of an incident, maintenance or notice, and that of its postmortem, say of themselves.
//!
//! Both are of the archive once it is over: nothing in them changes by itself.

use jiff::Timestamp;

use super::head::describe;
use super::{About, Dates, Genre, HeadView, NameView, ShareCard, Voice};
use super::{incident, line, postmortem};
use crate::model::{Kind, Postmortem, Prose, State, Update};
use crate::render::path;
use crate::timeline::{Course, Phase, Story};

/// The head of a story's page.
pub fn head(voice: &Voice<'_>, story: &Story) -> HeadView {
    let history = NameView::with_page(voice.say("page.nav.history"), "history.html");
    let about = About {
        path: &path::incident(&story.incident.id),
        name: incident::name(voice, story),
        day: Some(voice.day_of(story.started_at)),
        description: description(voice, story),
        picture: picture(story),
        genre: Genre::Article(dates(story)),
        within: vec![history],
    };
    HeadView::new(voice, &about).with_feeds(voice, None)
}

/// The head of a postmortem's own page.
pub fn postmortem_head(voice: &Voice<'_>, story: &Story) -> HeadView {
    let written = story.incident.postmortem.as_ref();
    let cause = written.and_then(|it| it.root_cause.as_deref());
    let text = cause.or(written.map(|it| it.body.plain.as_str())).unwrap_or_default();
    let facts = [Some(window(voice, story)), incident::length(voice, story, None)];
    let postmortems = NameView::with_page(voice.say("page.nav.postmortems"), "postmortems.html");
    let about = About {
        path: &path::postmortem(&story.incident.id),
        name: postmortem::heading(voice, story),
        day: Some(voice.day_of(story.started_at)),
        description: describe(voice, &facts, text),
        picture: ShareCard::Neutral,
        genre: Genre::Article(postmortem_dates(story)),
        within: vec![postmortems],
    };
    HeadView::new(voice, &about)
}

/// When a story was first told, and when somebody last wrote into its page.
pub(in crate::render) fn dates(story: &Story) -> Dates {
    let updates = || story.updates.iter().map(|it| it.published_at);
    let written = &story.incident;
    let of_updates = story.updates.iter().flat_map(|it| {
        let corrected = story.passed(&it.update(story).corrections).map(|it| it.at);
        corrected.chain(it.retracted.as_ref().map(|it| it.at))
    });
    let of_head = story.passed(&written.corrections).map(|it| it.at);
    let of_postmortem = postmortem_dates(story);
    let last = updates().chain(of_updates).chain(of_head).chain(story.retracted.as_ref().map(|it| it.at));
    let last = last.chain(written.published_at).chain(of_postmortem.modified);
    Dates { published: written.published_at.or(updates().min()), modified: last.max() }
}

/// When a story's postmortem was published, and when somebody last wrote into it; neither is known
/// where it does not say when it was published.
pub(in crate::render) fn postmortem_dates(story: &Story) -> Dates {
    let Some(written) = story.incident.postmortem.as_ref().filter(|_| story.has_postmortem) else {
        return Dates::default();
    };
    Dates { published: written.published_at, modified: last_written(story, written) }
}

fn last_written(story: &Story, postmortem: &Postmortem) -> Option<Timestamp> {
    let corrected = story.passed(&postmortem.corrections).map(|it| it.at);
    corrected.chain(postmortem.published_at).max()
}

fn description(voice: &Voice<'_>, story: &Story) -> String {
    if let Some(withdrawn) = &story.retracted {
        return voice.words.fill("withdrawn", &[("note", &withdrawn.note)]);
    }
    let is_notice = matches!(story.course, Course::Notice { .. });
    let kind = || voice.words.kind(&story.incident.kind).to_owned();
    let names = voice.words.first_names(&line::touched(voice, story), voice.site);
    let facts = [
        voice.status(story).filter(|_| !is_notice).or_else(|| Some(kind())),
        (!is_notice).then(|| window(voice, story)),
        incident::length(voice, story, None),
        Some(names),
    ];
    describe(voice, &facts, text(story))
}

/// The newest update while it is open; of what is over the summary, else how it ended.
fn text(story: &Story) -> &str {
    let standing = story.updates.iter().rev().filter(|it| it.retracted.is_none());
    let told: Vec<&Update> =
        standing.map(|it| it.update(story)).filter(|it| !it.body.plain.is_empty()).collect();
    let newest = told.first().map(|it| &it.body);
    let last_turn = told.iter().find(|it| it.status.is_some()).map(|it| &it.body);
    let summary = Some(&story.incident.summary).filter(|it| !it.plain.is_empty());
    let found = match story.phase {
        Phase::Open => newest.or(summary),
        Phase::Ahead | Phase::Ended | Phase::Cancelled | Phase::Retracted => summary.or(last_turn).or(newest),
    };
    found.map_or("", |it: &Prose| it.plain.as_str())
}

/// "10 July 2020, 10:30–11:52 UTC", "since 10 July 2020, 10:30 UTC"; of a maintenance that is not over, or
/// never began, as it was announced.
fn window(voice: &Voice<'_>, story: &Story) -> String {
    let announced = story.phase == Phase::Open || story.open.is_empty();
    let (from, to) = match &story.course {
        Course::Maintenance(course) if announced => (course.scheduled_for, Some(course.scheduled_until)),
        Course::Maintenance(_) | Course::Incident(_) | Course::Notice { .. } => {
            (story.started_at, story.ended_at)
        }
    };
    voice.words.range(from, to.filter(|it| from <= *it), &voice.site.time_zone)
}

/// What a reader of a shared link wants to know: how it is, and once it is over that it is over.
fn picture(story: &Story) -> ShareCard {
    match (&story.incident.kind, story.phase) {
        (Kind::Notice(_), _) | (_, Phase::Cancelled | Phase::Retracted) => ShareCard::Neutral,
        (_, Phase::Ended) => State::Operational.into(),
        (Kind::Maintenance(_), _) => State::UnderMaintenance.into(),
        (Kind::Incident(_), _) => incident::state_now(story).unwrap_or_else(|| story.impact.state()).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::{Basis, Piece, Span, Track};
    use crate::words::{Words, sample};
    use std::sync::Arc;

    /// A story in this phase, begun in 1970, whose component is in this state without an end.
    fn told(phase: Phase, state: State) -> Story {
        let mut story = Arc::into_inner(sample::story("A")).unwrap();
        let span = Span { from: story.started_at, to: None };
        let pieces = vec![Piece { span, state, basis: Basis::Declared }];
        story.tracks =
            vec![Track { component: crate::model::ComponentId::new("login"), pieces, lowered: None }];
        story.phase = phase;
        story
    }

    #[track_caller]
    fn check_picture(story: &Story, expected: impl Into<ShareCard>) {
        assert_eq!(picture(story), expected.into());
    }

    #[test]
    fn an_open_incident_shows_its_state_and_one_that_is_over_that_it_is_over() {
        check_picture(&told(Phase::Open, State::MajorOutage), State::MajorOutage);
        check_picture(&told(Phase::Ended, State::MajorOutage), State::Operational);
        check_picture(&told(Phase::Retracted, State::MajorOutage), ShareCard::Neutral);
    }

    #[test]
    fn the_description_says_since_when_and_what() {
        let site = sample::site(&[("login", "Login", "")]);
        let words = Words::english();
        let voice = Voice { site: &site, words: &words };
        let mut story = told(Phase::Open, State::MajorOutage);
        story.status = Some(crate::model::Status::Identified);
        assert_eq!(description(&voice, &story), "Identified · since 1 January 1970, 00:00 UTC · Login");
        story.ended_at = Some("1970-01-01T01:00:00Z".parse().unwrap());
        assert_eq!(description(&voice, &story), "Identified · 1 January 1970, 00:00–01:00 UTC · Login");
        let note = "A probe was broken.".to_owned();
        story.retracted = Some(crate::model::Correction { at: story.started_at, note });
        assert_eq!(description(&voice, &story), "Withdrawn: A probe was broken.");
    }
}
