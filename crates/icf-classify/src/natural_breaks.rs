//! Natural breaks: the partition of values into classes with the least variance within.

use crate::double_double::Double;
use crate::{BreaksError, Classification, Sorted};

/// The exact Fisher optimum of `classes` classes: the partition of the sorted values that minimises
/// Σ(x − class mean)². Equal values are never split; of several optima the one with the lowest breaks is taken.
///
/// Dynamic programming over the m distinct values, where the least cost of c classes up to j,
/// `D(c, j) = min D(c − 1, i) + cost(i, j)`, has a minimum that moves monotonically with j, so that each row is
/// found by divide and conquer in O(m log m): O(n log n + c·m log m) in all, O(c·m) memory. The costs come from
/// sums of 106 bits, so that values of 10¹² beside values near 1 leave the breaks among the small ones exact.
///
/// ```
/// use icf_classify::natural_breaks;
/// let classes = natural_breaks(&[1.0, 9.0, 2.0, 8.0, 30.0], 3).unwrap();
/// assert_eq!(classes.upper_bounds(), [2.0, 9.0, 30.0]);
/// assert_eq!(classes.counts(), [2, 2, 1]);
/// assert_eq!(classes.class_of(2.0), 1);
/// assert_eq!(classes.class_of(2.1), 2);
/// ```
///
/// Source: Fisher 1958, J. Am. Stat. Assoc. 53, 789–798; the speed-up is that of Hilferink and of Wang & Song
/// 2011, R Journal 3(2).
///
/// # Errors
/// When there is no value, no class, or a value that is not finite or beyond 10¹⁵⁰.
pub fn natural_breaks(values: &[f64], classes: usize) -> Result<Classification, BreaksError> {
    if classes == 0 {
        return Err(BreaksError::NoClasses);
    }
    let sorted = Sorted::of(values)?;
    let distinct = Distinct::of(&sorted);
    let count = classes.min(distinct.values.len());
    let last_of_class = distinct.optimum(count);
    let upper_bounds = last_of_class.iter().map(|last| distinct.values[*last]).collect();
    Ok(Classification::measured(&sorted, upper_bounds, classes))
}

/// Distinct values, ascending, with sums from the median on.
///
/// The sums run outwards from the median and have 106 bits, so that a value far off spoils no class that does
/// not hold it: the error of a class's cost is some 10⁻³² of its largest squared distance from the median.
struct Distinct {
    values: Vec<f64>,
    sums: Vec<Sums>,
    /// The leading digits of the sums, each by itself: what most comparisons need, and in the order of memory.
    leading: Leading,
}

struct Leading {
    w: Vec<f64>,
    wx: Vec<f64>,
    wxx: Vec<f64>,
}

/// Sums from the median up to a place, negative before it; x is measured from the median, in units of a power
/// of two.
#[derive(Clone, Copy, Default)]
struct Sums {
    /// Σ w.
    w: f64,
    /// Σ w·x.
    wx: Double,
    /// Σ w·x².
    wxx: Double,
}

impl Distinct {
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
    fn of(sorted: &Sorted) -> Self {
        let (median, scale) = (sorted.0[sorted.0.len() / 2], sorted.scale());
        let groups: Vec<(f64, f64)> =
            sorted.0.chunk_by(|a, b| a == b).map(|group| (group[0], group.len() as f64)).collect();
        let term = |(value, w): (f64, f64)| {
            let x = Double::sum(value * scale, -median * scale);
            Sums { w, wx: x.times(w), wxx: x.squared().times(w) }
        };
        let origin = groups.partition_point(|(value, _)| *value < median);
        let mut sums = vec![Sums::default(); groups.len() + 1];
        for place in (0..origin).rev() {
            let (next, term) = (sums[place + 1], term(groups[place]));
            sums[place] = Sums { w: next.w - term.w, wx: next.wx - term.wx, wxx: next.wxx - term.wxx };
        }
        for place in origin..groups.len() {
            let (last, term) = (sums[place], term(groups[place]));
            sums[place + 1] = Sums { w: last.w + term.w, wx: last.wx + term.wx, wxx: last.wxx + term.wxx };
        }
        let leading = |of: fn(&Sums) -> f64| sums.iter().map(of).collect();
        let leading = Leading {
            w: leading(|sums| sums.w),
            wx: leading(|sums| sums.wx.high),
            wxx: leading(|sums| sums.wxx.high),
        };
        Self { values: groups.into_iter().map(|(value, _)| value).collect(), sums, leading }
    }

