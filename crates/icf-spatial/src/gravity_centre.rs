//! The weighted mean centre of regions, its spread, and how it moves through the years.

use crate::SpatialError;

/// The weighted mean centre of a year and its standard deviational ellipse.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GravityCentre {
    /// x̄ = Σ w·x/W and ȳ = Σ w·y/W in metres, W = Σ w.
    pub centre: [f64; 2],
    /// Total weight W.
    pub weight: f64,
    /// Half the longer axis of the ellipse in metres: √λ₁, λ₁ ≥ λ₂ the eigenvalues of the weighted covariances
    /// Σ w·(x − x̄)(y − ȳ)/W.
    pub major: f64,
    /// Half the shorter axis in metres, √λ₂.
    pub minor: f64,
    /// Direction of the longer axis in degrees clockwise from north, in [0, 180); `None` for a circle or a
    /// point.
    pub angle: Option<f64>,
}

/// How a centre moves to that of a later year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CentreMove {
    /// Distance in kilometres.
    pub kilometres: f64,
    /// Direction in degrees clockwise from north, in [0, 360); `None` when the centre stays.
    pub bearing: Option<f64>,
}

/// Centres through the years.
#[derive(Clone, Debug, PartialEq)]
pub struct GravityTrack {
    /// One a year; `None` in a year without weight.
    pub centres: Vec<Option<GravityCentre>>,
    /// From each year to the next; `None` when either has no centre.
    pub moves: Vec<Option<CentreMove>>,
    /// From the first year that has a centre to the last.
    pub overall: Option<CentreMove>,
    /// The whole way in kilometres, over the years that have a centre.
    pub path_kilometres: f64,
}

impl GravityCentre {
    /// Area of the ellipse in square kilometres, π·√λ₁·√λ₂.
    #[must_use]
    pub fn area(&self) -> f64 {
        std::f64::consts::PI * self.major * self.minor / 1e6
    }

    /// Half axes (major, minor) times √(2·n/(n − 2)), as CrimeStat prints them for n points; `None` for n < 3.
    /// ArcGIS multiplies by √2 alone.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of regions are far below 2^53")]
    pub fn crimestat_axes(&self, n: usize) -> Option<(f64, f64)> {
        let factor = (n > 2).then(|| (2.0 * n as f64 / (n - 2) as f64).sqrt())?;
        Some((factor * self.major, factor * self.minor))
    }

    /// How the centre moves to another.
    #[must_use]
    pub fn to(&self, later: &Self) -> CentreMove {
        let (east, north) = (later.centre[0] - self.centre[0], later.centre[1] - self.centre[1]);
        let size = self.centre.iter().chain(&later.centre).fold(0.0_f64, |size, x| size.max(x.abs()));
        // Nearer than the rounding of the coordinates is the same place.
        let metres = east.hypot(north);
        if metres <= 1e-12 * size {
            return CentreMove { kilometres: 0.0, bearing: None };
        }
        CentreMove { kilometres: metres / 1000.0, bearing: Some(turn(east.atan2(north).to_degrees(), 360.0)) }
    }
}

