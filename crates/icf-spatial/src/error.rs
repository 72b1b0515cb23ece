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
    /// A value below zero where the statistic needs a natural zero.
    #[error("the value of region {0} is negative")]
    Negative(RegionId),
    /// Zero or less where the statistic divides.
    #[error("the value of region {0} is not above zero")]
    NotPositive(RegionId),
    /// All the others are zero.
    #[error("region {0} alone has a value above zero")]
    OnlyOneAboveZero(RegionId),
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
