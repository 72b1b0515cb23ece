//! Which regions are neighbours, and how their likeness is tested.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::RegionKey;

/// Which regions are neighbours, and how their likeness is tested.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Spatial {
    /// Which boundaries make neighbours.
    pub contiguity: Contiguity,
    /// Boundaries that come this close share the vertex, in the units of their coordinates.
    #[schemars(range(min = 0))]
    pub snap: f64,
    /// What happens to regions without a neighbour.
    pub islands: Islands,
    /// How many random permutations a test draws.
    #[schemars(range(min = 99, max = 1_000_000))]
    pub permutations: u32,
    /// The seed of the random numbers.
    pub seed: u64,
    /// The level below which a region is labelled as a cluster.
    #[schemars(extend("exclusiveMinimum" = 0, "exclusiveMaximum" = 1))]
    pub significance: f64,
    /// Whether that level is held against p or q.
    pub label_by: LabelBy,
}

impl Default for Spatial {
    fn default() -> Self {
        Self {
            contiguity: Contiguity::default(),
            snap: 0.0001,
            islands: Islands::default(),
            permutations: 999,
            seed: 20_211_231,
            significance: 0.05,
            label_by: LabelBy::default(),
        }
    }
}

/// Which boundaries make neighbours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Contiguity {
    /// A shared vertex is enough.
    #[default]
    Queen,
    /// A shared edge.
    Rook,
}

/// What happens to regions without a neighbour.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "policy", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Islands {
    /// The run stops and names them.
    #[default]
    Error,
    /// They are left out of the spatial statistics.
    Drop,
    /// They stay, with a spatial lag of zero.
    Zero,
    /// Each becomes a neighbour of the region nearest to it.
    Nearest,
    /// These pairs of regions are neighbours besides.
    Links {
        /// Pairs of regions by code or English name.
        #[schemars(length(min = 1))]
        links: Vec<[RegionKey; 2]>,
    },
}

/// Which value decides whether a region is labelled as a cluster.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LabelBy {
    /// The folded pseudo p-value.
    #[default]
    P,
    /// The q-value of Benjamini and Hochberg.
    Q,
}
