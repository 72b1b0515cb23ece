//! How emissions are accounted.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How emissions are accounted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Accounting {
    /// The accounting convention. There is no default, because the two differ by a factor of about three.
    pub preset: Preset,
    /// How fuel becomes CO2; the preset says it otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub formula: Option<Formula>,
    /// On which basis emissions meet the sink; the preset says it otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<MassBasis>,
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

impl Accounting {
    /// How fuel becomes CO2: as the key says, else as the preset does.
    #[must_use]
    pub fn formula(&self) -> Formula {
        self.formula.unwrap_or(match self.preset {
            Preset::Coherent => Formula::Physical,
            Preset::AsPublished => Formula::HeatTwice,
        })
    }

    /// On which basis emissions meet the sink: as the key says, else as the preset does.
    #[must_use]
    pub fn basis(&self) -> MassBasis {
        self.basis.unwrap_or(match self.preset {
            Preset::Coherent => MassBasis::Carbon,
            Preset::AsPublished => MassBasis::AsPrinted,
        })
    }
}

/// How fuel becomes CO2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Formula {
    /// Σ Q·D with the factors of the fuel set.
    #[serde(rename = "q-d")]
    Physical,
    /// Σ Q·S·D as the paper prints it, which counts heat content twice.
    #[serde(rename = "q-s-d")]
    HeatTwice,
    /// Σ Q·D with the factors that the CEADs inventories imply.
    #[serde(rename = "ceads")]
    Ceads,
}

/// On which basis emissions meet the sink.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum MassBasis {
    /// Emissions and sink both in t C.
    Carbon,
    /// t CO2 taken for t C, as the paper prints it.
    AsPrinted,
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
