//! A watched copy of the sample, and what it serves.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use allclear::advice::Clock;
use allclear::emit::Tree;
use allclear::session::{OnErrors, Request, Session};
use allclear::snapshot;
use allclear::timeline::Audience;

/// The instant that stands still in the preview: the sample's outage.
pub(crate) const DURING: &str = "2020-07-10T11:30:00Z";
/// What is copied of the sample: enough to have an archive, and little enough to be built often.
const PARTS: [&str; 5] = [
    "site",
    "themes",
    "incidents/2020-04-22-covers-missing.md",
    "incidents/2020-06-09-database-maintenance.yaml",
    "incidents/2020-07-10-login-cascade",
];
/// How long a change may take until it is served; a test that waits so long fails.
const PATIENCE: Duration = Duration::from_secs(20);
const PAUSE: Duration = Duration::from_millis(20);

/// A watched copy of the sample; stopped when it is dropped.
pub(crate) struct Preview {
    pub(crate) root: tempfile::TempDir,
    process: Child,
    address: SocketAddr,
    lines: Receiver<String>,
    complaints: Arc<Mutex<String>>,
}

impl Preview {
    /// Watches a copy of the sample, at an instant that stands still.
    pub(crate) fn of_sample() -> Self {
        Preview::with(&["--at", DURING, "--speed", "0"])
    }

    /// Watches a copy of the sample, with these further arguments.
    pub(crate) fn with(arguments: &[&str]) -> Self {
        Preview::started_by(&[], arguments)
    }

