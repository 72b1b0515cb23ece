//! How the history goes on.

use std::fmt;

use icf_units::Year;
use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::years::CalendarYear;
use crate::scalar::{Percent, Rate};

/// How the history goes on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Projection {
    /// The last projected year.
    #[schemars(with = "CalendarYear")]
    pub horizon: Year,
    /// How industrial emissions go on.
    pub emissions: Model,
    /// How the carbon sink goes on.
    pub sink: Model,
    /// How the number of residents goes on.
    #[serde(default)]
    pub population: Model,
    /// Another model for single regions, by code or English name.
    #[serde(default)]
    pub regions: IndexMap<String, RegionModels>,
}

/// The models of one region that differ from all others'.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
#[schemars(extend("minProperties" = 1))]
pub struct RegionModels {
    /// How the region's industrial emissions go on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emissions: Option<Model>,
    /// How the region's carbon sink goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sink: Option<Model>,
    /// How the number of the region's residents goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub population: Option<Model>,
}

/// How a quantity goes on after its last observation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "model", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Model {
    /// It stays at the last observation.
    #[default]
    Constant,
    /// It changes by a compound rate from the last observation on.
    Rate {
        /// The change a year, e.g. `-0.43 %/yr`.
        rate: Rate,
    },
    /// It follows the log-linear trend of some years of the history.
    Fitted {
        /// The first year of the trend.
        #[schemars(with = "CalendarYear")]
        from: Year,
        /// The last year of the trend.
        #[schemars(with = "CalendarYear")]
        to: Year,
        /// Where the trajectory starts.
        #[serde(default)]
        anchor: Anchor,
    },
    /// It passes through given points.
    Path {
        /// Year: per cent of the last historical value, e.g. `2025: 103 %`.
        #[serde(deserialize_with = "points_by_year")]
        #[schemars(schema_with = "points_schema")]
        points: IndexMap<Year, Percent>,
    },
}

/// Where a fitted trajectory starts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Anchor {
    /// At the last observation, so that it does not jump.
    #[default]
    LastObservation,
    /// On the fitted line.
    Trend,
}

fn points_schema(generator: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "object",
        "propertyNames": { "format": "year" },
        "additionalProperties": generator.subschema_for::<Percent>(),
        "minProperties": 1,
    })
}

/// Reads a map whose keys are years. Keys reach serde as text, because a key of a mapping is text everywhere
/// else in the language.
fn points_by_year<'de, D: Deserializer<'de>>(deserializer: D) -> Result<IndexMap<Year, Percent>, D::Error> {
    struct Points;

    impl<'de> Visitor<'de> for Points {
        type Value = IndexMap<Year, Percent>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("years with percentages")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut points = IndexMap::new();
            while let Some((year, percent)) = map.next_entry::<String, Percent>()? {
                let year: i32 = year.parse().map_err(de::Error::custom)?;
                points.insert(Year::new(year), percent);
            }
            Ok(points)
        }
    }

    deserializer.deserialize_map(Points)
}
