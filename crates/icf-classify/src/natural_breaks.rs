//! Natural breaks: the partition of values into classes with the least variance within.

/// Classes of values, lowest first; each holds its upper bound (right-closed).
#[derive(Clone, Debug, PartialEq)]
pub struct Classification {
    upper_bounds: Vec<f64>,
    counts: Vec<usize>,
    requested: usize,
    gvf: f64,
    adcm: f64,
}

/// Why values cannot be classed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BreaksError {
    /// Not a single value.
    #[error("there is no value to class")]
    NoValues,
    /// A number of classes of zero.
    #[error("at least one class is needed")]
    NoClasses,
    /// NaN or infinity.
    #[error("value number {0} is not finite")]
    NotFinite(usize),
}

impl Classification {
    /// The largest value of each class, lowest class first.
    #[must_use]
    pub fn upper_bounds(&self) -> &[f64] {
        &self.upper_bounds
    }

    /// How many values each class holds.
    #[must_use]
    pub fn counts(&self) -> &[usize] {
        &self.counts
    }

    /// How many classes were asked for; there are fewer when there are fewer distinct values.
    #[must_use]
    pub fn requested(&self) -> usize {
        self.requested
    }

    /// Goodness of variance fit, 1 − Σ(x − class mean)² / Σ(x − mean)²; 1 when all values are equal.
    #[must_use]
    pub fn gvf(&self) -> f64 {
        self.gvf
    }

    /// Absolute deviations around class medians, Σ|x − class median|.
    #[must_use]
    pub fn adcm(&self) -> f64 {
        self.adcm
    }

    /// The class of a value, 1 = lowest. A value beyond the bounds belongs to the first or the last class.
    #[must_use]
    pub fn class_of(&self, value: f64) -> usize {
        let below = self.upper_bounds.partition_point(|bound| *bound < value);
        below.min(self.upper_bounds.len() - 1) + 1
    }
}

/// The exact Fisher optimum of `classes` classes: the partition of the sorted values that minimises
/// Σ(x − class mean)². Equal values are never split; of several optima the one with the lowest breaks is taken.
///
/// Dynamic programming over the m distinct values, where the least cost of c classes up to j,
/// `D(c, j) = min D(c − 1, i) + cost(i, j)`, has a minimum that moves monotonically with j, so that each row is
/// found by divide and conquer in O(m log m): O(n log n + c·m log m) in all, O(c·m) memory.
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
/// When there is no value, no class, or a value that is not finite.
pub fn natural_breaks(values: &[f64], classes: usize) -> Result<Classification, BreaksError> {
    if values.is_empty() {
        return Err(BreaksError::NoValues);
    }
    if classes == 0 {
        return Err(BreaksError::NoClasses);
    }
    if let Some(place) = values.iter().position(|value| !value.is_finite()) {
        return Err(BreaksError::NotFinite(place));
    }
    // Zero and minus zero are one value.
    let mut sorted: Vec<f64> = values.iter().map(|value| value + 0.0).collect();
    sorted.sort_by(f64::total_cmp);
    let distinct = Distinct::of(&sorted);
    let count = classes.min(distinct.values.len());
    let last_of_class = distinct.optimum(count);
    let upper_bounds: Vec<f64> = last_of_class.iter().map(|last| distinct.values[*last]).collect();
    Ok(measured(&sorted, upper_bounds, classes))
}

/// Counts and measures the classes that the bounds make.
fn measured(sorted: &[f64], upper_bounds: Vec<f64>, requested: usize) -> Classification {
    let mut counts = Vec::with_capacity(upper_bounds.len());
    let (mut start, mut within, mut adcm) = (0, 0.0, 0.0);
    for bound in &upper_bounds {
        let end = sorted.partition_point(|value| value <= bound);
        let class = &sorted[start..end];
        within += squares(class);
        let median = f64::midpoint(class[(class.len() - 1) / 2], class[class.len() / 2]);
        adcm += class.iter().map(|value| (value - median).abs()).sum::<f64>();
        counts.push(class.len());
        start = end;
    }
    let all = squares(sorted);
    let gvf = if all > 0.0 { 1.0 - within / all } else { 1.0 };
    Classification { upper_bounds, counts, requested, gvf, adcm }
}

/// Σ(x − mean)², in two passes.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
fn squares(values: &[f64]) -> f64 {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    values.iter().map(|value| (value - mean) * (value - mean)).sum()
}

/// Distinct values, ascending, with sums from the first one on.
struct Distinct {
    values: Vec<f64>,
    /// Σ w, Σ w·x and Σ w·x² of the values before each place, x measured from the mean of all.
    sums: Vec<[f64; 3]>,
}

