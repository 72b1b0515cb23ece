//! Levels whose crossing is looked for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::scalar::Level;

/// A level whose crossing is looked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// The name by which tables and comparisons call it.
    #[schemars(length(min = 1))]
    pub name: String,
    /// What is held against the level.
    pub kind: ThresholdKind,
    /// The level with its unit; each kind but `capacity` has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Level>,
    /// For whom the crossing is looked for.
    #[serde(default = "everyone")]
    #[schemars(length(min = 1))]
    pub scopes: Vec<Scope>,
    /// Where the level comes from.
    #[serde(default)]
    pub source: String,
}

/// What is held against a threshold's level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ThresholdKind {
    /// Emissions above a level, in `tC`, `tCO2`, or `t` on the scenario's own basis.
    Emissions,
    /// The footprint above the capacity; needs no level.
    Capacity,
    /// Depth above a level, e.g. `1.5`.
    Depth,
    /// The footprint per person above a level in `hm2/person`.
    IcfPerCapita,
    /// Size per person above a level in `hm2/person`.
    SizePerCapita,
}

/// For whom a crossing is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// All regions together.
    Nation,
    /// Each group of regions.
    Group,
    /// Each region.
    Region,
}

impl Scope {
    /// All scopes, from the whole to its parts.
    pub const ALL: [Self; 3] = [Self::Nation, Self::Group, Self::Region];

    /// As it is written in scenarios and tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nation => "nation",
            Self::Group => "group",
            Self::Region => "region",
        }
    }
}

fn everyone() -> Vec<Scope> {
    Scope::ALL.to_vec()
}