    /// Σ(x − mean)² = Σ w·x² − mean·Σ w·x of the values from `start` up to but without `end`.
    #[inline]
    fn cost(&self, start: usize, end: usize) -> f64 {
        let (before, upto) = (&self.sums[start], &self.sums[end]);
        let (w, wx) = (upto.w - before.w, upto.wx - before.wx);
        // The mean is `mean` and a little more.
        let mean = wx.high / w;
        let product = Double::product(mean, w);
        let more = ((wx.high - product.high) - product.low + wx.low) / w;
        let mut squares = upto.wxx - before.wxx - wx.times(mean);
        squares.low -= more * wx.high;
        (squares.high + squares.low).max(0.0)
    }

    /// The place of the last value of each class of the optimum.
    fn optimum(&self, classes: usize) -> Vec<usize> {
        let m = self.values.len();
        let mut costs: Vec<f64> = (0..=m).map(|end| if end == 0 { 0.0 } else { self.cost(0, end) }).collect();
        let mut starts: Vec<Vec<usize>> = vec![vec![0; m + 1]];
        for class in 1..classes {
            let (mut next, mut of_class) = (vec![f64::INFINITY; m + 1], vec![0; m + 1]);
            // `class` classes need as many values, and one is left for this class.
            let (first, mut least) = (class + 1, Vec::new());
            let part = Part { costs: &mut next[first..], starts: &mut of_class[first..], least: &mut least };
            self.fill(&costs, part, first, class, m);
            costs = next;
            starts.push(of_class);
        }
        let mut last = vec![0; classes];
        let mut end = m;
        for class in (0..classes).rev() {
            last[class] = end - 1;
            end = starts[class][end];
        }
        last
    }

    /// Finds the best start for every end of a part of a row, knowing that it lies in `low..=high`. The part begins
    /// with the end `first`; its halves do not touch each other, so that two threads can take them.
    fn fill(&self, before: &[f64], part: Part<'_>, first: usize, low: usize, high: usize) {
        let Part { costs, starts, least } = part;
        if costs.is_empty() {
            return;
        }
        let middle = (costs.len() - 1) / 2;
        let end = first + middle;
        let (cost, start) = self.best(before, end, low, high.min(end - 1), least);
        (costs[middle], starts[middle]) = (cost, start);
        let (costs_left, costs_right) = costs.split_at_mut(middle);
        let (starts_left, starts_right) = starts.split_at_mut(middle);
        let mut left = |least: &mut Vec<f64>| {
            let part = Part { costs: &mut *costs_left, starts: &mut *starts_left, least };
            self.fill(before, part, first, low, start);
        };
        let mut right = |least: &mut Vec<f64>| {
            let part = Part { costs: &mut costs_right[1..], starts: &mut starts_right[1..], least };
            self.fill(before, part, end + 1, start, high);
        };
        if high - low > WORTH_A_THREAD {
            rayon::join(|| left(&mut vec![]), || right(&mut vec![]));
        } else {
            left(least);
            right(least);
        }
    }

