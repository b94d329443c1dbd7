//! Writes an invented project of any size, for benchmarks and for trying things with.
//!
//! ```text
//! cargo run --release --example generate -- 10000 DIR
//! allclear build --root DIR --at 2026-06-01T12:00:00Z
//! ```

#![expect(clippy::print_stdout, reason = "it says what it wrote")]

#[path = "mod.rs"]
mod generate;

use std::path::PathBuf;

use anyhow::{Context, Result, ensure};

fn main() -> Result<()> {
    let usage = "say how many incidents, and the folder: `-- 1000 DIR`";
    let [incidents, root] = std::env::args().skip(1).collect::<Vec<_>>().try_into().ok().context(usage)?;
    let (incidents, root) = (incidents.parse().context(usage)?, PathBuf::from(root));
    ensure!(!root.exists(), "{} is there already", root.display());
    let written = generate::write(&root, incidents)?;
    println!("{written}\nit reaches up to {}", generate::NOW);
    Ok(())
}
