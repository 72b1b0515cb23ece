//! A stream of numbers of one key.

use crate::philox4x32_10;

/// Random numbers keyed by (seed, purpose, index).
#[derive(Clone, Debug)]
pub struct Stream {
    key: [u32; 2],
    /// Purpose in the upper half, block number in the lower.
    counter: [u32; 4],
    block: [u32; 4],
    used: usize,
}

impl Stream {
    /// The stream number `index` for a purpose. The purpose is hashed by FNV-1a (64 bits), which is the same
    /// everywhere; the index goes with it into the counter, so streams of one purpose never overlap before 2³²
    /// blocks.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "the halves of 64 bits are 32 bits each")]
    pub fn new(seed: u64, purpose: &str, index: u32) -> Self {
        let purpose = fnv1a(purpose.as_bytes());
        Self {
            key: [seed as u32, (seed >> 32) as u32],
            counter: [0, index, purpose as u32, (purpose >> 32) as u32],
            block: [0; 4],
            used: 4,
        }
    }

    /// The same stream from its block number `block` on, four numbers of 32 bits each, so that any place can be reached at once.
    #[must_use]
    #[inline]
    pub fn at(&self, block: u32) -> Self {
        let mut there = self.clone();
        there.counter[0] = block;
        there.used = 4;
        there
    }

    /// 32 random bits.
    #[inline]
    pub fn next_u32(&mut self) -> u32 {
        if self.used == 4 {
            self.block = philox4x32_10(self.counter, self.key);
            self.counter[0] = self.counter[0].wrapping_add(1);
            self.used = 0;
        }
        let word = self.block[self.used];
        self.used += 1;
        word
    }

    /// 64 random bits.
    #[inline]
    pub fn next_u64(&mut self) -> u64 {
        let low = u64::from(self.next_u32());
        low | u64::from(self.next_u32()) << 32
    }

    /// A number in the open interval (0, 1), uniform on a grid of 2⁵²: never 0 and never 1.
    #[inline]
    #[expect(clippy::cast_precision_loss, reason = "52 bits and a half fit into a double")]
    pub fn uniform_open(&mut self) -> f64 {
        ((self.next_u64() >> 12) as f64 + 0.5) * (1.0 / (1_u64 << 52) as f64)
    }

    /// A whole number below `bound`, each as likely as any other (Lemire 2019, with rejection).
    ///
    /// # Panics
    /// When `bound` is 0.
    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "the halves of 64 bits are 32 bits each")]
    pub fn below(&mut self, bound: u32) -> u32 {
        assert!(bound > 0, "there is no number below 0");
        let mut product = u64::from(self.next_u32()) * u64::from(bound);
        if (product as u32) < bound {
            let reject = bound.wrapping_neg() % bound;
            while (product as u32) < reject {
                product = u64::from(self.next_u32()) * u64::from(bound);
            }
        }
        (product >> 32) as u32
    }

    /// Puts a random choice of `count` items, in random order, at the front (partial Fisher–Yates).
    ///
    /// # Panics
    /// When there are fewer items than `count`, or more than 2³² of them.
    #[inline]
    pub fn shuffle_front<T>(&mut self, items: &mut [T], count: usize) {
        for place in 0..count {
            let rest = u32::try_from(items.len() - place).expect("there are fewer than 2^32 items");
            let other = place + self.below(rest) as usize;
            items.swap(place, other);
        }
    }
}

const fn fnv1a(bytes: &[u8]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut place = 0;
    while place < bytes.len() {
        hash = (hash ^ bytes[place] as u64).wrapping_mul(0x0100_0000_01b3);
        place += 1;
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fnv1a_of_the_reference() {
        // Test vectors of the FNV page by Noll.
        assert_eq!(fnv1a(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv1a(b"foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn streams_differ_by_each_part_of_the_key() {
        let first = |seed, purpose, index| Stream::new(seed, purpose, index).next_u64();
        let one = first(1, "a", 0);
        assert!([first(2, "a", 0), first(1, "b", 0), first(1, "a", 1)].iter().all(|other| *other != one));
    }

    #[test]
    fn any_place_can_be_reached() {
        let mut from_the_start = Stream::new(1, "a", 0);
        let numbers: Vec<u32> = (0..12).map(|_| from_the_start.next_u32()).collect();
        for block in 0..3_u32 {
            let mut there = from_the_start.at(block);
            assert_eq!([(); 4].map(|()| there.next_u32()), numbers[4 * block as usize..][..4]);
        }
    }

    #[test]
    fn uniform_numbers_fill_the_open_interval() {
        let mut stream = Stream::new(7, "uniform", 0);
        let numbers: Vec<f64> = (0..100_000).map(|_| stream.uniform_open()).collect();
        assert!(numbers.iter().all(|x| *x > 0.0 && *x < 1.0));
        let mean = numbers.iter().sum::<f64>() / 1e5;
        // Five standard errors of a uniform mean: 5 · √(1/12 / 10⁵).
        assert!((mean - 0.5).abs() < 5.0 * (1.0 / 12.0 / 1e5_f64).sqrt(), "{mean}");
    }

    #[test]
    fn each_number_below_a_bound_is_as_likely() {
        let mut stream = Stream::new(7, "below", 0);
        let mut counts = [0_f64; 6];
        for _ in 0..60_000 {
            counts[stream.below(6) as usize] += 1.0;
        }
        let chi: f64 = counts.iter().map(|count| (count - 1e4) * (count - 1e4) / 1e4).sum();
        // χ² with five degrees of freedom exceeds 20.5 once in a thousand.
        assert!(chi < 20.5, "{counts:?}");
    }

    #[test]
    fn a_shuffle_loses_nothing() {
        let mut stream = Stream::new(7, "shuffle", 0);
        let mut items: Vec<u32> = (0..20).collect();
        stream.shuffle_front(&mut items, 5);
        let mut sorted = items.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, (0..20).collect::<Vec<_>>());
        assert_ne!(items, sorted);
    }
}
