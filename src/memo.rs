//! A remembered function: what was made for a key is handed out again while its key is asked for.
//!
//! This is all there is to incremental builds. A value's key is everything the value depends on,
//! because the function that makes it is a plain one and can capture nothing; so a build with a
//! memory gives the same as one without, only sooner.

mod drawers;
mod last;
mod quick;
mod rows;

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use rayon::prelude::*;
use serde::{Serialize, Serializer};

pub use drawers::{Drawers, Memory};
pub use last::Last;
pub use quick::Quick;
pub use rows::{Question, Rows, Turnover};

/// Values by the keys they were made from.
#[derive(Debug)]
pub struct Memo<K, V> {
    values: HashMap<K, Remembered<V>, Quick>,
    run: u64,
}

#[derive(Debug)]
struct Remembered<V> {
    value: V,
    asked_in: u64,
}

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Memo { values: HashMap::default(), run: 0 }
    }
}

impl<K: Hash + Eq, V: Clone> Memo<K, V> {
    /// The value for `key`, made now unless the last run or this one made it.
    pub fn get(&mut self, key: K, make: fn(&K) -> V) -> V {
        let run = self.run;
        let remembered =
            self.values.entry(key).or_insert_with_key(|key| Remembered { value: make(key), asked_in: run });
        remembered.asked_in = run;
        remembered.value.clone()
    }

    /// Ends a run: what was not asked for since the last end is dropped.
    pub fn end_run(&mut self) {
        let run = self.run;
        self.values.retain(|_, it| it.asked_in == run);
        self.run += 1;
    }
}

impl<K: Hash + Eq + Sync + Send, V: Clone + Send> Memo<K, V> {
    /// The values for `keys`, in their order; those that are not remembered are made side by side.
    pub fn get_all(&mut self, keys: Vec<K>, make: fn(&K) -> V) -> Vec<V> {
        let mut found: Vec<Option<V>> = keys.iter().map(|key| self.recall(key)).collect();
        let missing: Vec<(usize, K)> =
            keys.into_iter().enumerate().filter(|(index, _)| found[*index].is_none()).collect();
        let made: Vec<(usize, K, V)> = missing
            .into_par_iter()
            .map(|(index, key)| {
                let value = make(&key);
                (index, key, value)
            })
            .collect();
        for (index, key, value) in made {
            found[index] = Some(value.clone());
            self.values.insert(key, Remembered { value, asked_in: self.run });
        }
        found.into_iter().map(|it| it.expect("each key was either recalled or made")).collect()
    }

    fn recall(&mut self, key: &K) -> Option<V> {
        let remembered = self.values.get_mut(key)?;
        remembered.asked_in = self.run;
        Some(remembered.value.clone())
    }
}

/// A shared value as a key, compared by identity. The key keeps its value alive, so an address
/// cannot come to mean another value while it is remembered.
#[derive(Debug)]
pub struct ById<T: ?Sized>(pub Arc<T>);

impl<T: ?Sized> Clone for ById<T> {
    fn clone(&self) -> Self {
        ById(Arc::clone(&self.0))
    }
}

impl<T: ?Sized> PartialEq for ById<T> {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl<T: ?Sized> Eq for ById<T> {}

impl<T: ?Sized> Hash for ById<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        Arc::as_ptr(&self.0).cast::<()>().hash(state);
    }
}

/// What is shared is served as if it were not.
impl<T: ?Sized + Serialize> Serialize for ById<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    static MADE: AtomicUsize = AtomicUsize::new(0);

    fn square(number: &i32) -> i32 {
        MADE.fetch_add(1, Ordering::Relaxed);
        number * number
    }

    #[test]
    fn a_value_is_made_once_and_dropped_when_a_run_did_not_ask() {
        let mut memo = Memo::default();
        assert_eq!(memo.get(2, square), 4);
        assert_eq!(memo.get_all(vec![2, 3], square), [4, 9]);
        assert_eq!(MADE.load(Ordering::Relaxed), 2);
        memo.end_run();
        assert_eq!(memo.get(2, square), 4);
        memo.end_run();
        assert_eq!(MADE.load(Ordering::Relaxed), 2);
        assert_eq!(memo.get(3, square), 9);
        assert_eq!(MADE.load(Ordering::Relaxed), 3);
    }
}
