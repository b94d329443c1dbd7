//! The documents: which of what there is each of them holds.

use std::sync::Arc;

use serde::Serialize;
use serde_json::value::RawValue;

use super::object::Overall;
use super::piece::IncidentPiece;

/// What all documents are made of.
pub(super) struct Stock<'a> {
    /// The page.
    pub(super) page: &'a RawValue,
    /// Its state.
    pub(super) status: Overall,
    /// Its components and groups.
    pub(super) components: &'a [&'a RawValue],
    /// The incidents of the list.
    pub(super) incidents: &'a [Arc<IncidentPiece>],
    /// The maintenances of the list.
    pub(super) maintenances: &'a [Arc<IncidentPiece>],
}

/// A document. What it does not speak of is left out of it; what there is none of is an empty list.
#[derive(Clone, Debug, Serialize)]
struct Document<'a> {
    page: &'a RawValue,
    #[serde(skip_serializing_if = "Option::is_none")]
    components: Option<&'a [&'a RawValue]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    incident: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    incidents: Option<Vec<&'a RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scheduled_maintenances: Option<Vec<&'a RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<Overall>,
}

impl Stock<'_> {
    /// All documents by their paths below `api/v2/`, without the ending.
    pub(super) fn documents(&self) -> Vec<(String, Vec<u8>)> {
        let open = || Some(in_status(self.incidents, &["investigating", "identified", "monitoring"]));
        let ahead = || in_status(self.maintenances, &["scheduled"]);
        let active = || in_status(self.maintenances, &["in_progress", "verifying"]);
        let blank = Document::about(self.page);
        let summary = Document {
            components: Some(self.components),
            incidents: open(),
            scheduled_maintenances: Some([active(), ahead()].concat()),
            status: Some(self.status),
            ..blank.clone()
        };
        let of_maintenance = |all| Document { scheduled_maintenances: Some(all), ..blank.clone() };
        let named = [
            ("summary", summary),
            ("status", Document { status: Some(self.status), ..blank.clone() }),
            ("components", Document { components: Some(self.components), ..blank.clone() }),
            ("incidents", Document { incidents: Some(listed(self.incidents)), ..blank.clone() }),
            ("incidents/unresolved", Document { incidents: open(), ..blank.clone() }),
            ("scheduled-maintenances", of_maintenance(listed(self.maintenances))),
            ("scheduled-maintenances/upcoming", of_maintenance(ahead())),
            ("scheduled-maintenances/active", of_maintenance(active())),
        ];
        let named = named.map(|(path, document)| (path.to_owned(), document.to_json()));
        let each = self.incidents.iter().chain(self.maintenances).map(|it| {
            let document = Document { incident: Some(&it.alone), ..blank.clone() };
            (format!("incidents/{}", it.account.told.id), document.to_json())
        });
        named.into_iter().chain(each).collect()
    }
}

impl<'a> Document<'a> {
    fn about(page: &'a RawValue) -> Self {
        Document {
            page,
            components: None,
            incident: None,
            incidents: None,
            scheduled_maintenances: None,
            status: None,
        }
    }

    fn to_json(&self) -> Vec<u8> {
        let mut json = serde_json::to_vec_pretty(self).expect("its maps have text keys");
        json.push(b'\n');
        json
    }
}

fn listed<'a>(all: impl IntoIterator<Item = &'a Arc<IncidentPiece>>) -> Vec<&'a RawValue> {
    all.into_iter().map(|it| &*it.listed).collect()
}

/// Those of a list that are in one of the statuses: what comes next first, of maintenances; else in its order.
fn in_status<'a>(all: &'a [Arc<IncidentPiece>], statuses: &[&str]) -> Vec<&'a RawValue> {
    let found = all.iter().filter(|it| statuses.contains(&it.account.told.status));
    let mut found: Vec<&Arc<IncidentPiece>> = found.collect();
    found.sort_by_key(|it| it.account.schedule.map(|it| it.scheduled_for));
    listed(found)
}
