//! Which instant is meant: the one value besides the files that decides the output.

use anyhow::{Context, Result};
use jiff::Timestamp;

use crate::advice::Clock;
use crate::cli::Project;

/// `--at`, else SOURCE_DATE_EPOCH (a number of seconds, as reproducible builds set it; see
/// reproducible-builds.org/specs/source-date-epoch), else the clock, cut to the second.
pub(super) fn now(project: &Project) -> Result<(Timestamp, Clock)> {
    if let Some(at) = project.at {
        return Ok((at, Clock::Stated));
    }
    match epoch() {
        Some(seconds) => {
            let at = seconds.parse().ok().and_then(|it| Timestamp::from_second(it).ok());
            let at =
                at.with_context(|| format!("SOURCE_DATE_EPOCH is `{seconds}` and not a number of seconds"))?;
            Ok((at, Clock::Epoch))
        }
        None => Ok((clock(), Clock::Real)),
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the place where the environment is read")]
fn epoch() -> Option<String> {
    std::env::var("SOURCE_DATE_EPOCH").ok()
}

/// The clock, cut to the second.
#[expect(clippy::disallowed_methods, reason = "this is the place where the clock is read, once a build")]
pub(super) fn clock() -> Timestamp {
    let now = Timestamp::now();
    Timestamp::from_second(now.as_second()).unwrap_or(now)
}