/// The weighted mean centre of points in projected coordinates (x east, y north, in metres), and its standard
/// deviational ellipse. `None` when the weights are all zero or missing.
///
/// The ellipse is that of Yuill: the axes are standard deviations along them, divided by W and without the
/// factor √2 that ArcGIS (√2) and CrimeStat (√(2n/(n − 2))) put in.
///
/// ```
/// use icf_spatial::gravity_centre;
/// let points = [[0.0, 0.0], [4000.0, 0.0], [2000.0, 1000.0], [2000.0, -1000.0]];
/// let found = gravity_centre(&points, &[Some(1.0); 4]).unwrap().unwrap();
/// assert_eq!(found.centre, [2000.0, 0.0]);
/// // Variances (4 + 4)/4 and (1 + 1)/4 in km²; the longer axis points east.
/// assert!((found.major - 2e6_f64.sqrt()).abs() < 1e-9 && (found.minor - 5e5_f64.sqrt()).abs() < 1e-9);
/// assert_eq!(found.angle, Some(90.0));
/// ```
///
/// Source: Lefever 1926, Am. J. Sociol. 32, 88–94; Yuill 1971, Geografiska Annaler B 53, 28–39.
///
/// # Errors
/// When a weight is negative or not finite.
///
/// # Panics
/// When there is another number of weights than points.
pub fn gravity_centre(
    points: &[[f64; 2]],
    weights: &[Option<f64>],
) -> Result<Option<GravityCentre>, SpatialError> {
    assert_eq!(points.len(), weights.len(), "there is one weight a point");
    let is_wrong = |weight: &Option<f64>| weight.is_some_and(|weight| !weight.is_finite() || weight < 0.0);
    if let Some(place) = weights.iter().position(is_wrong) {
        return Err(SpatialError::Weight(place));
    }
    let weighted: Vec<([f64; 2], f64)> =
        points.iter().zip(weights).filter_map(|(point, weight)| Some((*point, (*weight)?))).collect();
    let weight: f64 = weighted.iter().map(|(_, weight)| weight).sum();
    if weight <= 0.0 {
        return Ok(None);
    }
    // Measured from one of the points first, so that a false easting costs no digits.
    let origin = weighted[0].0;
    let mean = |axis: usize| {
        weighted.iter().map(|(point, weight)| weight * (point[axis] - origin[axis])).sum::<f64>() / weight
    };
    let shift = [mean(0), mean(1)];
    let covariance = |a: usize, b: usize| {
        let off = |point: &[f64; 2], axis: usize| point[axis] - origin[axis] - shift[axis];
        weighted.iter().map(|(point, weight)| weight * off(point, a) * off(point, b)).sum::<f64>() / weight
    };
    let (east, north, both) = (covariance(0, 0), covariance(1, 1), covariance(0, 1));
    let (mid, half) = (f64::midpoint(east, north), ((east - north) / 2.0).hypot(both));
    let major = (mid + half).sqrt();
    // λ₂ = det/λ₁ keeps the digits that mid − half would lose.
    let minor =
        if mid + half > 0.0 { ((east * north - both * both) / (mid + half)).max(0.0).sqrt() } else { 0.0 };
    let angle =
        (half > 1e-12 * mid).then(|| turn(90.0 - both.atan2((east - north) / 2.0).to_degrees() / 2.0, 180.0));
    let centre = [origin[0] + shift[0], origin[1] + shift[1]];
    Ok(Some(GravityCentre { centre, weight, major, minor, angle }))
}

/// The weighted mean centres of points through the years, with the weights year by year in the order of the
/// points.
///
/// ```
/// use icf_spatial::gravity_track;
/// let points = [[0.0, 0.0], [8000.0, 0.0]];
/// let track = gravity_track(&points, &[vec![Some(1.0); 2], vec![Some(1.0), Some(3.0)]]).unwrap();
/// let moved = track.overall.unwrap();
/// assert_eq!((moved.kilometres, moved.bearing), (2.0, Some(90.0)));
/// ```
///
/// # Errors
/// When a weight is negative or not finite.
///
/// # Panics
/// When a year has another number of weights than there are points.
pub fn gravity_track(points: &[[f64; 2]], years: &[Vec<Option<f64>>]) -> Result<GravityTrack, SpatialError> {
    let centres: Vec<Option<GravityCentre>> =
        years.iter().map(|weights| gravity_centre(points, weights)).collect::<Result<_, _>>()?;
    let moves = centres.windows(2).map(|pair| Some(pair[0].as_ref()?.to(pair[1].as_ref()?))).collect();
    let known: Vec<&GravityCentre> = centres.iter().flatten().collect();
    let overall = (known.len() > 1).then(|| known[0].to(known[known.len() - 1]));
    let path_kilometres = known.windows(2).map(|pair| pair[0].to(pair[1]).kilometres).sum();
    Ok(GravityTrack { overall, path_kilometres, moves, centres })
}

