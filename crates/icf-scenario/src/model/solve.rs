//! Questions that are asked backwards.

use icf_units::Year;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::RegionKey;
use super::years::CalendarYear;
use crate::scalar::{Amount, Percent};

/// A question asked backwards: what would just keep a threshold uncrossed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// For whom it is asked: the nation, every group, every region, or a list of groups and regions.
    #[serde(rename = "for")]
    pub whom: Whom,
    /// The name of the threshold.
    #[schemars(length(min = 1))]
    pub threshold: String,
    /// The last year in which the threshold is not to be crossed.
    #[schemars(with = "CalendarYear")]
    pub until: Year,
    /// What is turned to keep it so.
    pub by: Turned,
    /// How probable it is to be that the threshold is kept clear of, e.g. `90 %`; needs `uncertainty`. Without it the one
    /// trajectory without draws keeps clear of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probability: Option<Percent>,
    /// The land class of which there is more; only by `sink-area`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1))]
    pub class: Option<String>,
    /// The key of the scenario that is turned, e.g. `projection.sink.rate`; only by `key`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1))]
    pub key: Option<String>,
    /// The least and the greatest value of the key, with one unit; only by `key`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub between: Option<[Amount; 2]>,
}

/// For whom a question is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Whom {
    /// All regions together.
    Nation,
    /// Each group of regions.
    Groups,
    /// Each region.
    Regions,
    /// These groups and regions, by name or code.
    // Untagged is safe here: the schema has checked the value before serde sees it.
    #[serde(untagged)]
    Named(#[schemars(length(min = 1))] Vec<RegionKey>),
}

/// What is turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Turned {
    /// The annual change of emissions, the same in each region of those asked for, from the last observation.
    EmissionsRate,
    /// The area of a land class, in hm² from the first projected year on.
    SinkArea,
    /// A key of the scenario that holds a number.
    Key,
}
