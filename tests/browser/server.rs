//! A static host: it serves a built site with the headers that the site itself asks for, and remembers what it was asked.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use crate::site::Site;

/// The host, on a port of its own until it is dropped.
pub(crate) struct Server {
    port: u16,
    state: Arc<Mutex<State>>,
}

/// A request as the host saw it, and what it answered.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) path: String,
    /// Whether the browser said which version it has.
    pub(crate) conditional: bool,
    pub(crate) status: u16,
}

struct State {
    site: Arc<Site>,
    failing: Option<u16>,
    seen: Vec<Request>,
    open: bool,
}

struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Server {
    pub(crate) fn start(site: Arc<Site>) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").expect("the loopback has a free port");
        let port = listener.local_addr().expect("it is bound").port();
        let state = Arc::new(Mutex::new(State { site, failing: None, seen: Vec::new(), open: true }));
        let server = Server { port, state: Arc::clone(&state) };
        std::thread::spawn(move || listen(&listener, &state));
        server
    }

    /// The address of a path, as `index.html`.
    pub(crate) fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}/{path}", self.port)
    }

    /// Serves another site from here on.
    pub(crate) fn publish(&self, site: Arc<Site>) {
        lock(&self.state).site = site;
    }

    /// Answers everything with this status and no body, until [`Server::recover`].
    pub(crate) fn fail(&self, status: u16) {
        lock(&self.state).failing = Some(status);
    }

    pub(crate) fn recover(&self) {
        lock(&self.state).failing = None;
    }

    /// The requests since the last call, oldest first.
    pub(crate) fn requests(&self) -> Vec<Request> {
        std::mem::take(&mut lock(&self.state).seen)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        lock(&self.state).open = false;
        // Wakes the listener, so that it sees that it is over; if it cannot be reached it is over already.
        drop(TcpStream::connect(("127.0.0.1", self.port)));
    }
}

fn listen(listener: &TcpListener, state: &Arc<Mutex<State>>) {
    for stream in listener.incoming().map_while(Result::ok) {
        if !lock(state).open {
            return;
        }
        let state = Arc::clone(state);
        // A browser that hangs up, or opens a connection that it never uses, is none of our business.
        std::thread::spawn(move || drop(serve(&stream, &state)));
    }
}

fn serve(mut stream: &TcpStream, state: &Mutex<State>) -> std::io::Result<()> {
    let Some((path, if_none_match)) = asked(stream)? else { return Ok(()) };
    let answer = {
        let mut state = lock(state);
        let answer = answer(&state, &path, if_none_match.as_deref());
        state.seen.push(Request { path, conditional: if_none_match.is_some(), status: answer.status });
        answer
    };
    let mut head = format!(
        "HTTP/1.1 {} \r\nConnection: close\r\nContent-Length: {}\r\n",
        answer.status,
        answer.body.len()
    );
    for (name, value) in &answer.headers {
        head += &format!("{name}: {value}\r\n");
    }
    stream.write_all((head + "\r\n").as_bytes())?;
    stream.write_all(&answer.body)
}

/// The path that a browser asks for, and the version that it has; none where it hung up.
fn asked(stream: &TcpStream) -> std::io::Result<Option<(String, Option<String>)>> {
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let mut lines = BufReader::new(stream).lines();
    let Some(first) = lines.next().transpose()? else { return Ok(None) };
    let mut if_none_match = None;
    for line in lines {
        let line = line?;
        match line.split_once(": ") {
            Some((name, value)) if name.eq_ignore_ascii_case("if-none-match") => {
                if_none_match = Some(value.to_owned())
            }
            None if line.is_empty() => break,
            _ => {}
        }
    }
    let path = first.split(' ').nth(1).unwrap_or_default();
    let path = path.split('?').next().unwrap_or_default();
    Ok(Some((path.to_owned(), if_none_match)))
}

fn answer(state: &State, path: &str, if_none_match: Option<&str>) -> Answer {
    if let Some(status) = state.failing {
        return Answer { status, headers: Vec::new(), body: Vec::new() };
    }
    let file = match percent_decoded(path.trim_start_matches('/')) {
        file if file.is_empty() => "index.html".to_owned(),
        file => file,
    };
    let mut headers = stated_headers(&state.site, path);
    if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("cache-control")) {
        headers.push(("Cache-Control".to_owned(), "no-cache".to_owned()));
    }
    let (status, file) =
        if state.site.contains_key(&file) { (200, file) } else { (404, "404.html".to_owned()) };
    let body = state.site.get(&file).cloned().unwrap_or_default();
    let tag = tag(&body);
    if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
        headers.push(("Content-Type".to_owned(), content_type(&file).to_owned()));
    }
    headers.push(("ETag".to_owned(), tag.clone()));
    if status == 200 && if_none_match == Some(&tag) {
        return Answer { status: 304, headers, body: Vec::new() };
    }
    Answer { status, headers, body }
}

/// The headers that the site's `_headers` states for a path: a rule is a pattern, below it a header a line.
fn stated_headers(site: &Site, path: &str) -> Vec<(String, String)> {
    let text = site.get("_headers").map(|it| String::from_utf8_lossy(it)).unwrap_or_default();
    let mut headers = Vec::new();
    let mut applies = false;
    for line in text.lines() {
        match line.strip_prefix("  ").and_then(|it| it.split_once(": ")) {
            Some((name, value)) if applies => headers.push((name.to_owned(), value.to_owned())),
            Some(_) => {}
            None => applies = matches(line, path),
        }
    }
    headers
}

/// Whether a path is of a pattern, in which `:a` stands for one step and one `*` for anything.
fn matches(pattern: &str, path: &str) -> bool {
    if pattern.contains(':') {
        let (steps, wanted) = (path.split('/'), pattern.split('/'));
        return path.matches('/').count() == pattern.matches('/').count()
            && steps.zip(wanted).all(|(step, wanted)| match wanted.starts_with(':') {
                true => !step.is_empty(),
                false => step == wanted,
            });
    }
    match pattern.split_once('*') {
        Some((before, after)) => {
            before.len() + after.len() <= path.len() && path.starts_with(before) && path.ends_with(after)
        }
        None => pattern == path,
    }
}

fn tag(body: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    body.hash(&mut hasher);
    format!("\"{:x}\"", hasher.finish())
}

fn content_type(file: &str) -> &'static str {
    match file.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "xml" => "application/xml",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

fn percent_decoded(path: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = path.as_bytes();
    while let [first, tail @ ..] = rest {
        let code = tail.get(..2).and_then(|it| std::str::from_utf8(it).ok()).filter(|_| *first == b'%');
        match code.and_then(|it| u8::from_str_radix(it, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A test that failed while it held the lock has said so already.
fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
