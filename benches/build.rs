//! What a build costs, against what its inputs and outputs cost alone.
//!
//! ```text
//! cargo bench --bench build                 1,000 incidents with 5 updates each
//! cargo bench --bench build -- 10000        as many incidents as you say
//! ```
//!
//! Four things are timed, in turn, several times over, and their medians compared:
//!
//! - *build*: a session without a memory reads the files, makes the site and writes it to an absent folder;
//! - *copy*: the same files are read and the same bytes written to an absent folder, and nothing else;
//! - *look again*: the session with its memory looks at everything, and nothing has changed;
//! - *walk*: the same files are walked, their sizes asked for, their bytes read.
//!
//! The budgets are ratios, so that they hold on any machine: build ≤ 2 × copy, look again ≤ 2 × walk.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use allclear::advice::Clock;
use allclear::emit::{Folder, Tree};
use allclear::session::{OnErrors, Request, Session};
use allclear::snapshot;
use allclear::source::Folder as Sources;
use allclear::timeline::Audience;
use jiff::{Timestamp, ToSpan};

const ROUNDS: usize = 5;
const UPDATES: usize = 5;
const COMPONENTS: usize = 20;

fn main() -> anyhow::Result<()> {
    let incidents = std::env::args().filter_map(|it| it.parse().ok()).next().unwrap_or(1_000);
    let dir = tempfile::tempdir()?;
    let root = dir.path().join("project");
    let bytes = generate(&root, incidents)?;
    let files = incidents * (UPDATES + 1) + 1;
    println!("{incidents} incidents, {} updates: {files} files, {bytes} bytes", incidents * UPDATES);

    let mut times = Times::default();
    let mut running = Running::default();
    let tree = running.site(&root)?;
    println!("the site: {} files, {} bytes\n", tree.len(), tree.bytes());
    for round in 0..ROUNDS {
        let out = dir.path().join(format!("build-{round}"));
        times.build.push(time(|| {
            let tree = Running::default().site(&root)?;
            Folder::new(&out).write(&tree).map(drop)
        })?);
        let out = dir.path().join(format!("copy-{round}"));
        times.copy.push(time(|| copy(&root, &tree, &out))?);
        times.look_again.push(time(|| running.site(&root).map(drop))?);
        times.walk.push(time(|| walk(&root).map(drop))?);
    }
    times.print();
    Ok(())
}

#[derive(Default)]
struct Times {
    build: Vec<Duration>,
    copy: Vec<Duration>,
    look_again: Vec<Duration>,
    walk: Vec<Duration>,
}

impl Times {
    fn print(&mut self) {
        let [build, copy, again, walk] =
            [&mut self.build, &mut self.copy, &mut self.look_again, &mut self.walk].map(|it| median(it));
        println!("build       {build:>10.1?}   {:.2} × copy", ratio(build, copy));
        println!("copy        {copy:>10.1?}");
        println!("look again  {again:>10.1?}   {:.2} × walk", ratio(again, walk));
        println!("walk        {walk:>10.1?}");
    }
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}

fn time(work: impl FnOnce() -> anyhow::Result<()>) -> anyhow::Result<Duration> {
    #[expect(clippy::disallowed_methods, reason = "a benchmark is about time")]
    let start = Instant::now();
    work()?;
    Ok(start.elapsed())
}

/// A session and what it last saw.
#[derive(Default)]
struct Running {
    session: Session,
    sources: Option<Arc<Sources>>,
}

impl Running {
    /// The whole site of the project, looked at as it is on disk.
    fn site(&mut self, root: &Path) -> anyhow::Result<Tree> {
        let sources = snapshot::read(root, self.sources.as_ref())?;
        self.sources = Some(Arc::clone(&sources));
        let request = Request {
            now: "2026-06-01T12:00Z".parse()?,
            clock: Clock::Stated,
            audience: Audience::Public,
            on_errors: OnErrors::Refuse,
        };
        let built = self.session.build(&sources, &request);
        built.tree.ok_or_else(|| {
            anyhow::anyhow!("the generated files have errors: {:?}", built.reading.diagnostics)
        })
    }
}

fn copy(root: &Path, tree: &Tree, out: &Path) -> anyhow::Result<()> {
    let _read = walk(root)?;
    for (path, bytes) in tree.iter() {
        let target = out.join(path);
        fs::create_dir_all(target.parent().expect("it lies in `out`"))?;
        fs::write(target, bytes)?;
    }
    Ok(())
}

fn walk(root: &Path) -> anyhow::Result<Vec<Arc<[u8]>>> {
    let mut contents = Vec::new();
    for entry in walkdir::WalkDir::new(root) {
        let entry = entry?;
        if entry.file_type().is_file() {
            let _size = entry.metadata()?.len();
            contents.push(fs::read(entry.path())?.into());
        }
    }
    Ok(contents)
}

/// Writes a project of ten years; says how many bytes it has.
fn generate(root: &Path, incidents: usize) -> anyhow::Result<usize> {
    let mut bytes = put(&root.join("site/site.yaml"), &site_yaml())?;
    let first: Timestamp = "2016-06-01T00:00Z".parse()?;
    let step = (10.0 * 365.0 * 24.0 * 60.0 / incidents as f64) as i64;
    for number in 0..incidents {
        let start = first + (number as i64 * step).minutes();
        bytes += incident(root, number, start)?;
    }
    Ok(bytes)
}

fn site_yaml() -> String {
    let mut text =
        "title: Bench\nurl: https://status.example.com\ntime_zone: UTC\nsince: 2016-01-01\ncomponents:\n"
            .to_owned();
    for number in 0..COMPONENTS {
        text.push_str(&format!("  - {{id: c{number}, name: Component {number}}}\n"));
    }
    text
}

fn incident(root: &Path, number: usize, start: Timestamp) -> anyhow::Result<usize> {
    let year = start.strftime("%Y");
    let folder = root.join(format!("incidents/{year}/{}-incident-{number}", start.strftime("%Y-%m-%d")));
    let component = number % COMPONENTS;
    let head =
        format!("title: Something number {number} is slow\ncomponents: {{c{component}: partial_outage}}\n");
    let mut bytes = put(&folder.join("incident.yaml"), &head)?;
    let statuses = ["investigating", "identified", "update", "monitoring", "resolved"];
    for (step, status) in statuses.iter().enumerate().take(UPDATES) {
        let at = start + (step as i64 * 17).minutes();
        let text = format!(
            "---\nnext_update: 30m\n---\nThis is what we know {step} steps in: requests to **component {component}** \
             take longer than they should, and some fail. We are looking at what changed before it began.\n"
        );
        bytes += put(&folder.join(format!("updates/{}-{status}.md", at.strftime("%Y%m%dT%H%MZ"))), &text)?;
    }
    Ok(bytes)
}

fn put(path: &Path, text: &str) -> anyhow::Result<usize> {
    fs::create_dir_all(path.parent().expect("it lies in the project"))?;
    fs::write(path, text)?;
    Ok(text.len())
}
