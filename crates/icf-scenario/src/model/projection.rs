//! How the history goes on.

use icf_units::Year;
use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::projection_model::Model;
use super::years::CalendarYear;

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

impl Projection {
    /// Every model with its key, and those that it is made of, each with its own.
    #[must_use]
    pub fn models(&self) -> Vec<(String, &Model)> {
        let all = [Some(&self.emissions), Some(&self.sink), Some(&self.population)];
        let own = self.regions.iter().map(|(region, models)| {
            let of = [models.emissions.as_ref(), models.sink.as_ref(), models.population.as_ref()];
            (format!("projection.regions.{region}"), of)
        });
        std::iter::once(("projection".to_owned(), all))
            .chain(own)
            .flat_map(|(parent, of)| {
                ["emissions", "sink", "population"]
                    .into_iter()
                    .zip(of)
                    .filter_map(move |(name, model)| Some((format!("{parent}.{name}"), model?)))
            })
            .flat_map(|(key, model)| with_parts(key, model))
            .collect()
    }
}

fn with_parts(key: String, model: &Model) -> Vec<(String, &Model)> {
    let below = model.parts().into_iter();
    let parts: Vec<_> = below.flat_map(|(part, inner)| with_parts(format!("{key}.{part}"), inner)).collect();
    std::iter::once((key, model)).chain(parts).collect()
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
