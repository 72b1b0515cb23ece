//! The equal-area conic projection.

use crate::Bounds;

/// Semi-major axis of WGS84, metres.
const A: f64 = 6_378_137.0;
/// Flattening of WGS84.
const F: f64 = 1.0 / 298.257_223_563;
/// Parallels and centre of the usual Albers map of China, and the box of coordinates it is meant for.
const CHINA: (f64, f64, f64) = (25.0, 47.0, 105.0);
const CHINA_BOX: Bounds = Bounds { west: 73.0, south: 3.0, east: 136.0, north: 54.0 };

/// Albers' equal-area conic projection, forward and inverse, on the WGS84 ellipsoid.
///
/// Source: Snyder (1987), Map projections: a working manual, USGS Professional Paper 1395, equations 3-12 and
/// 14-1 to 14-15, p. 101:
///
/// q(φ) = (1−e²)·[sin φ/(1−e²sin²φ) − ln((1−e·sin φ)/(1+e·sin φ))/(2e)], n = (m₁²−m₂²)/(q₂−q₁),
/// C = m₁²+n·q₁, ρ = a·√(C−n·q)/n, θ = n·(λ−λ₀), x = ρ·sin θ, y = ρ₀−ρ·cos θ.
///
/// ```
/// let [x, y] = icf_geometry::Albers::china().forward(105.0, 0.0);
/// assert_eq!((x, y), (0.0, 0.0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Albers {
    central_meridian: f64,
    n: f64,
    c: f64,
    rho0: f64,
}

impl Albers {
    /// The projection with two standard parallels and a central meridian, in degrees; y counts from the equator.
    ///
    /// `None` when the parallels mirror each other at the equator: the cone opens to a cylinder there.
    #[must_use]
    pub fn new(parallel_1: f64, parallel_2: f64, central_meridian: f64) -> Option<Self> {
        let e2 = F * (2.0 - F);
        let m2 = |latitude: f64| {
            let sin = latitude.to_radians().sin();
            (1.0 - sin * sin) / (1.0 - e2 * sin * sin)
        };
        let (q1, q2) = (q(parallel_1), q(parallel_2));
        let n = if (parallel_1 - parallel_2).abs() < 1e-9 {
            parallel_1.to_radians().sin()
        } else {
            (m2(parallel_1) - m2(parallel_2)) / (q2 - q1)
        };
        if n.abs() < 1e-9 {
            return None;
        }
        let c = m2(parallel_1) + n * q1;
        Some(Self { central_meridian, n, c, rho0: A * c.max(0.0).sqrt() / n })
    }

    /// The central meridian, degrees.
    #[must_use]
    pub fn central_meridian(&self) -> f64 {
        self.central_meridian
    }

    /// The usual map of China: parallels 25° and 47°, centre 105° E.
    #[must_use]
    pub fn china() -> Self {
        Self::new(CHINA.0, CHINA.1, CHINA.2).expect("the parallels lie on one side of the equator")
    }

    /// A projection fit for a box: the map of China within China, else parallels a sixth of the height from the
    /// box's edges (Snyder 1987, p. 99) and its middle meridian.
    #[must_use]
    pub fn fit(bounds: Bounds) -> Self {
        let within_china = bounds.west >= CHINA_BOX.west
            && bounds.east <= CHINA_BOX.east
            && bounds.south >= CHINA_BOX.south
            && bounds.north <= CHINA_BOX.north;
        if within_china {
            return Self::china();
        }
        let sixth = (bounds.north - bounds.south) / 6.0;
        let middle = f64::midpoint(bounds.west, bounds.east);
        Self::new(bounds.south + sixth, bounds.north - sixth, middle)
            .or_else(|| Self::new(bounds.south + sixth, bounds.north - sixth + 1.0, middle))
            .expect("parallels that mirrored each other no longer do when one is moved by a degree")
    }

    /// A projection fit for some longitudes and latitudes; see [`Albers::fit`].
    #[must_use]
    pub fn around(places: &[[f64; 2]]) -> Self {
        let extreme =
            |axis: usize, of: fn(f64, f64) -> f64| places.iter().map(|at| at[axis]).reduce(of).unwrap_or(0.0);
        Self::fit(Bounds {
            west: extreme(0, f64::min),
            south: extreme(1, f64::min),
            east: extreme(0, f64::max),
            north: extreme(1, f64::max),
        })
    }

    /// The place of a longitude and latitude (degrees) on the sheet: metres east of the central meridian and
    /// north of the equator.
    #[must_use]
    pub fn forward(&self, longitude: f64, latitude: f64) -> [f64; 2] {
        let mut east = longitude - self.central_meridian;
        if east.abs() > 180.0 {
            east -= 360.0 * east.signum();
        }
        let theta = self.n * east.to_radians();
        let rho = A * (self.c - self.n * q(latitude)).max(0.0).sqrt() / self.n;
        [rho * theta.sin(), self.rho0 - rho * theta.cos()]
    }

