//! Pages that list: maintenance, postmortems.

use serde::Serialize;

use super::head::describe;
use super::line::{self, LineView};
use super::{About, HeadView, NameView, Voice};
use crate::model::Kind;
use crate::render::path;
use crate::timeline::{Board, Phase, Story};

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

/// The years in which maintenance was announced to begin, newest first.
pub fn maintenance_years(voice: &Voice<'_>, board: &Board) -> Vec<i16> {
    let mut years: Vec<i16> = all_maintenance(board).map(|it| voice.day_of(it.started_at).year()).collect();
    years.sort_unstable();
    years.dedup();
    years.reverse();
    years
}

/// The head of `/maintenance.html`, or of a year's page.
pub fn maintenance_head(voice: &Voice<'_>, board: &Board, year: Option<i16>) -> HeadView {
    let name = maintenance_heading(voice, year);
    let site = voice.site.title.as_str();
    let Some(year) = year else {
        let count = |phase, key| {
            let count = board.maintenance.iter().filter(|it| it.phase == phase).count() as u64;
            (0 < count).then(|| voice.words.count(key, count, &[]))
        };
        let facts = [count(Phase::Open, "head.under_way"), count(Phase::Ahead, "head.ahead")];
        let text = voice.words.fill("head.maintenance", &[("site", site)]);
        let about = About::page("maintenance.html", name, describe(voice, &facts, &text));
        return HeadView::new(voice, &about);
    };
    let values = [("site", site), ("year", &voice.words.year(year))];
    let description = voice.words.fill("head.maintenance_year", &values);
    let path = path::maintenance_year(year);
    let within = vec![NameView::with_page(maintenance_heading(voice, None), "maintenance.html")];
    HeadView::new(voice, &About { within, ..About::page(&path, name, description) })
}

/// The head of `/postmortems.html`.
pub fn postmortems_head(voice: &Voice<'_>, board: &Board) -> HeadView {
    let count = board.history.iter().filter(|it| it.has_postmortem).count() as u64;
    let facts = [(0 < count).then(|| voice.words.count("head.postmortem_count", count, &[]))];
    let text = voice.words.fill("head.postmortems", &[("site", &voice.site.title)]);
    let description = describe(voice, &facts, &text);
    let name = voice.say("page.postmortems.title");
    HeadView::new(voice, &About::page("postmortems.html", name, description))
}

/// `/maintenance.html`, or a year's page.
pub fn maintenance(voice: &Voice<'_>, board: &Board, year: Option<i16>) -> MaintenanceView {
    let shown = year.unwrap_or(board.today.year());
    let of_year = |it: &Story| year.is_none() || voice.day_of(it.started_at).year() == shown;
    let in_phase = |phase: Phase| {
        let current = board.maintenance.iter().filter(move |it| it.phase == phase);
        current.filter(|it| of_year(it)).map(|it| line::line(voice, it)).collect()
    };
    let past = all_maintenance(board)
        .filter(|it| !matches!(it.phase, Phase::Ahead | Phase::Open))
        .filter(|it| voice.day_of(it.started_at).year() == shown);
    let link = |it: i16| NameView::with_page(voice.words.year(it), &path::maintenance_year(it));
    MaintenanceView {
        heading: maintenance_heading(voice, year),
        of_year: year.is_some(),
        under_way: in_phase(Phase::Open),
        ahead: in_phase(Phase::Ahead),
        past: past.map(|it| line::line(voice, it)).collect(),
        years: maintenance_years(voice, board).into_iter().map(link).collect(),
    }
}

/// All postmortems that can be read.
pub fn postmortems(voice: &Voice<'_>, board: &Board) -> PostmortemsView {
    let mut years: Vec<PostmortemYearView> = Vec::new();
    for story in board.history.iter().filter(|it| it.has_postmortem) {
        let year = voice.words.year(voice.day_of(story.started_at).year());
        if years.last().is_none_or(|it| it.year != year) {
            years.push(PostmortemYearView { year, lines: Vec::new() });
        }
        if let Some(last) = years.last_mut() {
            last.lines.push(postmortem_line(voice, story));
        }
    }
    PostmortemsView { years }
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

fn all_maintenance(board: &Board) -> impl Iterator<Item = &Story> {
    let all = board.history.iter().map(AsRef::as_ref);
    all.filter(|it: &&Story| matches!(it.incident.kind, Kind::Maintenance(_)))
}
