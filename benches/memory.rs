//! How much memory a process holds, as Linux tells it. Elsewhere nothing is told.

use std::fmt;

const MIB: f64 = 1024.0 * 1024.0;

/// A number of bytes, printed as MiB.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Bytes(pub(crate) usize);

/// What a process holds at the moment, and the most it ever held.
#[derive(Clone, Copy, Default)]
pub(crate) struct Memory {
    pub(crate) resident: Bytes,
    pub(crate) peak: Bytes,
}

/// That of a process by its number, or of this one as `self`. All is 0 where the system does not tell.
pub(crate) fn of(process: &str) -> Memory {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let kib = |key: &str| {
        let line = status.lines().find_map(|it| it.strip_prefix(key)?.strip_prefix(':'));
        line.and_then(|it| it.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
    };
    Memory { resident: Bytes(kib("VmRSS") * 1024), peak: Bytes(kib("VmHWM") * 1024) }
}

impl fmt::Display for Bytes {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(&format!("{:.1} MiB", self.0 as f64 / MIB))
    }
}
