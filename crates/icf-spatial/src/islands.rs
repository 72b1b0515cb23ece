//! Regions without a neighbour, and what to do with them.

use icf_units::RegionId;

use crate::{Distance, Points, SpatialError, Weights};

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
    Nearest(Vec<[f64; 2]>, Distance),
    /// Add these links; an island that is left after that is refused.
    Links(Vec<(RegionId, RegionId)>),
}

impl Weights {
    /// The weights with the policy applied, and what it did, a line each.
    ///
    /// # Errors
    /// When islands are refused, a link names a region that there is not, or a point cannot be used.
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
            IslandPolicy::Nearest(points, distance) => {
                let links = self.nearest(points, *distance)?;
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
    fn nearest(
        &self,
        at: &[[f64; 2]],
        distance: Distance,
    ) -> Result<Vec<(RegionId, RegionId)>, SpatialError> {
        assert_eq!(at.len(), self.len(), "there is one point a region");
        let points = Points::new(self.ids().iter().cloned().zip(at.iter().copied()), distance)?;
        let islands = (0..self.len()).filter(|region| self.neighbours(*region).is_empty());
        Ok(islands
            .flat_map(|island| points.nearest(island, 1).into_iter().map(move |(other, _)| (island, other)))
            .map(|(island, other)| (self.ids()[island].clone(), self.ids()[other].clone()))
            .collect())
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
        let points = vec![[0.0, 0.0], [1.0, 0.0], [5.0, 0.0]];
        assert_eq!(with(&IslandPolicy::Nearest(points, Distance::Planar)), Ok((3, 4)));
        assert_eq!(with(&IslandPolicy::Links(vec![("c".into(), "a".into())])), Ok((3, 4)));
        let beside = IslandPolicy::Links(vec![("b".into(), "a".into())]);
        assert_eq!(with(&beside), Err(SpatialError::Islands(vec!["c".into()])));
    }

    #[test]
    fn the_nearest_region_may_lie_across_the_date_line() {
        let weights = Weights::from_links(["a", "b", "c"].map(Into::into), &[(0, 1)]).unwrap();
        let points = vec![[-179.0, 0.0], [100.0, 0.0], [179.0, 0.0]];
        let nearest = |distance| {
            let linked = weights.with_islands(&IslandPolicy::Nearest(points.clone(), distance)).unwrap().0;
            linked.neighbours(2).to_vec()
        };
        assert_eq!((nearest(Distance::Planar), nearest(Distance::GreatCircle)), (vec![1], vec![0]));
        let nowhere = IslandPolicy::Nearest(vec![[0.0, f64::NAN]; 3], Distance::Planar);
        let all = ["a", "b", "c"].map(Into::into).to_vec();
        assert_eq!(weights.with_islands(&nowhere), Err(SpatialError::UnusablePoints(all)));
    }
}