/// An angle brought into [0, whole); rounding may not leave it at the whole.
fn turn(angle: f64, whole: f64) -> f64 {
    let turned = angle.rem_euclid(whole);
    if whole - turned <= 1e-12 * whole { 0.0 } else { turned }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn centre(points: &[[f64; 2]]) -> GravityCentre {
        gravity_centre(points, &vec![Some(1.0); points.len()]).unwrap().unwrap()
    }

    #[track_caller]
    fn check_bearing(to: [f64; 2], kilometres: f64, bearing: Option<f64>) {
        let found = centre(&[[1e6, 1e6]]).to(&centre(&[[1e6 + to[0], 1e6 + to[1]]]));
        assert_eq!((found.kilometres, found.bearing), (kilometres, bearing));
    }

    #[test]
    fn bearings() {
        check_bearing([0.0, 1000.0], 1.0, Some(0.0));
        check_bearing([3000.0, 0.0], 3.0, Some(90.0));
        check_bearing([0.0, -500.0], 0.5, Some(180.0));
        check_bearing([-1000.0, 0.0], 1.0, Some(270.0));
        check_bearing([0.0, 0.0], 0.0, None);
    }

    #[test]
    fn axes() {
        let north_east = centre(&[[0.0, 0.0], [1.0, 1.0]]);
        assert!((north_east.angle.unwrap() - 45.0).abs() < 1e-12 && north_east.minor == 0.0);
        let north_west = centre(&[[0.0, 0.0], [-1.0, 1.0]]);
        assert!((north_west.angle.unwrap() - 135.0).abs() < 1e-12);
        assert_eq!(centre(&[[0.0, 0.0], [0.0, 2.0]]).angle, Some(0.0));
        let round = centre(&[[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]]);
        assert_eq!((round.angle, round.major), (None, 0.5_f64.sqrt()));
        assert_eq!((centre(&[[5.0, 5.0]]).angle, centre(&[[5.0, 5.0]]).major), (None, 0.0));
        // A square turned by 0.3 radians is as round, but for rounding.
        let (sin, cos) = 0.3_f64.sin_cos();
        let turned = centre(&[[cos, sin], [-cos, -sin], [-sin, cos], [sin, -cos]]);
        assert_eq!(turned.angle, None);
        assert_eq!(round.crimestat_axes(4).map(|axes| axes.0), Some(2.0 * 0.5_f64.sqrt()));
        assert_eq!(round.crimestat_axes(2), None);
    }

    /// `pointpats.centrography.ellipse(points, weights, "yuill", crimestatCorr=False, degfreedCorr=False)`
    /// and `"crimestat"`, pointpats 2.5.5; its angle is that of the longer axis counter-clockwise from east
    /// in radians.
    #[test]
    fn the_ellipse_of_pointpats() {
        let points = [
            [66.22, 32.54],
            [22.52, 22.39],
            [31.01, 81.21],
            [9.47, 31.02],
            [30.78, 60.10],
            [75.21, 58.93],
            [79.26, 7.68],
            [8.23, 39.93],
            [98.73, 77.17],
            [89.78, 42.53],
            [65.19, 92.08],
        ];
        let weights: Vec<_> = (1..=11).map(|weight| Some(f64::from(weight))).collect();
        let close = |found: f64, expected: f64| {
            assert!((found - expected).abs() <= 1e-12 * expected.abs(), "{found} is not {expected}");
        };
        for (weights, expected) in [(vec![Some(1.0); 11], UNWEIGHTED), (weights, WEIGHTED)] {
            let found = gravity_centre(&points, &weights).unwrap().unwrap();
            let crimestat = found.crimestat_axes(11).unwrap();
            let [x, y, major, minor, angle, major_crimestat, minor_crimestat] = expected;
            close(found.centre[0], x);
            close(found.centre[1], y);
            close(found.major, major);
            close(found.minor, minor);
            close(found.angle.unwrap(), 90.0 - angle.to_degrees());
            close(crimestat.0, major_crimestat);
            close(crimestat.1, minor_crimestat);
        }
    }

    const UNWEIGHTED: [f64; 7] = [
        52.400000000000006,
        49.59818181818182,
        32.063444153774746,
        24.274325760904844,
        0.3465582095042642,
        50.13029459102783,
        37.95222670267865,
    ];
    const WEIGHTED: [f64; 7] = [
        60.17348484848485,
        54.621515151515155,
        33.05550228429486,
        25.11301898368538,
        0.3790713600479132,
        51.681349621045335,
        39.26350000594096,
    ];

    #[test]
    fn years_without_weight_are_gaps() {
        let points = [[0.0, 0.0], [2000.0, 0.0]];
        let track =
            gravity_track(&points, &[vec![Some(1.0), None], vec![Some(0.0), None], vec![None, Some(5.0)]])
                .unwrap();
        assert_eq!((track.centres[1], track.moves.as_slice()), (None, [None, None].as_slice()));
        assert_eq!((track.overall.unwrap().kilometres, track.path_kilometres), (2.0, 2.0));
        assert_eq!(gravity_centre(&points, &[Some(1.0), Some(-1.0)]), Err(SpatialError::Weight(1)));
    }
}
