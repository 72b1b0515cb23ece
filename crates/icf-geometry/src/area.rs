//! Areas on the ellipsoid.

use geo::{GeodesicArea, LineString, Polygon};
use icf_units::Hectares;

use crate::Feature;

const SQUARE_METRES_PER_HECTARE: f64 = 10_000.0;

impl Feature {
    /// The area of the polygons on the WGS84 ellipsoid, edges taken as geodesics, holes left out.
    ///
    /// Algorithm: Karney (2013), Algorithms for geodesics, J. Geodesy 87, 43–55. Vertices are joined by geodesics
    /// and not by parallels, so a box of ten degrees is smaller than between its parallels.
    #[must_use]
    pub fn area(&self) -> Hectares {
        let square_metres: f64 = self
            .shape
            .0
            .iter()
            .map(|polygon| {
                polygon
                    .interiors()
                    .iter()
                    .fold(ring_area(polygon.exterior()), |area, hole| area - ring_area(hole))
            })
            .sum();
        Hectares::new(square_metres / SQUARE_METRES_PER_HECTARE)
    }
}

/// Square metres within a ring, whichever way it is wound.
fn ring_area(ring: &LineString<f64>) -> f64 {
    Polygon::new(ring.clone(), Vec::new()).geodesic_area_signed().abs()
}

#[cfg(test)]
mod tests {
    use geo::{MultiPolygon, Rect};
    use icf_units::RegionId;

    use super::*;

    fn feature(polygon: Polygon<f64>) -> Feature {
        Feature { region: RegionId::new("a"), shape: MultiPolygon::from(polygon) }
    }

    /// Expected values: `pyproj.Geod(ellps="WGS84").polygon_area_perimeter` of pyproj 3.7, in m².
    #[track_caller]
    fn check(box_: ((f64, f64), (f64, f64)), square_metres: f64) {
        let area = feature(Rect::new(box_.0, box_.1).to_polygon()).area().get() * 10_000.0;
        assert!((area / square_metres - 1.0).abs() < 1e-12, "{area}");
    }

    #[test]
    fn agrees_with_geographiclib() {
        check(((110.0, 30.0), (111.0, 31.0)), 10_642_455_822.326_6);
        check(((0.0, 50.0), (10.0, 60.0)), 709_651_946_744.173_8);
    }

    #[test]
    fn a_hole_is_left_out() {
        let shell = Rect::new((0.0, 50.0), (10.0, 60.0)).to_polygon();
        let hole = Rect::new((2.0, 52.0), (3.0, 53.0)).to_polygon();
        let holed = Polygon::new(shell.exterior().clone(), vec![hole.exterior().clone()]);
        let expected = feature(shell).area().get() - feature(hole).area().get();
        assert!((feature(holed).area().get() / expected - 1.0).abs() < 1e-12);
    }
}
