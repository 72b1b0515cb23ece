//! The k nearest neighbours.

use crate::{Points, SpatialError, Weights};

/// Weights of one for the k regions nearest to each: w_ij = 1 when fewer than k others are nearer to i than j.
///
/// The weights are directed: i may be among the nearest of j without j being among those of i. Every region has
/// k neighbours, so of regions equally far away the first in the order of the points are taken; distances are
/// equal when their floating-point values are.
///
/// ```
/// use icf_spatial::{Distance, Points, nearest_neighbours};
/// let places = [("a", 0.0), ("b", 1.0), ("c", 3.0)].map(|(id, x)| (id.into(), [x, 0.0]));
/// let weights = nearest_neighbours(&Points::new(places, Distance::Planar).unwrap(), 1).unwrap();
/// assert_eq!(weights.row(2).collect::<Vec<_>>(), [(1, 1.0)]);
/// assert!(!weights.is_symmetric());
/// ```
///
/// # Errors
/// When k is zero, or there are no k other regions.
pub fn nearest_neighbours(points: &Points, k: usize) -> Result<Weights, SpatialError> {
    points.check_count(k)?;
    Ok(points.weights(|region| {
        let mut row: Vec<(usize, f64)> =
            points.nearest(region, k).into_iter().map(|(place, _)| (place, 1.0)).collect();
        row.sort_unstable_by_key(|(place, _)| *place);
        row
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Distance;

    fn line(at: &[f64]) -> Points {
        let places = at.iter().enumerate().map(|(place, x)| (place.to_string().as_str().into(), [*x, 0.0]));
        Points::new(places.collect::<Vec<_>>(), Distance::Planar).unwrap()
    }

    #[track_caller]
    fn check(at: &[f64], k: usize, expected: &[&[usize]]) {
        let weights = nearest_neighbours(&line(at), k).unwrap();
        for (region, row) in expected.iter().enumerate() {
            assert_eq!(weights.neighbours(region), *row, "{region}");
            assert!(weights.values(region).iter().all(|weight| *weight == 1.0));
        }
    }

    #[test]
    fn of_equally_far_regions_the_first_are_taken() {
        check(&[0.0, 1.0, 2.0], 1, &[&[1], &[0], &[1]]);
        check(&[2.0, 1.0, 0.0, 3.0], 1, &[&[1], &[0], &[1], &[0]]);
        check(&[5.0, 5.0, 5.0, 5.0], 2, &[&[1, 2], &[0, 2], &[0, 1], &[0, 1]]);
    }

    #[test]
    fn all_others_are_the_most() {
        check(&[0.0, 1.0, 5.0], 2, &[&[1, 2], &[0, 2], &[0, 1]]);
        let refused = |k| nearest_neighbours(&line(&[0.0, 1.0, 5.0]), k);
        assert_eq!(refused(3), Err(SpatialError::NearestCount { wanted: 3, regions: 3 }));
        assert_eq!(refused(0), Err(SpatialError::NearestCount { wanted: 0, regions: 3 }));
    }
}
