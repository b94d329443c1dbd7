//! What hosts and search engines look for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::shown::Indexing;
use super::sitemap::Entries;
use super::{headers, path, sitemap};
use crate::emit::Output;
use crate::model::Framing;

/// Pages that hold nothing of their own.
const NOTHING_TO_FIND: [&str; 3] = ["404.html", "embed.html", "search.html"];

/// What the files for hosts are made from.
pub(super) struct Pages<'a> {
    /// The address of the site.
    pub(super) url: &'a str,
    /// The paths of all files, but of the archive's pages only some of each kind.
    pub(super) files: &'a [&'a str],
    /// Pages that lead to others, with those.
    pub(super) aliases: &'a [(String, String)],
    /// The pages of stories, as search engines are told of them.
    pub(super) of_stories: &'a [Arc<Entries>],
    /// Which sites may show the state in a frame.
    pub(super) framing: &'a Framing,
    /// Whether search engines may list them.
    pub(super) indexing: Indexing,
}

/// The files for hosts.
pub(super) fn files(pages: &Pages<'_>) -> Vec<Output> {
    let mut files = match pages.indexing {
        Indexing::Allowed => sitemap::files(pages.url, &pages.listed(), pages.of_stories),
        Indexing::Forbidden => Vec::new(),
    };
    let paths = pages.files.iter().copied();
    let further = [
        ("robots.txt", pages.robots()),
        ("_headers", headers::headers(paths, pages.framing, pages.indexing)),
        ("_redirects", redirects(pages)),
        (".nojekyll", String::new()),
    ];
    files.extend(further.map(|(path, text)| (path.to_owned(), text)));
    files.into_iter().map(|(path, text)| (path.into(), text.into())).collect()
}

impl Pages<'_> {
    /// The pages but those of stories, those that lead elsewhere, and those that hold nothing to be found.
    fn listed(&self) -> Vec<&str> {
        let left_out: BTreeSet<&str> =
            self.aliases.iter().map(|(from, _)| from.as_str()).chain(NOTHING_TO_FIND).collect();
        let pages = self.files.iter().copied().filter(|it| it.ends_with(".html") && !path::is_copied(it));
        pages.filter(|it| !path::is_of_story(it) && !left_out.contains(it)).collect()
    }

    /// A build with drafts, or of another instant than the present, has no list of pages. It is not forbidden either: a page that may not be read
    /// cannot say that it should not be found.
    fn robots(&self) -> String {
        const ALL: &str = "User-agent: *\nAllow: /\n";
        match self.indexing {
            Indexing::Allowed => format!("{ALL}\nSitemap: {}/sitemap.xml\n", self.url),
            Indexing::Forbidden => ALL.to_owned(),
        }
    }
}

/// Former addresses: of the pages that have moved, and of what lies in the folder of each. A feed or a calendar
/// that somebody follows cannot lead on by itself as a page does.
fn redirects(pages: &Pages<'_>) -> String {
    let prefix = path::prefix(pages.url);
    let line =
        |from: &str, to: &str| format!("{prefix}{} {prefix}{} 301\n", path::href(from), path::href(to));
    let mut former: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (from, to) in pages.aliases {
        former.entry(folder_of(to)).or_default().push(folder_of(from));
    }
    let of_file = |file: &&str| {
        let (folder, name) = file.rsplit_once('/')?;
        let moved = former.get(folder)?.iter();
        Some(moved.map(|it| line(&format!("{it}/{name}"), file)).collect::<String>())
    };
    let of_pages = pages.aliases.iter().map(|(from, to)| line(from, to));
    let mut files = pages.files.to_vec();
    files.sort_unstable();
    of_pages.chain(files.iter().filter_map(of_file)).collect()
}

/// The folder that belongs to a page.
fn folder_of(page: &str) -> &str {
    page.strip_suffix(".html").unwrap_or(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "https://status.example.com";

    /// The text of a file for hosts, of a site with these files and aliases.
    fn file(name: &str, url: &str, indexing: Indexing) -> Option<String> {
        let all = [
            "index.html",
            "404.html",
            "search.html",
            "incidents/old.html",
            "incidents/new.html",
            "components/www.html",
            "components/web.html",
            "components/web/history.atom",
        ];
        let aliases =
            [("incidents/old.html", "incidents/new.html"), ("components/www.html", "components/web.html")]
                .map(|(from, to)| (from.to_owned(), to.to_owned()));
        let files = files(&Pages {
            url,
            files: &all,
            aliases: &aliases,
            of_stories: &[],
            framing: &Framing::Anyone,
            indexing,
        });
        let (_, body) = files.into_iter().find(|(path, _)| **path == *name)?;
        Some(String::from_utf8(body.bytes().unwrap().to_vec()).unwrap())
    }

    #[test]
    fn the_sitemap_names_pages_that_are_there_to_stay() {
        let xml = file("sitemap.xml", URL, Indexing::Allowed).unwrap();
        assert_eq!(xml.matches("<loc>").count(), 2, "those of stories have entries of their own");
        assert!(xml.contains("/components/web.html</loc>") && xml.contains("example.com/</loc>"), "{xml}");
    }

    #[test]
    fn what_holds_drafts_is_found_by_nobody() {
        assert_eq!(file("sitemap.xml", URL, Indexing::Forbidden), None);
        assert_eq!(file("robots.txt", URL, Indexing::Forbidden).unwrap(), "User-agent: *\nAllow: /\n");
    }

    #[test]
    fn a_former_address_leads_to_the_present_one_below_any_prefix() {
        for (url, prefix) in [(URL, ""), ("https://a.example/status", "/status")] {
            let expected = format!(
                "{prefix}/incidents/old.html {prefix}/incidents/new.html 301\n\
                 {prefix}/components/www.html {prefix}/components/web.html 301\n\
                 {prefix}/components/www/history.atom {prefix}/components/web/history.atom 301\n"
            );
            assert_eq!(file("_redirects", url, Indexing::Allowed).unwrap(), expected);
        }
    }
}
