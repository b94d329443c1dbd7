//! What the files mean, checked: the [`Project`].
//!
//! These types know nothing of YAML, HTML, JSON, disks or clocks. Whatever stands in them was
//! read once, at the edge, and is believed from there on. All instants are UTC; a [`jiff::civil::Date`]
//! is a day of the site's zone.

mod colour;
#[cfg(test)]
pub(crate) mod fixture;
mod id;
mod incident;
mod look;
mod postmortem;
mod prose;
mod site;
mod state;
mod update;

use std::sync::Arc;

pub use colour::Colour;
pub use id::{ComponentId, GroupId, IncidentId};
pub use incident::{
    Correction, Declaration, Disruption, Edge, Incident, Kind, Maintenance, Notice, Report, Reports, Scope,
    Share, Window, Withheld,
};
pub use look::{Colours, Look, Paint, Part, Picture};
pub use postmortem::{
    Action, ActionKind, ActionStatus, Detection, EventKind, Figure, Postmortem, PostmortemEvent,
    PostmortemStatus, PostmortemTimes,
};
pub use prose::{Html, HtmlTag, Link, LinkTarget, Prose, ProseLink};
pub use site::{
    ApiIndicator, CascadeMode, Component, Dependency, Framing, Group, Limits, MaintenanceCounts, Removal,
    Rollup, Show, Site, Strength, UptimePolicy,
};
pub use state::{Impact, State, Status};
pub use update::{Publication, Update, sort_updates};

use crate::source::{Place, SourceFile};

/// Everything that was written, checked.
#[derive(Clone, Debug)]
pub struct Project {
    /// site.yaml.
    pub site: Arc<Site>,
    /// All incidents, maintenance and notices, drafts among them, by id.
    pub incidents: Arc<[Arc<Incident>]>,
    /// Incidents that were removed on purpose, and have no file any more.
    pub removed: Vec<Removal>,
    /// The pages of site/pages, in the order of the navigation.
    pub pages: Vec<Arc<Page>>,
    /// The files of site/assets, by path.
    pub assets: Vec<Arc<SourceFile>>,
}

/// A page of site/pages.
#[derive(Debug)]
pub struct Page {
    /// Its file.
    pub place: Place,
    /// The file's name without its ending; the page is `/<id>.html`.
    pub id: String,
    /// The headline, as plain text.
    pub title: String,
    /// Whether the navigation names it.
    pub nav: bool,
    /// Its place in the navigation; smaller comes first, then the title decides.
    pub order: i64,
    /// Whether it begins with the state of the moment.
    pub live: bool,
    /// The text.
    pub body: Prose,
}
