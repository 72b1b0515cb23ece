//! How a value is distributed.

use crate::beta_law::BetaLaw;
use crate::beta_table::BetaTable;
use crate::normal::{normal_cdf, normal_quantile};

/// A parameter that makes no distribution.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct DistributionError {
    /// The parameter that is wrong.
    pub parameter: &'static str,
    /// What would help.
    pub hint: &'static str,
    message: &'static str,
}

/// What every parameter is.
fn finite(parameters: &[(&'static str, f64)]) -> Result<(), DistributionError> {
    match parameters.iter().find(|(_, value)| !value.is_finite()) {
        Some((parameter, _)) => refuse(parameter, "it is not a finite number", "write a number"),
        None => Ok(()),
    }
}

fn refuse<T>(
    parameter: &'static str,
    message: &'static str,
    hint: &'static str,
) -> Result<T, DistributionError> {
    Err(DistributionError { parameter, hint, message })
}

/// A distribution of one value, by its quantiles.
///
/// ```
/// use icf_uncertainty::Distribution;
/// let triangular = Distribution::triangular(0.0, 1.0, 4.0)?;
/// assert_eq!(triangular.quantile(0.25), 1.0);
/// # Ok::<(), icf_uncertainty::DistributionError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution(Kind);

#[derive(Clone, Debug, PartialEq)]
enum Kind {
    Normal {
        mean: f64,
        sd: f64,
    },
    Lognormal {
        log_median: f64,
        log_sd: f64,
        sign: f64,
    },
    Triangular {
        min: f64,
        mode: f64,
        max: f64,
    },
    Uniform {
        min: f64,
        max: f64,
    },
    Beta {
        law: BetaLaw,
        /// Where it can be read off: thirty times as fast.
        table: Option<BetaTable>,
        min: f64,
        max: f64,
    },
    /// Values in order, and the share at or below each.
    Discrete {
        values: Vec<f64>,
        up_to: Vec<f64>,
    },
}

impl Distribution {
    /// Mean and standard deviation.
    ///
    /// # Errors
    /// When the standard deviation is not above zero.
    pub fn normal(mean: f64, sd: f64) -> Result<Self, DistributionError> {
        finite(&[("mean", mean), ("sd", sd)])?;
        if sd > 0.0 {
            Ok(Self(Kind::Normal { mean, sd }))
        } else {
            refuse(
                "sd",
                "the standard deviation is not above zero",
                "write one above zero; a key that is certain is no input",
            )
        }
    }

    /// The median, and the factor that a standard deviation of the logarithm makes (the geometric standard deviation). A
    /// negative median gives the mirror image.
    ///
    /// # Errors
    /// When the median is zero or the factor is not above one.
    pub fn lognormal(median: f64, spread: f64) -> Result<Self, DistributionError> {
        finite(&[("median", median), ("spread", spread)])?;
        if median == 0.0 {
            return refuse(
                "median",
                "a lognormal median is not zero",
                "take `normal` or `triangular` for what may be above or below zero",
            );
        }
        if spread > 1.0 {
            Ok(Self(Kind::Lognormal {
                log_median: median.abs().ln(),
                log_sd: spread.ln(),
                sign: median.signum(),
            }))
        } else {
            refuse("spread", "the spread is not above 1", "the spread of 20 % is `1.2`")
        }
    }

    /// The lowest, likeliest and highest value.
    ///
    /// # Errors
    /// When they are out of order.
    pub fn triangular(min: f64, mode: f64, max: f64) -> Result<Self, DistributionError> {
        in_order(min, mode, max)?;
        Ok(Self(Kind::Triangular { min, mode, max }))
    }

    /// The lowest and highest value.
    ///
    /// # Errors
    /// When the lowest is not below the highest.
    pub fn uniform(min: f64, max: f64) -> Result<Self, DistributionError> {
        range(min, max)?;
        Ok(Self(Kind::Uniform { min, max }))
    }

    /// The two shapes, and the lowest and highest value.
    ///
    /// # Errors
    /// When a shape is not above zero, or the lowest value is not below the highest.
    pub fn beta(alpha: f64, beta: f64, min: f64, max: f64) -> Result<Self, DistributionError> {
        finite(&[("alpha", alpha), ("beta", beta)])?;
        if alpha <= 0.0 {
            return refuse("alpha", "the shape is not above zero", "write a number above zero, e.g. `2`");
        }
        if beta <= 0.0 {
            return refuse("beta", "the shape is not above zero", "write a number above zero, e.g. `2`");
        }
        range(min, max)?;
        let law = BetaLaw::new(alpha, beta);
        Ok(Self(Kind::Beta { law, table: BetaTable::new(law), min, max }))
    }

    /// The lowest, likeliest and highest value of an expert: the beta distribution with shapes 1 + 4(mode − min)/(max − min) and
    /// 1 + 4(max − mode)/(max − min) (Malcolm et al. 1959, Operations Research 7).
    ///
    /// # Errors
    /// When they are out of order.
    pub fn pert(min: f64, mode: f64, max: f64) -> Result<Self, DistributionError> {
        in_order(min, mode, max)?;
        let along = (mode - min) / (max - min);
        Self::beta(4.0f64.mul_add(along, 1.0), 4.0f64.mul_add(1.0 - along, 1.0), min, max)
    }

    /// One of some values, each as likely as its weight says, or as any other.
    ///
    /// # Errors
    /// When there is no value, the weights are not as many, one is negative or all are zero.
    pub fn discrete(values: &[f64], weights: &[f64]) -> Result<Self, DistributionError> {
        if values.is_empty() {
            return refuse("values", "there is no value", "name the values");
        }
        if !weights.is_empty() && weights.len() != values.len() {
            return refuse(
                "weights",
                "there are not as many weights as values",
                "give each value its weight, or leave `weights` out",
            );
        }
        if values.iter().any(|value| !value.is_finite()) {
            return refuse("values", "a value is not a finite number", "write numbers");
        }
        let weight = |place: usize| weights.get(place).copied().unwrap_or(1.0);
        if (0..values.len()).any(|place| weight(place) < 0.0 || weight(place).is_nan()) {
            return refuse("weights", "a weight is below zero", "write 0 for a value that is not drawn");
        }
        // In order, so that quantiles rise: a correlation with another input needs that.
        let mut pairs: Vec<(f64, f64)> =
            values.iter().enumerate().map(|(place, value)| (*value, weight(place))).collect();
        pairs.retain(|(_, weight)| *weight > 0.0);
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut sum = 0.0;
        let mut up_to: Vec<f64> = pairs
            .iter()
            .map(|(_, weight)| {
                sum += weight;
                sum
            })
            .collect();
        if pairs.is_empty() {
            return refuse("weights", "all weights are zero", "give one of them a weight above zero");
        }
        if !sum.is_finite() {
            return refuse(
                "weights",
                "the weights have no finite sum",
                "write smaller ones; only their proportion counts",
            );
        }
        up_to.iter_mut().for_each(|share| *share /= sum);
        Ok(Self(Kind::Discrete { values: pairs.into_iter().map(|(value, _)| value).collect(), up_to }))
    }

    /// The value that is not exceeded with probability `u`, for `u` in (0, 1).
    #[must_use]
    pub fn quantile(&self, u: f64) -> f64 {
        match &self.0 {
            Kind::Normal { mean, sd } => mean + sd * normal_quantile(u),
            Kind::Lognormal { log_median, log_sd, sign } => {
                // Mirrored, it still rises with u.
                sign * (log_median + sign * log_sd * normal_quantile(u)).exp()
            }
            Kind::Triangular { min, mode, max } => {
                let (width, left) = (max - min, mode - min);
                if u * width <= left {
                    min + (u * width * left).sqrt()
                } else {
                    max - ((1.0 - u) * width * (max - mode)).sqrt()
                }
            }
            Kind::Uniform { min, max } => min + u * (max - min),
            Kind::Beta { law, table, min, max } => {
                if let Some(share) = table.as_ref().and_then(|table| table.quantile(u)) {
                    return min + (max - min) * share;
                }
                let share = law.quantile(u);
                // From the nearer end, so that what is close to an end keeps its digits.
                if share.of_low <= share.of_high {
                    min + (max - min) * share.of_low
                } else {
                    max - (max - min) * share.of_high
                }
            }
            Kind::Discrete { values, up_to } => {
                let place = up_to.partition_point(|share| *share < u);
                values[place.min(values.len() - 1)]
            }
        }
    }

    /// The mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match &self.0 {
            Kind::Normal { mean, .. } => *mean,
            Kind::Lognormal { log_median, log_sd, sign } => sign * (log_median + 0.5 * log_sd * log_sd).exp(),
            Kind::Triangular { min, mode, max } => (min + mode + max) / 3.0,
            Kind::Uniform { min, max } => 0.5 * (min + max),
            Kind::Beta { law, min, max, .. } => min + (max - min) * law.mean(),
            Kind::Discrete { values, up_to } => {
                weights(up_to).zip(values).fold(0.0, |sum, (weight, value)| sum + weight * value)
            }
        }
    }

    /// The standard deviation.
    #[must_use]
    pub fn sd(&self) -> f64 {
        match &self.0 {
            Kind::Normal { sd, .. } => *sd,
            Kind::Lognormal { log_sd, .. } => self.mean().abs() * (log_sd * log_sd).exp_m1().sqrt(),
            Kind::Triangular { min, mode, max } => {
                let (width, left) = (max - min, mode - min);
                ((left * left - left * width + width * width) / 18.0).sqrt()
            }
            Kind::Uniform { min, max } => (max - min) / 12.0_f64.sqrt(),
            Kind::Beta { law, min, max, .. } => (max - min) * law.sd(),
            Kind::Discrete { values, up_to } => {
                let mean = self.mean();
                let squares = |value: f64| (value - mean) * (value - mean);
                weights(up_to)
                    .zip(values)
                    .fold(0.0, |sum, (weight, value)| sum + weight * squares(*value))
                    .sqrt()
            }
        }
    }

    /// The least and the greatest value; infinite where there is none.
    #[must_use]
    pub fn support(&self) -> (f64, f64) {
        match &self.0 {
            Kind::Normal { .. } => (f64::NEG_INFINITY, f64::INFINITY),
            Kind::Lognormal { sign, .. } if *sign < 0.0 => (f64::NEG_INFINITY, 0.0),
            Kind::Lognormal { .. } => (0.0, f64::INFINITY),
            Kind::Triangular { min, max, .. } | Kind::Uniform { min, max } | Kind::Beta { min, max, .. } => {
                (*min, *max)
            }
            Kind::Discrete { values, .. } => (values[0], values[values.len() - 1]),
        }
    }

    /// The probability of a value at or below `x`.
    ///
    /// ```
    /// # use icf_uncertainty::Distribution;
    /// // The area of a triangle: (x − min)² / ((max − min)(mode − min)).
    /// assert_eq!(Distribution::triangular(0.0, 1.0, 2.0)?.cdf(0.5), 0.125);
    /// # Ok::<(), icf_uncertainty::DistributionError>(())
    /// ```
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        let (low, high) = self.support();
        if x < low {
            return 0.0;
        }
        if x >= high {
            return 1.0;
        }
        match &self.0 {
            Kind::Normal { mean, sd } => normal_cdf((x - mean) / sd),
            Kind::Lognormal { log_median, log_sd, sign } => {
                normal_cdf(sign * (x.abs().ln() - log_median) / log_sd)
            }
            Kind::Triangular { min, mode, max } => {
                let width = max - min;
                if x < *mode {
                    (x - min) / width * ((x - min) / (mode - min))
                } else {
                    1.0 - (max - x) / width * ((max - x) / (max - mode))
                }
            }
            Kind::Uniform { min, max } => (x - min) / (max - min),
            Kind::Beta { law, min, max, .. } => law.cdf((x - min) / (max - min), (max - x) / (max - min)),
            Kind::Discrete { values, up_to } => up_to[values.partition_point(|value| *value <= x) - 1],
        }
    }
}

