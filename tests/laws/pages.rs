//! Laws of what pages show: lists never contradict bars, and no two documents disagree on whether something is wrong.
//!
//! `PROPTEST_CASES=1000 cargo test --release --test laws pages` tries as many sites as it says.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use allclear::emit::Tree;
use allclear::model::{Impact, Incident, Kind, Project, State};
use allclear::render::{self, RenderInput, Shown, Theme};
use allclear::timeline::{Audience, Board, Phase, Span, Story, Visibility, at};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use proptest::option;
use proptest::prelude::{ProptestConfig, TestCaseError, prop_assert, prop_assert_eq, proptest};
use proptest::sample::select;
use serde_json::Value;

use crate::world::{World, minute, world};

/// How many sites are tried where nothing else is said: each is rendered as a whole.
const CASES: u32 = 12;

/// What a list shows on each of its days, by id.
type Lists = BTreeMap<Date, BTreeSet<String>>;

fn config() -> ProptestConfig {
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    let is_said = std::env::vars_os().any(|(name, _)| name == "PROPTEST_CASES");
    if is_said { config } else { ProptestConfig { cases: CASES, ..config } }
}

/// A site as it is known at an instant, and what is true.
struct Pages {
    board: Board,
    tree: Tree,
}

impl Pages {
    fn of(project: &Project, now: Timestamp) -> Self {
        let board = at(project, now, Visibility::of(Audience::Public));
        let settled = at(project, board.last_change.unwrap_or(now), Visibility::of(Audience::Public));
        let theme = Arc::new(Theme::builtin("en"));
        let (audience, shown) = (Audience::Public, Shown::Present);
        let input = RenderInput { project, board: &board, settled: &settled, theme: &theme, audience, shown };
        let tree = render::site(&input, &mut render::Memory::default()).value;
        Pages { board, tree }
    }

    fn text(&self, path: &str) -> Option<&str> {
        Some(std::str::from_utf8(self.tree.bytes_at(path)?).expect("pages are UTF-8"))
    }

    fn json(&self, path: &str) -> Value {
        serde_json::from_str(self.text(path).expect("it is there")).expect("it is JSON")
    }

    /// The part of a day that has passed.
    fn day(&self, date: Date) -> (Timestamp, Timestamp) {
        let start = |date: Date| date.to_zoned(self.board.site.time_zone.clone()).expect("a day").timestamp();
        (start(date), start(date.tomorrow().expect("a day")))
    }

    /// Whether something that has begun overlaps a day. What begins at the instant itself does.
    fn overlaps(&self, span: Span, date: Date) -> bool {
        let (from, to) = self.day(date);
        let is_empty = span.to == Some(span.from);
        let now = self.board.now;
        from <= now && span.from <= now && !is_empty && span.from < to && span.to.is_none_or(|it| from < it)
    }

    /// Whether a story ran on a day.
    fn ran(&self, story: &Story, date: Date) -> bool {
        let is_known = !matches!(story.phase, Phase::Retracted | Phase::Ahead);
        is_known && story.open.iter().any(|it| self.overlaps(*it, date))
    }

    fn began(&self, story: &Story, date: Date) -> bool {
        let (from, to) = self.day(date);
        from <= story.started_at && story.started_at < to
    }

    /// Whether a bar of a day is coloured.
    fn is_coloured(&self, date: Date) -> bool {
        let pieces = self.board.components.iter().flat_map(|it| it.pieces.iter());
        pieces.into_iter().any(|it| it.state != State::Operational && self.overlaps(it.span, date))
    }

    /// That a list by day shows all that ran, and nothing that did not.
    fn check(&self, path: &str, lists: &Lists) -> Result<(), TestCaseError> {
        for (date, listed) in lists {
            for story in self.board.history.iter() {
                let id = story.incident.id.as_str();
                let (is_listed, ran) = (listed.contains(id), self.ran(story, *date));
                let is_ahead = story.phase == Phase::Ahead;
                prop_assert!(!ran || is_listed, "{path} lacks {id} on {date}");
                prop_assert!(
                    !is_listed || ran || self.began(story, *date) || is_ahead,
                    "{path} shows {id} on {date}"
                );
            }
            prop_assert!(!self.is_coloured(*date) || !listed.is_empty(), "{path} calls {date} quiet");
        }
        Ok(())
    }

    /// The days of a month, in order.
    fn days_of_month(&self, first: Date) -> impl Iterator<Item = Date> + use<> {
        first.series(1.day()).take_while(move |it| it.month() == first.month())
    }

