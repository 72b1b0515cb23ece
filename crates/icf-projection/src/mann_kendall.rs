//! Whether a series goes up or down at all.

use statrs::function::erf::erfc;

/// The test of Mann and Kendall for a monotone trend.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MannKendall {
    /// S = Σ over pairs of sign(later − earlier).
    pub s: i64,
    /// Variance of S without a trend, corrected for ties.
    pub variance: f64,
    /// (S ∓ 1)/√Var; 0 where S is 0.
    pub z: f64,
    /// Two-sided probability of such a z without a trend.
    pub p: f64,
}

impl MannKendall {
    /// Tests values in the order of time.
    ///
    /// Var S = (n(n − 1)(2n + 5) − Σ t(t − 1)(2t + 5))/18 over groups of t equal values; z with the correction for
    /// continuity, p by the normal distribution. It takes the values for independent: with autocorrelation p is too
    /// small. Source: Mann 1945, Econometrica 13; Kendall 1975, Rank Correlation Methods.
    ///
    /// ```
    /// use icf_projection::MannKendall;
    /// let test = MannKendall::of(&[1.0, 2.0, 3.0, 5.0, 4.0]);
    /// assert_eq!(test.s, 8); // nine pairs go up, one down
    /// assert_eq!(test.variance, 5.0 * 4.0 * 15.0 / 18.0);
    /// assert!((test.z - 7.0 / test.variance.sqrt()).abs() < 1e-15);
    /// ```
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "pairs are counted, and there are fewer than 2^52")]
    pub fn of(values: &[f64]) -> Self {
        let mut s = 0_i64;
        for (place, later) in values.iter().enumerate() {
            for earlier in &values[..place] {
                s += i64::from(later > earlier) - i64::from(later < earlier);
            }
        }
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        let term = |count: usize| {
            let t = count as f64;
            t * (t - 1.0) * (2.0 * t + 5.0)
        };
        let ties: f64 = sorted.chunk_by(|a, b| a == b).map(|group| term(group.len())).sum();
        let variance = (term(values.len()) - ties) / 18.0;
        let z = if s == 0 { 0.0 } else { (s - s.signum()) as f64 / variance.sqrt() };
        Self { s, variance, z, p: erfc(z.abs() / std::f64::consts::SQRT_2) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_values_have_no_trend() {
        assert_eq!(MannKendall::of(&[2.0; 6]), MannKendall { s: 0, variance: 0.0, z: 0.0, p: 1.0 });
        assert_eq!(MannKendall::of(&[]).p, 1.0);
    }

    #[test]
    fn ties_take_from_the_variance() {
        // n = 4 gives 4·3·13 = 156, the pair of ties 2·1·9 = 18.
        let test = MannKendall::of(&[1.0, 2.0, 2.0, 3.0]);
        assert_eq!((test.s, test.variance), (5, 138.0 / 18.0));
    }
}
