//! Areas on the WGS84 ellipsoid between parallels and meridians.

/// Semi-major axis of WGS84, metres.
const A: f64 = 6_378_137.0;
/// Flattening of WGS84.
const F: f64 = 1.0 / 298.257_223_563;

/// The square metres between two parallels (degrees) over some degrees of longitude.
///
/// A = Δλ·a²(1−e²)/2 · [s/(1−e²s²) + artanh(e·s)/e], taken from the southern to the northern sine s of latitude
/// (Snyder 1987, equation 3-12, times a²/2). Both differences are written so that nothing cancels where the parallels
/// lie close together:
/// s₂−s₁ = 2·cos((φ₂+φ₁)/2)·sin((φ₂−φ₁)/2) and artanh x − artanh y = artanh((x−y)/(1−xy)).
///
/// The whole earth, from pole to pole:
/// ```
/// let earth = icf_landcover::ellipsoid::area_between(-90.0, 90.0, 360.0);
/// assert!((earth / 510_065_621_724_088.4 - 1.0).abs() < 1e-14);
/// ```
#[must_use]
pub fn area_between(south: f64, north: f64, width: f64) -> f64 {
    let e2 = F * (2.0 - F);
    let e = e2.sqrt();
    let (south, north) = (south.to_radians(), north.to_radians());
    let (low, high) = (south.sin(), north.sin());
    let rise = 2.0 * f64::midpoint(south, north).cos() * ((north - south) / 2.0).sin();
    let ratio = rise * (1.0 + e2 * low * high) / ((1.0 - e2 * low * low) * (1.0 - e2 * high * high));
    let logarithm = (e * rise / (1.0 - e2 * low * high)).atanh() / e;
    width.to_radians() * A * A * (1.0 - e2) / 2.0 * (ratio + logarithm)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_sum_to_the_whole() {
        let whole = area_between(-40.0, 35.0, 2.0);
        let parts: f64 = (0..7500)
            .map(|step| f64::from(step) / 100.0 - 40.0)
            .map(|low| area_between(low, low + 0.01, 2.0))
            .sum();
        assert!((parts / whole - 1.0).abs() < 1e-12, "{parts} {whole}");
    }
}
