//! Snapping: one number for all vertices that lie within a tolerance of each other.

use geo::Coord;

use crate::numbering::Numbering;

/// Numbers the vertices so that two have the same number when they coincide, or when a chain of vertices joins
/// them in steps no longer than the tolerance (in the units of the coordinates). Numbers are below that of vertices.
///
/// Vertices fall into square cells with a diagonal just below the tolerance, so that those of one cell are joined
/// unseen; cells at most two apart are compared until they are joined. That takes O(n log n), whatever the
/// tolerance: one that merges everything makes few cells. A tolerance that is not above zero, or so small that it
/// is rounding of the coordinates (2⁻⁴⁵ of the largest), joins vertices that are equal, and no others.
pub(crate) fn snap(vertices: &[Coord<f64>], tolerance: f64) -> Vec<usize> {
    let mut numbering = Numbering::with_capacity(vertices.len() / 2);
    let mut distinct: Vec<Coord<f64>> = Vec::new();
    let mut numbers: Vec<usize> = vertices
        .iter()
        .map(|at| {
            let number = numbering.number(bits(at.x), bits(at.y));
            if number == distinct.len() {
                distinct.push(*at);
            }
            number
        })
        .collect();
    let largest = distinct.iter().fold(0.0, |largest: f64, at| largest.max(at.x.abs()).max(at.y.abs()));
    if tolerance > 0.0 && tolerance.is_finite() && tolerance >= largest * 2f64.powi(-45) {
        let mut joined = Joined::new(distinct.len());
        join_close(&distinct, tolerance, &mut joined);
        for number in &mut numbers {
            *number = joined.root(*number);
        }
    }
    numbers
}

/// The bits of a number; zero and minus zero are the same.
fn bits(number: f64) -> u64 {
    (number + 0.0).to_bits()
}

/// How much of tolerance/√2 the side of a cell is: the rest is for rounding.
const SIDE: f64 = 0.99;

/// Points in one cell, and where it lies.
struct Cell<'a> {
    row: i64,
    points: &'a [(i64, i64, usize)],
}

