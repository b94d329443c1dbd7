//! Documents for programs, and files that are copied as they are.

use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;

use super::view::Voice;
use super::{RenderInput, api, badge, calendar, embed, look, metrics, path, status, theme};
use crate::model::Component;
use crate::timeline::{Basis, ComponentYear, Interval};

/// A year of a component: its intervals that are not operational.
#[derive(Serialize)]
struct YearDocument<'a> {
    version: u8,
    component: &'a str,
    year: i16,
    intervals: Vec<IntervalEntry<'a>>,
}

#[derive(Serialize)]
struct IntervalEntry<'a> {
    from: Timestamp,
    to: Option<Timestamp>,
    state: &'static str,
    incident: &'a str,
    basis: &'static str,
    counted: bool,
}

/// `/status.json`, the components' years, the script for products, the theme's files and those of site/assets.
pub(super) fn documents(input: &RenderInput<'_>, revision: &str) -> Vec<(String, Arc<[u8]>)> {
    let voice = Voice { site: &input.project.site, words: &input.theme.words };
    let status = status::document(&voice, input.board, revision).to_json();
    let mut files = vec![("status.json".to_owned(), Arc::from(status.into_bytes()))];
    files.extend(api::files(&voice, input.board));
    for component in input.project.site.components.iter().filter(|it| it.listed) {
        let years = input.board.years_of(&component.id);
        let found = years.iter().filter_map(|year| input.board.component_year(&component.id, *year));
        files.extend(found.map(|year| component_year(component, &year)));
    }
    files.push(embed::script(input));
    let theme = input.theme.assets.iter().filter(|(path, _)| *path != embed::SCRIPT).map(|(path, file)| {
        let bytes = if path == theme::STYLE { style(input, file.bytes()) } else { file.bytes().into() };
        (format!("theme/{path}"), bytes)
    });
    let assets = input.project.assets.iter().filter_map(|file| {
        let path = file.path.strip_prefix("site/assets/")?;
        Some((format!("assets/{path}"), file.bytes().into()))
    });
    files.extend(theme.chain(assets));
    files.push(("metrics".to_owned(), Arc::from(metrics::text(&voice, input.board).into_bytes())));
    files.extend(badge::files(input));
    files.extend(calendar::files(input));
    files
}

/// The theme's style sheet, and behind it what the site has of its own.
fn style(input: &RenderInput<'_>, theme: &[u8]) -> Arc<[u8]> {
    let own = look::sheet(&input.project.site.look, &input.theme.tokens);
    [theme, own.as_bytes()].concat().into()
}

fn component_year(component: &Component, year: &ComponentYear) -> (String, Arc<[u8]>) {
    let document = YearDocument {
        version: 1,
        component: component.id.as_str(),
        year: year.year,
        intervals: year.intervals.iter().map(interval).collect(),
    };
    let mut json = serde_json::to_string_pretty(&document).expect("its maps have text keys");
    json.push('\n');
    (path::component_year_json(&component.id, year.year), Arc::from(json.into_bytes()))
}

fn interval(interval: &Interval) -> IntervalEntry<'_> {
    IntervalEntry {
        from: interval.span.from,
        to: interval.span.to,
        state: interval.state.word(),
        incident: interval.story.incident.id.as_str(),
        basis: match interval.basis {
            Basis::Declared | Basis::Maintenance => "declared",
            Basis::Measured => "measured",
            Basis::Derived(_) => "derived",
        },
        counted: interval.counted,
    }
}
