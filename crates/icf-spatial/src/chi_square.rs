//! χ² tests: a statistic, its degrees of freedom and its p.

use statrs::function::gamma::gamma_ur;

/// A statistic that follows the χ² law under its null hypothesis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChiSquare {
    /// The statistic.
    pub statistic: f64,
    /// Degrees of freedom.
    pub degrees: usize,
    /// Probability of a statistic at least as large; `None` without a degree of freedom.
    pub p: Option<f64>,
}

impl ChiSquare {
    /// A statistic x with its p = Q(d/2, x/2), Q the regularised upper incomplete gamma function.
    ///
    /// ```
    /// use icf_spatial::ChiSquare;
    /// // With two degrees of freedom p = exp(−x/2).
    /// assert!((ChiSquare::new(2.0, 2).p.unwrap() - (-1.0_f64).exp()).abs() < 1e-15);
    /// assert_eq!(ChiSquare::new(2.0, 0).p, None);
    /// ```
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "degrees of freedom are far below 2^53")]
    pub fn new(statistic: f64, degrees: usize) -> Self {
        let p = (degrees > 0).then(|| {
            // The smallest number instead of an underflow: no p is zero.
            if statistic > 0.0 {
                gamma_ur(degrees as f64 / 2.0, statistic / 2.0).max(f64::MIN_POSITIVE)
            } else {
                1.0
            }
        });
        Self { statistic, degrees, p }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Survival functions of scipy 1.17.1, stats.chi2.sf.
    #[test]
    fn tails() {
        for (statistic, degrees, expected) in [
            (1.0, 1, 0.317_310_507_862_914_15),
            (60.326_901_238_887_05, 9, 1.159_606_523_686_560_9e-9),
            (4.5, 9, 0.875_539_025_298_337_8),
            (0.01, 5, 0.999_999_469_972_995_7),
            (500.0, 30, 1.207_955_993_681_405_1e-86),
        ] {
            let p = ChiSquare::new(statistic, degrees).p.unwrap();
            assert!((p - expected).abs() <= 1e-12 * expected, "{p} is not {expected}");
        }
        assert_eq!(ChiSquare::new(0.0, 3).p, Some(1.0));
        assert!(ChiSquare::new(1e5, 3).p.unwrap() > 0.0);
    }
}
