//! Moran's I and its local form for many sets of values over the same weights.

use crate::conditional::{conditional_on, orders};
use crate::local_moran::local_moran_by;
use crate::moran::moran_by;
use crate::orders::Orders;
use crate::permute::Arrangements;
use crate::{GlobalStatistic, Lisa, Permutations, SpatialError, Weights};

/// The permutations of one set of weights, drawn once for many sets of values.
///
/// Each set of values is then tested against the same permutations, so that two of them differ by their values alone; and
/// whatever of a test does not depend on the values is paid for once. The results are those of [`crate::moran`] and
/// [`crate::local_moran`] to the last bit.
///
/// ```
/// use icf_spatial::{Joined, Permutations, Rehearsal, Weights, local_moran, moran};
/// let links = (0..11).map(|region| (region, region + 1)).collect::<Vec<_>>();
/// let ids = (0..12).map(|region| region.to_string().as_str().into());
/// let weights = Weights::from_links(ids, &links).unwrap().row_standardised();
/// let permutations = |purpose| Permutations { count: 99, seed: 1, purpose };
/// let rehearsal = Rehearsal::new(weights.clone(), permutations("lisa"), permutations("moran"));
/// for power in 1..4 {
///     let values: Vec<f64> = (0..12).map(|region| f64::from(region).powi(power)).collect();
///     let joined = Joined { weights: weights.clone(), values: values.clone() };
///     assert_eq!(rehearsal.moran(&values), moran(&joined, permutations("moran")));
///     assert_eq!(rehearsal.local_moran(&values), local_moran(&joined, permutations("lisa")));
/// }
/// ```
///
/// It keeps a place for each region and permutation twice: eight bytes times both.
pub struct Rehearsal {
    weights: Weights,
    orders: Orders,
    arrangements: Arrangements,
    count: u32,
}

impl Rehearsal {
    /// Draws the permutations of both.
    #[must_use]
    pub fn new(weights: Weights, local: Permutations<'_>, global: Permutations<'_>) -> Self {
        Self {
            orders: orders(&weights, local),
            arrangements: Arrangements::draw(weights.len(), global),
            count: local.count,
            weights,
        }
    }

    /// The regions, in the order in which values are given.
    #[must_use]
    pub const fn weights(&self) -> &Weights {
        &self.weights
    }

    /// Global Moran's I of some values, in the order of the weights.
    ///
    /// # Errors
    /// As [`crate::moran`].
    pub fn moran(&self, values: &[f64]) -> Result<GlobalStatistic, SpatialError> {
        moran_by(&self.weights, values, |tally, z, statistic| self.arrangements.p(tally, z, statistic))
    }

    /// Local Moran's I of some values, in the order of the weights.
    ///
    /// # Errors
    /// As [`crate::local_moran`].
    pub fn local_moran(&self, values: &[f64]) -> Result<Lisa, SpatialError> {
        local_moran_by(&self.weights, values, |summed, factors| {
            conditional_on(&self.weights, summed, factors, self.count, &self.orders)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Joined, local_moran, moran};

    /// A ring, each region linked to the next ones, and one region without any neighbour.
    #[track_caller]
    fn check(regions: usize, reach: usize, count: u32) {
        let ids = (0..=regions).map(|number| number.to_string().as_str().into());
        let links: Vec<_> =
            (0..regions).flat_map(|a| (1..=reach).map(move |step| (a, (a + step) % regions))).collect();
        let weights = Weights::from_links(ids, &links).unwrap().row_standardised();
        let permutations = |purpose| Permutations { count, seed: 5, purpose };
        let rehearsal = Rehearsal::new(weights.clone(), permutations("local"), permutations("global"));
        for step in [3_u32, 7, 11] {
            let values: Vec<f64> =
                (0..=regions).zip(0_u32..).map(|(_, place)| f64::from(place * step % 13).sqrt()).collect();
            let joined = Joined { weights: weights.clone(), values: values.clone() };
            let expected = moran(&joined, permutations("global"));
            assert_eq!(rehearsal.moran(&values), expected);
            assert!(expected.unwrap().pseudo_p.folded > 0.0);
            assert_eq!(rehearsal.local_moran(&values), local_moran(&joined, permutations("local")));
        }
        let constant = vec![1.0; regions + 1];
        assert_eq!(rehearsal.moran(&constant), Err(SpatialError::Constant));
        assert_eq!(rehearsal.local_moran(&constant), Err(SpatialError::Constant));
    }

    #[test]
    fn as_if_drawn_anew() {
        // All arrangements and all neighbour sets, some of each, and none enumerated.
        check(5, 1, 999);
        check(12, 2, 199);
        check(40, 3, 299);
    }
}
