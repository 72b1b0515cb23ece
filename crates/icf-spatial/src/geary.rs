//! Geary's C.

use crate::link_sums::LinkSums;
use crate::moments::{Deviations, tie_share};
use crate::permute::permute;
use crate::pseudo_p::Tally;
use crate::{GlobalStatistic, Joined, Permutations, SpatialError, Weights};

/// Geary's C: C = (n − 1)/(2S₀) · Σ w_ij (z_i − z_j)² / Σ z², z the deviations from the mean, S₀ = Σ w_ij.
///
/// Its expectation is 1; below it neighbours are alike, above it they differ. It looks at differences between
/// neighbours, where Moran's I looks at products, and so sees local contrasts that I averages away.
///
/// ```
/// use icf_spatial::{Joined, Permutations, Weights, geary};
/// // Three regions in a row with the values 1, 2, 3: S₀ = 4, four differences of one, Σz² = 2; C = 2/8 · 4/2.
/// let weights = Weights::from_links(["a", "b", "c"].map(Into::into), &[(0, 1), (1, 2)]).unwrap();
/// let joined = Joined { weights, values: vec![1.0, 2.0, 3.0] };
/// let result = geary(&joined, Permutations { count: 99, seed: 1, purpose: "doc" }).unwrap();
/// assert_eq!((result.value, result.expected), (0.5, 1.0));
/// // Of the six arrangements the ordered two give the least, which makes neighbours alike.
/// assert_eq!(result.pseudo_p.less, 2.0 / 6.0);
/// ```
///
/// Source: Geary 1954, The Incorporated Statistician 5; moments after Cliff & Ord 1981, Spatial Processes, ch. 1–2.
///
/// # Errors
/// When there are fewer than three regions with a value, all values are equal, or no two regions are neighbours.
#[expect(clippy::cast_precision_loss, reason = "counts of regions are far below 2^53")]
pub fn geary(joined: &Joined, permutations: Permutations<'_>) -> Result<GlobalStatistic, SpatialError> {
    let Joined { weights, values } = joined;
    let deviations = Deviations::of(weights.ids(), values)?;
    let sums = LinkSums::of(weights)?;
    let factor = (values.len() - 1) as f64 / (2.0 * sums.s0) / deviations.squares;
    let value = factor * differences(weights, &deviations.z);
    let (variance_normality, variance_randomisation) = variances(&sums, &deviations);
    // Rounding of a sum of n squares of differences.
    let tolerance = 256.0 * f64::EPSILON * factor * deviations.largest().powi(2) * sums.s0;
    let tally = Tally::new(value, 1.0, tolerance);
    Ok(GlobalStatistic {
        n: values.len(),
        value,
        expected: 1.0,
        variance_normality: Some(variance_normality),
        variance_randomisation,
        pseudo_p: permute(tally, &deviations.z, permutations, |z| factor * differences(weights, z)),
        tie_share: tie_share(values),
    })
}

/// Σ w_ij (z_i − z_j)².
fn differences(weights: &Weights, z: &[f64]) -> f64 {
    (0..weights.len())
        .map(|i| weights.row(i).map(|(j, weight)| weight * (z[i] - z[j]) * (z[i] - z[j])).sum::<f64>())
        .sum()
}

/// V under normality, V under randomisation, which needs four regions.
#[expect(clippy::cast_precision_loss, reason = "counts of regions are far below 2^53")]
fn variances(sums: &LinkSums, deviations: &Deviations) -> (f64, Option<f64>) {
    let LinkSums { s0, s1, s2 } = *sums;
    let n = deviations.z.len() as f64;
    let normality = ((2.0 * s1 + s2) * (n - 1.0) - 4.0 * s0 * s0) / (2.0 * (n + 1.0) * s0 * s0);
    let kurtosis = n * deviations.fourths / (deviations.squares * deviations.squares);
    let randomisation = (deviations.z.len() > 3).then(|| {
        let a = (n - 1.0) * s1 * (n * n - 3.0 * n + 3.0 - (n - 1.0) * kurtosis);
        let b = 0.25 * (n - 1.0) * s2 * (n * n + 3.0 * n - 6.0 - (n * n - n + 2.0) * kurtosis);
        let c = s0 * s0 * (n * n - 3.0 - (n - 1.0) * (n - 1.0) * kurtosis);
        (a - b + c) / (n * (n - 2.0) * (n - 3.0) * s0 * s0)
    });
    (normality, randomisation)
}
