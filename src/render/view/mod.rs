//! What each page shows: values that are ready to be printed, one page a file.
//!
//! Views are the contract with themes, told in `docs/themes.md`. They hold words, never facts to be
//! worked on: a template has nothing to decide, to reckon or to compare. They are compared by value,
//! so a page whose view is the same is the same page.

mod affected;
mod banner;
mod bars;
mod calendar;
mod card;
mod component;
mod component_year;
mod data;
mod embed;
mod figures;
mod head;
mod history;
mod incident;
mod index;
mod line;
mod lists;
mod postmortem;
mod reports;
mod search;
mod share_card;
mod shell;
mod site_page;
mod spread;
mod story_head;
mod subscribe;
mod update;
mod voice;

use serde::Serialize;
use tera::Context;

pub(super) use banner::overall;
pub use bars::{AllBars, BarsView, bars, state as component_state};
pub use component::{
    ComponentOf, ComponentView, component, head as component_head, since as component_since,
};
pub use component_year::{ComponentYearView, head as component_year_head, year as component_year};
pub use embed::{EmbedView, embed, head as embed_head};
pub use head::{About, Dates, FeedView, Genre, HeadView, PreviewView};
pub use history::{
    HistoryView, MonthOf, MonthSheet, MonthView, YearOf, YearView, history_page, month, month_page,
    month_sheet, search_page, year_page,
};
pub use incident::{Around, IncidentView, incident};
pub use index::{IndexView, head as index_head, index, recent_days};
pub use line::{LineView, Listed};
pub(super) use line::{line, touched};
pub use lists::{MaintenanceOf, MaintenanceView, PostmortemsView, maintenance_page, postmortems_page};
pub use postmortem::{PostmortemPageView, page as postmortem};
pub use search::{EntryView, SearchView, entry};
pub use share_card::ShareCard;
pub use shell::{ShellView, shell};
pub use site_page::{
    AliasView, MissingView, PageView, RemovedView, alias_head, missing_head, page, page_head, removed,
    removed_head,
};
pub(super) use story_head::{dates, postmortem_dates};
pub use story_head::{head as incident_head, postmortem_head};
pub use subscribe::{SubscribeView, head as subscribe_head, subscribe};
pub(super) use update::{anchors, rollout};
pub use voice::{LinkView, NameView, PhraseView, StateView, TimeView, Voice};

/// A page: what it says of itself, and what it shows.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PageOf {
    /// What it says of itself.
    pub head: HeadView,
    /// What it shows.
    pub body: Body,
}

/// What a page shows, by its template.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
pub enum Body {
    /// `index.html`.
    Index(Box<IndexView>),
    /// `embed.html`.
    Embed(Box<EmbedView>),
    /// `incident.html`.
    Incident(Box<IncidentView>),
    /// `postmortem.html`.
    Postmortem(Box<PostmortemPageView>),
    /// `history.html`.
    History(HistoryView),
    /// `year.html`.
    Year(YearView),
    /// `month.html`.
    Month(MonthView),
    /// `search.html`.
    Search(SearchView),
    /// `component.html`.
    Component(Box<ComponentView>),
    /// `component-year.html`.
    ComponentYear(Box<ComponentYearView>),
    /// `maintenance.html`.
    Maintenance(MaintenanceView),
    /// `postmortems.html`.
    Postmortems(PostmortemsView),
    /// `subscribe.html`.
    Subscribe(SubscribeView),
    /// `page.html`.
    Page(PageView),
    /// `404.html`.
    Missing(MissingView),
    /// `alias.html`.
    Alias(AliasView),
    /// `removed.html`.
    Removed(RemovedView),
}

impl Body {
    /// The template that prints it.
    pub fn template(&self) -> &'static str {
        match self {
            Body::Index(_) => "index.html",
            Body::Embed(_) => "embed.html",
            Body::Incident(_) => "incident.html",
            Body::Postmortem(_) => "postmortem.html",
            Body::History(_) => "history.html",
            Body::Year(_) => "year.html",
            Body::Month(_) => "month.html",
            Body::Search(_) => "search.html",
            Body::Component(_) => "component.html",
            Body::ComponentYear(_) => "component-year.html",
            Body::Maintenance(_) => "maintenance.html",
            Body::Postmortems(_) => "postmortems.html",
            Body::Subscribe(_) => "subscribe.html",
            Body::Page(_) => "page.html",
            Body::Missing(_) => "404.html",
            Body::Alias(_) => "alias.html",
            Body::Removed(_) => "removed.html",
        }
    }
}

impl PageOf {
    /// What its template finds: `site`, `page`, `root`, and the fields of its view.
    pub fn context(&self, site: &tera::Value) -> Context {
        let mut context =
            Context::from_serialize(&self.body).expect("every view is a struct of named fields");
        context.insert_value("site", site.clone());
        context.insert("page", &self.head);
        context.insert("root", &self.head.root);
        context
    }
}
