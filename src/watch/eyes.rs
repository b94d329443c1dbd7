//! Waits until something on disk was touched.
//!
//! The system's events only say where to look. Whatever is not certain is answered by watching anew and looking
//! at everything: a root that went away, a folder that came back, events that were too many.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use notify::event::AccessKind;
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::batch::{Batch, Doubt};
use super::clockwork::instant;
use crate::snapshot::{FOLDERS, Look};

/// How often everything is looked at where the system tells of nothing.
const POLL: Duration = Duration::from_secs(2);
/// How long a batch that goes on arriving is waited for.
const AT_MOST: Duration = Duration::from_secs(2);
/// How long after a folder came to be it is looked into once more: by then it is watched.
const SETTLED: Duration = Duration::from_millis(100);

/// The eyes on a project.
#[derive(Debug)]
pub(super) struct Eyes {
    root: PathBuf,
    /// None while the system cannot tell of changes.
    watched: Option<Watched>,
    /// When everything was last to be looked at.
    polled: Instant,
    /// Folders to look into once more, and when; those that came first stand first.
    again: VecDeque<(Instant, Vec<String>)>,
    rest: Rest,
}

/// A pause before everything is looked at because there was more than the system could tell. Looking opens every file,
/// which the system tells too, and it may be that which was too much: so each pause is longer than the last, until
/// it has been quiet for a while.
#[derive(Debug, Default)]
struct Rest {
    until: Option<Instant>,
    last: Duration,
    ended: Option<Instant>,
}

impl Rest {
    const FIRST: Duration = Duration::from_millis(50);
    const LONGEST: Duration = Duration::from_secs(300);
    /// How long after a pause another overflow may be our own doing.
    const OURS: Duration = Duration::from_secs(30);

    fn begin(&mut self) {
        if self.until.is_none() {
            let is_ours = self.ended.is_some_and(|it| it.elapsed() < Rest::OURS);
            self.last = if is_ours { (self.last * 4).min(Rest::LONGEST) } else { Rest::FIRST };
            self.until = Some(instant() + self.last);
        }
    }

    /// Whether a pause has just come to its end.
    fn is_over(&mut self, now: Instant) -> bool {
        let is_over = self.until.is_some_and(|it| it <= now);
        if is_over {
            self.until = None;
            self.ended = Some(now);
        }
        is_over
    }
}

/// What the system watches.
#[derive(Debug)]
struct Watched {
    /// The root without links in its path, as events name it.
    root: PathBuf,
    /// Which folders of the disk were found, by their paths.
    folders: Vec<Option<Identity>>,
    events: Receiver<notify::Result<Event>>,
    /// Watches until it is dropped.
    _watcher: RecommendedWatcher,
}

impl Eyes {
    /// Watches from now on.
    pub(super) fn open(root: &Path) -> Self {
        Eyes {
            root: root.to_owned(),
            watched: Watched::open(root).ok(),
            polled: instant(),
            again: VecDeque::new(),
            rest: Rest::default(),
        }
    }

    /// Whether the system tells of changes; else everything is looked at again and again.
    pub(super) fn are_told(&self) -> bool {
        self.watched.is_some()
    }

    /// Where to look, as soon as it is worth it; none when nothing was touched for so long.
    pub(super) fn wait(&mut self, at_most: Duration) -> Option<Look> {
        let asked = instant() + at_most;
        loop {
            let now = instant();
            if let Some((_, folders)) = self.again.pop_front_if(|(at, _)| *at <= now) {
                return Some(Look::At(folders.into_iter().collect()));
            }
            if self.rest.is_over(now) {
                // A folder is watched when it is heard of, and of some nothing was heard.
                return Some(self.watch_anew());
            }
            let until = self.again.front().map_or(asked, |(at, _)| asked.min(*at));
            let until = self.rest.until.map_or(until, |at| until.min(at));
            match self.gather(until.saturating_duration_since(now)) {
                Some(batch) if batch.why_doubt() == Doubt::Blindness => return Some(self.watch_anew()),
                Some(batch) if batch.why_doubt() == Doubt::Overflow => {
                    self.rest.begin();
                    // What was told for certain does not wait for what was not.
                    if let Some(look) = batch.certain() {
                        return Some(look);
                    }
                }
                Some(batch) if !batch.is_empty() => {
                    let (look, folders) = batch.look();
                    if !folders.is_empty() {
                        self.again.push_back((instant() + SETTLED, folders));
                    }
                    return Some(look);
                }
                Some(_) => {}
                None if instant() < asked => {}
                None if self.watched.as_ref().is_some_and(|it| !it.is_there(&self.root)) => {
                    return Some(self.watch_anew());
                }
                None => return None,
            }
        }
    }