    /// The least cost up to an end, and the first of the starts in `low..=high` that has it. Most starts are seen to
    /// cost too much without the long sums.
    fn best(
        &self,
        before: &[f64],
        end: usize,
        low: usize,
        high: usize,
        least: &mut Vec<f64>,
    ) -> (f64, usize) {
        /// Five roundings at half an epsilon each, and as much again to spare.
        const ROUNDING: f64 = 5.0 * f64::EPSILON;
        let [w1, wx1, wxx1] = [&self.leading.w, &self.leading.wx, &self.leading.wxx].map(|sums| sums[end]);
        let starts = self.leading.w[low..=high]
            .iter()
            .zip(&self.leading.wx[low..=high])
            .zip(&self.leading.wxx[low..=high])
            .zip(&before[low..=high]);
        let rough = starts.map(|(((w0, wx0), wxx0), before)| {
            let wx = wx1 - wx0;
            let mean = wx / (w1 - w0);
            let squares = wxx1 - wxx0 - mean * wx;
            let sizes = wxx1.abs() + wxx0.abs() + 2.0 * mean.abs() * (wx1.abs() + wx0.abs());
            (before + squares, ROUNDING * sizes + 2.0 * f64::EPSILON * before)
        });
        least.clear();
        let mut enough = f64::INFINITY;
        for (total, slack) in rough {
            let most = total + slack;
            enough = if most < enough { most } else { enough };
            least.push(total - slack);
        }
        let (mut best, mut best_start) = (f64::INFINITY, low);
        for (start, _) in (low..).zip(least.iter()).filter(|(_, least)| **least <= enough) {
            let cost = before[start] + self.cost(start, end);
            if cost < best {
                (best, best_start) = (cost, start);
            }
        }
        (best, best_start)
    }
}

/// Fewer starts than this are not worth another thread.
const WORTH_A_THREAD: usize = 2_000;

/// Part of a row of the dynamic programme: the least cost of one class more, by the end of that class, and the start
/// that has it.
struct Part<'a> {
    costs: &'a mut [f64],
    starts: &'a mut [usize],
    /// Room for the least that each start of one end can cost.
    least: &'a mut Vec<f64>,
}

