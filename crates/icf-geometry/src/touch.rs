//! Regions whose outlines touch anywhere.

use std::collections::HashSet;

use geo::{Coord, Intersects, Line};

use crate::{Bounds, Layer};

/// The pairs of regions whose outlines come as near as a tolerance, `known` ones included, in order.
///
/// Boxes are swept from west to east, and only the edges of two regions that lie in the common part of their boxes
/// are compared. Crossings are decided exactly (Shewchuk 1997, Adaptive precision floating-point arithmetic).
pub(crate) fn touching(layer: &Layer, known: Vec<(usize, usize)>, tolerance: f64) -> Vec<(usize, usize)> {
    let bounds: Vec<Option<Bounds>> = layer
        .features()
        .iter()
        .map(|feature| Bounds::around(feature.outlines().flatten().copied()))
        .collect();
    let mut from_west: Vec<(usize, Bounds)> =
        bounds.iter().enumerate().filter_map(|(place, bounds)| Some((place, (*bounds)?))).collect();
    from_west.sort_by(|a, b| a.1.west.total_cmp(&b.1.west).then(a.0.cmp(&b.0)));

    let is_known: HashSet<(usize, usize)> = known.iter().copied().collect();
    let mut pairs = known;
    let mut open: Vec<(usize, Bounds)> = Vec::new();
    for (place, here) in from_west {
        open.retain(|(_, other)| other.east + tolerance >= here.west);
        for (other, there) in &open {
            let pair = (place.min(*other), place.max(*other));
            let Some(common) = common(here, *there, tolerance) else { continue };
            if !is_known.contains(&pair) && edges_touch(layer, pair, common, tolerance) {
                pairs.push(pair);
            }
        }
        open.push((place, here));
    }
    pairs.sort_unstable();
    pairs
}

/// What two boxes have in common, when each is widened by a tolerance.
fn common(a: Bounds, b: Bounds, tolerance: f64) -> Option<Bounds> {
    let common = Bounds {
        west: a.west.max(b.west) - tolerance,
        south: a.south.max(b.south) - tolerance,
        east: a.east.min(b.east) + tolerance,
        north: a.north.min(b.north) + tolerance,
    };
    (common.west <= common.east && common.south <= common.north).then_some(common)
}

fn edges_touch(layer: &Layer, (a, b): (usize, usize), within: Bounds, tolerance: f64) -> bool {
    let edges = |place: usize| -> Vec<(Bounds, Line<f64>)> {
        let mut edges: Vec<(Bounds, Line<f64>)> = layer.features()[place]
            .outlines()
            .flat_map(|ring| ring.windows(2))
            .map(|ends| (around(ends[0], ends[1]), Line::new(ends[0], ends[1])))
            .filter(|(bounds, _)| common(*bounds, within, 0.0).is_some())
            .collect();
        edges.sort_by(|a, b| a.0.west.total_cmp(&b.0.west));
        edges
    };
    let (first, second) = (edges(a), edges(b));
    first.iter().any(|(bounds, edge)| {
        second
            .iter()
            .take_while(|(other, _)| other.west - tolerance <= bounds.east)
            .filter(|(other, _)| common(*bounds, *other, tolerance).is_some())
            .any(|(_, other)| edge.intersects(other) || tolerance > 0.0 && apart(edge, other) <= tolerance)
    })
}

fn around(a: Coord<f64>, b: Coord<f64>) -> Bounds {
    Bounds { west: a.x.min(b.x), south: a.y.min(b.y), east: a.x.max(b.x), north: a.y.max(b.y) }
}

/// How far two edges that do not cross are apart: from an end of one to the other.
fn apart(a: &Line<f64>, b: &Line<f64>) -> f64 {
    from_edge(a.start, b).min(from_edge(a.end, b)).min(from_edge(b.start, a)).min(from_edge(b.end, a))
}

fn from_edge(point: Coord<f64>, edge: &Line<f64>) -> f64 {
    let (along, to) = (edge.end - edge.start, point - edge.start);
    let squared = along.x * along.x + along.y * along.y;
    let share =
        if squared > 0.0 { ((to.x * along.x + to.y * along.y) / squared).clamp(0.0, 1.0) } else { 0.0 };
    (to.x - share * along.x).hypot(to.y - share * along.y)
}

#[cfg(test)]
mod tests {
    use geo::{LineString, MultiPolygon, Polygon};
    use icf_units::RegionId;
    use proptest::prelude::*;

    use super::*;
    use crate::Feature;

    proptest! {
        #[test]
        fn agrees_with_comparing_every_pair_of_edges(
            triangles in proptest::collection::vec(proptest::collection::vec((0i32..12, 0i32..12), 3), 2..9),
            tolerance in prop_oneof![Just(0.0), Just(0.5), Just(1.0)],
        ) {
            let features = triangles.iter().enumerate().map(|(place, corners)| {
                let corners: Vec<_> = corners.iter().map(|&(x, y)| (f64::from(x), f64::from(y))).collect();
                let shape = MultiPolygon::from(Polygon::new(LineString::from(corners), vec![]));
                Feature { region: RegionId::new(&place.to_string()), shape }
            });
            let layer = Layer { features: features.collect() };
            let edges = |place: usize| -> Vec<Line<f64>> {
                let rings = layer.features()[place].outlines();
                rings.flat_map(|ring| ring.windows(2)).map(|ends| Line::new(ends[0], ends[1])).collect()
            };
            let near = |a: &Line<f64>, b: &Line<f64>| a.intersects(b) || apart(a, b) <= tolerance;
            let expected: Vec<(usize, usize)> = (0..layer.len())
                .flat_map(|a| (a + 1..layer.len()).map(move |b| (a, b)))
                .filter(|&(a, b)| edges(a).iter().any(|edge| edges(b).iter().any(|other| near(edge, other))))
                .collect();
            prop_assert_eq!(touching(&layer, vec![], tolerance), expected);
        }
    }

    #[track_caller]
    fn check(a: [(f64, f64); 2], b: [(f64, f64); 2], expected: f64) {
        let line = |ends: [(f64, f64); 2]| Line::new(ends[0], ends[1]);
        let found = apart(&line(a), &line(b));
        assert!((found - expected).abs() < 1e-15, "{found}");
        assert_eq!(apart(&line(b), &line(a)), found);
    }

    #[test]
    fn edges_apart() {
        check([(0.0, 0.0), (2.0, 0.0)], [(1.0, 1.0), (1.0, 2.0)], 1.0);
        check([(0.0, 0.0), (2.0, 0.0)], [(5.0, 4.0), (9.0, 9.0)], 5.0);
        check([(0.0, 0.0), (0.0, 0.0)], [(3.0, -1.0), (3.0, 1.0)], 3.0);
        check([(0.0, 0.0), (2.0, 0.0)], [(1.0, 0.0), (1.0, 2.0)], 0.0);
    }
}
