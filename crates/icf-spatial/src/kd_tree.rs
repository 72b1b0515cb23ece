//! A k-d tree: what lies near a place, without asking everything.

use crate::Distance;

/// Places in a leaf, which are asked one by one.
const LEAF: usize = 8;

/// Points halved along their widest side until few are left (Bentley 1975, Comm. ACM 18).
#[derive(Clone, Debug)]
pub(crate) struct KdTree {
    distance: Distance,
    /// The places of the points; each part of the tree is a range of them, its middle the split.
    order: Vec<usize>,
    /// The embedded points, in that order.
    embedded: Vec<[f64; 3]>,
    /// For the range around each middle the side along which it is split, and where.
    splits: Vec<(u8, f64)>,
}

/// The nearest so far, nearest first; of equally near ones the first place first.
struct Best {
    wanted: usize,
    found: Vec<(f64, usize)>,
}

impl KdTree {
    pub(crate) fn new(at: &[[f64; 2]], distance: Distance) -> Self {
        let points: Vec<[f64; 3]> = at.iter().map(|point| distance.embed(*point)).collect();
        let mut order: Vec<usize> = (0..at.len()).collect();
        let mut splits = vec![(0, 0.0); at.len()];
        split(&points, &mut order, &mut splits);
        let embedded = order.iter().map(|place| points[*place]).collect();
        Self { distance, order, embedded, splits }
    }

    /// The `wanted` points nearest to one of them, itself left out, as (place, distance), nearest first.
    pub(crate) fn nearest(&self, at: &[[f64; 2]], of: usize, wanted: usize) -> Vec<(usize, f64)> {
        let mut best = Best { wanted, found: Vec::with_capacity(wanted + 1) };
        let from = self.distance.embed(at[of]);
        let mut limit = f64::INFINITY;
        self.visit((0, self.order.len()), from, [0.0; 3], &mut limit, &mut |place, limit| {
            if place == of {
                return;
            }
            best.offer(self.distance.between(at[of], at[place]), place);
            if let Some((farthest, _)) = best.farthest() {
                *limit = self.distance.reach(farthest).powi(2);
            }
        });
        best.found.into_iter().map(|(distance, place)| (place, distance)).collect()
    }

    /// Every point within a distance of one of them, itself left out, as (place, distance), by place.
    pub(crate) fn within(&self, at: &[[f64; 2]], of: usize, distance: f64) -> Vec<(usize, f64)> {
        let mut found = Vec::new();
        let from = self.distance.embed(at[of]);
        let mut limit = self.distance.reach(distance).powi(2);
        self.visit((0, self.order.len()), from, [0.0; 3], &mut limit, &mut |place, _| {
            let between = self.distance.between(at[of], at[place]);
            if place != of && between <= distance {
                found.push((place, between));
            }
        });
        found.sort_unstable_by_key(|(place, _)| *place);
        found
    }

    /// Visits the places in a range whose squared straight distance is within a limit that a visit may lower.
    /// `gap` is how far, along each side, the range lies from the point asked for.
    fn visit(
        &self,
        (start, end): (usize, usize),
        from: [f64; 3],
        gap: [f64; 3],
        limit: &mut f64,
        each: &mut impl FnMut(usize, &mut f64),
    ) {
        if end - start <= LEAF {
            for index in start..end {
                if squared(from, self.embedded[index]) <= *limit {
                    each(self.order[index], limit);
                }
            }
            return;
        }
        let middle = start + (end - start) / 2;
        let (side, at) = self.splits[middle];
        let side = usize::from(side);
        let beyond = from[side] - at;
        let halves = [(start, middle), (middle, end)];
        let (near, far) = if beyond < 0.0 { (halves[0], halves[1]) } else { (halves[1], halves[0]) };
        self.visit(near, from, gap, limit, each);
        let mut far_gap = gap;
        far_gap[side] = beyond.abs();
        if squared(far_gap, [0.0; 3]) <= *limit {
            self.visit(far, from, far_gap, limit, each);
        }
    }
}

impl Best {
    fn offer(&mut self, distance: f64, place: usize) {
        let at = self.found.partition_point(|(d, p)| d.total_cmp(&distance).then(p.cmp(&place)).is_lt());
        if at < self.wanted {
            self.found.truncate(self.wanted - 1);
            self.found.insert(at, (distance, place));
        }
    }

    /// The last of them, once there are as many as wanted.
    fn farthest(&self) -> Option<(f64, usize)> {
        self.found.last().copied().filter(|_| self.found.len() == self.wanted)
    }
}

fn split(points: &[[f64; 3]], order: &mut [usize], splits: &mut [(u8, f64)]) {
    if order.len() <= LEAF {
        return;
    }
    let widths = [0, 1, 2].map(|side| {
        let along = order.iter().map(|place| points[*place][side]);
        let (low, high) =
            along.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
        high - low
    });
    let widest = if widths[0] >= widths[1] && widths[0] >= widths[2] {
        0
    } else if widths[1] >= widths[2] {
        1
    } else {
        2
    };
    let along = |place: &usize| points[*place][usize::from(widest)];
    let middle = order.len() / 2;
    order.select_nth_unstable_by(middle, |a, b| along(a).total_cmp(&along(b)).then(a.cmp(b)));
    splits[middle] = (widest, along(&order[middle]));
    let (low, high) = order.split_at_mut(middle);
    let (low_splits, high_splits) = splits.split_at_mut(middle);
    split(points, low, low_splits);
    // The upper half holds this middle; the middle of its own split lies further on, so no entry is written twice.
    split(points, high, high_splits);
}

fn squared(a: [f64; 3], b: [f64; 3]) -> f64 {
    (a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2) + (a[2] - b[2]).powi(2)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Every other point by (distance, place).
    fn by_asking_all(at: &[[f64; 2]], of: usize, distance: Distance) -> Vec<(usize, f64)> {
        let mut all: Vec<_> = (0..at.len())
            .filter(|place| *place != of)
            .map(|place| (place, distance.between(at[of], at[place])))
            .collect();
        all.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
        all
    }

    #[track_caller]
    fn check(at: &[[f64; 2]], distance: Distance, wanted: usize) {
        let tree = KdTree::new(at, distance);
        for of in 0..at.len() {
            let all = by_asking_all(at, of, distance);
            let nearest = tree.nearest(at, of, wanted);
            assert_eq!(nearest, all[..wanted.min(all.len())]);
            let Some(&(_, farthest)) = nearest.last() else { continue };
            let mut within: Vec<_> = all.into_iter().filter(|(_, d)| *d <= farthest).collect();
            within.sort_by_key(|(place, _)| *place);
            assert_eq!(tree.within(at, of, farthest), within);
        }
    }

    #[test]
    fn points_at_one_place() {
        check(&[[1.0, 2.0]; 40], Distance::Planar, 5);
        check(&[[1.0, 2.0]; 40], Distance::GreatCircle, 5);
        check(&[[1.0, 2.0]], Distance::Planar, 1);
    }

    proptest! {
        #[test]
        fn asking_the_tree_is_asking_all(
            at in proptest::collection::vec((-12i32..12, -6i32..6), 2..120),
            wanted in 1usize..9,
            step in prop_oneof![Just(1.0), Just(0.1), Just(15.0)],
        ) {
            let at: Vec<[f64; 2]> = at.iter().map(|&(x, y)| [f64::from(x) * step, f64::from(y) * step]).collect();
            check(&at, Distance::Planar, wanted);
            check(&at, Distance::GreatCircle, wanted);
        }
    }
}
