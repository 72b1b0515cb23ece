//! What every local statistic comes with.

use icf_units::RegionId;

use crate::conditional::Conditional;
use crate::quadrant::Scatter;
use crate::{Cluster, PseudoP, Quadrant};

/// A local statistic of one region.
#[derive(Clone, Debug, PartialEq)]
pub struct LocalStatistic {
    /// The region.
    pub region: RegionId,
    /// The statistic.
    pub value: f64,
    /// Standardised value of the region (population standard deviation).
    pub z: f64,
    /// Spatial lag of the standardised values, of the second variable where there are two.
    pub lag: f64,
    /// Place in the Moran scatter.
    pub quadrant: Quadrant,
    /// Its cluster, should it be significant; not significant where there is none to name.
    pub candidate: Cluster,
    /// Expectation of the statistic with the region's own value held and its neighbours drawn from the others.
    pub expected: f64,
    /// Its variance over these draws.
    pub variance: f64,
    /// Standard deviate, (value − expected)/√variance; of G* as Ord & Getis define it. An island has none, nor a
    /// region whose draws are all the same up to rounding.
    pub deviate: Option<f64>,
    /// p-values over these draws; an island has none.
    pub pseudo_p: Option<PseudoP>,
}

impl LocalStatistic {
    /// A statistic as it was drawn; an island is isolated, whatever its cluster would be.
    pub(crate) fn of(region: &RegionId, scatter: &Scatter, drawn: &Conditional, candidate: Cluster) -> Self {
        Self {
            region: region.clone(),
            value: drawn.value,
            z: scatter.z,
            lag: scatter.lag,
            quadrant: scatter.quadrant,
            candidate: if drawn.pseudo_p.is_some() { candidate } else { Cluster::Isolated },
            expected: drawn.expected,
            variance: drawn.variance,
            deviate: drawn.deviate,
            pseudo_p: drawn.pseudo_p,
        }
    }
}

/// A local statistic of every region with a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Lisa {
    /// In the order of the weights.
    pub regions: Vec<LocalStatistic>,
}
