//! What every global statistic comes with.

use statrs::function::erf::erfc;

use crate::PseudoP;

/// A global statistic with its moments and p-values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GlobalStatistic {
    /// Regions with a value.
    pub n: usize,
    /// The statistic.
    pub value: f64,
    /// Its expectation where values fall on regions at random.
    pub expected: f64,
    /// Variance under normality, where it is defined.
    pub variance_normality: Option<f64>,
    /// Variance under randomisation, where it is defined.
    pub variance_randomisation: Option<f64>,
    /// Pseudo p-values; exact when all n! arrangements are no more than the permutations asked for.
    pub pseudo_p: PseudoP,
    /// Share of regions whose (permuted) value another region has too.
    pub tie_share: f64,
}

impl GlobalStatistic {
    /// (value − E)/√V under randomisation; `None` where the variance is zero up to rounding.
    #[must_use]
    pub fn z_randomisation(&self) -> Option<f64> {
        self.z(self.variance_randomisation?)
    }

    /// (value − E)/√V under normality; `None` where the variance is zero up to rounding.
    #[must_use]
    pub fn z_normality(&self) -> Option<f64> {
        self.z(self.variance_normality?)
    }

    /// Two-sided p of the z under randomisation by the normal law.
    #[must_use]
    pub fn p_randomisation(&self) -> Option<f64> {
        self.z_randomisation().map(two_sided)
    }

    /// Two-sided p of the z under normality by the normal law.
    #[must_use]
    pub fn p_normality(&self) -> Option<f64> {
        self.z_normality().map(two_sided)
    }

    /// Where every region neighbours every other, the value is E whatever the values, and V is a rounding error.
    fn z(&self, variance: f64) -> Option<f64> {
        let varies = variance > 1e-12 * self.expected * self.expected;
        varies.then(|| (self.value - self.expected) / variance.sqrt())
    }
}

fn two_sided(z: f64) -> f64 {
    erfc(z.abs() / std::f64::consts::SQRT_2)
}
