//! Sites that chance wrote, built in this process.

use std::sync::Arc;

use allclear::model::{
    Correction, Html, Incident, IncidentId, Kind, Notice, Postmortem, PostmortemStatus, PostmortemTimes,
    Project, Prose,
};
use allclear::render::{self, RenderInput, Shown, Theme};
use allclear::timeline::{Audience, Visibility, at};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::{ProptestConfig, Strategy, any, prop_assert, proptest};

use crate::{Site, agreement};

#[path = "../laws/world.rs"]
mod world;

use world::{minute, world};

/// What a site has that a [`world::World`] has not.
#[derive(Clone, Debug)]
struct Trimmings {
    /// Stands in titles and texts.
    words: String,
    /// The component that is not listed, counted from the first; none if there is none so far.
    unlisted: usize,
    /// The component that stands in no group.
    loose: usize,
    /// So long after an incident has begun its postmortem is published, in minutes.
    postmortem: i64,
    /// Whether an incident has the id that it was imported with.
    imported: bool,
}

fn trimmings() -> impl Strategy<Value = Trimmings> {
    ("[ -~äß雨]{0,60}", 0..6_usize, 0..6_usize, -600..3000_i64, any::<bool>()).prop_map(
        |(words, unlisted, loose, postmortem, imported)| Trimmings {
            words: words.split_whitespace().collect::<Vec<_>>().join(" "),
            unlisted,
            loose,
            postmortem,
            imported,
        },
    )
}

impl Trimmings {
    fn trim(&self, mut project: Project) -> Project {
        let site = Arc::get_mut(&mut project.site).expect("nobody else has it");
        for (number, component) in site.components.iter_mut().enumerate() {
            component.listed = number != self.unlisted;
            component.group = component.group.take().filter(|_| number != self.loose);
            // Older years would be more pages and nothing else.
            component.since = component.since.map(|it| it.max(Date::constant(2026, 1, 1)));
        }
        let mut incidents = project.incidents.to_vec();
        project.incidents = Arc::default();
        for incident in &mut incidents {
            self.tell(Arc::get_mut(incident).expect("nobody else has it"));
        }
        if let Some(Kind::Incident(first)) = incidents.first().map(|it| it.kind.clone()) {
            let mut notice = Incident::clone(&incidents[0]);
            notice.id = IncidentId::new("notice");
            notice.kind = Kind::Notice(Notice::default());
            notice.published_at = first.started_at;
            notice.aliases.clear();
            incidents.push(Arc::new(notice));
        }
        project.incidents = incidents.into();
        project
    }

    fn tell(&self, incident: &mut Incident) {
        incident.title = format!("{} {}", incident.title, self.words).trim().to_owned();
        incident.summary = prose(&self.words);
        if self.imported {
            incident.aliases.push(IncidentId::new(&format!("imported00{}", incident.id)));
        }
        for (number, update) in incident.updates.iter_mut().enumerate() {
            update.body = prose(&format!("{number} {}", self.words));
        }
        if let Kind::Incident(head) = &incident.kind {
            let published = head.started_at.map(|it| it + SignedDuration::from_mins(self.postmortem));
            incident.postmortem = published.map(|it| postmortem(incident, it));
        }
    }
}

fn prose(text: &str) -> Prose {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    Prose { html: Html::trusted(format!("<p>{escaped}</p>")), plain: text.to_owned(), ..Prose::default() }
}

fn postmortem(incident: &Incident, published_at: Timestamp) -> Postmortem {
    Postmortem {
        place: incident.place.clone(),
        status: PostmortemStatus::Published,
        authors: Vec::new(),
        published_at: Some(published_at),
        times: PostmortemTimes::default(),
        root_cause: None,
        trigger: None,
        detection: None,
        contributing_factors: Vec::new(),
        went_well: Vec::new(),
        went_badly: Vec::new(),
        got_lucky: Vec::new(),
        timeline: Vec::new(),
        actions: Vec::new(),
        numbers: Vec::new(),
        sources: Vec::new(),
        corrections: vec![Correction { at: published_at, note: "A figure was wrong".to_owned() }],
        body: prose("We learnt."),
    }
}

fn build(project: &Project, now: Timestamp) -> Site {
    let board = at(project, now, Visibility::default());
    let settled = at(project, board.last_change.unwrap_or(now), Visibility::default());
    let theme = Arc::new(Theme::load(None, "default", "en").value);
    let audience = Audience::Public;
    let shown = Shown::Present;
    let input = RenderInput { project, board: &board, settled: &settled, theme: &theme, audience, shown };
    let tree = render::site(&input, &mut render::Memory::default()).value;
    Site::new(tree.iter().map(|(path, bytes)| (path.to_owned(), bytes.bytes().unwrap().to_vec())))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_was_written_is_served_as_clients_know_it(
        world in world(), trimmings in trimmings(), now in minute()
    ) {
        let project = trimmings.trim(world.project());
        let site = build(&project, world.at(now));
        let faults = [site.faults(), agreement::page_faults(&site)].concat();
        prop_assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn between_two_changes_no_document_differs(
        world in world(), trimmings in trimmings(), now in minute(), share in 0..1000_i64
    ) {
        let project = trimmings.trim(world.project());
        let now = world.at(now);
        let board = at(&project, now, Visibility::default());
        let (Some(last), Some(next)) = (board.last_change, board.next_change) else { return Ok(()) };
        let other = last + SignedDuration::from_secs((next.as_second() - last.as_second()) * share / 1000);
        prop_assert!(build(&project, now).documents == build(&project, other).documents);
    }
}
