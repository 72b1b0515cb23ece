//! Regions without a neighbour, and what to do with them.

use icf_units::RegionId;

use crate::{SpatialError, Weights};

/// What to do with regions that have no neighbour.
#[derive(Clone, Debug, PartialEq)]
pub enum IslandPolicy {
    /// Refuse them.
    Error,
    /// Leave them out.
    Drop,
    /// Keep them with an empty row: their lag is zero, and they get no p-value and no cluster.
    Zero,
    /// Link each to the region nearest to it, by the distances between points, one a region.
    Nearest(Vec<[f64; 2]>),
    /// Add these links; an island that is left after that is refused.
    Links(Vec<(RegionId, RegionId)>),
}

impl Weights {
    /// The weights with the policy applied, and what it did, a line each.
    ///
    /// # Errors
    /// When islands are refused, or a link names a region that there is not.
    ///
    /// # Panics
    /// When [`IslandPolicy::Nearest`] has another number of points than there are regions.
    pub fn with_islands(&self, policy: &IslandPolicy) -> Result<(Self, Vec<String>), SpatialError> {
        let islands = self.islands();
        match policy {
            IslandPolicy::Error if islands.is_empty() => Ok((self.clone(), vec![])),
            IslandPolicy::Error => Err(SpatialError::Islands(islands)),
            IslandPolicy::Drop => {
                let keep: Vec<bool> = self.ids().iter().map(|id| !islands.contains(id)).collect();
                let done =
                    islands.iter().map(|id| format!("{id} has no neighbour and is left out")).collect();
                Ok((self.among(&keep), done))
            }
            IslandPolicy::Zero => {
                let done =
                    islands.iter().map(|id| format!("{id} has no neighbour; its lag is zero")).collect();
                Ok((self.clone(), done))
            }
            IslandPolicy::Nearest(points) => {
                let links = self.nearest(points);
                let done =
                    links.iter().map(|(a, b)| format!("{a} is linked to {b}, the region nearest to it"));
                Ok((self.with_links(&links)?, done.collect()))
            }
            IslandPolicy::Links(links) => {
                let linked = self.with_links(links)?;
                let left = linked.islands();
                if !left.is_empty() {
                    return Err(SpatialError::Islands(left));
                }
                let done = links.iter().map(|(a, b)| format!("{a} is linked to {b}, by declaration"));
                Ok((linked, done.collect()))
            }
        }
    }

    /// Each island with the region nearest to it; of several the first.
    fn nearest(&self, points: &[[f64; 2]]) -> Vec<(RegionId, RegionId)> {
        assert_eq!(points.len(), self.len(), "there is one point a region");
        let squared = |a: [f64; 2], b: [f64; 2]| (a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2);
        (0..self.len())
            .filter(|island| self.neighbours(*island).is_empty())
            .filter_map(|island| {
                let nearest = (0..self.len()).filter(|other| *other != island).min_by(|a, b| {
                    squared(points[island], points[*a]).total_cmp(&squared(points[island], points[*b]))
                })?;
                Some((self.ids()[island].clone(), self.ids()[nearest].clone()))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(policy: &IslandPolicy) -> Result<(usize, usize), SpatialError> {
        let weights = Weights::from_links(["a", "b", "c"].map(Into::into), &[(0, 1)]).unwrap();
        weights.with_islands(policy).map(|(weights, done)| {
            assert_eq!(done.len(), 1);
            (weights.len(), weights.links())
        })
    }

    #[test]
    fn policies() {
        assert_eq!(with(&IslandPolicy::Error), Err(SpatialError::Islands(vec!["c".into()])));
        assert_eq!(with(&IslandPolicy::Drop), Ok((2, 2)));
        assert_eq!(with(&IslandPolicy::Zero), Ok((3, 2)));
        assert_eq!(with(&IslandPolicy::Nearest(vec![[0.0, 0.0], [1.0, 0.0], [5.0, 0.0]])), Ok((3, 4)));
        assert_eq!(with(&IslandPolicy::Links(vec![("c".into(), "a".into())])), Ok((3, 4)));
        let beside = IslandPolicy::Links(vec![("b".into(), "a".into())]);
        assert_eq!(with(&beside), Err(SpatialError::Islands(vec!["c".into()])));
    }
}
