//! Which sites may show the state in a frame.

use crate::diag::{Code, Diagnostic};
use crate::load::fields::Fields;
use crate::load::node::Node;
use crate::load::reading::Reading;
use crate::load::values::{line, list};
use crate::model::Framing;

/// What `embed` says.
pub(super) fn embed(node: &Node<'_>, reading: &mut Reading) -> Option<Framing> {
    let mut fields = Fields::of(node, reading)?;
    let allow = fields.read("allow", reading, list(origin));
    fields.finish(reading);
    allow.map(Framing::Only)
}

/// The origin of a site as a policy names it. It goes into a header, so it holds nothing that could end a name there.
fn origin(node: &Node<'_>, reading: &mut Reading) -> Option<String> {
    let written = line(node, reading)?;
    let origin = written.strip_suffix('/').unwrap_or(&written).to_ascii_lowercase();
    if is_origin(&origin) {
        return Some(origin);
    }
    let message = format!("`{written}` is not the origin of a site");
    let diagnostic = Diagnostic::new(Code::InvalidValue, node.place(), message);
    reading.refuse(diagnostic.help("write scheme and host alone, as `https://www.example.com`"))
}

fn is_origin(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    let (host, port) = rest.split_once(':').unwrap_or((rest, "1"));
    let name = host.strip_prefix("*.").unwrap_or(host);
    let is_label = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-');
    ["https", "http"].contains(&scheme)
        && name.split('.').all(is_label)
        && port.parse::<u16>().is_ok_and(|it| it != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_a_scheme_a_host_and_perhaps_a_port() {
        for origin in ["https://www.example.com", "https://*.example.com", "http://127.0.0.1:8080"] {
            assert!(is_origin(origin), "{origin}");
        }
        for odd in [
            "www.example.com",
            "https://example.com/shop",
            "https://a b",
            "https://a;b",
            "https://a,b",
            "https://*",
            "https://a.*",
            "https://a:*",
            "https://",
            "'self'",
            "javascript://a",
        ] {
            assert!(!is_origin(odd), "{odd}");
        }
    }
}
