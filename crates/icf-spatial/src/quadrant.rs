//! The four quadrants of the Moran scatter.

use crate::Weights;
use crate::moments::Deviations;

/// Place in the Moran scatter: own value, then the neighbours'.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quadrant {
    /// High among high.
    HighHigh,
    /// Low among high.
    LowHigh,
    /// Low among low.
    LowLow,
    /// High among low.
    HighLow,
    /// On an axis, or without a neighbour.
    Undefined,
}

impl Quadrant {
    /// `HH`, `LH`, `LL`, `HL` or `undefined`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::HighHigh => "HH",
            Self::LowHigh => "LH",
            Self::LowLow => "LL",
            Self::HighLow => "HL",
            Self::Undefined => "undefined",
        }
    }

    /// PySAL's code: HH 1, LH 2, LL 3, HL 4; `None` where it has none.
    #[must_use]
    pub const fn pysal_code(self) -> Option<usize> {
        match self {
            Self::HighHigh => Some(1),
            Self::LowHigh => Some(2),
            Self::LowLow => Some(3),
            Self::HighLow => Some(4),
            Self::Undefined => None,
        }
    }

    /// Place among the four, in PySAL's order.
    pub(crate) fn place(self) -> Option<usize> {
        self.pysal_code().map(|code| code - 1)
    }

    pub(crate) const fn is_high(self) -> bool {
        matches!(self, Self::HighHigh | Self::HighLow)
    }

    pub(crate) const fn lag_is_high(self) -> bool {
        matches!(self, Self::HighHigh | Self::LowHigh)
    }
}

/// A region's place in the Moran scatter.
pub(crate) struct Scatter {
    /// Its standardised value.
    pub(crate) z: f64,
    /// Spatial lag of the standardised values of its neighbours.
    pub(crate) lag: f64,
    pub(crate) quadrant: Quadrant,
}

impl Scatter {
    /// Deviations no larger than their noise are zero, and belong to no quadrant.
    pub(crate) fn of(weights: &Weights, region: usize, own: &Deviations, around: &Deviations) -> Self {
        let (z, lag) = (own.z[region], weights.lag(region, &around.z));
        let island = weights.neighbours(region).is_empty();
        let quadrant = if island || z.abs() <= own.noise || lag.abs() <= around.noise {
            Quadrant::Undefined
        } else {
            match (z > 0.0, lag > 0.0) {
                (true, true) => Quadrant::HighHigh,
                (false, true) => Quadrant::LowHigh,
                (false, false) => Quadrant::LowLow,
                (true, false) => Quadrant::HighLow,
            }
        };
        Self { z: z / own.standard(), lag: lag / around.standard(), quadrant }
    }
}
