//! JSON that remembers the order of its fields, and takes none twice.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    Null,
    Flag(bool),
    Count(u64),
    Text(String),
    List(Vec<Json>),
    Map(Vec<(String, Json)>),
}

impl Json {
    /// What stands at a key; null where nothing does.
    pub(crate) fn at(&self, key: &str) -> &Json {
        let Json::Map(fields) = self else { return &Json::Null };
        fields.iter().find(|(name, _)| name == key).map_or(&Json::Null, |(_, value)| value)
    }

    /// The text at a key; empty where there is none.
    pub(crate) fn text(&self, key: &str) -> &str {
        match self.at(key) {
            Json::Text(text) => text,
            _ => "",
        }
    }

    /// The list at a key; empty where there is none.
    pub(crate) fn list(&self, key: &str) -> &[Json] {
        match self.at(key) {
            Json::List(list) => list,
            _ => &[],
        }
    }

    /// All texts in it with their keys, at any depth.
    pub(crate) fn texts(&self) -> Vec<(&str, &str)> {
        match self {
            Json::List(list) => list.iter().flat_map(Json::texts).collect(),
            Json::Map(fields) => fields.iter().flat_map(field_texts).collect(),
            Json::Null | Json::Flag(_) | Json::Count(_) | Json::Text(_) => Vec::new(),
        }
    }
}

fn field_texts((key, value): &(String, Json)) -> Vec<(&str, &str)> {
    match value {
        Json::Text(text) => vec![(key, text)],
        _ => value.texts(),
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Json;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("what the API knows")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E: de::Error>(self, flag: bool) -> Result<Json, E> {
        Ok(Json::Flag(flag))
    }

    fn visit_u64<E: de::Error>(self, count: u64) -> Result<Json, E> {
        Ok(Json::Count(count))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Json, E> {
        Ok(Json::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut fields: Vec<(String, Json)> = Vec::new();
        while let Some((key, value)) = items.next_entry::<String, Json>()? {
            if fields.iter().any(|(known, _)| *known == key) {
                return Err(de::Error::custom(format!("{key} stands twice")));
            }
            fields.push((key, value));
        }
        Ok(Json::Map(fields))
    }
}
