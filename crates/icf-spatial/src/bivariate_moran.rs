//! Bivariate Moran's I.

use crate::link_sums::total;
use crate::moments::{Deviations, tie_share};
use crate::permute::permute;
use crate::pseudo_p::Tally;
use crate::{GlobalStatistic, JoinedPair, Permutations, SpatialError};

/// Bivariate Moran's I: I = (n/S₀) · Σ w_ij x_i y_j / √(Σ x² Σ y²), x and y the deviations from their means.
///
/// Whether high values of `first` lie beside high values of `second`. With one variable twice it is Moran's I. The
/// p-values hold `first` in its place and move `second`; under that permutation E = 0 and
/// V = (n/S₀)² · Σ (c_j − c̄)² / ((n − 1) Σ x²), c_j = Σ_i w_ij x_i. This is not the expectation −r/(n − 1) that holds
/// when pairs of values move together. There is no separate variance under normality.
///
/// ```
/// use icf_spatial::{JoinedPair, Permutations, Weights, bivariate_moran};
/// // Three regions in a row: x deviates by −1, 0, 1 and y by 1, −2, 1. Only the end regions count: −1·−2 + 1·−2 = 0.
/// let weights = Weights::from_links(["a", "b", "c"].map(Into::into), &[(0, 1), (1, 2)]).unwrap();
/// let joined = JoinedPair { weights, first: vec![1.0, 2.0, 3.0], second: vec![4.0, 1.0, 4.0] };
/// let result = bivariate_moran(&joined, Permutations { count: 99, seed: 1, purpose: "doc" }).unwrap();
/// assert_eq!((result.value, result.expected), (0.0, 0.0));
/// ```
///
/// Source: Wartenberg 1985, Geogr. Anal. 17; Anselin, Syabri & Smirnov 2002, on the lag of one variable beside another.
///
/// # Errors
/// When there are fewer than three regions with both values, all values of one are equal, or no two regions are
/// neighbours.
#[expect(clippy::cast_precision_loss, reason = "counts of regions are far below 2^53")]
pub fn bivariate_moran(
    joined: &JoinedPair,
    permutations: Permutations<'_>,
) -> Result<GlobalStatistic, SpatialError> {
    let JoinedPair { weights, first, second } = joined;
    let (x, y) = (Deviations::of(weights.ids(), first)?, Deviations::of(weights.ids(), second)?);
    let s0 = total(weights)?;
    let n = first.len() as f64;
    // c_j; the statistic is a sum of products with them.
    let mut columns = vec![0.0; first.len()];
    for i in 0..weights.len() {
        for (j, weight) in weights.row(i) {
            columns[j] += weight * x.z[i];
        }
    }
    let factor = n / s0 / (x.squares * y.squares).sqrt();
    let value_of = |y: &[f64]| factor * columns.iter().zip(y).map(|(column, y)| column * y).sum::<f64>();
    let value = value_of(&y.z);
    // Rounding of a sum of n products of deviations.
    let tolerance = 64.0 * f64::EPSILON * factor * x.largest() * y.largest() * s0;
    let mean = columns.iter().sum::<f64>() / n;
    let spread: f64 = columns.iter().map(|column| (column - mean) * (column - mean)).sum();
    let variance = (n / s0).powi(2) * spread / ((n - 1.0) * x.squares);
    Ok(GlobalStatistic {
        n: first.len(),
        value,
        expected: 0.0,
        variance_normality: None,
        // Where every c_j is the same, every arrangement gives the same.
        variance_randomisation: (variance > 1e-12 / (n * n)).then_some(variance),
        pseudo_p: permute(Tally::new(value, 0.0, tolerance), &y.z, permutations, value_of),
        tie_share: tie_share(second),
    })
}
