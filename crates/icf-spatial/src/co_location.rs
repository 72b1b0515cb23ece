//! Co-location of two LISA maps: where the same region is in the same kind of cluster.

use crate::{Cluster, Quadrant};

/// Two LISA maps held against each other.
#[derive(Clone, Debug, PartialEq)]
pub struct CoLocation {
    /// The cluster that both maps show, region by region; `None` where they differ.
    pub regions: Vec<Option<Cluster>>,
    /// Regions by their cluster in the first map (row) and in the second, in the order of
    /// [`CoLocation::ORDER`].
    pub table: [[usize; 7]; 7],
    /// Share of regions on which the maps agree; `None` without a region.
    pub agreement: Option<f64>,
    /// Of the regions that are in a cluster (HH, LL, LH or HL) on either map, the share that is in the same
    /// on both; `None` when there is none.
    pub clusters_agreement: Option<f64>,
    /// Cohen's κ = (p₀ − p_e)/(1 − p_e), p₀ the agreement and p_e that of independent maps with the same
    /// shares; `None` when both maps show one cluster alone.
    pub kappa: Option<f64>,
    /// Cramér's V = √(χ²/(n·min(r − 1, c − 1))), r and c the clusters that occur; `None` when a map shows one
    /// alone.
    pub cramers_v: Option<f64>,
}

impl CoLocation {
    /// Clusters in the order of GeoDa's codes.
    pub const ORDER: [Cluster; 7] = [
        Cluster::NotSignificant,
        Cluster::Of(Quadrant::HighHigh),
        Cluster::Of(Quadrant::LowLow),
        Cluster::Of(Quadrant::LowHigh),
        Cluster::Of(Quadrant::HighLow),
        Cluster::Of(Quadrant::Undefined),
        Cluster::Isolated,
    ];

    /// Regions with one cluster on the first map and another on the second.
    #[must_use]
    pub const fn count(&self, first: Cluster, second: Cluster) -> usize {
        self.table[first.geoda_code()][second.geoda_code()]
    }
}

/// Holds two LISA maps of the same regions, in the same order, against each other: a region is co-located
/// when both maps give it the same cluster, as in GeoDa's co-location map.
///
/// ```
/// use icf_spatial::{Cluster, Quadrant::{HighHigh, LowLow}, co_location};
/// let size = [Cluster::Of(HighHigh), Cluster::Of(LowLow), Cluster::NotSignificant, Cluster::NotSignificant];
/// let depth = [Cluster::Of(HighHigh), Cluster::Of(HighHigh), Cluster::NotSignificant, Cluster::NotSignificant];
/// let found = co_location(&size, &depth);
/// assert_eq!(found.regions[..2], [Some(Cluster::Of(HighHigh)), None]);
/// assert_eq!((found.agreement, found.clusters_agreement), (Some(0.75), Some(0.5)));
/// ```
///
/// Source: Anselin, Syabri & Kho 2006, GeoDa, Geogr. Anal. 38, 5–22; Cohen 1960, Educ. Psychol. Meas. 20,
/// 37–46; Cramér 1946, Mathematical Methods of Statistics, ch. 21.
///
/// # Panics
/// When the maps differ in the number of regions.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of regions are far below 2^53")]
pub fn co_location(first: &[Cluster], second: &[Cluster]) -> CoLocation {
    assert_eq!(first.len(), second.len(), "both maps have the same regions");
    let mut table = [[0_usize; 7]; 7];
    for (first, second) in first.iter().zip(second) {
        table[first.geoda_code()][second.geoda_code()] += 1;
    }
    let n = first.len() as f64;
    let rows = table.map(|row| row.iter().sum::<usize>());
    let columns: [usize; 7] = std::array::from_fn(|column| table.iter().map(|row| row[column]).sum());
    let agreeing: usize = (0..7).map(|code| table[code][code]).sum();
    // Codes 1 to 4 are HH, LL, LH and HL.
    let is_cluster = |code: usize| (1..=4).contains(&code);
    let both: usize = (1..=4).map(|code| table[code][code]).sum();
    let either: usize = (0..7)
        .flat_map(|row| (0..7).map(move |column| (row, column)))
        .filter(|(row, column)| is_cluster(*row) || is_cluster(*column))
        .map(|(row, column)| table[row][column])
        .sum();
    let by_chance: usize = rows.iter().zip(&columns).map(|(row, column)| row * column).sum();
    let occurring = |counts: &[usize; 7]| counts.iter().filter(|count| **count > 0).count();
    let fewest = occurring(&rows).min(occurring(&columns));
    CoLocation {
        regions: first
            .iter()
            .zip(second)
            .map(|(first, second)| (first == second).then_some(*first))
            .collect(),
        table,
        agreement: (n > 0.0).then(|| agreeing as f64 / n),
        clusters_agreement: (either > 0).then(|| both as f64 / either as f64),
        kappa: (by_chance < first.len() * first.len())
            .then(|| (n * agreeing as f64 - by_chance as f64) / (n * n - by_chance as f64)),
        cramers_v: (fewest > 1).then(|| {
            // χ²/n = Σ n_ij²/(n_i·n_j) − 1, at most one for each category but the first.
            let sum: f64 = (0..7)
                .flat_map(|row| (0..7).map(move |column| (row, column)))
                .filter(|(row, column)| table[*row][*column] > 0)
                .map(|(row, column)| {
                    (table[row][column] as f64).powi(2) / (rows[row] * columns[column]) as f64
                })
                .sum();
            ((sum - 1.0).max(0.0) / (fewest - 1) as f64).sqrt().min(1.0)
        }),
    }
}