impl Distinct {
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
    fn of(sorted: &[f64]) -> Self {
        let mean = sorted.iter().sum::<f64>() / sorted.len() as f64;
        let (mut values, mut sums) = (Vec::new(), vec![[0.0; 3]]);
        for group in sorted.chunk_by(|a, b| a == b) {
            let (weight, x) = (group.len() as f64, group[0] - mean);
            let [w, wx, wxx] = *sums.last().expect("the sums begin with zero");
            values.push(group[0]);
            sums.push([w + weight, wx + weight * x, wxx + weight * x * x]);
        }
        Self { values, sums }
    }

    /// Σ(x − mean)² of the values from `start` up to but without `end`.
    fn cost(&self, start: usize, end: usize) -> f64 {
        let ([w0, wx0, wxx0], [w1, wx1, wxx1]) = (self.sums[start], self.sums[end]);
        let (w, wx, wxx) = (w1 - w0, wx1 - wx0, wxx1 - wxx0);
        (wxx - wx * wx / w).max(0.0)
    }

    /// The place of the last value of each class of the optimum.
    fn optimum(&self, classes: usize) -> Vec<usize> {
        let m = self.values.len();
        let mut costs: Vec<f64> = (0..=m).map(|end| if end == 0 { 0.0 } else { self.cost(0, end) }).collect();
        let mut starts: Vec<Vec<usize>> = vec![vec![0; m + 1]];
        for class in 1..classes {
            let mut row = Row { before: &costs, costs: vec![f64::INFINITY; m + 1], starts: vec![0; m + 1] };
            // `class` classes need as many values, and one is left for this class.
            self.fill(&mut row, class + 1, m, class, m);
            let Row { costs: next, starts: of_class, .. } = row;
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

    /// Finds the best start for every end in `first..=last`, knowing that it lies in `low..=high`.
    fn fill(&self, row: &mut Row<'_>, first: usize, last: usize, low: usize, high: usize) {
        if first > last {
            return;
        }
        let end = usize::midpoint(first, last);
        let (mut best, mut best_start) = (f64::INFINITY, low);
        for start in low..=high.min(end - 1) {
            let cost = row.before[start] + self.cost(start, end);
            if cost < best {
                (best, best_start) = (cost, start);
            }
        }
        row.costs[end] = best;
        row.starts[end] = best_start;
        self.fill(row, first, end - 1, low, best_start);
        self.fill(row, end + 1, last, best_start, high);
    }
}

/// One row of the dynamic programme: the least cost of one class more, by the end of that class.
struct Row<'a> {
    before: &'a [f64],
    costs: Vec<f64>,
    starts: Vec<usize>,
}

#[cfg(test)]
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

    #[test]
    fn a_hundred_thousand_values() {
        let values: Vec<f64> =
            (0..100_000_u32).map(|n| f64::from(n.wrapping_mul(2_654_435_761) >> 8)).collect();
        let classes = natural_breaks(&values, 7).unwrap();
        assert_eq!(classes.counts().iter().sum::<usize>(), values.len());
        assert!(classes.gvf() > 0.97, "{}", classes.gvf());
    }

    /// The least Σ(x − class mean)² over every partition of the distinct values.
    fn least(sorted: &[f64], classes: usize) -> f64 {
        let groups: Vec<&[f64]> = sorted.chunk_by(|a, b| a == b).collect();
        if classes == 1 {
            return squares(sorted);
        }
        let mut best = f64::INFINITY;
        for first in 1..=groups.len() + 1 - classes {
            let split: usize = groups[..first].iter().map(|group| group.len()).sum();
            best = best.min(squares(&sorted[..split]) + least(&sorted[split..], classes - 1));
        }
        best
    }

    proptest! {
        #[test]
        fn no_partition_is_better(
            values in prop::collection::vec(prop::sample::select(vec![0.0, 0.5, 1.0, 1.5, 2.0, 7.0, 7.25, 9.0, 20.0, 100.0]), 1..14),
            classes in 1_usize..6,
        ) {
            let found = natural_breaks(&values, classes).unwrap();
            let mut sorted = values.clone();
            sorted.sort_by(f64::total_cmp);
            let best = least(&sorted, found.upper_bounds().len());
            let (all, within) = (squares(&sorted), (1.0 - found.gvf()) * squares(&sorted));
            prop_assert!((within - best).abs() <= 1e-9 * all.max(1.0), "{within} against {best}");
        }

        #[test]
        fn order_changes_nothing(mut values in prop::collection::vec(-1e3..1e3_f64, 1..40), classes in 1_usize..8) {
            let before = natural_breaks(&values, classes).unwrap();
            values.reverse();
            prop_assert_eq!(before, natural_breaks(&values, classes).unwrap());
        }
    }
}
