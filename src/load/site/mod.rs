//! site/site.yaml: the page, its groups and components.
//!
//! What can be read is read even where something is wrong, so that incidents are checked against the
//! names that are there; whether the result is believed is another question.

mod component;
mod cycle;
mod embed;
mod group;
mod look;
mod removed;

use std::sync::Arc;

use jiff::tz::TimeZone;

use super::document::{self, Head};
use super::fields::Fields;
use super::nearest;
use super::node::Node;
use super::reading::Reading;
use super::time::day;
use super::values::{choice, flag, line, link, list, plain, url, weight, whole};
use crate::diag::{Code, Diagnostic};
use crate::memo::ById;
use crate::model::{ApiIndicator, CascadeMode, Limits, MaintenanceCounts, Show, Site, UptimePolicy};
use crate::source::{Place, SourceFile};

/// The words for how an incident spreads.
pub(super) const CASCADE: [(&str, CascadeMode); 3] =
    [("off", CascadeMode::Off), ("suggest", CascadeMode::Suggest), ("derive", CascadeMode::Derive)];

/// What was read of site.yaml.
#[derive(Clone, Debug)]
pub(super) struct SiteRead {
    /// The site, as far as it could be read; none where the document is no map of keys.
    pub(super) site: Option<Arc<Site>>,
    /// What is to be said of it.
    pub(super) said: Arc<[Diagnostic]>,
}

impl SiteRead {
    /// The site, if nothing is wrong with it.
    pub(super) fn believed(&self) -> Option<Arc<Site>> {
        let sound = !self.said.iter().any(Diagnostic::is_error);
        self.site.clone().filter(|_| sound)
    }
}

/// Reads site.yaml.
pub(super) fn read(file: &ById<SourceFile>) -> SiteRead {
    let mut reading = Reading::new(TimeZone::UTC);
    let site = document::yaml(&file.0, &mut reading).and_then(|document| match &document.head {
        Head::Read(yaml) => site(&file.0, &yaml.root(), &mut reading),
        Head::Absent | Head::Broken => None,
    });
    SiteRead { site: site.map(Arc::new), said: reading.into_said().into() }
}

fn site(file: &Arc<SourceFile>, root: &Node<'_>, reading: &mut Reading) -> Option<Site> {
    let mut fields = Fields::of(root, reading)?.withholding(&["show"]);
    if fields.read("requires", reading, requires) == Some(Requirement::Unmet) {
        return None;
    }
    fields.read("format", reading, format);
    let title = fields.require("title", reading, line);
    let url = fields.require("url", reading, site_url);
    let zone = fields.read("time_zone", reading, time_zone).unwrap_or(TimeZone::UTC);
    let theme = fields.read("theme", reading, folder_name);
    let look = fields.read("look", reading, look::look);
    let language =
        fields.read("language", reading, |node, reading| Some((language(node, reading)?, node.place())));
    let (language, language_place) = language.unzip();
    let history_days = fields.read("history_days", reading, whole(1, 366));
    let since = fields.read("since", reading, day);
    let cascade = fields.read("cascade", reading, choice(&CASCADE));
    let embed = fields.read("embed", reading, embed::embed);
    let api_indicator = fields.read("api", reading, api_indicator).flatten();
    let show = fields.read("show", reading, show);
    let links = fields.read("links", reading, list(link));
    let groups = fields.read("groups", reading, group::groups);
    let components = fields.require("components", reading, component::components);
    let uptime = fields.read("uptime", reading, uptime);
    let limits = fields.read("limits", reading, limits);
    let removed = fields.read("removed", reading, removed::removed);
    fields.finish(reading);
    let (groups, components) = component::connect(groups, components.unwrap_or_default(), since, reading);
    cycle::check(&components, reading);
    Some(Site {
        place: Place::file(file),
        title: title.unwrap_or_default(),
        url: url.unwrap_or_default(),
        time_zone_name: zone.iana_name().unwrap_or("UTC").to_owned(),
        time_zone: zone,
        theme: theme.unwrap_or_else(|| "default".to_owned()),
        look: look.unwrap_or_default(),
        language: language.unwrap_or_else(|| "en".to_owned()),
        language_place: language_place.unwrap_or_else(|| Place::file(file)),
        history_days: history_days.and_then(|it| u16::try_from(it).ok()).unwrap_or(90),
        embed: embed.unwrap_or_default(),
        cascade: cascade.unwrap_or(CascadeMode::Suggest),
        api_indicator: api_indicator.unwrap_or_default(),
        show: show.unwrap_or_default(),
        links: links.unwrap_or_default(),
        groups,
        components,
        uptime: uptime.unwrap_or_default(),
        limits: limits.unwrap_or_default(),
        removed: removed.unwrap_or_default(),
    })
}