#[cfg(test)]
mod tests {
    use Cluster::{Isolated, NotSignificant, Of};
    use Quadrant::{HighHigh, LowLow};

    use super::*;

    #[test]
    fn equal_maps_agree() {
        let map = [Of(HighHigh), Of(LowLow), NotSignificant, Isolated];
        let found = co_location(&map, &map);
        assert_eq!((found.agreement, found.clusters_agreement), (Some(1.0), Some(1.0)));
        assert_eq!((found.kappa, found.cramers_v), (Some(1.0), Some(1.0)));
        assert_eq!(found.regions, map.map(Some));
    }

    #[test]
    fn independent_maps_agree_by_chance() {
        let first = [Of(HighHigh), Of(HighHigh), NotSignificant, NotSignificant];
        let second = [Of(HighHigh), NotSignificant, Of(HighHigh), NotSignificant];
        let found = co_location(&first, &second);
        assert_eq!((found.agreement, found.kappa, found.cramers_v), (Some(0.5), Some(0.0), Some(0.0)));
        // One region of the three that are HH on either map.
        assert_eq!(found.clusters_agreement, Some(1.0 / 3.0));
        assert_eq!(found.count(NotSignificant, Of(HighHigh)), 1);
    }

    #[test]
    fn opposite_maps() {
        // p₀ = 0, p_e = ½; every row has one column: V = 1.
        let found = co_location(&[Of(HighHigh), Of(LowLow)], &[Of(LowLow), Of(HighHigh)]);
        assert_eq!(
            (found.kappa, found.cramers_v, found.clusters_agreement),
            (Some(-1.0), Some(1.0), Some(0.0))
        );
    }

    #[test]
    fn undefined_and_isolated_are_no_clusters() {
        let first = [Of(HighHigh), Of(Quadrant::Undefined), Isolated];
        let second = [Of(HighHigh), NotSignificant, Of(Quadrant::Undefined)];
        assert_eq!(co_location(&first, &second).clusters_agreement, Some(1.0));
    }

    #[test]
    fn nothing_to_measure() {
        let found = co_location(&[NotSignificant; 3], &[NotSignificant; 3]);
        assert_eq!((found.agreement, found.clusters_agreement), (Some(1.0), None));
        assert_eq!((found.kappa, found.cramers_v), (None, None));
        let none = co_location(&[], &[]);
        assert_eq!((none.agreement, none.kappa, none.cramers_v), (None, None, None));
    }

    #[test]
    fn the_order_is_that_of_the_codes() {
        assert!(CoLocation::ORDER.iter().enumerate().all(|(code, cluster)| cluster.geoda_code() == code));
    }
}
