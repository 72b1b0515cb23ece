//! Weights that fall with distance up to a bandwidth.

use std::f64::consts::PI;

use crate::points::above_zero;
use crate::{Points, SpatialError, Weights};

/// A weight as a function of z = d/h, the distance in bandwidths, for 0 ≤ z ≤ 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kernel {
    /// 1/2.
    Uniform,
    /// 1 − z.
    Triangular,
    /// 3/4·(1 − z²), of Epanechnikov.
    Quadratic,
    /// 15/16·(1 − z²)².
    Quartic,
    /// exp(−z²/2)/√(2π), cut off at the bandwidth like the others.
    Gaussian,
}

/// How far a kernel reaches.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bandwidth {
    /// As far as this, from every region: in the units of the coordinates, on the globe in km.
    Fixed(f64),
    /// From every region as far as the greatest distance of any region to its k-th nearest neighbour.
    Widest {
        /// Which nearest neighbour.
        k: usize,
    },
    /// From each region as far as its own k-th nearest neighbour. The weights are directed.
    Adaptive {
        /// Which nearest neighbour.
        k: usize,
    },
}

/// A bandwidth taken from the data is widened by this, so that the neighbour it was taken from is within. The
/// factor is libpysal's.
const WIDENED: f64 = 1.000_000_1;

impl Kernel {
    /// The weight at z bandwidths; zero beyond one.
    ///
    /// ```
    /// use icf_spatial::Kernel;
    /// assert_eq!(Kernel::Triangular.at(0.25), 0.75);
    /// assert_eq!(Kernel::Quadratic.at(0.5), 0.5625);
    /// assert_eq!(Kernel::Uniform.at(1.5), 0.0);
    /// ```
    #[must_use]
    pub fn at(self, z: f64) -> f64 {
        if !(0.0..=1.0).contains(&z) {
            return 0.0;
        }
        match self {
            Self::Uniform => 0.5,
            Self::Triangular => 1.0 - z,
            Self::Quadratic => 0.75 * (1.0 - z * z),
            Self::Quartic => 15.0 / 16.0 * (1.0 - z * z).powi(2),
            Self::Gaussian => (-z * z / 2.0).exp() / (2.0 * PI).sqrt(),
        }
    }
}

/// Kernel weights w_ij = K(d_ij/h_i) for j ≠ i.
///
/// The diagonal stays empty, as in all [`Weights`]; who needs it takes w_ii = `kernel.at(0.0)`, or 1. A region just
/// at the bandwidth, where the kernel is zero, is no neighbour.
///
/// Formulas: Anselin & Rey (2014), Modern Spatial Econometrics in Practice, p. 78.
///
/// ```
/// use icf_spatial::{Bandwidth, Distance, Kernel, Points, kernel_weights};
/// let places = [("a", 0.0), ("b", 1.0), ("c", 5.0)].map(|(id, x)| (id.into(), [x, 0.0]));
/// let points = Points::new(places, Distance::Planar).unwrap();
/// let weights = kernel_weights(&points, Kernel::Triangular, Bandwidth::Fixed(4.0)).unwrap();
/// assert_eq!(weights.row(1).collect::<Vec<_>>(), [(0, 0.75)]);
/// ```
///
/// # Errors
/// When a bandwidth is not a finite number above zero (an adaptive one is zero where k + 1 regions share a point),
/// k is zero, or there are no k other regions.
pub fn kernel_weights(
    points: &Points,
    kernel: Kernel,
    bandwidth: Bandwidth,
) -> Result<Weights, SpatialError> {
    let reach: Vec<f64> = match bandwidth {
        Bandwidth::Fixed(reach) => vec![reach; points.len()],
        Bandwidth::Widest { k } => {
            points.check_count(k)?;
            let widest = points.farthest_of_nearest(k).into_iter().fold(0.0, f64::max);
            vec![widest * WIDENED; points.len()]
        }
        Bandwidth::Adaptive { k } => {
            points.check_count(k)?;
            points.farthest_of_nearest(k).into_iter().map(|reach| reach * WIDENED).collect()
        }
    };
    for reach in &reach {
        above_zero("bandwidth", *reach)?;
    }
    Ok(points.weights(|region| {
        let reach = reach[region];
        let near = points.within(region, reach).into_iter();
        near.map(|(place, d)| (place, kernel.at(d / reach))).filter(|(_, weight)| *weight > 0.0).collect()
    }))
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
    fn check(kernel: Kernel, at_zero: f64, at_half: f64, at_one: f64) {
        let found = [0.0, 0.5, 1.0, 1.000_1, -0.1].map(|z| kernel.at(z));
        for (found, expected) in found.into_iter().zip([at_zero, at_half, at_one, 0.0, 0.0]) {
            assert!((found - expected).abs() < 1e-15, "{found} is not {expected}");
        }
    }

    #[test]
    fn kernels() {
        check(Kernel::Uniform, 0.5, 0.5, 0.5);
        check(Kernel::Triangular, 1.0, 0.5, 0.0);
        check(Kernel::Quadratic, 0.75, 0.5625, 0.0);
        check(Kernel::Quartic, 0.9375, 0.527_343_75, 0.0);
        check(Kernel::Gaussian, 0.398_942_280_401_432_7, 0.352_065_326_764_299_5, 0.241_970_724_519_143_37);
    }

    #[test]
    fn a_region_at_the_bandwidth_is_a_neighbour_only_where_the_kernel_is_not_zero() {
        let links =
            |kernel| kernel_weights(&points(&[0.0, 4.0]), kernel, Bandwidth::Fixed(4.0)).unwrap().links();
        assert_eq!((links(Kernel::Triangular), links(Kernel::Uniform)), (0, 2));
    }

    #[test]
    fn an_adaptive_bandwidth_is_a_region_s_own() {
        let weights =
            kernel_weights(&points(&[0.0, 1.0, 10.0]), Kernel::Uniform, Bandwidth::Adaptive { k: 1 })
                .unwrap();
        assert_eq!(
            (weights.neighbours(0), weights.neighbours(1), weights.neighbours(2)),
            (&[1][..], &[0][..], &[1][..])
        );
        let widest =
            kernel_weights(&points(&[0.0, 1.0, 10.0]), Kernel::Uniform, Bandwidth::Widest { k: 1 }).unwrap();
        assert_eq!(widest.links(), 4);
        assert!(widest.is_symmetric());
    }

    #[test]
    fn bandwidths_that_cannot_be() {
        let refused =
            |at: &[f64], bandwidth| kernel_weights(&points(at), Kernel::Uniform, bandwidth).unwrap_err();
        let measure =
            |found: &str| SpatialError::UnusableMeasure { what: "bandwidth", found: found.to_owned() };
        assert_eq!(refused(&[0.0, 1.0], Bandwidth::Fixed(-1.0)), measure("-1"));
        assert_eq!(refused(&[0.0, 0.0, 1.0], Bandwidth::Adaptive { k: 1 }), measure("0"));
        let count = SpatialError::NearestCount { wanted: 2, regions: 2 };
        assert_eq!(refused(&[0.0, 1.0], Bandwidth::Widest { k: 2 }), count);
    }
}
