//! Random and complete rearrangement of values over regions, for the global statistics.

use icf_random::Stream;
use rayon::prelude::*;

use crate::pseudo_p::Tally;
use crate::{Permutations, PseudoP};

/// p-values of a statistic over arrangements of `values`: all n! when they are no more than the permutations asked
/// for, else random ones, each from its own stream.
pub(crate) fn permute(
    tally: Tally,
    values: &[f64],
    permutations: Permutations<'_>,
    statistic: impl Fn(&[f64]) -> f64 + Sync,
) -> PseudoP {
    match factorial(values.len()).filter(|arrangements| *arrangements <= u64::from(permutations.count)) {
        Some(_) => enumerate(tally, values.to_vec(), statistic),
        None => sample(tally, values, permutations, statistic),
    }
}

/// Arrangements that are drawn once and serve many sets of values.
pub(crate) enum Arrangements {
    /// Every one of them: there are few enough.
    All,
    /// For each permutation the place from which each value is taken.
    Drawn {
        /// One permutation after the other.
        places: Vec<u32>,
        /// How many values there are.
        width: usize,
    },
}

impl Arrangements {
    /// The arrangements that [`permute`] looks at for so many values.
    pub(crate) fn draw(width: usize, permutations: Permutations<'_>) -> Self {
        if factorial(width).is_some_and(|arrangements| arrangements <= u64::from(permutations.count)) {
            return Self::All;
        }
        let count = u32::try_from(width).expect("there are fewer than 2^32 regions");
        let mut places: Vec<u32> = (0..permutations.count).flat_map(|_| 0..count).collect();
        places.par_chunks_exact_mut(width.max(1)).enumerate().with_min_len(64).for_each(
            |(number, places)| {
                let number = u32::try_from(number).expect("the count of permutations fits");
                Stream::new(permutations.seed, permutations.purpose, number).shuffle_front(places, width);
            },
        );
        Self::Drawn { places, width }
    }

    /// The p-values that [`permute`] gives, to the last bit.
    pub(crate) fn p(&self, mut tally: Tally, values: &[f64], statistic: impl Fn(&[f64]) -> f64) -> PseudoP {
        let Self::Drawn { places, width } = self else { return enumerate(tally, values.to_vec(), statistic) };
        let mut shuffled = vec![0.0; *width];
        for places in places.chunks_exact((*width).max(1)) {
            for (value, place) in shuffled.iter_mut().zip(places) {
                *value = values[*place as usize];
            }
            tally.add(statistic(&shuffled));
        }
        tally.sampled()
    }
}

/// n!, unless it is beyond counting.
fn factorial(n: usize) -> Option<u64> {
    (1..=n as u64).try_fold(1_u64, u64::checked_mul)
}

/// Counts every arrangement, by Heap's algorithm.
fn enumerate(mut tally: Tally, mut values: Vec<f64>, statistic: impl Fn(&[f64]) -> f64) -> PseudoP {
    let mut state = vec![0; values.len()];
    tally.add(statistic(&values));
    let mut place = 0;
    while place < values.len() {
        if state[place] < place {
            values.swap(if place % 2 == 0 { 0 } else { state[place] }, place);
            tally.add(statistic(&values));
            state[place] += 1;
            place = 0;
        } else {
            state[place] = 0;
            place += 1;
        }
    }
    tally.enumerated()
}

/// Counts random arrangements.
fn sample(
    mut tally: Tally,
    values: &[f64],
    permutations: Permutations<'_>,
    statistic: impl Fn(&[f64]) -> f64 + Sync,
) -> PseudoP {
    let simulated: Vec<f64> = (0..permutations.count)
        .into_par_iter()
        .with_min_len(64)
        .map_init(
            || values.to_vec(),
            |shuffled, number| {
                shuffled.copy_from_slice(values);
                let count = shuffled.len();
                Stream::new(permutations.seed, permutations.purpose, number).shuffle_front(shuffled, count);
                statistic(shuffled)
            },
        )
        .collect();
    simulated.into_iter().for_each(|value| tally.add(value));
    tally.sampled()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(count: u32, exact: bool, greater: std::ops::RangeInclusive<f64>) {
        // The first value is 4, the largest: it is in one of four arrangements.
        let permutations = Permutations { count, seed: 1, purpose: "permute" };
        let p = permute(Tally::new(4.0, 2.5, 0.0), &[4.0, 1.0, 2.0, 3.0], permutations, |values| values[0]);
        assert_eq!(p.exact, exact);
        assert!(greater.contains(&p.greater), "{p:?}");
    }

    #[test]
    fn all_or_some() {
        check(24, true, 0.25..=0.25);
        // Five standard errors of a share of ¼ over 23 draws: ± 0.45.
        check(23, false, 0.0..=0.70);
        check(0, false, 1.0..=1.0);
    }
}