/// The weight of each value, from the shares at or below.
fn weights(up_to: &[f64]) -> impl Iterator<Item = f64> {
    up_to.iter().scan(0.0, |before, up_to| Some(up_to - std::mem::replace(before, *up_to)))
}

fn range(min: f64, max: f64) -> Result<(), DistributionError> {
    finite(&[("min", min), ("max", max), ("max", max - min)])?;
    if min < max {
        Ok(())
    } else {
        refuse(
            "max",
            "`max` is not above `min`",
            "the lowest value is `min`, the highest `max`: of negative ones, `-2` is below `-1`",
        )
    }
}

fn in_order(min: f64, mode: f64, max: f64) -> Result<(), DistributionError> {
    range(min, max)?;
    if min <= mode && mode <= max {
        Ok(())
    } else {
        refuse(
            "mode",
            "`mode` does not lie between `min` and `max`",
            "`mode` is the likeliest value, between the two",
        )
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(distribution: Result<Distribution, DistributionError>, within: f64, cases: &[(f64, f64)]) {
        let distribution = distribution.unwrap();
        for (u, expected) in cases {
            let got = distribution.quantile(*u);
            assert!((got - expected).abs() <= within * expected.abs().max(1e-3), "{u}: {got} not {expected}");
        }
    }

    /// Quantiles of scipy.stats, SciPy 1.17.1.
    #[test]
    fn quantiles_of_scipy() {
        check(
            Distribution::normal(-0.43, 0.2),
            1e-13,
            &[
                (1e-06, -1.3806848617645797),
                (0.05, -0.7589707253902946),
                (0.3, -0.5348801025416081),
                (0.5, -0.43),
                (0.9, -0.1736896868910799),
                (0.9999, 0.3138032970911418),
            ],
        );
        check(
            Distribution::lognormal(2.0, 1.5),
            1e-13,
            &[
                (1e-06, 0.29106737171060854),
                (0.05, 1.026563100287799),
                (0.3, 1.616916709485317),
                (0.5, 2.0),
                (0.9, 3.362792145687603),
                (0.9999, 9.034753147720815),
            ],
        );
        check(
            Distribution::triangular(-0.8, -0.43, 0.1),
            1e-13,
            &[
                (1e-06, -0.7994229384781499),
                (0.05, -0.6709651209943607),
                (0.3, -0.4839303874144179),
                (0.5, -0.38836461788299126),
                (0.9, -0.11840329667841565),
                (0.9999, 0.09309348134006756),
            ],
        );
        check(
            Distribution::uniform(-1.0, 3.0),
            1e-13,
            &[
                (1e-06, -0.999996),
                (0.05, -0.8),
                (0.3, 0.19999999999999996),
                (0.5, 1.0),
                (0.9, 2.6),
                (0.9999, 2.9996),
            ],
        );
        check(
            Distribution::beta(2.0, 5.0, 0.0, 1.0),
            1e-13,
            &[
                (1e-06, 0.00025828782935406356),
                (0.05, 0.06284989170835438),
                (0.3, 0.18180347131894917),
                (0.5, 0.26444998329566005),
                (0.9, 0.5103163065514917),
                (0.9999, 0.8870314439320781),
            ],
        );
        check(
            Distribution::beta(0.5, 0.7, 0.0, 1.0),
            1e-13,
            &[
                (1e-06, 1.5697528676016355e-12),
                (0.05, 0.003921301529818253),
                (0.3, 0.13726226496361177),
                (0.5, 0.3610839131320438),
                (0.9, 0.9188348842782802),
                (0.9999, 0.9999956912870561),
            ],
        );
        check(
            Distribution::beta(40.0, 3.0, 0.0, 1.0),
            1e-13,
            &[
                (1e-06, 0.6268173271773553),
                (0.05, 0.8575855234368538),
                (0.3, 0.9155613642628689),
                (0.5, 0.9368401830235272),
                (0.9, 0.9734717789444088),
                (0.9999, 0.9978999273077587),
            ],
        );
        check(
            Distribution::pert(1.0, 2.0, 5.0),
            1e-13,
            &[
                (1e-06, 1.001265311285575),
                (0.05, 1.3057615656493156),
                (0.3, 1.8721076630528988),
                (0.5, 2.25524068182279),
                (0.9, 3.335561498478116),
                (0.9999, 4.728747683382963),
            ],
        );
    }

    #[track_caller]
    fn refused(distribution: Result<Distribution, DistributionError>, parameter: &str) {
        assert_eq!(distribution.unwrap_err().parameter, parameter);
    }

    #[test]
    fn impossible_parameters_are_refused() {
        refused(Distribution::normal(0.0, 0.0), "sd");
        refused(Distribution::normal(0.0, f64::NAN), "sd");
        refused(Distribution::normal(f64::NAN, 1.0), "mean");
        refused(Distribution::uniform(0.0, f64::INFINITY), "max");
        refused(Distribution::uniform(-f64::MAX, f64::MAX), "max");
        refused(Distribution::triangular(f64::NEG_INFINITY, 0.0, 1.0), "min");
        refused(Distribution::triangular(0.0, f64::NAN, 1.0), "mode");
        refused(Distribution::beta(f64::INFINITY, 1.0, 0.0, 1.0), "alpha");
        refused(Distribution::lognormal(2.0, f64::INFINITY), "spread");
        refused(Distribution::discrete(&[1.0, f64::NAN], &[]), "values");
        refused(Distribution::discrete(&[1.0], &[f64::INFINITY]), "weights");
        refused(Distribution::lognormal(0.0, 2.0), "median");
        refused(Distribution::lognormal(1.0, 1.0), "spread");
        refused(Distribution::triangular(0.0, 2.0, 1.0), "mode");
        refused(Distribution::triangular(1.0, 1.0, 1.0), "max");
        refused(Distribution::uniform(1.0, 1.0), "max");
        refused(Distribution::beta(0.0, 1.0, 0.0, 1.0), "alpha");
        refused(Distribution::beta(1.0, -1.0, 0.0, 1.0), "beta");
        refused(Distribution::discrete(&[], &[]), "values");
        refused(Distribution::discrete(&[1.0], &[1.0, 2.0]), "weights");
        refused(Distribution::discrete(&[1.0], &[0.0]), "weights");
        refused(Distribution::discrete(&[1.0, 2.0], &[1.0, -1.0]), "weights");
    }

    #[test]
    fn a_discrete_distribution_by_hand() {
        let discrete = Distribution::discrete(&[5.0, 1.0, 9.0, 2.0], &[2.0, 1.0, 0.0, 1.0]).unwrap();
        let at = [0.01, 0.25, 0.26, 0.5, 0.51, 0.99].map(|u| discrete.quantile(u));
        assert_eq!(at, [1.0, 1.0, 2.0, 2.0, 5.0, 5.0]);
        assert_eq!([0.9, 1.0, 4.9, 5.0].map(|x| discrete.cdf(x)), [0.0, 0.25, 0.5, 1.0]);
        assert_eq!(
            (discrete.mean(), discrete.sd(), discrete.support()),
            (3.25, 3.1875_f64.sqrt(), (1.0, 5.0))
        );
        let evenly = Distribution::discrete(&[3.0, 1.0], &[]).unwrap();
        assert_eq!([0.5, 0.6].map(|u| evenly.quantile(u)), [1.0, 3.0]);
    }

    /// SciPy 1.17.1: std of norm(-0.43, 0.2), lognorm(log(1.5), scale=2), triang((0.8 - 0.43)/0.9, -0.8, 0.9), beta(0.5, 0.7).
    #[test]
    fn deviations_of_scipy() {
        let sd = |distribution: Result<Distribution, DistributionError>, expected: f64| {
            let got = distribution.unwrap().sd();
            assert!((got - expected).abs() < 1e-13 * expected, "{got} not {expected}");
        };
        sd(Distribution::normal(-0.43, 0.2), 0.2);
        sd(Distribution::lognormal(2.0, 1.5), 0.9178614248078673);
        sd(Distribution::triangular(-0.8, -0.43, 0.1), 0.184676895023594);
        sd(Distribution::beta(0.5, 0.7, 0.0, 1.0), 0.332385014673944);
        sd(Distribution::uniform(-1.0, 3.0), 1.1547005383792515);
    }

    fn some() -> impl Strategy<Value = Distribution> {
        prop_oneof![
            (-5.0..5.0_f64, 0.1..3.0_f64).prop_map(|(mean, sd)| Distribution::normal(mean, sd).unwrap()),
            (0.1..5.0_f64, 1.01..2.0_f64, any::<bool>()).prop_map(|(median, spread, negative)| {
                Distribution::lognormal(if negative { -median } else { median }, spread).unwrap()
            }),
            (0.0..1.0_f64).prop_map(|mode| Distribution::triangular(0.0, mode, 1.0).unwrap()),
            (0.0..1.0_f64).prop_map(|mode| Distribution::pert(0.0, mode, 1.0).unwrap()),
            (0.3..6.0_f64, 0.3..6.0_f64).prop_map(|(a, b)| Distribution::beta(a, b, -1.0, 2.0).unwrap()),
            (-5.0..0.0_f64, 0.1..3.0_f64).prop_map(|(min, max)| Distribution::uniform(min, max).unwrap()),
            Just(Distribution::discrete(&[1.0, 2.0, 5.0], &[3.0, 0.0, 1.0]).unwrap()),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_quantile_rises(distribution in some(), u in 1e-9..0.999_f64, more in 1e-6..1e-3_f64) {
            prop_assert!(distribution.quantile(u) <= distribution.quantile(u + more));
        }

        #[test]
        fn mean_and_deviation_are_those_of_the_quantiles(distribution in some()) {
            // The midpoint rule over the quantiles; the tails beyond it are small.
            let n = 5_000;
            let mut moments = crate::Moments::default();
            (0..n).for_each(|i| moments.add(distribution.quantile((f64::from(i) + 0.5) / f64::from(n))));
            let spread = distribution.quantile(0.99) - distribution.quantile(0.01);
            prop_assert!((moments.mean().unwrap() - distribution.mean()).abs() < 2e-3 * spread);
            prop_assert!((moments.sd().unwrap() / distribution.sd() - 1.0).abs() < 0.02);
        }

        #[test]
        fn the_probability_at_a_quantile_is_the_probability(distribution in some(), u in 1e-9..1.0_f64) {
            let x = distribution.quantile(u);
            let (low, high) = distribution.support();
            prop_assert!((low..=high).contains(&x));
            if matches!(distribution.0, Kind::Discrete { .. }) {
                prop_assert!(distribution.cdf(x) >= u && distribution.cdf(x - 1e-9) < u);
            } else {
                prop_assert!((distribution.cdf(x) - u).abs() < 1e-11, "{}", distribution.cdf(x));
            }
        }
    }
}
