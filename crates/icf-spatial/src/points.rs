//! Regions as points, for weights by distance.

use icf_units::RegionId;
use rayon::prelude::*;

use crate::kd_tree::KdTree;
use crate::{Distance, SpatialError, Weights};

/// Regions, each with a point, and how far these are from each other.
#[derive(Clone, Debug)]
pub struct Points {
    ids: Vec<RegionId>,
    at: Vec<[f64; 2]>,
    distance: Distance,
    tree: KdTree,
}

impl Points {
    /// Points of regions, e.g. their centroids: (x, y) in the plane, (longitude, latitude) in degrees on the globe.
    ///
    /// # Errors
    /// When an id stands twice, or points are not finite or no longitude and latitude; all of them are named.
    pub fn new(
        places: impl IntoIterator<Item = (RegionId, [f64; 2])>,
        distance: Distance,
    ) -> Result<Self, SpatialError> {
        let (ids, at): (Vec<RegionId>, Vec<[f64; 2]>) = places.into_iter().unzip();
        let mut seen = std::collections::HashSet::new();
        if let Some(id) = ids.iter().find(|id| !seen.insert(*id)) {
            return Err(SpatialError::DuplicateId(id.clone()));
        }
        let unusable: Vec<RegionId> = ids
            .iter()
            .zip(&at)
            .filter(|(_, at)| !distance.can_place(**at))
            .map(|(id, _)| id.clone())
            .collect();
        if !unusable.is_empty() {
            return Err(SpatialError::UnusablePoints(unusable));
        }
        let tree = KdTree::new(&at, distance);
        Ok(Self { ids, at, distance, tree })
    }

    /// The regions, in order.
    #[must_use]
    pub fn ids(&self) -> &[RegionId] {
        &self.ids
    }

    /// How many points there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there is no point at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// How far two of them are from each other: in the units of the coordinates, on the globe in km.
    #[must_use]
    pub fn between(&self, a: usize, b: usize) -> f64 {
        self.distance.between(self.at[a], self.at[b])
    }

    /// The smallest threshold that leaves no region without a neighbour: max_i min_j d_ij. None with fewer than two.
    ///
    /// ```
    /// use icf_spatial::{Distance, Points};
    /// let places = [("a", 0.0), ("b", 1.0), ("c", 4.0)].map(|(id, x)| (id.into(), [x, 0.0]));
    /// let points = Points::new(places, Distance::Planar).unwrap();
    /// assert_eq!(points.smallest_threshold(), Some(3.0));
    /// ```
    #[must_use]
    pub fn smallest_threshold(&self) -> Option<f64> {
        (self.len() > 1).then(|| self.farthest_of_nearest(1).into_iter().fold(0.0, f64::max))
    }

    /// For each point its distance to the k-th nearest other point.
    pub(crate) fn farthest_of_nearest(&self, k: usize) -> Vec<f64> {
        let farthest = |region| self.nearest(region, k).last().map_or(0.0, |(_, distance)| *distance);
        (0..self.len()).into_par_iter().map(farthest).collect()
    }

    /// The k points nearest to one of them as (place, distance), nearest first, of equally near ones the first.
    pub(crate) fn nearest(&self, region: usize, k: usize) -> Vec<(usize, f64)> {
        self.tree.nearest(&self.at, region, k)
    }

    /// The points within a distance of one of them as (place, distance), by place.
    pub(crate) fn within(&self, region: usize, distance: f64) -> Vec<(usize, f64)> {
        self.tree.within(&self.at, region, distance)
    }

    /// The number of nearest neighbours wanted, if there are so many.
    pub(crate) fn check_count(&self, k: usize) -> Result<(), SpatialError> {
        if k == 0 || k >= self.len() {
            return Err(SpatialError::NearestCount { wanted: k, regions: self.len() });
        }
        Ok(())
    }

    /// Weights with the rows that a rule gives, each ascending by place.
    pub(crate) fn weights(&self, row: impl Fn(usize) -> Vec<(usize, f64)> + Sync + Send) -> Weights {
        let rows = (0..self.len()).into_par_iter().map(row).collect();
        Weights::from_rows(self.ids.clone(), rows).expect("the ids of points are distinct")
    }
}

/// A number, if it is finite and above zero.
pub(crate) fn above_zero(what: &'static str, number: f64) -> Result<f64, SpatialError> {
    if number.is_finite() && number > 0.0 {
        return Ok(number);
    }
    Err(SpatialError::UnusableMeasure { what, found: number.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(points: &[(&str, f64, f64)]) -> Vec<(RegionId, [f64; 2])> {
        points.iter().map(|(id, x, y)| ((*id).into(), [*x, *y])).collect()
    }

    #[track_caller]
    fn refused(points: &[(&str, f64, f64)], distance: Distance, expected: SpatialError) {
        assert_eq!(Points::new(places(points), distance).unwrap_err(), expected);
    }

    #[test]
    fn points_that_cannot_be_placed() {
        let far = [("a", 500_000.0, 4e6), ("b", 1.0, 2.0), ("c", 1.0, 90.1)];
        refused(&far, Distance::GreatCircle, SpatialError::UnusablePoints(vec!["a".into(), "c".into()]));
        assert!(Points::new(places(&far), Distance::Planar).is_ok());
        let infinite = [("a", f64::NAN, 0.0)];
        refused(&infinite, Distance::Planar, SpatialError::UnusablePoints(vec!["a".into()]));
        let twice = [("a", 0.0, 0.0), ("a", 1.0, 0.0)];
        refused(&twice, Distance::Planar, SpatialError::DuplicateId("a".into()));
    }

    #[test]
    fn too_few_points_have_no_threshold() {
        for few in [&[][..], &[("a", 0.0, 0.0)]] {
            let points = Points::new(places(few), Distance::Planar).unwrap();
            assert_eq!((points.smallest_threshold(), points.is_empty()), (None, few.is_empty()));
        }
    }
}
