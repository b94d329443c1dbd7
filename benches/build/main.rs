//! What a build costs, against what its inputs and outputs cost alone.
//!
//! ```text
//! cargo bench --bench build                                1,000 incidents with 5,000 updates
//! cargo bench --bench build -- 100 1000 10000 50000        these sizes, one after the other
//! cargo bench --bench build -- 10000 --rounds 9            as often as you say; 5 times if you do not
//! ```
//!
//! `task.rs` says what is measured. The tasks take turns, each in a process of its own and each into a folder of its own;
//! nothing is deleted before the end, because recreating what was deleted is dearer than writing it. What is printed
//! are medians.
//!
//! The budgets are ratios, so that they hold on any machine: build ≤ 2 × copy, look again ≤ 2 × walk. Those of memory are
//! for 10,000 incidents.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

mod cost;
#[path = "../generate/mod.rs"]
mod generate;
#[path = "../memory.rs"]
mod memory;
mod task;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use self::cost::{Cost, median};
use self::memory::Bytes;
use self::task::{Folders, STEPS, Task};

/// As the command has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const COMPARED: [Task; 4] = [Task::Build, Task::Copy, Task::Again, Task::Walk];

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    if let ["task", task, root, site, out] = words[..] {
        let task = Task::named(task).context("there is no such task")?;
        let [root, site, out] = [root, site, out].map(Path::new);
        task.run(Folders { root, site, out })?.iter().for_each(|it| println!("cost {}", it.line()));
        return Ok(());
    }
    let (sizes, rounds) = asked(&words)?;
    for incidents in sizes {
        compare(incidents, rounds)?;
    }
    Ok(())
}

/// The sizes, and how often each task is measured.
fn asked(words: &[&str]) -> Result<(Vec<usize>, usize)> {
    let number = |word: &&str| word.parse().with_context(|| format!("`{word}` is no number"));
    let (sizes, rounds) = match words.iter().position(|it| *it == "--rounds") {
        Some(at) => (&words[..at], words.get(at + 1).map(number).context("say how many rounds")??),
        None => (words, 5),
    };
    let sizes: Vec<usize> = sizes.iter().map(number).collect::<Result<_>>()?;
    Ok((if sizes.is_empty() { vec![1_000] } else { sizes }, rounds))
}

fn compare(incidents: usize, rounds: usize) -> Result<()> {
    let dir = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let (root, site) = (dir.path().join("project"), dir.path().join("site"));
    println!("{}", generate::write(&root, incidents)?);
    let before = load();
    Task::Build.measure(Folders { root: &root, site: &site, out: &site })?;
    println!("the site: {}", weight(&site)?);
    let mut costs = COMPARED.map(|_| Vec::new());
    let mut steps = STEPS.map(|_| Vec::new());
    for round in 0..rounds {
        for (task, costs) in COMPARED.iter().zip(&mut costs) {
            let out = dir.path().join(format!("{}-{round}", task.word()));
            costs.extend(task.measure(Folders { root: &root, site: &site, out: &out })?);
        }
        let out = dir.path().join(format!("steps-{round}"));
        let taken = Task::Steps.measure(Folders { root: &root, site: &site, out: &out })?;
        steps.iter_mut().zip(taken).for_each(|(step, cost)| step.push(cost));
    }
    println!("load: {before} before, {} after\n", load());
    print(&costs.map(|it| median(&it)), incidents);
    print_steps(&steps.map(|it| median(&it)));
    Ok(())
}

fn print(costs: &[Cost; 4], incidents: usize) {
    let [build, copy, again, walk] = costs;
    println!("{:<12}{:>12}{:>12}{:>14}", "", "wall", "CPU", "peak memory");
    for (one, other, task, compared) in [
        (build, Some(copy), "build", "copy"),
        (copy, None, "copy", ""),
        (again, Some(walk), "look again", "walk"),
        (walk, None, "walk", ""),
    ] {
        print!("{task:<12}{:>12.1?}{:>12.1?}{:>14}", one.wall, one.cpu, one.memory.peak);
        if let Some(other) = other {
            let wall = one.wall.as_secs_f64() / other.wall.as_secs_f64();
            let cpu = one.cpu.as_secs_f64() / other.cpu.as_secs_f64();
            print!("   {wall:.2} × {compared}, CPU {cpu:.2} × (budget 2)");
        }
        println!();
    }
    println!(
        "{:<12}{:>12.1?}{:>12.1?}\n",
        "an incident",
        build.wall / incidents as u32,
        build.cpu / incidents as u32
    );
}

fn print_steps(steps: &[Cost; 4]) {
    println!("{:<12}{:>12}{:>12}{:>14}", "", "wall", "CPU", "then resident");
    for (step, cost) in STEPS.iter().zip(steps) {
        let budget = match *step {
            "states" => "   (budget at 10,000: 130 MiB)",
            "pages" => "   (budget at 10,000: 250 MiB)",
            _ => "",
        };
        println!("{step:<12}{:>12.1?}{:>12.1?}{:>14}{budget}", cost.wall, cost.cpu, cost.memory.resident);
    }
    println!();
}

/// How many files a folder has, and how many bytes.
fn weight(folder: &Path) -> Result<String> {
    let (mut files, mut bytes) = (0, 0);
    for entry in walkdir::WalkDir::new(folder) {
        let about = entry?.metadata()?;
        files += usize::from(about.is_file());
        bytes += if about.is_file() { about.len() as usize } else { 0 };
    }
    Ok(format!("{files} files, {}", Bytes(bytes)))
}

/// How busy the machine is, as Linux tells it.
fn load() -> String {
    let told = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    told.split(' ').next().filter(|it| !it.is_empty()).unwrap_or("unknown").to_owned()
}
