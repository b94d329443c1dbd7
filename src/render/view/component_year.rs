//! A year of a component, a row a month.

use serde::Serialize;

use super::component::{UptimeRowView, uptime_row};
use super::{HeadView, NameView, Voice};
use crate::model::Component;
use crate::render::path;
use crate::timeline::{ComponentYear, Month};

/// `component-year.html`: a year of a component.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ComponentYearView {
    /// The component.
    pub component: NameView,
    /// The year.
    pub year: String,
    /// The months that have begun, a row each.
    pub months: Vec<UptimeRowView>,
    /// Its intervals for programs.
    pub json: String,
    /// The year before, if it has a page.
    pub previous: Option<NameView>,
    /// The year after, if it has a page.
    pub next: Option<NameView>,
}

/// The head of a component's year.
pub fn head(voice: &Voice<'_>, component: &Component, year: i16) -> HeadView {
    let values = [("name", component.name.as_str()), ("year", &year.to_string())];
    let title = voice.words.fill("page.component.year_title", &values);
    HeadView::new(voice, &path::component_year(&component.id, year), &title)
}

/// A component's year. `years` are those that have a page.
pub fn year(
    voice: &Voice<'_>,
    component: &Component,
    found: &ComponentYear,
    years: &[i16],
) -> ComponentYearView {
    let month = |it: &Month| uptime_row(voice, voice.words.month_name(it.first).to_owned(), &it.uptime);
    let link = |it: i16| NameView::with_page(it.to_string(), &path::component_year(&component.id, it));
    let neighbour = |it: i16| Some(it).filter(|it| years.contains(it)).map(link);
    ComponentYearView {
        component: voice.component(&component.id),
        year: found.year.to_string(),
        months: found.months.iter().map(month).collect(),
        json: path::href(&path::component_year_json(&component.id, found.year)),
        previous: neighbour(found.year - 1),
        next: neighbour(found.year + 1),
    }
}
