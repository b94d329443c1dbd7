//! Who may ask the preview: by the name under which it is asked, and by the site that asks.
//!
//! A browser lets any page of any site send requests to this server, and a name that resolves to this machine makes its
//! answers readable to that page. So a request must name this server by a name that no other site can have: a loopback
//! name, the address that it is reached at, or a name that was given on the command line.

use std::net::IpAddr;

use axum::http::HeaderMap;
use axum::http::header::{HOST, ORIGIN};

/// The names that the preview answers to.
#[derive(Clone, Debug)]
pub(super) struct Access {
    /// The names given on the command line, in lower case.
    hosts: Vec<String>,
}

impl Access {
    /// Answers to loopback names, its own address, and these names.
    pub(super) fn new(hosts: &[String]) -> Self {
        Access { hosts: hosts.iter().map(|it| it.to_ascii_lowercase()).collect() }
    }

    /// Whether a request that came to the address `local` is answered.
    ///
    /// # Errors
    /// Why it is not.
    pub(super) fn admit(&self, headers: &HeaderMap, local: IpAddr) -> Result<(), &'static str> {
        let text = |name| headers.get(name).map(|it| it.to_str().unwrap_or_default());
        let host = text(HOST).unwrap_or_default();
        if !self.is_ours(host, local) {
            return Err("this server does not answer to that name; start it with `--host NAME`\n");
        }
        match text(ORIGIN) {
            Some(origin) if origin.split_once("://").map(|(_, it)| it) != Some(host) => {
                Err("this server answers to its own pages alone\n")
            }
            Some(_) | None => Ok(()),
        }
    }

    fn is_ours(&self, host: &str, local: IpAddr) -> bool {
        let name = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|it| it.is_ascii_digit()) => name,
            Some(_) | None => host,
        };
        let name = name.trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
        match name.parse::<IpAddr>() {
            // An IPv4 client of an IPv6 socket comes from, and to, a mapped address.
            Ok(address) => {
                let address = address.to_canonical();
                address.is_loopback() || address == local.to_canonical() || self.hosts.contains(&name)
            }
            Err(_) => name == "localhost" || self.hosts.contains(&name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(local: &str, host: &str, origin: Option<&str>, admitted: bool) {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, host.parse().unwrap());
        if let Some(origin) = origin {
            headers.insert(ORIGIN, origin.parse().unwrap());
        }
        let access = Access::new(&["Preview.example".to_owned()]);
        assert_eq!(access.admit(&headers, local.parse().unwrap()).is_ok(), admitted, "{host} {origin:?}");
    }

    #[test]
    fn only_names_that_no_other_site_can_have_are_answered() {
        for local in ["127.0.0.1", "192.0.2.7", "::ffff:192.0.2.7"] {
            for host in ["localhost:4000", "127.0.0.1:4000", "[::1]:4000", "localhost", "LOCALHOST:1"] {
                check(local, host, None, true);
            }
            for host in ["evil.example:4000", "127.0.0.1.evil.example", "", "localhost.evil.example:4000"] {
                check(local, host, None, false);
            }
        }
    }

    #[test]
    fn the_address_that_it_is_reached_at_and_given_names_are_answered() {
        check("192.0.2.7", "192.0.2.7:4000", None, true);
        check("::ffff:192.0.2.7", "192.0.2.7:4000", None, true);
        check("192.0.2.7", "192.0.2.8:4000", None, false);
        check("192.0.2.7", "preview.example:4000", None, true);
        check("192.0.2.7", "preview.example", None, true);
        check("192.0.2.7", "preview.example.evil.example", None, false);
    }

    #[test]
    fn only_our_own_pages_may_ask() {
        check("127.0.0.1", "localhost:4000", Some("http://localhost:4000"), true);
        check("127.0.0.1", "localhost:4000", Some("http://evil.example"), false);
        check("127.0.0.1", "localhost:4000", Some("null"), false);
    }
}
