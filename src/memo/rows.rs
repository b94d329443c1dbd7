//! A remembered list. Most of its rows are asked for again in every run, in the order of the run before,
//! so a row is looked for at its old place: to ask for thousands costs no more than to compare their keys.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use rayon::prelude::*;

use super::{ById, Quick};

/// What a row is asked with: the parts of its key, borrowed, so that nothing is copied for a row that is
/// remembered.
pub trait Question: Copy + Send + Sync {
    /// All that the value of the row depends on.
    type Key;

    /// Whether a value that was made from `key` answers this.
    fn is_answered_by(&self, key: &Self::Key) -> bool;

    /// The key that the value is made from.
    fn key(&self) -> Self::Key;
}

/// The values of a list, with the keys that they were made from.
#[derive(Debug)]
pub struct Rows<K, V> {
    keys: Vec<K>,
    values: Vec<V>,
}

/// What differs between a list and that of the run before.
#[derive(Debug)]
pub struct Turnover<V> {
    /// The values that were not asked for any more.
    pub gone: Vec<V>,
    /// The places of the values that were made.
    pub made: Vec<usize>,
}

/// A shared value asks for what was made from it alone.
impl<T: ?Sized + Send + Sync> Question for &Arc<T> {
    type Key = ById<T>;

    fn is_answered_by(&self, key: &ById<T>) -> bool {
        Arc::ptr_eq(self, &key.0)
    }

    fn key(&self) -> ById<T> {
        ById(Arc::clone(self))
    }
}

impl<K, V> Default for Rows<K, V> {
    fn default() -> Self {
        Rows { keys: Vec::new(), values: Vec::new() }
    }
}

impl<K, V> Rows<K, V> {
    /// The values in the order in which they were asked for.
    pub fn values(&self) -> &[V] {
        &self.values
    }

    /// The keys that they were made from.
    pub fn keys(&self) -> &[K] {
        &self.keys
    }
}

impl<K: Hash + Eq + Sync, V: Send> Rows<K, V> {
    /// Makes the list what is asked for. Those rows that the run before did not have are made side by side;
    /// those that only it had are given back.
    ///
    /// `make` is a plain function and can capture nothing: the key is all a value depends on.
    pub fn ask<Q: Question<Key = K>>(&mut self, asked: &[Q], make: fn(&K) -> V) -> Turnover<V> {
        let (begin, end) = self.alike(asked);
        let behind = self.keys.len() - end;
        let changed = &asked[begin..asked.len() - behind];
        let keys = self.keys.splice(begin..end, changed.iter().map(Question::key)).collect();
        let mut before = Before::new(keys, self.values.drain(begin..end).collect());
        let keys = &self.keys[begin..begin + changed.len()];
        let recalled: Vec<Option<V>> = keys.iter().map(|it| before.take(it)).collect();
        let missing = recalled.iter().enumerate().filter(|(_, it)| it.is_none());
        let made: Vec<usize> = missing.map(|(place, _)| begin + place).collect();
        let fill = |(value, key): (Option<V>, &K)| value.unwrap_or_else(|| make(key));
        // To wake other threads takes longer than to make one row.
        let values: Vec<V> = match made.len() {
            0 | 1 => recalled.into_iter().zip(keys).map(fill).collect(),
            _ => recalled.into_par_iter().zip(keys).map(fill).collect(),
        };
        self.values.splice(begin..begin, values);
        Turnover { gone: before.left(), made }
    }

    /// Between which places the rows are others than those that are asked for.
    fn alike<Q: Question<Key = K>>(&self, asked: &[Q]) -> (usize, usize) {
        let is_same = |(key, it): &(&K, &Q)| it.is_answered_by(key);
        let begin = self.keys.iter().zip(asked).take_while(is_same).count();
        let rest = self.keys[begin..].iter().rev().zip(asked[begin..].iter().rev());
        (begin, self.keys.len() - rest.take_while(is_same).count())
    }
}

/// Rows of the run before that are looked for by their keys.
struct Before<K, V> {
    places: HashMap<K, usize, Quick>,
    values: Vec<Option<V>>,
}

impl<K: Hash + Eq, V> Before<K, V> {
    fn new(keys: Vec<K>, values: Vec<V>) -> Self {
        let places = keys.into_iter().zip(0..).collect();
        Before { places, values: values.into_iter().map(Some).collect() }
    }

    fn take(&mut self, key: &K) -> Option<V> {
        let place = self.places.get(key)?;
        self.values[*place].take()
    }

    fn left(self) -> Vec<V> {
        self.values.into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Question for u32 {
        type Key = u32;

        fn is_answered_by(&self, key: &u32) -> bool {
            self == key
        }

        fn key(&self) -> u32 {
            *self
        }
    }

    /// After `first`, `second` gives the right values, makes those at `made` and gives `gone` back.
    #[track_caller]
    fn check(first: &[u32], second: &[u32], made: &[usize], gone: &[u32]) {
        let mut rows = Rows::default();
        let square = |it: &u32| it * it;
        assert_eq!(rows.ask(first, square).made, (0..first.len()).collect::<Vec<_>>());
        let turnover = rows.ask(second, square);
        assert_eq!((turnover.made.as_slice(), turnover.gone.as_slice()), (made, gone));
        assert_eq!(
            (rows.keys(), rows.values()),
            (second, &second.iter().map(square).collect::<Vec<_>>()[..])
        );
    }

    #[test]
    fn what_stands_where_it_stood_is_not_made_again() {
        check(&[1, 2, 3], &[1, 2, 3], &[], &[]);
        check(&[1, 2, 3], &[1, 5, 3], &[1], &[4]);
        check(&[1, 2, 3, 4, 5], &[1, 6, 3, 7, 5], &[1, 3], &[4, 16]);
    }

    #[test]
    fn what_comes_between_moves_nothing_but_places() {
        check(&[1, 2, 3], &[1, 2, 5, 3], &[2], &[]);
        check(&[1, 2, 3], &[1, 3], &[], &[4]);
        check(&[1, 2, 3], &[5, 1, 2, 3], &[0], &[]);
        check(&[1, 2, 3], &[1, 2, 3, 5], &[3], &[]);
        check(&[], &[1], &[0], &[]);
        check(&[1], &[], &[], &[1]);
    }

    #[test]
    fn what_stands_elsewhere_is_found() {
        check(&[1, 2, 3, 4], &[4, 1, 2, 3], &[], &[]);
        check(&[1, 2, 3, 4], &[1, 3, 5, 4, 2], &[2], &[]);
    }

    #[test]
    fn a_row_that_is_asked_for_twice_is_there_twice() {
        check(&[1, 2], &[1, 2, 1, 2], &[2, 3], &[]);
        check(&[1, 2, 2], &[2, 1, 2], &[], &[]);
    }
}
