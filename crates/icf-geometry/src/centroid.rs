//! Where a region is, as a point.

use geo::Centroid;
use icf_units::RegionId;

use crate::{Feature, Layer};

impl Feature {
    /// The area centroid of all its polygons together, holes left out, in the units of the coordinates.
    ///
    /// It is taken in the plane of the coordinates, as GeoDa and libpysal (by GEOS) do, and need not lie within the
    /// region. A region without extent has the centroid of its edges. None where there is no vertex.
    #[must_use]
    pub fn centroid(&self) -> Option<[f64; 2]> {
        self.shape.centroid().map(|centre| [centre.x(), centre.y()])
    }
}

impl Layer {
    /// The regions with their centroids, in order; see [`Feature::centroid`].
    #[must_use]
    pub fn centroids(&self) -> Vec<(RegionId, [f64; 2])> {
        let place = |feature: &Feature| Some((feature.region.clone(), feature.centroid()?));
        self.features.iter().filter_map(place).collect()
    }
}

#[cfg(test)]
mod tests {
    use geo::{MultiPolygon, Polygon, Rect};

    use super::*;

    #[track_caller]
    fn check(polygons: Vec<Polygon<f64>>, expected: Option<[f64; 2]>) {
        let feature = Feature { region: RegionId::new("a"), shape: MultiPolygon::new(polygons) };
        let layer = Layer { features: vec![feature] };
        let found: Vec<[f64; 2]> = layer.centroids().into_iter().map(|(_, at)| at).collect();
        match (found.as_slice(), expected) {
            ([found], Some(expected)) => {
                assert!((found[0] - expected[0]).hypot(found[1] - expected[1]) < 1e-14, "{found:?}");
            }
            (found, expected) => assert_eq!(found.first(), expected.as_ref()),
        }
    }

    #[test]
    fn centroids() {
        let square = |west: f64, side: f64| Rect::new((west, 0.0), (west + side, side)).to_polygon();
        check(vec![square(0.0, 2.0)], Some([1.0, 1.0]));
        // Areas 4 and 16: (4·1 + 16·12)/20 and (4·1 + 16·2)/20.
        check(vec![square(0.0, 2.0), square(10.0, 4.0)], Some([9.8, 1.8]));
        // A square of 16 around (2, 2) without one of 1 around (0.5, 0.5).
        let holed =
            Polygon::new(square(0.0, 4.0).exterior().clone(), vec![square(0.0, 1.0).exterior().clone()]);
        check(vec![holed], Some([31.5 / 15.0, 31.5 / 15.0]));
        check(vec![square(3.0, 0.0)], Some([3.0, 0.0]));
        check(vec![], None);
    }
}
