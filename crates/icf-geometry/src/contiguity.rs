//! Who is whose neighbour.

use geo::Coord;

use crate::numbering::Numbering;
use crate::snap::snap;
use crate::touch::touching;
use crate::{Feature, GeometryError, Layer};

/// What two regions must share to be neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contiguity {
    /// A vertex.
    Queen,
    /// An edge: both its end points.
    Rook,
    /// Any point of their outlines: also where a corner of one meets the middle of an edge of the other, or where
    /// outlines cross. A region that lies within another without touching its outline is no neighbour of it.
    Overlap,
}

/// Pairs of neighbours as places in the layer, each pair once with the smaller first, in order.
///
/// Vertices closer than `snap_tolerance` (in the units of the coordinates) count as one; for
/// [`Contiguity::Overlap`] outlines as close as that touch. With queen and rook what is shared is a vertex of both
/// outlines: where one region's corner meets the middle of another's edge, they do not share it. Overlap without a
/// tolerance is exact, and a vertex computed to lie on an edge mostly lies beside it by rounding: give a small
/// tolerance.
///
/// ```
/// use icf_geometry::{Contiguity, Layer, contiguity};
/// let square = |id, x, y| format!(
///     r#"{{"type":"Feature","properties":{{"id":"{id}"}},"geometry":{{"type":"Polygon","coordinates":
///     [[[{x},{y}],[{0},{y}],[{0},{1}],[{x},{1}],[{x},{y}]]]}}}}"#, x + 1, y + 1);
/// let squares = [square("a", 0, 0), square("b", 1, 0), square("c", 0, 1)].join(",");
/// let layer = Layer::from_geojson(
///     &format!(r#"{{"type":"FeatureCollection","features":[{squares}]}}"#), "id").unwrap();
/// assert_eq!(contiguity(&layer, Contiguity::Queen, 0.0).unwrap(), [(0, 1), (0, 2), (1, 2)]);
/// assert_eq!(contiguity(&layer, Contiguity::Rook, 0.0).unwrap(), [(0, 1), (0, 2)]);
/// assert!(contiguity(&layer, Contiguity::Queen, 1.0).is_err());
/// ```
///
/// # Errors
/// When the tolerance is negative or not finite, or so large that it merges whole regions into a point: all of one's
/// vertices, by way of others or not, become one. These are named.
pub fn contiguity(
    layer: &Layer,
    rule: Contiguity,
    snap_tolerance: f64,
) -> Result<Vec<(usize, usize)>, GeometryError> {
    if !snap_tolerance.is_finite() || snap_tolerance < 0.0 {
        return Err(GeometryError::SnapTolerance(snap_tolerance.to_string()));
    }
    let mut vertices: Vec<Coord<f64>> = Vec::new();
    let mut rings: Vec<(usize, std::ops::Range<usize>)> = Vec::new();
    for (place, feature) in layer.features().iter().enumerate() {
        for ring in feature.outlines() {
            let start = vertices.len();
            vertices.extend_from_slice(ring);
            rings.push((place, start..vertices.len()));
        }
    }
    let numbers = snap(&vertices, snap_tolerance);
    refuse_merged(layer, &vertices, &numbers, &rings, snap_tolerance)?;

    let queen = || {
        let vertex_of = |(place, ring): &(usize, std::ops::Range<usize>)| {
            let place = *place;
            numbers[ring.clone()].iter().map(move |number| (*number, place))
        };
        sharers(numbers.len(), rings.iter().flat_map(vertex_of))
    };
    Ok(match rule {
        Contiguity::Queen => queen(),
        Contiguity::Rook => {
            let mut numbering = Numbering::with_capacity(numbers.len() / 2);
            let mut edges: Vec<(usize, usize)> = Vec::with_capacity(numbers.len());
            for (place, ring) in &rings {
                for ends in numbers[ring.clone()].windows(2).filter(|ends| ends[0] != ends[1]) {
                    let (low, high) = (ends[0].min(ends[1]) as u64, ends[0].max(ends[1]) as u64);
                    edges.push((numbering.number(low, high), *place));
                }
            }
            sharers(edges.len(), edges.iter().copied())
        }
        Contiguity::Overlap => touching(layer, queen(), snap_tolerance),
    })
}

/// Refuses a tolerance that makes a point of a region that has an extent.
fn refuse_merged(
    layer: &Layer,
    vertices: &[Coord<f64>],
    numbers: &[usize],
    rings: &[(usize, std::ops::Range<usize>)],
    tolerance: f64,
) -> Result<(), GeometryError> {
    let mut merged = Vec::new();
    for of_one in rings.chunk_by(|a, b| a.0 == b.0) {
        let (place, first) = (of_one[0].0, of_one[0].1.start);
        let all = || of_one.iter().flat_map(|(_, ring)| ring.clone());
        if all().all(|vertex| numbers[vertex] == numbers[first])
            && all().any(|vertex| vertices[vertex] != vertices[first])
        {
            merged.push(layer.features()[place].region.clone());
        }
    }
    if merged.is_empty() { Ok(()) } else { Err(GeometryError::SnapMerges { tolerance, regions: merged }) }
}

