//! What a piece of work costs: time, time of the processor, memory.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use rustix::time::{ClockId, clock_gettime};

use crate::memory::{self, Bytes, Memory};

/// What a piece of work took.
#[derive(Clone, Copy, Default)]
pub(crate) struct Cost {
    pub(crate) wall: Duration,
    /// Of all threads, in the program and in the system for it.
    pub(crate) cpu: Duration,
    /// When it was done.
    pub(crate) memory: Memory,
}

/// Does it, and says what it took.
pub(crate) fn cost<T>(work: impl FnOnce() -> Result<T>) -> Result<(T, Cost)> {
    let cpu = cpu();
    #[expect(clippy::disallowed_methods, reason = "a benchmark is about time")]
    let start = Instant::now();
    let done = work()?;
    let wall = start.elapsed();
    Ok((done, Cost { wall, cpu: self::cpu().saturating_sub(cpu), memory: memory::of("self") }))
}

/// The median of each figure, taken alone.
pub(crate) fn median(costs: &[Cost]) -> Cost {
    fn middle<T: Ord>(values: impl Iterator<Item = T>) -> T {
        let mut values: Vec<T> = values.collect();
        values.sort();
        values.swap_remove(values.len() / 2)
    }
    Cost {
        wall: middle(costs.iter().map(|it| it.wall)),
        cpu: middle(costs.iter().map(|it| it.cpu)),
        memory: Memory {
            resident: middle(costs.iter().map(|it| it.memory.resident)),
            peak: middle(costs.iter().map(|it| it.memory.peak)),
        },
    }
}

impl Cost {
    /// A line for another process to read.
    pub(crate) fn line(&self) -> String {
        let Cost { wall, cpu, memory: Memory { resident, peak } } = self;
        format!("{} {} {} {}", wall.as_nanos(), cpu.as_nanos(), resident.0, peak.0)
    }

    /// What the line says.
    pub(crate) fn of_line(line: &str) -> Result<Self> {
        let numbers: Result<Vec<u64>, _> = line.split(' ').map(str::parse).collect();
        let [wall, cpu, resident, peak] =
            numbers?.try_into().ok().with_context(|| format!("`{line}` is not a cost"))?;
        let memory = Memory { resident: Bytes(resident as usize), peak: Bytes(peak as usize) };
        Ok(Cost { wall: Duration::from_nanos(wall), cpu: Duration::from_nanos(cpu), memory })
    }
}

/// How long processors have worked for this process.
fn cpu() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), time.tv_nsec as u32)
}
