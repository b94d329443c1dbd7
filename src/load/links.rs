//! Whether what the texts link to is there.

use std::collections::BTreeSet;

use super::nearest;
use super::registry::Registry;
use crate::diag::{Code, Diagnostic};
use crate::memo::ById;
use crate::model::{IncidentId, LinkTarget, ProseLink, Site};
use crate::source::SourceFile;

/// The files that every output has at its root.
const FILES: [&str; 23] = [
    "404.html",
    "badge-uptime.json",
    "badge-uptime.svg",
    "badge.json",
    "badge.svg",
    "embed.html",
    "embed.js",
    "events.ndjson",
    "feed.json",
    "history.atom",
    "history.html",
    "history.rss",
    "index.html",
    "maintenance.html",
    "maintenance.ics",
    "metrics",
    "postmortems.html",
    "robots.txt",
    "search.html",
    "sitemap.xml",
    "status.json",
    "subscribe.html",
    "updates.atom",
];
/// The folders of the output whose files follow from what happened or from the theme, which the texts cannot tell.
const FOLDERS: [&str; 6] = ["api/", "events/", "history/", "maintenance/", "search/", "theme/"];
/// The files that every group has of its own.
const OF_GROUP: [&str; 4] = ["badge-uptime.json", "badge-uptime.svg", "badge.json", "badge.svg"];
/// The files that every listed component has of its own, besides those of a group and of its years.
const OF_COMPONENT: [&str; 4] = ["feed.json", "history.atom", "history.rss", "maintenance.ics"];

/// Where the files stand that are copied as they are.
const ASSETS: &str = "site/assets/";

/// What a link can point to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Targets {
    /// The site, for its components.
    pub(super) site: ById<Site>,
    /// The incidents.
    pub(super) incidents: ById<Registry>,
    /// The ids of the pages.
    pub(super) pages: BTreeSet<String>,
    /// The files of site/assets.
    pub(super) assets: Vec<ById<SourceFile>>,
}

impl Targets {
    /// Says which links lead nowhere, or where a page must not lead.
    pub(super) fn check<'l>(
        &self,
        links: impl IntoIterator<Item = &'l ProseLink>,
        said: &mut Vec<Diagnostic>,
    ) {
        said.extend(links.into_iter().filter_map(|it| self.fault(it)));
    }

    /// Says which pictures of the site's look are not there.
    pub(super) fn check_look(&self, said: &mut Vec<Diagnostic>) {
        let named = self.site.0.look.logo.iter().chain(&self.site.0.look.favicon);
        let missing = named.filter(|it| !self.has_asset(&it.path));
        said.extend(missing.map(|it| {
            let known = self.assets.iter().filter_map(|it| it.0.path.strip_prefix(ASSETS));
            let help = nearest::help(&it.path, known, "files");
            let message = format!("there is no file {ASSETS}{}", it.path);
            Diagnostic::new(Code::UnknownAsset, it.place.clone(), message)
                .help(help.unwrap_or_else(|| "put it there, or name one that is there".to_owned()))
        }));
    }

    fn fault(&self, link: &ProseLink) -> Option<Diagnostic> {
        let dead = |what: String, help: Option<String>| {
            let message = format!("the link `{}` leads to {what}, which is not there", link.written);
            let diagnostic = Diagnostic::new(Code::DeadLink, link.place.clone(), message);
            Some(diagnostic.help(help.unwrap_or_else(|| "mend the link, or take it out".to_owned())))
        };
        let meant = |name: Option<&str>| name.map(|it| format!("did you mean `{it}`?"));
        let incidents = &self.incidents.0;
        match &link.target {
            LinkTarget::Incident(name) => match incidents.find(&IncidentId::new(name)) {
                Some(_) => None,
                None if self.is_removed(name) => None,
                None => dead(format!("the incident `{name}`"), meant(incidents.nearest(name))),
            },
            LinkTarget::Postmortem(name) => match incidents.find(&IncidentId::new(name)) {
                Some(found) if found.has_postmortem => None,
                Some(_) => dead(format!("the postmortem of `{name}`"), None),
                None => dead(format!("the postmortem of `{name}`"), meant(incidents.nearest(name))),
            },
            LinkTarget::Component(name) => {
                let listed = self.site.0.components.iter().filter(|it| it.listed);
                let known: Vec<&str> = listed
                    .flat_map(|it| std::iter::once(&it.id).chain(&it.aliases))
                    .map(|it| it.as_str())
                    .collect();
                match known.contains(&name.as_str()) {
                    true => None,
                    false => dead(format!("the component `{name}`"), meant(nearest::nearest(name, &known))),
                }
            }
            LinkTarget::Page(name) if self.has_page(name) => None,
            LinkTarget::Page(name) => {
                let known: Vec<&str> = self.pages.iter().map(String::as_str).collect();
                dead(format!("the page `{name}`"), meant(nearest::nearest(name, &known)))
            }
            LinkTarget::Asset(path) if self.has_asset(path) => None,
            LinkTarget::Asset(path) => dead(format!("the file site/assets/{path}"), None),
            LinkTarget::Output(path) if self.has_output(path) => None,
            LinkTarget::Output(path) | LinkTarget::Nothing(path) => dead(format!("`{path}`"), None),
            LinkTarget::Unsafe(url) => Some(unsafe_link(link, url)),
        }
    }

    fn has_output(&self, path: &str) -> bool {
        let parts: Vec<&str> = path.split('/').collect();
        match parts[..] {
            ["components", id, name] => {
                let is_listed = self.site.0.components.iter().any(|it| it.listed && it.id.as_str() == id);
                is_listed && (OF_GROUP.contains(&name) || OF_COMPONENT.contains(&name) || is_year(name))
            }
            ["groups", id, name] => {
                self.site.0.groups.iter().any(|it| it.id.as_str() == id) && OF_GROUP.contains(&name)
            }
            _ => FILES.contains(&path) || is_sitemap(path) || FOLDERS.iter().any(|it| path.starts_with(it)),
        }
    }

    fn has_page(&self, name: &str) -> bool {
        self.pages.contains(name) || FILES.contains(&format!("{name}.html").as_str())
    }

    /// Whether a page says that the incident was removed.
    fn is_removed(&self, name: &str) -> bool {
        self.site.0.removed.iter().any(|it| it.id.as_str() == name)
    }

    fn has_asset(&self, path: &str) -> bool {
        self.assets.iter().any(|it| it.0.path.strip_prefix(ASSETS) == Some(path))
    }
}

