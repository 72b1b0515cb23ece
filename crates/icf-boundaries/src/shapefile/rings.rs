//! Rings to polygons: a shapefile lists all rings of a shape in any order.

use geo::{Coord, LineString, MultiPolygon, coord};
use icf_geometry::{Mistake, polygon};

/// Rings of one shape; more would take minutes to sort out, and no coast has so many islands.
const MOST: usize = 100_000;

/// Polygons of the rings, by how deep each lies: what lies within an even number of others is a shell, what lies within an
/// odd number is a hole in the innermost of them. The way a ring is wound is not asked, for programs do not agree on it.
pub(super) fn nested(rings: Vec<Vec<Coord<f64>>>) -> Result<MultiPolygon<f64>, Mistake> {
    if rings.is_empty() {
        return Err(Mistake::NotPolygons { found: "empty" });
    }
    if rings.len() > MOST {
        return Err(Mistake::TooManyRings { rings: rings.len(), most: MOST });
    }
    if rings.len() == 1 {
        return Ok(MultiPolygon::new(vec![polygon(rings)?]));
    }
    let mut rings: Vec<Ring> = rings.into_iter().map(Ring::new).collect();
    // What contains a ring is larger, so it comes first.
    rings.sort_by(|a, b| b.area.total_cmp(&a.area));
    let mut within: Vec<Option<usize>> = Vec::with_capacity(rings.len());
    let mut depths: Vec<usize> = Vec::with_capacity(rings.len());
    for (index, ring) in rings.iter().enumerate() {
        let innermost = (0..index).rev().find(|outer| rings[*outer].contains(ring));
        depths.push(innermost.map_or(0, |outer| depths[outer] + 1));
        within.push(innermost);
    }
    let mut polygons: Vec<Vec<Vec<Coord<f64>>>> = Vec::new();
    let mut of_shell = vec![0; rings.len()];
    for (index, ring) in rings.into_iter().enumerate() {
        match within[index] {
            Some(outer) if depths[index] % 2 == 1 => polygons[of_shell[outer]].push(ring.coords),
            _ => {
                of_shell[index] = polygons.len();
                polygons.push(vec![ring.coords]);
            }
        }
    }
    polygons.into_iter().map(polygon).collect::<Result<Vec<_>, _>>().map(MultiPolygon::new)
}

struct Ring {
    coords: Vec<Coord<f64>>,
    /// West, south, east and north.
    bounds: [f64; 4],
    area: f64,
}

impl Ring {
    fn new(coords: Vec<Coord<f64>>) -> Self {
        let nothing = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        let bounds = coords.iter().fold(nothing, |[west, south, east, north], at| {
            [west.min(at.x), south.min(at.y), east.max(at.x), north.max(at.y)]
        });
        let ring = LineString::new(coords);
        let start = ring.0.first().copied().unwrap_or_default();
        let twice: f64 = ring
            .lines()
            .map(|line| {
                (line.start.x - start.x) * (line.end.y - start.y)
                    - (line.end.x - start.x) * (line.start.y - start.y)
            })
            .sum();
        Self { coords: ring.0, bounds, area: twice.abs() / 2.0 }
    }

    fn contains(&self, other: &Self) -> bool {
        let ([w1, s1, e1, n1], [w2, s2, e2, n2]) = (self.bounds, other.bounds);
        if w2 < w1 || s2 < s1 || e2 > e1 || n2 > n1 {
            return false;
        }
        // Rings may touch: a vertex on the boundary says nothing, and where all lie on it the middles of edges do.
        let middles = other.coords.windows(2).map(
            |ends| coord! { x: f64::midpoint(ends[0].x, ends[1].x), y: f64::midpoint(ends[0].y, ends[1].y) },
        );
        other.coords.iter().copied().chain(middles).find_map(|at| self.side(at)).unwrap_or(false)
    }

    /// Whether a position lies within; nothing when it lies on the boundary.
    fn side(&self, at: Coord<f64>) -> Option<bool> {
        let mut is_inside = false;
        for ends in self.coords.windows(2) {
            let (from, to) = (ends[0], ends[1]);
            let turn = (to.x - from.x) * (at.y - from.y) - (to.y - from.y) * (at.x - from.x);
            if turn == 0.0
                && (from.x.min(to.x)..=from.x.max(to.x)).contains(&at.x)
                && (from.y.min(to.y)..=from.y.max(to.y)).contains(&at.y)
            {
                return None;
            }
            if (from.y > at.y) != (to.y > at.y) && (turn > 0.0) == (to.y > from.y) {
                is_inside = !is_inside;
            }
        }
        Some(is_inside)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(west: f64, south: f64, side: f64, is_clockwise: bool) -> Vec<Coord<f64>> {
        let corners = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)];
        let mut ring: Vec<Coord<f64>> =
            corners.iter().map(|(x, y)| coord! { x: west + side * x, y: south + side * y }).collect();
        if is_clockwise {
            ring.reverse();
        }
        ring
    }

    /// West edges of each polygon's shell and holes.
    #[track_caller]
    fn check(rings: Vec<Vec<Coord<f64>>>, expected: &[&[f64]]) {
        let found: Vec<Vec<f64>> = nested(rings)
            .unwrap()
            .0
            .iter()
            .map(|polygon| {
                let rings = std::iter::once(polygon.exterior()).chain(polygon.interiors());
                rings.map(|ring| ring.0.iter().map(|at| at.x).fold(f64::INFINITY, f64::min)).collect()
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn rings_are_sorted_by_depth_however_they_are_wound() {
        for winding in [[true, false], [false, true], [true, true]] {
            let [outer, inner] = winding;
            let island = || square(3.0, 3.0, 1.0, outer);
            let lake = || square(2.0, 2.0, 4.0, inner);
            let land = || square(0.0, 0.0, 10.0, outer);
            let other = || square(20.0, 0.0, 3.0, outer);
            check(vec![island(), lake(), land(), other()], &[&[0.0, 2.0], &[20.0], &[3.0]]);
            check(vec![land(), other(), lake()], &[&[0.0, 2.0], &[20.0]]);
        }
    }

    #[test]
    fn holes_may_touch_their_shell() {
        let diamond = [(0.0, 5.0), (5.0, 0.0), (10.0, 5.0), (5.0, 10.0), (0.0, 5.0)];
        let diamond: Vec<Coord<f64>> = diamond.iter().map(|(x, y)| coord! { x: *x, y: *y }).collect();
        check(vec![diamond, square(0.0, 0.0, 10.0, true)], &[&[0.0, 0.0]]);
        // Neighbours that share an edge are two.
        check(vec![square(0.0, 0.0, 2.0, true), square(2.0, 0.0, 1.0, true)], &[&[0.0], &[2.0]]);
    }

    #[test]
    fn rings_that_bound_nothing_are_refused() {
        assert!(matches!(nested(vec![]), Err(Mistake::NotPolygons { .. })));
        let mut open = square(0.0, 0.0, 1.0, true);
        open.pop();
        assert_eq!(nested(vec![open.clone(), square(5.0, 5.0, 1.0, true)]), Err(Mistake::UnclosedRing));
        assert_eq!(nested(vec![vec![], vec![]]), Err(Mistake::ShortRing { positions: 0 }));
        assert!(matches!(nested(vec![vec![]; MOST + 1]), Err(Mistake::TooManyRings { .. })));
    }
}
