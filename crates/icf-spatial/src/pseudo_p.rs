//! Pseudo p-values from permutations, by name.

use crate::buckets::Buckets;

/// Five p-values of one statistic, each in (0, 1].
///
/// With R permutations, G of them at least as large as the observed value and L at most as large:
///
/// | name | formula |
/// |---|---|
/// | `greater` | (G + 1)/(R + 1) |
/// | `less` | (L + 1)/(R + 1) |
/// | `two_sided` | min(1, 2·min(greater, less)) |
/// | `folded` | (#{│sim − μ│ ≥ │observed − μ│} + 1)/(R + 1), μ the analytic expectation |
/// | `directed` | (min(G, R − G) + 1)/(R + 1), as PySAL and GeoDa print it |
///
/// When every arrangement was enumerated the p are exact: a count over all of them, with nothing added.
/// `directed` takes the side on which the value happens to lie, so it is no p-value of a test that was chosen
/// beforehand; with many ties it is misleading.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PseudoP {
    /// Of a value at least as large.
    pub greater: f64,
    /// Of a value at least as small.
    pub less: f64,
    /// Twice the smaller of the two.
    pub two_sided: f64,
    /// Of a value at least as far from the expectation.
    pub folded: f64,
    /// As PySAL and GeoDa print it.
    pub directed: f64,
    /// Whether every arrangement was enumerated.
    pub exact: bool,
}

/// Counts of simulated values beside the observed one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tally {
    observed: f64,
    expected: f64,
    /// Differences up to this are rounding, so ties do not flip between machines.
    tolerance: f64,
    greater: u64,
    less: u64,
    far: u64,
    total: u64,
}

impl Tally {
    pub(crate) fn new(observed: f64, expected: f64, tolerance: f64) -> Self {
        Self { observed, expected, tolerance, greater: 0, less: 0, far: 0, total: 0 }
    }

    #[inline]
    pub(crate) fn add(&mut self, simulated: f64) {
        self.total += 1;
        self.greater += u64::from(simulated >= self.observed - self.tolerance);
        self.less += u64::from(simulated <= self.observed + self.tolerance);
        let distance = (self.observed - self.expected).abs();
        self.far += u64::from((simulated - self.expected).abs() >= distance - self.tolerance);
    }

    /// Adds each of the sums times the factor, counting without branches so that several go at once.
    pub(crate) fn add_all(&mut self, factor: f64, sums: &[f64]) {
        let (low, high) = (self.observed - self.tolerance, self.observed + self.tolerance);
        let (expected, distance) = (self.expected, (self.observed - self.expected).abs() - self.tolerance);
        let (mut greater, mut less, mut far) = (0, 0, 0);
        for sum in sums {
            let simulated = factor * sum;
            greater += u64::from(simulated >= low);
            less += u64::from(simulated <= high);
            far += u64::from((simulated - expected).abs() >= distance);
        }
        self.greater += greater;
        self.less += less;
        self.far += far;
        self.total += sums.len() as u64;
    }

    /// The same of sums in buckets. Rounding keeps order: no product, and no difference from the expectation, of a larger
    /// sum is smaller, so each condition begins or ends at one sum.
    pub(crate) fn add_buckets(&mut self, factor: f64, sums: &Buckets) {
        let (low, high) = (self.observed - self.tolerance, self.observed + self.tolerance);
        let (expected, distance) = (self.expected, (self.observed - self.expected).abs() - self.tolerance);
        let total = sums.total();
        // How many simulated values meet a condition that is met by all larger ones.
        let rising = |is_met: &dyn Fn(f64) -> bool| {
            if factor < 0.0 {
                total - sums.count(|sum| !is_met(factor * sum))
            } else {
                sums.count(|sum| is_met(factor * sum))
            }
        };
        let far = if distance > 0.0 {
            let above = rising(&|simulated| simulated - expected >= distance);
            above + total - rising(&|simulated| simulated - expected > -distance)
        } else {
            total
        };
        self.greater += rising(&|simulated| simulated >= low) as u64;
        self.less += (total - rising(&|simulated| simulated > high)) as u64;
        self.far += far as u64;
        self.total += total as u64;
    }

