//! Who is whose neighbour.

use geo::Coord;

use crate::snap::snap;
use crate::{Feature, Layer};

/// What two regions must share to be neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contiguity {
    /// A vertex.
    Queen,
    /// An edge: both its end points.
    Rook,
}

/// Pairs of neighbours as places in the layer, each pair once with the smaller first, in order.
///
/// Vertices closer than `snap_tolerance` (in the units of the coordinates) count as one. What is shared is a
/// vertex of both outlines: where one region's corner meets the middle of another's edge, they do not share it.
///
/// ```
/// use icf_geometry::{Contiguity, Layer, contiguity};
/// let square = |id, x, y| format!(
///     r#"{{"type":"Feature","properties":{{"id":"{id}"}},"geometry":{{"type":"Polygon","coordinates":
///     [[[{x},{y}],[{0},{y}],[{0},{1}],[{x},{1}],[{x},{y}]]]}}}}"#, x + 1, y + 1);
/// let squares = [square("a", 0, 0), square("b", 1, 0), square("c", 0, 1)].join(",");
/// let layer = Layer::from_geojson(
///     &format!(r#"{{"type":"FeatureCollection","features":[{squares}]}}"#), "id").unwrap();
/// assert_eq!(contiguity(&layer, Contiguity::Queen, 0.0), [(0, 1), (0, 2), (1, 2)]);
/// assert_eq!(contiguity(&layer, Contiguity::Rook, 0.0), [(0, 1), (0, 2)]);
/// ```
#[must_use]
pub fn contiguity(layer: &Layer, rule: Contiguity, snap_tolerance: f64) -> Vec<(usize, usize)> {
    let mut vertices: Vec<Coord<f64>> = Vec::new();
    let mut rings: Vec<(usize, std::ops::Range<usize>)> = Vec::new();
    for (place, feature) in layer.features().iter().enumerate() {
        for ring in outlines(feature) {
            let start = vertices.len();
            vertices.extend_from_slice(ring);
            rings.push((place, start..vertices.len()));
        }
    }
    let numbers = snap(&vertices, snap_tolerance);
    match rule {
        Contiguity::Queen => {
            let vertex_of =
                rings.iter().flat_map(|(place, ring)| numbers[ring.clone()].iter().map(|n| (*n, *place)));
            sharers(vertex_of.collect())
        }
        Contiguity::Rook => {
            let edge_of = rings.iter().flat_map(|(place, ring)| {
                let ends = numbers[ring.clone()].windows(2).filter(|ends| ends[0] != ends[1]);
                ends.map(|ends| ((ends[0].min(ends[1]), ends[0].max(ends[1])), *place))
            });
            sharers(edge_of.collect())
        }
    }
}

fn outlines(feature: &Feature) -> impl Iterator<Item = &[Coord<f64>]> {
    feature.shape.0.iter().flat_map(|polygon| {
        std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(|ring| ring.0.as_slice())
    })
}

/// The pairs of regions that stand beside one and the same thing.
fn sharers<T: Ord + Copy>(mut things: Vec<(T, usize)>) -> Vec<(usize, usize)> {
    things.sort_unstable();
    things.dedup();
    let mut pairs = Vec::new();
    for same in things.chunk_by(|a, b| a.0 == b.0) {
        for (index, first) in same.iter().enumerate() {
            pairs.extend(same[index + 1..].iter().map(|second| (first.1, second.1)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

#[cfg(test)]
mod tests {
    use geo::{MultiPolygon, Rect};
    use icf_units::RegionId;

    use super::*;

    fn squares(corners: &[(f64, f64)]) -> Layer {
        let features = corners.iter().enumerate().map(|(index, &(x, y))| Feature {
            region: RegionId::new(&index.to_string()),
            shape: MultiPolygon::from(Rect::new((x, y), (x + 1.0, y + 1.0)).to_polygon()),
        });
        Layer { features: features.collect() }
    }

    #[track_caller]
    fn check(corners: &[(f64, f64)], rule: Contiguity, snap: f64, expected: &[(usize, usize)]) {
        assert_eq!(contiguity(&squares(corners), rule, snap), expected);
    }

    #[test]
    fn a_lattice_has_the_known_numbers_of_links() {
        let lattice: Vec<_> = (0..9).map(|cell| (f64::from(cell % 3), f64::from(cell / 3))).collect();
        assert_eq!(contiguity(&squares(&lattice), Contiguity::Rook, 0.0).len(), 12);
        assert_eq!(contiguity(&squares(&lattice), Contiguity::Queen, 0.0).len(), 20);
    }

    #[test]
    fn gaps_within_the_tolerance_are_closed() {
        check(&[(0.0, 0.0), (1.000_05, 0.0)], Contiguity::Rook, 0.0, &[]);
        check(&[(0.0, 0.0), (1.000_05, 0.0)], Contiguity::Rook, 0.000_1, &[(0, 1)]);
        check(&[(0.0, 0.0), (0.999_95, 0.0)], Contiguity::Queen, 0.000_1, &[(0, 1)]);
        check(&[(0.0, 0.0), (1.000_2, 0.0)], Contiguity::Queen, 0.000_1, &[]);
    }

    #[test]
    fn a_corner_on_the_middle_of_an_edge_is_not_shared() {
        check(&[(0.0, 0.0), (1.0, 0.5)], Contiguity::Queen, 0.0, &[]);
    }

    #[test]
    fn a_lone_region_and_an_empty_layer_have_no_pairs() {
        check(&[(0.0, 0.0)], Contiguity::Queen, 0.1, &[]);
        check(&[], Contiguity::Rook, 0.1, &[]);
    }
}
