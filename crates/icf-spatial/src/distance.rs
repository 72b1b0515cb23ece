//! How far two points are from each other.

/// The mean radius R₁ = (2a + b)/3 of the Earth in km (Moritz 2000, Geodetic Reference System 1980, J. Geodesy 74).
///
/// libpysal takes 6371.0, so its great-circle distances are 1.4 millionths shorter.
pub const EARTH_RADIUS_KM: f64 = 6371.0088;

/// How far two points are from each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Distance {
    /// √(Δx² + Δy²), in the units of the coordinates.
    #[default]
    Planar,
    /// On a sphere, in km; points are (longitude, latitude) in degrees.
    GreatCircle,
}

impl Distance {
    /// The distance between two points, the same in both directions.
    ///
    /// On the sphere by the haversine formula, d = 2R·asin √(sin²(Δφ/2) + cos φ₁·cos φ₂·sin²(Δλ/2)), with R
    /// [`EARTH_RADIUS_KM`] (Sinnott 1984, Virtues of the haversine, Sky and Telescope 68).
    ///
    /// ```
    /// use icf_spatial::{Distance, EARTH_RADIUS_KM};
    /// assert_eq!(Distance::Planar.between([0.0, 0.0], [3.0, 4.0]), 5.0);
    /// let quarter = Distance::GreatCircle.between([0.0, 0.0], [90.0, 0.0]);
    /// assert!((quarter - EARTH_RADIUS_KM * std::f64::consts::FRAC_PI_2).abs() < 1e-9);
    /// ```
    #[must_use]
    pub fn between(self, a: [f64; 2], b: [f64; 2]) -> f64 {
        match self {
            Self::Planar => ((a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2)).sqrt(),
            Self::GreatCircle => {
                let half_sine = |a: f64, b: f64| ((b - a).to_radians() / 2.0).sin();
                let (lat, lon) = (half_sine(a[1], b[1]), half_sine(a[0], b[0]));
                let cosines = a[1].to_radians().cos() * b[1].to_radians().cos();
                let squared = lat * lat + cosines * (lon * lon);
                2.0 * EARTH_RADIUS_KM * squared.min(1.0).sqrt().asin()
            }
        }
    }

    /// Whether a point is finite and, on the globe, a longitude and a latitude. Longitudes may run to 360.
    pub(crate) fn can_place(self, [x, y]: [f64; 2]) -> bool {
        match self {
            Self::Planar => x.is_finite() && y.is_finite(),
            Self::GreatCircle => x.abs() <= 360.0 && y.abs() <= 90.0,
        }
    }

    /// The point where straight lines rank distances as this does: on the unit sphere the chord grows with the arc.
    pub(crate) fn embed(self, [x, y]: [f64; 2]) -> [f64; 3] {
        match self {
            Self::Planar => [x, y, 0.0],
            Self::GreatCircle => {
                let ((sin_lon, cos_lon), (sin_lat, cos_lat)) =
                    (x.to_radians().sin_cos(), y.to_radians().sin_cos());
                [cos_lat * cos_lon, cos_lat * sin_lon, sin_lat]
            }
        }
    }

    /// A straight line between embedded points that is not shorter than any at this distance, rounding included.
    pub(crate) fn reach(self, distance: f64) -> f64 {
        match self {
            Self::Planar => distance * (1.0 + 1e-12),
            Self::GreatCircle => {
                let half_angle = (distance / EARTH_RADIUS_KM / 2.0).min(std::f64::consts::FRAC_PI_2);
                2.0 * half_angle.sin() * (1.0 + 1e-9) + 1e-14
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(a: [f64; 2], b: [f64; 2], km: f64) {
        let there = Distance::GreatCircle.between(a, b);
        assert!((there - km).abs() <= 1e-12 * km, "{there}");
        assert_eq!(there, Distance::GreatCircle.between(b, a));
    }

    /// Expected values: the arc by atan2(|a×b|, a·b) with 50 digits (mpmath).
    #[test]
    fn arcs() {
        check([116.4, 39.9], [121.5, 31.2], 1_071.287_259_317_275_4);
        check([116.4, 39.9], [116.400_001, 39.900_001], 0.000_140_147_376_932_957_27);
        check([179.5, 10.0], [-179.5, -10.0], 2_226.651_497_268_28);
        check([0.0, 90.0], [57.0, 89.0], EARTH_RADIUS_KM * 1f64.to_radians());
    }

    #[test]
    fn the_date_line_is_no_border() {
        let across = Distance::GreatCircle.between([179.5, 0.0], [-179.5, 0.0]);
        assert!((across - EARTH_RADIUS_KM * 1f64.to_radians()).abs() < 1e-9);
    }

    #[test]
    fn places_on_the_globe() {
        assert!(Distance::GreatCircle.can_place([359.0, -90.0]));
        assert!(!Distance::GreatCircle.can_place([0.0, 91.0]));
        assert!(!Distance::GreatCircle.can_place([f64::NAN, 0.0]));
        assert!(Distance::Planar.can_place([5e5, 4e6]));
        assert!(!Distance::Planar.can_place([f64::INFINITY, 0.0]));
    }
}