    /// The p-values of a sample of permutations.
    pub(crate) fn sampled(self) -> PseudoP {
        self.p(1, false)
    }

    /// The p-values when every arrangement was counted.
    pub(crate) fn enumerated(self) -> PseudoP {
        self.p(0, true)
    }

    /// `own` is the observed arrangement, which a sample does not hold.
    #[expect(clippy::cast_precision_loss, reason = "counts of permutations are far below 2^53")]
    fn p(self, own: u64, exact: bool) -> PseudoP {
        let share = |count: u64| ((count + own).max(1)) as f64 / (self.total + own) as f64;
        let (greater, less) = (share(self.greater), share(self.less));
        PseudoP {
            greater,
            less,
            two_sided: (2.0 * greater.min(less)).min(1.0),
            folded: share(self.far),
            directed: share(self.greater.min(self.total - self.greater)),
            exact,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(simulated: &[f64]) -> Tally {
        let mut tally = Tally::new(2.0, 0.0, 1e-12);
        simulated.iter().for_each(|value| tally.add(*value));
        tally
    }

    #[test]
    fn by_hand() {
        let p = tally(&[-3.0, -1.0, 0.0, 1.0, 2.0, 2.0, 3.0, 0.5, 0.25]).sampled();
        // G = 3 (2, 2, 3), L = 8 (all but 3), far = 4 (−3, 2, 2, 3), R = 9.
        assert_eq!((p.greater, p.less, p.two_sided, p.folded, p.directed), (0.4, 0.9, 0.8, 0.5, 0.4));
        assert!(!p.exact);
        let mut at_once = Tally::new(2.0, 0.0, 1e-12);
        at_once.add_all(0.5, &[-6.0, -2.0, 0.0, 2.0, 4.0, 4.0, 6.0, 1.0, 0.5]);
        assert_eq!(at_once.sampled(), p);
    }

    #[track_caller]
    fn check_buckets(observed: f64, expected: f64, factor: f64) {
        // Whole numbers, so that there are ties with the observed value and on either side of the expectation.
        let sums: Vec<f64> = (0..200_u32).map(|place| f64::from(place * 37 % 23) - 11.0).collect();
        let (mut at_once, mut in_buckets) =
            (Tally::new(observed, expected, 1e-12), Tally::new(observed, expected, 1e-12));
        at_once.add_all(factor, &sums);
        in_buckets.add_buckets(factor, &Buckets::of(&sums));
        assert_eq!(in_buckets.sampled(), at_once.sampled());
    }

    #[test]
    fn in_buckets() {
        for factor in [1.0, 0.5, -1.0, -0.1, 0.0] {
            for observed in [-12.0, -3.0, 0.0, 0.5, 2.0, 30.0] {
                check_buckets(observed, 0.0, factor);
                check_buckets(observed, 0.5, factor);
                check_buckets(observed, -3.0, factor);
            }
        }
    }

    #[test]
    fn an_enumeration_adds_nothing_and_is_never_zero() {
        let p = tally(&[2.0, 0.0, -1.0, 1.0]).enumerated();
        assert_eq!((p.greater, p.less, p.folded, p.directed, p.exact), (0.25, 1.0, 0.25, 0.25, true));
        let p = tally(&[2.0, 2.0]).enumerated();
        assert_eq!((p.greater, p.directed), (1.0, 0.5));
    }

    #[test]
    fn a_tie_up_to_rounding_is_a_tie() {
        let p = tally(&[2.0 - 1e-15, 2.0 + 1e-15]).enumerated();
        assert_eq!((p.greater, p.less, p.folded), (1.0, 1.0, 1.0));
    }
}
