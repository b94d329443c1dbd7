//! What in a text should probably not be public: known by its form, a word at a time.

use std::net::{IpAddr, Ipv4Addr};
use std::ops::Range;

/// Endings of host names that mean nothing outside of a house.
const INTERNAL: &[&str] = &[".internal", ".intranet", ".local", ".corp", ".lan", ".home.arpa"];

/// Beginnings of tokens, with the least length of what follows.
const TOKENS: &[(&str, usize)] = &[
    ("AKIA", 16),
    ("ASIA", 16),
    ("ghp_", 30),
    ("gho_", 30),
    ("ghs_", 30),
    ("github_pat_", 30),
    ("glpat-", 16),
    ("xoxb-", 20),
    ("xoxp-", 20),
    ("sk_live_", 16),
    ("eyJ", 60),
];

/// How a key in a file of its own begins.
const KEY: &str = "-----BEGIN";

/// What belongs to the sentence rather than to a word at its edge.
const EDGES: [char; 3] = ['.', ':', '-'];

/// No token is shorter than this, its beginning counted.
const SHORTEST_TOKEN: usize = 20;

/// Something that should probably not be public.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Secret {
    /// Where it stands in the text.
    pub(super) bytes: Range<usize>,
    /// What it is.
    pub(super) kind: SecretKind,
}

/// What should not be public.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SecretKind {
    /// An address that only those inside can reach.
    PrivateAddress,
    /// A host that only those inside can name.
    InternalHost,
    /// What opens a door.
    Key,
    /// How to reach a person.
    MailAddress,
}

impl SecretKind {
    /// What it is, as in "this is ..".
    pub(super) fn words(self) -> &'static str {
        match self {
            SecretKind::PrivateAddress => "a private address",
            SecretKind::InternalHost => "an internal host",
            SecretKind::Key => "a key or a token",
            SecretKind::MailAddress => "a mail address",
        }
    }

    /// What to do about it.
    pub(super) fn help(self) -> &'static str {
        match self {
            SecretKind::PrivateAddress | SecretKind::InternalHost => "say what it is to users instead",
            SecretKind::Key => "replace the key where it is used: it is no longer a secret",
            SecretKind::MailAddress => "link an address that is meant for the public with `mailto:`",
        }
    }
}

/// All secrets of a text, in the order they stand.
pub(super) fn secrets(text: &str) -> Vec<Secret> {
    let key = text.find(KEY).filter(|_| text.contains("PRIVATE KEY-----"));
    let key = key.map(|at| Secret { bytes: at..at + KEY.len(), kind: SecretKind::Key });
    let mut start = 0;
    let words = text.split_inclusive(|it: char| !is_of_word(it)).filter_map(|piece| {
        let at = start;
        start += piece.len();
        secret(&text[..at], piece.trim_end_matches(|it: char| !is_of_word(it)))
    });
    key.into_iter().chain(words).collect()
}

fn is_of_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_' | '-' | '@' | ':' | '+')
}

fn secret(before: &str, word: &str) -> Option<Secret> {
    // Nearly all words are plain ones, and this is asked of every word that was ever written.
    if word.len() < SHORTEST_TOKEN && !word.contains(['.', ':', '@']) {
        return None;
    }
    let start = before.len() + word.len() - word.trim_start_matches(EDGES).len();
    let word = word.trim_matches(EDGES);
    // In front of a host there may be a user, as in `git@host:path` and `ssh://git@host`.
    let (user, rest) = word.split_once('@').map_or((None, word), |(user, rest)| (Some(user), rest));
    let host = rest.split_once(':').map_or(rest, |(host, _)| host);
    let is_in_address = before.ends_with("//");
    let kind = if is_private_address(rest) || is_private_address(host) {
        SecretKind::PrivateAddress
    } else if is_token(word) || (is_in_address && user.is_some_and(|it| it.contains(':'))) {
        SecretKind::Key
    } else if !is_in_address && is_mail_address(word) {
        SecretKind::MailAddress
    } else if is_internal_host(host) {
        SecretKind::InternalHost
    } else {
        return None;
    };
    Some(Secret { bytes: start..start + word.len(), kind })
}

fn is_private_address(word: &str) -> bool {
    match word.parse() {
        Ok(IpAddr::V4(address)) => address.is_private() || address.is_link_local() || is_shared(address),
        Ok(IpAddr::V6(address)) => address.is_unique_local() || address.is_unicast_link_local(),
        Err(_) => false,
    }
}

