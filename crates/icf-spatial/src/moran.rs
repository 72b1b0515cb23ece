//! Global Moran's I.

use crate::link_sums::{LinkSums, total};
use crate::moments::{Deviations, tie_share};
use crate::permute::permute;
use crate::pseudo_p::Tally;
use crate::{GlobalStatistic, Joined, Permutations, PseudoP, SpatialError, Weights};

/// Global Moran's I alone, without permutations.
///
/// # Errors
/// See [`moran`].
pub fn moran_value(joined: &Joined) -> Result<f64, SpatialError> {
    let deviations = Deviations::of(joined.weights.ids(), &joined.values)?;
    let s0 = total(&joined.weights)?;
    Ok(scale(joined.values.len(), s0, &deviations) * products(&joined.weights, &deviations.z))
}

/// Global Moran's I: I = (n/S₀) · Σ w_ij z_i z_j / Σ z², z the deviations from the mean, S₀ = Σ w_ij.
///
/// ```
/// use icf_spatial::{Joined, Permutations, Weights, moran};
/// // Three regions in a row with the values 1, 2, 3: the middle one deviates by 0, so I = 0.
/// let weights = Weights::from_links(["a", "b", "c"].map(Into::into), &[(0, 1), (1, 2)]).unwrap();
/// let joined = Joined { weights, values: vec![1.0, 2.0, 3.0] };
/// let result = moran(&joined, Permutations { count: 99, seed: 1, purpose: "doc" }).unwrap();
/// assert_eq!((result.value, result.expected), (0.0, -0.5));
/// // All six arrangements were enumerated: the end values meet in four of them, which gives I = −0.75.
/// assert!(result.pseudo_p.exact);
/// ```
///
/// Source: Moran 1950, Biometrika 37; moments after Cliff & Ord 1981, Spatial Processes, ch. 1–2.
///
/// # Errors
/// When there are fewer than three regions with a value, all values are equal, or no two regions are neighbours.
pub fn moran(joined: &Joined, permutations: Permutations<'_>) -> Result<GlobalStatistic, SpatialError> {
    let Joined { weights, values } = joined;
    moran_by(weights, values, |tally, z, statistic| permute(tally, z, permutations, statistic))
}

/// The same with any way of arranging the deviations.
pub(crate) fn moran_by(
    weights: &Weights,
    values: &[f64],
    arrange: impl FnOnce(Tally, &[f64], &(dyn Fn(&[f64]) -> f64 + Sync)) -> PseudoP,
) -> Result<GlobalStatistic, SpatialError> {
    let deviations = Deviations::of(weights.ids(), values)?;
    let sums = LinkSums::of(weights)?;
    let factor = scale(values.len(), sums.s0, &deviations);
    let value = factor * products(weights, &deviations.z);
    let (expected, variance_normality, variance_randomisation) = moments(&sums, &deviations);
    // Rounding of a sum of n products of deviations.
    let tolerance = 64.0 * f64::EPSILON * factor * deviations.largest().powi(2) * sums.s0;
    let tally = Tally::new(value, expected, tolerance);
    let pseudo_p = arrange(tally, &deviations.z, &|z| factor * products(weights, z));
    Ok(GlobalStatistic {
        n: values.len(),
        value,
        expected,
        variance_normality: Some(variance_normality),
        variance_randomisation,
        pseudo_p,
        tie_share: tie_share(values),
    })
}

/// n/(S₀ Σ z²).
#[expect(clippy::cast_precision_loss, reason = "counts of regions are far below 2^53")]
fn scale(n: usize, s0: f64, deviations: &Deviations) -> f64 {
    n as f64 / s0 / deviations.squares
}

/// Σ w_ij z_i z_j.
fn products(weights: &Weights, z: &[f64]) -> f64 {
    (0..weights.len()).map(|i| z[i] * weights.row(i).map(|(j, weight)| weight * z[j]).sum::<f64>()).sum()
}

/// E, V under normality, V under randomisation, which needs four regions.
#[expect(clippy::cast_precision_loss, reason = "counts of regions are far below 2^53")]
pub(crate) fn moments(sums: &LinkSums, deviations: &Deviations) -> (f64, f64, Option<f64>) {
    let LinkSums { s0, s1, s2 } = *sums;
    let n = deviations.z.len() as f64;
    let expected = -1.0 / (n - 1.0);
    let normality = (n * n * s1 - n * s2 + 3.0 * s0 * s0) / ((n * n - 1.0) * s0 * s0) - expected * expected;
    let kurtosis = n * deviations.fourths / (deviations.squares * deviations.squares);
    let randomisation = (deviations.z.len() > 3).then(|| {
        let a = n * ((n * n - 3.0 * n + 3.0) * s1 - n * s2 + 3.0 * s0 * s0);
        let b = kurtosis * ((n * n - n) * s1 - 2.0 * n * s2 + 6.0 * s0 * s0);
        (a - b) / ((n - 1.0) * (n - 2.0) * (n - 3.0) * s0 * s0) - expected * expected
    });
    (expected, normality, randomisation)
}
