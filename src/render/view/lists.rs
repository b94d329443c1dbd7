//! Pages that list: maintenance, postmortems.

use std::sync::Arc;

use serde::Serialize;

use super::head::describe;
use super::line::{self, LineView};
use super::{About, Body, HeadView, NameView, PageOf, Voice};
use crate::render::path;
use crate::timeline::{Phase, Story};

/// `maintenance.html`: what is under way, what is ahead, what was.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct MaintenanceView {
    /// "Maintenance", of a year "Maintenance 2020".
    pub heading: String,
    /// Whether it is a year's page.
    pub of_year: bool,
    /// Under way.
    pub under_way: Vec<LineView>,
    /// Ahead.
    pub ahead: Vec<LineView>,
    /// Over or cancelled, newest first: of the year, or on `/maintenance.html` of the current one.
    pub past: Vec<LineView>,
    /// The years that have a page, newest first.
    pub years: Vec<NameView>,
}

/// `postmortems.html`: all postmortems.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct PostmortemsView {
    /// The years with postmortems, newest first.
    pub years: Vec<PostmortemYearView>,
}

/// The postmortems of a year.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct PostmortemYearView {
    /// The year.
    pub year: String,
    /// Its postmortems, newest incident first.
    pub lines: Vec<PostmortemLineView>,
}

/// A postmortem in a list.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct PostmortemLineView {
    /// The incident's headline, leading to the postmortem.
    pub link: NameView,
    /// The incident.
    pub incident: LineView,
    /// What was the matter, in a sentence.
    pub root_cause: Option<String>,
}

/// Maintenance that a page lists.
#[derive(Clone, Copy, Debug)]
pub struct MaintenanceOf<'a> {
    /// The year of a year's page; none of `/maintenance.html`.
    pub year: Option<i16>,
    /// What is under way or ahead, in the order in which it is shown.
    pub current: &'a [Arc<Story>],
    /// What ran, or is announced to run, in the year, newest first.
    pub ran: &'a [Arc<Story>],
    /// The years that have a page, newest first.
    pub years: &'a [i16],
}

/// The page of maintenance, or of a year of it.
pub fn maintenance_page(voice: &Voice<'_>, of: MaintenanceOf<'_>) -> PageOf {
    let in_phase = |phase: Phase| of.current.iter().filter(move |it| it.phase == phase);
    let past = of.ran.iter().filter(|it| it.phase.is_over());
    let link = |it: i16| NameView::with_page(voice.words.year(it), &path::maintenance_year(it));
    let body = MaintenanceView {
        heading: maintenance_heading(voice, of.year),
        of_year: of.year.is_some(),
        under_way: in_phase(Phase::Open).map(|it| line::line(voice, it)).collect(),
        ahead: in_phase(Phase::Ahead).map(|it| line::line(voice, it)).collect(),
        past: past.map(|it| line::line(voice, it)).collect(),
        years: of.years.iter().map(|it| link(*it)).collect(),
    };
    let head = match of.year {
        Some(year) => maintenance_year_head(voice, year),
        None => maintenance_head(voice, &body),
    };
    PageOf { head, body: Body::Maintenance(body) }
}

fn maintenance_head(voice: &Voice<'_>, page: &MaintenanceView) -> HeadView {
    let count = |lines: &[LineView], key| {
        (!lines.is_empty()).then(|| voice.words.count(key, lines.len() as u64, &[]))
    };
    let facts = [count(&page.under_way, "head.under_way"), count(&page.ahead, "head.ahead")];
    let text = voice.words.fill("head.maintenance", &[("site", &voice.site.title)]);
    let about = About::page("maintenance.html", page.heading.clone(), describe(voice, &facts, &text));
    HeadView::new(voice, &about)
}

fn maintenance_year_head(voice: &Voice<'_>, year: i16) -> HeadView {
    let values = [("site", voice.site.title.as_str()), ("year", &voice.words.year(year))];
    let description = voice.words.fill("head.maintenance_year", &values);
    let path = path::maintenance_year(year);
    let within = vec![NameView::with_page(maintenance_heading(voice, None), "maintenance.html")];
    let name = maintenance_heading(voice, Some(year));
    HeadView::new(voice, &About { within, ..About::page(&path, name, description) })
}

/// The page of all postmortems that can be read; `stories` are those that have one, newest first.
pub fn postmortems_page(voice: &Voice<'_>, stories: &[&Story]) -> PageOf {
    let dated = stories.iter().map(|it| (voice.day_of(it.started_at).year(), *it)).collect::<Vec<_>>();
    let years = dated.chunk_by(|one, other| one.0 == other.0).map(|of_year| PostmortemYearView {
        year: voice.words.year(of_year[0].0),
        lines: of_year.iter().map(|(_, it)| postmortem_line(voice, it)).collect(),
    });
    let count = stories.len() as u64;
    let facts = [(0 < count).then(|| voice.words.count("head.postmortem_count", count, &[]))];
    let text = voice.words.fill("head.postmortems", &[("site", &voice.site.title)]);
    let name = voice.say("page.postmortems.title");
    let about = About::page("postmortems.html", name, describe(voice, &facts, &text));
    let body = Body::Postmortems(PostmortemsView { years: years.collect() });
    PageOf { head: HeadView::new(voice, &about), body }
}

fn maintenance_heading(voice: &Voice<'_>, year: Option<i16>) -> String {
    match year {
        None => voice.say("page.maintenance.title"),
        Some(year) => voice.words.fill("page.maintenance.year_title", &[("year", &voice.words.year(year))]),
    }
}

fn postmortem_line(voice: &Voice<'_>, story: &Story) -> PostmortemLineView {
    let postmortem = story.incident.postmortem.as_ref();
    PostmortemLineView {
        link: NameView::with_page(story.title.clone(), &path::postmortem(&story.incident.id)),
        incident: line::line(voice, story),
        root_cause: postmortem.and_then(|it| it.root_cause.clone()),
    }
}
