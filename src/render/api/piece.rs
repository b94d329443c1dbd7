//! Pieces of documents, written as they stand there: an object is written once and then copied.

use std::sync::Arc;

use serde::Serialize;
use serde_json::value::RawValue;

use super::incident::Account;
use super::object::{Component, Incident};
use crate::memo::ById;

/// A component or a group.
#[derive(Debug)]
pub(super) struct Row {
    component: Component,
    /// As it stands in a list.
    pub(super) listed: Box<RawValue>,
}

/// All that the piece of an incident depends on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct IncidentKey {
    account: ById<Account>,
    rows: Vec<ById<Row>>,
}

/// An incident.
#[derive(Debug)]
pub(super) struct IncidentPiece {
    /// What it tells.
    pub(super) account: Arc<Account>,
    /// As it stands in a list.
    pub(super) listed: Box<RawValue>,
    /// As it stands in a document of its own.
    pub(super) alone: Box<RawValue>,
}

impl Row {
    /// The row of a component or a group.
    pub(super) fn of(component: &Component) -> ById<Row> {
        ById(Arc::new(Row { component: component.clone(), listed: in_list(component) }))
    }
}

impl IncidentKey {
    /// Of an account, with the components as they are among all rows.
    pub(super) fn new(account: ById<Account>, rows: &[ById<Row>]) -> Self {
        let rows = account.0.rows.iter().map(|it| rows[*it].clone()).collect();
        IncidentKey { account, rows }
    }
}

impl IncidentPiece {
    /// The piece of a key.
    pub(super) fn of(key: &IncidentKey) -> Arc<IncidentPiece> {
        let account = &key.account.0;
        let incident = Incident {
            told: &account.told,
            components: key.rows.iter().map(|it| &it.0.component).collect(),
            reminder_intervals: None,
            schedule: account.schedule,
        };
        let (listed, alone) = (in_list(&incident), in_document(&incident));
        Arc::new(IncidentPiece { account: Arc::clone(account), listed, alone })
    }
}

/// An object as the value of a document's field.
pub(super) fn in_document(object: &impl Serialize) -> Box<RawValue> {
    indented(object, "  ")
}

/// An object as one of a list that is the value of a document's field.
fn in_list(object: &impl Serialize) -> Box<RawValue> {
    indented(object, "    ")
}

/// An object behind an indent, but for its first line. No text of JSON holds a line break as such.
fn indented(object: &impl Serialize, indent: &str) -> Box<RawValue> {
    let json = serde_json::to_string_pretty(object).expect("its maps have text keys");
    RawValue::from_string(json.replace('\n', &format!("\n{indent}"))).expect("spaces between values are JSON")
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[derive(Serialize)]
    struct Document<T> {
        one: T,
        list: [T; 2],
    }

    fn print<T: Serialize>(one: T, list: [T; 2]) -> String {
        serde_json::to_string_pretty(&Document { one, list }).unwrap()
    }

    #[test]
    fn a_piece_stands_in_a_document_as_its_object_would() {
        let object = json!({ "text": "two\nlines", "none": [], "some": [{ "deep": {} }, null] });
        let pieces = print(in_document(&object), [in_list(&object), in_list(&object)]);
        assert_eq!(pieces, print::<&Value>(&object, [&object, &object]));
    }
}
