//! Bivariate local Moran's I.

use crate::conditional::{Summed, conditional};
use crate::moments::Deviations;
use crate::quadrant::Scatter;
use crate::{Cluster, JoinedPair, Lisa, LocalStatistic, Permutations, SpatialError};

/// Bivariate local Moran's I: I_i = (n − 1)·x_i·lag_i/√(Σx² Σy²), lag_i = Σ w_ij y_j, x and y the deviations from
/// their means.
///
/// Whether a region's value of `first` is like its neighbours' values of `second`. With one variable twice it is
/// [`local_moran`](crate::local_moran), and its p-values are drawn in the same way: what a region has is held, and
/// its neighbours' `second` drawn from the other regions. The tie between both variables of one region is not in it.
///
/// ```
/// use icf_spatial::{JoinedPair, Permutations, Quadrant, Weights, local_bivariate};
/// let weights = Weights::from_links(["a", "b", "c", "d"].map(Into::into), &[(0, 1), (1, 2), (2, 3)]).unwrap();
/// let (first, second) = (vec![1.0, 2.0, 3.0, 6.0], vec![3.0, 6.0, 2.0, 1.0]);
/// let joined = JoinedPair { weights: weights.row_standardised(), first, second };
/// let found = local_bivariate(&joined, Permutations { count: 99, seed: 1, purpose: "doc" }).unwrap();
/// // Deviations −2, −1, 0, 3 and 0, 3, −1, −2; Σx² = Σy² = 14. Region a: 3·(−2)·3/14.
/// assert!((found.regions[0].value + 18.0 / 14.0).abs() < 1e-15);
/// assert_eq!(found.regions[0].quadrant, Quadrant::LowHigh);
/// ```
///
/// Source: Anselin, Syabri & Smirnov 2002, Visualizing multivariate spatial correlation with dynamically linked windows.
///
/// # Errors
/// When there are fewer than three regions with both values, or all values of one are equal.
#[expect(clippy::cast_precision_loss, reason = "counts of regions are far below 2^53")]
pub fn local_bivariate(joined: &JoinedPair, permutations: Permutations<'_>) -> Result<Lisa, SpatialError> {
    let JoinedPair { weights, first, second } = joined;
    let (x, y) = (Deviations::of(weights.ids(), first)?, Deviations::of(weights.ids(), second)?);
    let above = (first.len() - 1) as f64;
    let scale = (x.squares * y.squares).sqrt();
    let factors: Vec<f64> = x.z.iter().map(|x| above * x / scale).collect();
    let drawn = conditional(weights, &Summed::Values(&y.z), &factors, permutations);
    let regions = drawn.iter().enumerate().map(|(region, drawn)| {
        let scatter = Scatter::of(weights, region, &x, &y);
        LocalStatistic::of(&weights.ids()[region], &scatter, drawn, Cluster::Of(scatter.quadrant))
    });
    Ok(Lisa { regions: regions.collect() })
}
