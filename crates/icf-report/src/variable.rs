//! What is mapped, classed and tested for clustering: the two dimensions of the footprint, or emissions.

use icf_results::RegionRow;
use icf_units::Quantity;

use crate::palette::{self, Ramp};

/// Size per resident or depth, and emissions in a run that has not both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Variable {
    Size,
    Depth,
    Emissions,
}

impl Variable {
    pub(crate) const ALL: [Self; 3] = [Self::Size, Self::Depth, Self::Emissions];

    /// The variable of that name in the tables.
    pub(crate) fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|variable| variable.key() == key)
    }

    /// The name in the tables.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Size => "size_hm2_per_capita",
            Self::Depth => "depth",
            Self::Emissions => "ice_tco2",
        }
    }

    /// The name in file names and in the page's data.
    pub(crate) fn stem(self) -> &'static str {
        match self {
            Self::Size => "size",
            Self::Depth => "depth",
            Self::Emissions => "emissions",
        }
    }

    /// The name for readers, in the middle of a sentence.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Size => "footprint size per resident",
            Self::Depth => "footprint depth",
            Self::Emissions => "industrial emissions",
        }
    }

    /// The shortest name for readers.
    pub(crate) fn short(self) -> &'static str {
        match self {
            Self::Size => "size per resident",
            Self::Depth => "depth",
            Self::Emissions => "emissions",
        }
    }

    /// The name for readers, at the start of a sentence.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Size => "Footprint size per resident",
            Self::Depth => "Footprint depth",
            Self::Emissions => "Industrial emissions",
        }
    }

    /// The unit for readers; empty for a pure number.
    pub(crate) fn unit(self) -> &'static str {
        match self {
            Self::Size => "hm²/person",
            Self::Depth => "",
            Self::Emissions => "Mt CO₂",
        }
    }

    /// Units of the tables in one unit for readers.
    pub(crate) fn scale(self) -> f64 {
        match self {
            Self::Size | Self::Depth => 1.0,
            Self::Emissions => 1e6,
        }
    }

    /// The style of its lines and dots. Emissions never stand beside size.
    pub(crate) fn line(self) -> &'static str {
        match self {
            Self::Size | Self::Emissions => "f-size",
            Self::Depth => "f-depth",
        }
    }

    pub(crate) fn ramp(self) -> Ramp {
        match self {
            Self::Size | Self::Emissions => palette::SIZE,
            Self::Depth => palette::DEPTH,
        }
    }

    pub(crate) fn value(self, row: &RegionRow) -> Option<f64> {
        match self {
            Self::Size => row.size_hm2_per_capita.map(Quantity::get),
            Self::Depth => row.depth.map(Quantity::get),
            Self::Emissions => row.ice_tco2.map(Quantity::get),
        }
    }
}
