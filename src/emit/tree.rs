//! The finished site: each output's path and bytes.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::iter::Peekable;
use std::sync::Arc;
use std::vec;

use bytes::Bytes;

use super::{Body, ShownIncidents};

/// An output: its relative path with `/` between its names, and what it holds.
pub type Output = (Arc<str>, Body);

/// Files of a site that come and go together: in order of their paths, each path once.
#[derive(Debug, Default)]
pub struct Part {
    files: Vec<Output>,
}

/// The whole site, complete before anything of it is written.
///
/// It is made of parts, so that two sites that have most of their parts in common are soon compared, and that a copy
/// costs next to nothing.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    parts: Arc<[Arc<Part>]>,
    shown: Option<Arc<ShownIncidents>>,
}

/// That one tree has a path other than another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change<'a> {
    /// A file that the other has not.
    Added(&'a str),
    /// A file of other bytes.
    Changed(&'a str),
    /// A file that only the other has.
    Removed(&'a str),
}

impl<'a> Change<'a> {
    /// The path.
    pub fn path(self) -> &'a str {
        match self {
            Change::Added(path) | Change::Changed(path) | Change::Removed(path) => path,
        }
    }
}

impl Part {
    /// The part of these files. Where two have the same path, the first one stays.
    pub fn of(mut files: Vec<Output>) -> Part {
        files.sort_by(|(one, _), (other, _)| one.cmp(other));
        files.dedup_by(|(path, _), (before, _)| path == before);
        debug_assert!(files.iter().all(|(path, _)| is_inside(path)), "an output path leaves the output");
        Part { files }
    }

    /// The files, in order of their paths.
    pub fn files(&self) -> &[Output] {
        &self.files
    }

    fn get(&self, path: &str) -> Option<&Output> {
        let found = self.files.binary_search_by(|(it, _)| (**it).cmp(path)).ok()?;
        Some(&self.files[found])
    }
}

impl Tree {
    /// The tree of these parts, of which no two have a path in common.
    pub fn of(parts: Vec<Arc<Part>>) -> Tree {
        let tree = Tree { parts: parts.into(), shown: None };
        debug_assert_eq!(
            tree.iter().map(|it| it.0).collect::<BTreeSet<_>>().len(),
            tree.len(),
            "a path twice"
        );
        tree
    }

    /// The tree with the list of the incidents that it shows.
    #[must_use]
    pub fn showing(mut self, shown: ShownIncidents) -> Tree {
        self.shown = Some(Arc::new(shown));
        self
    }

    /// The incidents that it shows; none where that has not been said.
    pub fn shown(&self) -> Option<&ShownIncidents> {
        self.shown.as_deref()
    }

    /// What the file at `path` holds.
    pub fn get(&self, path: &str) -> Option<&Body> {
        self.entry(path).map(|(_, body)| body)
    }

    /// The bytes at `path`, if they are in memory.
    pub fn bytes_at(&self, path: &str) -> Option<&Bytes> {
        self.get(path).and_then(Body::bytes)
    }

    /// The file at `path`.
    pub(super) fn entry(&self, path: &str) -> Option<(&str, &Body)> {
        self.parts.iter().find_map(|it| it.get(path)).map(|(path, body)| (&**path, body))
    }

    /// All files, in order of their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Body)> {
        in_order(self.parts.iter().map(AsRef::as_ref)).map(|(path, body)| (&**path, body))
    }

    /// What of this tree is other than in `before`, in order of the paths. Neither parts nor bytes that both have are
    /// looked into, so that it costs little to compare two builds of one session.
    pub fn differences<'a>(&'a self, before: &'a Tree) -> impl Iterator<Item = Change<'a>> {
        let (here, there) = (self.addresses(), before.addresses());
        let own = |tree: &'a Tree, other: BTreeSet<*const Part>| {
            let own = tree.parts.iter().filter(move |it| !other.contains(&Arc::as_ptr(it)));
            in_order(own.map(AsRef::as_ref)).peekable()
        };
        Changes { before: own(before, here), after: own(self, there) }
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.parts.iter().map(|it| it.files.len()).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The sum of the files' sizes, in bytes.
    pub fn bytes(&self) -> u64 {
        self.parts.iter().flat_map(|it| &it.files).map(|(_, body)| body.length()).sum()
    }

    fn addresses(&self) -> BTreeSet<*const Part> {
        self.parts.iter().map(Arc::as_ptr).collect()
    }
}

