//! The numbers below a bound in another order, without keeping it.

use icf_random::Stream;

const ROUNDS: usize = 6;

/// A keyed order of the numbers 0 to n − 1: any of them can be asked for, and none is kept.
///
/// Each round adds a key, multiplies by an odd number and folds the upper half of the bits onto the lower, all of which can be
/// undone on the numbers of so many bits; a number that comes out at or above n goes through again (cycle walking, Black &
/// Rogaway 2002).
#[derive(Clone, Debug)]
pub(crate) struct Bijection {
    bound: u64,
    mask: u64,
    fold: u32,
    rounds: [(u64, u64); ROUNDS],
}

impl Bijection {
    pub(crate) fn new(bound: u64, stream: &mut Stream) -> Self {
        // Two bits at least, so that there is something to fold.
        let bits = (u64::BITS - bound.saturating_sub(1).leading_zeros()).max(2);
        let rounds = std::array::from_fn(|_| (stream.next_u64(), stream.next_u64() | 1));
        Self { bound, mask: u64::MAX >> (u64::BITS - bits), fold: bits.div_ceil(2), rounds }
    }

    /// The number at a place below the bound.
    pub(crate) fn at(&self, place: u64) -> u64 {
        let mut number = place;
        loop {
            for (key, factor) in self.rounds {
                number = number.wrapping_add(key).wrapping_mul(factor) & self.mask;
                number ^= number >> self.fold;
            }
            if number < self.bound {
                return number;
            }
        }
    }
}

#[cfg(test)]
#[expect(clippy::cast_possible_truncation, reason = "numbers of a test are small")]
mod tests {
    use super::*;

    #[test]
    fn every_number_comes_once() {
        for bound in [1, 2, 3, 7, 10, 64, 100, 1000, 4097] {
            for index in 0..20 {
                let order = Bijection::new(bound, &mut Stream::new(1, "bijection", index));
                let mut met: Vec<u64> = (0..bound).map(|place| order.at(place)).collect();
                met.sort_unstable();
                assert_eq!(met, (0..bound).collect::<Vec<_>>());
            }
        }
    }

    /// The first number of many orders is each as likely as any other.
    #[test]
    fn no_number_is_preferred() {
        let bound = 25_u64;
        for place in [0, 11, 24] {
            let mut counts = [0_f64; 25];
            for index in 0..25_000 {
                counts[Bijection::new(bound, &mut Stream::new(3, "first", index)).at(place) as usize] += 1.0;
            }
            let chi: f64 = counts.iter().map(|count| (count - 1000.0) * (count - 1000.0) / 1000.0).sum();
            // χ² with 24 degrees of freedom exceeds 51.2 once in a thousand.
            assert!(chi < 51.2, "{place}: {chi}");
        }
    }
}
