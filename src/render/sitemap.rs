//! The list of all pages for search engines.
//!
//! A page has the time of its last change only where somebody wrote into it at a time: an incident and its
//! postmortem. That calendars and lists look different today than yesterday is no news to anybody.

use std::sync::Arc;

use jiff::Timestamp;

use super::edition::{Edition, InEdition};
use super::shelf::Shelf;
use super::{path, view};
use crate::markdown::escape_html;
use crate::memo::{ById, Memo};
use crate::timeline::Story;

/// What a list holds at most, with room for what stands around its entries.
const LIMITS: Limits = Limits { entries: 50_000, bytes: 50_000_000 - 1_000 };

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// The entries of the stories' pages, by their shelves.
pub(super) type SitemapMemory = Memo<InEdition<Shelf>, Arc<Entries>>;

/// Entries that stand one after the other.
#[derive(Debug, Default)]
pub(super) struct Entries {
    /// An entry a line.
    text: String,
    count: usize,
}

impl FromIterator<String> for Entries {
    fn from_iter<I: IntoIterator<Item = String>>(entries: I) -> Self {
        let mut all = Entries::default();
        for entry in entries {
            all.text += &entry;
            all.count += 1;
        }
        all
    }
}

/// What a list holds at most.
#[derive(Clone, Copy)]
struct Limits {
    entries: usize,
    bytes: usize,
}

/// A list, put together from entries that stand elsewhere.
struct List<'a> {
    pieces: Vec<&'a str>,
    count: usize,
    bytes: usize,
}

/// The entries of the pages of stories, newest first.
pub(super) fn of_stories(
    edition: &ById<Edition>,
    shelves: &[Arc<Shelf>],
    memory: &mut SitemapMemory,
) -> Vec<Arc<Entries>> {
    let keys = shelves.iter().map(|it| InEdition::of(edition, it)).collect();
    memory.get_all(keys, |key| {
        let url = &key.edition.0.site.url;
        Arc::new(key.of.0.stories.iter().flat_map(|it| of_story(url, it)).collect())
    })
}

/// The entries of a story's pages, with when somebody last wrote into them, where that is known.
fn of_story(url: &str, story: &Story) -> impl Iterator<Item = String> {
    let id = &story.incident.id;
    let incident = entry(url, &path::incident(id), view::dates(story).modified);
    let postmortem = || entry(url, &path::postmortem(id), view::postmortem_dates(story).modified);
    std::iter::once(incident).chain(story.has_postmortem.then(postmortem))
}

/// `sitemap.xml` of these pages of the site at `url`, and of those that have entries already; where they are too
/// many for one list, it names the lists that it is made of.
pub(super) fn files(url: &str, pages: &[&str], of_stories: &[Arc<Entries>]) -> Vec<(String, String)> {
    let mut pages = pages.to_vec();
    pages.sort_unstable();
    let pages: Entries = pages.into_iter().map(|it| entry(url, it, None)).collect();
    let entries = std::iter::once(&pages).chain(of_stories.iter().map(AsRef::as_ref));
    let lists = split(entries, LIMITS);
    if lists.len() < 2 {
        let entries = lists.first().map_or(&[][..], |it| &it.pieces);
        return vec![("sitemap.xml".to_owned(), document("urlset", entries))];
    }
    let name = |number: usize| format!("sitemap-{}.xml", number + 1);
    let named = |number| format!("<sitemap><loc>{}</loc></sitemap>\n", address(url, &name(number)));
    let index: String = (0..lists.len()).map(named).collect();
    let parts = lists.into_iter().enumerate();
    let parts = parts.map(|(number, list)| (name(number), document("urlset", &list.pieces)));
    std::iter::once(("sitemap.xml".to_owned(), document("sitemapindex", &[&index]))).chain(parts).collect()
}

fn document(element: &str, entries: &[&str]) -> String {
    let begin = format!("{DECLARATION}<{element} xmlns=\"{NAMESPACE}\">\n");
    let end = format!("</{element}>\n");
    [&[begin.as_str()], entries, &[end.as_str()]].concat().concat()
}

fn entry(url: &str, page: &str, written: Option<Timestamp>) -> String {
    let page = if page == "index.html" { "" } else { page };
    let lastmod = written.map_or_else(String::new, |at| format!("<lastmod>{at}</lastmod>"));
    format!("<url><loc>{}</loc>{lastmod}</url>\n", address(url, page))
}

