//! How long it takes from a save until it is served, in the real `allclear watch`.
//!
//! ```text
//! cargo bench --bench watch                            1,000 incidents, 200 edits of each kind
//! cargo bench --bench watch -- 1000 10000 --edits 20   these sizes, fewer edits
//! ```
//!
//! An edit is timed from just before the first `write` until the first byte of the page that shows it has arrived. Saving is
//! writing aside and renaming, as many editors do. The bench hears of changes by the stream that browsers listen to,
//! then asks for the page and looks for the new word in it; it does nothing while the server works.

#![expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]

mod edit;
#[path = "../generate/mod.rs"]
mod generate;
#[path = "../memory.rs"]
mod memory;
mod preview;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use self::edit::Edit;
use self::preview::{Preview, now};

fn main() -> Result<()> {
    let words: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    let number = |word: &String| word.parse().with_context(|| format!("`{word}` is no number"));
    let (sizes, edits) = match words.iter().position(|it| it == "--edits") {
        Some(at) => (&words[..at], words.get(at + 1).map(number).context("say how many edits")??),
        None => (&words[..], 200),
    };
    ensure!(0 < edits, "without an edit there is nothing to measure");
    let sizes: Vec<usize> = sizes.iter().map(number).collect::<Result<_>>()?;
    for incidents in if sizes.is_empty() { vec![1_000] } else { sizes } {
        measure(incidents, edits)?;
    }
    Ok(())
}

fn measure(incidents: usize, edits: usize) -> Result<()> {
    let dir = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let root = dir.path().join("project");
    println!("{}", generate::write(&root, incidents)?);
    edit::bring_theme(&root)?;
    let mut preview = Preview::open(&root, generate::NOW)?;
    println!("{}", preview.line()?);
    let start = preview.memory();
    let asked = format!("{edits} edits of each, in ms");
    println!("\n{asked:<28}{:>8}{:>10}{:>10}{:>10}{:>10}", "median", "p99", "max", "own", "CPU");
    println!("{:<28}{:>8}{:>10}", "budget for an update", 20, 50);
    for edit in edit::all(&root)? {
        let mut times = repeat(&mut preview, &edit, edits)?;
        let [median, p99, max] = [50, 99, 100].map(|it| quantile(&mut times.outside, it));
        let own = quantile(&mut times.own, 50);
        let cpu = times.cpu / edits as f64;
        println!("{:<28}{median:>8.1}{p99:>10.1}{max:>10.1}{own:>10.0}{cpu:>10.1}", edit.name);
    }
    let end = preview.memory();
    println!("\nresident: {} at first, {} at the end, {} at most\n", start.resident, end.resident, end.peak);
    Ok(())
}

/// What edits of a kind took, in milliseconds.
#[derive(Default)]
struct Times {
    outside: Vec<f64>,
    /// What the server itself says.
    own: Vec<f64>,
    /// What processors worked for the server, all in all.
    cpu: f64,
}

fn repeat(preview: &mut Preview, edit: &Edit, edits: usize) -> Result<Times> {
    let mut times = Times::default();
    for number in 0..edits {
        preview.rests();
        let word = format!("witness{number}x");
        let text = edit.text(&word);
        let (start, work) = (now(), preview.work());
        save(&edit.path, &text)?;
        let shown = preview.shows(&edit.page, &word).with_context(|| format!("after {}", edit.name))?;
        times.outside.push((shown - start).as_secs_f64() * 1000.0);
        times.own.push(own(&preview.line()?)?);
        times.cpu += (preview.work() - work).as_secs_f64() * 1000.0;
        if edit.before.is_none() {
            fs::remove_file(&edit.path)?;
            preview.changes()?;
            preview.line()?;
        }
    }
    if let Some(before) = &edit.before {
        save(&edit.path, before)?;
        preview.changes()?;
        preview.line()?;
    }
    Ok(times)
}

/// Writes aside and renames.
fn save(path: &Path, text: &str) -> Result<()> {
    let name = path.file_name().context("a file has a name")?;
    let aside = path.with_file_name(format!(".{}.aside", name.display()));
    fs::write(&aside, text)?;
    fs::rename(aside, path).context("cannot rename")
}

/// The milliseconds at the end of a line of the server.
fn own(line: &str) -> Result<f64> {
    let told = line.strip_suffix(" ms").and_then(|it| it.rsplit_once(' '));
    told.with_context(|| format!("`{line}` tells no time"))?.1.parse().context("it is a number")
}

/// The value that so many in a hundred do not exceed.
fn quantile(values: &mut [f64], percent: usize) -> f64 {
    values.sort_by(f64::total_cmp);
    values[(values.len() * percent).div_ceil(100) - 1]
}
