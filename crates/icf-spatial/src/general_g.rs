//! Getis and Ord's General G.

use crate::link_sums::LinkSums;
use crate::moments::{Deviations, tie_share};
use crate::permute::permute;
use crate::pseudo_p::Tally;
use crate::{GlobalStatistic, Joined, Permutations, SpatialError, Weights};

/// General G: G = Σ a_ij x_i x_j / Σ_{i≠j} x_i x_j, a_ij = 1 where i and j are neighbours, whatever their weight.
///
/// The share of all products that neighbours hold, E = S₀/(n(n − 1)). It is large where high values meet, and
/// small where low values meet, which Moran's I and Geary's C do not tell apart. It needs values with a natural
/// zero. There is no variance under normality, which values without negative ones cannot follow.
///
/// ```
/// use icf_spatial::{Joined, Permutations, Weights, general_g};
/// // Three regions in a row with the values 1, 2, 3: (1·2 + 2·3)/(1·2 + 2·3 + 1·3) of the products are neighbours'.
/// let weights = Weights::from_links(["a", "b", "c"].map(Into::into), &[(0, 1), (1, 2)]).unwrap();
/// let joined = Joined { weights: weights.row_standardised(), values: vec![1.0, 2.0, 3.0] };
/// let result = general_g(&joined, Permutations { count: 99, seed: 1, purpose: "doc" }).unwrap();
/// assert!((result.value - 8.0 / 11.0).abs() < 1e-15);
/// assert!((result.expected - 4.0 / 6.0).abs() < 1e-15);
/// ```
///
/// Source: Getis & Ord 1992, Geogr. Anal. 24. The variance is theirs, written in deviations from the mean, which
/// loses no digits where values vary little.
///
/// # Errors
/// When a value is negative, there are fewer than three regions with a value, all values are equal, no two regions
/// are neighbours, or only one value is not zero.
#[expect(clippy::cast_precision_loss, reason = "counts of regions are far below 2^53")]
pub fn general_g(joined: &Joined, permutations: Permutations<'_>) -> Result<GlobalStatistic, SpatialError> {
    let Joined { weights, values } = joined;
    let deviations = Deviations::of(weights.ids(), values)?;
    natural_zero(joined)?;
    let links = weights.binary();
    let sums = LinkSums::of(&links)?;
    let n = values.len() as f64;
    let total: f64 = values.iter().sum();
    // Σ_{i≠j} x_i x_j, each value against the rest.
    let all: f64 = values.iter().map(|value| value * (total - value)).sum();
    let value = products(&links, values) / all;
    let expected = sums.s0 / (n * (n - 1.0));
    let largest = values.iter().fold(0.0_f64, |largest, value| largest.max(*value));
    // Rounding of a sum of n products of values.
    let tally = Tally::new(value, expected, 64.0 * f64::EPSILON * largest * largest * sums.s0 / all);
    Ok(GlobalStatistic {
        n: values.len(),
        value,
        expected,
        variance_normality: None,
        variance_randomisation: variance(&sums, &deviations, total / n)
            .map(|variance| variance / (all * all)),
        pseudo_p: permute(tally, values, permutations, |values| products(&links, values) / all),
        tie_share: tie_share(values),
    })
}

/// Refuses negative values, and one value alone among zeros.
pub(crate) fn natural_zero(joined: &Joined) -> Result<(), SpatialError> {
    let Joined { weights, values } = joined;
    if let Some(place) = values.iter().position(|value| *value < 0.0) {
        return Err(SpatialError::Negative(weights.ids()[place].clone()));
    }
    let mut others = values.iter().enumerate().filter(|(_, value)| **value > 0.0);
    match (others.next(), others.next()) {
        (Some((alone, _)), None) => Err(SpatialError::OnlyOneAboveZero(weights.ids()[alone].clone())),
        _ => Ok(()),
    }
}

/// Σ a_ij x_i x_j.
fn products(links: &Weights, values: &[f64]) -> f64 {
    (0..links.len()).map(|i| values[i] * links.neighbours(i).iter().map(|j| values[*j]).sum::<f64>()).sum()
}

/// Variance of Σ a_ij x_i x_j under randomisation, which needs four regions. With x = m + z the sum is
/// m²S₀ + m·Σ t_i z_i + Σ a_ij z_i z_j, t_i the links of i in both directions: the variances of the last two, and
/// twice their covariance. The last has the variance of Moran's I.
#[expect(clippy::cast_precision_loss, reason = "counts of regions are far below 2^53")]
fn variance(sums: &LinkSums, deviations: &Deviations, mean: f64) -> Option<f64> {
    let LinkSums { s0, s2, .. } = *sums;
    let n = deviations.z.len() as f64;
    let (_, _, of_moran) = crate::moran::moments(sums, deviations);
    let quadratic = of_moran? * (s0 * deviations.squares / n).powi(2);
    let linear = (s2 - 4.0 * s0 * s0 / n) * deviations.squares / (n - 1.0);
    let cubes: f64 = deviations.z.iter().map(|z| z.powi(3)).sum();
    let both = cubes / (n * (n - 1.0)) * (2.0 * (2.0 * s0 * s0 - s2) / (n - 2.0) - s2);
    Some(mean * mean * linear + 2.0 * mean * both + quadratic)
}