/// 100.64.0.0/10, which providers use inside.
fn is_shared(address: Ipv4Addr) -> bool {
    let [first, second, _, _] = address.octets();
    first == 100 && (64..128).contains(&second)
}

fn is_internal_host(host: &str) -> bool {
    let host = host.to_ascii_lowercase();
    let named = |ending: &&str| host.strip_suffix(*ending).is_some_and(|name| !name.is_empty());
    INTERNAL.iter().any(named) && host.split('.').all(|label| !label.is_empty() && !label.contains('@'))
}

fn is_token(word: &str) -> bool {
    let long_enough = |(beginning, length): &(&str, usize)| {
        word.strip_prefix(beginning).is_some_and(|rest| *length <= rest.len())
    };
    TOKENS.iter().any(long_enough)
}

/// An address that is linked is meant to be found. What is installed, as `tool@4.81.1`, and what is fetched, as
/// `git@host:path`, has a version or a path where a mail address has the end of a host.
fn is_mail_address(word: &str) -> bool {
    let Some((name, host)) = word.split_once('@') else { return false };
    let labels: Vec<&str> = host.split('.').collect();
    let is_number = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    let is_version = labels.iter().take(2).all(|it| is_number(it));
    let has_end =
        labels.last().is_some_and(|it| 1 < it.len() && it.bytes().any(|it| it.is_ascii_alphabetic()));
    !name.is_empty()
        && !name.starts_with("mailto:")
        && 1 < labels.len()
        && has_end
        && !is_version
        && labels.iter().all(|it| !it.is_empty() && !it.contains(['@', ':']))
}

#[cfg(test)]
mod tests {
    use super::SecretKind::{self, InternalHost, Key, MailAddress, PrivateAddress};
    use super::secrets;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, SecretKind)]) {
        let found = secrets(text);
        let found: Vec<(&str, SecretKind)> =
            found.iter().map(|it| (&text[it.bytes.clone()], it.kind)).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn private_addresses() {
        check("on 10.1.2.3.", &[("10.1.2.3", PrivateAddress)]);
        check("http://192.168.0.7:8080/x", &[("192.168.0.7:8080", PrivateAddress)]);
        check("172.31.0.1 and 100.64.0.1", &[("172.31.0.1", PrivateAddress), ("100.64.0.1", PrivateAddress)]);
        check("[fd12:3456::1], fe80::1", &[("fd12:3456::1", PrivateAddress), ("fe80::1", PrivateAddress)]);
    }

    #[test]
    fn public_and_loopback_addresses_and_versions_are_none() {
        check("8.8.8.8, 127.0.0.1, 172.32.0.1, 2001:db8::1, version 10.1.2, at 10:30", &[]);
    }

    #[test]
    fn internal_hosts() {
        check("https://grafana.corp/d/1", &[("grafana.corp", InternalHost)]);
        check("db-1.eu.internal:5432", &[("db-1.eu.internal:5432", InternalHost)]);
        check("the internal.example.com host, .local files, a local.", &[]);
    }

    #[test]
    fn keys_and_tokens() {
        check("AKIAIOSFODNN7EXAMPLE", &[("AKIAIOSFODNN7EXAMPLE", Key)]);
        let token = format!("ghp_{}", "a".repeat(36));
        check(&token, &[(&token, Key)]);
        check("-----BEGIN RSA PRIVATE KEY----- x", &[("-----BEGIN", Key)]);
        check("AKIA and ASIA are beginnings", &[]);
    }

    #[test]
    fn mail_addresses() {
        check("ask amara@example.com.", &[("amara@example.com", MailAddress)]);
        check("follow @larkspur, a@b, user@", &[]);
        check("<a href=\"mailto:help@example.com\">", &[]);
        check("amara@163.com: on call", &[("amara@163.com", MailAddress)]);
    }

    #[test]
    fn what_is_installed_or_fetched_is_no_mail_address() {
        check("npx tool@4.81.1, tool@4.81.1-beta.rc", &[]);
        check("@scope/pkg@1.2.3 and pkg@1.2.x", &[]);
        check("git@example.com:team/project.git, ssh://git@example.com/project", &[]);
        check("git@git.corp:team/project", &[("git@git.corp:team", InternalHost)]);
        check("https://user:word@example.com/", &[("user:word@example.com", Key)]);
    }
}
