//! What a page is, for search engines: JSON-LD in the words of schema.org.
//!
//! A data block is no script: a browser does not run it, whatever it holds, and the policy of the page has
//! nothing to say about it. Still the text in it comes from many hands, so that no character which means
//! something in HTML stands in it as itself.
//!
//! Only what is plainly true is said. An incident is an article: it has a headline and was published. It is no
//! `Event`, which is something one can attend, and what schema.org had for emergencies is read by nobody.

use serde::Serialize;

use super::{About, Dates, Genre, NameView, Voice};
use crate::render::{Markup, path};

/// The block's text.
#[derive(Serialize)]
struct Document<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: Vec<Thing<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "@type")]
enum Thing<'a> {
    WebSite {
        name: &'a str,
        url: &'a str,
        #[serde(rename = "inLanguage")]
        language: &'a str,
    },
    #[serde(rename_all = "camelCase")]
    Article {
        headline: &'a str,
        url: &'a str,
        image: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        date_published: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        date_modified: Option<String>,
        in_language: &'a str,
        author: Organization<'a>,
    },
    BreadcrumbList {
        #[serde(rename = "itemListElement")]
        steps: Vec<Step>,
    },
}

#[derive(Serialize)]
#[serde(tag = "@type")]
struct Organization<'a> {
    name: &'a str,
    url: String,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename = "ListItem")]
struct Step {
    position: usize,
    name: String,
    item: String,
}

/// What the page at `address` is.
pub(super) fn data(voice: &Voice<'_>, about: &About<'_>, address: &str) -> Option<Markup> {
    let graph = match about.genre {
        Genre::Front => vec![site(voice, address)],
        Genre::Article(dates) => vec![article(voice, about, (address, dates)), crumbs(voice, about, address)],
        Genre::Page => vec![crumbs(voice, about, address)],
    };
    let document = Document { context: "https://schema.org", graph };
    let json = serde_json::to_string(&document).expect("its maps have text keys");
    Some(Markup::trusted(inert(&json)))
}

fn site<'a>(voice: &Voice<'a>, address: &'a str) -> Thing<'a> {
    Thing::WebSite { name: &voice.site.title, url: address, language: voice.words.language() }
}

fn article<'a>(voice: &Voice<'a>, about: &'a About<'_>, (address, dates): (&'a str, Dates)) -> Thing<'a> {
    Thing::Article {
        headline: &about.name,
        url: address,
        image: about.picture.address(voice),
        date_published: dates.published.map(|it| it.to_string()),
        date_modified: dates.modified.map(|it| it.to_string()),
        in_language: voice.words.language(),
        author: Organization { name: &voice.site.title, url: path::address(&voice.site.url, "") },
    }
}

/// The way from `/` to the page, which is its last step.
fn crumbs<'a>(voice: &Voice<'_>, about: &About<'_>, address: &str) -> Thing<'a> {
    let front = (voice.say("page.home"), path::address(&voice.site.url, ""));
    let between = about.within.iter().filter_map(|NameView { name, path }| {
        Some((name.clone(), format!("{}/{}", voice.site.url, path.as_ref()?)))
    });
    let all = std::iter::once(front).chain(between).chain([(about.name.clone(), address.to_owned())]);
    let step = |(index, (name, item))| Step { position: index + 1, name, item };
    Thing::BreadcrumbList { steps: all.enumerate().map(step).collect() }
}

/// JSON in which nothing can end the element that holds it, or begin another.
fn inert(json: &str) -> String {
    let mut text = String::with_capacity(json.len() + 16);
    for char in json.chars() {
        match char {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => text += &format!("\\u{:04x}", u32::from(char)),
            char => text.push(char),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::{Words, sample};
    use serde_json::{Value, json};

    /// The block of a page of this name, as it stands in the page and as it is read.
    fn block(about: &About<'_>) -> (String, Value) {
        let (site, words) = (sample::site(&[]), Words::english());
        let voice = Voice { site: &site, words: &words };
        let markup = data(&voice, about, "https://status.example/a.html").unwrap();
        let value = serde_json::from_str(markup.as_str()).unwrap();
        (markup.as_str().to_owned(), value)
    }

    fn page(name: &str) -> About<'_> {
        About::page("a.html", name.to_owned(), String::new())
    }

    #[test]
    fn no_text_ends_the_block_or_begins_another() {
        let hostile = [
            "</script><script>alert(1)</script>",
            "<!--<script>",
            "]]><svg onload=alert(1)>",
            "\u{2028}\u{2029}\"}]}</SCRIPT\n>",
            "&lt;/script&gt; & \\u003c/script>",
        ];
        for name in hostile {
            let about = About { genre: Genre::Article(Dates::default()), ..page(name) };
            let (text, value) = block(&about);
            assert!(!text.contains(['<', '>', '&', '\u{2028}', '\u{2029}', '\n']), "{text}");
            assert_eq!(value["@graph"][0]["headline"], name);
        }
    }

    #[test]
    fn the_front_page_stands_for_the_site() {
        let (_, value) = block(&About { genre: Genre::Front, ..page("All systems operational") });
        let site = json!({"@type": "WebSite", "name": "Example", "url": "https://status.example/a.html", "inLanguage": "en"});
        assert_eq!(value["@graph"], json!([site]));
    }

    #[test]
    fn a_page_tells_the_way_to_it() {
        let within = vec![NameView::with_page("History", "history.html")];
        let (_, value) = block(&About { within, ..page("2020") });
        let step = |position: u8, name: &str, path: &str| {
            let item = format!("https://status.example/{path}");
            json!({"@type": "ListItem", "position": position, "name": name, "item": item})
        };
        let steps = [step(1, "Status", ""), step(2, "History", "history.html"), step(3, "2020", "a.html")];
        assert_eq!(value["@graph"], json!([{"@type": "BreadcrumbList", "itemListElement": steps}]));
    }

    #[test]
    fn an_article_has_the_dates_that_are_known() {
        let published = Some("2020-07-10T10:48:00Z".parse().unwrap());
        let dates = Dates { published, modified: None };
        let (_, value) = block(&About { genre: Genre::Article(dates), ..page("Login fails") });
        let article = &value["@graph"][0];
        assert_eq!(article["datePublished"], "2020-07-10T10:48:00Z");
        assert_eq!(article.get("dateModified"), None);
        assert_eq!(article["author"]["name"], "Example");
    }
}
