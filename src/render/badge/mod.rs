//! Badges: a picture of a state or an uptime in a line, to stand on pages of others.
//!
//! The page, each group and each listed component have two, their state and their uptime; each is a picture, and the
//! same as a document from which shields.io draws one in the styles that it knows.

mod drawing;
mod width;

use std::collections::BTreeMap;

use serde::Serialize;

use super::view::{self, Voice};
use super::{RenderInput, look, path};
use crate::emit::Output;
use crate::model::{Colour, Group, State, Status};
use crate::timeline::{Board, ComponentBoard, GroupBoard, Headline, Standing, UptimeWindow};

use drawing::{Drawing, Reading, draw};

/// The state of something.
pub(super) const STATE: &str = "badge";
/// Its uptime over the days that the bars show.
pub(super) const UPTIME: &str = "badge-uptime";

/// How long shields.io may keep a badge, in seconds: the shortest that it knows.
const KEPT: u16 = 300;

/// From which percentage on an uptime is coloured as which state, in thousandths of a percent.
const GRADES: [(i64, State); 3] =
    [(99_900, State::Operational), (99_000, State::DegradedPerformance), (95_000, State::PartialOutage)];

/// A badge, whoever draws it.
#[derive(Debug, PartialEq, Eq)]
struct Badge {
    /// What it is about.
    label: String,
    /// What it says, in as few words as can be.
    message: String,
    /// The same for who hears it, in a sentence of its own.
    sentence: String,
    /// What it is coloured as.
    state: Option<State>,
}

/// A badge for shields.io: <https://shields.io/badges/endpoint-badge>.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Endpoint<'a> {
    schema_version: u8,
    label: &'a str,
    message: &'a str,
    color: String,
    /// Whether it tells of an outage: then nobody can ask for it in another colour.
    is_error: bool,
    cache_seconds: u16,
}

/// What has badges.
struct Subject {
    name: String,
    standing: Standing,
    /// The status of an open incident by which no component is affected.
    status: Option<Status>,
    uptime: Option<UptimeWindow>,
}

/// All badges.
pub(super) fn files(input: &RenderInput<'_>) -> Vec<Output> {
    let voice = Voice { site: &input.project.site, words: &input.theme.words };
    let page = (String::new(), page(&voice, input.board));
    let groups = groups(&voice, input.board);
    let states = State::ALL.map(Some).into_iter().chain([None]);
    let colours: BTreeMap<Option<State>, (Colour, Colour)> =
        states.map(|it| (it, look::solid(&voice.site.look, &input.theme.tokens, it))).collect();
    let subjects = std::iter::once(page).chain(groups).chain(components(&voice, input.board));
    let badges = subjects.flat_map(|(folder, subject)| {
        let both = [(STATE, subject.state(&voice)), (UPTIME, subject.uptime(&voice))];
        both.map(|(name, badge)| (format!("{folder}{name}"), badge))
    });
    let files = badges.flat_map(|(path, badge)| {
        let colours = colours[&badge.state];
        [(format!("{path}.svg"), badge.svg(&voice, colours)), (format!("{path}.json"), badge.json(colours.0))]
    });
    files.map(|(path, text)| (path.into(), text.into())).collect()
}

fn page(voice: &Voice<'_>, board: &Board) -> Subject {
    let status = if let Headline::Incident { status, title: _ } = &board.overall.headline {
        Some(status.unwrap_or(Status::Investigating))
    } else {
        None
    };
    let uptime = voice.over_history(&board.uptime).copied();
    Subject { name: voice.site.title.clone(), standing: view::overall(board), status, uptime }
}

fn groups(voice: &Voice<'_>, board: &Board) -> Vec<(String, Subject)> {
    let known = board.groups.iter().filter_map(|it| Some((it, voice.site.group(&it.id)?)));
    let subject = |(board, group): (&GroupBoard, &Group)| {
        let uptime = voice.over_history(&board.uptime).copied();
        let subject = Subject { name: group.name.clone(), standing: board.standing, status: None, uptime };
        (path::of_group(&group.id, ""), subject)
    };
    known.map(subject).collect()
}

fn components(voice: &Voice<'_>, board: &Board) -> Vec<(String, Subject)> {
    let listed = voice.site.components.iter().filter(|it| it.listed);
    let known = listed.filter_map(|it| board.component(&it.id));
    let subject = |board: &ComponentBoard| {
        let uptime = voice.over_history(&board.uptime).copied();
        let name = voice.name(&board.id);
        (path::of_component(&board.id, ""), Subject { name, standing: board.standing, status: None, uptime })
    };
    known.map(subject).collect()
}

impl Subject {
    fn state(&self, voice: &Voice<'_>) -> Badge {
        let message = match self.status {
            Some(status) => voice.words.status(status),
            None => voice.words.standing(self.standing),
        };
        Badge {
            label: self.name.clone(),
            message: message.to_owned(),
            sentence: message.to_owned(),
            state: self.standing.state(),
        }
    }

