//! The media type of each file that a site is made of: the preview sends it, and `_headers` tells it to hosts.

/// The type of text.
pub const TEXT: &str = "text/plain; charset=utf-8";
/// The type of pages.
pub const HTML: &str = "text/html; charset=utf-8";
/// The type of scripts.
pub const SCRIPT: &str = "text/javascript; charset=utf-8";

/// The media type of the output at `path`. A pattern of paths, such as `*.atom`, has the type of the paths it matches.
pub fn media_type(path: &str) -> &'static str {
    if path == "metrics" {
        return "application/openmetrics-text; version=1.0.0; charset=utf-8";
    }
    if is_json_feed(path) {
        return "application/feed+json; charset=utf-8";
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" => SCRIPT,
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        "atom" => "application/atom+xml; charset=utf-8",
        "rss" => "application/rss+xml; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "ndjson" => "application/x-ndjson; charset=utf-8",
        "txt" => TEXT,
        _ => "application/octet-stream",
    }
}

/// Whether a path is that of the site's JSON Feed or of a component's. Elsewhere the name means nothing.
fn is_json_feed(path: &str) -> bool {
    path == "feed.json" || (path.starts_with("components/") && path.ends_with("/feed.json"))
}

#[cfg(test)]
mod tests {
    use super::media_type;

    #[track_caller]
    fn check(path: &str, expected: &str) {
        assert_eq!(media_type(path), expected, "{path}");
    }

    #[test]
    fn feeds_and_metrics_have_the_type_that_their_readers_ask_for() {
        check("feed.json", "application/feed+json; charset=utf-8");
        check("components/login/feed.json", "application/feed+json; charset=utf-8");
        check("metrics", "application/openmetrics-text; version=1.0.0; charset=utf-8");
        check("*.atom", "application/atom+xml; charset=utf-8");
    }

    #[test]
    fn an_asset_that_is_named_like_a_document_of_ours_has_the_type_of_its_ending() {
        check("assets/feed.json", "application/json");
        check("assets/metrics", "application/octet-stream");
        check("assets/a.b/c", "application/octet-stream");
    }
}