/// Whether this program is new enough for the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Requirement {
    Met,
    Unmet,
}

/// The least version of the program, `>=0.3` or `>=0.3.1`, that knows all keys of the files.
fn requires(node: &Node<'_>, reading: &mut Reading) -> Option<Requirement> {
    let written = plain(node, reading)?;
    let least = written.strip_prefix(">=").map(str::trim).and_then(version);
    let own = version(env!("CARGO_PKG_VERSION")).expect("cargo gives three numbers");
    let Some(least) = least else {
        let message = format!("`{written}` is not a requirement");
        let diagnostic = Diagnostic::new(Code::InvalidValue, node.place(), message);
        return reading.refuse(diagnostic.help("write the least version of allclear, as `\">=0.2\"`"));
    };
    if least <= own {
        return Some(Requirement::Met);
    }
    let message =
        format!("these files require allclear {written}, and this is {}", env!("CARGO_PKG_VERSION"));
    reading.say(Diagnostic::new(Code::TooOld, node.place(), message).help("install a newer allclear"));
    Some(Requirement::Unmet)
}

/// Two or three numbers with dots between them; the last is 0 if it is left out.
fn version(written: &str) -> Option<[u32; 3]> {
    let mut numbers = written.split('.').map(|it| it.parse().ok());
    let version = [numbers.next()??, numbers.next()??, numbers.next().unwrap_or(Some(0))?];
    numbers.next().is_none().then_some(version)
}

fn format(node: &Node<'_>, reading: &mut Reading) -> Option<()> {
    if node.integer() == Some(1) {
        return Some(());
    }
    let diagnostic = Diagnostic::new(Code::InvalidValue, node.place(), "this is no format that can be read");
    reading.refuse(diagnostic.help("write `format: 1`"))
}

fn site_url(node: &Node<'_>, reading: &mut Reading) -> Option<String> {
    let written = url(node, reading)?;
    let host = written.strip_prefix("https://").or_else(|| written.strip_prefix("http://"));
    let odd = |it: char| it.is_control() || "?#\"'<>\\".contains(it);
    match host {
        Some(host) if !host.starts_with('/') && !host.is_empty() && !host.contains(odd) => {
            Some(written.trim_end_matches('/').to_owned())
        }
        _ => {
            let message = format!("`{written}` is not the address of a site");
            let diagnostic = Diagnostic::new(Code::InvalidValue, node.place(), message);
            reading
                .refuse(diagnostic.help("write where the page will be read, as `https://status.example.com`"))
        }
    }
}

fn time_zone(node: &Node<'_>, reading: &mut Reading) -> Option<TimeZone> {
    let name = plain(node, reading)?;
    if let Ok(zone) = TimeZone::get(name) {
        return Some(zone);
    }
    let known: Vec<String> = jiff::tz::db().available().map(|it| it.to_string()).collect();
    let help = nearest::help(name, known.iter().map(String::as_str), "zones")
        .unwrap_or_else(|| "write an IANA name, as `Europe/Stockholm`".to_owned());
    let message = format!("no time zone is named `{name}`");
    reading.refuse(Diagnostic::new(Code::InvalidValue, node.place(), message).help(help))
}

fn folder_name(node: &Node<'_>, reading: &mut Reading) -> Option<String> {
    let name = line(node, reading)?;
    let odd = |it: char| !(it.is_alphanumeric() || "-_.".contains(it));
    if !name.contains(odd) && !name.starts_with(['.', '_']) {
        return Some(name);
    }
    let diagnostic =
        Diagnostic::new(Code::InvalidName, node.place(), format!("`{name}` cannot name a theme"));
    reading.refuse(diagnostic.help("write the name of a folder below themes/"))
}

