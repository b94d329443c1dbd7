//! What is served at the moment, and who hears when it changes.

use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use tokio::sync::watch;

use super::clockwork::Moving;
use crate::emit::{Change, Tree};

/// What is served, one whole after the other.
#[derive(Clone, Debug)]
pub(super) struct Served {
    /// The last good site; none before there was one.
    pub(super) tree: Option<Tree>,
    /// Which server it is: another one begins to count anew.
    pub(super) server: u32,
    /// How often something has changed. A page that carries an older number has missed something.
    pub(super) generation: u64,
    /// What of the site is other than one generation before, however often it has been built since.
    pub(super) changed: Changed,
    /// The clock of the preview, where it is not the reader's.
    pub(super) clock: Option<Moving>,
    /// What is wrong with the files, as the terminal shows it; none while all is well.
    pub(super) problems: Option<Arc<str>>,
}

/// What of a site is other than before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Changed {
    /// Nothing, or what a page does not show.
    Nothing,
    /// Style sheets alone, so that a page can stay as it is.
    Styles,
    /// Anything else.
    Pages,
}

/// What of a site is other than before, and how much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difference {
    pub(super) changed: Changed,
    /// How many files were added, changed or removed.
    pub files: usize,
}

impl Difference {
    const NONE: Difference = Difference { changed: Changed::Nothing, files: 0 };
}

/// The one place where what is served is exchanged.
#[derive(Debug)]
pub(super) struct Stage {
    sender: watch::Sender<Arc<Served>>,
}

impl Stage {
    /// An empty one.
    pub(super) fn new(clock: Option<Moving>) -> Self {
        let nothing = Served {
            tree: None,
            server: RandomState::new().hash_one(()) as u32,
            generation: 0,
            changed: Changed::Nothing,
            clock,
            problems: None,
        };
        Stage { sender: watch::Sender::new(Arc::new(nothing)) }
    }

    /// For those who want to know what is served, and to hear of changes.
    pub(super) fn audience(&self) -> watch::Receiver<Arc<Served>> {
        self.sender.subscribe()
    }

    /// Puts what was built in the place of what is served. Without a site, the last good one stays.
    pub(super) fn show(&self, tree: Option<Tree>, problems: Option<String>) -> Difference {
        // Nobody else exchanges it, so readers need not wait while two sites are compared.
        let before = Arc::clone(&self.sender.borrow());
        let problems: Option<Arc<str>> = problems.map(Arc::from);
        let difference = match (&tree, &before.tree) {
            (Some(new), Some(old)) => difference(old, new),
            (Some(new), None) => Difference { changed: Changed::Pages, files: new.len() },
            (None, _) => Difference::NONE,
        };
        let is_news = difference.changed != Changed::Nothing || problems != before.problems;
        let after = Arc::new(Served {
            tree: tree.or_else(|| before.tree.clone()),
            server: before.server,
            generation: before.generation + u64::from(is_news),
            changed: if is_news { difference.changed } else { before.changed },
            clock: before.clock,
            problems,
        });
        self.sender.send_if_modified(|served| {
            *served = after;
            is_news
        });
        difference
    }
}

/// What of `new` is other than in `old`.
fn difference(old: &Tree, new: &Tree) -> Difference {
    let (mut files, mut all_styles) = (0, true);
    for change in new.differences(old) {
        files += 1;
        all_styles &= !matches!(change, Change::Removed(_)) && change.path().ends_with(".css");
    }
    let changed = match (files, all_styles) {
        (0, _) => Changed::Nothing,
        (_, true) => Changed::Styles,
        (_, false) => Changed::Pages,
    };
    Difference { changed, files }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[(&str, &str)]) -> Tree {
        Tree::from(files)
    }

    #[test]
    fn style_sheets_alone_are_told_apart_from_pages() {
        let old = tree(&[("index.html", "1"), ("theme/style.css", "1")]);
        assert_eq!(difference(&old, &old.clone()), Difference::NONE);
        let styled = tree(&[("index.html", "1"), ("theme/style.css", "2")]);
        assert_eq!(difference(&old, &styled), Difference { changed: Changed::Styles, files: 1 });
        let both = tree(&[("index.html", "2"), ("theme/style.css", "2")]);
        assert_eq!(difference(&old, &both), Difference { changed: Changed::Pages, files: 2 });
        let fewer = tree(&[("index.html", "1")]);
        assert_eq!(difference(&old, &fewer), Difference { changed: Changed::Pages, files: 1 });
    }

    #[test]
    fn who_comes_late_hears_of_the_last_change_though_it_was_built_again_since() {
        let stage = Stage::new(None);
        for text in ["1", "2", "2"] {
            stage.show(Some(tree(&[("index.html", text)])), None);
        }
        let served = Arc::clone(&stage.audience().borrow());
        assert_eq!((served.generation, served.changed), (2, Changed::Pages));
    }

    #[test]
    fn nobody_is_told_of_a_build_that_changed_nothing() {
        let stage = Stage::new(None);
        stage.show(Some(tree(&[("index.html", "1")])), None);
        let audience = stage.audience();
        stage.show(Some(tree(&[("index.html", "1")])), None);
        assert!(!audience.has_changed().unwrap());
    }

    #[test]
    fn a_good_page_stays_until_there_is_a_newer_one() {
        let stage = Stage::new(None);
        let audience = stage.audience();
        stage.show(Some(tree(&[("index.html", "1")])), None);
        stage.show(None, Some("site.yaml is broken".to_owned()));
        let served = Arc::clone(&audience.borrow());
        assert_eq!(served.tree.as_ref().unwrap().bytes_at("index.html").unwrap()[..], *b"1");
        assert_eq!((served.generation, served.problems.as_deref()), (2, Some("site.yaml is broken")));
        stage.show(Some(tree(&[("index.html", "1")])), None);
        assert_eq!(audience.borrow().generation, 3);
        stage.show(Some(tree(&[("index.html", "1")])), None);
        assert_eq!(audience.borrow().generation, 3);
    }
}
