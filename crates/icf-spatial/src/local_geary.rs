//! Local Geary's c.

use std::cmp::Ordering;

use crate::conditional::{Summed, conditional};
use crate::moments::Deviations;
use crate::quadrant::Scatter;
use crate::{Cluster, Joined, Lisa, LocalStatistic, Permutations, Quadrant, SpatialError};

/// Local Geary's c: c_i = Σ w_ij (z_i − z_j)², z standardised by the population standard deviation, as in PySAL.
///
/// GeoDa and spdep standardise by the sample standard deviation, which makes their c_i (n − 1)/n of this. A small
/// c_i means that neighbours are alike: high among high, low among low, or another positive association, where the
/// region and its neighbours lie on different sides of the mean but close to it. A large c_i means that they differ;
/// a difference has no direction. Which of both it is depends on the expectation. The p-values are conditional, as
/// those of [`local_moran`](crate::local_moran).
///
/// ```
/// use icf_spatial::{Cluster, Joined, Permutations, Weights, local_geary};
/// let weights = Weights::from_links(["a", "b", "c", "d"].map(Into::into), &[(0, 1), (1, 2), (2, 3)]).unwrap();
/// let joined = Joined { weights: weights.row_standardised(), values: vec![1.0, 2.0, 3.0, 6.0] };
/// let found = local_geary(&joined, Permutations { count: 99, seed: 1, purpose: "doc" }).unwrap();
/// // Variance 14/4. Region a: (1 − 2)²/3.5; its other neighbours would give 1, 4 and 25, 10 on average.
/// assert!((found.regions[0].value - 1.0 / 3.5).abs() < 1e-15);
/// assert!((found.regions[0].expected - 10.0 / 3.5).abs() < 1e-14);
/// assert!((found.regions[0].pseudo_p.unwrap().less - 1.0 / 3.0).abs() < 1e-15);
/// ```
///
/// Source: Anselin 1995, Geogr. Anal. 27; clusters after Anselin 2019, Geogr. Anal. 51.
///
/// # Errors
/// When there are fewer than three regions with a value, or all values are equal.
pub fn local_geary(joined: &Joined, permutations: Permutations<'_>) -> Result<Lisa, SpatialError> {
    let Joined { weights, values } = joined;
    let deviations = Deviations::of(weights.ids(), values)?;
    let standard = deviations.standard();
    let z: Vec<f64> = deviations.z.iter().map(|z| z / standard).collect();
    let difference = |i: usize, j: usize| (z[i] - z[j]) * (z[i] - z[j]);
    let drawn = conditional(weights, &Summed::Pairs(&difference), &vec![1.0; z.len()], permutations);
    let regions = drawn.iter().enumerate().map(|(region, drawn)| {
        let scatter = Scatter::of(weights, region, &deviations, &deviations);
        let candidate = match (drawn.side, scatter.quadrant) {
            (Ordering::Equal, _) => Cluster::NotSignificant,
            (Ordering::Greater, _) => Cluster::Negative,
            (Ordering::Less, both @ (Quadrant::HighHigh | Quadrant::LowLow)) => Cluster::Of(both),
            (Ordering::Less, _) => Cluster::OtherPositive,
        };
        LocalStatistic::of(&weights.ids()[region], &scatter, drawn, candidate)
    });
    Ok(Lisa { regions: regions.collect() })
}
