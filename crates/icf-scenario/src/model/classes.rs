//! How regions are put into classes for maps.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How regions are put into classes for maps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Classes {
    /// How the bounds of all but depth are found; with `user`, those of depth too.
    pub method: ClassMethod,
    /// How the bounds of depth are found, which has many magnitudes.
    pub depth_method: ClassMethod,
    /// How many classes; `std-mean` has five, and of `head-tail` and `user` the values and bounds say how many.
    #[schemars(range(min = 2, max = 12))]
    pub count: usize,
    /// Whether all years share one legend.
    pub pooled: bool,
    /// The upper bounds of the classes, for `user`.
    pub bounds: Option<ClassBounds>,
}

/// Upper bounds of classes, ascending; the highest value closes the last class when it lies beyond.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClassBounds {
    /// Of size per resident, in hm²/person.
    #[schemars(length(min = 1))]
    pub size: Vec<f64>,
    /// Of depth.
    #[schemars(length(min = 1))]
    pub depth: Vec<f64>,
}

impl Default for Classes {
    fn default() -> Self {
        Self {
            method: ClassMethod::default(),
            depth_method: ClassMethod::LogNaturalBreaks,
            count: 5,
            pooled: true,
            bounds: None,
        }
    }
}

/// How the bounds of classes are found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ClassMethod {
    /// The exact optimum of Fisher: least squares within the classes.
    #[default]
    NaturalBreaks,
    /// The same among logarithms, for values of many magnitudes.
    LogNaturalBreaks,
    /// As many values in each class as can be.
    Quantile,
    /// Classes of the same width.
    EqualInterval,
    /// One and two standard deviations around the mean.
    StdMean,
    /// Halves of the head above the mean, for heavy tails.
    HeadTail,
    /// The bounds given.
    User,
}