fn address(url: &str, page: &str) -> String {
    escape_html(&path::address(url, page))
}

/// The entries in as few lists as hold them. Those that fit into a list all together are not told apart.
fn split<'a>(all: impl Iterator<Item = &'a Entries>, limits: Limits) -> Vec<List<'a>> {
    let mut lists: Vec<List<'_>> = Vec::new();
    for Entries { text, count } in all {
        if lists.last_mut().is_some_and(|it| it.take(text, *count, limits)) {
            continue;
        }
        for entry in text.split_inclusive('\n') {
            if !lists.last_mut().is_some_and(|it| it.take(entry, 1, limits)) {
                lists.push(List { pieces: vec![entry], count: 1, bytes: entry.len() });
            }
        }
    }
    lists
}

impl<'a> List<'a> {
    /// Takes so many entries in, if they fit.
    fn take(&mut self, entries: &'a str, count: usize, limits: Limits) -> bool {
        let fits = self.count + count <= limits.entries && self.bytes + entries.len() <= limits.bytes;
        if fits {
            self.pieces.push(entries);
            self.count += count;
            self.bytes += entries.len();
        }
        fits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const URL: &str = "https://status.example";

    fn addresses(xml: &str) -> Vec<&str> {
        xml.split("<loc>").skip(1).filter_map(|it| it.split("</loc>").next()).collect()
    }

    #[test]
    fn pages_stand_in_order_and_the_front_page_by_its_shortest_address() {
        let files = files(URL, &["index.html", "history.html", "a & b.html"], &[]);
        let [(path, xml)] = &files[..] else { panic!("{files:?}") };
        assert_eq!(path, "sitemap.xml");
        let expected = ["a%20%26%20b.html", "history.html", ""].map(|it| format!("{URL}/{it}"));
        assert_eq!(addresses(xml), expected);
    }

    #[test]
    fn only_what_was_written_at_a_time_says_when() {
        let at = "2020-07-10T11:52:00Z".parse().unwrap();
        let entry = entry(URL, "incidents/a.html", Some(at));
        let files = files(URL, &["history.html"], &[Arc::new([entry].into_iter().collect())]);
        assert_eq!(files[0].1.matches("<lastmod>").count(), 1);
        assert!(files[0].1.contains("a.html</loc><lastmod>2020-07-10T11:52:00Z</lastmod>"));
    }

    /// The lists of entries that are known together, each entry a line.
    #[track_caller]
    fn check_split(together: &[&[&str]], limits: Limits, expected: &[&str]) {
        let lines = |entries: &[&str]| entries.iter().map(|it| format!("{it}\n")).collect::<Entries>();
        let together: Vec<Entries> = together.iter().map(|it| lines(it)).collect();
        let lists = split(together.iter(), limits);
        let lists = lists.iter().map(|it| it.pieces.concat().replace('\n', ""));
        assert_eq!(lists.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_list_is_split_before_it_has_too_many_entries_or_bytes() {
        let entries = ["a", "b", "c", "d", "e"];
        let ways: [&[&[&str]]; 3] =
            [&[&entries], &[&entries[..1], &[], &entries[1..]], &[&entries[..4], &entries[4..]]];
        for together in ways {
            check_split(together, Limits { entries: 2, bytes: 100 }, &["ab", "cd", "e"]);
            check_split(together, Limits { entries: 100, bytes: 5 }, &["ab", "cd", "e"]);
            check_split(together, Limits { entries: 5, bytes: 10 }, &["abcde"]);
        }
        check_split(&[&[]], LIMITS, &[]);
    }

    #[test]
    fn what_is_too_much_for_one_list_stands_in_several() {
        let pages: Vec<String> = (0..=LIMITS.entries).map(|it| format!("incidents/{it:06}.html")).collect();
        let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
        let files = files(URL, &pages, &[]);
        assert_eq!(addresses(&files[0].1), [format!("{URL}/sitemap-1.xml"), format!("{URL}/sitemap-2.xml")]);
        let counts = files[1..].iter().map(|(_, xml)| xml.matches("<url>").count());
        assert_eq!(counts.collect::<Vec<_>>(), [LIMITS.entries, 1]);
    }
}
