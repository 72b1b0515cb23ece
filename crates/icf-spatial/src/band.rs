//! Neighbours within a distance.

use icf_units::RegionId;

use crate::points::above_zero;
use crate::{Points, SpatialError, Weights};

/// How a neighbour's weight falls with its distance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Decay {
    /// Not at all: w_ij = 1.
    Binary,
    /// w_ij = d_ij^(−α) with a power α above zero.
    InversePower(f64),
}

/// Weights for the regions no farther than a threshold: d_ij ≤ threshold, the threshold itself included.
///
/// ```
/// use icf_spatial::{Decay, Distance, Points, distance_band};
/// let places = [("a", 0.0), ("b", 2.0), ("c", 5.0)].map(|(id, x)| (id.into(), [x, 0.0]));
/// let points = Points::new(places, Distance::Planar).unwrap();
/// let weights = distance_band(&points, 3.0, Decay::InversePower(2.0)).unwrap();
/// assert_eq!(weights.row(1).collect::<Vec<_>>(), [(0, 1.0 / 4.0), (2, 1.0 / 9.0)]);
/// assert!(weights.is_symmetric());
/// ```
///
/// # Errors
/// When the threshold or the power is not a finite number above zero, or regions at the same point are to have an
/// inverse distance; all such pairs are named.
pub fn distance_band(points: &Points, threshold: f64, decay: Decay) -> Result<Weights, SpatialError> {
    let threshold = above_zero("distance threshold", threshold)?;
    let power = match decay {
        Decay::Binary => return Ok(points.weights(|region| binary(points, region, threshold))),
        Decay::InversePower(power) => above_zero("power of the distance", power)?,
    };
    let weights = points.weights(|region| {
        points.within(region, threshold).into_iter().map(|(place, d)| (place, d.powf(-power))).collect()
    });
    // A distance so small that its power overflows is as good as none.
    let coincident: Vec<(RegionId, RegionId)> = (0..weights.len())
        .flat_map(|i| {
            weights.row(i).filter(move |(j, weight)| i < *j && !weight.is_finite()).map(move |(j, _)| (i, j))
        })
        .map(|(i, j)| (points.ids()[i].clone(), points.ids()[j].clone()))
        .collect();
    if !coincident.is_empty() {
        return Err(SpatialError::Coincident(coincident));
    }
    Ok(weights.without_zeros())
}

fn binary(points: &Points, region: usize, threshold: f64) -> Vec<(usize, f64)> {
    points.within(region, threshold).into_iter().map(|(place, _)| (place, 1.0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Distance;

    fn points(at: &[f64]) -> Points {
        let places = at.iter().enumerate().map(|(place, x)| (place.to_string().as_str().into(), [*x, 0.0]));
        Points::new(places.collect::<Vec<_>>(), Distance::Planar).unwrap()
    }

    #[track_caller]
    fn check(threshold: f64, expected_links: usize) {
        let at = points(&[0.0, 1.0, 3.0, 3.0]);
        assert_eq!(distance_band(&at, threshold, Decay::Binary).unwrap().links(), expected_links);
    }

    #[test]
    fn the_threshold_is_included() {
        check(0.999, 2);
        check(1.0, 4);
        check(2.0, 8);
        check(3.0, 12);
    }

    #[test]
    fn the_smallest_threshold_leaves_no_island() {
        let at = points(&[0.1, 0.3, 0.7, 1.9]);
        let threshold = at.smallest_threshold().unwrap();
        assert!(distance_band(&at, threshold, Decay::Binary).unwrap().islands().is_empty());
        let less = threshold * (1.0 - 1e-12);
        assert_eq!(distance_band(&at, less, Decay::Binary).unwrap().islands(), ["3".into()]);
    }

    #[test]
    fn one_point_twice_has_no_inverse_distance() {
        let at = points(&[0.0, 1.0, 1.0, 1.0]);
        let pairs = [("1", "2"), ("1", "3"), ("2", "3")].map(|(a, b)| (a.into(), b.into()));
        let expected = Err(SpatialError::Coincident(pairs.to_vec()));
        assert_eq!(distance_band(&at, 2.0, Decay::InversePower(1.0)), expected);
    }

    #[test]
    fn measures_that_cannot_be() {
        for number in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            let at = points(&[0.0, 1.0]);
            let refused = |what| Err(SpatialError::UnusableMeasure { what, found: number.to_string() });
            assert_eq!(distance_band(&at, number, Decay::Binary), refused("distance threshold"));
            let decay = Decay::InversePower(number);
            assert_eq!(distance_band(&at, 1.0, decay), refused("power of the distance"));
        }
    }
}
