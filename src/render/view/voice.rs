//! How facts are said on a page: words, dates in the site's zone, names with their links.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use crate::model::{ComponentId, Correction, Impact, Kind, Link, Site, State, Status};
use crate::render::path;
use crate::timeline::{Course, Phase, Standing, Story, UptimeWindow};
use crate::words::Words;

/// The site that a page is of, and the words it is said in.
#[derive(Clone, Copy, Debug)]
pub struct Voice<'a> {
    /// Names, zone, policy.
    pub site: &'a Site,
    /// The words of the interface.
    pub words: &'a Words,
}

/// An instant.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct TimeView {
    /// For machines: an instant in UTC, a day or a month.
    pub datetime: String,
    /// For people, in the site's zone.
    pub text: String,
}

/// A sentence with an instant in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct PhraseView {
    /// The words before the instant.
    pub before: String,
    /// The instant.
    pub time: TimeView,
    /// The words after it.
    pub after: String,
}

/// A state, or what stands in its place.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct StateView {
    /// For the icon and the class: a state's word in JSON, `no_data`, `retired` or
    /// `notice`.
    pub key: &'static str,
    /// For people.
    pub word: String,
    /// What the clock alone will turn it into, for the page's script: see [Script](#script).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turns: Option<String>,
}

/// What something will turn into at an instant, if nothing more is said.
#[derive(Serialize)]
struct Turn {
    at: Timestamp,
    key: &'static str,
    word: String,
}

/// A name that leads to its page, where it has one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct NameView {
    /// The name.
    pub name: String,
    /// The path of its page from the output's root; none of what has no page.
    pub path: Option<String>,
}

/// A link out of the site.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct LinkView {
    /// The words to show.
    pub title: String,
    /// The address.
    pub url: String,
}

impl From<&Link> for LinkView {
    fn from(link: &Link) -> Self {
        LinkView { title: link.title.clone(), url: link.url.clone() }
    }
}

impl StateView {
    /// A state that no clock turns into another.
    pub fn new(key: &'static str, word: impl Into<String>) -> Self {
        StateView { key, word: word.into(), turns: None }
    }

    /// With what it will be from each of the instants on.
    #[must_use]
    pub fn turning(mut self, ahead: impl IntoIterator<Item = (Timestamp, StateView)>) -> Self {
        let mut turns: Vec<Turn> = Vec::new();
        for (at, StateView { key, word, turns: _ }) in ahead {
            let before = turns.last().map_or((self.key, &self.word), |it| (it.key, &it.word));
            if before != (key, &word) {
                turns.push(Turn { at, key, word });
            }
        }
        let json = || serde_json::to_string(&turns).expect("its maps have text keys");
        self.turns = (!turns.is_empty()).then(json);
        self
    }
}

impl NameView {
    /// A name with a page.
    pub fn with_page(name: impl Into<String>, path: &str) -> Self {
        NameView { name: name.into(), path: Some(path::href(path)) }
    }
}

impl<'a> Voice<'a> {
    /// The words for `key`.
    pub fn say(&self, key: &str) -> String {
        self.words.text(key).to_owned()
    }

    /// An instant with its day.
    pub fn time(&self, at: Timestamp) -> TimeView {
        TimeView { datetime: at.to_string(), text: self.words.date_time(at, &self.site.time_zone) }
    }

    /// A day.
    pub fn date(&self, date: Date) -> TimeView {
        TimeView { datetime: date.to_string(), text: self.words.date(date) }
    }

    /// The day of the site's zone that an instant lies in.
    pub fn day_of(&self, at: Timestamp) -> Date {
        at.to_zoned(self.site.time_zone.clone()).date()
    }

    /// The sentence of `key`, whose `{time}` is `at`.
    pub fn phrase(&self, key: &str, at: Timestamp) -> PhraseView {
        self.phrase_with(key, self.time(at), &[])
    }

    /// The sentence of `key` with `time` for its `{time}`, and further values.
    pub fn phrase_with(&self, key: &str, time: TimeView, values: &[(&str, &str)]) -> PhraseView {
        const MARK: &str = "\u{2}";
        let all: Vec<(&str, &str)> = values.iter().copied().chain([("time", MARK)]).collect();
        let sentence = self.words.fill(key, &all);
        let (before, after) = sentence.split_once(MARK).unwrap_or((&sentence, ""));
        PhraseView { before: before.to_owned(), time, after: after.to_owned() }
    }

    /// "Edited TIME: note".
    pub fn correction(&self, correction: &Correction) -> PhraseView {
        self.phrase_with("page.update.edited", self.time(correction.at), &[("note", &correction.note)])
    }

    /// A state.
    pub fn state(&self, state: State) -> StateView {
        StateView::new(state.word(), self.words.state(state))
    }

    /// A state, or that there is none.
    pub fn standing(&self, standing: Standing) -> StateView {
        let key = match standing {
            Standing::In(state) => state.word(),
            Standing::NoData => "no_data",
            Standing::Retired => "retired",
        };
        StateView::new(key, self.words.standing(standing))
    }