    /// The longitude and latitude (degrees) of a place on the sheet.
    ///
    /// Source: Snyder (1987), equations 14-8 to 14-19, with 3-16 for the latitude of a q.
    ///
    /// ```
    /// let sheet = icf_geometry::Albers::china();
    /// let [longitude, latitude] = sheet.inverse(sheet.forward(116.4, 39.9));
    /// assert!((longitude - 116.4).abs() < 1e-12 && (latitude - 39.9).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn inverse(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let side = self.n.signum();
        let down = self.rho0 - y;
        let rho = x.hypot(down);
        let theta = (side * x).atan2(side * down);
        let q = (self.c - (rho * self.n / A).powi(2)) / self.n;
        [self.central_meridian + (theta / self.n).to_degrees(), latitude(q)]
    }
}

/// The latitude in degrees of a q, by Newton's steps (3-16); the poles beyond their q.
fn latitude(of: f64) -> f64 {
    let pole = q(90.0);
    if of.abs() >= pole {
        return 90.0_f64.copysign(of);
    }
    let e2 = F * (2.0 - F);
    let mut phi = (of / 2.0).asin();
    for _ in 0..STEPS {
        let sin = phi.sin();
        let bent = 1.0 - e2 * sin * sin;
        phi += (of - q(phi.to_degrees())) * bent * bent / (2.0 * (1.0 - e2) * phi.cos());
    }
    phi.to_degrees()
}

/// The error falls from 10⁻³ by the flattening with each step, so that six reach the last digit.
const STEPS: usize = 6;

/// Snyder's q of a latitude in degrees (3-12).
fn q(latitude: f64) -> f64 {
    let e2 = F * (2.0 - F);
    let e = e2.sqrt();
    let sin = latitude.to_radians().sin();
    (1.0 - e2) * (sin / (1.0 - e2 * sin * sin) - ((1.0 - e * sin) / (1.0 + e * sin)).ln() / (2.0 * e))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Expected values: pyproj 3.7, `+proj=aea +lat_1=25 +lat_2=47 +lat_0=0 +lon_0=105 +ellps=WGS84`.
    #[track_caller]
    fn check(longitude: f64, latitude: f64, expected: [f64; 2]) {
        let [x, y] = Albers::china().forward(longitude, latitude);
        assert!((x - expected[0]).abs() < 1e-5 && (y - expected[1]).abs() < 1e-5, "{x} {y}");
        let [back_east, back_north] = Albers::china().inverse([x, y]);
        assert!((back_east - longitude).abs() < 1e-12 * 180.0 && (back_north - latitude).abs() < 1e-11);
    }

    #[test]
    fn a_southern_cone_is_inverted_too() {
        let sheet = Albers::new(-20.0, -40.0, 135.0).unwrap();
        let [longitude, latitude] = sheet.inverse(sheet.forward(149.1, -35.3));
        assert!(
            (longitude - 149.1).abs() < 1e-11 && (latitude + 35.3).abs() < 1e-11,
            "{longitude} {latitude}"
        );
    }

    #[test]
    fn agrees_with_proj() {
        check(116.3913, 39.9075, [955_615.497_414, 4_344_297.623_694]);
        check(73.5, 39.25, [-2_627_300.155_482, 4_635_475.978_551]);
        check(135.05, 48.4, [2_204_482.475_144, 5_576_874.918_168]);
        check(109.5, 18.2, [487_841.543_144, 1_880_796.597_5]);
        check(121.4737, 31.2304, [1_540_463.814_827, 3_437_942.112_406]);
    }

    #[test]
    fn longitudes_wrap() {
        assert_eq!(Albers::china().forward(116.0 - 360.0, 40.0), Albers::china().forward(116.0, 40.0));
    }

    #[test]
    fn parallels_that_mirror_each_other_make_no_cone() {
        assert!(Albers::new(-10.0, 10.0, 0.0).is_none());
        let around_the_equator = Bounds { west: 0.0, south: -6.0, east: 6.0, north: 6.0 };
        assert!(Albers::fit(around_the_equator).forward(3.0, 3.0)[1].is_finite());
    }

    #[test]
    fn a_box_outside_china_gets_its_own_parallels() {
        let europe = Bounds { west: -10.0, south: 36.0, east: 30.0, north: 72.0 };
        assert_eq!(Some(Albers::fit(europe)), Albers::new(42.0, 66.0, 10.0));
        let guangdong = Bounds { west: 109.0, south: 20.0, east: 118.0, north: 26.0 };
        assert_eq!(Albers::fit(guangdong), Albers::china());
    }
}
