//! The public API of Atlassian's Statuspage, version 2, as files: what dashboards, bots, exporters and monitors
//! speak that know nothing of us.
//!
//! 1. The [`roster`] lists the components as they are.
//! 2. A [`stock`](document::Stock) is made: each [`incident`] that is open, ahead, or among the newest.
//! 3. The [`document`]s take from the stock what each of them holds.
//!
//! Nothing of it tells when it was built: the page is as old as the newest thing in it.

mod affected;
mod body;
mod document;
mod incident;
mod object;
mod roster;
mod stamp;

use std::cmp::Reverse;

use document::Stock;
use incident::Desk;
use object::{Incident, Overall, Page};
use roster::Roster;
use stamp::Stamp;

use super::ident;
use super::view::Voice;
use crate::emit::Output;
use crate::model::Kind;
use crate::timeline::{Board, Indicator, Story};

/// How many incidents, and how many maintenances, the lists hold: all that are open or ahead, and the newest others.
const LISTED: usize = 50;

/// All documents of the API.
pub(super) fn files(voice: &Voice<'_>, board: &Board) -> Vec<Output> {
    let roster = Roster::of(board);
    let page_id = ident::of_page(voice.site);
    let desk = Desk { voice: *voice, page_id: &page_id, roster: &roster };
    let list = |is_kind: fn(&Kind) -> bool| incidents(&desk, &newest(board, is_kind));
    let incidents = list(|it| matches!(it, Kind::Incident(_)));
    let maintenances = list(|it| matches!(it, Kind::Maintenance(_)));
    let told = incidents.iter().chain(&maintenances).map(|it| it.updated_at);
    let turned = roster.rows().iter().map(|it| it.updated_at);
    let stock = Stock {
        page: page(voice, &page_id, told.chain(turned).max()),
        status: overall(board.overall.indicator),
        components: roster.rows(),
        incidents,
        maintenances,
    };
    let documents = stock.documents().into_iter();
    documents.map(|(path, json)| (format!("api/v2/{path}.json").into(), json.into())).collect()
}

fn page<'a>(voice: &Voice<'a>, id: &'a str, updated_at: Option<Stamp>) -> Page<'a> {
    Page {
        id,
        name: &voice.site.title,
        url: &voice.site.url,
        time_zone: &voice.site.time_zone_name,
        updated_at: updated_at.unwrap_or_else(|| roster::ever(voice.site)),
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

/// The stories of a kind that the lists hold, in no order.
fn newest(board: &Board, is_kind: fn(&Kind) -> bool) -> Vec<&Story> {
    let all = board.history.iter().map(AsRef::as_ref).filter(|it: &&Story| is_kind(&it.incident.kind));
    let (mut listed, mut others): (Vec<&Story>, Vec<&Story>) = all.partition(|it| !it.phase.is_over());
    others.sort_by_cached_key(|it| Reverse(it.first_told()));
    others.truncate(LISTED.saturating_sub(listed.len()));
    listed.append(&mut others);
    listed
}

/// The incidents of stories, newest first.
fn incidents<'a>(desk: &Desk<'a>, stories: &[&'a Story]) -> Vec<Incident<'a>> {
    let mut incidents: Vec<Incident<'_>> = stories.iter().map(|it| desk.incident(it)).collect();
    incidents.sort_by(|one, other| {
        let newest_first = other.created_at.cmp(&one.created_at);
        newest_first.then_with(|| one.id.cmp(&other.id))
    });
    incidents
}
