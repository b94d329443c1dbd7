//! `_headers`: what a host that reads it sends along with each file.
//!
//! Some hosts join a header that two rules give to one file, others let one of them win, and in no pattern can a file be
//! left out. So no file is given a header twice, and no pattern stands twice: the files at the root are named one by
//! one, which leaves `embed.html` to a rule of its own, and a folder has a rule for each depth. A placeholder, as `:a`,
//! is one step of a path; `*` is used only where nothing else can be meant, for hosts differ in whether it takes the
//! slash before it along.
//!
//! The paths are those of the host, which knows nothing of a prefix that a proxy may have added.

use std::collections::{BTreeMap, BTreeSet};

use super::shown::Indexing;
use super::{POLICY, path};
use crate::emit::media_type::media_type;
use crate::model::Framing;

/// For what tells the state: asked for each time, and shown as it was only where the host cannot answer.
const STATE: &str = "public, max-age=0, stale-if-error=86400";
/// For what is mostly over: at most some minutes late.
const ARCHIVE: &str = "public, max-age=60, stale-while-revalidate=300, stale-if-error=604800";
/// For what changes with the theme alone, under the same name.
const THEME: &str = "public, max-age=600, stale-while-revalidate=600, stale-if-error=604800";
/// For what each page of a product loads.
const EMBED: &str = "public, max-age=3600, stale-while-revalidate=86400, stale-if-error=604800";

/// Folders of what is mostly over.
const OVER: [&str; 5] = ["events", "history", "maintenance", "postmortems", "search"];
/// Folders of files that are copied, of any depth.
const COPIED: [&str; 2] = ["assets", "theme"];

/// What other sites' scripts may read.
const OPEN: [&str; 7] = ["/*.json", "/*.atom", "/*.rss", "/*.ics", "/*.ndjson", "/metrics", "/embed.js"];
/// What hosts do not know the media type of.
const UNKNOWN_TO_HOSTS: [&str; 7] =
    ["/*.atom", "/*.rss", "/*.ics", "/*.ndjson", "/metrics", "/feed.json", "/components/:a/feed.json"];

/// The rules of an output: headers by the pattern of the paths that they are sent with.
type Rules = BTreeMap<String, Vec<(&'static str, String)>>;

/// The headers of an output of these paths.
pub(super) fn headers<'a>(
    paths: impl Iterator<Item = &'a str>,
    framing: &Framing,
    indexing: Indexing,
) -> String {
    let mut rules = Rules::new();
    rules.insert("/*".to_owned(), everywhere(indexing));
    for pattern in paths.flat_map(patterns).collect::<BTreeSet<String>>() {
        let kept = ("Cache-Control", lifetime(&pattern).to_owned());
        let policy = ("Content-Security-Policy", policy(&pattern, framing));
        rules.entry(pattern).or_default().extend([policy, kept]);
    }
    for pattern in OPEN {
        let open = ("Access-Control-Allow-Origin", "*".to_owned());
        rules.entry(pattern.to_owned()).or_default().push(open);
    }
    for pattern in UNKNOWN_TO_HOSTS {
        let media_type = media_type(pattern.trim_start_matches('/')).to_owned();
        rules.entry(pattern.to_owned()).or_default().push(("Content-Type", media_type));
    }
    written(&rules)
}

/// A rule a paragraph.
fn written(rules: &Rules) -> String {
    let rule = |(pattern, headers): (&String, &Vec<(&str, String)>)| {
        let lines: String = headers.iter().map(|(name, value)| format!("  {name}: {value}\n")).collect();
        format!("{pattern}\n{lines}")
    };
    rules.iter().map(rule).collect::<Vec<_>>().join("\n")
}

fn everywhere(indexing: Indexing) -> Vec<(&'static str, String)> {
    let robots = (indexing == Indexing::Forbidden).then(|| ("X-Robots-Tag", "noindex".to_owned()));
    let always = [
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("Referrer-Policy", "strict-origin-when-cross-origin".to_owned()),
    ];
    always.into_iter().chain(robots).collect()
}

