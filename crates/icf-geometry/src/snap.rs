//! Snapping: one number for all vertices that lie within a tolerance of each other.

use geo::Coord;

/// Numbers the vertices so that two have the same number when they coincide, or when a chain of vertices joins
/// them in steps no longer than the tolerance (in the units of the coordinates).
///
/// Two vertices on either side of a grid line snap like any others: the vertices are sorted into strips as wide
/// as the tolerance, and each is compared with those of its own and of the next strip that are near enough in y.
/// That takes O(n log n) and one comparison for each close pair. A tolerance that is not above zero joins
/// vertices that are equal, and no others.
pub(crate) fn snap(vertices: &[Coord<f64>], tolerance: f64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..vertices.len()).collect();
    order.sort_unstable_by(|&a, &b| compare(vertices[a], vertices[b]));

    let mut numbers = vec![0; vertices.len()];
    let mut distinct: Vec<Coord<f64>> = Vec::new();
    for &vertex in &order {
        if distinct.last() != Some(&vertices[vertex]) {
            distinct.push(vertices[vertex]);
        }
        numbers[vertex] = distinct.len() - 1;
    }
    if tolerance > 0.0 {
        let mut joined = Joined::new(distinct.len());
        join_close(&distinct, tolerance, &mut joined);
        for number in &mut numbers {
            *number = joined.root(*number);
        }
    }
    numbers
}

/// Orders by x, then y; zero and minus zero are the same place.
fn compare(a: Coord<f64>, b: Coord<f64>) -> std::cmp::Ordering {
    (a.x + 0.0).total_cmp(&(b.x + 0.0)).then((a.y + 0.0).total_cmp(&(b.y + 0.0)))
}

fn join_close(points: &[Coord<f64>], tolerance: f64, joined: &mut Joined) {
    let mut by_strip: Vec<(i64, f64, usize)> =
        points.iter().enumerate().map(|(index, at)| (strip(at.x, tolerance), at.y, index)).collect();
    by_strip.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));

    let mut strips: Vec<&[(i64, f64, usize)]> = by_strip.chunk_by(|a, b| a.0 == b.0).collect();
    strips.push(&[]);
    for pair in strips.windows(2) {
        let (here, mut next) = (pair[0], pair[1]);
        if next.first().is_some_and(|first| first.0.checked_sub(1) != Some(here[0].0)) {
            next = &[];
        }
        let mut start = 0;
        for (place, &(_, y, index)) in here.iter().enumerate() {
            let near_above = here[place + 1..].iter().take_while(|other| other.1 - y <= tolerance);
            start += next[start..].iter().take_while(|other| y - other.1 > tolerance).count();
            let near_beside = next[start..].iter().take_while(|other| other.1 - y <= tolerance);
            for &(_, _, other) in near_above.chain(near_beside) {
                let (dx, dy) = (points[index].x - points[other].x, points[index].y - points[other].y);
                if dx.hypot(dy) <= tolerance {
                    joined.join(index, other);
                }
            }
        }
    }
}

/// The strip of an x. Beyond the range of the integers all fall into one strip, which is slower but as right.
#[expect(clippy::cast_possible_truncation, reason = "the cast saturates, which only merges strips")]
fn strip(x: f64, width: f64) -> i64 {
    (x / width).floor() as i64
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
