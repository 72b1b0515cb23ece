//! Mean and standard deviation of a stream.

/// Count, mean and sum of squared deviations of the values so far.
///
/// `add` is Welford's update, `merge` that of Chan, Golub & LeVeque 1979: both keep all digits where the values are
/// large and close to each other. Merging moves the last digit with its order, so shards are merged in their order.
///
/// ```
/// # use icf_uncertainty::Moments;
/// let mut moments = Moments::default();
/// [2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0].map(|value| moments.add(value));
/// assert_eq!(moments.mean(), Some(5.0));
/// assert_eq!(moments.sd(), Some((32.0_f64 / 7.0).sqrt()));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moments {
    n: u64,
    mean: f64,
    squares: f64,
}

impl Moments {
    /// One value more.
    #[inline]
    pub fn add(&mut self, value: f64) {
        self.n += 1;
        let from_mean = value - self.mean;
        self.mean += from_mean / self.n as f64;
        self.squares += from_mean * (value - self.mean);
    }

    /// All values of the next shard.
    pub fn merge(&mut self, next: &Self) {
        if next.n == 0 {
            return;
        }
        if self.n == 0 {
            *self = *next;
            return;
        }
        let (mine, theirs) = (self.n as f64, next.n as f64);
        let (both, apart) = (mine + theirs, next.mean - self.mean);
        self.n += next.n;
        self.mean += apart * theirs / both;
        self.squares += next.squares + apart * apart * mine * theirs / both;
    }

    /// How many values.
    #[must_use]
    pub const fn n(&self) -> u64 {
        self.n
    }

    /// Their mean, if there is a value.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        (self.n > 0).then_some(self.mean)
    }

    /// Their standard deviation, by n − 1, if there are two values.
    #[must_use]
    pub fn sd(&self) -> Option<f64> {
        (self.n > 1).then(|| (self.squares / (self.n - 1) as f64).sqrt())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(values: &[f64]) -> Moments {
        let mut moments = Moments::default();
        values.iter().for_each(|value| moments.add(*value));
        moments
    }

    #[test]
    fn few_values_have_no_spread() {
        assert_eq!((of(&[]).mean(), of(&[]).sd()), (None, None));
        assert_eq!((of(&[3.0]).mean(), of(&[3.0]).sd()), (Some(3.0), None));
        assert_eq!(of(&[3.0; 9]).sd(), Some(0.0));
    }

    #[test]
    fn large_values_keep_their_digits() {
        // The deviations are −1, 0 and 1, whatever is added to all.
        assert_eq!(of(&[1e15 - 1.0, 1e15, 1e15 + 1.0]).sd(), Some(1.0));
    }

    proptest! {
        #[test]
        fn shards_merge_to_the_whole(
            values in prop::collection::vec(-1e3..1e3, 2..60),
            cuts in (any::<prop::sample::Index>(), any::<prop::sample::Index>()),
        ) {
            let (a, b) = (cuts.0.index(values.len()), cuts.1.index(values.len()));
            let (first, second) = (a.min(b), a.max(b));
            let mut merged = of(&values[..first]);
            merged.merge(&of(&values[first..second]));
            merged.merge(&of(&values[second..]));
            let mean = values.iter().sum::<f64>() / values.len() as f64;
            let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
            let sd = (squares / (values.len() - 1) as f64).sqrt();
            prop_assert_eq!(merged.n(), values.len() as u64);
            prop_assert!((merged.mean().unwrap() - mean).abs() < 1e-10);
            prop_assert!((merged.sd().unwrap() - sd).abs() < 1e-10);
        }
    }
}