impl Feature {
    /// The rings of its polygons, shells and holes.
    pub(crate) fn outlines(&self) -> impl Iterator<Item = &[Coord<f64>]> {
        self.shape.0.iter().flat_map(|polygon| {
            std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(|ring| ring.0.as_slice())
        })
    }
}

/// The pairs of regions that stand beside one and the same thing; things are numbers below a limit, and come by
/// region.
fn sharers(limit: usize, things: impl Iterator<Item = (usize, usize)> + Clone) -> Vec<(usize, usize)> {
    let mut starts = vec![0; limit + 1];
    for (thing, _) in things.clone() {
        starts[thing + 1] += 1;
    }
    for thing in 0..limit {
        starts[thing + 1] += starts[thing];
    }
    let mut ends = starts.clone();
    let mut regions = vec![0; starts[limit]];
    for (thing, region) in things {
        // A region that comes back to a thing stands beside it once.
        if ends[thing] == starts[thing] || regions[ends[thing] - 1] != region {
            regions[ends[thing]] = region;
            ends[thing] += 1;
        }
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for thing in 0..limit {
        let beside = &regions[starts[thing]..ends[thing]];
        for (index, first) in beside.iter().enumerate() {
            for second in &beside[index + 1..] {
                if pairs.last() != Some(&(*first, *second)) {
                    pairs.push((*first, *second));
                }
            }
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
        assert_eq!(contiguity(&squares(corners), rule, snap).unwrap(), expected);
    }

    #[test]
    fn a_lattice_has_the_known_numbers_of_links() {
        let lattice: Vec<_> = (0..9).map(|cell| (f64::from(cell % 3), f64::from(cell / 3))).collect();
        assert_eq!(contiguity(&squares(&lattice), Contiguity::Rook, 0.0).unwrap().len(), 12);
        assert_eq!(contiguity(&squares(&lattice), Contiguity::Queen, 0.0).unwrap().len(), 20);
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

    #[test]
    fn overlap_takes_every_touch() {
        use Contiguity::Overlap;
        check(&[(0.0, 0.0), (1.0, 0.5)], Overlap, 0.0, &[(0, 1)]);
        check(&[(0.0, 0.0), (1.000_05, 0.5)], Overlap, 0.0, &[]);
        check(&[(0.0, 0.0), (1.000_05, 0.5)], Overlap, 0.000_1, &[(0, 1)]);
        check(&[(0.0, 0.0), (0.5, 0.5)], Overlap, 0.0, &[(0, 1)]);
        check(&[(0.0, 0.0), (1.0, 1.0), (2.0, 1.5)], Overlap, 0.0, &[(0, 1), (1, 2)]);
        check(&[(0.0, 0.0), (1.1, 1.1)], Overlap, 0.1, &[]);
        check(&[(0.0, 0.0), (1.05, 1.05)], Overlap, 0.1, &[(0, 1)]);
    }

    #[test]
    fn what_lies_within_touches_no_outline() {
        let large = Feature {
            region: RegionId::new("large"),
            shape: MultiPolygon::from(Rect::new((-5.0, -5.0), (5.0, 5.0)).to_polygon()),
        };
        let mut layer = squares(&[(0.0, 0.0), (4.0, 0.0)]);
        layer.features.push(large);
        assert_eq!(contiguity(&layer, Contiguity::Overlap, 0.0).unwrap(), [(1, 2)]);
    }

    #[test]
    fn a_tolerance_that_merges_regions_is_refused() {
        let merges = |tolerance: f64, corners: &[(f64, f64)]| {
            contiguity(&squares(corners), Contiguity::Queen, tolerance).unwrap_err()
        };
        let GeometryError::SnapMerges { regions, .. } = merges(1.0, &[(0.0, 0.0), (9.0, 0.0)]) else {
            panic!()
        };
        assert_eq!(regions.len(), 2);
        assert_eq!(
            merges(1.0, &[(0.0, 0.0)]).to_string(),
            "a snap tolerance of 1 merges whole regions into a point: 0; it must be smaller than the distance between their vertices"
        );
        for tolerance in [-0.1, f64::NAN, f64::INFINITY] {
            assert_eq!(merges(tolerance, &[]), GeometryError::SnapTolerance(tolerance.to_string()));
        }
    }
}
