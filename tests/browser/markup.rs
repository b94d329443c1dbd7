//! HTML, SVG and XML as strictly as we write them: each `<` begins a tag, and each value stands in quotes.

/// A tag that begins an element.
#[derive(Debug)]
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
}

/// All tags that begin elements, or what is none and where.
pub(crate) fn tags(text: &str) -> Result<Vec<Tag>, String> {
    let mut tags = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        let fault = || rest[at..].chars().take(120).collect::<String>();
        let (inside, after) = tag_end(&rest[at + 1..]).ok_or_else(fault)?;
        if let Some(name) = inside.strip_prefix('/') {
            is_name(name).then_some(()).ok_or_else(fault)?;
        } else if !inside.eq_ignore_ascii_case("!doctype html") && !inside.starts_with("?xml ") {
            tags.push(tag(inside.trim_end_matches('/').trim_end()).ok_or_else(fault)?);
        }
        rest = after;
    }
    Ok(tags)
}

/// What is unsafe about a tag, whoever wrote it.
pub(crate) fn offence(tag: &Tag) -> Option<String> {
    const FORBIDDEN: [&str; 15] = [
        "animate",
        "applet",
        "base",
        "embed",
        "foreignobject",
        "frame",
        "frameset",
        "iframe",
        "marquee",
        "object",
        "portal",
        "set",
        "style",
        "video",
        "xmp",
    ];
    const ADDRESSES: [&str; 7] = ["href", "src", "xlink:href", "data", "poster", "background", "cite"];
    let name = tag.name.to_ascii_lowercase();
    let unsafe_attribute = |(name, value): &&(String, String)| {
        let name = name.to_ascii_lowercase();
        name.starts_with("on")
            || ["style", "srcdoc", "srcset", "action", "formaction", "ping"].contains(&name.as_str())
            || (ADDRESSES.contains(&name.as_str()) && !is_safe(value))
    };
    if FORBIDDEN.contains(&name.as_str()) {
        return Some(format!("<{name}>"));
    }
    tag.attributes
        .iter()
        .find(unsafe_attribute)
        .map(|(attribute, value)| format!("<{name} {attribute}=\"{value}\">"))
}

/// Whether an address, as it is written between quotes, leads to a page and cannot run.
fn is_safe(value: &str) -> bool {
    let value = value.replace("&amp;", "&").replace("&#39;", "'");
    let bare: String = value.chars().filter(|it| !it.is_control() && !it.is_whitespace()).collect();
    let scheme = bare.split(['/', '?', '#']).next().and_then(|it| it.split_once(':'));
    scheme
        .is_none_or(|(it, _)| ["http", "https", "mailto", "tel"].contains(&it.to_ascii_lowercase().as_str()))
}

/// What stands between `<` and its `>`, quotes passed over, and what comes after.
fn tag_end(text: &str) -> Option<(&str, &str)> {
    let mut quoted = false;
    let end = text.find(|it| {
        quoted ^= it == '"';
        it == '>' && !quoted
    })?;
    Some((&text[..end], &text[end + 1..]))
}

fn tag(inside: &str) -> Option<Tag> {
    let (name, mut rest) = inside.split_at(inside.find(char::is_whitespace).unwrap_or(inside.len()));
    let mut attributes = Vec::new();
    while !rest.trim_start().is_empty() {
        rest = rest.strip_prefix(char::is_whitespace)?.trim_start();
        let (name, after) =
            rest.split_at(rest.find(|it: char| it == '=' || it.is_whitespace()).unwrap_or(rest.len()));
        let (value, after) = match after.strip_prefix("=\"") {
            Some(after) => after.split_once('"')?,
            None => ("", after),
        };
        attributes.push((name.to_owned(), value.to_owned()));
        rest = after;
    }
    let named = is_name(name) && attributes.iter().all(|(name, _)| is_name(name));
    named.then(|| Tag { name: name.to_owned(), attributes })
}

fn is_name(name: &str) -> bool {
    name.starts_with(|it: char| it.is_ascii_alphabetic())
        && name.chars().all(|it| it.is_ascii_alphanumeric() || "-:_".contains(it))
}

mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, offence_expected: Option<&str>) {
        let found = tags(text).map(|it| it.iter().find_map(offence));
        assert_eq!(found, Ok(offence_expected.map(str::to_owned)));
    }

    #[test]
    fn what_we_write_is_safe() {
        check("<!doctype html><a href=\"../x.html?a=1&amp;b=2#c\" hidden>1 > 0</a><br/>", None);
        check("<?xml version=\"1.0\"?><a href=\"mailto:a@b.example\"></a>", None);
    }

    #[test]
    fn what_runs_is_not() {
        check("<p><img onerror=\"x\">", Some("<img onerror=\"x\">"));
        check("<iframe src=\"x\">", Some("<iframe>"));
        check("<a HREF=\" java\tscript:x\">", Some("<a HREF=\" java\tscript:x\">"));
    }

    #[test]
    fn what_we_never_write_is_no_tag() {
        for text in
            ["<a href=x>", "a < b", "<!--x-->", "<![CDATA[x]]>", "<a\"b\">", "<p title=\"", "</p x>", "<a'>"]
        {
            assert!(tags(text).is_err(), "{text}");
        }
    }
}
