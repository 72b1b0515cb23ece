//! What is not known: distributions over keys of the scenario, and errors of the figures that go in.

use icf_uncertainty::{Copula, CopulaError, Distribution, DistributionError};
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::SpatialDraws;
use crate::scalar::Amount;

/// What is not known: the inputs that are drawn, how, and what decides the answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Uncertainty {
    /// Draws in all.
    #[serde(default = "ten_thousand")]
    #[schemars(range(min = 100, max = 100_000_000))]
    pub draws: u64,
    /// How the draws fill the space of the inputs.
    #[serde(default)]
    pub sampling: Sampling,
    /// Independent designs that the draws are divided among; their spread is the standard error.
    #[serde(default = "ten")]
    #[schemars(range(min = 2, max = 1000))]
    pub replicates: u32,
    /// The seed of the draws; the same seed and input give the same draws in every scenario.
    #[serde(default = "one")]
    pub seed: u64,
    /// The keys that are drawn, e.g. `projection.sink.rate`, each with its distribution in the unit of the key.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    #[schemars(extend("minProperties" = 1))]
    pub inputs: IndexMap<String, Input>,
    /// Inputs that go together.
    #[serde(default)]
    pub correlations: Vec<Correlation>,
    /// How it is found out which input decides the nation's answer.
    #[serde(default)]
    pub sensitivity: Vec<Sensitivity>,
    /// Errors of the figures that go in, drawn to the chance of each cluster and quadrant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub space: Option<SpatialDraws>,
}

const fn ten_thousand() -> u64 {
    10_000
}

const fn ten() -> u32 {
    10
}

const fn one() -> u64 {
    1
}

impl Uncertainty {
    /// The inputs that draw values, in the order of their keys, which is that of the draws.
    #[must_use]
    pub fn drawn(&self) -> Vec<&str> {
        let drawn = self.inputs.iter().filter(|(_, input)| !matches!(input, Input::Residuals { .. }));
        let mut keys: Vec<&str> = drawn.map(|(key, _)| key.as_str()).collect();
        keys.sort_unstable();
        keys
    }

    /// What makes the inputs of [`Self::drawn`] go together; none where nothing does.
    ///
    /// # Errors
    /// When the correlations contradict each other.
    pub fn copula(&self) -> Result<Option<Copula>, CopulaError> {
        if self.correlations.is_empty() {
            return Ok(None);
        }
        let keys = self.drawn();
        let place = |key: &String| keys.iter().position(|of| of == key);
        let mut ranks = vec![vec![0.0; keys.len()]; keys.len()];
        (0..keys.len()).for_each(|place| ranks[place][place] = 1.0);
        for correlation in &self.correlations {
            let [a, b] = &correlation.between[..] else { continue };
            let (Some(a), Some(b)) = (place(a), place(b)) else { continue };
            ranks[a][b] = correlation.rank;
            ranks[b][a] = correlation.rank;
        }
        Copula::new(&ranks).map(Some)
    }
}

/// How draws fill the space of the inputs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sampling {
    /// Each draw on its own.
    Plain,
    /// Each input meets each of its strata once (McKay, Beckman & Conover 1979).
    #[default]
    LatinHypercube,
    /// A scrambled Sobol' sequence, even in several inputs at once.
    Sobol,
}

/// How an input is distributed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "distribution", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Input {
    /// The normal distribution.
    Normal {
        /// The mean.
        mean: Amount,
        /// The standard deviation.
        sd: Amount,
    },
    /// The lognormal distribution: the logarithm is normal.
    Lognormal {
        /// The median.
        median: Amount,
        /// The factor that a standard deviation above or below the median makes, e.g. `1.2`.
        #[schemars(with = "f64", range(min = 1))]
        spread: f64,
    },
    /// The triangular distribution.
    Triangular {
        /// The lowest value.
        min: Amount,
        /// The value that is likeliest.
        mode: Amount,
        /// The highest value.
        max: Amount,
    },
    /// Every value between two is as likely.
    Uniform {
        /// The lowest value.
        min: Amount,
        /// The highest value.
        max: Amount,
    },
    /// The beta distribution between two values.
    Beta {
        /// The first shape, above zero.
        alpha: f64,
        /// The second shape, above zero.
        beta: f64,
        /// The lowest value.
        min: Amount,
        /// The highest value.
        max: Amount,
    },
    /// The PERT distribution: the beta distribution of an expert's lowest, likeliest and highest value.
    Pert {
        /// The lowest value.
        min: Amount,
        /// The value that is likeliest.
        mode: Amount,
        /// The highest value.
        max: Amount,
    },
    /// One of some values.
    Discrete {
        /// The values.
        #[schemars(length(min = 1))]
        values: Vec<Amount>,
        /// How likely each is, in proportion; each as likely unless it is said.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        weights: Vec<f64>,
    },
    /// The errors that the model of a quantity made one year ahead in the past, drawn in blocks of years and laid onto its
    /// trajectory year by year; all regions take the same years, so that what went together goes together.
    Residuals {
        /// Years that stay together.
        #[serde(default = "three")]
        #[schemars(range(min = 1, max = 20))]
        block: u8,
    },
}

