//! Chance that is the same each time: splitmix64, from a seed.

/// A row of numbers that nobody foresees and everybody can repeat.
pub(super) struct Chance(u64);

impl Chance {
    /// The row for a matter of an incident: another matter or another incident has another row.
    pub(super) fn of(matter: &str, age: usize) -> Self {
        let seed = matter.bytes().fold(age as u64, |seed, byte| Chance(seed ^ u64::from(byte)).next());
        Chance(seed)
    }

    /// A number from `low` to `high`, both among them.
    pub(super) fn between(&mut self, low: usize, high: usize) -> usize {
        low + (self.next() % (high - low + 1) as u64) as usize
    }

    /// Whether something happens that does so so often in a hundred times.
    pub(super) fn happens(&mut self, percent: usize) -> bool {
        self.between(1, 100) <= percent
    }

    /// One of them.
    pub(super) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.between(0, from.len() - 1)]
    }

    /// Different ones of them, in an order of their own; all where there are no more.
    pub(super) fn pick_some<T: Copy>(&mut self, count: usize, from: &[T]) -> Vec<T> {
        let mut left = from.to_vec();
        let count = count.min(left.len());
        (0..count).map(|_| left.swap_remove(self.between(0, left.len() - 1))).collect()
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}
