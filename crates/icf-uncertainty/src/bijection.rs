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

    /// Over many keys, where two numbers go together is as even as chance makes it.
    #[test]
    fn pairs_go_anywhere_as_often() {
        for bound in [3_u64, 4, 5, 7, 10, 16] {
            let keys: u32 = 20_000;
            let mut counts = vec![0_f64; (bound * bound) as usize];
            for key in 0..keys {
                let order = Bijection::new(bound, &mut Stream::new(3, "pairs", key));
                counts[(order.at(0) * bound + order.at(bound - 1)) as usize] += 1.0;
            }
            let cells = (bound * (bound - 1)) as f64;
            let expected = f64::from(keys) / cells;
            let chi: f64 = (0..bound * bound)
                .filter(|cell| cell / bound != cell % bound)
                .map(|cell| (counts[cell as usize] - expected).powi(2) / expected)
                .sum();
            // Mean and four standard deviations of χ² with cells − 1 degrees of freedom, and some more for its skew.
            let most = cells - 1.0 + 4.0 * (2.0 * (cells - 1.0)).sqrt() + 8.0;
            assert!(chi < most, "{bound}: {chi} for {cells} cells");
        }
    }

    #[test]
    fn neighbours_are_none_in_an_order() {
        let count = 100_000_usize;
        for key in 0..3 {
            let order = Bijection::new(count as u64, &mut Stream::new(3, "serial", key));
            let places: Vec<f64> =
                (0..count as u64).map(|place| order.at(place) as f64 / count as f64 - 0.5).collect();
            for lag in [1, 2, 3, 16, 256, 1024] {
                let sum: f64 = places.iter().zip(&places[lag..]).map(|(a, b)| a * b).sum();
                let correlation = 12.0 * sum / count as f64;
                // Five standard errors.
                assert!(correlation.abs() < 5.0 / (count as f64).sqrt(), "{lag}: {correlation}");
            }
        }
    }
}