    fn watch_anew(&mut self) -> Look {
        self.watched = Watched::open(&self.root).ok();
        Look::Everywhere
    }

    /// What was heard together; none when nothing was heard for so long.
    fn gather(&mut self, at_most: Duration) -> Option<Batch> {
        let Some(watched) = &self.watched else { return self.poll(at_most) };
        let mut batch = Batch::default();
        let mut wait = at_most;
        let mut since = None;
        loop {
            match watched.events.recv_timeout(wait) {
                Ok(heard) => batch.hear(heard, &watched.root),
                Err(RecvTimeoutError::Timeout) => return since.map(|_| batch),
                Err(RecvTimeoutError::Disconnected) => return Some(Batch::blind()),
            }
            if AT_MOST < since.get_or_insert_with(instant).elapsed() {
                return Some(batch);
            }
            wait = batch.patience();
        }
    }

    /// Tries to be told of changes again.
    fn poll(&mut self, at_most: Duration) -> Option<Batch> {
        std::thread::sleep(at_most.min(POLL.saturating_sub(self.polled.elapsed())));
        let is_due = POLL <= self.polled.elapsed();
        is_due.then(|| {
            self.polled = instant();
            Batch::blind()
        })
    }
}

impl Watched {
    fn open(root: &Path) -> anyhow::Result<Self> {
        let folders = identities(root);
        let root = root.canonicalize()?;
        let (sender, events) = mpsc::channel();
        // That a file was opened is told too, by us most of all. Nobody hears of what comes after the receiver is gone,
        // and nobody needs to.
        let mut watcher = notify::recommended_watcher(move |event| {
            if !is_opening(&event) {
                drop(sender.send(event));
            }
        })?;
        watcher.watch(&root, RecursiveMode::NonRecursive)?;
        for folder in FOLDERS.map(|it| root.join(it)).iter().filter(|it| it.is_dir()) {
            watcher.watch(folder, RecursiveMode::Recursive)?;
        }
        Ok(Watched { root, folders, events, _watcher: watcher })
    }

    /// Whether what stands below the root's path is still what is watched. Of a disk that was taken away and brought
    /// back, and of what happens above the root, the system tells nothing.
    fn is_there(&self, root: &Path) -> bool {
        self.folders == identities(root)
    }
}

/// What tells a folder from another that takes its place.
type Identity = (u64, u64);

/// The root and the folders in it that are read, as they are on the disk; none of one that is not there.
fn identities(root: &Path) -> Vec<Option<Identity>> {
    let folders = FOLDERS.map(|it| root.join(it));
    let all = std::iter::once(root).chain(folders.iter().map(PathBuf::as_path));
    all.map(|it| std::fs::metadata(it).ok().map(|it| identity(&it))).collect()
}

#[cfg(unix)]
fn identity(found: &std::fs::Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt;
    (found.dev(), found.ino())
}

#[cfg(not(unix))]
fn identity(_: &std::fs::Metadata) -> Identity {
    (0, 0)
}

