//! Where a region's label goes.

use geo::{Area, Centroid, MapCoords};

use crate::{Albers, Feature};

/// The centroid of a region's largest part on the projected sheet, in metres.
///
/// The largest part and not the whole, so that far islands do not pull a label out to sea. For a strongly bent
/// region it may still lie outside its outline. None where the region has no extent.
#[must_use]
pub fn label_point(feature: &Feature, projection: &Albers) -> Option<[f64; 2]> {
    let projected = feature.shape.map_coords(|at| projection.forward(at.x, at.y).into());
    let largest = projected.0.iter().max_by(|a, b| a.unsigned_area().total_cmp(&b.unsigned_area()))?;
    largest.centroid().map(|centre| [centre.x(), centre.y()])
}

#[cfg(test)]
mod tests {
    use geo::{MultiPolygon, Rect};
    use icf_units::RegionId;

    use super::*;

    #[test]
    fn the_label_sits_on_the_largest_part() {
        let large = Rect::new((104.0, 30.0), (106.0, 32.0)).to_polygon();
        let island = Rect::new((120.0, 10.0), (120.1, 10.1)).to_polygon();
        let feature = Feature { region: RegionId::new("a"), shape: MultiPolygon::new(vec![island, large]) };
        let [x, y] = label_point(&feature, &Albers::china()).unwrap();
        let [_, south] = Albers::china().forward(105.0, 30.0);
        let [_, north] = Albers::china().forward(105.0, 32.0);
        assert!(x.abs() < 1e-6 && y > south && y < north, "{x} {y}");
    }
}
