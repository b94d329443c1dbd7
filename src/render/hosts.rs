//! What hosts and search engines look for.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::sitemap::{self, Written};
use super::{POLICY, path};
use crate::timeline::Audience;

/// Pages that hold nothing of their own.
const NOTHING_TO_FIND: [&str; 2] = ["404.html", "search.html"];

/// For what tells the state: kept, and shown once the host has said that it still holds.
const ALWAYS_ASK: &str = "public, max-age=0, must-revalidate";
/// For what changes with the theme alone, under the same name.
const SOON_AGAIN: &str = "public, max-age=600, must-revalidate";

/// What the files for hosts are made from.
pub(super) struct Pages<'a> {
    /// The address of the site.
    pub(super) url: &'a str,
    /// The paths of all pages.
    pub(super) all: &'a [String],
    /// Pages that lead to others, with those.
    pub(super) aliases: &'a [(String, String)],
    /// When somebody last wrote into them.
    pub(super) written: &'a Written,
    /// Who will read them.
    pub(super) audience: Audience,
}

/// The files for hosts.
pub(super) fn files(pages: &Pages<'_>) -> Vec<(String, Arc<[u8]>)> {
    let mut files = match pages.audience {
        Audience::Public => sitemap::files(pages.url, &pages.listed(), pages.written),
        Audience::Writers => Vec::new(),
    };
    let further = [
        ("robots.txt", pages.robots()),
        ("_headers", pages.headers()),
        ("_redirects", redirects(pages.url, pages.aliases)),
        (".nojekyll", String::new()),
    ];
    files.extend(further.map(|(path, text)| (path.to_owned(), text)));
    files.into_iter().map(|(path, text)| (path, Arc::from(text.into_bytes()))).collect()
}

impl Pages<'_> {
    /// All pages but those that lead elsewhere, and those that hold nothing to be found.
    fn listed(&self) -> Vec<&str> {
        let left_out: BTreeSet<&str> =
            self.aliases.iter().map(|(from, _)| from.as_str()).chain(NOTHING_TO_FIND).collect();
        self.all.iter().map(String::as_str).filter(|it| !left_out.contains(it)).collect()
    }

    /// A build with drafts has no list of pages. It is not forbidden either: a page that may not be read
    /// cannot say that it should not be found.
    fn robots(&self) -> String {
        const ALL: &str = "User-agent: *\nAllow: /\n";
        match self.audience {
            Audience::Public => format!("{ALL}\nSitemap: {}/sitemap.xml\n", self.url),
            Audience::Writers => ALL.to_owned(),
        }
    }

    /// Hosts join a header that two rules give to one file, so no two do. The paths are those of the host,
    /// which knows nothing of a prefix that a proxy may have added.
    fn headers(&self) -> String {
        let robots = match self.audience {
            Audience::Public => "",
            Audience::Writers => "  X-Robots-Tag: noindex\n",
        };
        format!(
            "/*\n  Content-Security-Policy: {POLICY}; frame-ancestors 'none'\n  \
             X-Content-Type-Options: nosniff\n  Referrer-Policy: strict-origin-when-cross-origin\n{robots}\n\
             /\n  Cache-Control: {ALWAYS_ASK}\n\n\
             /*.html\n  Cache-Control: {ALWAYS_ASK}\n\n\
             /status.json\n  Cache-Control: {ALWAYS_ASK}\n  Access-Control-Allow-Origin: *\n\n\
             /search/*\n  Cache-Control: {ALWAYS_ASK}\n\n\
             /theme/*\n  Cache-Control: {SOON_AGAIN}\n\n\
             /assets/*\n  Cache-Control: {SOON_AGAIN}\n"
        )
    }
}

fn redirects(url: &str, aliases: &[(String, String)]) -> String {
    let prefix = path::prefix(url);
    let line = |(from, to): &(String, String)| {
        format!("{prefix}{} {prefix}{} 301\n", path::href(from), path::href(to))
    };
    aliases.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved() -> [(String, String); 1] {
        [("incidents/old.html".to_owned(), "incidents/new.html".to_owned())]
    }

    /// A file of a site with a page, one that has moved, and the one for what is not there.
    fn file(name: &str, audience: Audience) -> Option<String> {
        let all = ["index.html", "404.html", "search.html", "incidents/old.html", "incidents/new.html"]
            .map(str::to_owned);
        let (aliases, written) = (moved(), Written::new());
        let url = "https://status.example.com";
        let files = files(&Pages { url, all: &all, aliases: &aliases, written: &written, audience });
        let (_, bytes) = files.into_iter().find(|(path, _)| path == name)?;
        Some(String::from_utf8(bytes.to_vec()).unwrap())
    }

    #[test]
    fn the_sitemap_names_pages_that_are_there_to_stay() {
        let xml = file("sitemap.xml", Audience::Public).unwrap();
        assert_eq!(xml.matches("<loc>").count(), 2);
        assert!(xml.contains("/incidents/new.html</loc>") && xml.contains("example.com/</loc>"), "{xml}");
    }

    #[test]
    fn what_holds_drafts_is_found_by_nobody() {
        assert_eq!(file("sitemap.xml", Audience::Writers), None);
        assert_eq!(file("robots.txt", Audience::Writers).unwrap(), "User-agent: *\nAllow: /\n");
        assert!(file("_headers", Audience::Writers).unwrap().contains("\n  X-Robots-Tag: noindex\n\n"));
        assert!(!file("_headers", Audience::Public).unwrap().contains("X-Robots-Tag"));
    }

    #[test]
    fn no_file_is_given_a_header_twice() {
        let headers = file("_headers", Audience::Public).unwrap();
        let rules: Vec<&str> = headers.split("\n\n").collect();
        let everywhere = rules[0];
        assert!(everywhere.starts_with("/*\n") && !everywhere.contains("Cache-Control"));
        assert!(rules[1..].iter().all(|it| it.matches("Cache-Control").count() == 1), "{headers}");
        assert!(rules[1..].iter().all(|it| !it.contains("Content-Security-Policy")), "{headers}");
    }

    #[test]
    fn a_former_address_leads_to_the_present_one_below_any_prefix() {
        assert_eq!(redirects("https://a.example", &moved()), "/incidents/old.html /incidents/new.html 301\n");
        assert_eq!(
            redirects("https://a.example/status", &moved()),
            "/status/incidents/old.html /status/incidents/new.html 301\n"
        );
    }
}
