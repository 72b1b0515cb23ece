//! What a map of a local statistic shows.

use crate::{Adjustment, Lisa, Quadrant};

/// What a map shows of a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cluster {
    /// Not significant.
    NotSignificant,
    /// Significant, of this quadrant.
    Of(Quadrant),
    /// Local Geary: neighbours are alike, though not all high or all low.
    OtherPositive,
    /// Local Geary: neighbours differ.
    Negative,
    /// Local G: high values meet.
    HotSpot,
    /// Local G: low values meet.
    ColdSpot,
    /// Without a neighbour.
    Isolated,
}

impl Cluster {
    /// `HH`, `LH`, `LL`, `HL`, `other-positive`, `negative`, `hot`, `cold`, `ns`, `undefined` or `isolated`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotSignificant => "ns",
            Self::Of(quadrant) => quadrant.as_str(),
            Self::OtherPositive => "other-positive",
            Self::Negative => "negative",
            Self::HotSpot => "hot",
            Self::ColdSpot => "cold",
            Self::Isolated => "isolated",
        }
    }

    /// GeoDa's code: 0 not significant, 1 HH, 2 LL, 3 LH, 4 HL, 5 undefined, 6 isolated. Its map of the local Geary
    /// has 3 for other positive and 4 for negative, that of the local G 1 for hot and 2 for cold
    /// (and 4 for isolated, which is 6 here on every map).
    #[must_use]
    pub const fn geoda_code(self) -> usize {
        match self {
            Self::NotSignificant => 0,
            Self::Of(Quadrant::HighHigh) | Self::HotSpot => 1,
            Self::Of(Quadrant::LowLow) | Self::ColdSpot => 2,
            Self::Of(Quadrant::LowHigh) | Self::OtherPositive => 3,
            Self::Of(Quadrant::HighLow) | Self::Negative => 4,
            Self::Of(Quadrant::Undefined) => 5,
            Self::Isolated => 6,
        }
    }
}

/// Which p-value decides, and at which level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Labelling {
    /// Level at or below which a region is significant.
    pub significance: f64,
    /// What is held against it.
    pub by: LabelBy,
    /// How q comes from p.
    pub adjustment: Adjustment,
}

/// What is held against the level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabelBy {
    /// The folded p.
    P,
    /// Its q among the regions.
    Q,
}

/// A region's q and cluster.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LisaRegion {
    /// q of the folded p; an island is no test.
    pub q: Option<f64>,
    /// What a map shows.
    pub cluster: Cluster,
}

/// q and cluster of each region, in the order of the LISA.
#[must_use]
pub fn label(lisa: &Lisa, labelling: Labelling) -> Vec<LisaRegion> {
    let tested: Vec<f64> =
        lisa.regions.iter().filter_map(|region| region.pseudo_p.map(|p| p.folded)).collect();
    let mut q_values = labelling.adjustment.q_values(&tested).into_iter();
    lisa.regions
        .iter()
        .map(|region| {
            let Some(p) = region.pseudo_p else {
                return LisaRegion { q: None, cluster: Cluster::Isolated };
            };
            let q = q_values.next().expect("there is a q for every p");
            let held = match labelling.by {
                LabelBy::P => p.folded,
                LabelBy::Q => q,
            };
            let cluster = match region.candidate {
                undefined @ Cluster::Of(Quadrant::Undefined) => undefined,
                candidate if held <= labelling.significance => candidate,
                _ => Cluster::NotSignificant,
            };
            LisaRegion { q: Some(q), cluster }
        })
        .collect()
}
