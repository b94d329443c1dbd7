//! What is answered to a request: the file that a build would write, to the byte, but for the script that is added to
//! pages.

use bytes::Bytes;

use super::served::Served;
use crate::emit::{Body, media_type};

/// Where our own files are served, which no site has: no output's name begins so.
pub(super) const OWN: &str = "/@allclear/";

/// The script that follows changes and shows what is wrong.
pub(super) const SCRIPT: &str = include_str!("follow.js");

/// An answer.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Reply {
    /// The status of HTTP.
    pub(super) status: u16,
    /// What kind of file it is.
    pub(super) content_type: &'static str,
    /// What it holds.
    pub(super) body: Body,
}

/// The answer to a request for `path`, which begins with a slash and may be percent-encoded.
pub(super) fn reply(served: &Served, path: &str) -> Reply {
    if path == format!("{OWN}follow.js") {
        return made(200, media_type::SCRIPT, SCRIPT);
    }
    if let Some(clock) = served.clock.filter(|_| path == format!("{OWN}clock.js")) {
        return made(200, media_type::SCRIPT, &clock.script());
    }
    let Some(tree) = &served.tree else { return not_yet(served) };
    let Some(path) = decoded(path) else { return made(400, media_type::TEXT, "this address is not UTF-8\n") };
    let name = path.trim_start_matches('/');
    let found = candidates(name).into_iter().find_map(|it| Some((it.clone(), tree.get(&it)?)));
    match (found, tree.get("404.html")) {
        (Some((name, body)), _) => file(served, 200, &name, body),
        (None, Some(body)) => file(served, 404, "404.html", body),
        (None, None) => made(404, media_type::TEXT, "there is no such page\n"),
    }
}

/// The files that a host may answer with: the one that is named, a folder's index, a page without its ending.
fn candidates(name: &str) -> Vec<String> {
    if name.is_empty() || name.ends_with('/') {
        return vec![format!("{name}index.html")];
    }
    vec![name.to_owned(), format!("{name}.html"), format!("{name}/index.html")]
}

fn file(served: &Served, status: u16, name: &str, body: &Body) -> Reply {
    let content_type = media_type::media_type(name);
    let body = match body {
        Body::Bytes(page) if content_type == media_type::HTML => with_scripts(page, served).into(),
        body => body.clone(),
    };
    Reply { status, content_type, body }
}

/// The page with our scripts in its head, the clock before any other. Its policy allows what the page's own server
/// sends.
fn with_scripts(page: &[u8], served: &Served) -> Bytes {
    let find = |text: &[u8]| page.windows(text.len()).position(|it| it == text);
    let end = find(b"</head>").unwrap_or(page.len());
    let first = find(b"<script").filter(|it| *it < end).unwrap_or(end);
    let clock = match served.clock {
        Some(_) => format!("<script src=\"{OWN}clock.js\"></script>\n"),
        None => String::new(),
    };
    let follow =
        format!("<script src=\"{OWN}follow.js?{}-{}\" defer></script>\n", served.server, served.generation);
    [&page[..first], clock.as_bytes(), &page[first..end], follow.as_bytes(), &page[end..]].concat().into()
}

/// Before there was a site: a page that waits for one, and says what is in the way.
fn not_yet(served: &Served) -> Reply {
    let page = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
                <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
                <title>No page yet</title>\n</head>\n<body>\n<p>There is no page yet.</p>\n</body>\n</html>\n";
    let body = with_scripts(page.as_bytes(), served);
    Reply { status: 503, content_type: media_type::HTML, body: body.into() }
}

fn made(status: u16, content_type: &'static str, text: &str) -> Reply {
    Reply { status, content_type, body: text.to_owned().into() }
}

/// The address without percent-encoding; none where that is no text.
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let digits = || u8::from_str_radix(std::str::from_utf8(tail.get(..2)?).ok()?, 16).ok();
        match (first, digits()) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            (byte, _) => {
                bytes.push(*byte);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::super::clockwork::Moving;
    use super::super::served::Changed;
    use super::*;
    use crate::emit::Tree;

    fn served(files: &[(&str, &str)]) -> Served {
        let tree = Tree::from(files);
        Served {
            tree: Some(tree),
            server: 3,
            generation: 7,
            changed: Changed::Pages,
            clock: None,
            problems: None,
        }
    }

    #[track_caller]
    fn check(path: &str, status: u16, text: &str) {
        let site =
            [("index.html", "front"), ("a b.html", "space"), ("x.css", "css"), ("404.html", "missing")];
        let reply = reply(&served(&site), path);
        let body = String::from_utf8(reply.body.bytes().unwrap().to_vec())
            .unwrap()
            .replace("<script src=\"/@allclear/follow.js?3-7\" defer></script>\n", "");
        assert_eq!((reply.status, body.as_str()), (status, text));
    }

    #[test]
    fn a_file_is_found_as_hosts_find_it() {
        check("/", 200, "front");
        check("/index.html", 200, "front");
        check("/a%20b.html", 200, "space");
        check("/a%20b", 200, "space");
        check("/x.css", 200, "css");
    }

    #[test]
    fn what_is_not_part_of_the_site_is_not_served() {
        for path in ["/none", "/../Cargo.toml", "/%2e%2e/Cargo.toml", "//etc/passwd", "/.git/config", "/a%"] {
            check(path, 404, "missing");
        }
        assert_eq!(reply(&served(&[]), "/%ff").status, 400);
    }

    #[track_caller]
    fn check_scripts(served: &Served, expected: &str) {
        let page = with_scripts(b"<head>\n<script src=live.js></script>\n</head><body>", served);
        assert_eq!(String::from_utf8(page.to_vec()).unwrap(), format!("<head>\n{expected}</head><body>"));
    }

    #[test]
    fn our_scripts_stand_in_the_head_of_pages_and_the_clock_before_any_other() {
        let (theirs, follow) =
            ("<script src=live.js></script>\n", "<script src=\"/@allclear/follow.js?3-7\" defer></script>\n");
        check_scripts(&served(&[]), &format!("{theirs}{follow}"));
        let clock = Some(Moving::new(jiff::Timestamp::UNIX_EPOCH, 60, None));
        let moving = Served { clock, ..served(&[]) };
        check_scripts(&moving, &format!("<script src=\"/@allclear/clock.js\"></script>\n{theirs}{follow}"));
        assert_eq!(reply(&moving, "/@allclear/clock.js").status, 200);
        assert_eq!(reply(&served(&[]), "/@allclear/clock.js").status, 404);
    }

    #[test]
    fn before_there_is_a_site_a_page_waits_for_it() {
        let nothing = Served { tree: None, ..served(&[]) };
        assert_eq!(reply(&nothing, "/").status, 503);
    }
}
