//! Ends the process on SIGINT and SIGTERM, but never in the middle of a write.
//!
//! Whoever writes holds the lock, and a signal waits for it: nothing is left for the next run to repair.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Poll;

/// A lock that is held while something is written.
#[derive(Clone, Debug, Default)]
pub(super) struct WriteLock(Arc<Mutex<()>>);

impl WriteLock {
    /// Holds signals off for as long as the guard lives.
    pub(super) fn hold(&self) -> MutexGuard<'_, ()> {
        // It guards no value that a panic could have left half changed.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Waits for a signal, then ends the process with success. Where the system has no signals, it waits for ever.
pub(super) async fn on_signal(writes: WriteLock) {
    if signal().await.is_none() {
        return;
    }
    std::thread::spawn(move || {
        let _guard = writes.hold();
        std::process::exit(0);
    });
}

/// The first signal that asks the process to end; none where the system has none.
#[cfg(unix)]
async fn signal() -> Option<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt()).ok()?;
    let mut terminate = signal(SignalKind::terminate()).ok()?;
    let (mut interrupt, mut terminate) = (pin!(interrupt.recv()), pin!(terminate.recv()));
    poll_fn(|context| match interrupt.as_mut().poll(context) {
        Poll::Ready(received) => Poll::Ready(received),
        Poll::Pending => terminate.as_mut().poll(context),
    })
    .await
}

#[cfg(not(unix))]
async fn signal() -> Option<()> {
    tokio::signal::ctrl_c().await.ok()
}
