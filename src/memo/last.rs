//! A value that is made anew, and stays the one that it was as long as it is equal to it.

use std::sync::Arc;

use super::{ById, Memory};

/// The value that was made last. What is made of it is compared by identity, and so holds still while it does, though
/// what it was made from did not.
#[derive(Debug)]
pub struct Last<V>(Option<ById<V>>);

impl<V> Default for Last<V> {
    fn default() -> Self {
        Last(None)
    }
}

impl<V: PartialEq> Last<V> {
    /// The value, or the one before if that is equal.
    pub fn or_same(&mut self, value: V) -> ById<V> {
        let same = self.0.take().filter(|it| *it.0 == value);
        self.0.insert(same.unwrap_or_else(|| ById(Arc::new(value)))).clone()
    }
}

impl<V: Send + Sync> Memory for Last<V> {
    fn end_run(&mut self) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_equal_is_the_same_and_what_is_not_is_another() {
        let mut last = Last::default();
        let first = last.or_same("a".to_owned());
        assert_eq!(last.or_same("a".to_owned()), first);
        assert_ne!(last.or_same("b".to_owned()), first);
        assert_ne!(last.or_same("a".to_owned()), first, "only the last one is remembered");
    }
}
