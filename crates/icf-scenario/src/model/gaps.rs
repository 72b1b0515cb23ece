//! What happens where figures are missing or implausible.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What happens where figures are missing or implausible.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Gaps {
    /// How missing years are filled. Each filled cell is listed in `data_quality`.
    pub policy: GapPolicy,
    /// How implausible figures are found. They are flagged and kept.
    pub outliers: OutlierRule,
}

/// How missing years are filled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum GapPolicy {
    /// They stay missing.
    None,
    /// On a line between the neighbouring years.
    Linear,
    /// With the nearest year's figure.
    #[default]
    Nearest,
}

/// How implausible figures are found.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "rule", rename_all = "kebab-case", deny_unknown_fields)]
pub enum OutlierRule {
    /// They are not looked for.
    None,
    /// Hampel's rule: a figure far from the median of its neighbouring years.
    Hampel {
        /// How many years on each side are neighbours.
        #[serde(default = "hampel::window")]
        #[schemars(range(min = 1, max = 50))]
        window: u32,
        /// How many scaled median absolute deviations from the median are far.
        #[serde(default = "hampel::threshold")]
        #[schemars(extend("exclusiveMinimum" = 0))]
        threshold: f64,
        /// How many times larger or smaller than the median a figure must be besides.
        #[serde(default = "hampel::min_ratio")]
        #[schemars(range(min = 1))]
        min_ratio: f64,
    },
}

impl Default for OutlierRule {
    fn default() -> Self {
        Self::Hampel {
            window: hampel::window(),
            threshold: hampel::threshold(),
            min_ratio: hampel::min_ratio(),
        }
    }
}

/// Hampel's rule when a scenario does not say.
mod hampel {
    pub(super) const fn window() -> u32 {
        3
    }

    pub(super) const fn threshold() -> f64 {
        3.0
    }

    pub(super) const fn min_ratio() -> f64 {
        2.0
    }
}
