//! A whole scenario.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    Accounting, Classes, Gaps, Land, Lever, Outputs, Projection, Quadrants, Question, Regions, Spatial,
    Threshold, Uncertainty, Years,
};

/// A scenario of the industrial carbon footprint: data, how it is accounted, and how it goes on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("patternProperties" = { "^x-": { "description": "A note of yours, which the program ignores." } }))]
pub struct Scenario {
    /// The scenario's name, which is also its folder's: letters, digits, `-`, `_` and `.`.
    #[schemars(extend("format" = "name", "examples" = ["early-peak"]))]
    pub name: String,
    /// What the scenario is for, in a sentence or two.
    #[serde(default)]
    pub description: String,
    /// A built-in data set, a data package, or a folder of CSV or Parquet files.
    #[schemars(length(min = 1), extend("examples" = ["china-provinces"]))]
    pub data: String,
    /// The years of the history.
    pub years: Years,
    /// Which regions take part, and how they are grouped.
    #[serde(default)]
    pub regions: Regions,
    /// How emissions are accounted.
    pub accounting: Accounting,
    /// The land that takes up carbon.
    pub land: Land,
    /// What happens where figures are missing or implausible.
    #[serde(default)]
    pub gaps: Gaps,
    /// Which regions are neighbours, and how their likeness is tested.
    #[serde(default)]
    pub spatial: Spatial,
    /// How regions are put into classes for maps.
    #[serde(default)]
    pub classes: Classes,
    /// Where size and depth are split into the four zones.
    #[serde(default)]
    pub quadrants: Quadrants,
    /// How the history goes on.
    pub projection: Projection,
    /// What policy, or the weather, changes of the projected years, one after the other.
    #[serde(default)]
    pub levers: Vec<Lever>,
    /// Levels whose crossing is looked for.
    #[serde(default)]
    pub thresholds: Vec<Threshold>,
    /// Questions asked backwards: what would just keep a threshold uncrossed until a year.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub solve: Vec<Question>,
    /// What is not known; without it the run gives one value for each figure.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uncertainty: Option<Uncertainty>,
    /// What a run leaves in its folder.
    #[serde(default)]
    pub outputs: Outputs,
}
