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

/// How many pages a list names at most.
const PAGES: usize = 50_000;
/// How many bytes a list has at most, with room for what stands around its entries.
const BYTES: usize = 50_000_000 - 1_000;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// The entries of the stories' pages, by their shelves.
pub(super) type SitemapMemory = Memo<InEdition<Shelf>, Arc<[String]>>;

/// The entries of the pages of stories, newest first.
pub(super) fn of_stories(
    edition: &ById<Edition>,
    shelves: &[Arc<Shelf>],
    memory: &mut SitemapMemory,
) -> Vec<Arc<[String]>> {
    let keys = shelves.iter().map(|it| InEdition::of(edition, it)).collect();
    memory.get_all(keys, |key| {
        let url = &key.edition.0.site.url;
        key.of.0.stories.iter().flat_map(|it| of_story(url, it)).collect()
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
pub(super) fn files(url: &str, pages: &[&str], of_stories: &[Arc<[String]>]) -> Vec<(String, String)> {
    let mut pages = pages.to_vec();
    pages.sort_unstable();
    let pages: Vec<String> = pages.into_iter().map(|it| entry(url, it, None)).collect();
    let entries = pages.iter().chain(of_stories.iter().flat_map(|it| it.iter()));
    let mut lists = split(entries.map(String::as_str), PAGES, BYTES);
    if lists.len() < 2 {
        let list = lists.pop().unwrap_or_default();
        return vec![("sitemap.xml".to_owned(), document("urlset", &list))];
    }
    let name = |number: usize| format!("sitemap-{}.xml", number + 1);
    let named = |number| format!("<sitemap><loc>{}</loc></sitemap>\n", address(url, &name(number)));
    let index: String = (0..lists.len()).map(named).collect();
    let parts = lists.into_iter().enumerate();
    let parts = parts.map(|(number, list)| (name(number), document("urlset", &list)));
    std::iter::once(("sitemap.xml".to_owned(), document("sitemapindex", &index))).chain(parts).collect()
}

fn document(element: &str, entries: &str) -> String {
    format!("{DECLARATION}<{element} xmlns=\"{NAMESPACE}\">\n{entries}</{element}>\n")
}

fn entry(url: &str, page: &str, written: Option<Timestamp>) -> String {
    let page = if page == "index.html" { "" } else { page };
    let lastmod = written.map_or_else(String::new, |at| format!("<lastmod>{at}</lastmod>"));
    format!("<url><loc>{}</loc>{lastmod}</url>\n", address(url, page))
}

fn address(url: &str, page: &str) -> String {
    escape_html(&path::address(url, page))
}

/// The entries in as few lists as hold them.
fn split<'a>(entries: impl Iterator<Item = &'a str>, at_most: usize, bytes: usize) -> Vec<String> {
    let mut lists: Vec<String> = Vec::new();
    let mut in_last = 0;
    for entry in entries {
        match lists.last_mut().filter(|it| in_last < at_most && it.len() + entry.len() <= bytes) {
            Some(list) => {
                *list += entry;
                in_last += 1;
            }
            None => {
                lists.push(entry.to_owned());
                in_last = 1;
            }
        }
    }
    lists
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
        let files = files(URL, &["history.html"], &[[entry].into()]);
        assert_eq!(files[0].1.matches("<lastmod>").count(), 1);
        assert!(files[0].1.contains("a.html</loc><lastmod>2020-07-10T11:52:00Z</lastmod>"));
    }

    #[test]
    fn a_list_is_split_before_it_has_too_many_entries_or_bytes() {
        let entries = || ["aa", "bb", "cc", "dd", "ee"].into_iter();
        assert_eq!(split(entries(), 2, 100), ["aabb", "ccdd", "ee"]);
        assert_eq!(split(entries(), 100, 5), ["aabb", "ccdd", "ee"]);
        assert_eq!(split(entries(), 5, 10), ["aabbccddee"]);
    }

    #[test]
    fn what_is_too_much_for_one_list_stands_in_several() {
        let pages: Vec<String> = (0..=PAGES).map(|it| format!("incidents/{it:06}.html")).collect();
        let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
        let files = files(URL, &pages, &[]);
        assert_eq!(addresses(&files[0].1), [format!("{URL}/sitemap-1.xml"), format!("{URL}/sitemap-2.xml")]);
        let counts = files[1..].iter().map(|(_, xml)| xml.matches("<url>").count());
        assert_eq!(counts.collect::<Vec<_>>(), [PAGES, 1]);
    }
}
