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
    /// Cut-offs that do not ascend, are not finite, or make no class.
    #[error("cut-offs must ascend and be finite, and make at least one class")]
    Cutoffs,
    /// A weight below zero, or not finite, by its place.
    #[error("weight number {0} is negative or not finite")]
    Weight(usize),
    /// Regions without a neighbour where the policy forbids them.
    #[error("regions without a neighbour: {}", ids(.0))]
    Islands(Vec<RegionId>),
    /// A link that stands twice.
    #[error("the link from region {0} to region {1} stands twice")]
    DuplicateLink(RegionId, RegionId),
    /// A weight that is not finite, or not above zero.
    #[error(
        "the weight of the link from region {from} to region {to} is {weight}, not a finite number above zero"
    )]
    UnusableWeight {
        /// The region whose row it stands in.
        from: RegionId,
        /// The neighbour.
        to: RegionId,
        /// The weight as text.
        weight: String,
    },
    /// Links without an equal one in the other direction.
    #[error("the weights must be symmetric, and these pairs are not: {}", pairs(.0))]
    Asymmetric(Vec<(RegionId, RegionId)>),
    /// Points that are not finite, or no longitude and latitude.
    #[error("regions with unusable points: {}; on the globe a point is a longitude and a latitude in degrees", ids(.0))]
    UnusablePoints(Vec<RegionId>),
    /// Different regions at the same point, which have no finite weight.
    #[error("regions at the same point have no inverse distance: {}", pairs(.0))]
    Coincident(Vec<(RegionId, RegionId)>),
    /// A distance, bandwidth or power that is not finite, or not above zero.
    #[error("the {what} is {found}, not a finite number above zero")]
    UnusableMeasure {
        /// What it is.
        what: &'static str,
        /// The number as text.
        found: String,
    },
    /// More neighbours wanted than there are other regions, or none.
    #[error("{wanted} nearest neighbours are wanted of {regions} regions; between 1 and {} can be had", .regions.saturating_sub(1))]
    NearestCount {
        /// How many neighbours are wanted.
        wanted: usize,
        /// How many regions there are.
        regions: usize,
    },
    /// An order of neighbours that there is not.
    #[error("the order of neighbours is 0; the first order is 1")]
    ZeroOrder,
    /// Ids that no file of weights can hold.
    #[error("ids that are empty, or have a double quote or a line end, cannot be written: {}", quoted(.0))]
    UnwritableIds(Vec<RegionId>),
    /// Two sets of weights over different regions.
    #[error("the weights are of different regions: only in the first {}, only in the second {}", ids(.only_first), ids(.only_second))]
    DifferentRegions {
        /// Regions only in the first.
        only_first: Vec<RegionId>,
        /// Regions only in the second.
        only_second: Vec<RegionId>,
    },
}

/// The first pairs of a list that may be long.
fn pairs(pairs: &[(RegionId, RegionId)]) -> String {
    const SHOWN: usize = 8;
    let shown: Vec<_> = pairs.iter().take(SHOWN).map(|(a, b)| format!("{a} and {b}")).collect();
    let more = pairs.len().saturating_sub(SHOWN);
    if more == 0 { shown.join(", ") } else { format!("{}, and {more} more", shown.join(", ")) }
}

fn ids(ids: &[RegionId]) -> String {
    if ids.is_empty() {
        return "none".to_owned();
    }
    ids.iter().map(RegionId::as_str).collect::<Vec<_>>().join(", ")
}

fn quoted(ids: &[RegionId]) -> String {
    ids.iter().map(|id| format!("{:?}", id.as_str())).collect::<Vec<_>>().join(", ")
}
