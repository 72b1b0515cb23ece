//! Which regions are neighbours, and how their likeness is tested.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::RegionKey;

/// Which regions are neighbours, and how their likeness is tested.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Spatial {
    /// Who is whose neighbour, and how much each counts.
    pub weights: WeightsRule,
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
    /// How q comes from p.
    pub adjustment: Adjustment,
    /// Local statistics beside local Moran's I.
    pub local: Vec<LocalStatistic>,
    /// How many classes of values and of spatial lags the spatial Markov chain tells apart.
    #[schemars(range(min = 2, max = 12))]
    pub markov_classes: usize,
    /// How many directions the rose tells apart.
    #[schemars(range(min = 1, max = 360))]
    pub sectors: usize,
}

impl Default for Spatial {
    fn default() -> Self {
        Self {
            weights: WeightsRule::default(),
            islands: Islands::default(),
            permutations: 999,
            seed: 20_211_231,
            significance: 0.05,
            label_by: LabelBy::default(),
            adjustment: Adjustment::default(),
            local: vec![],
            markov_classes: 4,
            sectors: 8,
        }
    }
}

/// Who is whose neighbour. Distances are those between the regions' centroids on the sphere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum WeightsRule {
    /// Regions that share a vertex of their boundaries.
    Queen {
        /// Boundaries that come this close share the vertex, in the units of their coordinates.
        #[serde(default = "snap")]
        #[schemars(range(min = 0))]
        snap: f64,
    },
    /// Regions that share an edge.
    Rook {
        /// Boundaries that come this close share the vertex, in the units of their coordinates.
        #[serde(default = "snap")]
        #[schemars(range(min = 0))]
        snap: f64,
    },
    /// Regions whose boundaries touch anywhere.
    Overlap {
        /// Boundaries that come this close touch, in the units of their coordinates.
        #[serde(default = "snap")]
        #[schemars(range(min = 0))]
        snap: f64,
    },
    /// The k nearest regions.
    Knn {
        /// How many.
        #[schemars(range(min = 1))]
        k: usize,
    },
    /// All regions within a distance.
    Band {
        /// The distance in km.
        #[schemars(extend("exclusiveMinimum" = 0))]
        km: f64,
    },
    /// All regions as near as the k-th nearest, the nearer the more.
    Kernel {
        /// Which nearest region the kernel reaches to.
        #[schemars(range(min = 1))]
        k: usize,
        /// How weights fall with distance.
        #[serde(default)]
        shape: KernelShape,
    },
    /// The weights of a GAL or GWT file.
    File {
        /// Its path, as seen from the file that names it.
        #[schemars(length(min = 1))]
        path: String,
    },
}

/// Closes the gaps of simplified boundaries.
fn snap() -> f64 {
    0.0001
}

impl Default for WeightsRule {
    fn default() -> Self {
        Self::Queen { snap: snap() }
    }
}

/// How the weights of a kernel fall with distance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum KernelShape {
    /// 1 − z, z the distance in bandwidths.
    #[default]
    Triangular,
    /// exp(−z²/2)/√(2π).
    Gaussian,
    /// ¾(1 − z²).
    Epanechnikov,
}

/// A local statistic beside local Moran's I.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LocalStatistic {
    /// Local Geary's c.
    Geary,
    /// Getis and Ord's G.
    G,
    /// G*, the region among its neighbours.
    Gstar,
    /// Local Moran's I of size beside depth.
    Bivariate,
}

/// How many tests at once are allowed for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Adjustment {
    /// Benjamini and Hochberg.
    #[default]
    Bh,
    /// Benjamini and Yekutieli, under any dependence.
    By,
    /// Bonferroni.
    Bonferroni,
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
    /// Its q-value.
    Q,
}
