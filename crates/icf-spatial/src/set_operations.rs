//! Weights as sets of links.

use std::collections::HashMap;

use icf_units::RegionId;

use crate::{SpatialError, Weights};

impl Weights {
    /// Weights of one for every link that is in these weights or in the others.
    ///
    /// Both must be of the same regions, in any order; the order is that of these. What the links weigh is left
    /// behind, as two weights of one link have no sum that always makes sense.
    ///
    /// ```
    /// use icf_spatial::Weights;
    /// let weights = |links: &[_]| Weights::from_links(["a", "b", "c"].map(Into::into), links).unwrap();
    /// let (first, second) = (weights(&[(0, 1)]), weights(&[(0, 1), (1, 2)]));
    /// assert_eq!(first.union(&second).unwrap(), second);
    /// assert_eq!(first.intersection(&second).unwrap(), first);
    /// assert_eq!(second.difference(&first).unwrap(), weights(&[(1, 2)]));
    /// ```
    ///
    /// # Errors
    /// When the two are of different regions; these are listed.
    pub fn union(&self, other: &Self) -> Result<Self, SpatialError> {
        self.combined(other, |mine, others| {
            let mut row = [mine, others].concat();
            row.sort_unstable();
            row.dedup();
            row
        })
    }

    /// Weights of one for every link that is in these weights and in the others; see [`Weights::union`].
    ///
    /// # Errors
    /// When the two are of different regions.
    pub fn intersection(&self, other: &Self) -> Result<Self, SpatialError> {
        self.combined(other, |mine, others| filtered(mine, |place| others.binary_search(&place).is_ok()))
    }

    /// Weights of one for every link that is in these weights and not in the others; see [`Weights::union`].
    ///
    /// # Errors
    /// When the two are of different regions.
    pub fn difference(&self, other: &Self) -> Result<Self, SpatialError> {
        self.combined(other, |mine, others| filtered(mine, |place| others.binary_search(&place).is_err()))
    }

    /// Rows made of a row of each, as ascending places in these weights.
    fn combined(
        &self,
        other: &Self,
        row: impl Fn(&[usize], &[usize]) -> Vec<usize>,
    ) -> Result<Self, SpatialError> {
        let places = |weights: &'_ Self| -> HashMap<RegionId, usize> {
            weights.ids().iter().cloned().enumerate().map(|(place, id)| (id, place)).collect()
        };
        let (mine, others) = (places(self), places(other));
        let missing = |of: &Self, from: &HashMap<RegionId, usize>| -> Vec<RegionId> {
            of.ids().iter().filter(|id| !from.contains_key(*id)).cloned().collect()
        };
        let (only_first, only_second) = (missing(self, &others), missing(other, &mine));
        if !only_first.is_empty() || !only_second.is_empty() {
            return Err(SpatialError::DifferentRegions { only_first, only_second });
        }
        let rows = self.ids().iter().enumerate().map(|(region, id)| {
            let theirs = other.neighbours(others[id]);
            let mut theirs: Vec<usize> = theirs.iter().map(|place| mine[&other.ids()[*place]]).collect();
            theirs.sort_unstable();
            row(self.neighbours(region), &theirs).into_iter().map(|place| (place, 1.0)).collect()
        });
        Self::from_rows(self.ids().to_vec(), rows.collect())
    }
}

fn filtered(row: &[usize], keep: impl Fn(usize) -> bool) -> Vec<usize> {
    row.iter().copied().filter(|place| keep(*place)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weights<const N: usize>(ids: [&str; N], links: &[(usize, usize)]) -> Weights {
        Weights::from_links(ids.map(Into::into), links).unwrap()
    }

    #[test]
    fn rows_are_matched_by_id() {
        let first = weights(["a", "b", "c"], &[(0, 1)]);
        let second = weights(["c", "a", "b"], &[(0, 1), (1, 2)]);
        assert_eq!(first.union(&second).unwrap(), weights(["a", "b", "c"], &[(0, 1), (0, 2)]));
        assert_eq!(first.intersection(&second).unwrap(), first);
        assert_eq!(first.difference(&second).unwrap().links(), 0);
        assert_eq!(second.difference(&first).unwrap(), weights(["c", "a", "b"], &[(0, 1)]));
    }

    #[test]
    fn other_regions_are_refused() {
        let (first, second) = (weights(["a", "b"], &[]), weights(["b", "c", "d"], &[]));
        let (only_first, only_second) = (vec!["a".into()], vec!["c".into(), "d".into()]);
        assert_eq!(first.union(&second), Err(SpatialError::DifferentRegions { only_first, only_second }));
    }
}
