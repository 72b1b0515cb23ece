//! Why a statistic cannot be had.

use icf_units::RegionId;

/// Why a statistic cannot be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SpatialError {
    /// Every value is the same.
    #[error("every region has the same value")]
    Constant,
    /// Fewer regions than the statistic needs.
    #[error("there are {found} regions with a value, and {needed} are needed")]
    TooFewRegions {
        /// Regions with a value.
        found: usize,
        /// Regions needed.
        needed: usize,
    },
    /// NaN or infinity.
    #[error("the value of region {0} is not finite")]
    NotFinite(RegionId),
    /// No link between any two regions.
    #[error("no two regions are neighbours")]
    NoLinks,
    /// An id that stands twice.
    #[error("region {0} stands twice")]
    DuplicateId(RegionId),
    /// A link from a region to itself.
    #[error("region {0} is linked to itself")]
    SelfLink(RegionId),
    /// A link to a region that there is not.
    #[error("a link names region {0}, which there is not")]
    UnknownRegion(RegionId),
    /// Ids of values and weights that do not match.
    #[error("values and weights do not match: without weights {}, without value {}", ids(.without_weights), ids(.without_value))]
    Mismatch {
        /// Regions with a value and no row in the weights.
        without_weights: Vec<RegionId>,
        /// Regions in the weights without a row among the values.
        without_value: Vec<RegionId>,
    },
    /// Cut-offs that do not ascend, are not finite, or make no class.
    #[error("cut-offs must ascend and be finite, and make at least one class")]
    Cutoffs,
    /// A weight below zero, or not finite, by its place.
    #[error("weight number {0} is negative or not finite")]
    Weight(usize),
    /// Regions without a neighbour where the policy forbids them.
    #[error("regions without a neighbour: {}", ids(.0))]
    Islands(Vec<RegionId>),
}

fn ids(ids: &[RegionId]) -> String {
    if ids.is_empty() {
        return "none".to_owned();
    }
    ids.iter().map(RegionId::as_str).collect::<Vec<_>>().join(", ")
}