/// The patterns that a path is of. A page at the root has a second address, without its ending, on hosts that drop it.
fn patterns(path: &str) -> Vec<String> {
    let Some((folder, rest)) = path.split_once('/') else {
        let whole = format!("/{}", path::href(path));
        return match whole.strip_suffix(".html") {
            Some("/index") => vec!["/".to_owned(), whole],
            Some(short) => vec![short.to_owned(), whole],
            None => vec![whole],
        };
    };
    if COPIED.contains(&folder) {
        return vec![format!("/{folder}/*")];
    }
    let steps = ["/:a", "/:b", "/:c", "/:d"];
    vec![format!("/{folder}{}", steps[..=rest.matches('/').count()].concat())]
}

fn policy(pattern: &str, framing: &Framing) -> String {
    let nobody = "'none'".to_owned();
    let ancestors = match framing {
        _ if !["/embed", "/embed.html"].contains(&pattern) => nobody,
        Framing::Anyone => "*".to_owned(),
        Framing::Only(origins) if origins.is_empty() => nobody,
        Framing::Only(origins) => origins.join(" "),
    };
    format!("{POLICY}; frame-ancestors {ancestors}")
}

fn lifetime(pattern: &str) -> &'static str {
    let folder = pattern[1..].split_once('/').map(|(folder, _)| folder);
    match (pattern, folder) {
        ("/embed.js", _) => EMBED,
        (_, Some(folder)) if COPIED.contains(&folder) => THEME,
        (_, Some(folder)) if OVER.contains(&folder) => ARCHIVE,
        _ => STATE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PATHS: [&str; 10] = [
        "index.html",
        "404.html",
        "embed.html",
        "embed.js",
        "status.json",
        "history.html",
        "history/2026.html",
        "components/login/2026.json",
        "theme/cards/neutral.png",
        "incidents/öffnen.html",
    ];

    fn of(framing: &Framing) -> String {
        headers(PATHS.into_iter(), framing, Indexing::Allowed)
    }

    /// The rule of a pattern, without it.
    #[track_caller]
    fn rule<'a>(headers: &'a str, pattern: &str) -> &'a str {
        let rules: Vec<&str> =
            headers.split("\n\n").filter_map(|it| it.strip_prefix(pattern)?.strip_prefix('\n')).collect();
        assert_eq!(rules.len(), 1, "{pattern} in {headers}");
        rules[0]
    }

    #[test]
    fn a_path_is_of_one_pattern() {
        let expected = [
            "/",
            "/404",
            "/404.html",
            "/components/:a/:b",
            "/embed",
            "/embed.html",
            "/embed.js",
            "/history",
            "/history.html",
            "/history/:a",
            "/incidents/:a",
            "/index.html",
            "/status.json",
            "/theme/*",
        ];
        let found: BTreeSet<String> = PATHS.into_iter().flat_map(patterns).collect();
        assert_eq!(found.into_iter().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn nobody_may_show_a_page_in_a_frame_but_the_one_that_is_made_for_it() {
        let only = |origins: &[&str]| Framing::Only(origins.iter().map(|it| (*it).to_owned()).collect());
        for (framing, ancestors) in [
            (Framing::Anyone, "*"),
            (only(&[]), "'none'"),
            (only(&["https://a.example", "https://b.example"]), "https://a.example https://b.example"),
        ] {
            let headers = of(&framing);
            let policy =
                |ancestors| format!("  Content-Security-Policy: {POLICY}; frame-ancestors {ancestors}\n");
            assert!(rule(&headers, "/embed.html").contains(&policy(ancestors)), "{headers}");
            assert!(rule(&headers, "/history.html").contains(&policy("'none'")));
        }
    }

    #[test]
    fn what_tells_the_state_is_asked_for_each_time() {
        let headers = of(&Framing::Anyone);
        for (pattern, lifetime) in [
            ("/", STATE),
            ("/incidents/:a", STATE),
            ("/components/:a/:b", STATE),
            ("/status.json", STATE),
            ("/history/:a", ARCHIVE),
            ("/theme/*", THEME),
        ] {
            assert!(rule(&headers, pattern).contains(&format!("Cache-Control: {lifetime}")), "{pattern}");
        }
    }

    #[test]
    fn what_holds_drafts_is_found_by_nobody() {
        let drafts = headers(PATHS.into_iter(), &Framing::Anyone, Indexing::Forbidden);
        assert!(rule(&drafts, "/*").contains("  X-Robots-Tag: noindex"));
        assert!(!of(&Framing::Anyone).contains("X-Robots-Tag"));
    }
}
