//! Where size and depth are split into the four zones.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where size and depth are split into the four zones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Quadrants {
    /// `mean`, `median`, or given levels as `{ size: 1.0, depth: 1.5 }`.
    pub split: Split,
}

/// Where the axes of the quadrants cross.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Split {
    /// At the mean of the year.
    #[default]
    Mean,
    /// At the median of the year.
    Median,
    /// At given levels.
    // Untagged is safe here: the schema has checked the value before serde sees it.
    #[serde(untagged)]
    Given {
        /// The size per person that divides low from high, in hm2/person.
        #[schemars(range(min = 0))]
        size: f64,
        /// The depth that divides low from high.
        #[schemars(range(min = 0))]
        depth: f64,
    },
}
