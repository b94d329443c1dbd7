//! The state on a product's own pages: the bar and the frame, in a browser that holds them apart, for they are of
//! another origin.

use std::sync::Arc;

use crate::reader::{ENTER, Reader, TAB};
use crate::server::Server;
use crate::site::{DURING, Site, files, sample, sample_with, written};

const SITE: &str = "format: 1
title: Test
url: https://status.example.com
time_zone: UTC
since: 2026-01-01
cascade: derive
components:
  - {id: login, name: Login, critical: true}
  - {id: search, name: Search}
  - {id: web, name: Web, depends_on: [search]}
";
const OUTAGE: &str = "title: Nobody gets in
components: {login: major_outage}
updates:
  - {at: 2026-03-10T10:46Z, status: investigating, body: We look into it.}
";
const IDENTIFIED: &str = "  - {at: 2026-03-10T11:29Z, status: identified, body: It is the database.}
";
const SLOW: &str = "title: Slow search
components: {search: degraded_performance}
updates:
  - {at: 2026-03-10T11:00Z, status: investigating, body: We look into it.}
";
const MAINTENANCE: &str = "title: New disks
kind: maintenance
scheduled_for: 2026-03-10T11:00Z
scheduled_until: 2026-03-10T12:30Z
components: [search]
";
const NOW: &str = "2026-03-10T11:30:00Z";

/// The policy of a product that allows nothing but what `docs/embedding.md` asks for.
fn strict(status: &str) -> String {
    format!(
        "default-src 'none'; script-src {status}; connect-src {status}; frame-src {status}; \
         require-trusted-types-for 'script'"
    )
}

/// A product's page with this body, below the strictest policy that shows the status page's parts.
fn product(status: &Server, body: &str) -> Arc<Site> {
    let page = format!("<!doctype html><title>Product</title><main><h1>Product</h1></main>{body}");
    let policy = strict(status.address("").trim_end_matches('/'));
    let headers = format!("/*\n  Content-Security-Policy: {policy}\n");
    Arc::new(files(&[("index.html", &page), ("_headers", &headers)]))
}

/// A product's page that loads the bar, with these attributes, and a host of the status page.
struct Product {
    status: Server,
    reader: Reader,
}

impl Product {
    fn of(site: Arc<Site>, attributes: &str) -> Product {
        Product::below("", site, attributes)
    }

    /// The same where the status page lies below a path.
    fn below(prefix: &str, site: Arc<Site>, attributes: &str) -> Product {
        let status = Server::start(site);
        let source = status.address(&format!("{prefix}embed.js"));
        let script = format!("<script src=\"{source}\" defer {attributes}></script>");
        let reader = Reader::of(product(&status, &script));
        Product { status, reader }
    }

    fn open(&self) {
        self.status.requests();
        self.reader.open("");
        self.reader.until("document.querySelector('allclear-bar')");
    }

    /// What the bar says; empty where it is not there.
    fn text(&self) -> String {
        let text = "document.querySelector('allclear-bar').shadowRoot.querySelector('p')?.innerText ?? ''";
        self.reader.eval(text)
    }

    fn asked(&self) -> usize {
        self.status.requests().iter().filter(|it| it.path.ends_with("/status.json")).count()
    }

    /// Checks that nothing went wrong that a product would hear of.
    #[track_caller]
    fn check_silent(&self) {
        assert_eq!(self.reader.witnessed(), [""; 0]);
    }
}

/// Checks what the bar says of a site with these incidents; nothing where it is not there.
#[track_caller]
fn check(incidents: &[(&str, &str)], attributes: &str, expected: &str) {
    let product = Product::of(written(SITE, incidents, NOW), attributes);
    product.open();
    assert_eq!(product.text(), expected);
    product.check_silent();
    assert_eq!(product.reader.console(), [""; 0]);
}

#[test]
fn a_bar_is_there_while_something_is_wrong() {
    check(&[], "", "");
    check(&[("a", OUTAGE)], "", "Major outage: Login – Nobody gets in");
    check(&[("a", MAINTENANCE)], "", "Maintenance under way: Search – New disks");
    check(&[("a", &MAINTENANCE.replace("T11:00Z", "T11:45Z"))], "", "");
    check(
        &[("a", "title: A notice\nkind: notice\nupdates: [{at: 2026-03-10T11:00Z, body: Hello.}]\n")],
        "",
        "",
    );
}

