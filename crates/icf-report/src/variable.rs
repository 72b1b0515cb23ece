//! The two dimensions of the footprint that are mapped, classed and tested for clustering.

use icf_results::RegionRow;
use icf_units::Quantity;

use crate::palette::{self, Ramp};

/// Size per resident or depth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Variable {
    Size,
    Depth,
}

impl Variable {
    pub(crate) const ALL: [Self; 2] = [Self::Size, Self::Depth];

    /// The name in the tables.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Size => "size_hm2_per_capita",
            Self::Depth => "depth",
        }
    }

    /// The name in file names and in the page's data.
    pub(crate) fn stem(self) -> &'static str {
        match self {
            Self::Size => "size",
            Self::Depth => "depth",
        }
    }

    /// The name for readers, in the middle of a sentence.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Size => "footprint size per resident",
            Self::Depth => "footprint depth",
        }
    }

    /// The shortest name for readers.
    pub(crate) fn short(self) -> &'static str {
        match self {
            Self::Size => "size per resident",
            Self::Depth => "depth",
        }
    }

    /// The name for readers, at the start of a sentence.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Size => "Footprint size per resident",
            Self::Depth => "Footprint depth",
        }
    }

    /// The unit for readers; empty for a pure number.
    pub(crate) fn unit(self) -> &'static str {
        match self {
            Self::Size => "hm²/person",
            Self::Depth => "",
        }
    }

    pub(crate) fn ramp(self) -> Ramp {
        match self {
            Self::Size => palette::SIZE,
            Self::Depth => palette::DEPTH,
        }
    }

    pub(crate) fn value(self, row: &RegionRow) -> Option<f64> {
        match self {
            Self::Size => row.size_hm2_per_capita.map(Quantity::get),
            Self::Depth => row.depth.map(Quantity::get),
        }
    }

    pub(crate) fn class(self, row: &RegionRow) -> Option<usize> {
        match self {
            Self::Size => row.size_class,
            Self::Depth => row.depth_class,
        }
    }
}
