//! The land that takes up carbon.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::LandRasters;
use crate::scalar::{Npp, Rate};

/// The land that takes up carbon.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Land {
    /// Where the areas come from.
    pub source: LandSource,
    /// The rasters of `source: rasters`: areas in between their years are on straight lines, before the first and after the
    /// last constant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rasters: Option<LandRasters>,
    /// How the one year of `modis-2019` is carried to the other years; only with that source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub history: Option<LandHistory>,
    /// Each class of land with its uptake and its share; the shares sum to one.
    #[schemars(extend("minProperties" = 1))]
    pub classes: IndexMap<String, LandClass>,
    /// Equivalence factors E: `none` (E = 1 everywhere), or the path of a table `region,class,factor`.
    #[serde(default)]
    pub equivalence: Equivalence,
}

/// Where the areas of land come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum LandSource {
    /// Forest from the national inventories, grassland from MODIS.
    #[serde(rename = "inventory")]
    Inventory,
    /// Forest and grassland from MODIS, year 2019.
    #[serde(rename = "modis-2019")]
    Modis2019,
    /// All classes from the rasters that `land.rasters` names.
    #[serde(rename = "rasters")]
    Rasters,
}

/// How one year's areas are carried to the others.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "model", rename_all = "kebab-case", deny_unknown_fields)]
pub enum LandHistory {
    /// The same area in every year.
    Constant,
    /// A compound rate before and after the year of the map.
    Rate {
        /// The change of the area a year.
        rate: Rate,
    },
}

/// A class of land.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LandClass {
    /// Carbon taken up by a hectare in a year, e.g. `3.8096 t/hm2`.
    pub npp: Npp,
    /// The share P of the class in the footprint's denominator η; the shares sum to one.
    #[schemars(range(min = 0, max = 1))]
    pub share: f64,
    /// Where the figures come from.
    #[serde(default)]
    pub source: String,
}

/// Equivalence factors between regions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Equivalence {
    /// E = 1 everywhere.
    #[default]
    None,
    /// The path of a table `region,class,factor`.
    // Untagged is safe here: the schema has checked the value before serde sees it.
    #[serde(untagged)]
    Table(#[schemars(length(min = 1))] String),
}
