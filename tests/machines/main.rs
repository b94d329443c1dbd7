//! The page that machines read: documents of real builds.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod badges;
mod calendar;
mod changes;
mod feeds;
mod metrics;
mod site;
mod status;
