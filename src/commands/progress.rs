//! How far a long build is, for somebody who waits before a terminal.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// How long a build is nothing to talk about.
const PATIENCE: Duration = Duration::from_millis(500);
/// How often what is shown is brought up to date.
const TICK: Duration = Duration::from_millis(100);

/// A line at the foot of the terminal that says what is being done. It appears when that takes long, and is gone when
/// this is dropped; where the standard error is no terminal, it never appears.
#[derive(Debug)]
pub(super) struct Progress {
    bar: ProgressBar,
    done: Arc<AtomicU64>,
    /// Closed to end the thread that draws.
    ended: Option<Sender<()>>,
    painter: Option<JoinHandle<()>>,
}

impl Progress {
    /// Begins to wait for something that has no number.
    pub(super) fn begin(what: &'static str) -> Self {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        bar.set_style(style("{spinner} {msg}"));
        bar.set_message(what);
        let done = Arc::<AtomicU64>::default();
        let (ended, end) = mpsc::channel();
        let painter = is_drawable().then(|| {
            let (bar, done) = (bar.clone(), Arc::clone(&done));
            thread::spawn(move || paint(&bar, &done, &end))
        });
        Progress { bar, done, ended: Some(ended), painter }
    }

    /// Goes on to something else.
    pub(super) fn goes_on(&self, what: &'static str) {
        self.bar.set_message(what);
    }

    /// Goes on to what is done with so many files, and gives the place where they are to be counted.
    pub(super) fn counts(&self, what: &'static str, files: usize) -> Arc<AtomicU64> {
        self.bar.set_length(files as u64);
        self.bar.set_style(style("{bar:30} {msg} {human_pos} of {human_len} files"));
        self.bar.set_message(what);
        Arc::clone(&self.done)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.ended = None;
        // One that panicked has drawn its last, and what was being done is done all the same.
        drop(self.painter.take().map(JoinHandle::join));
    }
}

fn paint(bar: &ProgressBar, done: &AtomicU64, end: &Receiver<()>) {
    let goes_on = |time| end.recv_timeout(time) == Err(RecvTimeoutError::Timeout);
    if !goes_on(PATIENCE) {
        return;
    }
    bar.set_draw_target(ProgressDrawTarget::stderr());
    while goes_on(TICK) {
        bar.set_position(done.load(Ordering::Relaxed));
        bar.tick();
    }
    bar.finish_and_clear();
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).expect("our templates are well formed")
}

/// Whether the terminal can take a line back; that there is one at all is asked by what draws.
#[expect(clippy::disallowed_methods, reason = "this is the place where the environment is read")]
fn is_drawable() -> bool {
    std::env::var("TERM").is_ok_and(|it| it != "dumb")
}
