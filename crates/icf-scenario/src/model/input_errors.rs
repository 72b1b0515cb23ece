//! What the figures that a run is made of may be off by.

use icf_units::Year;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::years::CalendarYear;
use super::{Input, RegionSet};

/// Errors of the figures that go in, drawn to the chance of each cluster, quadrant and Moran's I.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SpatialDraws {
    /// Draws, each on its own.
    #[serde(default = "thousand")]
    #[schemars(range(min = 100, max = 1_000_000))]
    pub draws: u32,
    /// Years of the history that are looked at; the last one unless some are named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<CalendarYear>", length(min = 1))]
    pub years: Vec<Year>,
    /// What may be off. Errors of the same figure are multiplied.
    #[schemars(length(min = 1, max = 16))]
    pub errors: Vec<InputError>,
}

const fn thousand() -> u32 {
    1000
}

/// What some figures may be off by: what they are multiplied by.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "of", rename_all = "kebab-case", deny_unknown_fields)]
pub enum InputError {
    /// The fuel that was burnt, or the emissions of a data set without fuels.
    Activity {
        /// Fuels by their ids; all of the run by default.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(length(min = 1))]
        fuels: Option<Vec<String>>,
        /// Regions by code, English name or group; `all` by default.
        #[serde(default)]
        regions: RegionSet,
        /// For what an error is drawn by itself; without it one is common to all.
        #[serde(default)]
        each: Vec<EachFuel>,
        /// How the factor is distributed that the figures are multiplied by.
        times: Input,
        /// Where that comes from.
        #[serde(default)]
        source: String,
    },
    /// The carbon factors of the fuels.
    Factors {
        /// Fuels by their ids; all of the run by default.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(length(min = 1))]
        fuels: Option<Vec<String>>,
        /// Regions by code, English name or group; `all` by default.
        #[serde(default)]
        regions: RegionSet,
        /// For what an error is drawn by itself; without it one is common to all.
        #[serde(default)]
        each: Vec<EachFuel>,
        /// How the factor is distributed that the figures are multiplied by.
        times: Input,
        /// Where that comes from.
        #[serde(default)]
        source: String,
    },
    /// The areas of the land classes.
    Areas {
        /// Land classes of the scenario; all by default.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(length(min = 1))]
        classes: Option<Vec<String>>,
        /// Regions by code, English name or group; `all` by default.
        #[serde(default)]
        regions: RegionSet,
        /// For what an error is drawn by itself; without it one is common to all.
        #[serde(default)]
        each: Vec<EachClass>,
        /// How the factor is distributed that the figures are multiplied by.
        times: Input,
        /// Where that comes from.
        #[serde(default)]
        source: String,
    },
}

/// For what an error of fuels is drawn by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EachFuel {
    /// For each region.
    Region,
    /// For each fuel.
    Fuel,
}

/// For what an error of areas is drawn by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EachClass {
    /// For each region.
    Region,
    /// For each land class.
    Class,
}

impl InputError {
    /// What may be off, as the scenario calls it.
    #[must_use]
    pub const fn of(&self) -> &'static str {
        match self {
            Self::Activity { .. } => "activity",
            Self::Factors { .. } => "factors",
            Self::Areas { .. } => "areas",
        }
    }

    /// What the figures are multiplied by.
    #[must_use]
    pub const fn times(&self) -> &Input {
        match self {
            Self::Activity { times, .. } | Self::Factors { times, .. } | Self::Areas { times, .. } => times,
        }
    }

    /// The regions whose figures may be off.
    #[must_use]
    pub const fn regions(&self) -> &RegionSet {
        match self {
            Self::Activity { regions, .. } | Self::Factors { regions, .. } | Self::Areas { regions, .. } => {
                regions
            }
        }
    }

    /// The key that names fuels or land classes, and those that it names; all of them where it names none.
    #[must_use]
    pub fn items(&self) -> (&'static str, Option<&[String]>) {
        match self {
            Self::Activity { fuels, .. } | Self::Factors { fuels, .. } => ("fuels", fuels.as_deref()),
            Self::Areas { classes, .. } => ("classes", classes.as_deref()),
        }
    }

    /// Whether an error is drawn for each region by itself.
    #[must_use]
    pub fn each_region(&self) -> bool {
        match self {
            Self::Activity { each, .. } | Self::Factors { each, .. } => each.contains(&EachFuel::Region),
            Self::Areas { each, .. } => each.contains(&EachClass::Region),
        }
    }

    /// Whether an error is drawn for each fuel or land class by itself.
    #[must_use]
    pub fn each_item(&self) -> bool {
        match self {
            Self::Activity { each, .. } | Self::Factors { each, .. } => each.contains(&EachFuel::Fuel),
            Self::Areas { each, .. } => each.contains(&EachClass::Class),
        }
    }

    /// Where the error comes from.
    #[must_use]
    pub fn source(&self) -> &str {
        match self {
            Self::Activity { source, .. } | Self::Factors { source, .. } | Self::Areas { source, .. } => {
                source
            }
        }
    }
}
