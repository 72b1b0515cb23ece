//! Numbers for things by their first appearance.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Numbers pairs of integers 0, 1, 2, … in the order in which they first appear.
#[derive(Default)]
pub(crate) struct Numbering {
    numbers: HashMap<(u64, u64), usize, BuildHasherDefault<Mix>>,
}

impl Numbering {
    pub(crate) fn with_capacity(capacity: usize) -> Self {
        Self { numbers: HashMap::with_capacity_and_hasher(capacity, BuildHasherDefault::default()) }
    }

    pub(crate) fn number(&mut self, a: u64, b: u64) -> usize {
        let next = self.numbers.len();
        *self.numbers.entry((a, b)).or_insert(next)
    }
}

/// A quick hash by multiplication with an odd number near 2⁶⁴/φ (Knuth, The Art of Computer Programming 3, 6.4).
#[derive(Default)]
struct Mix(u64);

impl Hasher for Mix {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, number: u64) {
        let mixed = (self.0 ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        // Low bits of a product know nothing of high bits of its factors.
        self.0 = mixed ^ (mixed >> 32);
    }

    fn finish(&self) -> u64 {
        self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_by_first_appearance() {
        let mut numbering = Numbering::default();
        let numbers = [(5, 1), (1, 5), (5, 1), (0, 0)].map(|(a, b)| numbering.number(a, b));
        assert_eq!(numbers, [0, 1, 0, 2]);
    }
}
