//! A year of a component, a row a month.

use serde::Serialize;

use super::component::{UptimeRowView, uptime_row};
use super::{About, HeadView, NameView, Voice};
use crate::model::Component;
use crate::render::path;
use crate::timeline::{ComponentYear, Month};

/// `component-year.html`: a year of a component.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
pub struct ComponentYearView {
    /// The component.
    pub component: NameView,
    /// "Login in 2020".
    pub heading: String,
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
    let values = [("name", component.name.as_str()), ("year", &voice.words.year(year))];
    let description = voice.words.fill("head.component_year", &values);
    let path = path::component_year(&component.id, year);
    let page = About::page(&path, heading(voice, component, year), description);
    HeadView::new(voice, &About { within: vec![voice.component(&component.id)], ..page })
}

/// A component's year. `years` are those that have a page.
pub fn year(
    voice: &Voice<'_>,
    component: &Component,
    found: &ComponentYear,
    years: &[i16],
) -> ComponentYearView {
    let month = |it: &Month| uptime_row(voice, voice.words.month_alone(it.first), &it.uptime);
    let link = |it: i16| NameView::with_page(voice.words.year(it), &path::component_year(&component.id, it));
    let neighbour = |it: i16| Some(it).filter(|it| years.contains(it)).map(link);
    ComponentYearView {
        component: voice.component(&component.id),
        heading: heading(voice, component, found.year),
        months: found.months.iter().map(month).collect(),
        json: path::href(&path::component_year_json(&component.id, found.year)),
        previous: neighbour(found.year - 1),
        next: neighbour(found.year + 1),
    }
}

fn heading(voice: &Voice<'_>, component: &Component, year: i16) -> String {
    let values = [("name", component.name.as_str()), ("year", &voice.words.year(year))];
    voice.words.fill("page.component.year_title", &values)
}
