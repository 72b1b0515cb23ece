//! What weights look like, and whether they are the same both ways.

use std::collections::BTreeMap;

use icf_units::RegionId;

use crate::{SpatialError, Weights};

/// What weights look like.
#[derive(Clone, Debug, PartialEq)]
pub struct WeightsSummary {
    /// Regions.
    pub n: usize,
    /// Directed links: every w_ij above zero.
    pub links: usize,
    /// Whether w_ij = w_ji everywhere.
    pub symmetric: bool,
    /// Regions without a neighbour.
    pub islands: Vec<RegionId>,
    /// Connected components, an island being one by itself.
    pub components: usize,
    /// How many regions have how many neighbours, as (neighbours, regions), ascending.
    pub degrees: Vec<(usize, usize)>,
    /// Neighbours a region has on average; none without regions.
    pub mean_degree: Option<f64>,
    /// The most neighbours that any region has; none without regions.
    pub largest_degree: Option<usize>,
    /// Links in percent of n²: what libpysal calls `pct_nonzero`. None without regions.
    pub density_percent: Option<f64>,
}

impl Weights {
    /// What these weights look like.
    ///
    /// ```
    /// use icf_spatial::Weights;
    /// let weights = Weights::from_links(["a", "b", "c", "d"].map(Into::into), &[(0, 1), (1, 2)]).unwrap();
    /// let summary = weights.summary();
    /// assert_eq!(summary.degrees, [(0, 1), (1, 2), (2, 1)]);
    /// assert_eq!((summary.mean_degree, summary.density_percent), (Some(1.0), Some(25.0)));
    /// ```
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "there are fewer than 2^52 links")]
    pub fn summary(&self) -> WeightsSummary {
        let mut degrees: BTreeMap<usize, usize> = BTreeMap::new();
        for region in 0..self.len() {
            *degrees.entry(self.neighbours(region).len()).or_default() += 1;
        }
        let (n, links) = (self.len() as f64, self.links() as f64);
        let some = !self.is_empty();
        WeightsSummary {
            n: self.len(),
            links: self.links(),
            symmetric: self.is_symmetric(),
            islands: self.islands(),
            components: self.components(),
            mean_degree: some.then(|| links / n),
            largest_degree: degrees.last_key_value().map(|(degree, _)| *degree),
            density_percent: some.then(|| 100.0 * links / (n * n)),
            degrees: degrees.into_iter().collect(),
        }
    }

    /// The pairs of regions with w_ij ≠ w_ji, each once, the earlier region first.
    #[must_use]
    pub fn asymmetric_pairs(&self) -> Vec<(RegionId, RegionId)> {
        let mut pairs: Vec<(usize, usize)> = (0..self.len())
            .flat_map(|i| self.row(i).map(move |(j, value)| (i, j, value)))
            .filter(|(i, j, value)| self.weight(*j, *i) != *value)
            .map(|(i, j, _)| (i.min(j), i.max(j)))
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs.into_iter().map(|(i, j)| (self.ids()[i].clone(), self.ids()[j].clone())).collect()
    }

    /// Refuses weights that are not the same both ways, as those of nearest neighbours or row-standardised ones.
    ///
    /// # Errors
    /// With the pairs of regions that differ.
    pub fn require_symmetric(&self) -> Result<(), SpatialError> {
        let pairs = self.asymmetric_pairs();
        if pairs.is_empty() { Ok(()) } else { Err(SpatialError::Asymmetric(pairs)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_has_no_mean() {
        let summary = Weights::from_links([], &[]).unwrap().summary();
        assert_eq!(
            (summary.mean_degree, summary.largest_degree, summary.density_percent),
            (None, None, None)
        );
        assert_eq!((summary.n, summary.components, summary.symmetric), (0, 0, true));
    }

    #[test]
    fn pairs_that_differ_stand_once() {
        let ids = || ["a", "b", "c"].map(Into::into);
        let links = [(2, 0, 1.0), (0, 1, 1.0), (1, 0, 2.0)];
        let weights = Weights::from_weighted_links(ids(), &links).unwrap();
        let pairs = vec![("a".into(), "b".into()), ("a".into(), "c".into())];
        assert_eq!(weights.require_symmetric(), Err(SpatialError::Asymmetric(pairs)));
        assert!(!weights.summary().symmetric);
        let both = Weights::from_links(ids(), &[(0, 1), (1, 2)]).unwrap();
        assert_eq!(both.require_symmetric(), Ok(()));
        let message = both.row_standardised().require_symmetric().unwrap_err().to_string();
        assert_eq!(message, "the weights must be symmetric, and these pairs are not: a and b, b and c");
    }
}
