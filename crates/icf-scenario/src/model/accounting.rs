//! How emissions are accounted.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How emissions are accounted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Accounting {
    /// The accounting convention. There is no default, because the two differ by a factor of about three.
    pub preset: Preset,
    /// Which fuels are counted.
    #[serde(default)]
    pub fuels: FuelSet,
    /// Whether fuel used as feedstock counts.
    #[serde(default)]
    pub non_energy: NonEnergy,
}

/// An accounting convention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Preset {
    /// Σ Q·D in t CO2, compared with the sink as t C.
    Coherent,
    /// Σ Q·S·D in t CO2, taken for t C as the paper prints it.
    AsPublished,
}

/// Which fuels are counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FuelSet {
    /// The eight fuels of the paper with the paper's factors.
    #[default]
    #[serde(rename = "paper-8")]
    Paper8,
    /// Every fuel that the data know.
    All,
    /// These fuels.
    // Untagged is safe here: the schema has checked the value before serde sees it.
    #[serde(untagged)]
    List(#[schemars(length(min = 1))] Vec<String>),
}

/// What happens to fuel that is used as feedstock and not burnt.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NonEnergy {
    /// It is counted as if it were burnt.
    #[default]
    Include,
    /// It is subtracted where the data know it.
    Exclude,
}
