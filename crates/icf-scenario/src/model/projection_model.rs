//! The models of how a quantity goes on.

use std::collections::BTreeMap;
use std::fmt;

use icf_units::Year;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::years::CalendarYear;
use crate::scalar::{Percent, Rate};

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
    /// It changes by the compound rate between two years of the history.
    Cagr {
        /// The year in which the rate begins; the first of the history unless it is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "CalendarYear")]
        from: Option<Year>,
        /// The year in which the rate ends; the last of the history unless it is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "CalendarYear")]
        to: Option<Year>,
    },
    /// It follows the log-linear trend of some years of the history, by least squares.
    LogLinear {
        /// The first year of the trend; the first of the history unless it is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "CalendarYear")]
        from: Option<Year>,
        /// The last year of the trend; the last of the history unless it is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "CalendarYear")]
        to: Option<Year>,
        /// Where the trajectory starts.
        #[serde(default)]
        anchor: Anchor,
    },
    /// It follows the log-linear trend by the median slope, which odd years cannot move.
    TheilSen {
        /// The first year of the trend; the first of the history unless it is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "CalendarYear")]
        from: Option<Year>,
        /// The last year of the trend; the last of the history unless it is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "CalendarYear")]
        to: Option<Year>,
        /// Where the trajectory starts.
        #[serde(default)]
        anchor: Anchor,
    },
    /// It follows a trend that runs out (Holt's, damped); what is not given is estimated.
    Damped {
        /// Weight of the newest level.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "f64", range(min = 0, max = 1))]
        alpha: Option<f64>,
        /// Weight of the newest trend.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "f64", range(min = 0, max = 1))]
        beta: Option<f64>,
        /// What is left of the trend a year later.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "f64", range(min = 0.01, max = 1))]
        phi: Option<f64>,
    },
    /// It goes on by the mean step of the history.
    Drift,
    /// It goes on at the rate of the last phase of the history; phases are found.
    Segmented {
        /// Years that a phase has at least.
        #[serde(default = "shortest_phase")]
        #[schemars(range(min = 3, max = 100))]
        shortest: u8,
        /// Phases at most.
        #[serde(default = "most_phases")]
        #[schemars(range(min = 1, max = 20))]
        most: u8,
        /// Scatter around a phase below which a better fit is not believed.
        #[serde(default = "scatter_floor")]
        floor: Percent,
    },
    /// It passes through given points.
    Path {
        /// Year: per cent of the last historical value, e.g. `2025: 103 %`.
        #[serde(deserialize_with = "points_by_year")]
        #[schemars(schema_with = "points_schema")]
        points: BTreeMap<Year, Percent>,
        /// How it goes from point to point.
        #[serde(default)]
        between: Between,
    },
    /// It rises to a peak and falls along a logistic curve, all of it given.
    LogisticPeak {
        /// The year of the peak.
        #[schemars(with = "CalendarYear")]
        peak: Year,
        /// The peak, in per cent of the last historical value.
        height: Percent,
        /// The year of the steepest fall, half way down.
        #[schemars(with = "CalendarYear")]
        steepest: Year,
        /// Where the fall ends, in per cent of the last historical value.
        floor: Percent,
    },
    /// Emissions are population × product per head × intensity, each with a model of its own.
    Kaya {
        /// How the number of residents goes on; as in `projection.population` unless it is said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Model")]
        population: Option<Box<Model>>,
        /// How the product per head goes on, at current prices.
        per_head: Box<Model>,
        /// How emissions per product go on, at current prices.
        intensity: Box<Model>,
    },
    /// The sum of all regions goes on by a model, and each keeps its last share of it.
    TopDown {
        /// How the sum goes on.
        total: Box<Model>,
    },
    /// The model that would have done best in the past.
    Best {
        /// The models to choose from; all that need nothing but the history unless it is said.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        of: Vec<Model>,
    },
}

const fn shortest_phase() -> u8 {
    4
}

const fn most_phases() -> u8 {
    5
}

fn scatter_floor() -> Percent {
    "1 %".parse().expect("it is a percentage")
}

impl Model {
    /// The models that this one is made of, each with its key below this one's.
    #[must_use]
    pub fn parts(&self) -> Vec<(String, &Self)> {
        match self {
            Self::Kaya { population, per_head, intensity } => population
                .as_deref()
                .map(|model| ("population".to_owned(), model))
                .into_iter()
                .chain([("per_head".to_owned(), &**per_head), ("intensity".to_owned(), &**intensity)])
                .collect(),
            Self::TopDown { total } => vec![("total".to_owned(), total)],
            Self::Best { of } => {
                of.iter().enumerate().map(|(place, model)| (format!("of[{place}]"), model)).collect()
            }
            _ => vec![],
        }
    }
}

/// How a path goes from point to point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Between {
    /// On straight lines.
    #[default]
    Linear,
    /// On smooth curves that never leave the range of two neighbouring points.
    Monotone,
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
fn points_by_year<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<Year, Percent>, D::Error> {
    struct Points;

    impl<'de> Visitor<'de> for Points {
        type Value = BTreeMap<Year, Percent>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("years with percentages")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut points = BTreeMap::new();
            while let Some((year, percent)) = map.next_entry::<String, Percent>()? {
                let year: i32 = year.parse().map_err(de::Error::custom)?;
                points.insert(Year::new(year), percent);
            }
            Ok(points)
        }
    }

    deserializer.deserialize_map(Points)
}
