//! `allclear watch` as a browser meets it: told of each change by the server's own stream, and then asking for the page.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};

use crate::memory::{self, Memory};

/// How long anything may take before it is called a failure.
const PATIENCE: Duration = Duration::from_secs(120);

/// How long nothing must happen before the server is taken to be done.
const REST: Duration = Duration::from_millis(30);

/// The server, and what is open to it; stopped when it is dropped.
pub(crate) struct Preview {
    process: Child,
    address: SocketAddr,
    lines: Receiver<String>,
    events: BufReader<TcpStream>,
    pages: BufReader<TcpStream>,
    /// The number of the site that was heard of last.
    heard: u64,
    /// The number of the site that the last line was about.
    read: u64,
}

impl Preview {
    /// Watches the project from an instant on, and waits until the whole site is served.
    pub(crate) fn open(root: &Path, at: &str) -> Result<Self> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_allclear"));
        // As the present, for another instant would stand on every page.
        let epoch = at.parse::<jiff::Timestamp>()?.as_second().to_string();
        command.env("SOURCE_DATE_EPOCH", epoch).args(["watch", "--port", "0", "--root"]).arg(root);
        let mut process = command.stdout(Stdio::piped()).spawn()?;
        let printed = BufReader::new(process.stdout.take().context("its output is piped")?);
        let (sender, lines) = mpsc::channel();
        std::thread::spawn(move || printed.lines().map_while(Result::ok).try_for_each(|it| sender.send(it)));
        let first = lines.recv_timeout(PATIENCE)?;
        let address =
            first.split_once("http://").and_then(|it| it.1.split_once('/')).context(first.clone())?;
        let address = address.0.parse()?;
        let (mut events, pages) = (connect(address)?, connect(address)?);
        ask(&mut events, "@allclear/changes", address)?;
        let mut preview = Preview { process, address, lines, events, pages, heard: 0, read: 0 };
        while preview.hear()? == 0 {}
        Ok(preview)
    }

    /// Waits until the page shows the word; when the first byte of that page arrived.
    pub(crate) fn shows(&mut self, page: &str, word: &str) -> Result<Instant> {
        loop {
            self.hear()?;
            let (first_byte, text) = self.get(page)?;
            if text.contains(word) {
                return Ok(first_byte);
            }
        }
    }

    /// Waits until something else is served.
    pub(crate) fn changes(&mut self) -> Result<()> {
        self.hear().map(drop)
    }

    /// What the server says of the site that was heard of last: each that is other than the one before has a line.
    pub(crate) fn line(&mut self) -> Result<String> {
        loop {
            let line = self.lines.recv_timeout(PATIENCE)?;
            self.read += u64::from(!line.contains("nothing changed"));
            if self.heard <= self.read {
                return Ok(line);
            }
        }
    }

    /// How long processors have worked for the server, as Linux tells it, in hundredths of a second; elsewhere nothing.
    pub(crate) fn work(&self) -> Duration {
        let told = std::fs::read_to_string(format!("/proc/{}/stat", self.process.id())).unwrap_or_default();
        let ticks = told.split(' ').skip(13).take(2).filter_map(|it| it.parse::<u64>().ok());
        Duration::from_millis(ticks.sum::<u64>() * 10)
    }

    /// Waits until the server has nothing to do.
    pub(crate) fn rests(&self) {
        let mut before = None;
        while before != Some(self.work()) {
            before = Some(self.work());
            std::thread::sleep(REST);
        }
    }

    /// What the server holds.
    pub(crate) fn memory(&self) -> Memory {
        memory::of(&self.process.id().to_string())
    }

    /// Waits for the next site that is served; its number.
    fn hear(&mut self) -> Result<u64> {
        let mut line = String::new();
        loop {
            line.clear();
            ensure!(self.events.read_line(&mut line)? != 0, "the server is gone");
            if let Some(told) = line.strip_prefix("data: ") {
                let told: serde_json::Value = serde_json::from_str(told)?;
                ensure!(told["problems"].is_null(), "the files have errors: {}", told["problems"]);
                self.heard = told["generation"].as_u64().context("each event has a number")?;
                return Ok(self.heard);
            }
        }
    }

    fn get(&mut self, page: &str) -> Result<(Instant, String)> {
        ask(&mut self.pages, page, self.address)?;
        self.pages.fill_buf()?;
        let first_byte = now();
        let (mut line, mut length) = (String::new(), 0);
        while line != "\r\n" {
            line.clear();
            ensure!(self.pages.read_line(&mut line)? != 0, "the server is gone");
            let told = line.to_ascii_lowercase();
            length = told.strip_prefix("content-length:").map_or(Ok(length), |it| it.trim().parse())?;
        }
        let mut body = vec![0; length];
        self.pages.read_exact(&mut body)?;
        Ok((first_byte, String::from_utf8(body)?))
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to stop.
        let _ended = self.process.kill();
        let _ended = self.process.wait();
    }
}

/// The instant, by a clock that only goes forward.
pub(crate) fn now() -> Instant {
    #[expect(clippy::disallowed_methods, reason = "a benchmark is about time")]
    Instant::now()
}

/// Asks for a path, in one piece.
fn ask(stream: &mut BufReader<TcpStream>, path: &str, address: SocketAddr) -> Result<()> {
    let request = format!("GET /{path} HTTP/1.1\r\nHost: {address}\r\n\r\n");
    stream.get_mut().write_all(request.as_bytes()).context("cannot ask")
}

fn connect(address: SocketAddr) -> Result<BufReader<TcpStream>> {
    let stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    Ok(BufReader::new(stream))
}