    fn uptime(&self, voice: &Voice<'_>) -> Badge {
        let decimals = voice.site.uptime.decimals;
        let counted = self.uptime.as_ref().filter(|it| it.uptime.percent.is_some());
        let (message, sentence) = match counted {
            Some(window) => {
                let percent = voice.words.percent(&window.uptime, decimals);
                let short = voice.words.fill("uptime.short", &[("percent", &percent)]);
                (short, voice.words.uptime(window, decimals))
            }
            None => (voice.say("uptime.no_data"), voice.say("uptime.no_data")),
        };
        let percent = counted.and_then(|it| it.uptime.percent);
        Badge { label: self.name.clone(), message, sentence, state: percent.map(|it| grade(it, decimals)) }
    }
}

impl Badge {
    fn svg(&self, voice: &Voice<'_>, (ground, ink): (Colour, Colour)) -> String {
        let reading = match voice.words.text("direction") {
            "rtl" => Reading::FromTheRight,
            _ => Reading::FromTheLeft,
        };
        let sentence = format!("{}{}{}", self.label, voice.words.text("mark.colon"), self.sentence);
        draw(&Drawing {
            label: &self.label,
            message: &self.message,
            sentence: &sentence,
            ground,
            ink,
            reading,
        })
    }

    fn json(&self, ground: Colour) -> String {
        let endpoint = Endpoint {
            schema_version: 1,
            label: &self.label,
            message: &self.message,
            color: ground.to_string(),
            is_error: State::PartialOutage <= self.state.unwrap_or(State::Operational),
            cache_seconds: KEPT,
        };
        serde_json::to_string_pretty(&endpoint).expect("its maps have text keys") + "\n"
    }
}

/// The state whose colour an uptime has, of a percentage in units of its last decimal.
fn grade(percent: i64, decimals: u8) -> State {
    let thousandths = percent * 1000 / 10_i64.pow(u32::from(decimals));
    GRADES.iter().find(|(from, _)| *from <= thousandths).map_or(State::MajorOutage, |(_, state)| *state)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Look;
    use crate::render::Theme;
    use crate::timeline::Uptime;
    use crate::words::sample;

    /// The badges of a subject, as (label, message, what is heard, colour).
    #[track_caller]
    fn check(subject: &Subject, state: (&str, Option<State>), uptime: (&str, &str, Option<State>)) {
        let (site, theme) = (sample::site(&[]), Theme::builtin("en"));
        let voice = Voice { site: &site, words: &theme.words };
        let badge = subject.state(&voice);
        assert_eq!((badge.label.as_str(), badge.message.as_str(), badge.state), ("Login", state.0, state.1));
        let badge = subject.uptime(&voice);
        assert_eq!((badge.message.as_str(), badge.sentence.as_str(), badge.state), uptime);
    }

    fn login(standing: Standing, percent: Option<i64>) -> Subject {
        let uptime = Uptime { percent, ..Uptime::default() };
        let uptime = Some(UptimeWindow { days: 90, counted_days: 90, uptime });
        Subject { name: "Login".to_owned(), standing, status: None, uptime }
    }

    #[test]
    fn a_badge_says_the_state_or_the_uptime() {
        let state = State::MajorOutage;
        check(
            &login(Standing::In(state), Some(9_981)),
            ("Major outage", Some(state)),
            ("99.81% uptime", "99.81% uptime over the last 90 days", Some(State::DegradedPerformance)),
        );
        check(&login(Standing::NoData, None), ("No data", None), ("No data", "No data", None));
    }

    #[test]
    fn an_incident_by_which_nothing_is_affected_is_told_by_its_status() {
        let state = State::DegradedPerformance;
        let page = Subject { status: Some(Status::Monitoring), ..login(Standing::In(state), None) };
        check(&page, ("Monitoring", Some(state)), ("No data", "No data", None));
    }

    #[test]
    fn an_uptime_is_coloured_by_what_it_is_at_least() {
        for (percent, decimals, expected) in [
            (10_000, 2, State::Operational),
            (9_990, 2, State::Operational),
            (9_989, 2, State::DegradedPerformance),
            (99, 0, State::DegradedPerformance),
            (949_999, 4, State::MajorOutage),
            (950_000, 4, State::PartialOutage),
        ] {
            assert_eq!(grade(percent, decimals), expected, "{percent}");
        }
    }

    #[test]
    fn what_is_written_on_a_colour_can_be_read() {
        let theme = Theme::builtin("en");
        for state in State::ALL.map(Some).into_iter().chain([None]) {
            let (ground, ink) = look::solid(&Look::default(), &theme.tokens, state);
            assert!(4.5 <= ground.contrast(ink), "{state:?}");
            assert_eq!(ink, Colour::WHITE);
        }
    }

    #[test]
    fn nobody_can_ask_for_an_outage_in_another_colour() {
        let badge = |state| Badge {
            label: "A \"b\"".to_owned(),
            message: "x".to_owned(),
            sentence: String::new(),
            state: Some(state),
        };
        let json =
            |state| -> serde_json::Value { serde_json::from_str(&badge(state).json(Colour::BLACK)).unwrap() };
        let expected = serde_json::json!({
            "schemaVersion": 1, "label": "A \"b\"", "message": "x", "color": "#000000", "isError": true,
            "cacheSeconds": 300
        });
        assert_eq!(json(State::PartialOutage), expected);
        assert_eq!(json(State::DegradedPerformance)["isError"], false);
    }
}
