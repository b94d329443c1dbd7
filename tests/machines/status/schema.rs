//! As much of JSON Schema as `docs/status.schema.json` uses. A keyword that is not known here is refused, so nothing
//! that the schema says goes unchecked.

use serde_json::Value;

/// A schema, whose references are resolved within it.
pub(crate) struct Schema(Value);

/// Keywords that say something to people alone.
const FOR_PEOPLE: [&str; 5] = ["$schema", "$id", "$defs", "title", "description"];

impl Schema {
    pub(crate) fn new(text: &str) -> Schema {
        Schema(serde_json::from_str(text).expect("the schema is JSON"))
    }

    /// All schemas within it, itself first, with the path of each.
    pub(crate) fn all(&self) -> Vec<(String, &Value)> {
        let mut found = vec![(String::new(), &self.0)];
        let mut next = 0;
        while let Some((path, schema)) = found.get(next).cloned() {
            for keyword in ["properties", "$defs"] {
                let named = schema[keyword].as_object().into_iter().flatten();
                found.extend(named.map(|(name, it)| (format!("{path}/{keyword}/{name}"), it)));
            }
            next += 1;
        }
        found
    }

    /// What is wrong with a document, a line each.
    pub(crate) fn faults(&self, document: &Value) -> Vec<String> {
        let mut faults = Vec::new();
        self.check(&self.0, document, "", &mut faults);
        faults
    }

    fn check(&self, schema: &Value, value: &Value, path: &str, faults: &mut Vec<String>) {
        for (keyword, wanted) in schema.as_object().expect("a schema is an object") {
            let holds = match keyword.as_str() {
                "$ref" => {
                    self.check(self.resolve(wanted), value, path, faults);
                    true
                }
                "properties" | "additionalProperties" | "required" => true,
                "items" => {
                    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.check(wanted, item, &format!("{path}/{index}"), faults);
                    }
                    true
                }
                "oneOf" => one_of(wanted).filter(|it| self.accepts(it, value)).count() == 1,
                keyword => FOR_PEOPLE.contains(&keyword) || holds(keyword, wanted, value),
            };
            if !holds {
                faults.push(format!("{path}: {value} is not of {keyword} {wanted}"));
            }
        }
        self.check_keys(schema, value, path, faults);
    }

    /// The keys of an object: those that must be there, those that are known, and all others.
    fn check_keys(&self, schema: &Value, value: &Value, path: &str, faults: &mut Vec<String>) {
        let Some(object) = value.as_object() else { return };
        let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
        faults.extend(required.filter(|it| !object.contains_key(*it)).map(|it| format!("{path}: no {it}")));
        for (key, value) in object {
            let path = format!("{path}/{key}");
            match (&schema["properties"][key], &schema["additionalProperties"]) {
                (Value::Null, Value::Null) => {}
                (Value::Null, Value::Bool(false)) => faults.push(format!("{path} is not known")),
                (Value::Null, others) => self.check(others, value, &path, faults),
                (known, _) => self.check(known, value, &path, faults),
            }
        }
    }

    fn accepts(&self, schema: &Value, value: &Value) -> bool {
        let mut faults = Vec::new();
        self.check(schema, value, "", &mut faults);
        faults.is_empty()
    }

    fn resolve(&self, reference: &Value) -> &Value {
        let pointer = reference.as_str().and_then(|it| it.strip_prefix('#')).expect("it is of this schema");
        self.0.pointer(pointer).unwrap_or_else(|| panic!("there is no {pointer}"))
    }
}

fn one_of(schemas: &Value) -> impl Iterator<Item = &Value> {
    schemas.as_array().expect("a list of schemas").iter()
}

/// Whether a value keeps a keyword that looks at nothing but the value itself.
fn holds(keyword: &str, wanted: &Value, value: &Value) -> bool {
    let length = value.as_str().map(|it| it.chars().count() as u64);
    match keyword {
        "type" => match wanted {
            Value::Array(types) => types.iter().any(|it| is_of(it, value)),
            of => is_of(of, value),
        },
        "const" => wanted == value,
        "enum" => wanted.as_array().is_some_and(|it| it.contains(value)),
        "minimum" => value.as_f64().is_none_or(|it| wanted.as_f64().is_some_and(|least| least <= it)),
        "minItems" => value.as_array().is_none_or(|it| wanted.as_u64() <= Some(it.len() as u64)),
        "minLength" => length.is_none_or(|it| wanted.as_u64() <= Some(it)),
        "maxLength" => length.is_none_or(|it| Some(it) <= wanted.as_u64()),
        "format" => value.as_str().is_none_or(|it| is_written_as(wanted, it)),
        other => panic!("the keyword {other} is not known to the test"),
    }
}

fn is_of(of: &Value, value: &Value) -> bool {
    match of.as_str().expect("a type is a word") {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("the type {other} is not known to the test"),
    }
}

fn is_written_as(format: &Value, text: &str) -> bool {
    match format.as_str().expect("a format is a word") {
        "date-time" => text.ends_with('Z') && text.parse::<jiff::Timestamp>().is_ok(),
        "uri" => text.starts_with("https://") || text.starts_with("http://"),
        other => panic!("the format {other} is not known to the test"),
    }
}
