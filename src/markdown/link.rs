//! What a link points to: a pure function of its text and of the file it stands in.
//!
//! A link names a file of the project, relative to its own file (`../2020-07-10-login/incident.md`), or a
//! page of the output, relative to the page that its text is shown on (`../history.html`). A leading
//! slash is the output's root, whatever the host and prefix it is read from.

use unicode_normalization::UnicodeNormalization;

use super::escape::{decode, encode_fragment, encode_path, encode_url, is_stray};
use crate::model::{Html, LinkTarget};

/// Where a link leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Destination {
    /// To another place: the address, encoded.
    Outside(String),
    /// To an anchor of the same text.
    Anchor(String),
    /// Into the site, with the anchor there.
    Inside(LinkTarget, Option<String>),
}

impl Destination {
    /// Where `url` leads that stands in the file at `path`.
    pub(super) fn of(url: &str, path: &str) -> Destination {
        let url: String = url.trim().chars().filter(|&it| !is_stray(it)).collect();
        if let Some(anchor) = url.strip_prefix('#') {
            return Destination::Anchor(decode(anchor));
        }
        match scheme(&url).as_deref() {
            Some("http" | "https" | "mailto" | "tel") => Destination::Outside(encode_url(&url)),
            Some(_) => Destination::Inside(LinkTarget::Unsafe(url), None),
            None if url.starts_with("//") => Destination::Outside(encode_url(&format!("https:{url}"))),
            None => inside(&url, path),
        }
    }

    /// The `href` of it, behind [`Html::ROOT`] where it leads into the site; none where there is
    /// nothing to link to. An anchor of the same text begins with `prefix`.
    pub(super) fn href(&self, prefix: &str) -> Option<String> {
        match self {
            Destination::Outside(url) => Some(url.clone()),
            Destination::Anchor(anchor) => {
                let dash = if prefix.is_empty() || anchor.is_empty() { "" } else { "-" };
                Some(encode_fragment(&format!("{prefix}{dash}{anchor}"))).map(|it| format!("#{it}"))
            }
            Destination::Inside(target, anchor) => {
                let path = encode_path(&target.path()?);
                let anchor = anchor.as_deref().map(|it| format!("#{}", encode_fragment(it)));
                Some(format!("{}{path}{}", Html::ROOT, anchor.unwrap_or_default()))
            }
        }
    }
}

/// The scheme of an address as a lenient browser would see it, in lower case.
fn scheme(url: &str) -> Option<String> {
    let dense: String = url.chars().filter(|it| !it.is_whitespace()).collect();
    let head = dense.split(['/', '?', '#']).next().unwrap_or_default();
    head.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase())
}

fn inside(url: &str, path: &str) -> Destination {
    let (url, anchor) = match url.split_once('#') {
        Some((url, anchor)) => (url, Some(decode(anchor))),
        None => (url, None),
    };
    let link = decode(url.split('?').next().unwrap_or(url));
    let link: String = link.chars().filter(|&it| !is_stray(it)).nfc().collect();
    let target = match join(base(&link, path), &link) {
        Some(names) => target(&names),
        None => LinkTarget::Nothing(link),
    };
    Destination::Inside(target, anchor)
}

/// The folder that a relative link starts from.
fn base<'a>(link: &str, path: &'a str) -> &'a str {
    let names_an_output = [".html", ".atom", ".rss", ".ics", ".ndjson"].iter().any(|it| link.ends_with(it));
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    if link.starts_with('/') {
        ""
    } else if !names_an_output {
        folder
    } else if !path.starts_with("incidents/") {
        ""
    } else if name == "postmortem.md" {
        "postmortems"
    } else {
        "incidents"
    }
}

/// The names on the way from `folder` along `link`; none where it leaves the root.
fn join(folder: &str, link: &str) -> Option<Vec<String>> {
    let mut names: Vec<String> = Vec::new();
    for name in folder.split('/').chain(link.split('/')) {
        match name {
            "" | "." => {}
            ".." => drop(names.pop()?),
            name => names.push(name.to_owned()),
        }
    }
    Some(names)
}

fn target(names: &[String]) -> LinkTarget {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let without = |name: &str, ending: &str| name.strip_suffix(ending).map(str::to_owned);
    match names.as_slice() {
        [] => LinkTarget::Output("index.html".to_owned()),
        ["incidents", within @ ..] => incident(within, &names),
        ["postmortems", name] => {
            LinkTarget::Postmortem(without(name, ".html").unwrap_or_else(|| (*name).to_owned()))
        }
        ["components", name] => {
            LinkTarget::Component(without(name, ".html").unwrap_or_else(|| (*name).to_owned()))
        }
        ["assets", file @ ..] | ["site", "assets", file @ ..] if !file.is_empty() => {
            LinkTarget::Asset(file.join("/"))
        }
        ["site", "pages", page] => match without(page, ".md") {
            Some(page) => LinkTarget::Page(page),
            None => LinkTarget::Nothing(names.join("/")),
        },
        ["site" | "themes", ..] => LinkTarget::Nothing(names.join("/")),
        [
            "index.html" | "history.html" | "maintenance.html" | "postmortems.html" | "search.html"
            | "subscribe.html",
        ] => LinkTarget::Output(names.join("/")),
        [name] => match without(name, ".html") {
            Some(page) => LinkTarget::Page(page),
            None => LinkTarget::Output((*name).to_owned()),
        },
        names => LinkTarget::Output(names.join("/")),
    }
}

