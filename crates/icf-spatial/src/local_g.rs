//! Getis and Ord's local G and G*.

use std::cmp::Ordering;

use crate::conditional::{Conditional, Summed, conditional};
use crate::general_g::natural_zero;
use crate::moments::Deviations;
use crate::quadrant::Scatter;
use crate::{Cluster, Joined, Lisa, LocalStatistic, Permutations, SpatialError};

/// Local G: G_i = Σ w_ij x_j / Σ_{j≠i} x_j, the rows of w made to sum to one.
///
/// The share that a region's neighbours hold of what all other regions have: large in a hot spot, where high values
/// meet, small in a cold spot, E = 1/(n − 1). The deviate is that of Ord & Getis 1995, which does not depend on the
/// sum of the row. The p-values are conditional, as those of [`local_moran`](crate::local_moran).
///
/// ```
/// use icf_spatial::{Joined, Permutations, Weights, local_g};
/// let weights = Weights::from_links(["a", "b", "c", "d"].map(Into::into), &[(0, 1), (1, 2), (2, 3)]).unwrap();
/// let joined = Joined { weights: weights.row_standardised(), values: vec![1.0, 2.0, 3.0, 6.0] };
/// let found = local_g(&joined, Permutations { count: 99, seed: 1, purpose: "doc" }).unwrap();
/// // Region b: the mean of 1 and 3 of the 10 that the others have.
/// assert!((found.regions[1].value - 0.2).abs() < 1e-15);
/// assert!((found.regions[1].expected - 1.0 / 3.0).abs() < 1e-15);
/// ```
///
/// Source: Getis & Ord 1992, Geogr. Anal. 24; Ord & Getis 1995, Geogr. Anal. 27.
///
/// # Errors
/// When a value is negative, there are fewer than three regions with a value, all values are equal, or only one is
/// not zero.
#[expect(clippy::cast_precision_loss, reason = "counts of regions are far below 2^53")]
pub fn local_g(joined: &Joined, permutations: Permutations<'_>) -> Result<Lisa, SpatialError> {
    let others = joined.values.len() as f64 - 1.0;
    map(joined, permutations, |_, own| Of {
        held: 0.0,
        scale: own.weights_sum,
        total: others * own.drawn.mean,
        deviate: own.drawn.deviate,
    })
}

/// Local G*: G*_i = Σ w_ij x_j / Σ x_j, the region itself among its neighbours, the rows of w made to sum to one.
///
/// A region weighs as much as the neighbour that weighs most in its row, as in PySAL. The deviate is that of Ord &
/// Getis 1995, over all regions. The expectation, variance and p-values hold the region's own value, as they do in
/// PySAL and GeoDa; so they tell of the neighbours alone, and the p-values are those of [`local_g`]. Where the deviate
/// and the neighbours point opposite ways, as they may about a region that towers over its neighbours, there is
/// neither a hot nor a cold spot; GeoDa goes by the deviate.
///
/// ```
/// use icf_spatial::{Joined, Permutations, Weights, local_g_star};
/// let weights = Weights::from_links(["a", "b", "c", "d"].map(Into::into), &[(0, 1), (1, 2), (2, 3)]).unwrap();
/// let joined = Joined { weights: weights.row_standardised(), values: vec![1.0, 2.0, 3.0, 6.0] };
/// let found = local_g_star(&joined, Permutations { count: 99, seed: 1, purpose: "doc" }).unwrap();
/// // Region b: the mean of 1, 2 and 3 of all 12.
/// assert!((found.regions[1].value - 2.0 / 12.0).abs() < 1e-15);
/// // Deviations −2, −1, 0: a mean of −1, of which √(14/4 · (4/3 − 1)/3) is the standard deviation.
/// assert!((found.regions[1].deviate.unwrap() + (18.0_f64 / 7.0).sqrt()).abs() < 1e-14);
/// ```
///
/// Source: Getis & Ord 1992, Geogr. Anal. 24; Ord & Getis 1995, Geogr. Anal. 27.
///
/// # Errors
/// See [`local_g`].
#[expect(clippy::cast_precision_loss, reason = "counts of regions are far below 2^53")]
pub fn local_g_star(joined: &Joined, permutations: Permutations<'_>) -> Result<Lisa, SpatialError> {
    let (weights, n) = (&joined.weights, joined.values.len() as f64);
    let deviations = Deviations::of(weights.ids(), &joined.values)?;
    let total: f64 = joined.values.iter().sum();
    map(joined, permutations, |region, own| {
        let most = weights.values(region).iter().fold(0.0_f64, |most, weight| most.max(*weight));
        let sum = own.weights_sum + most;
        let squares = weights.values(region).iter().map(|weight| weight * weight).sum::<f64>() + most * most;
        let lag = weights.lag(region, &deviations.z) + most * deviations.z[region];
        // Σ z is zero, so that there is no expectation to take off.
        let variance = deviations.squares / n * (n * squares - sum * sum) / (n - 1.0);
        let scale = sum * deviations.largest();
        Of {
            held: most * joined.values[region],
            scale: sum,
            total,
            deviate: (variance > 1e-12 * scale * scale).then(|| lag / variance.sqrt()),
        }
    })
}

/// What makes a local G of a sum over neighbours.
struct Of {
    /// What the region itself adds to the sum.
    held: f64,
    /// Sum of the weights.
    scale: f64,
    /// What the sum is a share of.
    total: f64,
    deviate: Option<f64>,
}

/// A region's own sums.
struct Own {
    weights_sum: f64,
    drawn: Conditional,
}

/// The share of each region.
fn map(
    joined: &Joined,
    permutations: Permutations<'_>,
    of: impl Fn(usize, &Own) -> Of,
) -> Result<Lisa, SpatialError> {
    let Joined { weights, values } = joined;
    let deviations = Deviations::of(weights.ids(), values)?;
    natural_zero(joined)?;
    let drawn = conditional(weights, &Summed::Values(values), &vec![1.0; values.len()], permutations);
    let regions = drawn.into_iter().enumerate().map(|(region, drawn)| {
        let own = Own { weights_sum: weights.values(region).iter().sum(), drawn };
        let Of { held, scale, total, deviate } = of(region, &own);
        // A deviate of zero up to rounding points nowhere.
        let candidate = match (drawn.side, deviate) {
            (Ordering::Greater, Some(1e-12..)) => Cluster::HotSpot,
            (Ordering::Less, Some(..=-1e-12)) => Cluster::ColdSpot,
            _ => Cluster::NotSignificant,
        };
        let island = drawn.pseudo_p.is_none();
        // An island's share is zero, of whatever.
        let share = if island { 0.0 } else { 1.0 / (scale * total) };
        let shares = Conditional {
            value: share * (held + drawn.value),
            expected: share * (held + drawn.expected),
            variance: share * share * drawn.variance,
            deviate: deviate.filter(|_| !island),
            ..drawn
        };
        let scatter = Scatter::of(weights, region, &deviations, &deviations);
        LocalStatistic::of(&weights.ids()[region], &scatter, &shares, candidate)
    });
    Ok(Lisa { regions: regions.collect() })
}