#[test]
fn a_product_hears_of_what_concerns_it() {
    let both = [("a", OUTAGE), ("b", SLOW)];
    check(&both, "data-components=\"search\"", "Test – Slow search");
    check(&both, "data-components=\"login, search\"", "Test – Nobody gets in");
    check(&[("a", OUTAGE)], "data-components=\"search\"", "");
    check(&[("b", SLOW)], "data-components=\"web\"", "Test – Slow search");
    check(&[("b", SLOW)], "data-impact=\"major\"", "");
    check(&[("a", OUTAGE)], "data-impact=\"major\"", "Major outage: Login – Nobody gets in");
    check(&[("a", MAINTENANCE)], "data-impact=\"minor\"", "");
    check(&[("a", MAINTENANCE)], "data-components=\"search\"", "Test – New disks");
}

#[test]
fn a_bar_that_was_closed_comes_back_with_the_next_turn() {
    let product = Product::of(written(SITE, &[("a", OUTAGE)], NOW), "");
    product.open();
    for key in [TAB, TAB, TAB, ENTER] {
        product.reader.press(key);
    }
    assert_eq!(product.text(), "", "it is closed with keys alone");
    product.open();
    assert_eq!(product.text(), "", "the tab remembers");
    product.status.publish(written(SITE, &[("a", &(OUTAGE.to_owned() + IDENTIFIED))], NOW));
    product.open();
    assert_eq!(product.text(), "Major outage: Login – Nobody gets in");
    product.check_silent();
}

#[test]
fn a_bar_is_seen_heard_and_takes_no_room_while_all_is_well() {
    let product = Product::of(written(SITE, &[], NOW), "data-position=\"top\"");
    product.reader.stop_clock(NOW);
    product.open();
    let room = "document.querySelector('allclear-bar').getBoundingClientRect().height";
    assert_eq!(product.reader.eval::<f64>(room), 0.0);
    product.status.publish(written(SITE, &[("a", OUTAGE)], NOW));
    product.reader.advance(76);
    product.reader.until(&format!("30 < {room}"));
    let status = "document.querySelector('allclear-bar').shadowRoot.querySelector('[role=status]').innerText";
    assert!(product.reader.eval::<String>(status).contains("Nobody gets in"));
    let label = "document.querySelector('allclear-bar').shadowRoot.querySelector('button').ariaLabel";
    assert_eq!(product.reader.eval::<String>(label), "Close");
    let first = "document.body.firstElementChild.localName";
    assert_eq!(product.reader.eval::<String>(first), "allclear-bar");
    product.reader.window(320, 640);
    assert!(product.reader.eval::<bool>("document.documentElement.scrollWidth <= innerWidth"));
}

#[test]
fn a_tab_that_is_hidden_asks_nothing() {
    let product = Product::of(written(SITE, &[], NOW), "");
    product.reader.stop_clock(NOW);
    product.open();
    assert_eq!(product.asked(), 1);
    product.reader.advance(59);
    assert_eq!(product.asked(), 0);
    let hide = |hidden: bool| {
        product.reader.run(&format!(
            "Object.defineProperty(document, 'hidden', {{value: {hidden}, configurable: true}}); \
             document.dispatchEvent(new Event('visibilitychange'))"
        ));
    };
    hide(true);
    product.reader.advance(600);
    assert_eq!(product.asked(), 0);
    hide(false);
    product.reader.until(
        "performance.getEntriesByType('resource').filter(it => it.name.endsWith('status.json')).length == 2",
    );
    assert_eq!(product.asked(), 1);
}