fn is_opening(heard: &notify::Result<Event>) -> bool {
    heard.as_ref().is_ok_and(|it| matches!(it.kind, EventKind::Access(AccessKind::Open(_))))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn project() -> tempfile::TempDir {
        let root = tempfile::tempdir().unwrap();
        for folder in ["site", "incidents/a/updates"] {
            fs::create_dir_all(root.path().join(folder)).unwrap();
        }
        root
    }

    /// What is looked at after `change`, until it is quiet.
    fn looks(change: impl Fn(&Path)) -> Vec<Look> {
        let root = project();
        let mut eyes = Eyes::open(root.path());
        change(root.path());
        let mut looks = Vec::new();
        while let Some(look) = eyes.wait(Duration::from_millis(300)) {
            looks.push(look);
        }
        looks
    }

    fn at(paths: &[&str]) -> Look {
        Look::At(paths.iter().map(|it| (*it).to_owned()).collect())
    }

    #[test]
    fn a_saved_file_is_looked_at() {
        let looks = looks(|root| fs::write(root.join("incidents/a/updates/1.md"), "x").unwrap());
        assert!(
            !looks.is_empty() && looks.iter().all(|it| *it == at(&["incidents/a/updates/1.md"])),
            "{looks:?}"
        );
    }

    #[test]
    fn reading_is_no_change() {
        let looks = looks(|root| assert!(fs::read_dir(root.join("incidents")).unwrap().next().is_some()));
        assert_eq!(looks, []);
    }

    #[test]
    fn what_is_put_into_a_new_folder_is_seen_whoever_is_first() {
        let looks = looks(|root| {
            fs::create_dir_all(root.join("incidents/b/updates")).unwrap();
            fs::write(root.join("incidents/b/updates/1.md"), "x").unwrap();
        });
        let sees = |look: &Look| matches!(look, Look::At(paths) if paths.contains("incidents/b"));
        assert!(1 < looks.iter().filter(|it| sees(it)).count(), "{looks:?}");
    }

    #[test]
    fn a_folder_of_the_root_that_comes_back_is_watched_again() {
        let root = project();
        let mut eyes = Eyes::open(root.path());
        let incidents = root.path().join("incidents");
        fs::rename(&incidents, root.path().join("aside")).unwrap();
        fs::rename(root.path().join("aside"), &incidents).unwrap();
        while eyes.wait(Duration::from_millis(300)).is_some() {}
        fs::write(incidents.join("a/updates/1.md"), "x").unwrap();
        assert_eq!(eyes.wait(Duration::from_secs(5)), Some(at(&["incidents/a/updates/1.md"])));
    }

    #[test]
    fn a_root_that_another_takes_the_place_of_is_watched_again() {
        let above = tempfile::tempdir().unwrap();
        let link = above.path().join("project");
        let (one, other) = (project(), project());
        std::os::unix::fs::symlink(one.path(), &link).unwrap();
        let mut eyes = Eyes::open(&link);
        fs::remove_file(&link).unwrap();
        std::os::unix::fs::symlink(other.path(), &link).unwrap();
        assert_eq!(eyes.wait(Duration::from_millis(50)), Some(Look::Everywhere));
        fs::write(other.path().join("incidents/a/updates/1.md"), "x").unwrap();
        assert_eq!(eyes.wait(Duration::from_secs(5)), Some(at(&["incidents/a/updates/1.md"])));
    }

    #[test]
    fn after_too_much_all_folders_are_watched_and_not_those_alone_that_were_heard_of() {
        let root = project();
        let mut eyes = Eyes::open(root.path());
        // As if nothing of the folder could be told any more.
        let unheard = root.path().join("incidents/b");
        fs::create_dir(&unheard).unwrap();
        let first = eyes.watched.take().unwrap();
        eyes.watched = Some(Watched { events: mpsc::channel().1, ..first });
        eyes.rest.begin();
        eyes.rest.until = Some(instant());
        assert_eq!(eyes.wait(Duration::ZERO), Some(Look::Everywhere));
        fs::write(unheard.join("b.md"), "x").unwrap();
        assert_eq!(eyes.wait(Duration::from_secs(5)), Some(at(&["incidents/b/b.md"])));
    }

    #[test]
    fn each_new_folder_is_looked_into_once_more_though_another_came_after_it() {
        let root = project();
        let mut eyes = Eyes::open(root.path());
        let mut looks = Vec::new();
        for name in ["b", "c"] {
            fs::create_dir(root.path().join("incidents").join(name)).unwrap();
            looks.extend(eyes.wait(Duration::from_millis(40)));
        }
        looks.extend(std::iter::from_fn(|| eyes.wait(Duration::from_millis(300))));
        for name in ["incidents/b", "incidents/c"] {
            let sees = |look: &&Look| matches!(look, Look::At(paths) if paths.contains(name));
            assert_eq!(looks.iter().filter(sees).count(), 2, "{looks:?}");
        }
    }

    #[test]
    fn what_may_be_our_own_doing_is_looked_at_ever_more_seldom() {
        let mut rest = Rest::default();
        let mut pauses = Vec::new();
        for _ in 0..3 {
            rest.begin();
            pauses.push(rest.last);
            assert!(!rest.is_over(instant()) && rest.is_over(instant() + Rest::LONGEST));
            rest.ended = Some(instant());
        }
        assert_eq!(pauses, [Rest::FIRST, Rest::FIRST * 4, Rest::FIRST * 16]);
    }

    #[test]
    fn where_the_system_tells_nothing_everything_is_looked_at() {
        let mut eyes = Eyes::open(Path::new("/nowhere/at/all"));
        assert!(!eyes.are_told());
        assert_eq!(eyes.wait(Duration::from_millis(5)), None);
        assert_eq!(eyes.wait(POLL), Some(Look::Everywhere));
    }
}
