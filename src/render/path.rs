//! Where each page is, and how a page says so.

use crate::model::{ComponentId, GroupId, IncidentId};

/// The calendar of all maintenance, and the name of a component's.
pub const CALENDAR: &str = "maintenance.ics";

/// The page of an incident, maintenance or notice.
pub fn incident(id: &IncidentId) -> String {
    format!("incidents/{id}.html")
}

/// A postmortem alone.
pub fn postmortem(id: &IncidentId) -> String {
    format!("postmortems/{id}.html")
}

/// Whether a page is an incident's or a postmortem.
pub fn is_of_story(path: &str) -> bool {
    path.starts_with("incidents/") || path.starts_with("postmortems/")
}

/// Whether a file is copied as it was given.
pub fn is_copied(path: &str) -> bool {
    path.starts_with("assets/") || path.starts_with("theme/")
}

/// The page of a component.
pub fn component(id: &ComponentId) -> String {
    format!("components/{id}.html")
}

/// A year of a component, for people.
pub fn component_year(id: &ComponentId, year: i16) -> String {
    format!("components/{id}/{year:04}.html")
}

/// A year of a component, for machines.
pub fn component_year_json(id: &ComponentId, year: i16) -> String {
    format!("components/{id}/{year:04}.json")
}

/// Something that a component has of its own, as its badge.
pub fn of_component(id: &ComponentId, name: &str) -> String {
    format!("components/{id}/{name}")
}

/// Something that a group has of its own.
pub fn of_group(id: &GroupId, name: &str) -> String {
    format!("groups/{id}/{name}")
}

/// A feed of this name: of one component, or of all.
pub fn feed(component: Option<&ComponentId>, name: &str) -> String {
    component.map_or_else(|| name.to_owned(), |it| of_component(it, name))
}

/// The feed with an entry for each update.
pub const UPDATES: &str = "updates.atom";

/// The calendars of a year.
pub fn year(year: i16) -> String {
    format!("history/{year:04}.html")
}

/// The incidents of a month.
pub fn month(year: i16, month: i8) -> String {
    format!("history/{year:04}-{month:02}.html")
}

/// A year's part of the index that is searched.
pub fn search_part(year: i16) -> String {
    format!("search/{year:04}.json")
}

/// The events of late.
pub const EVENTS: &str = "events.ndjson";

/// The events of a year.
pub fn events_year(year: i16) -> String {
    format!("events/{year:04}.ndjson")
}

/// The maintenance of a year.
pub fn maintenance_year(year: i16) -> String {
    format!("maintenance/{year:04}.html")
}

/// What leads from the page at `path` to the output's root: empty, `../` or `../../`.
pub fn root_of(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

/// A path as it stands in a link: what is not plain is percent-encoded.
pub fn href(path: &str) -> String {
    let mut href = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                href.push(byte.into())
            }
            _ => href.push_str(&format!("%{byte:02X}")),
        }
    }
    href
}

/// The whole address of what is at `path`, of a site whose own is `url`.
pub fn address(url: &str, path: &str) -> String {
    format!("{url}/{}", href(path))
}

/// The path of the site's address, with a slash at both ends: `/` or `/status/`.
pub fn prefix(url: &str) -> String {
    let after_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    match after_scheme.split_once('/') {
        Some((_, path)) if !path.is_empty() => format!("/{}/", path.trim_end_matches('/')),
        Some(_) | None => "/".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_leads_back_to_the_root_by_its_depth() {
        assert_eq!(root_of("index.html"), "");
        assert_eq!(root_of("incidents/a.html"), "../");
        assert_eq!(root_of("components/login/2020.html"), "../../");
    }

    #[test]
    fn a_link_holds_plain_characters_only() {
        assert_eq!(href("incidents/2020-07-10-login.html"), "incidents/2020-07-10-login.html");
        assert_eq!(href("incidents/a b#ü.html"), "incidents/a%20b%23%C3%BC.html");
    }

    #[test]
    fn the_prefix_is_the_path_of_the_address() {
        assert_eq!(prefix("https://status.example.com"), "/");
        assert_eq!(prefix("https://example.com/status"), "/status/");
    }
}
