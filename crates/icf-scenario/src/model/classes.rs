//! How regions are put into classes for maps.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How regions are put into classes for maps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Classes {
    /// How the bounds are found.
    pub method: ClassMethod,
    /// How many classes.
    #[schemars(range(min = 2, max = 12))]
    pub count: usize,
    /// Whether all years share one legend.
    pub pooled: bool,
}

impl Default for Classes {
    fn default() -> Self {
        Self { method: ClassMethod::default(), count: 5, pooled: true }
    }
}

/// How the bounds of classes are found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ClassMethod {
    /// The exact optimum of Fisher: least squares within the classes.
    #[default]
    NaturalBreaks,
}
