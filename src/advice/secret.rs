//! What in a text should probably not be public: known by its form, a word at a time.

use std::net::{IpAddr, Ipv4Addr};

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

/// No token is shorter than this, its beginning counted.
const SHORTEST_TOKEN: usize = 20;

/// Something that should probably not be public.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Secret {
    /// As it stands in the text.
    pub(super) text: String,
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
    let key = text.contains("-----BEGIN") && text.contains("PRIVATE KEY-----");
    let key = key.then(|| Secret { text: "-----BEGIN".to_owned(), kind: SecretKind::Key });
    key.into_iter().chain(text.split(|it: char| !is_of_word(it)).filter_map(secret)).collect()
}

fn is_of_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_' | '-' | '@' | ':' | '+')
}

fn secret(word: &str) -> Option<Secret> {
    // Nearly all words are plain ones, and this is asked of every word that was ever written.
    if word.len() < SHORTEST_TOKEN && !word.contains(['.', ':', '@']) {
        return None;
    }
    let word = word.trim_matches(['.', ':', '-']);
    let host = word.split_once(':').map_or(word, |(host, _)| host);
    let kind = if is_private_address(word) || is_private_address(host) {
        SecretKind::PrivateAddress
    } else if is_token(word) {
        SecretKind::Key
    } else if is_mail_address(word) {
        SecretKind::MailAddress
    } else if is_internal_host(host) {
        SecretKind::InternalHost
    } else {
        return None;
    };
    Some(Secret { text: word.to_owned(), kind })
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

/// An address that is linked is meant to be found.
fn is_mail_address(word: &str) -> bool {
    let Some((name, host)) = word.split_once('@') else { return false };
    let labels: Vec<&str> = host.split('.').collect();
    !name.is_empty()
        && !name.starts_with("mailto:")
        && 1 < labels.len()
        && labels.iter().all(|it| !it.is_empty() && !it.contains('@'))
}

#[cfg(test)]
mod tests {
    use super::SecretKind::{self, InternalHost, Key, MailAddress, PrivateAddress};
    use super::secrets;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, SecretKind)]) {
        let found = secrets(text);
        let found: Vec<(&str, SecretKind)> = found.iter().map(|it| (it.text.as_str(), it.kind)).collect();
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
    }
}
