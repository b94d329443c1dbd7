//! Reads HTML as strictly as we write it: only our tags and attributes, closed in the right order.

/// Tags with the attributes that each may carry.
const KNOWN: &[(&str, &[&str])] = &[
    ("a", &["href", "title"]),
    ("blockquote", &[]),
    ("br", &[]),
    ("code", &["class"]),
    ("del", &[]),
    ("div", &["class", "id"]),
    ("em", &[]),
    ("h2", &["id"]),
    ("h3", &["id"]),
    ("h4", &["id"]),
    ("h5", &["id"]),
    ("h6", &["id"]),
    ("hr", &[]),
    ("img", &["src", "alt", "loading"]),
    ("li", &[]),
    ("ol", &["start"]),
    ("p", &[]),
    ("pre", &[]),
    ("strong", &[]),
    ("sup", &["class"]),
    ("table", &[]),
    ("tbody", &[]),
    ("td", &["class"]),
    ("th", &["class"]),
    ("thead", &[]),
    ("tr", &[]),
    ("ul", &[]),
];

/// Panics unless `html` holds nothing but our own tags, well formed, with safe addresses.
pub fn check(html: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut ids: Vec<&str> = Vec::new();
    for piece in html.split('<').skip(1) {
        let (tag, _) = piece.split_once('>').unwrap_or_else(|| panic!("a tag has no end: {piece}"));
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "closed in another order: {html}");
            continue;
        }
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let name = name.trim_end_matches('/');
        let (_, known) = KNOWN.iter().find(|it| it.0 == name).unwrap_or_else(|| panic!("not ours: <{tag}>"));
        for (attribute, value) in self::attributes(attributes) {
            assert!(known.contains(&attribute), "not ours: <{tag}>");
            match attribute {
                "href" | "src" => check_address(value),
                "id" => {
                    assert!(
                        !value.is_empty() && !value.contains(char::is_whitespace),
                        "no anchor: {value:?}"
                    );
                    ids.push(value);
                }
                _ => {}
            }
        }
        if !matches!(name, "br" | "hr" | "img") {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "never closed: {open:?} in {html}");
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all, "two elements share an anchor: {html}");
}

fn attributes(text: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = text.trim_end_matches('/').trim();
    while !rest.is_empty() {
        let (name, value) = rest.split_once("=\"").unwrap_or_else(|| panic!("no value: {text}"));
        let (value, after) = value.split_once('"').unwrap_or_else(|| panic!("no end: {text}"));
        found.push((name, value));
        rest = after.trim_start();
    }
    found
}

fn check_address(address: &str) {
    let head = address.split(['/', '?', '#']).next().unwrap_or_default();
    if let Some((scheme, _)) = head.split_once(':') {
        let scheme = scheme.to_ascii_lowercase();
        assert!(matches!(scheme.as_str(), "http" | "https" | "mailto" | "tel"), "unsafe: {address}");
    }
    assert!(!address.starts_with("//") && !address.contains(['\\', ' ', '\n', '\t']), "unsafe: {address}");
    assert!(address.is_ascii(), "not encoded: {address}");
}