const fn three() -> u8 {
    3
}

impl Input {
    /// The amounts that it is given by, each with its key.
    #[must_use]
    pub fn amounts(&self) -> Vec<(String, &Amount)> {
        match self {
            Self::Normal { mean, sd } => vec![("mean".into(), mean), ("sd".into(), sd)],
            Self::Lognormal { median, .. } => vec![("median".into(), median)],
            Self::Triangular { min, mode, max } | Self::Pert { min, mode, max } => {
                vec![("min".into(), min), ("mode".into(), mode), ("max".into(), max)]
            }
            Self::Uniform { min, max } | Self::Beta { min, max, .. } => {
                vec![("min".into(), min), ("max".into(), max)]
            }
            Self::Discrete { values, .. } => {
                values.iter().enumerate().map(|(at, value)| (format!("values[{at}]"), value)).collect()
            }
            Self::Residuals { .. } => vec![],
        }
    }

    /// The distribution of the values that it draws, in their unit; `None` when it draws errors of the past.
    ///
    /// # Errors
    /// When its parameters make none.
    pub fn distribution(&self) -> Result<Option<Distribution>, DistributionError> {
        let of = Amount::number;
        match self {
            Self::Normal { mean, sd } => Distribution::normal(of(mean), of(sd)),
            Self::Lognormal { median, spread } => Distribution::lognormal(of(median), *spread),
            Self::Triangular { min, mode, max } => Distribution::triangular(of(min), of(mode), of(max)),
            Self::Uniform { min, max } => Distribution::uniform(of(min), of(max)),
            Self::Beta { alpha, beta, min, max } => Distribution::beta(*alpha, *beta, of(min), of(max)),
            Self::Pert { min, mode, max } => Distribution::pert(of(min), of(mode), of(max)),
            Self::Discrete { values, weights } => {
                Distribution::discrete(&values.iter().map(of).collect::<Vec<_>>(), weights)
            }
            Self::Residuals { .. } => return Ok(None),
        }
        .map(Some)
    }

    /// A value that stands for it, when it draws values: the mean, median or mode, or the first value, beside an amount in its
    /// unit.
    #[must_use]
    pub fn typical(&self) -> Option<(&Amount, f64)> {
        match self {
            Self::Normal { mean: amount, .. }
            | Self::Lognormal { median: amount, .. }
            | Self::Triangular { mode: amount, .. }
            | Self::Pert { mode: amount, .. } => Some((amount, amount.number())),
            Self::Uniform { min, max } | Self::Beta { min, max, .. } => {
                Some((min, f64::midpoint(min.number(), max.number())))
            }
            Self::Discrete { values, .. } => values.first().map(|value| (value, value.number())),
            Self::Residuals { .. } => None,
        }
    }
}

/// Two inputs that go together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Correlation {
    /// The keys of two inputs.
    #[schemars(length(min = 2, max = 2))]
    pub between: Vec<String>,
    /// Their rank correlation (Spearman).
    #[schemars(range(min = -1, max = 1))]
    pub rank: f64,
}

/// How it is found out which input decides the nation's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Sensitivity {
    /// Each input from its 5 % to its 95 % quantile, all others at their medians.
    Tornado,
    /// Elementary effects (Morris 1991).
    Morris,
    /// First-order and total shares of the variance (Sobol' 1993, Saltelli et al. 2010).
    Sobol,
    /// Rank correlations with the answer over the draws.
    Rank,
}