#[test]
fn a_host_that_fails_is_nothing_that_a_product_hears_of() {
    let product = Product::of(written(SITE, &[("a", OUTAGE)], NOW), "");
    product.reader.stop_clock(NOW);
    product.open();
    product.status.fail(503);
    product.reader.advance(76);
    product.reader.until(
        "performance.getEntriesByType('resource').filter(it => it.name.endsWith('status.json')).length == 2",
    );
    assert_eq!(product.text(), "Major outage: Login – Nobody gets in", "what was known stays");
    product.check_silent();
    let broken = Arc::new(files(&[
        ("status.json", "{\"incidents\": 1}"),
        ("_headers", "/*\n  Access-Control-Allow-Origin: *\n"),
    ]));
    product.status.recover();
    product.status.publish(broken);
    product.reader.advance(160);
    product.reader.until(
        "performance.getEntriesByType('resource').filter(it => it.name.endsWith('status.json')).length == 3",
    );
    product.check_silent();
}

#[test]
fn a_bar_finds_its_site_below_a_prefix() {
    let site = written(SITE, &[("a", OUTAGE)], NOW);
    let mut below: Site = site.iter().map(|(path, it)| (format!("status/{path}"), it.clone())).collect();
    below.insert("_headers".to_owned(), b"/*\n  Access-Control-Allow-Origin: *\n".to_vec());
    let product = Product::below("status/", Arc::new(below), "");
    product.open();
    assert_eq!(product.text(), "Major outage: Login – Nobody gets in");
    let link = "document.querySelector('allclear-bar').shadowRoot.querySelector('a').href";
    assert_eq!(product.reader.eval::<String>(link), product.status.address("status/"));
}

/// Whether a browser shows a page of a status page in a frame of a product.
fn is_framed(settings: &dyn Fn(&Server) -> String, path: &str) -> bool {
    // The product has to have an address before the site can allow it.
    let status = Server::start(Arc::new(Site::new()));
    let frame = format!("<iframe src=\"{}\" title=\"Status\"></iframe>", status.address(path));
    let reader = Reader::of(product(&status, &frame));
    status.publish(written(&settings(&reader.server), &[("a", OUTAGE)], NOW));
    reader.open("");
    let refused = reader.console().iter().any(|it| it.contains("frame-ancestors"));
    let shown = status.requests().iter().any(|it| it.path == "/theme/style.css");
    assert_ne!(refused, shown, "a frame is shown or refused");
    shown
}

#[test]
fn the_page_for_frames_is_shown_where_the_site_allows_it() {
    let origin = |it: &Server| it.address("").trim_end_matches('/').to_owned();
    assert!(is_framed(&|_| SITE.to_owned(), "embed.html"));
    assert!(is_framed(
        &|product| format!("{SITE}embed: {{allow: [\"{}\"]}}\n", origin(product)),
        "embed.html"
    ));
    assert!(!is_framed(
        &|_| format!("{SITE}embed: {{allow: [\"https://www.example.com\"]}}\n"),
        "embed.html"
    ));
    assert!(!is_framed(&|_| format!("{SITE}embed: {{allow: []}}\n"), "embed.html"));
    assert!(!is_framed(&|_| SITE.to_owned(), "index.html"));
    assert!(!is_framed(&|_| SITE.to_owned(), "incidents/a.html"));
}

#[test]
fn the_page_for_frames_is_whole_without_script_in_any_theme() {
    for site in [sample(DURING), sample_with("theme: wall", DURING)] {
        let reader = Reader::without_script(site);
        reader.window(320, 200);
        reader.open("embed.html");
        assert_eq!(reader.text("h1"), "Major outage: Login, Mobile apps and 4 more");
        assert!(reader.text("main").contains("Open: Logging in fails for most people"));
        assert!(reader.eval::<bool>("document.documentElement.scrollWidth <= innerWidth"));
        assert_eq!((reader.count("a"), reader.count("a[target=_top]")), (2, 2), "the whole window follows");
        assert_eq!(reader.count("[name=robots][content=noindex]"), 1);
    }
}

#[test]
fn the_page_for_frames_follows_the_news() {
    let reader = Reader::of(written(SITE, &[("a", OUTAGE)], NOW));
    reader.stop_clock(NOW);
    reader.open("embed.html");
    assert_eq!(reader.text("h1"), "Major outage: Login");
    reader.advance(61);
    reader.server.publish(written(SITE, &[("a", MAINTENANCE)], NOW));
    reader.advance(61);
    reader.until("document.querySelector('h1').innerText == 'Maintenance under way: Search'");
    assert!(reader.text("main").contains("New disks"));
}
