//! Whether the boundary of a zone meets itself.

use geo::{Coord, GeoNum, Kernel, MultiPolygon, Orientation};

/// How a boundary meets itself, and near which place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Meeting {
    /// Two edges cross: the inside is not defined.
    Crosses([f64; 2]),
    /// Edges only touch, which is no mistake.
    Touches,
}

/// An edge with its place along its ring.
#[derive(Clone, Copy)]
struct Edge {
    ring: usize,
    place: usize,
    ends: [Coord<f64>; 2],
}

impl Edge {
    fn low(&self) -> f64 {
        self.ends[0].y.min(self.ends[1].y)
    }

    fn high(&self) -> f64 {
        self.ends[0].y.max(self.ends[1].y)
    }
}

/// The first crossing from the south, else whether anything touches; none when all edges keep apart.
///
/// A sweep from south to north holds each edge against those that it overlaps in latitude. Sides of a line are told
/// exactly (Shewchuk 1997), so no crossing is missed or made up by rounding.
pub(crate) fn find(shape: &MultiPolygon<f64>) -> Option<Meeting> {
    let rings =
        shape.0.iter().flat_map(|polygon| std::iter::once(polygon.exterior()).chain(polygon.interiors()));
    let mut edges: Vec<Edge> = Vec::new();
    let mut lengths = Vec::new();
    for (ring, line) in rings.enumerate() {
        let before = edges.len();
        let proper = line.0.windows(2).filter(|ends| ends[0] != ends[1]).enumerate();
        edges.extend(proper.map(|(place, ends)| Edge { ring, place, ends: [ends[0], ends[1]] }));
        lengths.push(edges.len() - before);
    }
    edges.sort_by(|a, b| a.low().total_cmp(&b.low()));
    let mut open: Vec<Edge> = Vec::new();
    let mut touches = false;
    for edge in edges {
        open.retain(|other| other.high() >= edge.low());
        for other in &open {
            let follow = |a: &Edge, b: &Edge| a.ring == b.ring && (a.place + 1) % lengths[a.ring] == b.place;
            match meeting(edge.ends, other.ends) {
                Some(Meeting::Touches) => touches |= !follow(&edge, other) && !follow(other, &edge),
                None => {}
                crosses => return crosses,
            }
        }
        open.push(edge);
    }
    touches.then_some(Meeting::Touches)
}

fn meeting([a, b]: [Coord<f64>; 2], [c, d]: [Coord<f64>; 2]) -> Option<Meeting> {
    let apart = |a: f64, b: f64, c: f64, d: f64| a.max(b) < c.min(d) || c.max(d) < a.min(b);
    if apart(a.x, b.x, c.x, d.x) || apart(a.y, b.y, c.y, d.y) {
        return None;
    }
    let side = <f64 as GeoNum>::Ker::orient2d;
    let (of_c, of_d) = (side(a, b, c), side(a, b, d));
    let (of_a, of_b) = (side(c, d, a), side(c, d, b));
    let collinear = [of_a, of_b, of_c, of_d].contains(&Orientation::Collinear);
    if !collinear && (of_c == of_d || of_a == of_b) {
        return None;
    }
    if !collinear {
        return Some(Meeting::Crosses([a.x, a.y]));
    }
    // An end of one lies on the line of the other: they meet when the other's ends are not both on one side.
    let parted = |one, other| one != other || one == Orientation::Collinear;
    (parted(of_a, of_b) && parted(of_c, of_d)).then_some(Meeting::Touches)
}

#[cfg(test)]
mod tests {
    use geo::{LineString, Polygon};

    use super::*;

    fn ring(corners: &[(f64, f64)]) -> LineString<f64> {
        let mut line = LineString::from(corners.to_vec());
        line.close();
        line
    }

    #[track_caller]
    fn check(rings: &[&[(f64, f64)]], expected: &str) {
        let polygons = rings.iter().map(|corners| Polygon::new(ring(corners), vec![]));
        let found = match find(&MultiPolygon::new(polygons.collect())) {
            None => "apart",
            Some(Meeting::Touches) => "touches",
            Some(Meeting::Crosses(_)) => "crosses",
        };
        assert_eq!(found, expected);
    }

    const SQUARE: &[(f64, f64)] = &[(0., 0.), (4., 0.), (4., 4.), (0., 4.)];

    #[test]
    fn rings_apart_touching_and_crossing() {
        check(&[SQUARE], "apart");
        check(&[&[(0., 0.), (4., 4.), (4., 0.), (0., 4.)]], "crosses");
        check(&[SQUARE, &[(1., 1.), (3., 1.), (2., 3.)]], "apart");
        check(&[SQUARE, &[(3., 1.), (5., 1.), (5., 3.), (3., 3.)]], "crosses");
        // A common corner, a corner on an edge, a common edge.
        check(&[SQUARE, &[(4., 4.), (5., 4.), (5., 5.)]], "touches");
        check(&[SQUARE, &[(4., 1.), (5., 1.), (5., 3.)]], "touches");
        check(&[SQUARE, &[(4., 0.), (8., 0.), (8., 4.), (4., 4.)]], "touches");
        // A ring that comes back to one of its corners.
        check(&[&[(0., 0.), (2., 2.), (4., 0.), (4., 4.), (2., 2.), (0., 4.)]], "touches");
        // On one line, one behind the other.
        check(&[&[(0., 0.), (1., 0.), (1., 1.)], &[(2., 0.), (3., 0.), (3., 1.)]], "apart");
        check(&[], "apart");
    }
}