    /// A component, with its page where it is listed.
    pub fn component(&self, id: &ComponentId) -> NameView {
        match self.site.component(id) {
            Some(component) if component.listed => NameView::with_page(self.name(id), &path::component(id)),
            Some(_) | None => NameView { name: self.name(id), path: None },
        }
    }

    /// A component's name alone.
    pub fn name(&self, id: &ComponentId) -> String {
        self.words.component(id, self.site)
    }

    /// The uptime over the days that the bars show.
    pub fn over_history<'w>(&self, windows: &'w [UptimeWindow]) -> Option<&'w UptimeWindow> {
        windows.iter().find(|it| it.days == self.site.history_days)
    }

    /// What a story as a whole is shown as: its worst state, or of an incident that names no
    /// components what its impact amounts to. As long as neither is known, something is wrong all the same.
    pub fn badge(&self, story: &Story) -> StateView {
        match (&story.incident.kind, story.phase) {
            (_, Phase::Retracted) => StateView::new("no_data", self.words.phase(story.phase)),
            (kind @ Kind::Notice(_), _) => StateView::new("notice", self.words.kind(kind)),
            (Kind::Maintenance(_), _) => self.maintenance_badge(story),
            (Kind::Incident(_), Phase::Open) if story.impact == Impact::None && !story.names_components() => {
                StateView::new(State::DegradedPerformance.word(), self.status_so_far(story))
            }
            (Kind::Incident(_), _) if story.worst != State::Operational => self.state(story.worst),
            (Kind::Incident(_), _) => StateView::new(story.impact.state().word(), self.impact(story.impact)),
        }
    }

    /// Where a maintenance stands, and where the clock will take it.
    fn maintenance_badge(&self, story: &Story) -> StateView {
        let is_cancelled = story.phase == Phase::Cancelled;
        let key = if is_cancelled { "no_data" } else { State::UnderMaintenance.word() };
        let badge = StateView::new(
            key,
            self.status(story).unwrap_or_else(|| self.words.phase(story.phase).to_owned()),
        );
        let Course::Maintenance(course) = &story.course else { return badge };
        let edges = [(course.begins, Status::InProgress), (course.ends, Status::Completed)];
        badge.turning(
            edges
                .into_iter()
                .filter_map(|(at, status)| Some((at?, StateView::new(key, self.words.status(status))))),
        )
    }

    /// "Impact: major".
    pub fn impact(&self, impact: Impact) -> String {
        self.words.fill("page.impact", &[("impact", self.words.impact(impact))])
    }

    /// The word of an open incident's status: as long as none was said, it is being looked into.
    pub fn status_so_far(&self, story: &Story) -> String {
        self.words.status(story.status.unwrap_or(Status::Investigating)).to_owned()
    }

    /// The word of a story's status, where it has one.
    pub fn status(&self, story: &Story) -> Option<String> {
        story.status.map(|status| self.words.status(status).to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::sample;
    use std::sync::Arc;

    #[test]
    fn a_phrase_parts_around_its_instant() {
        let (site, words) = (sample::site(&[]), Words::english());
        let voice = Voice { site: &site, words: &words };
        let note = "It was {time} and <b>bold</b>.".to_owned();
        let phrase = voice.correction(&Correction { at: Timestamp::UNIX_EPOCH, note });
        assert_eq!(phrase.before, "Edited ");
        assert_eq!(phrase.time.datetime, "1970-01-01T00:00:00Z");
        assert_eq!(phrase.after, ": It was {time} and <b>bold</b>.");
    }

    #[test]
    fn what_is_not_listed_has_no_page() {
        let mut site = sample::site(&[("login", "Login", ""), ("vendor", "Vendor", "")]);
        site.components[1].listed = false;
        let words = Words::english();
        let voice = Voice { site: &site, words: &words };
        let path = |id: &str| voice.component(&ComponentId::new(id)).path;
        assert_eq!(path("login").as_deref(), Some("components/login.html"));
        assert_eq!(path("vendor"), None);
    }

    #[track_caller]
    fn check_badge(impact: Impact, worst: State, key: &str, word: &str) {
        let (site, words) = (sample::site(&[]), Words::english());
        let mut story = Arc::into_inner(sample::story("A")).unwrap();
        (story.impact, story.worst) = (impact, worst);
        let badge = Voice { site: &site, words: &words }.badge(&story);
        assert_eq!((badge.key, badge.word.as_str()), (key, word));
    }

    #[test]
    fn an_incident_is_shown_as_its_worst_state_or_by_its_impact() {
        check_badge(Impact::Minor, State::MajorOutage, "major_outage", "Major outage");
        check_badge(Impact::Major, State::Operational, "partial_outage", "Impact: Major");
    }

    #[test]
    fn an_open_incident_of_which_nothing_is_known_is_not_green() {
        let (site, words) = (sample::site(&[]), Words::english());
        let mut story = Arc::into_inner(sample::story("A")).unwrap();
        (story.impact, story.worst, story.phase) = (Impact::None, State::Operational, Phase::Open);
        let badge = Voice { site: &site, words: &words }.badge(&story);
        assert_eq!((badge.key, badge.word.as_str()), ("degraded_performance", "Investigating"));
    }
}
