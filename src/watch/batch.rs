//! Events that came together: which paths they touch, and whether what was saved is complete.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind, RenameMode};
use notify::{Event, EventKind};

use crate::snapshot::{self, Look};

/// How long nothing must be heard of a file that was begun and not yet closed, or that went away: some editors
/// and systems never say that a save is complete, and some take a file away before they put it back.
const QUIET: Duration = Duration::from_millis(15);

/// What has been heard and not yet been looked at.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// The touched paths from the root, each with whether the last word on it was that it is complete.
    touched: BTreeMap<String, Complete>,
    /// Folders that came to be: what was put into one before it was watched, nobody hears of.
    new_folders: Vec<String>,
    doubt: Doubt,
}

/// Why what was heard may not be all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Doubt {
    /// It is all.
    #[default]
    None,
    /// There was more than the system could tell.
    Overflow,
    /// What is watched may be no longer what should be.
    Blindness,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Complete {
    Yes,
    NotYet,
}

/// What an event says of the paths that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    /// Nothing that matters: we read files ourselves, and each reading is told.
    Nothing,
    /// They are as somebody wants them.
    Complete,
    /// More is to come.
    NotYet,
    /// There are folders.
    Folder,
}

impl Batch {
    /// Takes what was heard. An error, an overflow, and what happens to the root and its folders is doubt.
    pub(super) fn hear(&mut self, heard: notify::Result<Event>, root: &Path) {
        let Ok(event) = heard else { return self.doubt(Doubt::Blindness) };
        if event.need_rescan() {
            self.doubt(Doubt::Overflow);
        }
        let says = says(event.kind);
        if says == Says::Nothing {
            return;
        }
        for path in &event.paths {
            match path.strip_prefix(root).ok().map(|it| it.to_str()) {
                Some(Some(path)) => self.touch(path, says),
                Some(None) | None => self.doubt(Doubt::Blindness),
            }
        }
    }

    /// That nothing is certain.
    pub(super) fn blind() -> Self {
        Batch { doubt: Doubt::Blindness, ..Batch::default() }
    }

    fn doubt(&mut self, doubt: Doubt) {
        self.doubt = self.doubt.max(doubt);
    }

    fn touch(&mut self, path: &str, says: Says) {
        let path = path.replace('\\', "/");
        if path.is_empty() {
            self.doubt(Doubt::Blindness);
        } else if snapshot::is_read(&path) {
            // A folder of the root is watched by itself; one that comes or goes has to be watched anew.
            if !path.contains('/') {
                self.doubt(Doubt::Blindness);
            }
            if says == Says::Folder {
                self.new_folders.push(path.clone());
            }
            let complete = if says == Says::Complete { Complete::Yes } else { Complete::NotYet };
            self.touched.insert(path, complete);
        }
    }

    /// Whether nothing was heard that matters.
    pub(super) fn is_empty(&self) -> bool {
        self.touched.is_empty() && self.doubt == Doubt::None
    }

    /// Why what was heard may not be all.
    pub(super) fn why_doubt(&self) -> Doubt {
        self.doubt
    }

    /// How long it must be quiet before it is worth looking.
    pub(super) fn patience(&self) -> Duration {
        let waits = self.doubt != Doubt::None || self.touched.values().any(|it| *it == Complete::NotYet);
        if waits { QUIET } else { Duration::ZERO }
    }

    /// Where to look for certain, whatever else there may have been.
    pub(super) fn certain(self) -> Option<Look> {
        (!self.touched.is_empty()).then(|| Look::At(self.touched.into_keys().collect()))
    }

    /// Where to look.
    pub(super) fn look(self) -> (Look, Vec<String>) {
        if self.doubt != Doubt::None {
            return (Look::Everywhere, Vec::new());
        }
        (Look::At(self.touched.into_keys().collect()), self.new_folders)
    }
}

