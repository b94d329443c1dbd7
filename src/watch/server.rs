//! The preview's server: what is served, and the stream of changes. HTTP itself is axum's.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HOST, ORIGIN};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, Stream};
use serde_json::json as object;
use tokio::sync::watch::Receiver;

use super::reply::{OWN, reply};
use super::served::{Changed, Served};

/// How often a silent stream says that it is still there.
const STILL_HERE: Duration = Duration::from_secs(15);

/// All that an answer depends on.
#[derive(Clone, Debug)]
struct Desk {
    served: Receiver<Arc<Served>>,
    bound: IpAddr,
}

/// Takes a port and serves from then on, in threads of its own; gives the address that it took.
pub(super) fn serve(address: SocketAddr, served: Receiver<Arc<Served>>) -> Result<SocketAddr> {
    let listener = TcpListener::bind(address).with_context(|| format!("cannot listen on {address}"))?;
    listener.set_nonblocking(true).context("cannot wait for connections")?;
    let taken = listener.local_addr().context("the system does not say which port it gave")?;
    let desk = Desk { served, bound: taken.ip() };
    let app = Router::new().fallback(answer).with_state(desk);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.context("cannot start the server")?;
    std::thread::spawn(move || {
        runtime.block_on(async move {
            let listener =
                tokio::net::TcpListener::from_std(listener).context("cannot wait for connections")?;
            axum::serve(listener, app).await.context("the server failed")
        })
    });
    Ok(taken)
}

async fn answer(State(desk): State<Desk>, request: Request) -> Response {
    if let Err(refusal) = admit(request.headers(), desk.bound) {
        return (StatusCode::FORBIDDEN, refusal).into_response();
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return (StatusCode::METHOD_NOT_ALLOWED, "pages are read with GET\n").into_response();
    }
    let path = request.uri().path();
    if path == format!("{OWN}changes") {
        let still_here = KeepAlive::new().interval(STILL_HERE);
        return Sse::new(changes(desk.served)).keep_alive(still_here).into_response();
    }
    let served = Arc::clone(&desk.served.borrow());
    let reply = reply(&served, path);
    let status = StatusCode::from_u16(reply.status).expect("we answer with known statuses");
    let headers = [(CONTENT_TYPE, reply.content_type), (CACHE_CONTROL, "no-store")];
    (status, headers, reply.body).into_response()
}

/// Each generation from the one that is served now on: who comes late hears of it too.
fn changes(mut served: Receiver<Arc<Served>>) -> impl Stream<Item = Result<Event, Infallible>> {
    served.mark_changed();
    stream::unfold(served, |mut served| async move {
        served.changed().await.ok()?;
        let event = event(&served.borrow_and_update());
        Some((Ok(event), served))
    })
}

fn event(served: &Served) -> Event {
    let changed = match served.changed {
        Changed::Nothing => "nothing",
        Changed::Styles => "styles",
        Changed::Pages => "pages",
    };
    let problems = served.problems.as_deref();
    let told = object!({"server": served.server, "generation": served.generation, "changed": changed, "problems": problems});
    Event::default().data(told.to_string())
}

/// Refuses pages of other sites, which a browser lets ask any address: by the name under which they ask for us, and
/// by the name that they come from.
fn admit(headers: &HeaderMap, bound: IpAddr) -> Result<(), &'static str> {
    let text = |name| headers.get(name).map(|it| it.to_str().unwrap_or_default());
    let host = text(HOST).unwrap_or_default();
    if bound.is_loopback() && !is_local(host) {
        return Err("this server answers to its own address alone\n");
    }
    match text(ORIGIN) {
        Some(origin) if origin.split_once("://").map(|(_, it)| it) != Some(host) => {
            Err("this server answers to its own pages alone\n")
        }
        Some(_) | None => Ok(()),
    }
}

fn is_local(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|it| it.is_ascii_digit()) => name,
        Some(_) | None => host,
    };
    let address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    name == "localhost" || address.is_ok_and(|it| it.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(host: &str, origin: Option<&str>, admitted: bool) {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, host.parse().unwrap());
        if let Some(origin) = origin {
            headers.insert(ORIGIN, origin.parse().unwrap());
        }
        let loopback = "127.0.0.1".parse().unwrap();
        assert_eq!(admit(&headers, loopback).is_ok(), admitted, "{host} {origin:?}");
    }

    #[test]
    fn only_our_own_address_is_answered() {
        for host in ["localhost:4000", "127.0.0.1:4000", "[::1]:4000", "localhost"] {
            check(host, None, true);
        }
        for host in ["evil.example:4000", "127.0.0.1.evil.example", "", "localhost.evil.example:4000"] {
            check(host, None, false);
        }
    }

    #[test]
    fn only_our_own_pages_may_ask() {
        check("localhost:4000", Some("http://localhost:4000"), true);
        check("localhost:4000", Some("http://evil.example"), false);
        check("localhost:4000", Some("null"), false);
    }
}