/// The tag of a language (BCP 47), of which only the letters are looked at here: which languages there
/// are words for is known where the theme is read.
fn language(node: &Node<'_>, reading: &mut Reading) -> Option<String> {
    let tag = line(node, reading)?;
    let mut parts = tag.split('-');
    let is_tag =
        parts.all(|it| (1..=8).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_alphanumeric()));
    if is_tag {
        return Some(tag);
    }
    let message = format!("`{tag}` is no tag of a language");
    let diagnostic = Diagnostic::new(Code::InvalidValue, node.place(), message);
    reading.refuse(diagnostic.help("write it as `de` or `pt-BR`"))
}

fn show(node: &Node<'_>, reading: &mut Reading) -> Option<Show> {
    let mut fields =
        Fields::of(node, reading)?.withholding(&["authors", "action_owners", "communication_figures"]);
    let show = Show {
        authors: fields.read("authors", reading, flag).unwrap_or_default(),
        action_owners: fields.read("action_owners", reading, flag).unwrap_or_default(),
        communication_figures: fields.read("communication_figures", reading, flag).unwrap_or_default(),
    };
    fields.finish(reading);
    Some(show)
}

/// The key `indicator` of `api`.
fn api_indicator(node: &Node<'_>, reading: &mut Reading) -> Option<Option<ApiIndicator>> {
    let words = [("all", ApiIndicator::All), ("components", ApiIndicator::Components)];
    let mut fields = Fields::of(node, reading)?;
    let indicator = fields.read("indicator", reading, choice(&words));
    fields.finish(reading);
    Some(indicator)
}

fn uptime(node: &Node<'_>, reading: &mut Reading) -> Option<UptimePolicy> {
    let words = [("up", MaintenanceCounts::Up), ("exclude", MaintenanceCounts::Exclude)];
    let usual = UptimePolicy::default();
    let mut fields = Fields::of(node, reading)?;
    let decimals = fields.read("decimals", reading, whole(0, 4));
    let policy = UptimePolicy {
        partial_weight: fields.read("partial_weight", reading, weight).unwrap_or(usual.partial_weight),
        degraded_weight: fields.read("degraded_weight", reading, weight).unwrap_or(usual.degraded_weight),
        decimals: decimals.and_then(|it| u8::try_from(it).ok()).unwrap_or(usual.decimals),
        maintenance: fields.read("maintenance", reading, choice(&words)).unwrap_or(usual.maintenance),
    };
    fields.finish(reading);
    Some(policy)
}

fn limits(node: &Node<'_>, reading: &mut Reading) -> Option<Limits> {
    let usual = Limits::default();
    let mut fields = Fields::of(node, reading)?;
    let mib = |value: Option<i64>, usual| value.and_then(|it| u64::try_from(it).ok()).unwrap_or(usual);
    // What is larger than 4 GiB is not even read.
    let limits = Limits {
        asset_mib: mib(fields.read("asset_mib", reading, whole(1, 4096)), usual.asset_mib),
        assets_mib: mib(fields.read("assets_mib", reading, whole(1, 1 << 20)), usual.assets_mib),
    };
    fields.finish(reading);
    Some(limits)
}

/// The id that a node of site.yaml gives something.
fn plain_id(node: &Node<'_>, reading: &mut Reading) -> Option<String> {
    let id = plain(node, reading)?;
    if super::names::is_plain_id(id) {
        return Some(id.to_owned());
    }
    let message = format!("`{id}` cannot be an id");
    let diagnostic = Diagnostic::new(Code::InvalidName, node.place(), message);
    let slug = super::names::slug(id);
    reading.refuse(match slug.as_str() {
        "" => diagnostic.help("use lower-case letters, digits and dashes"),
        slug => diagnostic.help(format!("use lower-case letters, digits and dashes, as `{slug}`")),
    })
}

#[cfg(test)]
mod tests;
