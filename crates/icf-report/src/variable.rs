//! What is mapped, classed and tested for clustering: the two dimensions of the footprint, or emissions.

use icf_results::RegionRow;
use icf_units::Quantity;

use crate::Language;
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
    pub(crate) fn words(self, language: Language) -> &'static str {
        match self {
            Self::Size => language.of("footprint size per resident", "人均足迹广度"),
            Self::Depth => language.of("footprint depth", "足迹深度"),
            Self::Emissions => language.of("industrial emissions", "工业碳排放"),
        }
    }

    /// The shortest name for readers.
    pub(crate) fn short(self, language: Language) -> &'static str {
        match self {
            Self::Size => language.of("size per resident", "人均广度"),
            Self::Depth => language.of("depth", "深度"),
            Self::Emissions => language.of("emissions", "排放"),
        }
    }

    /// The name for readers, at the start of a sentence.
    pub(crate) fn title(self, language: Language) -> &'static str {
        match self {
            Self::Size => language.of("Footprint size per resident", "人均足迹广度"),
            Self::Depth => language.of("Footprint depth", "足迹深度"),
            Self::Emissions => language.of("Industrial emissions", "工业碳排放"),
        }
    }

    /// The unit for readers; empty for a pure number.
    pub(crate) fn unit(self, language: Language) -> &'static str {
        match self {
            Self::Size => language.of("hm²/person", "hm²/人"),
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