fn join_close(points: &[Coord<f64>], tolerance: f64, joined: &mut Joined) {
    let side = tolerance * std::f64::consts::FRAC_1_SQRT_2 * SIDE;
    let mut by_cell: Vec<(i64, i64, usize)> =
        points.iter().enumerate().map(|(index, at)| (cell(at.x, side), cell(at.y, side), index)).collect();
    by_cell.sort_unstable();
    let columns: Vec<(i64, Vec<Cell<'_>>)> = by_cell
        .chunk_by(|a, b| a.0 == b.0)
        .map(|column| {
            let cells = column.chunk_by(|a, b| a.1 == b.1);
            (column[0].0, cells.map(|points| Cell { row: points[0].1, points }).collect())
        })
        .collect();
    for cell in columns.iter().flat_map(|(_, column)| column) {
        for point in &cell.points[1..] {
            joined.join(cell.points[0].2, point.2);
        }
    }
    // Cells next to each other first: those two apart are mostly joined by then, and need no comparison.
    for reach in [1, 2] {
        for (place, (number, column)) in columns.iter().enumerate() {
            for (at, cell) in column.iter().enumerate() {
                for above in column[at + 1..].iter().take_while(|above| above.row - cell.row <= reach) {
                    join_cells(points, cell, above, tolerance, joined);
                }
            }
            for (_, beside) in columns[place + 1..].iter().take_while(|(other, _)| other - number <= reach) {
                let mut start = 0;
                for cell in column {
                    start += beside[start..].iter().take_while(|other| other.row < cell.row - reach).count();
                    for other in beside[start..].iter().take_while(|other| other.row - cell.row <= reach) {
                        join_cells(points, cell, other, tolerance, joined);
                    }
                }
            }
        }
    }
}

/// Joins two cells when any of their points are close.
fn join_cells(points: &[Coord<f64>], a: &Cell<'_>, b: &Cell<'_>, tolerance: f64, joined: &mut Joined) {
    let (first, second) = (a.points[0].2, b.points[0].2);
    if joined.root(first) == joined.root(second) {
        return;
    }
    let close =
        |a: usize, b: usize| (points[a].x - points[b].x).hypot(points[a].y - points[b].y) <= tolerance;
    if a.points.iter().any(|a| b.points.iter().any(|b| close(a.2, b.2))) {
        joined.join(first, second);
    }
}

/// The column or row of a coordinate, which is below 2⁴⁶.
#[expect(clippy::cast_possible_truncation, reason = "a tolerance that makes more cells is not used")]
fn cell(coordinate: f64, side: f64) -> i64 {
    (coordinate / side).floor() as i64
}

/// Disjoint sets, each known by its smallest member.
struct Joined {
    parent: Vec<usize>,
}

impl Joined {
    fn new(len: usize) -> Self {
        Self { parent: (0..len).collect() }
    }

    fn root(&mut self, mut member: usize) -> usize {
        while self.parent[member] != member {
            self.parent[member] = self.parent[self.parent[member]];
            member = self.parent[member];
        }
        member
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(a: (f64, f64), b: (f64, f64), tolerance: f64, same: bool) {
        let numbers = snap(&[Coord { x: a.0, y: a.1 }, Coord { x: b.0, y: b.1 }], tolerance);
        assert_eq!(numbers[0] == numbers[1], same);
    }

    #[test]
    fn vertices_snap_across_every_grid_line() {
        check((0.999_999, 5.0), (1.000_001, 5.0), 1.0, true);
        check((-0.000_001, 5.0), (0.000_001, 5.0), 0.5, true);
        check((0.999, 0.999), (1.001, 1.001), 0.01, true);
        check((0.999, 1.001), (1.001, 0.999), 0.01, true);
        check((0.0, 0.0), (0.8, 0.8), 1.0, false);
        check((0.0, 0.0), (1.000_1, 0.0), 1.0, false);
    }

    #[test]
    fn without_a_tolerance_only_equal_vertices_snap() {
        check((0.0, 1.0), (-0.0, 1.0), 0.0, true);
        check((0.0, 1.0), (f64::MIN_POSITIVE, 1.0), 0.0, false);
        check((3.0, 1.0), (3.0, 1.0), f64::NAN, true);
        check((100.0, 1.0), (100.0, 1.0), 1e-300, true);
        check((100.0, 1.0), (101.0, 1.0), 1e-300, false);
        check((0.0, 1.0), (3.0, 1.0), f64::INFINITY, false);
    }

    #[test]
    fn a_huge_tolerance_takes_no_longer() {
        let side = 700;
        let vertices = (0..side * side).map(|n| Coord { x: f64::from(n % side), y: f64::from(n / side) });
        let vertices: Vec<_> = vertices.collect();
        for tolerance in [1.0, 300.0, 1e6] {
            assert!(snap(&vertices, tolerance).iter().all(|number| *number == 0));
        }
    }

    proptest! {
        #[test]
        fn agrees_with_comparing_every_pair(
            points in proptest::collection::vec((-20i32..20, -20i32..20), 1..60),
            tolerance in 0.0..4.0f64,
        ) {
            let points: Vec<_> =
                points.iter().map(|&(x, y)| Coord { x: f64::from(x) * 0.37, y: f64::from(y) * 0.37 }).collect();
            let mut joined = Joined::new(points.len());
            for a in 0..points.len() {
                for b in 0..a {
                    if (points[a].x - points[b].x).hypot(points[a].y - points[b].y) <= tolerance {
                        joined.join(a, b);
                    }
                }
            }
            let numbers = snap(&points, tolerance);
            for a in 0..points.len() {
                for b in 0..a {
                    prop_assert_eq!(numbers[a] == numbers[b], joined.root(a) == joined.root(b));
                }
            }
        }
    }
}