fn says(kind: EventKind) -> Says {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => Says::Complete,
        EventKind::Access(_) => Says::Nothing,
        EventKind::Modify(ModifyKind::Name(RenameMode::To)) => Says::Complete,
        // Both of its paths have been told of one by one, and the one that went away may yet come back.
        EventKind::Modify(ModifyKind::Name(RenameMode::Both)) => Says::Nothing,
        EventKind::Create(CreateKind::Folder) => Says::Folder,
        EventKind::Any
        | EventKind::Other
        | EventKind::Create(_)
        | EventKind::Modify(_)
        | EventKind::Remove(_) => Says::NotYet,
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use notify::event::{DataChange, Flag, RemoveKind};

    use super::*;

    fn batch(events: &[(EventKind, &str)]) -> Batch {
        let root = Path::new("/project");
        let mut batch = Batch::default();
        for (kind, path) in events {
            let path = if path.is_empty() { PathBuf::from(root) } else { root.join(path) };
            batch.hear(Ok(Event::new(*kind).add_path(path)), root);
        }
        batch
    }

    const CREATED: EventKind = EventKind::Create(CreateKind::File);
    const WRITTEN: EventKind = EventKind::Modify(ModifyKind::Data(DataChange::Any));
    const CLOSED: EventKind = EventKind::Access(AccessKind::Close(AccessMode::Write));
    const OPENED: EventKind = EventKind::Access(AccessKind::Open(AccessMode::Any));
    const MOVED_AWAY: EventKind = EventKind::Modify(ModifyKind::Name(RenameMode::From));
    const MOVED_HERE: EventKind = EventKind::Modify(ModifyKind::Name(RenameMode::To));
    const MOVED: EventKind = EventKind::Modify(ModifyKind::Name(RenameMode::Both));
    const REMOVED: EventKind = EventKind::Remove(RemoveKind::Any);

    #[track_caller]
    fn check(events: &[(EventKind, &str)], patience: Duration, paths: &[&str]) {
        let batch = batch(events);
        assert_eq!(batch.patience(), patience);
        let expected = Look::At(paths.iter().map(|it| (*it).to_owned()).collect());
        assert_eq!(batch.look().0, expected);
    }

    #[test]
    fn a_save_that_was_closed_or_put_in_place_does_not_wait() {
        let update = "incidents/a/updates/1.md";
        check(&[(CREATED, update), (WRITTEN, update), (CLOSED, update)], Duration::ZERO, &[update]);
        check(&[(MOVED_HERE, update)], Duration::ZERO, &[update]);
    }

    #[test]
    fn what_was_begun_or_went_away_waits_for_a_moment() {
        let update = "incidents/a/updates/1.md";
        check(&[(CREATED, update), (WRITTEN, update)], QUIET, &[update]);
        check(&[(MOVED_AWAY, update)], QUIET, &[update]);
        check(&[(REMOVED, update)], QUIET, &[update]);
        check(&[(REMOVED, update), (MOVED_HERE, update)], Duration::ZERO, &[update]);
    }

    #[test]
    fn a_file_that_an_editor_keeps_under_another_name_is_not_taken_for_gone() {
        let update = "incidents/a/updates/1.md";
        let kept = "incidents/a/updates/1.md~";
        check(&[(MOVED_AWAY, update), (MOVED_HERE, kept), (MOVED, update)], QUIET, &[update]);
    }

    #[test]
    fn a_rename_that_is_told_once_more_is_not_looked_at_once_more() {
        assert!(batch(&[(MOVED, "incidents/a/updates/1.md")]).is_empty());
    }

    #[test]
    fn nobody_s_message_is_not_heard() {
        let noise =
            [(OPENED, "site/site.yaml"), (CREATED, "incidents/.x.md.swp"), (CREATED, "public/index.html")];
        assert!(batch(&noise).is_empty());
        assert!(batch(&[(CLOSED, "incidents/4913"), (CLOSED, "README.md")]).is_empty());
    }

    #[test]
    fn an_overflow_takes_nothing_from_what_was_told() {
        let update = "incidents/a/updates/1.md";
        let mut overflow = batch(&[(CLOSED, update)]);
        overflow.hear(Ok(Event::new(EventKind::Other).set_flag(Flag::Rescan)), Path::new("/project"));
        assert_eq!(overflow.why_doubt(), Doubt::Overflow);
        assert_eq!(overflow.certain(), Some(Look::At([update.to_owned()].into())));
        assert_eq!(Batch::blind().certain(), None);
    }

    #[test]
    fn what_happens_to_the_root_and_its_folders_is_doubt() {
        for (kind, path) in
            [(MOVED_HERE, "incidents"), (EventKind::Create(CreateKind::Folder), "site"), (MOVED_HERE, "")]
        {
            assert_eq!(batch(&[(kind, path)]).why_doubt(), Doubt::Blindness, "{path}");
        }
        let mut overflow = Batch::default();
        overflow.hear(Ok(Event::new(EventKind::Other).set_flag(Flag::Rescan)), Path::new("/project"));
        assert_eq!(overflow.why_doubt(), Doubt::Overflow);
        assert_eq!(overflow.look().0, Look::Everywhere);
    }
}
