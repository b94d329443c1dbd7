//! What a build costs, against what its inputs and outputs cost alone.
//!
//! ```text
//! cargo bench --bench build                 1,000 incidents with 5,000 updates
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

mod generate;

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

const ROUNDS: usize = 5;

fn main() -> anyhow::Result<()> {
    let incidents = std::env::args().filter_map(|it| it.parse().ok()).next().unwrap_or(1_000);
    let dir = tempfile::tempdir()?;
    let root = dir.path().join("project");
    println!("{}", generate::write(&root, incidents)?);

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
            now: generate::NOW.parse()?,
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
