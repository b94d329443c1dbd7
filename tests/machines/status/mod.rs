//! `status.json` keeps the schema that `docs/` promises to those who read it.

mod schema;

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::site::sample;
use schema::Schema;

const SCHEMA: &str = include_str!("../../../docs/status.schema.json");

/// The sample while all works, in an outage and after it, with work announced, and under way.
const INSTANTS: [&str; 5] = [
    "2020-07-10T10:00:00Z",
    "2020-07-10T11:30:00Z",
    "2020-07-10T13:00:00Z",
    "2026-11-21T12:00:00Z",
    "2026-12-05T12:00:00Z",
];

fn schema() -> Schema {
    Schema::new(SCHEMA)
}

/// The document of the sample at an instant.
#[track_caller]
fn document(at: &str) -> Value {
    serde_json::from_str(&sample(at)["status.json"]).unwrap()
}

#[test]
fn the_sample_keeps_the_schema() {
    for at in INSTANTS {
        assert_eq!(schema().faults(&document(at)), [""; 0], "{at}");
    }
}

#[test]
fn every_test_site_keeps_the_schema() {
    let sites = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites")).unwrap();
    let documents = sites.map(|it| it.unwrap().path().join("expected/status.json")).filter(|it| it.exists());
    let mut seen = Vec::new();
    for path in documents {
        let document: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        assert_eq!(schema().faults(&document), [""; 0], "{}", path.display());
        seen.push(document);
    }
    let seen = Value::from(seen).to_string();
    for rare in
        ["\"late\":true", "\"kind\":\"notice\"", "\"via\":{", "\"groups\":[{", "\"next_update_by\":\""]
    {
        assert!(seen.contains(rare), "no site has {rare}");
    }
}

#[test]
fn each_key_of_the_document_is_told_and_no_object_is_open() {
    for (path, schema) in schema().all() {
        assert!(schema["description"].is_string(), "{path} is not described");
        if schema["properties"].is_object() {
            let keys: Vec<&String> = schema["properties"].as_object().unwrap().keys().collect();
            let required: Vec<&str> =
                schema["required"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
            let mut sorted = required.clone();
            sorted.sort_unstable();
            assert!(keys == sorted, "{path}: a key that is absent is null, so all are required");
            assert_eq!(schema["additionalProperties"], false, "{path}");
        }
    }
}

#[test]
fn the_order_of_the_keys_is_that_of_the_schema() {
    let required = SCHEMA.split("\"required\": [").nth(2).unwrap().split(']').next().unwrap();
    let text = fs::read_to_string(
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/burning/expected/status.json"),
    );
    let text = text.unwrap();
    let keys: Vec<&str> = required.split(", ").map(|it| it.trim_matches('"')).collect();
    let places: Vec<usize> = keys.iter().map(|it| text.find(&format!("\n  \"{it}\": ")).unwrap()).collect();
    assert!(9 == keys.len() && places.is_sorted(), "{keys:?}");
}

/// Checks that a document with this changed is refused, and why.
#[track_caller]
fn check_refused(pointer: &str, value: &Value, fault: &str) {
    let mut document = document(INSTANTS[1]);
    let (parent, key) = pointer.rsplit_once('/').unwrap();
    let parent = document.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    match value {
        Value::Object(empty) if empty.is_empty() => drop(parent.remove(key).unwrap()),
        value => drop(parent.insert(key.to_owned(), value.clone())),
    }
    let faults = schema().faults(&document);
    assert!(faults.iter().any(|it| it.contains(fault)), "{faults:?}");
}

#[test]
fn what_is_not_promised_is_refused() {
    check_refused("/revision", &json!({}), "no revision");
    check_refused("/revision", &json!("short"), "is not of minLength 32");
    check_refused("/clock", &json!(1), "/clock is not known");
    check_refused("/version", &json!(2), "is not of const 1");
    check_refused("/overall/indicator", &json!("bad"), "is not of enum");
    check_refused("/components/0/via", &json!(3), "is not of oneOf");
    check_refused("/components/0/uptime/days", &json!(-1), "is not of minimum 0");
    check_refused("/incidents/0/components/login", &json!("down"), "is not of enum");
    check_refused("/incidents/0/started_at", &json!("2020-07-10 10:30"), "is not of format");
    check_refused("/incidents/0/url", &json!("/incidents"), "is not of format");
}
