//! A session of a real browser: Chromium, led by chromedriver.
//!
//! The protocol is JSON over HTTP on the loopback, one command at a time, so a client is short and tests stay free of an async runtime.
//! chromedriver runs as long as this process: a shell holds it, waits for the end of its own input, which comes however the process ends,
//! and then ends the whole group with every Chromium in it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;
use std::time::Duration;

use serde_json::{Value, json};

/// A browser of its own, with its own profile.
pub(crate) struct Session {
    id: String,
}

const INSTALL: &str = "the tests in tests/browser drive a real browser: `scripts/test` installs it on Debian and Ubuntu, \
                       or run `apt-get install chromium chromium-driver fonts-dejavu-core`";

impl Session {
    /// Starts a browser. No name but the loopback's resolves in it, so nothing that it shows can reach another host.
    pub(crate) fn start() -> Session {
        let arguments = [
            "--headless=new",
            "--no-sandbox",
            "--disable-dev-shm-usage",
            "--disable-gpu",
            "--disable-background-networking",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        ];
        let wanted = json!({
            "goog:chromeOptions": {"args": arguments},
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
            "unhandledPromptBehavior": "ignore",
        });
        let answer = post("/session", &json!({"capabilities": {"alwaysMatch": wanted}}));
        let answer = answer.unwrap_or_else(|error| panic!("Chromium does not start: {error}\n{INSTALL}"));
        Session { id: answer["sessionId"].as_str().expect("a session has an id").to_owned() }
    }

    /// A command of WebDriver, which must succeed.
    #[track_caller]
    pub(crate) fn command(&self, name: &str, body: &Value) -> Value {
        post(&format!("/session/{}/{name}", self.id), body).unwrap_or_else(|error| panic!("{name}: {error}"))
    }
}

/// chromedriver with all that it started.
struct Driver {
    port: u16,
    /// Holds the input whose end is the end of the driver.
    _keeper: Child,
}

/// Ends itself, the driver and every browser when its input ends, and leaves nothing on the disk.
const KEEPER: &str = "command -v chromedriver >/dev/null || exit 1
TMPDIR=$(mktemp -d); export TMPDIR
chromedriver --port=0 &
read -r _
trap '' TERM; kill 0; wait
while rm -rf \"$TMPDIR\"; sleep 0.2; [ -e \"$TMPDIR\" ]; do :; done";

static DRIVER: LazyLock<Driver> = LazyLock::new(|| {
    let mut keeper = Command::new("sh")
        .args(["-c", KEEPER])
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("there is a shell");
    let said = BufReader::new(keeper.stdout.take().expect("its output is piped"));
    let port = said.lines().map_while(Result::ok).find_map(|line| {
        line.rsplit_once("started successfully on port ")?.1.trim_end_matches('.').parse().ok()
    });
    Driver { port: port.unwrap_or_else(|| panic!("chromedriver does not start: {INSTALL}")), _keeper: keeper }
});

/// What chromedriver answers to a command, or why it does not.
fn post(path: &str, body: &Value) -> Result<Value, String> {
    let answer =
        exchange(path, &body.to_string()).map_err(|error| format!("chromedriver is silent: {error}"))?;
    let mut answer: Value = serde_json::from_slice(&answer).map_err(|error| error.to_string())?;
    let value = answer["value"].take();
    match value["error"].as_str() {
        Some(error) => Err(format!("{error}: {}", value["message"].as_str().unwrap_or_default())),
        None => Ok(value),
    }
}

fn exchange(path: &str, body: &str) -> std::io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(("127.0.0.1", DRIVER.port))?;
    stream.set_read_timeout(Some(Duration::from_secs(60)))?;
    let head = format!("POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {}\r\n\r\n", body.len());
    stream.write_all((head + body).as_bytes())?;
    let mut answer = BufReader::new(stream);
    let mut length = 0;
    for line in answer.by_ref().lines() {
        let line = line?.to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().map_err(std::io::Error::other)?;
        }
    }
    let mut body = vec![0; length];
    answer.read_exact(&mut body)?;
    Ok(body)
}