    /// Watches a copy of the sample, by a program that starts others, with these further arguments.
    pub(crate) fn started_by(starter: &[&str], arguments: &[&str]) -> Self {
        let root = tempfile::tempdir().unwrap();
        // Somebody else may be who watches.
        fs::set_permissions(root.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let sample = Path::new(env!("CARGO_MANIFEST_DIR"));
        for path in PARTS {
            copy(&sample.join(path), &root.path().join(path));
        }
        Preview::watching(root, starter, arguments)
    }

    fn watching(root: tempfile::TempDir, starter: &[&str], arguments: &[&str]) -> Self {
        let words = starter.iter().copied().chain([env!("CARGO_BIN_EXE_allclear")]).collect::<Vec<&str>>();
        let mut command = Command::new(words[0]);
        command.args(&words[1..]).args(["watch", "--port", "0", "--root"]).arg(root.path()).args(arguments);
        let mut process = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let complaints = Arc::<Mutex<String>>::default();
        let (complained, all) = (BufReader::new(process.stderr.take().unwrap()), Arc::clone(&complaints));
        std::thread::spawn(move || {
            complained
                .lines()
                .map_while(Result::ok)
                .for_each(|it| all.lock().unwrap().push_str(&(it + "\n")));
        });
        let (sender, lines) = mpsc::channel();
        let printed = BufReader::new(process.stdout.take().unwrap());
        std::thread::spawn(move || printed.lines().map_while(Result::ok).try_for_each(|it| sender.send(it)));
        let first = lines.recv_timeout(PATIENCE).unwrap();
        let address = first.split_once("http://").unwrap().1.split_once('/').unwrap().0.parse().unwrap();
        let preview = Preview { root, process, address, lines, complaints };
        preview.lines.recv_timeout(PATIENCE).unwrap();
        preview
    }

    /// The path of a file of the project.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    /// The status and the bytes that are served at a path, without the script that the server adds.
    pub(crate) fn get(&self, path: &str) -> (u16, Vec<u8>) {
        let (head, body) =
            self.ask(&format!("GET /{path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address));
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, without_script(body))
    }

    /// Waits until a status is served at a path.
    #[track_caller]
    pub(crate) fn answers(&self, path: &str, status: u16) {
        assert!(wait_until(|| self.get(path).0 == status), "{path} is never answered with {status}");
    }

    /// The head and the body that are answered to a request.
    pub(crate) fn ask(&self, request: &str) -> (String, Vec<u8>) {
        let mut stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|it| it == b"\r\n\r\n").unwrap();
        let body = answer.split_off(end + 4);
        (String::from_utf8(answer).unwrap(), body)
    }

    /// Waits until something is said on the standard error.
    #[track_caller]
    pub(crate) fn complains(&self, of: &str) {
        let is_said = || self.complaints.lock().unwrap().contains(of);
        assert!(wait_until(is_said), "{of:?} is not said in: {}", self.complaints.lock().unwrap());
    }

    /// The lines that were printed since the last time, as far as they come within a moment.
    pub(crate) fn lines(&self) -> Vec<String> {
        std::iter::from_fn(|| self.lines.recv_timeout(Duration::from_millis(500)).ok()).collect()
    }

    /// The lines that are printed up to the first that holds a text.
    #[track_caller]
    pub(crate) fn lines_until(&self, text: &str) -> Vec<String> {
        let mut lines = Vec::new();
        while !lines.last().is_some_and(|it: &String| it.contains(text)) {
            lines.push(self.lines.recv_timeout(PATIENCE).unwrap());
        }
        lines
    }

    /// Waits until what is served is what a build of the same files would write, to the byte.
    #[track_caller]
    pub(crate) fn settles(&self) {
        let expected = clean(self.root.path());
        let mut fault = None;
        wait_until(|| {
            fault = self.fault(&expected);
            fault.is_none()
        });
        assert_eq!(fault, None, "this is not what a clean build has");
    }

    /// Waits until a folder holds what a build of the files would write, to the byte.
    #[track_caller]
    pub(crate) fn is_written_to(&self, folder: &Path) {
        let expected = clean(self.root.path());
        let mut faults = Vec::new();
        wait_until(|| {
            let differs =
                |it: &(&str, &bytes::Bytes)| fs::read(folder.join(it.0)).ok().as_deref() != Some(&**it.1);
            faults = expected.iter().filter(differs).map(|it| it.0.to_owned()).collect();
            faults.is_empty()
        });
        assert_eq!(faults, Vec::<String>::new(), "these are not what a clean build writes");
    }

    /// The first path whose file is not that of the tree.
    fn fault(&self, tree: &Tree) -> Option<String> {
        let mut stream = BufReader::new(TcpStream::connect(self.address).unwrap());
        let mut differs =
            |path: &str, bytes: &[u8]| fetch(&mut stream, self.address, path) != Some(bytes.to_vec());
        // What changes with every update is asked for first.
        let first = ["index.html", "status.json"].map(|it| (it, tree.get(it).unwrap()));
        first
            .into_iter()
            .chain(tree.iter())
            .find(|(path, bytes)| differs(path, bytes))
            .map(|it| it.0.to_owned())
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

/// Whether it becomes so soon enough.
fn wait_until(mut is_so: impl FnMut() -> bool) -> bool {
    (0..PATIENCE.as_millis() / PAUSE.as_millis()).any(|_| {
        is_so() || {
            std::thread::sleep(PAUSE);
            false
        }
    })
}

/// What is served at a path, over a connection that stays; none where there is nothing.
fn fetch(stream: &mut BufReader<TcpStream>, address: SocketAddr, path: &str) -> Option<Vec<u8>> {
    let path: String = path
        .bytes()
        .map(|it| if it.is_ascii_graphic() { char::from(it).to_string() } else { format!("%{it:02X}") })
        .collect();
    // In one piece: the system would hold a second one back until the first is acknowledged.
    let request = format!("GET /{path} HTTP/1.1\r\nHost: {address}\r\n\r\n");
    stream.get_mut().write_all(request.as_bytes()).unwrap();
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        assert!(0 < stream.read_until(b'\n', &mut head).unwrap(), "the server closed the connection");
    }
    let head = String::from_utf8(head).unwrap().to_lowercase();
    let length = head.lines().find_map(|it| it.strip_prefix("content-length: ")).unwrap();
    let mut body = vec![0; length.parse().unwrap()];
    stream.read_exact(&mut body).unwrap();
    head.starts_with("http/1.1 200").then(|| without_script(body))
}

fn without_script(page: Vec<u8>) -> Vec<u8> {
    let Some(from) = page.windows(24).position(|it| it == b"<script src=\"/@allclear/") else { return page };
    let end = from + page[from..].iter().position(|it| *it == b'\n').unwrap() + 1;
    without_script([&page[..from], &page[end..]].concat())
}

/// What a build of the files would write, holding back what is broken.
fn clean(root: &Path) -> Tree {
    let request = Request {
        now: DURING.parse().unwrap(),
        clock: Clock::Stated,
        audience: Audience::Public,
        on_errors: OnErrors::HoldBack,
    };
    let files = snapshot::read(root, None).unwrap();
    Session::default().build(&files, &request).tree.expect("site.yaml can be read")
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).into_iter().map(Result::unwrap) {
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).unwrap();
        } else {
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(entry.path(), if from.is_dir() { target } else { to.to_owned() }).unwrap();
        }
    }
}
