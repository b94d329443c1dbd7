//! Turning text into what may stand in HTML and in an address.

use std::fmt::Write;

/// Text for HTML, between tags or in a quoted attribute.
pub fn escape_html(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for it in text.chars() {
        match it {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            it => out.push(it),
        }
    }
    out
}

/// A path for an address: what is no letter, digit, `/` or plain mark becomes `%XX`. A colon does
/// too, so that no path is taken for a scheme.
pub fn encode_path(path: &str) -> String {
    encode(path, b"/-._~!$'()*+,;=@")
}

/// What follows the `#` of an address.
pub(super) fn encode_fragment(fragment: &str) -> String {
    encode(fragment, b"/-._~!$'()*+,;=@:?")
}

/// A whole address: what stands in it for a purpose stays, what no address may hold becomes `%XX`.
pub(super) fn encode_url(url: &str) -> String {
    encode(url, b"/-._~!$'()*+,;=@:?#[]&%")
}

/// Undoes `%XX`. What is no UTF-8 afterwards stays as it was written.
pub(super) fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = |it: Option<&u8>| it.and_then(|&it| char::from(it).to_digit(16));
        match (first, hex(tail.first()), hex(tail.get(1))) {
            (b'%', Some(high), Some(low)) => {
                bytes.extend(u8::try_from(high * 16 + low));
                rest = &tail[2..];
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// Whether a character must not reach any output: control characters other than a new line and a
/// tab, and the two that no XML may hold.
pub fn is_stray(it: char) -> bool {
    (it.is_control() && it != '\n' && it != '\t') || matches!(it, '\u{fffe}' | '\u{ffff}')
}

fn encode(text: &str, plain: &[u8]) -> String {
    let mut out = String::with_capacity(text.len());
    for &byte in text.as_bytes() {
        if byte.is_ascii_alphanumeric() || plain.contains(&byte) {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").expect("a String takes everything");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_never_a_scheme() {
        assert_eq!(encode_path("javascript:a b/ü.html"), "javascript%3Aa%20b/%C3%BC.html");
    }

    #[test]
    fn an_address_keeps_its_parts() {
        assert_eq!(
            encode_url("https://a.example/b?c=%20&d=\"e\"#f"),
            "https://a.example/b?c=%20&d=%22e%22#f"
        );
    }

    #[test]
    fn decoding_leaves_what_is_not_encoded() {
        assert_eq!(decode("a%20b%zz%"), "a b%zz%");
        assert_eq!(decode("%ff"), "%ff");
    }
}