#[cfg(test)]
#[expect(clippy::cast_precision_loss, reason = "an oracle rounds once, at its end")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn calemp() -> Vec<f64> {
        include_str!("../tests/data/calemp.csv")
            .lines()
            .filter(|line| !line.starts_with('#') && *line != "value")
            .map(|line| line.parse().unwrap())
            .collect()
    }

    #[test]
    fn calemp_in_five_classes() {
        let classes = natural_breaks(&calemp(), 5).unwrap();
        assert_eq!(classes.upper_bounds(), [75.29, 192.05, 370.5, 722.85, 4111.45]);
        assert_eq!(classes.counts(), [49, 3, 4, 1, 1]);
    }

    #[test]
    fn fewer_values_than_classes() {
        let classes = natural_breaks(&[1.0, 1.0, 2.0], 5).unwrap();
        assert_eq!(classes.upper_bounds(), [1.0, 2.0]);
        assert_eq!((classes.requested(), classes.gvf(), classes.adcm()), (5, 1.0, 0.0));
        assert_eq!(natural_breaks(&[0.0, -0.0], 2).unwrap().counts(), [2]);
    }

    #[test]
    fn values_beyond_the_bounds() {
        let classes = natural_breaks(&[1.0, 2.0, 9.0], 2).unwrap();
        assert_eq!([-5.0, 2.0, 2.5, 99.0].map(|value| classes.class_of(value)), [1, 1, 2, 2]);
    }

    #[test]
    fn what_cannot_be_classed() {
        assert_eq!(natural_breaks(&[], 3), Err(BreaksError::NoValues));
        assert_eq!(natural_breaks(&[1.0], 0), Err(BreaksError::NoClasses));
        assert_eq!(natural_breaks(&[1.0, f64::NAN], 3), Err(BreaksError::NotFinite(1)));
    }

    /// The small values end at these places of their own list, and the giants have the last class.
    #[track_caller]
    fn check_beside_giants(giants: &[f64], unit: f64) {
        let small: Vec<i128> = vec![0, 1, 2, 7, 8, 10, 11, 30, 31, 33, 34, 35, 60, 61, 64];
        let mut values: Vec<f64> = small.iter().map(|value| 1.0 + unit * *value as f64).collect();
        values.extend(giants);
        let found = natural_breaks(&values, 6).unwrap();
        let (_, ends) = exact_least(&small, 5);
        let mut expected: Vec<f64> = ends.iter().map(|end| values[end - 1]).collect();
        if giants[0] > 0.0 {
            expected.push(giants[giants.len() - 1])
        } else {
            expected.insert(0, giants[0])
        }
        assert_eq!(found.upper_bounds(), expected, "{giants:?} {unit}");
    }

    #[test]
    fn giants_do_not_blur_the_small() {
        check_beside_giants(&[1e12], 1.0);
        check_beside_giants(&[1e12], 1e-6);
        check_beside_giants(&[-1e12], 1e-6);
        check_beside_giants(&[1e150], 1e-6);
        check_beside_giants(&[1e12, 1e12], 0.25);
    }

    #[test]
    fn a_hundred_thousand_values() {
        let values: Vec<f64> =
            (0..100_000_u32).map(|n| f64::from(n.wrapping_mul(2_654_435_761) >> 8)).collect();
        let classes = natural_breaks(&values, 7).unwrap();
        assert_eq!(classes.counts().iter().sum::<usize>(), values.len());
        assert!(classes.gvf() > 0.97, "{}", classes.gvf());
    }

    /// Σ(x − mean)² of whole numbers, rounded once.
    fn exact_squares(values: &[i128]) -> f64 {
        let (n, sum) = (values.len() as i128, values.iter().sum::<i128>());
        (n * values.iter().map(|value| value * value).sum::<i128>() - sum * sum) as f64 / n as f64
    }

    /// The least Σ(x − class mean)² over every partition of the sorted distinct values, and where its classes
    /// end.
    fn exact_least(sorted: &[i128], classes: usize) -> (f64, Vec<usize>) {
        if classes == 1 {
            return (exact_squares(sorted), vec![sorted.len()]);
        }
        let distinct = |values: &[i128]| values.chunk_by(|a, b| a == b).count();
        let mut best = (f64::INFINITY, vec![]);
        for split in (1..sorted.len()).filter(|split| sorted[split - 1] != sorted[*split]) {
            if distinct(&sorted[split..]) >= classes - 1 {
                let (rest, ends) = exact_least(&sorted[split..], classes - 1);
                let cost = exact_squares(&sorted[..split]) + rest;
                if cost < best.0 {
                    let ends = std::iter::once(split).chain(ends.iter().map(|end| split + end)).collect();
                    best = (cost, ends);
                }
            }
        }
        best
    }

    const GIANT: i128 = 1_000_000_000_000;

    proptest! {
        #[test]
        fn no_partition_is_better(
            values in prop::collection::vec(
                prop::sample::select(vec![0_i128, 1, 2, 3, 4, 14, 15, 18, 40, 200, 1_000_000, 1_000_001, GIANT]),
                1..14,
            ),
            classes in 1_usize..6,
        ) {
            let mut sorted = values.clone();
            sorted.sort_unstable();
            let rounded: Vec<f64> = values.iter().map(|value| *value as f64).collect();
            let found = natural_breaks(&rounded, classes).unwrap();
            let (best, _) = exact_least(&sorted, found.upper_bounds().len());
            let mut start = 0;
            let mut cost = 0.0;
            for count in found.counts() {
                cost += exact_squares(&sorted[start..start + count]);
                start += count;
            }
            // Of the best itself, not of the whole: one giant in a class of its own leaves no slack.
            prop_assert!((cost - best).abs() <= 1e-13 * best, "{cost} against {best}");
            prop_assert!((found.ssd() - best).abs() <= 1e-12 * best, "{} against {best}", found.ssd());
        }

        #[test]
        fn order_changes_nothing(
            mut values in prop::collection::vec(-1e3..1e3_f64, 1..40),
            classes in 1_usize..8,
        ) {
            let before = natural_breaks(&values, classes).unwrap();
            values.reverse();
            prop_assert_eq!(before, natural_breaks(&values, classes).unwrap());
        }
    }
}
