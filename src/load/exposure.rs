//! What probably should not be public: what stands in these files is read by everybody.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::ops::Range;
use std::sync::Arc;

use crate::diag::{Code, Diagnostic};
use crate::source::{Place, SourceFile};

/// Endings of names that mean something only inside a house (RFC 6762 for `.local`, RFC 8375 for
/// `.home.arpa`; ICANN reserved `.internal` in 2024; the others are common custom).
const INSIDE: [&str; 7] = [".internal", ".local", ".corp", ".lan", ".intranet", ".home.arpa", ".localdomain"];

/// Beginnings of tokens that open doors, as their issuers document them.
const TOKENS: [&str; 10] =
    ["ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "sk_live_", "rk_live_", "npm_"];

/// Warnings of what a document tells the world and probably should not.
pub(super) fn warnings(file: &Arc<SourceFile>, text: &str) -> Vec<Diagnostic> {
    let said = |(range, what): (Range<usize>, &str)| {
        let message = format!("{what} will be public: `{}`", shortened(&text[range.clone()]));
        Diagnostic::new(Code::NotForPublic, Place::bytes(file, range), message)
            .help("take it out; if it ever was public, a secret has to be replaced")
    };
    exposures(text).into_iter().map(said).collect()
}

/// Each exposed word with what it is.
fn exposures(text: &str) -> Vec<(Range<usize>, &'static str)> {
    words(text).filter_map(|range| exposure(&text[range.clone()]).map(|what| (range, what))).collect()
}

/// The stretches of a text that could be a name, an address or a key.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let separates = |it: char| it.is_whitespace() || "()<>[]{}\"'`,;|*=".contains(it);
    text.split(separates).map(move |word| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        let end = start + word.trim_end_matches(['.', ':', '!', '?']).len();
        start..end
    })
}

fn exposure(word: &str) -> Option<&'static str> {
    if is_key(word) {
        Some("a key or token")
    } else if is_mail(word) {
        Some("a mail address")
    } else if is_private(host(word)) {
        Some("a private address")
    } else if is_inside(host(word)) {
        Some("an internal host name")
    } else {
        None
    }
}

fn is_key(word: &str) -> bool {
    let tail_is_long = |prefix: &&str| word.strip_prefix(**prefix).is_some_and(|tail| 12 <= tail.len());
    let aws = word.len() == 20
        && (word.starts_with("AKIA") || word.starts_with("ASIA"))
        && word.bytes().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit());
    let signed = word.starts_with("eyJ") && 40 < word.len() && word.matches('.').count() == 2;
    aws || signed || word == "-----BEGIN" || TOKENS.iter().any(|it| tail_is_long(it))
}

fn is_mail(word: &str) -> bool {
    let address = word.strip_prefix("mailto:").unwrap_or(word);
    let Some((name, domain)) = address.split_once('@') else { return false };
    let plain = |part: &str| !part.is_empty() && part.chars().all(|it| it.is_alphanumeric() || ".-_+".contains(it));
    plain(name) && plain(domain) && domain.trim_matches('.').contains('.')
}

/// The host of an address, or the word itself: without scheme, user, path and port.
fn host(word: &str) -> &str {
    let rest = word.split_once("://").map_or(word, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    if authority.parse::<Ipv6Addr>().is_ok() {
        return authority;
    }
    authority.rsplit_once(':').map_or(authority, |(host, _)| host)
}

fn is_private(host: &str) -> bool {
    match host.parse() {
        Ok(IpAddr::V4(address)) => is_private_v4(address),
        Ok(IpAddr::V6(address)) => address.is_unique_local() || address.is_unicast_link_local(),
        Err(_) => false,
    }
}

/// RFC 1918, RFC 3927 and the shared addresses of RFC 6598.
fn is_private_v4(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    address.is_private() || address.is_link_local() || (first == 100 && (64..128).contains(&second))
}

fn is_inside(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    let is_name = host.chars().all(|it| it.is_ascii_alphanumeric() || ".-_".contains(it));
    is_name && INSIDE.iter().any(|ending| host.strip_suffix(ending).is_some_and(|name| !name.is_empty()))
}

/// Enough of a word to find it by, and not enough of a key to use it.
fn shortened(word: &str) -> String {
    if word.chars().count() <= 24 { word.to_owned() } else { format!("{}…", word.chars().take(12).collect::<String>()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let found: Vec<_> = exposures(text).into_iter().map(|(range, what)| (&text[range], what)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn addresses_and_names_of_the_inside_are_found() {
        check("db at 10.1.2.3:5432 is down.", &[("10.1.2.3:5432", "a private address")]);
        check("fd00::1 and fe80::1", &[("fd00::1", "a private address"), ("fe80::1", "a private address")]);
        check("(see https://wiki.corp/x).", &[("https://wiki.corp/x", "an internal host name")]);
        check("db-3.eu.internal fails", &[("db-3.eu.internal", "an internal host name")]);
    }

    #[test]
    fn keys_and_people_are_found() {
        check("key: AKIAIOSFODNN7EXAMPLE", &[("AKIAIOSFODNN7EXAMPLE", "a key or token")]);
        check("ask amara@larkspur.example", &[("amara@larkspur.example", "a mail address")]);
        check("-----BEGIN PRIVATE KEY-----", &[("-----BEGIN", "a key or token")]);
    }

    #[test]
    fn what_is_public_anyway_is_left_alone() {
        check("We use 1.1.1.1, version 10.2 and https://status.example.com/10.0.0.1 at 10:30.", &[]);
        check("local and internal errors; 12@30; @larkspur; a.local.example", &[]);
    }
}
