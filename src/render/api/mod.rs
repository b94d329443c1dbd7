//! The public API of Atlassian's Statuspage, version 2, as files: what dashboards, bots, exporters and monitors
//! speak that know nothing of us.
//!
//! 1. The [`roster`] lists the components as they are.
//! 2. A [`choice`] is made: each incident that is open, ahead, or among the newest.
//! 3. Each [`incident`] is told, and written as a [`piece`] with the components as they are.
//! 4. The [`document`]s take from the pieces what each of them holds.
//!
//! All but the documents is remembered, so that an update writes one incident anew and copies the others.
//! Nothing of it tells when it was built: the page is as old as the newest thing in it.

mod affected;
mod body;
mod choice;
mod document;
mod incident;
mod object;
mod piece;
mod roster;
mod stamp;

use std::sync::Arc;

use choice::Offer;
use document::Stock;
use incident::{Account, AccountKey};
use object::{Component, Overall, Page};
use piece::{IncidentKey, IncidentPiece, Row};
use roster::{Roster, Seat};
use serde_json::value::RawValue;
use stamp::Stamp;

use super::edition::{Edition, InEdition};
use super::ident;
use super::shelf::Shelf;
use crate::emit::Output;
use crate::memo::{ById, Memo};
use crate::model::{ApiIndicator, Site};
use crate::timeline::{Board, Indicator, Story};

/// What was told before.
#[derive(Debug, Default)]
pub(super) struct ApiMemory {
    offers: Memo<ById<Shelf>, Arc<Offer>>,
    seats: Memo<Arc<[Seat]>, ById<[Seat]>>,
    rows: Memo<Component, ById<Row>>,
    accounts: Memo<AccountKey, ById<Account>>,
    incidents: Memo<IncidentKey, Arc<IncidentPiece>>,
}

/// What incidents are written with.
struct Desk<'a> {
    edition: &'a ById<Edition>,
    seats: ById<[Seat]>,
    rows: Vec<ById<Row>>,
}

impl ApiMemory {
    /// Ends a run: what was not asked for since the last end is dropped.
    pub(super) fn end_run(&mut self) {
        self.offers.end_run();
        self.seats.end_run();
        self.rows.end_run();
        self.accounts.end_run();
        self.incidents.end_run();
    }
}

/// All documents of the API.
pub(super) fn files(
    edition: &ById<Edition>,
    board: &Board,
    shelves: &[Arc<Shelf>],
    memory: &mut ApiMemory,
) -> Vec<Output> {
    let Roster { rows, seats } = Roster::of(board);
    let turned = rows.iter().map(|it| it.updated_at).max();
    let desk = Desk {
        edition,
        seats: memory.seats.get(seats.into(), |it| ById(Arc::clone(it))),
        rows: memory.rows.get_all(rows, Row::of),
    };
    let offers = shelves.iter().map(|it| ById(Arc::clone(it))).collect();
    let offers = memory.offers.get_all(offers, Offer::of);
    let incidents = desk.incidents(&choice::incidents(&offers), memory);
    let maintenances = desk.incidents(&choice::maintenances(&offers), memory);
    let told = incidents.iter().chain(&maintenances).map(|it| it.account.told.updated_at);
    let stock = Stock {
        page: &page(&edition.0.site, told.chain(turned).max()),
        status: overall(indicator(&edition.0.site, board)),
        components: &desk.rows.iter().map(|it| &*it.0.listed).collect::<Vec<_>>(),
        incidents: &incidents,
        maintenances: &maintenances,
    };
    let documents = stock.documents().into_iter();
    documents.map(|(path, json)| (format!("api/v2/{path}.json").into(), json.into())).collect()
}

impl Desk<'_> {
    /// The incidents of stories, newest first.
    fn incidents(&self, stories: &[&Arc<Story>], memory: &mut ApiMemory) -> Vec<Arc<IncidentPiece>> {
        let story = |it: &&Arc<Story>| InEdition::of(self.edition, it);
        let keys = stories.iter().map(|it| AccountKey { story: story(it), seats: self.seats.clone() });
        let accounts = memory.accounts.get_all(keys.collect(), |it| ById(Arc::new(Account::of(it))));
        let keys = accounts.into_iter().map(|it| IncidentKey::new(it, &self.rows)).collect();
        let mut incidents = memory.incidents.get_all(keys, IncidentPiece::of);
        incidents.sort_by(|one, other| {
            let (one, other) = (&one.account.told, &other.account.told);
            let newest_first = other.created_at.cmp(&one.created_at);
            newest_first.then_with(|| one.id.cmp(&other.id))
        });
        incidents
    }
}

fn page(site: &Site, updated_at: Option<Stamp>) -> Box<RawValue> {
    piece::in_document(&Page {
        id: &ident::of_page(site),
        name: &site.title,
        url: &site.url,
        time_zone: &site.time_zone_name,
        updated_at: updated_at.unwrap_or_else(|| roster::ever(site)),
    })
}

/// Clients that take the indicator for the worst state of a component can have it so.
fn indicator(site: &Site, board: &Board) -> Indicator {
    match site.api_indicator {
        ApiIndicator::All => board.overall.indicator,
        ApiIndicator::Components => board.overall.of_components,
    }
}

/// The description is the service's own, whatever our headline says: clients compare it.
fn overall(indicator: Indicator) -> Overall {
    let description = match indicator {
        Indicator::None => "All Systems Operational",
        Indicator::Maintenance => "Service Under Maintenance",
        Indicator::Minor => "Partially Degraded Service",
        Indicator::Major => "Partial System Outage",
        Indicator::Critical => "Major System Outage",
    };
    Overall { indicator: indicator.word(), description }
}