/// The target of a path below incidents/, in whatever folders the incident lies.
fn incident(within: &[&str], names: &[&str]) -> LinkTarget {
    match within {
        [] => LinkTarget::Nothing("incidents".to_owned()),
        [.., id, "postmortem.md"] => LinkTarget::Postmortem((*id).to_owned()),
        [.., _, "reports.csv"] => LinkTarget::Nothing(names.join("/")),
        [.., id, "incident.md" | "incident.yaml" | "updates"] | [.., id, "updates", _] => {
            LinkTarget::Incident((*id).to_owned())
        }
        [.., name] => {
            let id = [".md", ".yaml", ".html"].iter().find_map(|it| name.strip_suffix(it));
            LinkTarget::Incident(id.unwrap_or(name).to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &str, url: &str, href: &str) {
        let destination = Destination::of(url, path);
        let written = destination.href("u1").map(|it| it.replace(Html::ROOT, "~/"));
        assert_eq!(written.as_deref().unwrap_or("none"), href, "{destination:?}");
    }

    #[test]
    fn an_incident_is_named_by_any_of_its_files() {
        for url in [
            "../y/",
            "../y",
            "../y.md",
            "../y.yaml",
            "../y/incident.md",
            "../y/incident.yaml",
            "../y/updates/20200710T1048Z-investigating.md",
            "../../2021/y/",
            "y.html",
            "/incidents/y.html",
            "/incidents/2020/y/",
            "incidents/y.html",
        ] {
            check("incidents/2020/x/incident.md", url, "~/incidents/y.html");
        }
    }

    #[test]
    fn from_an_update_the_way_up_counts() {
        let update = "incidents/x/updates/20200710T1048Z.md";
        check(update, "../", "~/incidents/x.html");
        check(update, "../postmortem.md#why", "~/postmortems/x.html#why");
        check(update, "../../../site/pages/contact.md", "~/contact.html");
        check(update, "../../../site/assets/a b.png", "~/assets/a%20b.png");
    }

    #[test]
    fn pages_of_the_output_count_from_the_page() {
        check("incidents/2020/x.md", "../history.html", "~/history.html");
        check("incidents/2020/x.md", "../components/login.html", "~/components/login.html");
        check("incidents/x/postmortem.md", "../incidents/x.html#u", "~/incidents/x.html#u");
        check("site/pages/a.md", "history/2020.html", "~/history/2020.html");
        check("site/pages/a.md", "contact.html", "~/contact.html");
        check("site/pages/a.md", "/maintenance.ics", "~/maintenance.ics");
        check("site/pages/a.md", "/", "~/index.html");
    }

    #[test]
    fn what_has_no_page_has_no_link() {
        check("incidents/x/incident.md", "reports.csv", "none");
        check("incidents/x/incident.md", "../../../elsewhere", "none");
        check("site/pages/a.md", "../site.yaml", "none");
        check("site/pages/a.md", "../../themes/default/style.css", "none");
    }

    #[test]
    fn outside_addresses_are_kept() {
        check("site/pages/a.md", "HTTPS://a.example/ü?b=c#d", "HTTPS://a.example/%C3%BC?b=c#d");
        check("site/pages/a.md", "//a.example/b", "https://a.example/b");
        check("site/pages/a.md", "tel:+4612345", "tel:+4612345");
        check("site/pages/a.md", "mailto:a@b.example?subject=c", "mailto:a@b.example?subject=c");
    }

    #[test]
    fn an_anchor_is_of_the_same_text() {
        check("site/pages/a.md", "#why not", "#u1-why%20not");
    }

    #[test]
    fn a_name_is_compared_in_one_unicode_form() {
        let target = LinkTarget::Incident("st\u{f6}rung".to_owned());
        let destination = Destination::of("sto%CC%88rung.md", "incidents/x.md");
        assert_eq!(destination, Destination::Inside(target, None));
    }

    #[test]
    fn what_could_be_a_scheme_is_refused() {
        for url in ["javascript:x", "Data:x", "java\tscript:x", "java script:x", "C:\\x", "\u{1}vbscript:x"] {
            let destination = Destination::of(url, "site/pages/a.md");
            assert!(matches!(destination, Destination::Inside(LinkTarget::Unsafe(_), None)), "{url:?}");
        }
    }
}