/// Trees are equal if they have the same files, whatever their parts.
impl PartialEq for Tree {
    fn eq(&self, other: &Self) -> bool {
        self.differences(other).next().is_none()
    }
}

impl Eq for Tree {}

/// The files of parts, in order of their paths.
fn in_order<'a>(parts: impl Iterator<Item = &'a Part>) -> vec::IntoIter<&'a Output> {
    let mut files: Vec<&Output> = parts.flat_map(|it| &it.files).collect();
    files.sort_by(|(one, _), (other, _)| one.cmp(other));
    files.into_iter()
}

/// The files of two trees side by side, each in order of their paths.
struct Changes<'a> {
    before: Peekable<vec::IntoIter<&'a Output>>,
    after: Peekable<vec::IntoIter<&'a Output>>,
}

impl<'a> Iterator for Changes<'a> {
    type Item = Change<'a>;

    fn next(&mut self) -> Option<Change<'a>> {
        loop {
            let order = match (self.before.peek(), self.after.peek()) {
                (None, None) => return None,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some((before, _)), Some((after, _))) => before.cmp(after),
            };
            match order {
                Ordering::Less => return self.before.next().map(|(path, _)| Change::Removed(path)),
                Ordering::Greater => return self.after.next().map(|(path, _)| Change::Added(path)),
                Ordering::Equal => {
                    let ((_, before), (path, after)) = (self.before.next()?, self.after.next()?);
                    if !is_shared(before, after) && before != after {
                        return Some(Change::Changed(path));
                    }
                }
            }
        }
    }
}

/// Whether the bytes are not only alike but the same.
fn is_shared(one: &Body, other: &Body) -> bool {
    let address = |it: &Body| it.bytes().map(|it| (it.as_ptr(), it.len()));
    address(one).is_some_and(|it| Some(it) == address(other))
}

/// Whether a path stays below the folder it is relative to.
pub(super) fn is_inside(path: &str) -> bool {
    !path.is_empty() && !path.contains('\\') && path.split('/').all(|name| !matches!(name, "" | "." | ".."))
}

/// A tree in one part, for tests.
#[cfg(test)]
impl<const N: usize> From<[(&str, &str); N]> for Tree {
    fn from(files: [(&str, &str); N]) -> Self {
        Tree::from(&files[..])
    }
}

#[cfg(test)]
impl From<&[(&str, &str)]> for Tree {
    fn from(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(path, text)| ((*path).into(), text.as_bytes().to_vec().into()));
        Tree::of(vec![Arc::new(Part::of(files.collect()))])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_files_with_one_path_the_first_stays() {
        let tree = Tree::from([("b", "2"), ("a", "1"), ("b", "3")]);
        assert_eq!(tree.iter().map(|(path, _)| path).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(tree.bytes_at("b").map(|it| &it[..]), Some(&b"2"[..]));
        assert_eq!(tree.get("c"), None);
    }

    #[test]
    fn two_trees_differ_where_a_file_came_changed_or_went() {
        let before = Tree::from([("a", "1"), ("b", "1"), ("d", "1"), ("e", "1")]);
        let after = Tree::from([("b", "2"), ("c", "1"), ("d", "1"), ("f", "1")]);
        let found: Vec<_> = after.differences(&before).collect();
        let expected = [
            Change::Removed("a"),
            Change::Changed("b"),
            Change::Added("c"),
            Change::Removed("e"),
            Change::Added("f"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_file_may_move_from_one_part_to_another() {
        let part = |files: &[(&str, &str)]| Arc::clone(&Tree::from(files).parts[0]);
        let common = part(&[("c", "1")]);
        let before =
            Tree::of(vec![part(&[("a", "1")]), Arc::clone(&common), part(&[("b", "1"), ("d", "1")])]);
        let after = Tree::of(vec![common, part(&[("a", "1"), ("b", "1")]), part(&[("d", "1")])]);
        assert_eq!(before, after);
        assert_eq!(after.iter().map(|it| it.0).collect::<String>(), "abcd");
    }
}
