//! A hash that is quick on small keys: addresses, numbers, names.
//!
//! Its keys are those of one project, so nobody has to be kept from making them collide. No order of it is
//! ever seen.

use std::hash::{BuildHasherDefault, Hasher};

/// Makes the hashers of a map with small keys.
pub type Quick = BuildHasherDefault<QuickHasher>;

/// A hash that is being made, eight bytes at a time.
#[derive(Clone, Copy, Debug, Default)]
pub struct QuickHasher(u64);

/// An odd number without a pattern, so that each bit of a key moves many of the hash.
const SPREAD: u64 = 0xf135_7aea_2e62_a9c5;

impl QuickHasher {
    fn add(&mut self, word: u64) {
        self.0 = (self.0 ^ word).wrapping_mul(SPREAD).rotate_left(26);
    }
}

impl Hasher for QuickHasher {
    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.add(u64::from_le_bytes(word));
        }
    }

    fn write_u8(&mut self, number: u8) {
        self.add(u64::from(number));
    }

    fn write_u32(&mut self, number: u32) {
        self.add(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.add(number);
    }

    fn write_usize(&mut self, number: usize) {
        self.add(number as u64);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::hash::{BuildHasher, Hash};

    #[track_caller]
    fn check_spread<T: Hash>(keys: impl Iterator<Item = T>) {
        let hashes: BTreeSet<u64> = keys.map(|it| Quick::default().hash_one(it) >> 48).collect();
        assert!(600 < hashes.len(), "1000 keys have {} hashes", hashes.len());
        assert!(hashes.iter().map(|it| it >> 9).collect::<BTreeSet<_>>().len() == 128, "they lie close");
    }

    #[test]
    fn neighbours_lie_far_apart() {
        check_spread((0..1000_usize).map(|it| 0x7f00_0000_0000 + 64 * it));
        check_spread((0..1000_u32).map(|it| format!("incident-{it}")));
        check_spread((0..1000_i64).map(|it| 1_600_000_000 + 60 * it));
    }
}
