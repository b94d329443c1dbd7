//! What hosts and search engines look for.

use std::sync::Arc;

use super::view::Voice;
use super::{POLICY, path};
use crate::markdown::escape_html;

/// Pages that hold nothing of their own.
const NOTHING_TO_FIND: [&str; 2] = ["404.html", "search.html"];

/// The files for hosts, given the paths of all pages and where former ones went.
pub(super) fn files(
    voice: &Voice<'_>,
    pages: &[String],
    aliases: &[(String, String)],
) -> Vec<(String, Arc<[u8]>)> {
    let files = [
        ("sitemap.xml", sitemap(&voice.site.url, pages, aliases)),
        ("robots.txt", format!("User-agent: *\nAllow: /\n\nSitemap: {}/sitemap.xml\n", voice.site.url)),
        ("_headers", headers()),
        ("_redirects", redirects(&voice.site.url, aliases)),
        (".nojekyll", String::new()),
    ];
    files.map(|(path, text)| (path.to_owned(), Arc::from(text.into_bytes()))).into()
}

/// All pages but those that lead elsewhere, and those that hold nothing to be found.
fn sitemap(url: &str, pages: &[String], aliases: &[(String, String)]) -> String {
    let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
                   <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
        .to_owned();
    let mut pages: Vec<&String> = pages
        .iter()
        .filter(|page| {
            !NOTHING_TO_FIND.contains(&page.as_str()) && !aliases.iter().any(|(from, _)| from == *page)
        })
        .collect();
    pages.sort();
    for page in pages {
        let page = if page == "index.html" { "" } else { page };
        let address = escape_html(&format!("{url}/{}", path::href(page)));
        xml += &format!("<url><loc>{address}</loc></url>\n");
    }
    xml + "</urlset>\n"
}

fn headers() -> String {
    format!(
        "/*\n  Content-Security-Policy: {POLICY}; frame-ancestors 'none'\n  \
         X-Content-Type-Options: nosniff\n  Referrer-Policy: no-referrer-when-downgrade\n\n\
         /*.html\n  Cache-Control: max-age=0, must-revalidate\n\n\
         /\n  Cache-Control: max-age=0, must-revalidate\n\n\
         /status.json\n  Cache-Control: max-age=0, must-revalidate\n  Access-Control-Allow-Origin: *\n"
    )
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

    #[test]
    fn the_sitemap_names_pages_that_are_there_to_stay() {
        let pages = ["index.html", "404.html", "search.html", "incidents/old.html", "incidents/new.html"]
            .map(str::to_owned);
        let xml = sitemap("https://status.example.com", &pages, &moved());
        let addresses: Vec<&str> =
            xml.split("<loc>").skip(1).filter_map(|it| it.split("</loc>").next()).collect();
        assert_eq!(
            addresses,
            ["https://status.example.com/incidents/new.html", "https://status.example.com/"]
        );
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
