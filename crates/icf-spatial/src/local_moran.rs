//! Local Moran's I.

use crate::conditional::{Conditional, Summed, conditional};
use crate::moments::Deviations;
use crate::quadrant::Scatter;
use crate::{Cluster, Joined, Lisa, LocalStatistic, Permutations, SpatialError, Weights};

/// Local Moran's I: I_i = (n − 1)·z_i·lag_i/Σz², lag_i = Σ w_ij z_j.
///
/// Above zero a region is like its neighbours, below it differs from them; its quadrant says which of both is high.
/// The p-values are conditional: z_i stays, its neighbours are drawn from the other regions without replacement.
/// Where all neighbour sets (or, with unequal weights in the row, all ordered draws) number no more than the
/// permutations, they are enumerated and the p is exact. Otherwise permutation r draws one random order of the
/// other regions, of which every region takes as many as it has neighbours. All regions share these orders, as
/// PySAL does: each region's p is that of a proper random sample; only the errors of different regions' p are
/// correlated, which no label depends on.
///
/// ```
/// use icf_spatial::{Joined, Permutations, Quadrant, Weights, local_moran};
/// let weights = Weights::from_links(["a", "b", "c", "d"].map(Into::into), &[(0, 1), (1, 2), (2, 3)]).unwrap();
/// let joined = Joined { weights: weights.row_standardised(), values: vec![1.0, 2.0, 3.0, 6.0] };
/// let lisa = local_moran(&joined, Permutations { count: 99, seed: 1, purpose: "doc" }).unwrap();
/// // Deviations −2, −1, 0, 3; Σz² = 14. Region a: 3·(−2)·(−1)/14.
/// assert!((lisa.regions[0].value - 6.0 / 14.0).abs() < 1e-15);
/// assert_eq!(lisa.regions[0].quadrant, Quadrant::LowLow);
/// assert_eq!(lisa.regions[2].quadrant, Quadrant::Undefined);
/// // One neighbour among three others: three sets, one of them as large.
/// assert!(lisa.regions[0].pseudo_p.unwrap().exact);
/// ```
///
/// Source: Anselin 1995, Geogr. Anal. 27; conditional moments after Sokal, Oden & Thomson 1998, Geogr. Anal. 30.
///
/// # Errors
/// When there are fewer than three regions with a value, or all values are equal.
pub fn local_moran(joined: &Joined, permutations: Permutations<'_>) -> Result<Lisa, SpatialError> {
    let Joined { weights, values } = joined;
    local_moran_by(weights, values, |summed, factors| conditional(weights, summed, factors, permutations))
}

/// The same with any way of drawing the neighbours.
#[expect(clippy::cast_precision_loss, reason = "counts of regions are far below 2^53")]
pub(crate) fn local_moran_by(
    weights: &Weights,
    values: &[f64],
    draw: impl FnOnce(&Summed<'_>, &[f64]) -> Vec<Conditional>,
) -> Result<Lisa, SpatialError> {
    let deviations = Deviations::of(weights.ids(), values)?;
    let above = (values.len() - 1) as f64;
    let factors: Vec<f64> = deviations.z.iter().map(|z| above * z / deviations.squares).collect();
    let drawn = draw(&Summed::Values(&deviations.z), &factors);
    let regions = drawn.iter().enumerate().map(|(region, drawn)| {
        let scatter = Scatter::of(weights, region, &deviations, &deviations);
        LocalStatistic::of(&weights.ids()[region], &scatter, drawn, Cluster::Of(scatter.quadrant))
    });
    Ok(Lisa { regions: regions.collect() })
}