    /// That each month in which something ran has a page that shows it, and none says that nothing was.
    fn check_months(&self) -> Result<(), TestCaseError> {
        let first = Date::constant(2026, 3, 1);
        for month in first.series(1.month()).take(6) {
            let path = format!("history/2026-{:02}.html", month.month());
            let mut lists: Lists = self.days_of_month(month).map(|it| (it, BTreeSet::new())).collect();
            lists.extend(self.text(&path).map(lists_of).unwrap_or_default());
            self.check(&path, &lists)?;
            prop_assert!(lists.keys().all(|it| it.month() == month.month()), "{path} shows another month");
        }
        Ok(())
    }

    /// That neither `/history.html` nor a component says that nothing happened where a day is coloured.
    fn check_silence(&self) -> Result<(), TestCaseError> {
        let history = self.text("history.html").expect("it is there");
        let this_month = self.board.today.first_of_month();
        for (back, section) in history.split("class=\"month\"").skip(1).enumerate() {
            let month = this_month.checked_sub(i64::try_from(back).expect("few").months()).expect("a month");
            let is_coloured = self.days_of_month(month).any(|it| self.is_coloured(it));
            prop_assert!(!is_coloured || !section.contains("No incidents reported"), "{month}");
        }
        for component in &self.board.components {
            let page = self.text(&format!("components/{}.html", component.id)).expect("it is there");
            let coloured = component.days.iter().any(|it| Some(State::Operational) < it.worst);
            prop_assert!(!coloured || !page.contains("No incidents in"), "{}", component.id);
        }
        Ok(())
    }

    /// That all documents agree on whether something is wrong.
    fn check_agreement(&self) -> Result<(), TestCaseError> {
        let index = self.text("index.html").expect("it is there");
        let headline = between(index, "<h1 class=\"word\">", "</h1>");
        let is_wrong = !["All systems operational", "No data yet"].contains(&headline);
        for page in [index, self.text("embed.html").expect("it is there")] {
            let state = between(page, "class=\"banner ", "\"");
            prop_assert_eq!(!["operational", "no_data"].contains(&state), is_wrong, "{} {}", headline, state);
        }
        let badge = self.json("badge.json");
        let message = badge["message"].as_str().unwrap_or_default();
        prop_assert_eq!(!["Operational", "No data"].contains(&message), is_wrong, "{} {}", headline, message);
        prop_assert!(is_wrong || self.board.open.is_empty(), "an incident is open and nothing is wrong");
        let status = self.json("status.json");
        prop_assert_eq!(status["overall"]["headline"].as_str(), Some(headline));
        let indicators = [
            ("status.json", &status["overall"]["indicator"]),
            ("api/v2/status.json", &self.json("api/v2/status.json")["status"]["indicator"]),
            ("api/v2/summary.json", &self.json("api/v2/summary.json")["status"]["indicator"]),
        ];
        for (path, indicator) in indicators {
            prop_assert_eq!(indicator != "none", is_wrong, "{}: {} {}", path, headline, indicator);
        }
        Ok(())
    }
}

/// What each day of a page's lists shows.
fn lists_of(page: &str) -> Lists {
    let days = page.split("<div class=\"dated\">").skip(1).map(|day| {
        let day = day.split("</div>").next().unwrap_or_default();
        let date = between(day, "<time datetime=\"", "\"").parse().expect("a day");
        let ids = day.split("incidents/").skip(1).filter_map(|it| it.split_once(".html"));
        (date, ids.map(|it| it.0.to_owned()).collect())
    });
    days.collect()
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let rest = text.split_once(before).unwrap_or_else(|| panic!("{before} is there")).1;
    rest.split_once(after).expect("it ends").0
}

/// The project, in which each incident that names no component has this impact.
fn with_impact(project: Project, impact: Option<Impact>) -> Project {
    let changed = |it: &Arc<Incident>| {
        let mut incident = Incident::clone(it);
        if let Kind::Incident(head) = &mut incident.kind {
            let names =
                head.components.is_empty() && incident.updates.iter().all(|it| it.components.is_empty());
            head.impact = impact.filter(|_| names);
        }
        Arc::new(incident)
    };
    Project { incidents: project.incidents.iter().map(changed).collect(), ..project }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn pages_never_contradict_each_other(
        world in world(),
        now in minute(),
        shift in 0..8_i32,
        impact in option::of(select(Impact::ALL.to_vec())),
    ) {
        let world = World { shift, ..world };
        let pages = Pages::of(&with_impact(world.project(), impact), world.at(now));
        let recent = pages.text("index.html").map(lists_of).unwrap_or_default();
        prop_assert_eq!(recent.len(), 14);
        pages.check("index.html", &recent)?;
        pages.check_months()?;
        pages.check_silence()?;
        pages.check_agreement()?;
    }
}
