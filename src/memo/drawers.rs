//! Memories that are kept apart by name, each below the question that was asked last.
//!
//! A part of the whole that is asked for again with the same key is not looked into; one that is asked with another
//! key is made anew by the help of what was remembered for making it before.

use std::collections::BTreeMap;
use std::hash::Hash;

use rayon::prelude::*;

use super::Memo;

/// What is remembered while something is made.
pub trait Memory: Default + Send {
    /// Ends a run: what was not asked for since the last end is dropped.
    fn end_run(&mut self);
}

/// For what is made without a memory of its own.
impl Memory for () {
    fn end_run(&mut self) {}
}

impl<K: Hash + Eq + Send, V: Clone + Send> Memory for Memo<K, V> {
    fn end_run(&mut self) {
        Memo::end_run(self);
    }
}

/// Values by their names, with the key that each was made from.
#[derive(Debug)]
pub struct Drawers<N, K, V, M> {
    drawers: BTreeMap<N, Drawer<K, V, M>>,
}

#[derive(Debug)]
struct Drawer<K, V, M> {
    key: K,
    value: V,
    memory: M,
}

impl<N, K, V, M> Default for Drawers<N, K, V, M> {
    fn default() -> Self {
        Drawers { drawers: BTreeMap::new() }
    }
}

impl<N: Ord + Send, K: Eq + Send, V: Clone + Send, M: Memory> Drawers<N, K, V, M> {
    /// The values for all names, in their order; those whose key is another than in the run before are made side by
    /// side. A value depends on its key alone: its memory holds values that do so too. What is not asked for is dropped.
    pub fn get_all(&mut self, asked: Vec<(N, K)>, make: fn(&K, &mut M) -> V) -> Vec<V> {
        let mut before = std::mem::take(&mut self.drawers);
        let drawers: Vec<_> = asked.iter().map(|(name, _)| before.remove(name)).collect();
        let filled = asked.into_par_iter().zip(drawers);
        let filled: Vec<_> = filled.map(|((name, key), drawer)| (name, fill(key, drawer, make))).collect();
        let values = filled.iter().map(|(_, it)| it.value.clone()).collect();
        self.drawers = filled.into_iter().collect();
        values
    }
}

fn fill<K: Eq, V, M: Memory>(
    key: K,
    drawer: Option<Drawer<K, V, M>>,
    make: fn(&K, &mut M) -> V,
) -> Drawer<K, V, M> {
    let mut memory = match drawer {
        Some(drawer) if drawer.key == key => return drawer,
        Some(drawer) => drawer.memory,
        None => M::default(),
    };
    let value = make(&key, &mut memory);
    memory.end_run();
    Drawer { key, value, memory }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    static SUMMED: AtomicUsize = AtomicUsize::new(0);
    static SQUARED: AtomicUsize = AtomicUsize::new(0);

    fn sum(numbers: &Arc<[u32]>, squares: &mut Memo<u32, u32>) -> u32 {
        SUMMED.fetch_add(1, Ordering::Relaxed);
        let square = |it: &u32| {
            SQUARED.fetch_add(1, Ordering::Relaxed);
            it * it
        };
        squares.get_all(numbers.to_vec(), square).into_iter().sum()
    }

    #[test]
    fn only_what_is_asked_with_another_key_is_made_anew_and_of_it_only_what_is_new() {
        let mut sums = Drawers::default();
        let mut ask = |one: &[u32], other: &[u32]| {
            let sums = sums.get_all(vec![("one", one.into()), ("other", other.into())], sum);
            (sums, SUMMED.swap(0, Ordering::Relaxed), SQUARED.swap(0, Ordering::Relaxed))
        };
        assert_eq!(ask(&[1, 2], &[3]), (vec![5, 9], 2, 3));
        assert_eq!(ask(&[1, 2], &[3]), (vec![5, 9], 0, 0));
        assert_eq!(ask(&[1, 2, 4], &[3]), (vec![21, 9], 1, 1));
    }
}
