//! The preview's server: what is served, and the stream of changes. HTTP itself is hyper's.

use std::convert::Infallible;
use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::mpsc::{self, TryRecvError};
use std::time::Duration;

use anyhow::{Context, Result, anyhow};
use axum::http::{Method, Request, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, Stream};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use serde_json::json as object;
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio::sync::watch::Receiver;

use super::access::Access;
use super::reply::{OWN, reply};
use super::response::response;
use super::served::{Changed, Served};
use super::stop::{WriteLock, on_signal};

/// How often a silent stream says that it is still there.
const STILL_HERE: Duration = Duration::from_secs(15);
/// How long a client may take to send the head of a request.
const HEADER_TIMEOUT: Duration = Duration::from_secs(10);
/// How many connections there are at once; further ones wait. A browser has up to six for each origin.
const CONNECTION_LIMIT: usize = 128;
/// How long a refused connection, for want of descriptors or memory, is waited for.
const RETRY: Duration = Duration::from_millis(200);
/// After how many refusals in a row the server has failed.
const REFUSAL_LIMIT: u32 = 100;

/// Where the preview is served, and to whom.
#[derive(Clone, Debug)]
pub struct Listen {
    /// The address; a port of 0 is any that is free.
    pub address: SocketAddr,
    /// Names that it answers to, besides loopback names and its own address.
    pub hosts: Vec<String>,
}

/// A server that runs in threads of its own.
#[derive(Debug)]
pub(super) struct Server {
    /// The address that it took.
    pub(super) address: SocketAddr,
    failure: mpsc::Receiver<anyhow::Error>,
}

/// All that an answer depends on.
#[derive(Clone, Debug)]
struct Shared {
    served: Receiver<Arc<Served>>,
    access: Arc<Access>,
}

impl Server {
    /// Takes a port and serves from then on, until the process ends: by a signal too, but not in the middle of a write.
    pub(super) fn start(listen: &Listen, served: Receiver<Arc<Served>>, writes: WriteLock) -> Result<Self> {
        let listener = TcpListener::bind(listen.address)
            .with_context(|| format!("cannot listen on {}", listen.address))?;
        listener.set_nonblocking(true).context("cannot wait for connections")?;
        let address = listener.local_addr().context("the system does not say which port it gave")?;
        let shared = Shared { served, access: Arc::new(Access::new(&listen.hosts)) };
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        let runtime = runtime.context("cannot start the server")?;
        let (failed, failure) = mpsc::channel();
        std::thread::spawn(move || {
            runtime.spawn(on_signal(writes));
            if let Err(err) = runtime.block_on(accept(listener, shared)) {
                // Nobody is left to hear of it where the watch has ended.
                drop(failed.send(err));
            }
        });
        Ok(Server { address, failure })
    }

    /// Whether it serves.
    ///
    /// # Errors
    /// Why it does not.
    pub(super) fn check(&self) -> Result<()> {
        match self.failure.try_recv() {
            Err(TryRecvError::Empty) => Ok(()),
            Ok(err) => Err(err.context("the server failed")),
            Err(TryRecvError::Disconnected) => Err(anyhow!("the server failed")),
        }
    }
}

/// Accepts connections for ever, up to [`CONNECTION_LIMIT`] at once.
async fn accept(listener: TcpListener, shared: Shared) -> Result<()> {
    let listener = tokio::net::TcpListener::from_std(listener).context("cannot wait for connections")?;
    let free = Arc::new(Semaphore::new(CONNECTION_LIMIT));
    let mut refusals = 0;
    loop {
        let permit = Arc::clone(&free).acquire_owned().await.context("cannot count connections")?;
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(err) if is_of_client(&err) => continue,
            Err(err) if REFUSAL_LIMIT <= refusals => return Err(err).context("cannot accept connections"),
            Err(_) => {
                refusals += 1;
                tokio::time::sleep(RETRY).await;
                continue;
            }
        };
        refusals = 0;
        let shared = shared.clone();
        tokio::spawn(async move {
            // What goes wrong within a connection is its client's to see.
            drop(serve(stream, shared).await);
            drop(permit);
        });
    }
}

/// Whether a connection failed because its client left before it was accepted.
fn is_of_client(err: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(err.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

async fn serve(stream: TcpStream, shared: Shared) -> Result<()> {
    let local = stream.local_addr()?.ip();
    stream.set_nodelay(true)?;
    let service = service_fn(move |request| {
        let response = answer(&shared, local, &request);
        std::future::ready(Ok::<Response, Infallible>(response))
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(HEADER_TIMEOUT);
    http.serve_connection(TokioIo::new(stream), service).await?;
    Ok(())
}

fn answer(shared: &Shared, local: IpAddr, request: &Request<Incoming>) -> Response {
    if let Err(refusal) = shared.access.admit(request.headers(), local) {
        return (StatusCode::FORBIDDEN, refusal).into_response();
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return (StatusCode::METHOD_NOT_ALLOWED, "pages are read with GET\n").into_response();
    }
    let path = request.uri().path();
    if path == format!("{OWN}changes") {
        let still_here = KeepAlive::new().interval(STILL_HERE);
        return Sse::new(changes(shared.served.clone())).keep_alive(still_here).into_response();
    }
    let served = Arc::clone(&shared.served.borrow());
    response(&reply(&served, path), request.method(), request.headers())
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

#[cfg(test)]
mod tests {
    use super::*;

    fn server(failure: mpsc::Receiver<anyhow::Error>) -> Server {
        Server { address: SocketAddr::from(([127, 0, 0, 1], 4000)), failure }
    }

    #[test]
    fn a_server_that_fails_is_reported() {
        let (failed, failure) = mpsc::channel();
        let server = server(failure);
        assert!(server.check().is_ok());
        failed.send(anyhow!("cannot accept connections")).unwrap();
        let err = server.check().unwrap_err();
        assert_eq!(format!("{err:#}"), "the server failed: cannot accept connections");
        drop(failed);
        assert!(server.check().is_err(), "a thread that panicked says nothing");
    }
}