fn unsafe_link(link: &ProseLink, url: &str) -> Diagnostic {
    let message = format!("a page must not carry the address `{url}`");
    Diagnostic::new(Code::UnsafeLink, link.place.clone(), message)
        .help("use an address that begins with https:, http:, mailto: or tel:")
}

/// Whether a file of a component is of a year: which years there are follows from what happened.
fn is_year(name: &str) -> bool {
    let year = name.strip_suffix(".html").or_else(|| name.strip_suffix(".json"));
    year.is_some_and(|it| it.len() == 4 && it.bytes().all(|it| it.is_ascii_digit()))
}

/// Whether a file is a part of the sitemap of a large site: how many there are follows from what happened.
fn is_sitemap(path: &str) -> bool {
    let number = path.strip_prefix("sitemap-").and_then(|it| it.strip_suffix(".xml"));
    number.is_some_and(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{load, said};

    /// The links of a page that lead nowhere, of these.
    #[track_caller]
    fn check(links: &[&str], dead: &[&str]) {
        let text: Vec<String> = links.iter().map(|it| format!("[a]({it})")).collect();
        let page = format!("---\ntitle: T\n---\n{}", text.join("\n"));
        let said = said(&load(&[("site/pages/help.md", &page)]));
        let told = |link: &&&str| said.iter().any(|it| it.contains(&format!("the link `{link}` leads to")));
        assert_eq!(links.iter().filter(told).copied().collect::<Vec<_>>(), dead, "{said:?}");
    }

    #[test]
    fn a_component_has_feeds_a_calendar_badges_and_years() {
        let there = [
            "/components/login/history.atom",
            "/components/login/feed.json",
            "/components/search/maintenance.ics",
            "/components/search/badge.svg",
            "/components/login/2020.html",
        ];
        let dead = [
            "/components/nobody/history.atom",
            "/components/login/history.html",
            "/components/login/20.html",
            "/groups/accounts/badge.svg",
        ];
        check(&[&there[..], &dead[..]].concat(), &dead);
    }

    #[test]
    fn the_whole_site_has_feeds_and_a_calendar() {
        let there = ["/history.atom", "/history.rss", "/feed.json", "/updates.atom", "/maintenance.ics"];
        check(&[&there[..], &["/atom.xml"]].concat(), &["/atom.xml"]);
    }

    #[test]
    fn what_hosts_and_pages_need_can_be_linked_to_and_what_hosts_hide_cannot() {
        let there = [
            "/robots.txt",
            "/sitemap-2.xml",
            "/theme/style.css",
            "/404.html",
            "/embed.html",
            "/components/auth.html",
        ];
        let dead = ["/_headers", "/.nojekyll", "/sitemap-.xml", "/405.html"];
        check(&[&there[..], &dead[..]].concat(), &dead);
    }
}
